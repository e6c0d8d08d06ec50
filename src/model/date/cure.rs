//! From a text that is no date to what its author should write.

use super::super::grammar::{GrammarError, quote, trimmed};
use super::reading::{Reading, read};
use super::{Date, REVERSED, Refusal, UNKNOWN, numeric};
use crate::source_text::Span;

/// The help when nothing better is known.
const SHAPES: &str = "write a day `2022-01-05`, a month `2022-01`, a year `2022`, a span `2020/2021`, or `unknown`";

/// The error for `text`, which the grammar refused.
pub(super) fn explain(text: &str, refusal: &Refusal) -> GrammarError {
    let whole = trimmed(text);
    let written = text.trim();
    if let Some((how, choices)) = read(written).and_then(checked) {
        return GrammarError::new(format!("{} is no date in EDTF: {how}", named(written)), help(&choices)).at(whole);
    }
    if let Some(whole_date) = with_year(written) {
        let message = format!("{} is no date: it names no year", named(written));
        return GrammarError::new(message, format!("add the year, for example `{whole_date}`")).at(whole);
    }
    if let Some((part, error)) = missing_day(written) {
        return error.at(part.shifted(whole.start));
    }
    let reason = reason(refusal.reason);
    let part = part_at(written, refusal.offset).shifted(whole.start);
    GrammarError::new(format!("{} is no date: {reason}", named(written)), SHAPES).at(part)
}

/// The reading with those of its choices that parse; nothing when none does.
fn checked(reading: Reading) -> Option<(&'static str, Vec<(String, String)>)> {
    let mut choices = reading.choices;
    choices.retain(|(edtf, _)| Date::strict(edtf).is_ok());
    (!choices.is_empty()).then_some((reading.how, choices))
}

fn help(choices: &[(String, String)]) -> String {
    let one = |(edtf, when): &(String, String)| {
        if when.is_empty() { format!("`{edtf}`") } else { format!("`{edtf}` {when}") }
    };
    let all: Vec<String> = choices.iter().map(one).collect();
    format!("write {}", all.join(", or "))
}

fn named(written: &str) -> String {
    if written.is_empty() { "an empty text".to_owned() } else { quote(written) }
}

/// What the text would be with a year, when that is all that it lacks: `March`, `5 January`, `Q1`.
fn with_year(written: &str) -> Option<String> {
    /// A leap year, so that every day of the calendar is in it.
    const EXAMPLE: &str = "2024";
    let has_words = written.contains(char::is_alphabetic) && !written.contains(EXAMPLE);
    let reading = read(&format!("{written} {EXAMPLE}")).filter(|_| has_words)?;
    let (_, choices) = checked(reading)?;
    choices.into_iter().next().map(|(edtf, _)| edtf)
}

/// The error for a day or a month that the calendar does not have, and where in `written` it stands.
fn missing_day(written: &str) -> Option<(Span, GrammarError)> {
    let whole = Span::new(0, written.len());
    // In words it may stand anywhere; in digits it is one of the dates between the separators.
    let spoken = read(written).into_iter().flat_map(|reading| reading.choices).map(|(edtf, _)| (whole, edtf));
    let mut at = 0;
    let parts = written.split(['/', ',', '[', ']', '{', '}']).flat_map(|part| part.split("..")).map(|part| {
        let start = written.get(at..).and_then(|rest| rest.find(part)).map_or(at, |found| at + found);
        at = start + part.len();
        (Span::new(start, at), part.to_owned())
    });
    parts.chain(spoken).find_map(|(part, date)| calendar_error(&date).map(|error| (part, error)))
}

fn calendar_error(date: &str) -> Option<GrammarError> {
    let plain = date.trim_matches(['?', '~', '%']);
    let (year, month, day) = numeric::year_month_day(plain)?;
    let named = quote(plain);
    if !(1..=12).contains(&month) {
        let message = format!("{named} does not exist: there is no month {month}");
        return Some(GrammarError::new(
            message,
            format!("write `{year:04}` when the month is not known, else a month from 01 to 12"),
        ));
    }
    let last = numeric::last_day(year, month);
    let day = day.filter(|day| !(1..=last).contains(day))?;
    Some(GrammarError::new(
        format!("{named} does not exist: day {day} is not one of the {last} days of `{year:04}-{month:02}`"),
        format!("write a day up to `{year:04}-{month:02}-{last}`, or `{year:04}-{month:02}` when the day is not known"),
    ))
}

/// The parser's reason in our words.
fn reason(reason: &'static str) -> &'static str {
    match reason {
        "EDTF permits ASCII characters only" | "whitespace is not allowed" => "it does not read as EDTF",
        "interval end precedes interval start" | "set range end precedes range start" => REVERSED,
        "set range endpoints must share precision" => "both ends of `..` need the same precision",
        "set range endpoints cannot be qualified" => "the ends of `..` take no `?`, `~` or `%`",
        "set range endpoints cannot be seasons" => "the ends of `..` cannot be seasons, quarters or halves",
        "interval needs at least one dated endpoint" => "at least one side of `/` needs a date",
        "interval must contain exactly one '/'" => "a span has exactly one `/`",
        "sub-year groupings cannot carry a day" => "a season, quarter or half has no days of its own",
        "month must be 01-12 or a sub-year code 21-41" => {
            "a month is 01 to 12, a season, quarter or half of the year 21 to 41"
        }
        other => other,
    }
}

/// From `offset` to the end of the date that stands there.
fn part_at(written: &str, offset: usize) -> Span {
    let start = (0..=offset.min(written.len())).rev().find(|at| written.is_char_boundary(*at)).unwrap_or(0);
    let rest = written.get(start..).unwrap_or_default();
    let length = rest.find(['/', ',', ']', '}', ' ']).unwrap_or(rest.len());
    if length == 0 { Span::new(0, written.len()) } else { Span::new(start, start + length) }
}

/// Whether `text` says in its own way that the date is not known.
pub(super) fn means_unknown(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "",
        "?",
        "??",
        "???",
        "-",
        "--",
        "n/a",
        "na",
        "n.a.",
        "tbd",
        "tba",
        "tbc",
        "none",
        "null",
        "nil",
        UNKNOWN,
        "unclear",
        "undated",
        "not known",
        "no date",
        "n.d.",
        "date unknown",
    ];
    WORDS.contains(&text)
}
