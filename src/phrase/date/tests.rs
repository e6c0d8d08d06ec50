//! What dates in words are held to.

use proptest::prelude::*;

use super::*;
use crate::model::date::tests::{FORMS, datelike};
use crate::phrase::ENGLISH;

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(words(&Date::parse(text).unwrap(), &ENGLISH), expect, "{text}");
}

#[track_caller]
fn check_with(text: &str, date_as: &str, expect: &str) {
    assert_eq!(words_with(&Date::parse(text).unwrap(), Some(date_as), &ENGLISH), expect, "{text} as {date_as}");
}

#[test]
fn the_table() {
    check("2022-01-05", "5 January 2022");
    check("2022-01", "January 2022");
    check("2006", "2006");
    check("2019?", "2019 (uncertain)");
    check("2019~", "about 2019");
    check("2019%", "about 2019 (uncertain)");
    check("2020/2021-06~", "2020 to about June 2021");
    check("2006/..", "since 2006");
    check("../2019", "until 2019");
    check("[2020-01..2021-06]", "some time between January 2020 and June 2021");
    check("2021-41", "second half of 2021");
    check("2021-33", "first quarter of 2021");
    check("2021-22", "summer 2021");
    check("201X", "the 2010s");
    check("unknown", "date unknown");
}

#[test]
fn years() {
    check("19XX", "the 20th century (1900 to 1999)");
    check("20XX~", "about the 21st century (2000 to 2099)");
    check("11XX", "the 12th century (1100 to 1199)");
    check("00XX", "the 1st century (1 BCE to 99 CE)");
    check("190X", "the years 1900 to 1909");
    check("2XXX", "the years 2000 to 2999");
    check("XXXX", "an unknown year");
    check("20X5", "some year from 2005 to 2095 (20X5)");
    check("0000", "1 BCE");
    check("-0043-03-15", "15 March 44 BCE");
    check("0850", "850 CE");
    check("Y17000", "the year 17,000");
    check("Y-17000", "17,001 BCE");
    check("Y17E7", "the year 170,000,000");
    check("Y-17E99", "the year −17 × 10^99");
    check("1950S2", "about 1950 (some year from 1900 to 1999)");
    check("1950S2?", "about 1950 (some year from 1900 to 1999; uncertain)");
    check("Y17E99S1", "about the year 17 × 10^99 (significant digits: 1)");
}

#[test]
fn masks() {
    check("2021-XX", "2021 (month unknown)");
    check("2021-01-XX", "January 2021 (day unknown)");
    check("2021-01-XX?", "January 2021 (day unknown; uncertain)");
    check("2021-XX-XX", "2021 (month and day unknown)");
    check("2021-XX-15", "day 15 of an unknown month, 2021");
    check("2021-1X", "October, November or December 2021");
    check("2021-0X", "some month from January to September 2021");
    check("2021-X1", "January or November 2021");
    check("2021-01-1X", "some day from 10 to 19 January 2021");
    check("2021-01-X1", "1, 11, 21 or 31 January 2021");
    check("2021-04-3X", "30 April 2021");
    check("1985-0X-31", "31 January, March, May, July or August 1985");
    check("XXXX-12-25", "25 December of an unknown year");
    check("201X-05", "May of a year in the 2010s");
    check("19XX-05", "May of a year in the 20th century (1900 to 1999)");
    check("20X5-05", "May of some year from 2005 to 2095 (20X5)");
    check("201X-22", "summer of a year in the 2010s");
    check("201X-41", "second half of a year in the 2010s");
}

