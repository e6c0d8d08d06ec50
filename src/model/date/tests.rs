//! What dates are held to.

use proptest::prelude::*;

use super::*;
use crate::model::compare::Agreement;

/// Expressions of every shape, among them those that have been hard elsewhere.
pub(crate) const FORMS: &[&str] = &[
    "unknown",
    "2006",
    "2022-01",
    "2022-01-05",
    "2019?",
    "2019~",
    "2019%",
    "2020/2021-06~",
    "2006/..",
    "../2019",
    "2006/",
    "/2019",
    "[2020-01..2021-06]",
    "2021-41",
    "2021-33",
    "2021-22",
    "201X",
    "20XX",
    "2XXX",
    "XXXX",
    "20X5",
    "200X",
    "000X",
    "00XX",
    "2021-XX",
    "2021-1X",
    "2021-0X",
    "2021-X1",
    "2021-XX-15",
    "2021-01-XX",
    "2021-XX-XX",
    "2021-01-1X",
    "2021-01-X1",
    "XXXX-12-25",
    "201X-05",
    "201X-22",
    "20XX-41",
    "XXXX-02-29",
    "2022-01-05T10:30:00",
    "2022-01-05T10:30:00Z",
    "2022-01-05T10:30:00+01",
    "2022-01-05T10:30:00-05:30",
    "0000",
    "-0043",
    "-0043-03-15",
    "0850",
    "0850-02",
    "Y17000",
    "Y-17000",
    "Y17E7",
    "Y-17E99",
    "Y17E99",
    "1950S2",
    "Y171010000S3",
    "Y17E99S1",
    "-0150S2",
    "2004-06~-11",
    "2004?-06-11",
    "2004-?06-~11",
    "?2004-%06",
    "2004-06-~01/2004-06-~20",
    "{2019,2021}",
    "{2019..2021}",
    "{2019,2020..2022,2024-05}",
    "[2019,2021]",
    "[..2019]",
    "[2019..]",
    "{..2019}",
    "{2019..}",
    "[..2017,2019,2021..]",
    "{2020}",
    "[2020]",
    "[2020-01-05..2020-01-07]",
    "..2019/2020",
    "2019/2020..",
    "../2019~",
    "2021-25",
    "2021-26",
    "2021-27",
    "2021-28",
    "2021-29",
    "2021-30",
    "2021-31",
    "2021-32",
    "2021-34",
    "2021-35",
    "2021-36",
    "2021-37",
    "2021-38",
    "2021-39",
    "2021-40",
    "2021-21",
    "2021-23",
    "2021-24",
    "9999-24",
    "201X/2021",
    "2021-06?/2021-08%",
    "{1960,1961-12~}",
    "Y-9223372036854775807",
    "Y9223372036854775807",
    "2021-XX~",
    "2021-22~",
    "-9999",
    "2020-12/2021-XX",
];

#[track_caller]
fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn check(text: &str, earliest: &str, latest: &str) {
    let date = date(text);
    let show = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
    assert_eq!((show(date.earliest()).as_str(), show(date.latest()).as_str()), (earliest, latest), "{text}");
}

#[track_caller]
fn check_help(text: &str, help: &str) {
    let error = Date::parse(text).expect_err(text);
    assert_eq!(error.help, help, "{text}: {error}");
}

#[test]
fn bounds() {
    check("2006", "2006-01-01", "2006-12-31");
    check("2019%", "2019-01-01", "2019-12-31");
    check("2020/2021-06~", "2020-01-01", "2021-06-30");
    check("2006/..", "2006-01-01", "-");
    check("2006/", "2006-01-01", "-");
    check("../2019", "-", "2019-12-31");
    check("[2020-01..2021-06]", "2020-01-01", "2021-06-30");
    check("2021-41", "2021-07-01", "2021-12-31");
    check("201X", "2010-01-01", "2019-12-31");
    check("unknown", "-", "-");
    check("Y17000", "-", "-");
    check("2019/Y17000", "2019-01-01", "-");
    check("-0043-03-15", "-0043-03-15", "-0043-03-15");
    check("2022-01-05T23:30:00+01", "2022-01-05", "2022-01-05");
    check("9999-24", "9999-12-01", "-");
    check(" 2022-01 \n", "2022-01-01", "2022-01-31");
}

