//! One date in words: its year, its month, its day, and what has to be said of them.

use crate::model::date::edtf::{self, Bound, DateField, Edtf, Qualifier, YearKind};
use crate::phrase::lexicon::Lexicon;
use crate::phrase::pattern::{Forms, fill, form};

/// A date in words, before what has to be said of it is put around it.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) base: String,
    pub(super) about: bool,
    pub(super) notes: Vec<String>,
}

impl Phrase {
    pub(super) fn plain(base: String) -> Self {
        Self { base, about: false, notes: Vec::new() }
    }

    pub(super) fn render(&self, lexicon: &Lexicon) -> String {
        let words = &lexicon.date;
        let date = if self.about { fill(words.about, &[("date", &self.base)]) } else { self.base.clone() };
        if self.notes.is_empty() {
            return date;
        }
        fill(words.noted, &[("date", &date), ("notes", &self.notes.join(words.note_separator))])
    }
}

/// What a year looks like decides how a month or a day is joined to it.
enum Year {
    /// A number: `2021`.
    Plain(Saying),
    /// Several years of which one is meant: `the 2010s`.
    Several(Saying),
    /// One year in other words: `an unknown year`.
    Phrase(Saying),
}

/// A phrase that is still to be said in one of its forms.
struct Saying {
    forms: Forms,
    places: Vec<(&'static str, String)>,
}

impl Saying {
    fn of(forms: Forms, places: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { forms, places: places.into_iter().collect() }
    }

    fn say(&self, form: &str) -> String {
        let places: Vec<(&str, &str)> = self.places.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(self.forms.get(form), &places)
    }
}

/// Turns single dates into phrases, with long or short names of the months.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) months: &'a [&'static str; 12],
    /// The form of phrases for which the place around them asks; empty when they stand alone.
    pub(super) form: &'a str,
}

impl<'a> Speaker<'a> {
    /// The speaker for a place of a pattern, in the form that it asks for. A place that asks for none has that of the
    /// whole.
    pub(super) fn within(self, pattern: &'a str, place: &str) -> Self {
        Self { form: form(pattern, place).unwrap_or(self.form), ..self }
    }

    pub(super) fn phrase(self, date: &edtf::Date) -> Phrase {
        let mut phrase = Phrase::plain(String::new());
        let year = self.year(date, &mut phrase);
        phrase.base = match (date.month, date.day) {
            (None, _) => self.alone(&year),
            (Some(month), None) => self.month(month, &year, &mut phrase),
            (Some(month), Some(day)) => self.day(date, month, day, &year, &mut phrase),
        };
        self.qualify(date, &mut phrase);
        phrase
    }

    /// A year without a month.
    fn alone(self, year: &Year) -> String {
        match year {
            Year::Plain(saying) | Year::Several(saying) | Year::Phrase(saying) => saying.say(self.form),
        }
    }

    /// A year after a month or a day.
    fn joined(self, year: &Year) -> String {
        let words = &self.lexicon.date;
        let say = |saying: &Saying, pattern, place| {
            fill(pattern, &[(place, &saying.say(form(pattern, place).unwrap_or_default()))])
        };
        match year {
            Year::Plain(saying) => saying.say(""),
            Year::Several(saying) => say(saying, words.of_years, "years"),
            Year::Phrase(saying) => say(saying, words.of_year, "year"),
        }
    }

    fn year(self, date: &edtf::Date, phrase: &mut Phrase) -> Year {
        let words = &self.lexicon.date;
        if let YearKind::Standard { digits, .. } = date.year.kind
            && digits.iter().any(Option::is_none)
        {
            return self.masked_year(digits, phrase);
        }
        let plain = match (date.year.value(), date.year.kind) {
            (Some(value), _) => self.numbered(value),
            (None, YearKind::Exponential { significand, exponent }) => {
                let minus = if significand < 0 { words.minus } else { "" };
                let places = [
                    ("minus", minus.to_owned()),
                    ("significand", significand.unsigned_abs().to_string()),
                    ("exponent", exponent.to_string()),
                ];
                Saying::of(words.huge_year, places)
            }
            (None, _) => Saying::of(Forms::one(""), []),
        };
        if let Some(count) = date.year.significant_digits {
            phrase.about = true;
            let whole = edtf::Date { month: None, day: None, ..*date };
            let bounds = Edtf::Date(whole).bounds();
            phrase.notes.push(match (bounds.earliest, bounds.latest) {
                (Bound::Date(first), Bound::Date(last)) => self.years(words.some_year, first.year, last.year).say(""),
                _ => fill(words.significant, &[("count", &count.to_string())]),
            });
        }
        Year::Plain(plain)
    }

