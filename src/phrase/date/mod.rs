//! Dates in words.

mod single;

use super::lexicon::Lexicon;
use super::pattern::fill;
use crate::model::date::Date;
use crate::model::date::edtf::{
    self, Edtf, Interval, IntervalEndpoint, Precision, Set, SetElement, SetKind, Time, TimeShift, YearKind,
};
use single::{Phrase, Speaker};

/// A date in words, as precise as it was written and no more: `2020 to about June 2021`.
///
/// ```
/// use annals::model::date::Date;
/// use annals::phrase::{self, ENGLISH};
///
/// assert_eq!(phrase::date::words(&Date::parse("2006/..")?, &ENGLISH), "since 2006");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
pub fn words(date: &Date, lexicon: &Lexicon) -> String {
    whole(date, Speaker { lexicon, months: &lexicon.date.months, form: "" }).render(lexicon)
}

/// A date in few words, for lists: the names of the months are short, nothing is left out.
pub fn short(date: &Date, lexicon: &Lexicon) -> String {
    whole(date, Speaker { lexicon, months: &lexicon.date.months_short, form: "" }).render(lexicon)
}

/// A date in words, with the source's own words for it.
///
/// In a span they take the place of the end that they word, which is the approximate or uncertain one, or else
/// the last: `2020/2021-06~` as `mid-2021` is `2020 to mid-2021`. That is done only when they name that end's
/// year, and nothing of the other end. Otherwise they stand as a note after ours, `February 2022 (uncertain;
/// “Friday”)`, unless all of them stand in ours already, as `January` does in `January 2022`.
///
/// ```
/// use annals::model::date::Date;
/// use annals::phrase::{self, ENGLISH};
///
/// let date = Date::parse("2020/2021-06~")?;
/// assert_eq!(phrase::date::words_with(&date, Some("mid-2021"), &ENGLISH), "2020 to mid-2021");
/// # Ok::<(), annals::model::GrammarError>(())
/// ```
pub fn words_with(date: &Date, date_as: Option<&str>, lexicon: &Lexicon) -> String {
    let speaker = Speaker { lexicon, months: &lexicon.date.months, form: "" };
    let mut ours = whole(date, speaker);
    let source = date_as.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let ours_already = tokens(&ours.render(lexicon));
    if tokens(&source).iter().all(|token| ours_already.contains(token)) {
        return ours.render(lexicon);
    }
    if let Some(Edtf::Interval(interval)) = date.edtf()
        && let Some(words) = with_end(interval, &source, speaker)
    {
        return words;
    }
    ours.notes.push(fill(lexicon.date.source_words, &[("words", &source)]));
    ours.render(lexicon)
}

/// The span with the source's words for one of its ends, when they word that end and nothing else.
fn with_end(interval: &Interval, source: &str, speaker: Speaker<'_>) -> Option<String> {
    let qualified = |date: &edtf::Date| date.is_approximate() || date.is_uncertain();
    let (start, end) = (end_date(&interval.start), end_date(&interval.end));
    let worded_start = match (start, end) {
        (Some(start), Some(end)) => qualified(start) && !qualified(end),
        (Some(start), None) if qualified(start) => true,
        (None, Some(end)) if qualified(end) => false,
        _ => return None,
    };
    let (worded, other) = if worded_start { (start?, end) } else { (end?, start) };
    let said = tokens(source);
    let year = match worded.year.kind {
        YearKind::Standard { .. } => worded.year.value()?.to_string(),
        YearKind::Big { .. } | YearKind::Exponential { .. } => return None,
    };
    let mut phrase = speaker.phrase(worded);
    if let Some(other) = other {
        let here = tokens(&phrase.base);
        let there = tokens(&speaker.phrase(other).base);
        if there.iter().any(|token| said.contains(token) && !here.contains(token)) {
            return None;
        }
    }
    if !said.contains(&year) {
        return None;
    }
    phrase.about = false;
    source.clone_into(&mut phrase.base);
    let replaced = phrase.render(speaker.lexicon);
    let (first, last) = if worded_start { (Some(replaced), None) } else { (None, Some(replaced)) };
    Some(span(interval, first, last, speaker))
}