#[test]
fn every_form_keeps_its_laws() {
    for text in FORMS {
        let date = date(text);
        assert_eq!(date.to_string(), *text);
        assert!(date.earliest().zip(date.latest()).is_none_or(|(earliest, latest)| earliest <= latest), "{text}");
        assert_eq!(date.compare(&date), Agreement::Agree);
        assert!(!date.narrower_within(&date), "{text}");
        assert!(date.years().is_sorted(), "{text}");
    }
}

#[test]
fn years_touched() {
    let check = |text, expect: &[i32]| assert_eq!(date(text).years(), expect, "{text}");
    check("2006", &[2006]);
    check("2020/2021-06~", &[2020, 2021]);
    check("2006/..", &[2006]);
    check("../2019", &[2019]);
    check("201X", &(2010..=2019).collect::<Vec<_>>());
    check("2010/2020", &[2010, 2020]);
    check("1990/2020", &[1990, 2020]);
    check("{2006,2019}", &[2006, 2019]);
    check("[..2017,2019,2021..]", &[2017, 2019, 2021]);
    check("2021-24", &[2021, 2022]);
    check("unknown", &[]);
    check("Y17000", &[]);
    check("-0043", &[-43]);
}

#[test]
fn timeline() {
    let expect = [
        "Y-17E99",
        "Y-17000",
        "../2005",
        "2006",
        "2006/2007",
        "2006/..",
        "2006-02",
        "../2019-05",
        "2020",
        "Y17000",
        "[..2019,2020..]",
        "unknown",
    ];
    let mut dates: Vec<Date> = expect.iter().rev().map(|text| date(text)).collect();
    dates.sort();
    assert_eq!(dates.iter().map(Date::text).collect::<Vec<_>>(), expect);
    assert!(date("2019").timeline_cmp(&date("2019~")).is_eq());
    assert!(date("2019").cmp(&date("2019~")).is_lt());
}

#[test]
fn claims_compared() {
    let check = |one: &str, two: &str, expect| {
        assert_eq!(date(one).compare(&date(two)), expect, "{one} {two}");
        assert_eq!(date(two).compare(&date(one)), expect, "{two} {one}");
    };
    check("2006/..", "2006?", Agreement::Overlap);
    check("2021", "2021?", Agreement::Overlap);
    check("2021-06-11?", "?2021-?06-?11", Agreement::Agree);
    check("[2020..2021]", "[2021,2020]", Agreement::Agree);
    check("[2020..2021]", "{2021,2020}", Agreement::Overlap);
    check("[2020]", "2020", Agreement::Agree);
    check("Y17E3", "Y17000", Agreement::Agree);
    check("2022-01-05T10:00:00+00:00", "2022-01-05T10:00:00Z", Agreement::Agree);
    check("2020", "2021", Agreement::Conflict);
    check("../2019", "2020/..", Agreement::Conflict);
    check("Y17000", "2020", Agreement::Conflict);
    check("unknown", "2020", Agreement::Overlap);
    check("unknown", "unknown", Agreement::Agree);
}

#[test]
fn lying_within() {
    let check = |one: &str, two: &str, within, narrower| {
        assert_eq!(date(one).within(&date(two)), within, "{one} {two}");
        assert_eq!(date(one).narrower_within(&date(two)), narrower, "{one} {two}");
    };
    check("2022-01-05", "2022-01", Within::Certainly, true);
    check("2022-01", "2022-01-05", Within::Possibly, false);
    check("2022-01", "2022-01~", Within::Certainly, false);
    check("2022-01-05T10:00:00", "2022-01-05", Within::Certainly, true);
    check("2021", "2022", Within::Not, false);
    check("2006", "2006/..", Within::Certainly, true);
    check("2006/..", "2006/2020", Within::Possibly, false);
    check("unknown", "2020", Within::Possibly, false);
    check("2020", "unknown", Within::Possibly, false);
}

