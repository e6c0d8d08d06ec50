//! What every language is held to, and German, which is the test of the design.

use super::pattern::{Part, parts};
use super::*;
use crate::model::amount::{Amount, Count, Currencies};
use crate::model::date::Date;
use crate::model::date::tests::{FORMS, datelike};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn languages_by_tag() {
    for (tags, expect) in
        [(["en", "EN", "en-GB", "en_US", "", "xx"], "en"), (["de", "DE", "de-AT", "de_CH", "De", "de-1996"], "de")]
    {
        for tag in tags {
            assert_eq!(lexicon(tag).language, expect, "{tag}");
        }
    }
}

/// The words and patterns of a table by their names; those of one list share a name.
fn words(lexicon: &Lexicon) -> BTreeMap<String, Vec<String>> {
    fn walk(name: &str, value: &Value, all: &mut BTreeMap<String, Vec<String>>) {
        match value {
            Value::String(text) => all.entry(name.to_owned()).or_default().push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| walk(name, item, all)),
            Value::Object(fields) => {
                for (field, item) in fields {
                    let part = matches!(field.as_str(), "alone" | "others" | "one" | "many" | "usual" | "exceptions");
                    walk(&if part { name.to_owned() } else { format!("{name}.{field}") }, item, all);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut all = BTreeMap::new();
    walk(lexicon.language, &serde_json::to_value(lexicon).unwrap(), &mut all);
    all.into_iter().map(|(name, words)| (name.split_once('.').map_or("", |(_, name)| name).to_owned(), words)).collect()
}

/// The places of a pattern, without the forms for which they ask.
fn places(pattern: &str) -> BTreeSet<&str> {
    let places = parts(pattern).filter_map(|part| match part {
        Part::Place(name) => Some(name.split(':').next().unwrap_or(name)),
        Part::Text(_) => None,
    });
    places.collect()
}

#[test]
fn every_language_fills_the_same_places() {
    for lexicon in LANGUAGES {
        let (ours, theirs) = (words(&ENGLISH), words(lexicon));
        assert!(ours.keys().eq(theirs.keys()), "{}", lexicon.language);
        for (name, ours) in &ours {
            let theirs = &theirs[name];
            // In a list of another length, which holds forms, names of forms, or codes, all patterns are alike.
            let alike = ours.last().unwrap();
            let even = ours.len() == theirs.len();
            for (at, theirs) in theirs.iter().enumerate() {
                let expect = places(if even { &ours[at] } else { alike });
                let mut got = places(theirs);
                if !even && got.is_empty() {
                    continue;
                }
                // A sign may take the place of a code.
                got.extend(expect.get("code").filter(|_| name.contains("currenc")));
                assert_eq!(got, expect, "{}: {name}: {theirs:?}", lexicon.language);
            }
            assert_eq!(theirs.is_empty(), ours.is_empty(), "{}: {name}", lexicon.language);
        }
    }
}

#[test]
fn forms_that_are_asked_for_are_there() {
    for lexicon in LANGUAGES {
        let debug = format!("{lexicon:?}");
        let asked: BTreeSet<&str> = debug
            .split('{')
            .filter_map(|part| part.split_once('}')?.0.split_once(':'))
            .map(|(_, form)| form)
            .filter(|form| form.chars().all(char::is_alphabetic) && !form.is_empty())
            .collect();
        for form in asked {
            let known = debug.contains(&format!("(\"{form}\", ")) || ["short", "capital"].contains(&form);
            assert!(known, "{}: no phrase has the form `{form}`", lexicon.language);
        }
    }
}

#[test]
fn numbers_of_things_are_grouped_like_amounts() {
    // Words for a script, which groups numbers as the browser does in that language.
    let scripts = ["search_"];
    for lexicon in LANGUAGES {
        let shown = format!("{:?}", lexicon.terms);
        let parts: Vec<&str> = shown.split(": Counted { one: ").collect();
        for (before, counted) in parts.iter().zip(parts.iter().skip(1)) {
            let name = before.rsplit(' ').next().unwrap();
            let group = (!scripts.iter().any(|prefix| name.starts_with(prefix))).then_some(lexicon.amount.group);
            let patterns = counted.split('"').skip(1).step_by(2).take(2);
            for pattern in patterns.filter(|pattern| places(pattern).contains("n")) {
                assert_eq!(pattern::form(pattern, "n"), group, "{}: {name}: {pattern:?}", lexicon.language);
            }
        }
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(date::words(&Date::parse(text).unwrap(), &GERMAN), expect, "{text}");
}

#[test]
fn german_dates() {
    check("2022-01-05", "5. Januar 2022");
    check("2022-01", "Januar 2022");
    check("2006", "2006");
    check("2021?", "2021 (unsicher)");
    check("2019~", "etwa 2019");
    check("2019%", "etwa 2019 (unsicher)");
    check("2021-35", "3. Quartal 2021");
    check("2021-41", "2. Halbjahr 2021");
    check("2021-22", "Sommer 2021");
    check("2021-30", "Sommer der Südhalbkugel 2021");
    check("201X", "die 2010er-Jahre");
    check("18XX", "19. Jahrhundert (1800 bis 1899)");
    check("190X", "die Jahre 1900 bis 1909");
    check("20X5", "eines der Jahre 2005 bis 2095 (20X5)");
    check("XXXX", "unbekanntes Jahr");
    check("-0043-03-15", "15. März 44 v. Chr.");
    check("0850", "850 n. Chr.");
    check("Y17000", "das Jahr 17.000");
    check("Y-17E99", "das Jahr −17 × 10^99");
    check("Y171010000S3", "etwa das Jahr 171.010.000 (eines der Jahre 171.000.000 bis 171.999.999)");
    check("2021-XX-15", "15. Tag eines unbekannten Monats, 2021");
    check("2021-1X", "Oktober, November oder Dezember 2021");
    check("2021-0X", "einer der Monate Januar bis September 2021");
    check("2021-01-1X", "einer der Tage vom 10. bis 19. Januar 2021");
    check("2021-01-X1", "1., 11., 21. oder 31. Januar 2021");
    check("XXXX-12-25", "25. Dezember eines unbekannten Jahres");
    check("201X-05", "Mai eines Jahres der 2010er-Jahre");
    check("20XX-41", "2. Halbjahr eines Jahres des 21. Jahrhunderts (2000 bis 2099)");
    check("2004-?06-%11", "11. Juni 2004 (Monat unsicher; Tag unsicher und ungefähr)");
    check("2022-01-05T10:30:00-05:30", "5. Januar 2022, 10:30:00 Uhr (UTC−05:30)");
    check("unknown", "Datum unbekannt");
}

#[test]
fn german_dates_in_their_cases() {
    check("2020/2021-06~", "2020 bis etwa Juni 2021");
    check("2022-01-05/2022-02-07", "5. Januar 2022 bis 7. Februar 2022");
    check("2019/2021-41", "2019 bis zum 2. Halbjahr 2021");
    check("2006/201X", "2006 bis in die 2010er-Jahre");
    check("201X/2021", "die 2010er-Jahre bis 2021");
    check("2006/..", "seit 2006");
    check("2022-01-05/..", "seit dem 5. Januar 2022");
    check("2022-01-05~/..", "seit etwa dem 5. Januar 2022");
    check("2021-01-X1/..", "seit dem 1., dem 11., dem 21. oder dem 31. Januar 2021");
    check("2021-01-1X/..", "seit einem der Tage vom 10. bis 19. Januar 2021");
    check("2021-0X/..", "seit einem der Monate Januar bis September 2021");
    check("2021-35/..", "seit dem 3. Quartal 2021");
    check("2021-22/..", "seit Sommer 2021");
    check("201X/..", "seit den 2010er-Jahren");
    check("18XX/..", "seit dem 19. Jahrhundert (1800 bis 1899)");
    check("XXXX/..", "seit einem unbekannten Jahr");
    check("../2019", "bis 2019");
    check("../18XX", "bis ins 19. Jahrhundert (1800 bis 1899)");
    check("../Y17000", "bis zum Jahr 17.000");
    check("2019/2020..", "2019 bis 2020 oder später");
    check("2006/", "2006 bis zu einem unbekannten Zeitpunkt");
    check("[2020-01..2021-06]", "irgendwann zwischen Januar 2020 und Juni 2021");
    check("[2022-01-05..2022-02-07]", "irgendwann zwischen dem 5. Januar 2022 und dem 7. Februar 2022");
    check("[201X,2021]", "die 2010er-Jahre oder 2021");
    check("[..2017,2019..2021]", "2017 oder früher oder zwischen 2019 und 2021");
    check("{2019,2020,2021-05}", "2019, 2020 und Mai 2021");
    check("{2022-01-05..2022-01-07}", "jeder Tag vom 5. Januar 2022 bis 7. Januar 2022");
    check("{2021-01..2021-03}", "jeder Monat von Januar 2021 bis März 2021");
}

#[test]
fn german_with_the_words_of_the_source() {
    let check = |text: &str, words: &str, expect: &str| {
        assert_eq!(date::words_with(&Date::parse(text).unwrap(), Some(words), &GERMAN), expect, "{text} as {words}");
    };
    check("2020/2021-06~", "Mitte 2021", "2020 bis Mitte 2021");
    check("2006~/..", "Mitte 2006", "seit Mitte 2006");
    check("2022-01", "Januar", "Januar 2022");
    check("2022-02?", "Freitag", "Februar 2022 (unsicher; „Freitag“)");
}

#[test]
fn german_dates_in_few_words() {
    let short = |text: &str| date::short(&Date::parse(text).unwrap(), &GERMAN);
    assert_eq!(short("2020-12-05/2021-06~"), "5. Dez. 2020 bis etwa Juni 2021");
    assert_eq!(short("2021-09"), "Sept. 2021");
}

#[test]
fn german_amounts() {
    let mut known = Currencies::iso();
    known.declare("BTC", "bitcoin").unwrap();
    let check = |text: &str, expect: &str| {
        assert_eq!(amount::words(&Amount::parse(text, &known).unwrap(), &GERMAN), expect, "{text}");
    };
    check("over USD 50M", "mehr als 50 Millionen US-Dollar");
    check("almost USD 400M", "fast 400 Millionen US-Dollar");
    check("up to EUR 1M", "bis zu 1 Million Euro");
    check("USD 1.5M", "1,5 Millionen US-Dollar");
    check("USD 1B", "1 Milliarde US-Dollar");
    check("about USD 2B", "etwa 2 Milliarden US-Dollar");
    check("USD 5000 trillion", "5.000 Billionen US-Dollar");
    check("USD 40M to 60M", "40 bis 60 Millionen US-Dollar");
    check("USD 1M to 1.2M", "1 bis 1,2 Millionen US-Dollar");
    check("USD 900k to 2M", "900.000 bis 2 Millionen US-Dollar");
    check("USD 800M to 2B", "800 Millionen bis 2 Milliarden US-Dollar");
    check("USD 5M to 5M", "5 Millionen US-Dollar");
    check("under GBP 20M", "weniger als 20 Millionen Pfund Sterling");
    check("at least BTC 300", "mindestens 300 BTC");
    check("BTC 300 to 400", "300 bis 400 BTC");
    check("exactly JPY 5", "genau 5 Yen");
    check("KPW 1,000", "1.000 KPW");
    check("USD 1,234.50", "1.234,50 US-Dollar");
    check("USD 1,234,567", "1.234.567 US-Dollar");
    check("unknown", "Betrag unbekannt");
    let bound = |number| amount::bound(crate::model::decimal::Decimal::from(number), Some("USD"), &GERMAN);
    assert_eq!((bound(1_000_000), bound(2_500)), ("1 Million US-Dollar".to_owned(), "2.500 US-Dollar".to_owned()));
}

#[test]
fn german_counts() {
    let check = |text: &str, expect: &str| {
        assert_eq!(amount::count_words(&Count::parse(text).unwrap(), &GERMAN), expect, "{text}");
    };
    check("0", "null");
    check("1", "eins");
    check("at least 3", "mindestens drei");
    check("12", "zwölf");
    check("13", "13");
    check("3 to 5", "drei bis fünf");
    check("8 to 20", "acht bis 20");
    check("2 million to 3 million", "2 bis 3 Millionen");
    check("over 1,200", "mehr als 1.200");
    check("2.5", "2,5");
    check("unknown", "Anzahl unbekannt");
}

#[test]
fn german_numbers_of_things() {
    let terms = &GERMAN.terms;
    assert_eq!(terms.sources.words(1), "1 Quelle");
    assert_eq!(terms.incidents.words(12_345), "12.345 Ereignisse");
    assert_eq!(terms.field(&crate::model::Field::Count("boersen".to_owned())), "Anzahl Boersen");
    assert_eq!(terms.count_things("mindestens drei", "boersen"), "Boersen: mindestens drei");
}

#[test]
fn a_german_chain() {
    use attribution::{Chain, Hop, sentence};
    use piece::{Piece, plain};
    let hop = |name: &str, by_publisher, seen| Hop { name: Piece::text(name), by_publisher, seen };
    let chain = Chain {
        kind: Some(crate::model::vocabulary::ClaimKind::Estimate),
        by: Some(Piece::text("Chainalysis")),
        said: Some("Februar 2022".to_owned()),
        via: vec![hop("Jahresbericht", false, false), hop("Reuters", true, false)],
        read: hop("Bitcoin.com", true, true),
        locator: Some(crate::model::Locator::Paragraph(5)),
        quote: Some("fast 400 Millionen".to_owned()),
    };
    assert_eq!(
        plain(&sentence(&chain, &GERMAN.terms)),
        "nach Schätzung von Chainalysis (Februar 2022), in „Jahresbericht“, nach einem Bericht von Reuters, gelesen in \
         Bitcoin.com, Absatz\u{a0}5, im Wortlaut „fast 400 Millionen“"
    );
}

/// No language leaves a place open, and none says a month as English does.
#[track_caller]
fn check_shape(date: &Date) {
    for lexicon in LANGUAGES {
        for shown in [date::words(date, lexicon), date::short(date, lexicon)] {
            assert!(!shown.trim().is_empty() && !shown.contains(['{', '}']), "{}: {date}: {shown}", lexicon.language);
            assert!(!shown.contains("  "), "{}: {date}: {shown}", lexicon.language);
            let tokens = shown.split(|c: char| !c.is_alphanumeric());
            let foreign = |token: &str| {
                let own = lexicon.date.months.contains(&token) || lexicon.date.months_short.concat().contains(token);
                !own && ENGLISH.date.months.contains(&token)
            };
            for token in tokens.filter(|token| !token.is_empty()) {
                assert!(!foreign(token), "{}: {date}: {shown}", lexicon.language);
            }
        }
    }
}

#[test]
fn every_form_has_words_in_every_language() {
    for text in FORMS {
        check_shape(&Date::parse(text).unwrap());
    }
}

proptest! {
    #[test]
    fn words_are_words_in_every_language(text in datelike()) {
        if let Ok(date) = Date::parse(&text) {
            check_shape(&date);
        }
    }
}
