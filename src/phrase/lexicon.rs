//! A language as data.
//!
//! A pattern is text with places in braces, `{day} {month} {year}` (see [`super::pattern`]); the documentation of a field
//! names the places that are filled. A second language is a second table and no new code.

use super::pattern::fill;

use super::pattern::Forms;
use super::terms::Terms;

/// The words and patterns of one language.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Lexicon {
    /// The primary tag of BCP 47: `en`.
    pub language: &'static str,
    /// Words for dates.
    pub date: DateWords,
    /// Words for numbers, amounts and counts.
    pub amount: AmountWords,
    /// How a list is joined.
    pub list: ListWords,
    /// Words of claims, records and lists of records.
    pub terms: Terms,
}

/// Words for dates.
///
/// A phrase that may stand within another has [`Forms`]: those for which the places of dates in this table ask.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct DateWords {
    /// January to December.
    pub months: [&'static str; 12],
    /// The same, short.
    pub months_short: [&'static str; 12],
    /// The parts of a year by their EDTF codes 21 to 41: seasons, seasons north and south, quarters, thirds, halves.
    pub parts_of_year: [&'static str; 21],
    /// `{part}`, `{year}`: seasons.
    pub season_of_year: Forms,
    /// `{part}`, `{year}`: quarters, thirds, halves.
    pub part_of_year: Forms,
    /// `{day}`, `{month}`, `{year}`.
    pub day: &'static str,
    /// `{day}`: the number of a day, as it stands before a month.
    pub day_number: Forms,
    /// `{month}`, `{year}`.
    pub month: &'static str,
    /// `{year}`: a year from 1 to 999.
    pub early_year: &'static str,
    /// `{year}`: a year before 1, counted backwards from 1.
    pub year_before: &'static str,
    /// `{year}`: a year of more than four digits.
    pub long_year: Forms,
    /// `{minus}`, `{significand}`, `{exponent}`: a year too long to be written out, in astronomical count.
    pub huge_year: Forms,
    /// Before a number below zero.
    pub minus: &'static str,
    /// `{count}`: note that so many digits of a huge year count.
    pub significant: &'static str,
    /// `{year}`: ten years that begin with this one.
    pub decade: Forms,
    /// `{ordinal}`: a hundred years from one whose last two digits are zero.
    pub century: Forms,
    /// The ordinals of the centuries.
    pub century_ordinals: Ordinals,
    /// `{first}`, `{last}`: note which years a century is meant to have.
    pub century_years: &'static str,
    /// `{first}`, `{last}`: other years in a row.
    pub years: Forms,
    /// `{first}`, `{last}`: one of several years; a phrase, and a note beside significant digits.
    pub some_year: Forms,
    /// A year of which no digit is known.
    pub unknown_year: Forms,
    /// `{years}`: stands for the year after a month or a day, when it is one of several.
    pub of_years: &'static str,
    /// `{year}`: the same for a year that is itself a phrase.
    pub of_year: &'static str,
    /// `{first}`, `{last}`: months in a row of which one is meant.
    pub some_month: Forms,
    /// `{first}`, `{last}`: days in a row of which one is meant.
    pub some_day: Forms,
    /// `{day}`, `{year}`: a day of a month that is not known.
    pub day_of_unknown_month: &'static str,
    /// Note: the day is not known.
    pub day_unknown: &'static str,
    /// Note: the month is not known.
    pub month_unknown: &'static str,
    /// Note: neither is known.
    pub month_and_day_unknown: &'static str,
    /// `{date}`: the whole is approximate.
    pub about: &'static str,
    /// Note: the whole is uncertain.
    pub uncertain: &'static str,
    /// `{part}`, `{quality}`: note that a part is of that quality.
    pub part_quality: &'static str,
    /// The parts for it: year, month, part of the year, day.
    pub parts: [&'static str; 4],
    /// The qualities for it: uncertain, approximate, both.
    pub qualities: [&'static str; 3],
    /// `{date}`, `{notes}`: a date with what has to be said of it.
    pub noted: &'static str,
    /// Between two notes.
    pub note_separator: &'static str,
    /// `{words}`: the source's own words as a note.
    pub source_words: &'static str,
    /// `{date}`, `{time}`.
    pub moment: &'static str,
    /// `{hour}`, `{minute}`, `{second}`.
    pub time: &'static str,
    /// `{time}`.
    pub time_utc: &'static str,
    /// `{time}`, `{shift}`: the shift has its sign.
    pub time_shifted: &'static str,
    /// `{start}`, `{end}`: it lasted.
    pub interval: &'static str,
    /// `{start}`: it is still going on.
    pub since: &'static str,
    /// `{end}`: it began at any time before.
    pub until: &'static str,
    /// `{start}`: it ended, nobody knows when.
    pub end_unknown: &'static str,
    /// `{end}`: it began, nobody knows when.
    pub start_unknown: &'static str,
    /// `{date}`: then or before.
    pub or_earlier: &'static str,
    /// `{date}`: then or after.
    pub or_later: &'static str,
    /// `{date}`: then and at all such times before.
    pub and_earlier: &'static str,
    /// `{date}`: then and at all such times after.
    pub and_later: &'static str,
    /// `{first}`, `{last}`: once, somewhere within.
    pub once_within: &'static str,
    /// `{first}`, `{last}`: the same as one of several choices.
    pub between: &'static str,
    /// `{first}`, `{last}`: each year, each month, each day from the one to the other.
    pub every: [&'static str; 3],
    /// Nobody knows.
    pub unknown: &'static str,
}

/// Ordinal numbers by their last two digits.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Ordinals {
    /// `{number}` for what the exceptions do not have.
    pub usual: &'static str,
    /// Numbers and their patterns.
    pub exceptions: &'static [(i64, &'static str)],
}

/// How a list is joined.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ListWords {
    /// Between all but the last two.
    pub comma: &'static str,
    /// `{rest}`, `{last}`: all of them.
    pub and: &'static str,
    /// `{rest}`, `{last}`: one of them.
    pub or: &'static str,
}

/// Words for numbers, amounts and counts.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct AmountWords {
    /// Between groups of three digits.
    pub group: &'static str,
    /// Before the decimals.
    pub point: &'static str,
    /// Large units, largest first.
    pub units: &'static [Unit],
    /// Zero and what follows, as far as a count is shown in words.
    pub small: &'static [&'static str],
    /// Patterns with `{number}` for currencies whose sign can stand for nothing else.
    pub currencies: &'static [(&'static str, &'static str)],
    /// `{code}`, `{number}`: other currencies.
    pub currency: &'static str,
    /// `{number}` after each qualifier: exactly, over, at least, almost, about, up to, under.
    pub qualified: [&'static str; 7],
    /// `{low}`, `{high}`. As `{low:short}` the low number has no currency, and no unit where it has that of the high one.
    pub range: &'static str,
    /// Nobody knows how much.
    pub unknown_amount: &'static str,
    /// Nobody knows how many.
    pub unknown_count: &'static str,
}

/// A word for a power of ten.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Unit {
    /// The power.
    pub power: u32,
    /// `{number}`: exactly one.
    pub one: &'static str,
    /// `{number}`: any other number.
    pub many: &'static str,
}

impl ListWords {
    /// The items as all of them: `a, b and c`.
    pub fn all(&self, items: &[String]) -> String {
        self.join(items, self.and)
    }

    /// The items as a choice: `a, b or c`.
    pub fn any(&self, items: &[String]) -> String {
        self.join(items, self.or)
    }

    fn join(&self, items: &[String], pattern: &str) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [rest @ .., last] => fill(pattern, &[("rest", &rest.join(self.comma)), ("last", last)]),
        }
    }
}

impl Ordinals {
    /// The ordinal of a number.
    pub fn of(&self, number: i64) -> String {
        let pattern = self.exceptions.iter().find(|(last, _)| *last == number % 100).map(|(_, pattern)| *pattern);
        fill(pattern.unwrap_or(self.usual), &[("number", &number.to_string())])
    }
}
