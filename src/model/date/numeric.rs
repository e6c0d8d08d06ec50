//! Dates in digits that are not EDTF: `2022-1`, `05/01/2022`, `20220105`.

use chrono::{NaiveDate, Weekday};

use super::reading::Reading;

/// How a date in digits is to be understood.
pub(super) fn read(text: &str) -> Option<Reading> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else { return bare(text) };
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let parts: Vec<&str> = text.split(separator).collect();
    let how = "its parts are not in the order year-month-day with two digits each";
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            let (year, month, day) = (number(year)?, two(month)?, two(day)?);
            let (month, day) = if month > 12 { (day, month) } else { (month, day) };
            Some(Reading::new(how, iso(year, month, day)))
        }
        [one, two_, year] if year.len() == 4 => {
            let (one, other, year) = (two(one)?, two(two_)?, number(year)?);
            let day_first = iso(year, other, one);
            let month_first = iso(year, one, other);
            if one == other || one > 12 || separator == '.' {
                Some(Reading::new(how, day_first))
            } else if other > 12 {
                Some(Reading::new(how, month_first))
            } else {
                let how = "day and month can be read either way";
                let reading = Reading::new(how, day_first).when("when the day comes first");
                Some(reading.or(month_first, "when the month comes first"))
            }
        }
        [year, month] if year.len() == 4 && month.len() <= 2 => {
            let (year, month) = (number(year)?, two(month)?);
            if (1..=12).contains(&month) {
                return Some(Reading::new(how, format!("{year:04}-{month:02}")));
            }
            let end = year - year % 100 + month;
            (end > year).then(|| Reading::new("it reads as a span of years", format!("{year:04}/{end:04}")))
        }
        [year, day] if year.len() == 4 && day.len() == 3 => {
            let (year, day) = (i32::try_from(number(year)?).ok()?, number(day)?);
            let date = NaiveDate::from_yo_opt(year, day)?;
            Some(Reading::new("it reads as a day of the year", date.to_string()))
        }
        [month, year] if year.len() == 4 => {
            let (month, year) = (two(month)?, number(year)?);
            (1..=12).contains(&month).then(|| Reading::new(how, format!("{year:04}-{month:02}")))
        }
        _ => None,
    }
}

/// `2021-w05`: a week of ISO 8601, which EDTF does not have.
pub(super) fn week(text: &str) -> Option<Reading> {
    let (digits, week) = text.split_once('w')?;
    let (year, week) = (i32::try_from(year(digits.strip_suffix('-').unwrap_or(digits))?).ok()?, two(week)?);
    let day = |day| NaiveDate::from_isoywd_opt(year, week, day);
    let (first, last) = (day(Weekday::Mon)?, day(Weekday::Sun)?);
    let reading = Reading::new("it reads as a week", format!("{first}/{last}")).when("when it lasted all week");
    Some(reading.or(format!("[{first}..{last}]"), "when it happened once in it"))
}

/// Digits alone.
fn bare(text: &str) -> Option<Reading> {
    let value = number(text)?;
    let how = "its parts have no `-` between them";
    match text.len() {
        8 => Some(Reading::new(how, iso(value / 10_000, value / 100 % 100, value % 100))),
        6 if (1..=12).contains(&(value % 100)) => {
            Some(Reading::new(how, format!("{:04}-{:02}", value / 100, value % 100)))
        }
        3 => Some(Reading::new("a year has four digits", format!("{value:04}"))),
        5..=9 => Some(Reading::new("a year beyond four digits begins with `Y`", format!("Y{value}"))),
        _ => None,
    }
}

fn iso(year: u32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// One or two digits as a number.
pub(super) fn two(digits: &str) -> Option<u32> {
    if digits.len() > 2 { None } else { number(digits) }
}

/// Four digits as a year.
pub(super) fn year(digits: &str) -> Option<u32> {
    if digits.len() == 4 { number(digits) } else { None }
}

/// `YYYY-MM` or `YYYY-MM-DD` as numbers, whether or not the calendar has them.
///
/// What EDTF means by a month from 21 to 41 is left to it.
pub(super) fn year_month_day(text: &str) -> Option<(u32, u32, Option<u32>)> {
    let mut parts = text.split('-');
    let (year, month) = (year(parts.next()?)?, two(parts.next()?)?);
    let day = parts.next();
    if parts.next().is_some() || ((21..=41).contains(&month)) {
        return None;
    }
    match day {
        Some(day) => Some((year, month, Some(two(day)?))),
        None => Some((year, month, None)),
    }
}

/// The last day of a month from 1 to 12.
pub(super) fn last_day(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
