//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Digits before the point that a number may have.
pub const INTEGER_DIGITS: u32 = 24;

/// Digits after the point that a number may have.
pub const DECIMAL_DIGITS: u32 = 12;

/// Digits after the point that are kept: one more than may be written, so that nine and eleven tenths of
/// any number that was written are exact too.
const SCALE: u32 = DECIMAL_DIGITS + 1;

/// One, in the units of [`Decimal`].
const ONE: u128 = 10u128.pow(SCALE);

/// A non-negative decimal number, held exactly.
///
/// At most [`INTEGER_DIGITS`] digits before and [`DECIMAL_DIGITS`] after the point; more is refused and never
/// rounded. Equality and order are those of the value: `1.50` equals `1.5`, but remembers that two decimals
/// were written.
///
/// ```
/// use annals::model::decimal::Decimal;
///
/// let half = Decimal::parse("0.50").unwrap();
/// assert_eq!(half.to_string(), "0.5");
/// assert_eq!(half.decimals(), 2);
/// assert_eq!(half.checked_add(half), Decimal::parse("1"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    units: u128,
    decimals: u32,
}

impl Decimal {
    /// Nothing at all.
    pub const ZERO: Self = Self { units: 0, decimals: 0 };

    /// Reads ASCII digits with at most one point among them; nothing when it is not that or has too many digits.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_shifted(text, 0)
    }

    /// Reads `text` times ten to the power of `shift`: `1.5` shifted by 6 is a million and a half.
    ///
    /// Nothing when `text` is not a plain number, or when the result has too many digits.
    pub fn parse_shifted(text: &str, shift: u32) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let all_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let part = if text.contains('.') { part } else { "" };
        let decimals = u32::try_from(part.len()).ok()?.saturating_sub(shift);
        if decimals > DECIMAL_DIGITS {
            return None;
        }
        let mut units: u128 = 0;
        for digit in whole.bytes().chain(part.bytes()) {
            units = units.checked_mul(10)?.checked_add(u128::from(digit - b'0'))?;
        }
        // What is still missing to the scale: what was written after the point counts already.
        let written = u32::try_from(part.len()).ok()?;
        let power = (SCALE + shift).checked_sub(written)?;
        // Nothing stays nothing, however far it is moved.
        let units = if units == 0 { 0 } else { units.checked_mul(10u128.checked_pow(power)?)? };
        (units / ONE < 10u128.pow(INTEGER_DIGITS)).then_some(Self { units, decimals })
    }

    /// The sum, or nothing when it is too large to be held.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self { units: self.units.checked_add(other.units)?, decimals: self.decimals.max(other.decimals) })
    }

    /// The number times `numerator` / `denominator`, or nothing when that cannot be held exactly.
    ///
    /// Tenths of a number that was parsed can always be held up to eleven of them.
    pub fn checked_ratio(self, numerator: u32, denominator: u32) -> Option<Self> {
        let product = self.units.checked_mul(u128::from(numerator))?;
        let denominator = u128::from(denominator);
        if product.checked_rem(denominator)? != 0 {
            return None;
        }
        let units = product.checked_div(denominator)?;
        Some(Self { units, ..Self::ZERO }.with_needed_decimals())
    }

    /// Whether it is nothing at all.
    pub fn is_zero(self) -> bool {
        self.units == 0
    }

    /// How many digits after the point were written, counted after a suffix like `M` moved the point.
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// The number as a whole one, when it is.
    pub fn as_integer(self) -> Option<u128> {
        self.units.is_multiple_of(ONE).then_some(self.units / ONE)
    }

    /// The digits before the point and those after it, of which there are at least `decimals`.
    ///
    /// No digit that counts is left out: trailing zeros beyond `decimals` are.
    pub fn digits(self, decimals: u32) -> (String, String) {
        let whole = (self.units / ONE).to_string();
        let mut part = format!("{:0width$}", self.units % ONE, width = SCALE as usize);
        let needed = part.trim_end_matches('0').len();
        part.truncate(needed.max(decimals.min(SCALE) as usize));
        (whole, part)
    }

    /// The number divided by ten to the power of `shift`, when no digit is lost.
    pub fn unshifted(self, shift: u32) -> Option<Self> {
        let power = 10u128.checked_pow(shift)?;
        (self.units.is_multiple_of(power))
            .then(|| Self { units: self.units / power, ..Self::ZERO }.with_needed_decimals())
    }

    fn with_needed_decimals(mut self) -> Self {
        let mut rest = self.units % ONE;
        let mut decimals = if rest == 0 { 0 } else { SCALE };
        while decimals > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            decimals -= 1;
        }
        self.decimals = decimals;
        self
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self { units: u128::from(value) * ONE, decimals: 0 }
    }
}