#[test]
fn fineness() {
    let check = |text, expect| assert_eq!(date(text).precision(), expect, "{text}");
    check("201X", Some(Precision::Years));
    check("2021-XX", Some(Precision::Year));
    check("2021-XX-15", Some(Precision::Year));
    check("2021-01-XX", Some(Precision::Month));
    check("2021-41", Some(Precision::Part));
    check("2021-01-05?", Some(Precision::Day));
    check("2022-01-05T10:30:00", Some(Precision::Time));
    check("2020/2021", None);
    check("unknown", None);
}

#[test]
fn cures() {
    let only = |text, cure: &str| check_help(text, &format!("write `{cure}`"));
    only("January 2022", "2022-01");
    only("2022-1", "2022-01");
    only("2022/01", "2022-01");
    only("01/2022", "2022-01");
    only("5 January 2022", "2022-01-05");
    only("January 5, 2022", "2022-01-05");
    only("Wed., the 5th of Jan. 2022", "2022-01-05");
    only("5-Jan-2022", "2022-01-05");
    only("2022/1/5", "2022-01-05");
    only("5.1.2022", "2022-01-05");
    only("25/01/2022", "2022-01-25");
    only("01/25/2022", "2022-01-25");
    only("20220105", "2022-01-05");
    only("２０２２", "2022");
    only("2020-2021", "2020/2021");
    only("2020 – 2021", "2020/2021");
    only("2020 / 2021", "2020/2021");
    only("from January 2020 to June 2021", "2020-01/2021-06");
    only("January to March 2021", "2021-01/2021-03");
    only("5-7 January 2022", "2022-01-05/2022-01-07");
    only("1998-99", "1998/1999");
    only("2021/2020", "2020/2021");
    only("Y17E99/2020", "2020/Y17E99");
    only("c. 2019", "2019~");
    only("ca 2019", "2019~");
    only("c2019", "2019~");
    only("about 2019", "2019~");
    only("around June 2021", "2021-06~");
    only("2019 (?)", "2019?");
    only("probably about 2019", "2019%");
    only("2019s", "201X");
    only("the 2010s", "201X");
    only("201x", "201X");
    only("19th century", "18XX");
    only("44 BC", "-0043");
    only("Q1 2021", "2021-33");
    only("2021-Q1", "2021-33");
    only("second half of 2021", "2021-41");
    only("Summer 2021", "2021-22");
    only("since 2006", "2006/..");
    only("2006 - present", "2006/..");
    only("until 2019", "../2019");
    only("2020 or 2021", "[2020,2021]");
    only("2020 and 2021", "{2020,2021}");
    only("", "unknown");
    only("?", "unknown");
    only("n/a", "unknown");
    only("TBD", "unknown");
    only("Unknown", "unknown");
    only("[2020..2021-06]", "[2020-01..2021-06]");
    only("{2020..2021-06}", "{2020-01..2021-06}");
    only("[2020..2021", "[2020..2021]");
    only("[2020, 2021]", "[2020,2021]");
    only("January 2020/2021", "2020-01/2021");
    only("2022-01-05 10:30", "2022-01-05T10:30:00");
    only("2022-01-05T10:30:00+0100", "2022-01-05T10:30:00+01:00");
    only("2022-01-05T10:30:00.123Z", "2022-01-05T10:30:00Z");
    only("2022-01-05 10:30 UTC", "2022-01-05T10:30:00Z");
    only("2022-01-05 10:30 pm", "2022-01-05T22:30:00");
    only("2022-01-05 12:30 am UTC", "2022-01-05T00:30:00Z");
    only("2021-123", "2021-05-03");
    only("in 2021", "2021");
    only("2021 (approx.)", "2021~");
    only("2021?~", "2021%");
    only("winter 2020/21", "2020-24");
    only("{2019,}", "{2019}");
    only("[2021..2020]", "[2020..2021]");
    only("\u{202e}2020", "2020");
    check_help("March", "add the year, for example `2024-03`");
    check_help("29 February", "add the year, for example `2024-02-29`");
    check_help(
        "2021-W05",
        "write `2021-02-01/2021-02-07` when it lasted all week, or `[2021-02-01..2021-02-07]` when it happened once in it",
    );
    only("mid-2021", "2021-06~` with its words under `date_as");
    only("early 2020", "2020-37~` with its words under `date_as");
    check_help("05/01/2022", "write `2022-01-05` when the day comes first, or `2022-05-01` when the month comes first");
    check_help("1900s", "write `190X` for ten years, or `19XX` for a hundred");
    check_help(
        "between 2020 and June 2021",
        "write `2020/2021-06` when it lasted from the one to the other, or `[2020-01..2021-06]` when it happened once, somewhere within",
    );
    check_help(
        "2022-01-05 10:30 EST",
        "write `2022-01-05T10:30:00Z` when the time is UTC, or `2022-01-05T10:30:00` without a zone",
    );
    check_help("2021-02-30", "write a day up to `2021-02-28`, or `2021-02` when the day is not known");
    check_help("30 February 2021", "write a day up to `2021-02-28`, or `2021-02` when the day is not known");
    check_help("2020/2021-02-30", "write a day up to `2021-02-28`, or `2021-02` when the day is not known");
    check_help("2021-13", "write `2021` when the month is not known, else a month from 01 to 12");
}

