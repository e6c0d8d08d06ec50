//! What amounts and counts are held to.

use proptest::prelude::*;

use super::*;
use crate::model::decimal::Decimal;

fn known() -> Currencies {
    let mut known = Currencies::iso();
    known.declare("BTC", "bitcoin").unwrap();
    known.declare("1INCH", "1inch").unwrap();
    known
}

#[track_caller]
fn amount(text: &str) -> Amount {
    Amount::parse(text, &known()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Currency, min, max and point: `>` and `<` for open bounds, `~` for an approximate point.
fn show(currency: &str, quantity: &Quantity) -> String {
    let number = |number: Option<Decimal>, mark: &str| match number {
        Some(number) => format!("{mark}{number}"),
        None => "-".to_owned(),
    };
    let min = number(quantity.min(), if quantity.min_open() { ">" } else { "" });
    let max = number(quantity.max(), if quantity.max_open() { "<" } else { "" });
    let point = number(quantity.point(), if quantity.approximate() { "~" } else { "" });
    format!("{currency} {min} {max} {point}")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let amount = amount(text);
    assert_eq!(show(amount.currency().unwrap_or("-"), amount.quantity()), expect, "{text}");
    assert_eq!(self::amount(&amount.to_string()), amount);
}

#[track_caller]
fn check_count(text: &str, expect: &str) {
    let count = Count::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(show("", count.quantity()).trim(), expect, "{text}");
}

#[track_caller]
fn check_help(text: &str, help: &str) {
    let error = Amount::parse(text, &known()).expect_err(text);
    assert_eq!(error.help, help, "{text}: {}", error.message);
}

#[test]
fn the_table() {
    check("USD 50M", "USD 50000000 50000000 50000000");
    check("exactly USD 50M", "USD 50000000 50000000 50000000");
    check("over USD 50M", "USD >50000000 - 50000000");
    check("More Than USD 50M", "USD >50000000 - 50000000");
    check("at least BTC 300", "BTC 300 - 300");
    check("no  less than 7 USD", "USD 7 - 7");
    check("almost USD 400M", "USD - <400000000 ~400000000");
    check("NEARLY USD 400M", "USD - <400000000 ~400000000");
    for about in ["about", "around", "approximately", "estimated"] {
        check(&format!("{about} USD 400M"), "USD - - ~400000000");
    }
    check("up to USD 20M", "USD 0 20000000 -");
    check("at most USD 20M", "USD 0 20000000 -");
    for under in ["under", "less than", "below"] {
        check(&format!("{under} USD 20M"), "USD 0 <20000000 -");
    }
    for range in [
        "USD 40M to 60M",
        "USD 40 to 60M",
        "USD 40M to USD 60M",
        "40M to 60M USD",
        "40M USD to 60M USD",
        "between USD 40M and 60M",
        "between USD 40 and USD 60 million",
        "USD 40M–60M",
        "USD 40–60M",
        "USD 40M – 60M",
        "USD 40 to 60 Million",
        "between 40 and 60 million USD",
    ] {
        check(range, "USD 40000000 60000000 -");
    }
    check("unknown", "- - - -");
}

#[test]
fn numbers() {
    check("USD 50,000,000", "USD 50000000 50000000 50000000");
    check("50 million USD", "USD 50000000 50000000 50000000");
    check("USD 1.5bn", "USD 1500000000 1500000000 1500000000");
    check("USD 2B", "USD 2000000000 2000000000 2000000000");
    check("USD 2 trillion", "USD 2000000000000 2000000000000 2000000000000");
    check("USD 250k", "USD 250000 250000 250000");
    check("USD 12.50", "USD 12.5 12.5 12.5");
    check("USD 1.234567m", "USD 1234567 1234567 1234567");
    check("USD 500k to 2M", "USD 500000 2000000 -");
    check("1INCH 5", "1INCH 5 5 5");
    check(" USD 5 ", "USD 5 5 5");
    check_count("9", "9 9 9");
    check_count("at least 3", "3 - 3");
    check_count("no less than 7", "7 - 7");
    check_count("1,200 to 1,500", "1200 1500 -");
    check_count("about 2.5 million", "- - ~2500000");
    check_count("unknown", "- - -");
}

#[test]
fn cures() {
    let only = |text, cure: &str| check_help(text, &format!("write `{cure}`"));
    only("$50M", "USD 50M");
    only("$ 50 million", "USD 50 million");
    only("US$50M", "USD 50M");
    only("€5", "EUR 5");
    only("5 £", "5 GBP");
    only("over $50M", "over USD 50M");
    only("$40M-$60M", "USD 40M to USD 60M");
    only("$40-60M", "USD 40 to 60M");
    only("usd 50M", "USD 50M");
    only("50M dollars", "50M USD");
    only("50 million US dollars", "50 million USD");
    only("USD50M", "USD 50M");
    only("50MUSD", "50M USD");
    only("USD ５０M", "USD 50M");
    only("USD -50M", "USD 50M");
    only("-USD 50", "USD 50");
    only("USD 1e6", "USD 1,000,000");
    only("USD 1.5E+3", "USD 1,500");
    only("USD 50K", "USD 50k");
    only("USD 2b", "USD 2B");
    only("USD 2tn", "USD 2 trillion");
    only("USD 5 mln", "USD 5M");
    only("USD over 50M", "over USD 50M");
    only("USD 50M+", "at least USD 50M");
    only(">USD 50M", "over USD 50M");
    only("~ USD 50M", "about USD 50M");
    only("roughly USD 50M", "about USD 50M");
    only("ca. USD 50M", "about USD 50M");
    only("c. $50M", "about USD 50M");
    only("about USD 40M to 60M", "USD 40M to 60M");
    only("from USD 40M to 60M", "USD 40M to 60M");
    only("between USD 40M to 60M", "between USD 40M and 60M");
    only("USD 40M and 60M", "USD 40M to 60M");
    only("USD 50M USD", "USD 50M");
    only("USD 1 234 567", "USD 1,234,567");
    only("USD 1'234'567", "USD 1,234,567");
    only("USD 1.234.567", "USD 1,234,567");
    only("USD 1.234,56", "USD 1,234.56");
    only("USD .5", "USD 0.5");
    only("USD 5.", "USD 5");
    only("USD 60M to 40M", "USD 40M to 60M");
    only("BTC three", "BTC 3");
    only("a million USD", "1 million USD");
    only("USD 4M or more", "at least USD 4M");
    only("US $ 5", "USD 5");
    only("RMB 5", "CNY 5");
    only("?", "unknown");
    only("", "unknown");
    only("N/A", "unknown");
    only("Unknown", "unknown");
    check_help("over about USD 5M", "write `over USD 5M`, or `about USD 5M`");
    check_help(
        "USD 5,00",
        "write `USD 5.00` when the last `,` is the decimal point, or `USD 500` when `,` groups digits",
    );
    check_help(
        "USD 1,2345",
        "write `USD 1.2345` when the last `,` is the decimal point, or `USD 12,345` when `,` groups digits",
    );
    check_help(
        "USD 0,500",
        "write `USD 0.500` when the last `,` is the decimal point, or `USD 500` when `,` groups digits",
    );
    check_help(
        "USD 1,000,00",
        "write `USD 1,000.00` when the last `,` is the decimal point, or `USD 100,000` when `,` groups digits",
    );
    check_help("USD 5 EUR", "write for example `USD 50M`, `over USD 50M`, `USD 40M to 60M` or `unknown`");
    check_help("¥5", "write `JPY 5` when `JPY` is meant, or `CNY 5` when `CNY` is meant");
    check_help("50M", "name the currency, for example `USD 50M`");
    check_help("over 50M", "name the currency, for example `over USD 50M`");
    check_help("XBT 3", "declare `XBT` under `currencies` in site.yaml, or write a code of ISO 4217 such as `USD`");
    only("USD 40M to 60", "USD 40M to 60M");
    only("USD 60M to 40", "USD 40M to 60M");
    only("USD 500,000 to 2M", "USD 500,000 to 2,000,000");
    only("USD 2B to 40 million", "USD 40 million to 2B");
    check_help("USD 0.0000000000001", "keep to 24 digits before and 12 after the decimal point; nothing is rounded");
    let count = |text: &str, help: &str| assert_eq!(Count::parse(text).expect_err(text).help, help, "{text}");
    count("USD 3", "write `3`");
    count("three", "write `3`");
    count("at least three", "write `at least 3`");
    count("3+", "write `at least 3`");
    count("-3", "write `3`");
    count("3-5", "write `3 to 5`");
    count("lots", "write for example `3`, `at least 3`, `40 to 60` or `unknown`");
    count("less than 0", "write for example `3`, `at least 3`, `40 to 60` or `unknown`");
}

#[test]
fn faults_are_pointed_at() {
    let part = |text: &str| {
        Amount::parse(text, &known())
            .unwrap_err()
            .part
            .and_then(|part| Some(text.get(part.start..part.end)?.to_owned()))
            .unwrap()
    };
    assert_eq!(part(" $50M"), "$");
    assert_eq!(part("USD 5,00"), "5,00");
    assert_eq!(part("over about USD 5M"), "about");
    assert_eq!(part("USD 5 EUR"), "EUR");
    assert_eq!(part("USD 50M in cash"), "in");
}

#[test]
fn claims_compared() {
    let check = |one: &str, two: &str, expect| {
        assert_eq!(amount(one).compare(&amount(two)), expect, "{one} {two}");
        assert_eq!(amount(two).compare(&amount(one)), expect, "{two} {one}");
    };
    check("USD 50M", "50,000,000 USD", Agreement::Agree);
    check("exactly USD 50M", "USD 50M", Agreement::Agree);
    check("over USD 50M", "more than USD 50M", Agreement::Agree);
    check("over USD 50M", "at least USD 50M", Agreement::Overlap);
    check("over USD 50M", "USD 50M", Agreement::Conflict);
    check("at least USD 50M", "USD 50M", Agreement::Overlap);
    check("almost USD 400M", "nearly USD 400M", Agreement::Agree);
    check("almost USD 400M", "about USD 400M", Agreement::Overlap);
    check("almost USD 400M", "USD 400M", Agreement::Overlap);
    check("almost USD 400M", "USD 359M", Agreement::Conflict);
    check("about USD 2B", "estimated USD 2B", Agreement::Agree);
    check("about USD 2B", "USD 2B", Agreement::Overlap);
    check("about USD 2B", "USD 2.3B", Agreement::Conflict);
    check("under USD 20M", "USD 20M", Agreement::Conflict);
    check("up to USD 20M", "USD 20M", Agreement::Overlap);
    check("USD 40M to 40M", "USD 40M", Agreement::Agree);
    check("up to USD 0", "USD 0", Agreement::Agree);
    check("USD 40M to 60M", "over USD 60M", Agreement::Conflict);
    check("USD 5", "EUR 5", Agreement::Overlap);
    check("unknown", "EUR 5", Agreement::Overlap);
    check("unknown", "unknown", Agreement::Agree);
}

#[test]
fn declared_codes() {
    for bad in ["B", "btc", "12", "", "BTC!", "ABCDEFGHIJKLM"] {
        assert!(Currencies::iso().declare(bad, "x").is_err(), "{bad}");
    }
}

pub(crate) fn amountlike() -> impl Strategy<Value = String> {
    prop_oneof![
        "(over|about|almost|between|up to|at least)? ?(USD|\\$|BTC|usd)? ?[0-9]{0,4}([,.][0-9]{0,4})?(k|M|bn| million)?( (to|and|-|–) (USD )?[0-9]{0,4}(M| billion)?)?( USD)?",
        "[0-9.,eE+ -]{0,30}(M|k|B)?",
        "[$€£¥0-9KMBkmb .,~<>=–-]{0,20}",
    ]
}

proptest! {
    #[test]
    fn never_panics(text in prop_oneof!["\\PC*".boxed(), amountlike().boxed()]) {
        let known = known();
        match Amount::parse(&text, &known) {
            Ok(amount) => {
                prop_assert_eq!(&Amount::parse(&amount.to_string(), &known).unwrap(), &amount);
                prop_assert_eq!(amount.compare(&amount), Agreement::Agree);
                let quantity = amount.quantity();
                prop_assert!(quantity.min().zip(quantity.max()).is_none_or(|(min, max)| min <= max));
            }
            Err(error) => {
                let part = error.part.unwrap();
                prop_assert!(text.get(part.start..part.end).is_some());
                // Everything offered after `write` parses, but for what is only an example of shapes.
                if let Some(rest) = error.help.strip_prefix("write `") {
                    let offered = rest.split('`').next().unwrap();
                    prop_assert!(Amount::parse(offered, &known).is_ok(), "{} offered for {}", offered, text);
                }
            }
        }
        let _ = Count::parse(&text);
    }

    #[test]
    fn no_digit_is_lost(number in "[1-9][0-9]{0,17}(\\.[0-9]{0,11}[1-9])?") {
        let parsed = amount(&format!("USD {number}"));
        prop_assert_eq!(parsed.quantity().point().unwrap().to_string(), &*number);
        let grouped = amount(&format!("USD {}", number::grouped(Decimal::parse(&number).unwrap())));
        prop_assert_eq!(grouped.quantity(), parsed.quantity());
    }

    #[test]
    fn comparing_is_symmetric(a in amountlike(), b in amountlike()) {
        let known = known();
        if let (Ok(a), Ok(b)) = (Amount::parse(&a, &known), Amount::parse(&b, &known)) {
            prop_assert_eq!(a.compare(&b), b.compare(&a));
        }
    }
}
