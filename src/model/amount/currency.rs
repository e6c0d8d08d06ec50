//! The currencies that a site knows.

use std::collections::BTreeMap;

use super::super::grammar::{GrammarError, quote};
use super::iso4217;

/// The currencies of ISO 4217 and those that a site declares beside them.
///
/// ```
/// use annals::model::amount::Currencies;
///
/// let mut known = Currencies::iso();
/// known.declare("BTC", "bitcoin")?;
/// assert!(known.knows("USD") && known.knows("BTC") && !known.knows("usd"));
/// assert_eq!(known.name("BTC"), Some("bitcoin"));
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Currencies {
    declared: BTreeMap<String, String>,
}

impl Currencies {
    /// Those of ISO 4217 alone, current ones and withdrawn ones.
    pub fn iso() -> Self {
        Self::default()
    }

    /// Adds the ticker `code` with the `name` that a reader sees.
    ///
    /// # Errors
    ///
    /// [`GrammarError`] when `code` is not 2 to 12 capital letters and digits with a letter among them.
    pub fn declare(&mut self, code: &str, name: &str) -> Result<(), GrammarError> {
        let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let has_letter = code.bytes().any(|byte| byte.is_ascii_uppercase());
        if !(2..=12).contains(&code.len()) || !code.bytes().all(capital) || !has_letter {
            return Err(GrammarError::new(
                format!("{} is no currency code", quote(code)),
                "write 2 to 12 capital letters and digits, for example `BTC`",
            ));
        }
        self.declared.insert(code.to_owned(), name.to_owned());
        Ok(())
    }

    /// Whether an amount may be in `code`; capital letters only.
    pub fn knows(&self, code: &str) -> bool {
        self.declared.contains_key(code) || iso4217::contains(code)
    }

    /// The name that the site declared for `code`.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.declared.get(code).map(String::as_str)
    }

    /// The codes that the site declared, in order.
    pub fn declared(&self) -> impl Iterator<Item = &str> {
        self.declared.keys().map(String::as_str)
    }
}