/// The words and numbers of a text, in lower case.
fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn whole(date: &Date, speaker: Speaker<'_>) -> Phrase {
    match date.edtf() {
        None => Phrase::plain(speaker.lexicon.date.unknown.to_owned()),
        Some(Edtf::Date(date)) => speaker.phrase(date),
        Some(Edtf::DateTime(moment)) => {
            let mut phrase = speaker.phrase(&moment.date);
            let time = time(&moment.time, speaker.lexicon);
            phrase.base = fill(speaker.lexicon.date.moment, &[("date", &phrase.base), ("time", &time)]);
            phrase
        }
        Some(Edtf::Interval(interval)) => Phrase::plain(span(interval, None, None, speaker)),
        Some(Edtf::Set(set)) => Phrase::plain(members(set, speaker)),
    }
}

fn time(time: &Time, lexicon: &Lexicon) -> String {
    let words = &lexicon.date;
    let two = |number: u8| format!("{number:02}");
    let clock =
        fill(words.time, &[("hour", &two(time.hour)), ("minute", &two(time.minute)), ("second", &two(time.second))]);
    match time.shift {
        None => clock,
        Some(TimeShift::Utc) => fill(words.time_utc, &[("time", &clock)]),
        Some(TimeShift::Offset { minutes, hours_only }) => {
            let sign = if minutes < 0 { words.minus } else { "+" };
            let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            let shift = if hours_only { format!("{sign}{hours}") } else { format!("{sign}{hours:02}:{rest:02}") };
            fill(words.time_shifted, &[("time", &clock), ("shift", &shift)])
        }
    }
}

fn end_date(end: &IntervalEndpoint) -> Option<&edtf::Date> {
    match end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(date)
        }
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

/// A span in words; `start` and `end` stand for its dates where they are given.
fn span(interval: &Interval, start: Option<String>, end: Option<String>, speaker: Speaker<'_>) -> String {
    use IntervalEndpoint::{Date, OnOrAfter, OnOrBefore, Open, Unknown};
    let words = &speaker.lexicon.date;
    let say = |end: &IntervalEndpoint, given: Option<String>, speaker: Speaker<'_>| {
        let around = match end {
            OnOrBefore(_) => words.or_earlier,
            OnOrAfter(_) => words.or_later,
            Date(_) | Open | Unknown => "{date}",
        };
        let speaker = speaker.within(around, "date");
        let date = given.or_else(|| end_date(end).map(|date| speaker.phrase(date).render(speaker.lexicon)));
        fill(around, &[("date", &date.unwrap_or_default())])
    };
    let pattern = match (&interval.start, &interval.end) {
        (Open, _) => words.until,
        (_, Open) => words.since,
        (Unknown, _) => words.start_unknown,
        (_, Unknown) => words.end_unknown,
        _ => words.interval,
    };
    let start = say(&interval.start, start, speaker.within(pattern, "start"));
    let end = say(&interval.end, end, speaker.within(pattern, "end"));
    fill(pattern, &[("start", &start), ("end", &end)])
}

/// The members of a set: a choice among them, or all of them.
fn members(set: &Set, speaker: Speaker<'_>) -> String {
    let words = &speaker.lexicon.date;
    let say = |date: &edtf::Date, pattern: &str, place: &str| {
        speaker.within(pattern, place).phrase(date).render(speaker.lexicon)
    };
    let around = |date: &edtf::Date, pattern: &str| fill(pattern, &[("date", &say(date, pattern, "date"))]);
    let one_of = set.kind == SetKind::OneMember;
    let alone = set.elements.len() == 1;
    let items: Vec<String> = set
        .elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) => speaker.phrase(date).render(speaker.lexicon),
            SetElement::OnOrBefore(date) => around(date, if one_of { words.or_earlier } else { words.and_earlier }),
            SetElement::OnOrAfter(date) => around(date, if one_of { words.or_later } else { words.and_later }),
            SetElement::Range(first, last) => {
                let [year, month, day] = words.every;
                let pattern = match (one_of, alone, first.precision()) {
                    (true, true, _) => words.once_within,
                    (true, false, _) => words.between,
                    (false, _, Precision::Year) => year,
                    (false, _, Precision::Month | Precision::Season) => month,
                    (false, _, Precision::Day) => day,
                };
                let (first, last) = (say(first, pattern, "first"), say(last, pattern, "last"));
                fill(pattern, &[("first", &first), ("last", &last)])
            }
        })
        .collect();
    if one_of { speaker.lexicon.list.any(&items) } else { speaker.lexicon.list.all(&items) }
}

#[cfg(test)]
mod tests;
