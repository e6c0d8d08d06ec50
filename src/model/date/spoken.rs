//! Dates in English words: `January 2022`, `5th of May 2021`, `Q1 2021`, `the 1990s`, `44 BC`.

use super::numeric::{last_day, two, year};
use super::reading::Reading;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that join the parts of a date and say nothing.
const FILLERS: [&str; 6] = ["of", "the", "in", "on", "year", "during"];

/// A word of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word<'a> {
    Month(u32),
    /// One or two digits, with or without `st`, `nd`, `rd`, `th`.
    Small(u32),
    Year(u32),
    Other(&'a str),
}

/// How a date in words is to be understood.
pub(super) fn read(text: &str) -> Option<Reading> {
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let separators = [' ', ',', '-', '/'];
    let words: Vec<Word<'_>> = text
        .split(separators)
        .map(|word| word.trim_matches(['.', '(', ')']))
        .filter(|word| !word.is_empty() && !FILLERS.contains(word) && !is_weekday(word))
        .map(classify)
        .collect();
    // A longer text is a sentence; its first words would say too little about it.
    if words.len() > 5 {
        return None;
    }
    days_and_months(&words).or_else(|| parts_of_years(&words)).or_else(|| years(text, &words))
}

fn classify(word: &str) -> Word<'_> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = matches!(word.strip_prefix(digits), Some("st" | "nd" | "rd" | "th" | ""));
    if let Some(number) = two(digits).filter(|_| is_ordinal) {
        return Word::Small(number);
    }
    if let Some(year) = year(word) {
        return Word::Year(year);
    }
    let month = MONTHS.iter().position(|name| {
        *name == word || (word.len() >= 3 && name.starts_with(word)) || (word == "sept" && *name == "september")
    });
    match month.and_then(|index| u32::try_from(index + 1).ok()) {
        Some(month) => Word::Month(month),
        None => Word::Other(word),
    }
}

fn is_weekday(word: &str) -> bool {
    word.len() >= 3 && WEEKDAYS.iter().any(|name| name.starts_with(word))
}

fn days_and_months(words: &[Word<'_>]) -> Option<Reading> {
    use Word::{Month, Other, Small, Year};
    let month_in_words = "it reads as a month in words";
    match *words {
        [Month(month), Year(year)] | [Year(year), Month(month)] => {
            Some(Reading::new(month_in_words, format!("{year:04}-{month:02}")))
        }
        [Small(day), Month(month), Year(year)]
        | [Month(month), Small(day), Year(year)]
        | [Year(year), Month(month), Small(day)] => {
            Some(Reading::new("it reads as a day in words", format!("{year:04}-{month:02}-{day:02}")))
        }
        [Other(part), Month(month), Year(year)] => {
            let how = "it reads as a part of a month";
            let last = last_day(year, month);
            let (from, to) = match part {
                "early" | "start" | "beginning" => (1, 10),
                "mid" | "middle" => (11, 20),
                "late" | "end" => (21, last),
                _ => return None,
            };
            let days = format!("[{year:04}-{month:02}-{from:02}..{year:04}-{month:02}-{to:02}]");
            let reading = Reading::new(how, format!("{year:04}-{month:02}")).when("with its words under `date_as`");
            Some(reading.or(days, "when a third of the month is meant"))
        }
        _ => None,
    }
}

fn parts_of_years(words: &[Word<'_>]) -> Option<Reading> {
    use Word::{Other, Small, Year};
    let (part, year) = match *words {
        // A winter belongs to the year in which it begins.
        [ref part @ .., Year(year), Small(next)] if (year + 1) % 100 == next => (part, year),
        [ref part @ .., Year(year), Year(next)] if year + 1 == next => (part, year),
        [ref part @ .., Year(year)] => (part, year),
        [Year(year), ref part @ ..] => (part, year),
        _ => return None,
    };
    let part = match *part {
        [Other(part)] => part.to_owned(),
        [Other(one), Other(two)] => format!("{one} {two}"),
        [Small(number), Other(part)] => format!("{number} {part}"),
        _ => return None,
    };
    let with_words = "with its words under `date_as`";
    let code = match part.as_str() {
        "spring" => 21,
        "summer" => 22,
        "autumn" | "fall" => 23,
        "winter" => 24,
        "q1" | "1q" | "first quarter" | "1 quarter" => 33,
        "q2" | "2q" | "second quarter" | "2 quarter" => 34,
        "q3" | "3q" | "third quarter" | "3 quarter" => 35,
        "q4" | "4q" | "fourth quarter" | "last quarter" | "4 quarter" => 36,
        "first third" | "1 third" => 37,
        "second third" | "2 third" => 38,
        "last third" | "3 third" => 39,
        "h1" | "1h" | "first half" | "1 half" => 40,
        "h2" | "2h" | "second half" | "last half" | "2 half" => 41,
        "mid" | "middle" => {
            return Some(Reading::new("it reads as the middle of a year", format!("{year:04}-06~")).when(with_words));
        }
        "early" | "start" | "beginning" => {
            return Some(
                Reading::new("it reads as the first months of a year", format!("{year:04}-37~")).when(with_words),
            );
        }
        "late" | "end" => {
            return Some(
                Reading::new("it reads as the last months of a year", format!("{year:04}-39~")).when(with_words),
            );
        }
        "ad" | "ce" => return Some(Reading::new("it reads as a year with its era", format!("{year:04}"))),
        "bc" | "bce" => return before_common_era(year),
        _ => return None,
    };
    Some(Reading::new("it reads as a part of a year in words", format!("{year:04}-{code}")))
}

fn years(text: &str, words: &[Word<'_>]) -> Option<Reading> {
    use Word::{Other, Small, Year};
    match *words {
        [Year(year)] => Some(Reading::new("it has words beside the year", format!("{year:04}"))),
        [Small(number), Other("century")] => {
            let first = number.checked_sub(1)?;
            Some(Reading::new("it reads as a century", format!("{first:02}XX")))
        }
        [Small(number), Other("bc" | "bce")] => before_common_era(number),
        [Small(number), Other("ad" | "ce")] | [Other("ad" | "ce"), Small(number)] => {
            Some(Reading::new("it reads as a year with its era", format!("{number:04}")))
        }
        [Other(number), Other("bc" | "bce")] => before_common_era(number.parse().ok()?),
        [Other(number), Other("ad" | "ce")] => {
            let number: u32 = number.parse().ok()?;
            Some(Reading::new("it reads as a year with its era", format!("{number:04}")))
        }
        [Other(_)] => decade(text.trim_start_matches("the ")),
        _ => None,
    }
}

/// Astronomical years have a year 0, so 44 BC is -43.
fn before_common_era(number: u32) -> Option<Reading> {
    let before = number.checked_sub(1)?;
    let text = if before == 0 { "0000".to_owned() } else { format!("-{before:04}") };
    Some(Reading::new("it reads as a year before the common era, which EDTF counts from 1 BC as year 0", text))
}

fn decade(text: &str) -> Option<Reading> {
    let year = year(text.strip_suffix("'s").or_else(|| text.strip_suffix('s'))?)?;
    let decade = format!("{:03}X", year / 10);
    if year % 100 != 0 {
        return Some(Reading::new("it reads as a decade", decade));
    }
    let century = format!("{:02}XX", year / 100);
    let reading = Reading::new("it reads as a decade or as a century", decade).when("for ten years");
    Some(reading.or(century, "for a hundred"))
}