    /// A year as people count them: there is no year 0 between 1 BCE and 1 CE.
    fn numbered(self, year: i64) -> Saying {
        let words = &self.lexicon.date;
        let (forms, number) = match year {
            ..=0 => (Forms::one(words.year_before), year.unsigned_abs() + 1),
            1..=999 => (Forms::one(words.early_year), year.unsigned_abs()),
            1000..=9999 => (Forms::one("{year}"), year.unsigned_abs()),
            _ => (words.long_year, year.unsigned_abs()),
        };
        Saying::of(forms, [("year", self.number(number))])
    }

    /// A number in groups of three when it has more than four digits.
    fn number(self, number: u64) -> String {
        if number < 10_000 { number.to_string() } else { crate::phrase::amount::digits(number.into(), self.lexicon) }
    }

    /// Years in a row; all forms of the phrase ask for them alike.
    fn years(self, forms: Forms, first: i64, last: i64) -> Saying {
        let say = |place, year| self.numbered(year).say(form(forms.alone, place).unwrap_or_default());
        Saying::of(forms, [("first", say("first", first)), ("last", say("last", last))])
    }

    fn masked_year(self, digits: [Option<u8>; 4], phrase: &mut Phrase) -> Year {
        let words = &self.lexicon.date;
        let with = |other: u8| digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit.unwrap_or(other)));
        let (first, last) = (with(0), with(9));
        let known = digits.iter().take_while(|digit| digit.is_some()).count();
        if digits.iter().skip(known).any(Option::is_some) {
            phrase.notes.push(digits.iter().map(|digit| digit.map_or('X', |digit| char::from(b'0' + digit))).collect());
            return Year::Phrase(self.years(words.some_year, first, last));
        }
        match known {
            0 => Year::Phrase(Saying::of(words.unknown_year, [])),
            2 => {
                phrase.notes.push(self.years(Forms::one(words.century_years), first, last).say(""));
                let ordinal = words.century_ordinals.of(first / 100 + 1);
                Year::Several(Saying::of(words.century, [("ordinal", ordinal)]))
            }
            // `the 1900s` could be ten years or a hundred.
            3 if first >= 1000 && first % 100 != 0 => {
                Year::Several(Saying::of(words.decade, [("year", first.to_string())]))
            }
            _ => Year::Several(self.years(words.years, first, last)),
        }
    }

    /// A month, or the part of a year that stands in its place.
    fn month(self, month: DateField, year: &Year, phrase: &mut Phrase) -> String {
        let words = &self.lexicon.date;
        if let Some(part) = month.value().filter(|code| *code >= 21) {
            let name = words.parts_of_year.get(usize::from(part) - 21).copied().unwrap_or_default();
            let is_season = part <= 32 || !matches!(year, Year::Plain(_));
            let forms = if is_season { words.season_of_year } else { words.part_of_year };
            return fill(forms.get(self.form), &[("part", name), ("year", &self.joined(year))]);
        }
        if month.digits == [None, None] {
            phrase.notes.insert(0, words.month_unknown.to_owned());
            return self.alone(year);
        }
        let month = self.one_of(&candidates(month, 12), |number, _| self.month_name(number), words.some_month);
        fill(words.month, &[("month", &month), ("year", &self.joined(year))])
    }

    fn day(self, date: &edtf::Date, month: DateField, day: DateField, year: &Year, phrase: &mut Phrase) -> String {
        let words = &self.lexicon.date;
        let month_unknown = month.digits == [None, None];
        if day.digits == [None, None] {
            let note = if month_unknown { words.month_and_day_unknown } else { words.day_unknown };
            let base = if month_unknown { self.alone(year) } else { self.month(month, year, phrase) };
            phrase.notes.insert(0, note.to_owned());
            return base;
        }
        let all_days = candidates(day, 31);
        let least = all_days.first().copied().unwrap_or(1);
        let months: Vec<u8> =
            candidates(month, 12).into_iter().filter(|month| least <= last_day(date, *month)).collect();
        let longest = months.iter().map(|month| last_day(date, *month)).max().unwrap_or(31);
        let days: Vec<u8> = all_days.into_iter().filter(|day| *day <= longest).collect();
        let number = |day: u8, form: &str| fill(words.day_number.get(form), &[("day", &day.to_string())]);
        if month_unknown {
            let pattern = words.day_of_unknown_month;
            let (day_form, year) = (self.within(pattern, "day").form, self.within(pattern, "year").alone(year));
            let day = self.lexicon.list.any(&days.iter().map(|day| number(*day, day_form)).collect::<Vec<_>>());
            return fill(pattern, &[("day", &day), ("year", &year)]);
        }
        let day = self.one_of(&days, number, words.some_day);
        let names: Vec<String> = months.iter().map(|month| self.month_name(*month)).collect();
        let month = self.lexicon.list.any(&names);
        fill(words.day, &[("day", &day), ("month", &month), ("year", &self.joined(year))])
    }

    fn month_name(self, month: u8) -> String {
        let name = usize::from(month).checked_sub(1).and_then(|index| self.months.get(index));
        name.copied().unwrap_or_default().to_owned()
    }

    /// A choice: named one by one when they are few or scattered, else from the first to the last.
    fn one_of(self, numbers: &[u8], name: impl Fn(u8, &str) -> String, forms: Forms) -> String {
        match numbers {
            [first, .., last] if numbers.len() > 3 && usize::from(last - first) + 1 == numbers.len() => {
                let pattern = forms.get(self.form);
                let name = |number, place| name(number, self.within(pattern, place).form);
                fill(pattern, &[("first", &name(*first, "first")), ("last", &name(*last, "last"))])
            }
            _ => self.lexicon.list.any(&numbers.iter().map(|number| name(*number, self.form)).collect::<Vec<_>>()),
        }
    }

    /// What `?`, `~` and `%` say: of the whole, or of each part for itself.
    fn qualify(self, date: &edtf::Date, phrase: &mut Phrase) {
        let words = &self.lexicon.date;
        let [year, month_name, part, day_name] = words.parts;
        let month_name =
            if date.month.and_then(DateField::value).is_some_and(|code| code >= 21) { part } else { month_name };
        let mut parts: Vec<(&str, Qualifier)> = vec![(year, date.year.qualifier)];
        parts.extend(date.month.map(|month| (month_name, month.qualifier)));
        parts.extend(date.day.map(|day| (day_name, day.qualifier)));
        let whole = date.year.qualifier;
        if parts.iter().all(|(_, qualifier)| *qualifier == whole) {
            phrase.about |= whole.approximate;
            if whole.uncertain {
                phrase.notes.push(words.uncertain.to_owned());
            }
            return;
        }
        let [uncertain, approximate, both] = words.qualities;
        for (part, qualifier) in parts {
            let quality = match (qualifier.uncertain, qualifier.approximate) {
                (false, false) => continue,
                (true, false) => uncertain,
                (false, true) => approximate,
                (true, true) => both,
            };
            phrase.notes.push(fill(words.part_quality, &[("part", part), ("quality", quality)]));
        }
    }
}

/// The numbers from 1 to `last` that the digits allow.
fn candidates(field: DateField, last: u8) -> Vec<u8> {
    let [tens, ones] = field.digits;
    let fits = |digit: Option<u8>, value: u8| digit.is_none_or(|digit| digit == value);
    (1..=last).filter(|number| fits(tens, number / 10) && fits(ones, number % 10)).collect()
}

/// The last day that a month can have, in a leap year when the year is not known.
fn last_day(date: &edtf::Date, month: u8) -> u8 {
    match month {
        2 => {
            let leap = date
                .year
                .value()
                .is_none_or(|year| year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0));
            if leap { 29 } else { 28 }
        }
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
