//! How much or how many, without saying of what.

use super::super::compare::Agreement;
use super::super::decimal::Decimal;

/// What stands before a number and says how it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// `exactly`: the same as no qualifier, but said.
    Exactly,
    /// `over`, `more than`.
    Over,
    /// `at least`, `no less than`.
    AtLeast,
    /// `almost`, `nearly`.
    Almost,
    /// `about`, `around`, `approximately`, `estimated`.
    About,
    /// `up to`, `at most`.
    UpTo,
    /// `under`, `less than`, `below`.
    Under,
}

/// How much or how many.
///
/// The accessors give what the table of qualifiers says: bounds that are written, whether they belong to the
/// set (`open` means that they do not), and the number that a reader would name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Nobody knows.
    Unknown,
    /// One number, qualified or not.
    One {
        /// How it is meant; nothing when the number stands alone.
        qualifier: Option<Qualifier>,
        /// The number.
        number: Decimal,
    },
    /// From one number to another that is not less.
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
    },
}

/// The numbers that a quantity may stand for, for comparing and for drawing; never shown as they are.
///
/// Invariant: `low` is not above `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The least number.
    pub low: Decimal,
    /// Whether `low` itself is left out.
    pub low_open: bool,
    /// The greatest number; nothing when there is no limit.
    pub high: Option<Decimal>,
    /// Whether `high` itself is left out.
    pub high_open: bool,
}

impl Quantity {
    /// The qualifier that was written.
    pub fn qualifier(&self) -> Option<Qualifier> {
        match self {
            Self::One { qualifier, .. } => *qualifier,
            Self::Unknown | Self::Range { .. } => None,
        }
    }

    /// Whether nobody knows.
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// The lower bound, when there is one.
    pub fn min(&self) -> Option<Decimal> {
        use Qualifier::{About, Almost, AtLeast, Exactly, Over, Under, UpTo};
        match *self {
            Self::Unknown => None,
            Self::Range { low, .. } => Some(low),
            Self::One { qualifier, number } => match qualifier {
                None | Some(Exactly | Over | AtLeast) => Some(number),
                Some(UpTo | Under) => Some(Decimal::ZERO),
                Some(Almost | About) => None,
            },
        }
    }

    /// The upper bound, when there is one.
    pub fn max(&self) -> Option<Decimal> {
        use Qualifier::{About, Almost, AtLeast, Exactly, Over, Under, UpTo};
        match *self {
            Self::Unknown => None,
            Self::Range { high, .. } => Some(high),
            Self::One { qualifier, number } => match qualifier {
                None | Some(Exactly | Almost | UpTo | Under) => Some(number),
                Some(Over | AtLeast | About) => None,
            },
        }
    }

    /// Whether the lower bound itself is left out.
    pub fn min_open(&self) -> bool {
        self.qualifier() == Some(Qualifier::Over)
    }

    /// Whether the upper bound itself is left out.
    pub fn max_open(&self) -> bool {
        matches!(self.qualifier(), Some(Qualifier::Almost | Qualifier::Under))
    }

    /// The number that stands for the whole; nothing for ranges and for mere upper bounds.
    pub fn point(&self) -> Option<Decimal> {
        match *self {
            Self::One { qualifier: Some(Qualifier::UpTo | Qualifier::Under), .. } => None,
            Self::One { number, .. } => Some(number),
            Self::Unknown | Self::Range { .. } => None,
        }
    }

    /// Whether the point is only near the truth: after `about` and `almost`.
    pub fn approximate(&self) -> bool {
        matches!(self.qualifier(), Some(Qualifier::About | Qualifier::Almost))
    }

    /// The numbers that it may stand for; nothing for `unknown`.
    ///
    /// `almost` counts as 90 to 100 % of its number and `about` as 90 to 110 %, both ends included. When a
    /// tenth of the number cannot be held, the number itself stands for it.
    pub fn interval(&self) -> Option<Interval> {
        let tenths = |number: Decimal, tenths| number.checked_ratio(tenths, 10).unwrap_or(number);
        Some(match *self {
            Self::Unknown => return None,
            Self::One { qualifier: Some(Qualifier::Almost), number } => {
                Interval { low: tenths(number, 9), low_open: false, high: Some(number), high_open: false }
            }
            Self::One { qualifier: Some(Qualifier::About), number } => {
                Interval { low: tenths(number, 9), low_open: false, high: Some(tenths(number, 11)), high_open: false }
            }
            _ => Interval {
                low: self.min().unwrap_or(Decimal::ZERO),
                low_open: self.min_open(),
                high: self.max(),
                high_open: self.max_open(),
            },
        })
    }

    /// How two claims about one quantity stand to each other.
    ///
    /// They agree when bounds, openness and point are the same, a range of one point being that point. They
    /// conflict when no number fits both, taking each as its [`Quantity::interval`]; else they overlap, as
    /// `unknown` does with every number.
    pub fn compare(&self, other: &Self) -> Agreement {
        if self.meaning() == other.meaning() {
            return Agreement::Agree;
        }
        match (self.interval(), other.interval()) {
            (Some(one), Some(two)) if !one.meets(two) => Agreement::Conflict,
            _ => Agreement::Overlap,
        }
    }

    fn meaning(&self) -> impl PartialEq + use<> {
        let (min, max) = (self.min(), self.max());
        let is_point = min.is_some() && min == max && !self.min_open() && !self.max_open();
        let point = if is_point { min } else { self.point() };
        (min, self.min_open(), max, self.max_open(), point, self.is_unknown())
    }
}

impl Interval {
    /// Whether some number lies in both.
    pub fn meets(self, other: Self) -> bool {
        let reaches = |from: Self, to: Self| {
            to.high.is_none_or(|high| from.low < high || (from.low == high && !from.low_open && !to.high_open))
        };
        reaches(self, other) && reaches(other, self)
    }
}
