//! Amounts of money and counts of things, with their qualifiers and bounds.
//!
//! In: text, and the currencies that a site knows. Out: [`Amount`], [`Count`] and their common [`Quantity`].
//! Must never be here: floating point, rounding, words for readers (those are in `phrase::amount`).

mod cure;
mod currency;
mod grammar;
mod iso4217;
mod number;
mod quantity;
mod token;
mod vocabulary;

use std::fmt;

use super::compare::Agreement;
use super::grammar::GrammarError;
pub use currency::Currencies;
use grammar::Need;
pub use quantity::{Interval, Qualifier, Quantity};

/// The longest text that is read as an amount or a count, in bytes.
pub const LONGEST: usize = 200;

/// The word for an amount of which it is known that nobody knows it.
pub const UNKNOWN: &str = "unknown";

/// An amount of money as it was written: `[qualifier] CUR number[k|M|B]`, a range of two, or `unknown`.
///
/// It keeps what was written and prints it again; equality is that of the text and of what it means.
///
/// ```
/// use annals::model::amount::{Amount, Currencies};
///
/// let known = Currencies::iso();
/// let amount = Amount::parse("over USD 50M", &known)?;
/// assert_eq!(amount.currency(), Some("USD"));
/// assert_eq!(amount.quantity().min().unwrap().to_string(), "50000000");
/// assert!(amount.quantity().min_open() && amount.quantity().max().is_none());
///
/// let error = Amount::parse("$50M", &known).unwrap_err();
/// assert_eq!(error.help, "write `USD 50M`");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    text: String,
    currency: Option<String>,
    quantity: Quantity,
}

impl Amount {
    /// Reads an amount, without the white space around it, in one of the `currencies`.
    ///
    /// # Errors
    ///
    /// [`GrammarError`] when the text does not follow the grammar, names no currency or one that is not known,
    /// or has more digits than are kept.
    pub fn parse(text: &str, currencies: &Currencies) -> Result<Self, GrammarError> {
        let (currency, quantity) = grammar::parse(text, Need::Currency(currencies))?;
        Ok(Self { text: text.trim().to_owned(), currency, quantity })
    }

    /// What was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The currency's code; nothing for `unknown`.
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// How much.
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// How two claims about one amount stand to each other.
    ///
    /// See [`Quantity::compare`]; amounts in different currencies overlap, for nothing can be told.
    pub fn compare(&self, other: &Self) -> Agreement {
        match (&self.currency, &other.currency) {
            (Some(one), Some(two)) if one != two => Agreement::Overlap,
            _ => self.quantity.compare(&other.quantity),
        }
    }
}

/// A count of things as it was written: an amount without a currency.
///
/// ```
/// use annals::model::amount::Count;
///
/// let count = Count::parse("at least 3")?;
/// assert_eq!(count.quantity().min().unwrap().to_string(), "3");
/// assert!(!count.quantity().min_open());
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    text: String,
    quantity: Quantity,
}

impl Count {
    /// Reads a count, without the white space around it.
    ///
    /// # Errors
    ///
    /// [`GrammarError`] when the text does not follow the grammar, names a currency, or has more digits than
    /// are kept.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        let (_, quantity) = grammar::parse(text, Need::Bare)?;
        Ok(Self { text: text.trim().to_owned(), quantity })
    }

    /// What was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many.
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// How two claims about one count stand to each other; see [`Quantity::compare`].
    pub fn compare(&self, other: &Self) -> Agreement {
        self.quantity.compare(&other.quantity)
    }
}

/// What was written.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What was written.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
pub(crate) mod tests;
