//! When something happened, was said or was published.
//!
//! In: text. Out: [`Date`], which knows what was written, which days that covers, and how it stands to others.
//! Must never be here: words for readers (those are in `phrase::date`).

mod clock;
mod cure;
mod numeric;
mod order;
mod reach;
mod reading;
mod side;
mod spoken;

use std::fmt;

use chrono::NaiveDate;
pub use edtf_core as edtf;
use edtf_core::{Edtf, SetKind, YearKind};

use super::grammar::{GrammarError, quote, trimmed};
pub use order::Within;
use reach::Reach;
pub use side::{Extent, Side};

/// The longest text that is read as a date, in bytes.
pub const LONGEST: usize = 200;

/// The word for a date of which it is known that nobody knows it.
pub const UNKNOWN: &str = "unknown";

/// A date as precise as it was written: EDTF of ISO 8601-2:2019, levels 0 to 2, or the word `unknown`.
///
/// It keeps what was written and prints it again. The days that it covers run from [`Date::earliest`] to
/// [`Date::latest`]; `?`, `~` and `%` do not widen them. Equality is that of the text; whether two texts mean
/// the same is told by [`Date::compare`].
///
/// ```
/// use annals::model::date::Date;
///
/// let date = Date::parse("2020/2021-06~")?;
/// assert_eq!(date.to_string(), "2020/2021-06~");
/// assert_eq!(date.earliest().unwrap().to_string(), "2020-01-01");
/// assert_eq!(date.latest().unwrap().to_string(), "2021-06-30");
/// assert!(date.is_approximate() && date.is_interval());
///
/// let error = Date::parse("January 2022").unwrap_err();
/// assert_eq!(error.help, "write `2022-01`");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Date {
    text: String,
    edtf: Option<Edtf>,
    reach: Reach,
}

/// How fine a single date is: the last component that is wholly known. Coarsest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Several years: a decade, a century, significant digits.
    Years,
    /// One year.
    Year,
    /// A part of a year: season, quarter, third, half.
    Part,
    /// One month.
    Month,
    /// One day.
    Day,
    /// A second of a day.
    Time,
}

impl Date {
    /// Reads a date, without the white space around it.
    ///
    /// # Errors
    ///
    /// [`GrammarError`] when the text is neither EDTF nor `unknown`; it says how the text was read and, where
    /// that can be told, how the same is written in EDTF.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        let written = text.trim();
        if written.len() > LONGEST {
            return Err(GrammarError::new(
                format!("{} is too long for a date: {} bytes", quote(written), written.len()),
                format!("keep a date to {LONGEST} bytes; several dates of one kind belong into several records"),
            )
            .at(trimmed(text)));
        }
        Self::strict(written).map_err(|refusal| cure::explain(text, &refusal))
    }

    /// The date that nobody knows.
    pub fn unknown() -> Self {
        Self { text: UNKNOWN.to_owned(), edtf: None, reach: Reach::NONE }
    }

    /// Reads what follows the grammar to the letter, without working out a cure for what does not.
    fn strict(written: &str) -> Result<Self, Refusal> {
        if written == UNKNOWN {
            return Ok(Self::unknown());
        }
        if written.len() > LONGEST {
            return Err(Refusal { reason: "too long", offset: 0 });
        }
        let edtf = Edtf::parse(written).map_err(|error| Refusal { reason: error.message, offset: error.offset })?;
        let reach = Reach::of(&edtf).ok_or(Refusal { reason: REVERSED, offset: 0 })?;
        Ok(Self { text: written.to_owned(), edtf: Some(edtf), reach })
    }

    /// What was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parsed expression; nothing for `unknown`.
    pub fn edtf(&self) -> Option<&Edtf> {
        self.edtf.as_ref()
    }

    /// The first day that it touches; nothing when that side is open, not known, or beyond four-digit years.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.reach.earliest.and_then(reach::Day::to_chrono)
    }

    /// The last day that it touches; nothing when that side is open, not known, or beyond four-digit years.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.reach.latest.and_then(reach::Day::to_chrono)
    }

    /// Whether it is the word `unknown`.
    pub fn is_unknown(&self) -> bool {
        self.edtf.is_none()
    }

    /// Whether any part is marked `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.edtf().is_some_and(Edtf::is_uncertain)
    }

    /// Whether any part is marked `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.edtf().is_some_and(Edtf::is_approximate)
    }

    /// Whether it reaches back without limit, or to a start that is not known: `../2019`, `/2019`, `[..2019]`.
    pub fn has_open_start(&self) -> bool {
        !self.is_unknown() && self.reach.earliest.is_none()
    }

    /// Whether it reaches on without limit, or to an end that is not known: `2006/..`, `2006/`, `[2006..]`.
    pub fn has_open_end(&self) -> bool {
        !self.is_unknown() && self.reach.latest.is_none()
    }

    /// Whether it happened once, somewhere within: a one-of set such as `[2020-01..2021-06]`.
    pub fn once_within(&self) -> bool {
        matches!(self.edtf(), Some(Edtf::Set(set)) if set.kind == SetKind::OneMember)
    }

    /// Whether it lasted: an interval such as `2020/2021`.
    pub fn is_interval(&self) -> bool {
        matches!(self.edtf(), Some(Edtf::Interval(_)))
    }

    /// How fine a single date is; nothing for intervals, sets and `unknown`.
    pub fn precision(&self) -> Option<Precision> {
        match self.edtf()? {
            Edtf::Date(date) => Some(precision(date)),
            Edtf::DateTime(_) => Some(Precision::Time),
            Edtf::Interval(_) | Edtf::Set(_) => None,
        }
    }

    /// Every year that it touches, in order and without repetition.
    ///
    /// Of a span that touches more than ten years the first and the last; an open side counts no years, nor
    /// do years beyond four digits; a set counts the years of each of its members. `unknown` touches none.
    /// Years are astronomical: 0 is 1 BCE.
    pub fn years(&self) -> Vec<i32> {
        self.edtf().map(reach::years).unwrap_or_default()
    }
}

/// Why the grammar was not followed, and at which byte of the trimmed text.
struct Refusal {
    reason: &'static str,
    offset: usize,
}

/// The reason given for what ends before it begins.
const REVERSED: &str = "it ends before it begins";

/// The finest component that is wholly known, with those before it.
fn precision(date: &edtf_core::Date) -> Precision {
    let year_known = match date.year.kind {
        YearKind::Standard { digits, .. } => digits.iter().all(Option::is_some),
        YearKind::Big { .. } | YearKind::Exponential { .. } => true,
    };
    if !year_known || date.year.significant_digits.is_some() {
        return Precision::Years;
    }
    match (date.month.and_then(edtf_core::DateField::value), date.day.and_then(edtf_core::DateField::value)) {
        (None, _) => Precision::Year,
        (Some(month), _) if month > 12 => Precision::Part,
        (Some(_), None) => Precision::Month,
        (Some(_), Some(_)) => Precision::Day,
    }
}

/// What was written.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Date {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        Self::parse(text)
    }
}

#[cfg(test)]
pub(crate) mod tests;
