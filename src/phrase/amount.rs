//! Amounts and counts in words.

use super::lexicon::{AmountWords, Lexicon, Unit};
use super::pattern::{self, fill};
use crate::model::amount::{Amount, Count, Qualifier, Quantity};
use crate::model::decimal::Decimal;
use crate::model::{Field, Value};

/// An amount in words: `more than US$50 million`.
///
/// No digit is lost or rounded: a large unit is used only where the number keeps at most three decimals before
/// it. A currency is shown by its sign where that can mean no other, else by its code.
///
/// ```
/// use annals::model::amount::{Amount, Currencies};
/// use annals::phrase::{self, ENGLISH};
///
/// let amount = Amount::parse("over USD 50M", &Currencies::iso())?;
/// assert_eq!(phrase::amount::words(&amount, &ENGLISH), "more than US$50 million");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
pub fn words(amount: &Amount, lexicon: &Lexicon) -> String {
    let table = &lexicon.amount;
    let plain = |number| large(number, table);
    quantity(amount.quantity(), table, table.unknown_amount, plain, |number| {
        money(&plain(number), amount.currency().unwrap_or_default(), table)
    })
}

/// A count in words: `at least three`; numbers to twelve in words, others in digits.
///
/// ```
/// use annals::model::amount::Count;
/// use annals::phrase::{self, ENGLISH};
///
/// assert_eq!(phrase::amount::count_words(&Count::parse("at least 3")?, &ENGLISH), "at least three");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
pub fn count_words(count: &Count, lexicon: &Lexicon) -> String {
    let table = &lexicon.amount;
    let show = |number: Decimal| {
        let small = number.as_integer().filter(|_| number.decimals() == 0).and_then(|n| usize::try_from(n).ok());
        match small.and_then(|number| table.small.get(number)) {
            Some(word) => (*word).to_owned(),
            None => large(number, table),
        }
    };
    quantity(count.quantity(), table, table.unknown_count, show, show)
}

/// A field's value as a figure that stands alone: `more than US$50 million`, `at least three exchanges`; nothing for a
/// field that holds neither an amount nor a count.
pub fn figure(field: &Field, value: &Value, lexicon: &Lexicon) -> Option<String> {
    match (field, value) {
        (Field::Amount, Value::Amount(value)) => Some(words(value, lexicon)),
        (Field::Count(name), Value::Count(count)) => {
            Some(lexicon.terms.count_things(&count_words(count, lexicon), name))
        }
        _ => None,
    }
}

/// A number in digits, in groups of three, with all its decimals.
pub fn digits(number: Decimal, lexicon: &Lexicon) -> String {
    grouped(number, &lexicon.amount)
}

/// A bare number of a currency: `US$50 million`; without a currency the number alone. For bounds.
pub fn bound(number: Decimal, currency: Option<&str>, lexicon: &Lexicon) -> String {
    let text = large(number, &lexicon.amount);
    currency.map_or_else(|| text.clone(), |code| money(&text, code, &lexicon.amount))
}

/// Two bounds of a sum in words, each with whether it is itself left out: `more than US$50 million, no upper bound known`.
pub fn range(
    least: Option<(Decimal, bool)>,
    most: Option<(Decimal, bool)>,
    currency: &str,
    lexicon: &Lexicon,
) -> String {
    let words = &lexicon.terms.figures;
    let say = |pattern: &str, limit: (Decimal, bool)| fill(pattern, &[("n", &bound(limit.0, Some(currency), lexicon))]);
    if let (Some(least), Some(most)) = (least, most)
        && least == most
        && !least.1
    {
        return say(words.total_exactly, least);
    }
    let least = match least {
        Some(limit) => say(if limit.1 { words.total_more_than } else { words.total_at_least }, limit),
        None => words.total_no_least.to_owned(),
    };
    let most = match most {
        Some(limit) => say(if limit.1 { words.total_less_than } else { words.total_at_most }, limit),
        None => words.total_no_most.to_owned(),
    };
    fill(words.total_range, &[("least", &least), ("most", &most)])
}

/// A quantity, whose numbers `plain` says as numbers and `show` with what belongs to them.
fn quantity(
    quantity: &Quantity,
    table: &AmountWords,
    unknown: &str,
    plain: impl Fn(Decimal) -> String,
    show: impl Fn(Decimal) -> String,
) -> String {
    match *quantity {
        Quantity::Unknown => unknown.to_owned(),
        Quantity::Range { low, high } if low == high => show(low),
        Quantity::Range { low, high } => {
            let short = match (in_unit(low, table), in_unit(high, table)) {
                (Some((short, unit)), Some((_, same))) if unit.power == same.power => grouped(short, table),
                _ => plain(low),
            };
            fill(table.range, &[("low", &show(low)), ("low:short", &short), ("high", &show(high))])
        }
        Quantity::One { qualifier: None, number } => show(number),
        Quantity::One { qualifier: Some(qualifier), number } => {
            let [exactly, over, at_least, almost, about, up_to, under] = table.qualified;
            let pattern = match qualifier {
                Qualifier::Exactly => exactly,
                Qualifier::Over => over,
                Qualifier::AtLeast => at_least,
                Qualifier::Almost => almost,
                Qualifier::About => about,
                Qualifier::UpTo => up_to,
                Qualifier::Under => under,
            };
            fill(pattern, &[("number", &show(number))])
        }
    }
}