#[test]
fn parts_of_dates() {
    check("2004-06~-11", "11 June 2004 (year approximate; month approximate)");
    check("2004-?06-%11", "11 June 2004 (month uncertain; day uncertain and approximate)");
    check("2021?-22", "summer 2021 (year uncertain)");
    check("2021-~22", "summer 2021 (part of the year approximate)");
    check("2021-29", "southern spring 2021");
    check("2022-01-05T10:30:00", "5 January 2022, 10:30:00");
    check("2022-01-05T10:30:00Z", "5 January 2022, 10:30:00 UTC");
    check("2022-01-05T10:30:00+01", "5 January 2022, 10:30:00 UTC+1");
    check("2022-01-05T10:30:00-05:30", "5 January 2022, 10:30:00 UTC−05:30");
}

#[test]
fn spans_and_sets() {
    check("2006/", "2006 to an unknown date");
    check("/2019", "an unknown date to 2019");
    check("..2019/2020", "2019 or earlier to 2020");
    check("2019/2020..", "2019 to 2020 or later");
    check("2006~/..", "since about 2006");
    check("[2019,2021]", "2019 or 2021");
    check("[..2019]", "2019 or earlier");
    check("[..2017,2019,2021..]", "2017 or earlier, 2019 or 2021 or later");
    check("[2017,2019..2021]", "2017 or between 2019 and 2021");
    check("{2019,2021}", "2019 and 2021");
    check("{2019,2020,2021-05}", "2019, 2020 and May 2021");
    check("{2019..2021}", "every year from 2019 to 2021");
    check("{2021-01..2021-03}", "every month from January 2021 to March 2021");
    check("{..2019}", "2019 and earlier");
    check("[2020]", "2020");
}

#[test]
fn own_words_of_the_source() {
    check_with("2020/2021-06~", "mid-2021", "2020 to mid-2021");
    check_with("2020/2021-06~", "2020 to mid-2021", "2020 to about June 2021 (“2020 to mid-2021”)");
    check_with("2020/2021-06~", "June 2021", "2020 to about June 2021");
    check_with("2020/2021-06%", "mid-2021", "2020 to mid-2021 (uncertain)");
    check_with("2020-06~/2021", "mid-2020", "mid-2020 to 2021");
    check_with("2020/2021", "late 2021", "2020 to late 2021");
    check_with("2021-03/2021-06~", "mid-2021", "March 2021 to mid-2021");
    check_with("2021-03/2021-06~", "March to mid-2021", "March 2021 to about June 2021 (“March to mid-2021”)");
    check_with("2020/2021-41", "second half", "2020 to second half of 2021");
    check_with("2020/2021-12", "year's end", "2020 to December 2021 (“year's end”)");
    check_with("2006/..", "since 2006", "since 2006");
    check_with("2006~/..", "mid-2006", "since mid-2006");
    check_with("2021-41", "second half", "second half of 2021");
    check_with("2022-01", "January", "January 2022");
    check_with("2022-02?", "Friday", "February 2022 (uncertain; “Friday”)");
    check_with("2022-01", "New  Year", "January 2022 (“New Year”)");
    check_with("unknown", "Friday", "date unknown (“Friday”)");
    check_with("2022", "  ", "2022");
    assert_eq!(words_with(&Date::parse("2022").unwrap(), None, &ENGLISH), "2022");
}

#[test]
fn few_words() {
    assert_eq!(short(&Date::parse("2020-12-05/2021-06~").unwrap(), &ENGLISH), "5 Dec 2020 to about Jun 2021");
}

#[track_caller]
fn check_shape(date: &Date) {
    for shown in [words(date, &ENGLISH), short(date, &ENGLISH), words_with(date, Some("mid-2021"), &ENGLISH)] {
        assert!(!shown.trim().is_empty() && !shown.contains(['{', '}']), "{date}: {shown}");
        assert!(!shown.contains("  ") && !shown.contains("None") && !shown.contains("Some"), "{date}: {shown}");
    }
}

#[test]
fn every_form_has_words() {
    for text in FORMS {
        check_shape(&Date::parse(text).unwrap());
    }
}

proptest! {
    #[test]
    fn words_are_words(text in datelike()) {
        if let Ok(date) = Date::parse(&text) {
            check_shape(&date);
        }
    }
}
