//! What an author may have meant by a text that is not EDTF.
//!
//! Only texts that the grammar refused come here, so nothing in this file changes what a date means; it only
//! proposes, and what it proposes is parsed before anybody sees it.

use edtf_core::{Edtf, IntervalEndpoint};

use super::super::grammar::is_invisible;
use super::{Date, UNKNOWN, clock, cure, numeric, reach, spoken};

/// One way to understand a text: how it was read, and what to write instead, each with the case it is for.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) how: &'static str,
    pub(super) choices: Vec<(String, String)>,
}

impl Reading {
    pub(super) fn new(how: &'static str, edtf: impl Into<String>) -> Self {
        Self { how, choices: vec![(edtf.into(), String::new())] }
    }

    /// The same, its last choice being for this case.
    #[must_use]
    pub(super) fn when(mut self, case: &str) -> Self {
        if let Some((_, when)) = self.choices.last_mut() {
            case.clone_into(when);
        }
        self
    }

    /// The same with another choice.
    #[must_use]
    pub(super) fn or(mut self, edtf: String, case: &str) -> Self {
        self.choices.push((edtf, case.to_owned()));
        self
    }

    /// The only choice; nothing when there are several.
    pub(super) fn single(self) -> Option<String> {
        match <[_; 1]>::try_from(self.choices) {
            Ok([(edtf, _)]) => Some(edtf),
            Err(_) => None,
        }
    }
}

/// The best reading of `written`, not yet checked.
pub(super) fn read(written: &str) -> Option<Reading> {
    if written.len() > super::LONGEST {
        return None;
    }
    let plain = plain(written);
    let lower = plain.to_lowercase();
    let lower = lower.strip_suffix('.').filter(|_| !lower.ends_with("..") && lower.len() > 4).unwrap_or(&lower);
    if cure::means_unknown(lower) {
        return Some(Reading::new("it reads as not known", UNKNOWN));
    }
    let upper = plain.to_uppercase();
    if is_date(&upper) {
        return Some(Reading::new("it needs other characters", upper));
    }
    let ways: [fn(&str) -> Option<Reading>; 9] =
        [numeric::read, numeric::week, numeric_year_range, clock::read, spoken::read, hedged, open, span, structured];
    ways.iter().find_map(|way| way(lower))
}

/// The text with the digits, dashes and spaces of other scripts and keyboards as ASCII.
fn plain(written: &str) -> String {
    let ascii = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '’' | '‘' => '\'',
        _ => c,
    };
    let visible = written.replace('…', "..");
    let folded: String = visible.chars().filter(|c| !is_invisible(*c)).map(ascii).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_date(text: &str) -> bool {
    Date::strict(text).is_ok()
}

/// One date, however it is written, as EDTF; nothing when it can be read in several ways.
pub(super) fn one(text: &str) -> Option<String> {
    let text = text.trim();
    let upper = text.to_uppercase();
    if matches!(Edtf::parse(&upper), Ok(Edtf::Date(_))) {
        return Some(upper);
    }
    let reading = numeric::read(text).or_else(|| spoken::read(text)).or_else(|| hedged(text))?;
    reading.single().filter(|edtf| matches!(Edtf::parse(edtf), Ok(Edtf::Date(_))))
}

/// Two years with a hyphen.
fn numeric_year_range(text: &str) -> Option<Reading> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (numeric::year(first.trim())?, numeric::year(last.trim())?);
    Some(Reading::new("it reads as a span of years", format!("{:04}/{:04}", first.min(last), first.max(last))))
}