fn money(number: &str, code: &str, table: &AmountWords) -> String {
    let pattern = table.currencies.iter().find(|(known, _)| *known == code).map_or(table.currency, |(_, sign)| *sign);
    fill(pattern, &[("code", code), ("number", number)])
}

/// With a word for millions and more where the number stays short, else in groups.
fn large(number: Decimal, table: &AmountWords) -> String {
    match in_unit(number, table) {
        Some((short, unit)) => {
            let pattern = if short == Decimal::from(1) { unit.one } else { unit.many };
            fill(pattern, &[("number", &grouped(short, table))])
        }
        None => grouped(number, table),
    }
}

/// The number in its large unit, where it stays short.
fn in_unit(number: Decimal, table: &AmountWords) -> Option<(Decimal, &'static Unit)> {
    /// More decimals than this before a unit are harder to read than the digits themselves.
    const MOST_DECIMALS: u32 = 3;
    // The largest unit that leaves something before the point; a smaller one would need four digits there.
    let unit = table
        .units
        .iter()
        .find(|unit| Decimal::parse_shifted("1", unit.power).is_some_and(|size| number >= size))
        .filter(|_| number.decimals() == 0)?;
    number.unshifted(unit.power).filter(|short| short.decimals() <= MOST_DECIMALS).map(|short| (short, unit))
}

fn grouped(number: Decimal, table: &AmountWords) -> String {
    let (whole, part) = number.digits(number.decimals());
    let mut text = pattern::grouped(&whole, table.group);
    if !part.is_empty() {
        text.push_str(table.point);
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::amount::Currencies;
    use crate::model::amount::tests::amountlike;
    use crate::phrase::ENGLISH;

    fn known() -> Currencies {
        let mut known = Currencies::iso();
        known.declare("BTC", "bitcoin").unwrap();
        known
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(words(&Amount::parse(text, &known()).unwrap(), &ENGLISH), expect, "{text}");
    }

    #[track_caller]
    fn check_count(text: &str, expect: &str) {
        assert_eq!(count_words(&Count::parse(text).unwrap(), &ENGLISH), expect, "{text}");
    }

    #[test]
    fn amounts() {
        check("over USD 50M", "more than US$50 million");
        check("almost USD 400M", "almost US$400 million");
        check("nearly USD 400M", "almost US$400 million");
        check("about USD 2B", "about US$2 billion");
        check("USD 40M to 60M", "US$40 million to US$60 million");
        check("up to EUR 20M", "up to €20 million");
        check("under GBP 20M", "less than £20 million");
        check("at least BTC 300", "at least BTC 300");
        check("exactly JPY 5", "exactly ¥5");
        check("KPW 1,000", "KPW 1,000");
        check("unknown", "unknown amount");
        check("USD 1,234,567", "US$1,234,567");
        check("USD 1.5M", "US$1.5 million");
        check("USD 1,500,000", "US$1.5 million");
        check("USD 1.234567M", "US$1,234,567");
        check("USD 1,234,500,000", "US$1,234,500,000");
        check("USD 2500 million", "US$2.5 billion");
        check("USD 1,000,000.50", "US$1,000,000.50");
        check("USD 12.50", "US$12.50");
        check("USD 250k", "US$250,000");
        check("USD 0.000000000001", "US$0.000000000001");
        check("USD 5000 trillion", "US$5,000 trillion");
        check("USD 0", "US$0");
        check("USD 5M to 5M", "US$5 million");
    }

    #[test]
    fn counts() {
        check_count("9", "nine");
        check_count("at least 3", "at least three");
        check_count("about 3", "about three");
        check_count("12", "twelve");
        check_count("13", "13");
        check_count("3 to 5", "three to five");
        check_count("over 1,200", "more than 1,200");
        check_count("2.5 million", "2.5 million");
        check_count("2.5", "2.5");
        check_count("0", "zero");
        check_count("unknown", "unknown number");
    }

    proptest! {
        #[test]
        fn no_digit_is_lost(number in "[1-9][0-9]{0,16}(\\.[0-9]{0,11}[1-9])?") {
            let amount = Amount::parse(&format!("KPW {number}"), &known()).unwrap();
            let shown = words(&amount, &ENGLISH);
            // Our words for exact amounts follow our own grammar.
            let again = Amount::parse(&shown, &known()).unwrap();
            prop_assert_eq!(again.quantity(), amount.quantity(), "{}", shown);
        }

        #[test]
        fn words_are_words(text in amountlike()) {
            if let Ok(amount) = Amount::parse(&text, &known()) {
                let shown = words(&amount, &ENGLISH);
                prop_assert!(!shown.is_empty() && !shown.contains(['{', '}']), "{}", shown);
            }
        }
    }
}