#[test]
fn faults_are_pointed_at() {
    fn part(text: &str) -> &str {
        let part = Date::parse(text).unwrap_err().part.unwrap();
        text.get(part.start..part.end).unwrap()
    }
    assert_eq!(part(" 2020/2021-02-30"), "2021-02-30");
    assert_eq!(part(" January 2022 "), "January 2022");
    assert_eq!(part("2020/2021-50"), "2021-50");
    assert_eq!(part("gibberish"), "gibberish");
    let long = "1".repeat(201);
    assert!(Date::parse(&long).unwrap_err().message.len() < 250);
}

/// Texts that look like dates often enough to be some.
pub(crate) fn datelike() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(FORMS).prop_map(str::to_owned),
        "[0-9X?~%./,TZ:ESY \\[\\]{}-]{0,24}",
        "(19|20)[0-9X]{2}(-[0-4][0-9X](-[0-3][0-9X])?)?[?~%]?",
        "\\[(\\.\\.)?20[0-9]{2}(-0[1-9])?(,20[0-9]{2}){0,3}(\\.\\.)?\\]",
        "(since|until|about|from|before|mid|early|q1|first half of|between)?[ -]?[0-9]{0,2}[ .]?(may|january|fri)?[ ,-]*[0-9]{0,4}( (to|and|or|-) )?[0-9]{0,4}",
    ]
}

fn any_date() -> impl Strategy<Value = Date> {
    let form = prop::sample::select(FORMS).prop_map(date);
    prop_oneof![3 => form, 1 => datelike().prop_filter_map("not a date", |text| Date::parse(&text).ok())]
}

proptest! {
    #[test]
    fn never_panics(text in prop_oneof!["\\PC*".boxed(), datelike().boxed()]) {
        match Date::parse(&text) {
            Ok(date) => {
                let again = Date::parse(&date.to_string()).unwrap();
                prop_assert_eq!(&again, &date);
                prop_assert!(date.earliest().zip(date.latest()).is_none_or(|(earliest, latest)| earliest <= latest));
            }
            Err(error) => {
                let part = error.part.unwrap();
                prop_assert!(text.get(part.start..part.end).is_some(), "{:?}", part);
                // What follows `write` is a date, unless the shapes are listed.
                let offered = error.help.strip_prefix("write `").and_then(|rest| rest.split('`').next());
                if let Some(offered) = offered {
                    prop_assert!(Date::parse(offered).is_ok(), "{} offered for {}", offered, text);
                }
            }
        }
    }

    #[test]
    fn order_is_total(a in any_date(), b in any_date(), c in any_date()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        if a.timeline_cmp(&b).is_le() && b.timeline_cmp(&c).is_le() {
            prop_assert!(a.timeline_cmp(&c).is_le());
        }
    }

    #[test]
    fn comparing_is_symmetric(a in any_date(), b in any_date()) {
        prop_assert_eq!(a.compare(&b), b.compare(&a));
        if a.narrower_within(&b) {
            prop_assert_eq!(a.within(&b), Within::Certainly);
            prop_assert!(!b.narrower_within(&a));
        }
    }
}