/// The shortest plain notation: no grouping, no exponent, no trailing zeros.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = self.digits(0);
        f.write_str(&whole)?;
        if part.is_empty() { Ok(()) } else { write!(f, ".{part}") }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.units == other.units
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.units.hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.units.cmp(&other.units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(Decimal::parse(text).map(|number| number.to_string()).as_deref(), expect, "{text}");
    }

    #[test]
    fn reads_and_prints() {
        check("0", Some("0"));
        check("007", Some("7"));
        check("1.50", Some("1.5"));
        check("0.000000000001", Some("0.000000000001"));
        check("0.0000000000001", None);
        check("999999999999999999999999", Some("999999999999999999999999"));
        check("1000000000000000000000000", None);
        check("999999999999999999999999.999999999999", Some("999999999999999999999999.999999999999"));
        for bad in ["", ".", "1.", ".5", "-1", "+1", "1e6", "1,000", "1.2.3", " 1", "１"] {
            check(bad, None);
        }
    }

    #[test]
    fn shifts_exactly() {
        assert_eq!(Decimal::parse_shifted("1.5", 6).unwrap().to_string(), "1500000");
        assert_eq!(Decimal::parse_shifted("0.1234567", 6).unwrap().to_string(), "123456.7");
        assert_eq!(Decimal::parse_shifted("1.123456789012345678", 6).unwrap().decimals(), 12);
        assert_eq!(Decimal::parse_shifted("1.1234567890123456789", 6), None);
        assert_eq!(Decimal::parse("1500000").unwrap().unshifted(6).unwrap().to_string(), "1.5");
        assert_eq!(Decimal::parse("0.1").unwrap().unshifted(13), None);
    }

    #[test]
    fn tenths_of_the_largest_and_the_smallest_are_exact() {
        let largest = Decimal::parse("999999999999999999999999.999999999999").unwrap();
        assert_eq!(largest.checked_ratio(9, 10).unwrap().to_string(), "899999999999999999999999.9999999999991");
        assert_eq!(largest.checked_ratio(11, 10).unwrap().to_string(), "1099999999999999999999999.9999999999989");
        assert_eq!(Decimal::from(1).checked_ratio(1, 3), None);
        assert_eq!(Decimal::from(1).checked_ratio(1, 0), None);
    }

    proptest! {
        #[test]
        fn no_digit_is_lost(whole in "(0|[1-9][0-9]{0,23})", part in "[0-9]{0,11}[1-9]") {
            let text = format!("{whole}.{part}");
            prop_assert_eq!(Decimal::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn never_panics(text in "\\PC*", shift in 0u32..40) {
            let _ = Decimal::parse_shifted(&text, shift);
        }

        #[test]
        fn order_is_that_of_the_numbers(a in 0u64.., b in 0u64..) {
            prop_assert_eq!(Decimal::from(a).cmp(&Decimal::from(b)), a.cmp(&b));
            prop_assert_eq!(Decimal::from(a).checked_add(Decimal::from(b)).unwrap().as_integer(), Some(u128::from(a) + u128::from(b)));
        }
    }
}