/// `about 2019`, `2019 (?)`.
fn hedged(text: &str) -> Option<Reading> {
    const ABOUT: [&str; 12] = [
        "approximately ",
        "approx. ",
        "approx ",
        "roughly ",
        "around ",
        "about ",
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "c ",
        "~ ",
    ];
    const PERHAPS: [&str; 6] = ["probably ", "possibly ", "perhaps ", "maybe ", "presumably ", "reportedly "];
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    // `c.2019` and `ca.2019` without a space.
    let tight = || {
        ["c.", "ca.", "~", "c"]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if let Some(rest) = after(&ABOUT).or_else(tight) {
        return marked(rest, '~', "it reads as approximate");
    }
    const ABOUT_AFTER: [&str; 4] = ["(approx.)", "(approximate)", "(approximately)", "(circa)"];
    if let Some(rest) = ABOUT_AFTER.iter().find_map(|mark| text.strip_suffix(mark)) {
        return marked(rest, '~', "it reads as approximate");
    }
    let marks = text.trim_end_matches(['?', '~', '%']);
    if text.len() > marks.len() + 1 {
        return Some(Reading::new("`%` stands for `?` and `~` together", format!("{}%", one(marks)?)));
    }
    let uncertain = after(&PERHAPS)
        .or_else(|| ["(?)", "(uncertain)", " ?", "?"].iter().find_map(|mark| text.strip_suffix(mark)))?;
    marked(uncertain, '?', "it reads as uncertain")
}

fn marked(rest: &str, mark: char, how: &'static str) -> Option<Reading> {
    let date = one(rest)?;
    let (plain, mark) = match date.chars().last() {
        Some(last) if last == mark => (date.trim_end_matches(mark), mark),
        Some('~' | '?' | '%') => (date.trim_end_matches(['~', '?', '%']), '%'),
        _ => (date.as_str(), mark),
    };
    Some(Reading::new(how, format!("{plain}{mark}")))
}

/// `since 2006`, `until 2019`, `before 2019`, `2006 to present`.
fn open(text: &str) -> Option<Reading> {
    const SINCE: [&str; 4] = ["since ", "from ", "starting ", "ongoing since "];
    const ONGOING: [&str; 12] = [
        " onwards",
        " onward",
        " to present",
        " to the present",
        " to now",
        " to today",
        " - present",
        "-present",
        "/present",
        "/open",
        "/now",
        " -",
    ];
    const UNTIL: [&str; 5] = ["until ", "till ", "up to ", "through ", "to "];
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    let ongoing = ONGOING.iter().find_map(|word| text.strip_suffix(word)).or_else(|| text.strip_suffix('-'));
    if let Some(rest) = ongoing {
        let start = SINCE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        return Some(Reading::new("it reads as still going on", format!("{}/..", one(start)?)));
    }
    if let Some(date) = after(&SINCE).and_then(one) {
        return Some(Reading::new("it reads as still going on", format!("{date}/..")));
    }
    if let Some(date) = after(&UNTIL).and_then(one) {
        return Some(Reading::new("it reads as ending then", format!("../{date}")));
    }
    let how = "it reads as one moment on one side of a date";
    let (plain, choice) = if let Some(date) = after(&["before ", "prior to ", "by ", "no later than "]).and_then(one) {
        (format!("../{date}"), format!("[..{date}]"))
    } else {
        let date = after(&["after ", "no earlier than ", "not before "]).and_then(one)?;
        (format!("{date}/.."), format!("[{date}..]"))
    };
    let reading = Reading::new(how, choice).when("when it happened once, that date included");
    Some(reading.or(plain, "when it lasted"))
}

/// `2020 to 2021`, `between January and March 2021`, `2020 or 2021`, `5-7 January 2022`.
fn span(text: &str) -> Option<Reading> {
    if let Some((first, last)) = text.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
        let (first, last) = ends(first, last)?;
        let how = "it reads as a span, or as one moment within";
        let reading = Reading::new(how, format!("{first}/{last}")).when("when it lasted from the one to the other");
        return Some(reading.or(once(&first, &last), "when it happened once, somewhere within"));
    }
    let rest = text.strip_prefix("from ").unwrap_or(text);
    for word in [" to ", " until ", " till ", " through ", " - ", " .. "] {
        if let Some((first, last)) = rest.split_once(word) {
            let (first, last) = ends(first, last)?;
            return Some(Reading::new("it reads as a span", format!("{first}/{last}")));
        }
    }
    for (word, shape) in [(" or ", ['[', ']']), (" and ", ['{', '}']), (" & ", ['{', '}'])] {
        if let Some((first, last)) = rest.split_once(word) {
            let (first, last) = ends(first, last)?;
            let [open, close] = shape;
            return Some(Reading::new("it reads as several dates", format!("{open}{first},{last}{close}")));
        }
    }
    let hyphens = rest.match_indices('-').filter_map(|(at, _)| Some((rest.get(..at)?, rest.get(at + 1..)?)));
    let mut spans = hyphens.filter_map(|(first, last)| ends(first, last));
    let (first, last) = spans.next()?;
    Some(Reading::new("it reads as a span", format!("{first}/{last}")))
}

/// Both ends of a span; the first borrows from the last what it leaves out, as in `5 to 7 January 2022`.
fn ends(first: &str, last: &str) -> Option<(String, String)> {
    let end = one(last)?;
    let last: Vec<&str> = last.split_whitespace().collect();
    let borrowed = || (1..last.len()).find_map(|from| one(&format!("{first} {}", last.get(from..)?.join(" "))));
    let is_short = first.trim().len() < 3;
    let start = if is_short { borrowed() } else { one(first).or_else(borrowed) }?;
    Some((start, end))
}

/// A one-of set from the one date to the other, both as fine as the finer of them.
fn once(first: &str, last: &str) -> String {
    refined(first, last).unwrap_or_else(|| format!("[{first},{last}]"))
}

fn refined(first: &str, last: &str) -> Option<String> {
    let strip = |text: &str| text.trim_matches(['?', '~', '%']).to_owned();
    let (first, last) = (strip(first), strip(last));
    let digits = first.len().max(last.len());
    let day = |text: &str, end: bool| -> Option<String> {
        let date = Date::strict(text).ok()?;
        let bound = if end { date.latest() } else { date.earliest() }?.to_string();
        bound.get(..digits).map(str::to_owned)
    };
    let set = format!("[{}..{}]", day(&first, false)?, day(&last, true)?);
    is_date(&set).then_some(set)
}

/// EDTF with parts that are not: reversed spans, spaces, words between the separators, a missing bracket.
fn structured(text: &str) -> Option<Reading> {
    let upper = text.to_uppercase();
    if let Some(reading) = reversed(&upper) {
        return Some(reading);
    }
    let inner = upper.trim_matches(['[', ']', '{', '}']);
    let (open, close) = if upper.contains(['{', '}']) { ('{', '}') } else { ('[', ']') };
    let is_set = upper.contains(['[', ']', '{', '}']);
    if let Some((first, last)) = inner.split_once("..").filter(|_| !inner.contains([',', '/']))
        && let (Some(first), Some(last)) = (one(&first.to_lowercase()), one(&last.to_lowercase()))
    {
        let set = refined(&first, &last).or_else(|| refined(&last, &first))?;
        let how = if is_set {
            "the ends of `..` are of one precision, without marks, the earlier first"
        } else {
            "`..` belongs into a set"
        };
        if !is_set {
            let reading = Reading::new(how, format!("{first}/{last}")).when("when it lasted from the one to the other");
            return Some(reading.or(set, "when it happened once, somewhere within"));
        }
        let all = if open == '{' { format!("{{{}}}", set.trim_matches(['[', ']'])) } else { set };
        return Some(Reading::new(how, all));
    }
    let separator = if inner.contains(',') { ',' } else { '/' };
    let is_list = separator == ',';
    let parts: Vec<String> = inner.split(separator).map(part).collect::<Option<_>>()?;
    let joined = parts.join(&separator.to_string());
    if is_set || is_list {
        let kept: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        return list(&kept.join(","), is_set.then_some([open, close]));
    }
    reversed(&joined).or_else(|| (parts.len() == 2).then(|| Reading::new("a part of it is not EDTF", joined)))
}

/// Members of a set, in the brackets that were written, or in either kind.
fn list(joined: &str, brackets: Option<[char; 2]>) -> Option<Reading> {
    if joined.is_empty() {
        return None;
    }
    if let Some([open, close]) = brackets {
        return Some(Reading::new("a set is whole dates between its brackets", format!("{open}{joined}{close}")));
    }
    let reading =
        Reading::new("a list of dates stands in brackets", format!("{{{joined}}}")).when("when all are meant");
    Some(reading.or(format!("[{joined}]"), "when it was one of them"))
}

/// A part between separators, its open side kept.
fn part(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text == ".." {
        return Some(text.to_owned());
    }
    if matches!(text, "OPEN" | "PRESENT" | "NOW") {
        return Some("..".to_owned());
    }
    one(&text.to_lowercase())
}

/// A span or a set that is right but for the order of its ends.
fn reversed(upper: &str) -> Option<Reading> {
    let (first, last) = upper.split_once('/')?;
    let turned = format!("{last}/{first}");
    let is_span = |text: &str| {
        matches!(Edtf::parse(text), Ok(Edtf::Interval(interval))
            if matches!((interval.start, interval.end), (IntervalEndpoint::Date(_), IntervalEndpoint::Date(_)))
                && reach::Reach::of(&Edtf::Interval(interval)).is_some())
    };
    (!is_span(upper) && is_span(&turned)).then(|| Reading::new(super::REVERSED, turned))
}
