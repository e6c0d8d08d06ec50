//! The table of the filters: what a browser needs to choose among all incidents, and to show a row of each.
//!
//! One file, loaded once. It holds columns, not records: a column packs well, and its name stands in the file once. What
//! the entries of each column mean is told at [`Table`].

use crate::model::amount::{Amount, Interval};
use crate::model::decimal::Decimal;
use crate::model::{Date, Id};
use crate::output::{Entry, Origin, OutPath, Stage};
use crate::phrase::lexicon::Lexicon;
use crate::phrase::{amount, date};
use crate::resolve::choices::{Choice, Choices, Traits};
use crate::resolve::fields::shown_values;
use crate::resolve::{IncidentEntry, Site};
use crate::source_text::Fingerprint;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// The script's call around the data.
const CALL: (&str, &str) = ("annals.filters(", ");\n");

/// The table as a file and its path; nothing for a site without incidents, which has nothing to choose from.
pub(super) fn file(site: &Site, choices: &Choices, lexicon: &Lexicon) -> Option<(OutPath, Entry)> {
    if site.incidents.is_empty() {
        return None;
    }
    let script = script(&Table::of(site, choices, lexicon));
    let path = OutPath::new(&format!("search/filters.{}.js", Fingerprint::of(script.as_bytes()).short(10))).ok()?;
    let origin = Origin::of_every_site("the table of the filters");
    Some((path, Entry::new(Stage::Asset, script.into_bytes(), origin)))
}

/// A call that hands over the table.
fn script(table: &Table) -> String {
    // A table of numbers and texts can always be written.
    let json = serde_json::to_string(table).unwrap_or_default();
    let mut script = String::with_capacity(json.len() + 64);
    script.push_str(CALL.0);
    for c in json.chars() {
        // Only within strings: JSON itself has none of them. What could end a script, or a line of one, is written out.
        match c {
            '<' => script.push_str("\\u003c"),
            '\u{2028}' => script.push_str("\\u2028"),
            '\u{2029}' => script.push_str("\\u2029"),
            c => script.push(c),
        }
    }
    script.push_str(CALL.1);
    script
}

/// All incidents in the order of the timeline: the entry at one place of every column belongs to one incident.
#[derive(Debug, Default, Serialize)]
struct Table {
    // -- what numbers of the columns stand for
    kinds: Vec<Named>,
    /// Words as written, and as read.
    statuses: Vec<(&'static str, &'static str)>,
    confidences: Vec<(&'static str, &'static str)>,
    roles: Vec<Named>,
    /// Id, name, and other names.
    actors: Vec<Vec<String>>,
    places: Vec<Named>,
    tags: Vec<Named>,
    currencies: Vec<String>,
    /// "2 disputed points", "3 sources": each once.
    phrases: Vec<String>,
    // -- the columns
    id: Vec<String>,
    title: Vec<String>,
    /// Empty where there is none.
    summary: Vec<String>,
    /// The date in words.
    when: Vec<String>,
    /// The first day, counted from 1970-01-01, as its distance from the one given before it in this column; nothing where
    /// that side is open.
    first: Vec<Option<i32>>,
    /// The last day, as its distance from the first day, or from the one given before where that is open.
    last: Vec<Option<i32>>,
    /// Amounts and counts in words.
    figures: Vec<Vec<String>>,
    /// Currency, least, most (nothing = no limit), and which of the two is itself left out: 1 the least, 2 the most.
    /// An amount that nobody knows is `[]`, and where none is given stands 0.
    amount: Vec<Money>,
    /// Numbers of kinds, statuses, confidences and phrases from 1; 0 = none.
    kind: Vec<usize>,
    status: Vec<usize>,
    confidence: Vec<usize>,
    disputed: Vec<usize>,
    sources: Vec<usize>,
    /// Actor and role in turn, numbers from 0.
    who: Vec<Vec<usize>>,
    /// Numbers from 0.
    place: Vec<Vec<usize>>,
    tag: Vec<Vec<usize>>,
    /// The numbers of incidents that are drafts.
    drafts: Vec<usize>,
}

/// What stands for something in an address, and its words.
type Named = (String, String);

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Money {
    None(u8),
    Unknown([u8; 0]),
    Bounds(usize, Number, Option<Number>, u8),
}

/// A number for comparing, as a script holds it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Whole(u64),
    Other(f64),
}

impl Table {
    fn of(site: &Site, choices: &Choices, lexicon: &Lexicon) -> Self {
        let terms = &lexicon.terms;
        let mut table = Self {
            kinds: named(&choices.kinds),
            statuses: choices.statuses.iter().map(|(status, _)| (status.word(), terms.status_word(*status))).collect(),
            confidences: (choices.confidences.iter())
                .map(|(confidence, _)| (confidence.word(), terms.confidence_word(*confidence)))
                .collect(),
            roles: named(&choices.roles),
            actors: choices.actors.iter().map(|choice| names(site, choice)).collect(),
            places: named(&choices.places),
            tags: named(&choices.tags),
            currencies: choices.currencies.iter().map(|choice| choice.id.clone()).collect(),
            ..Self::default()
        };
        let mut days = Days::default();
        let mut phrases = Phrases::default();
        // Words take longer than all the rest.
        let words: Vec<Words> = site.incidents.as_slice().par_iter().map(|entry| Words::of(entry, lexicon)).collect();
        let rows = site.incidents.iter().zip(&choices.traits).zip(words);
        for (number, ((entry, traits), words)) in rows.enumerate() {
            table.add(entry, words);
            table.add_traits(traits, choices);
            let (first, last) = days.next(&entry.date);
            table.first.push(first);
            table.last.push(last);
            let disputed = entry.disputed_count();
            let disputed = (disputed > 0).then(|| terms.disputed_fields.words(disputed));
            table.disputed.push(disputed.map_or(0, |words| phrases.number(words)));
            table.sources.push(phrases.number(terms.sources.words(entry.sources().len())));
            table.amount.push(match entry.amount() {
                None => Money::None(0),
                Some(amount) => money(amount, traits.currency),
            });
            if entry.incident.draft {
                table.drafts.push(number);
            }
        }
        table.phrases = phrases.all;
        table
    }

    /// What a row shows.
    fn add(&mut self, entry: &IncidentEntry, words: Words) {
        let incident = &entry.incident;
        self.id.push(incident.id.to_string());
        self.title.push(incident.title.clone());
        self.summary.push(entry.summary().unwrap_or_default().to_owned());
        self.when.push(words.when);
        self.figures.push(words.figures);
    }

    /// By what it is chosen.
    fn add_traits(&mut self, traits: &Traits, choices: &Choices) {
        let from_one = |number: Option<usize>| number.map_or(0, |number| number + 1);
        let status = traits.status.and_then(|status| choices.statuses.iter().position(|(known, _)| *known == status));
        let confidence = (traits.confidence)
            .and_then(|confidence| choices.confidences.iter().position(|(known, _)| *known == confidence));
        self.kind.push(from_one(traits.kind));
        self.status.push(from_one(status));
        self.confidence.push(from_one(confidence));
        self.who.push(traits.actors.iter().flat_map(|(actor, role)| [*actor, *role]).collect());
        self.place.push(traits.places.clone());
        self.tag.push(traits.tags.clone());
    }
}

/// What of an incident is in words.
struct Words {
    when: String,
    figures: Vec<String>,
}

impl Words {
    fn of(entry: &IncidentEntry, lexicon: &Lexicon) -> Self {
        let incident = &entry.incident;
        let shown = entry.fields.iter().filter_map(|state| {
            let values = shown_values(incident, state);
            amount::figure(&state.field, values.first()?, lexicon)
        });
        Self { when: date::words_with(&entry.date, incident.date_as.as_deref(), lexicon), figures: shown.collect() }
    }
}

fn named(choices: &[Choice]) -> Vec<Named> {
    choices.iter().map(|choice| (choice.id.clone(), choice.label.clone())).collect()
}

fn names(site: &Site, choice: &Choice) -> Vec<String> {
    let other = site.entity(&Id::new(&choice.id)).map_or(&[][..], |entry| &entry.entity.aka);
    [choice.id.clone(), choice.label.clone()].into_iter().chain(other.iter().cloned()).collect()
}

/// Days as distances.
#[derive(Default)]
struct Days {
    before: i32,
}

impl Days {
    fn next(&mut self, date: &Date) -> (Option<i32>, Option<i32>) {
        let first = date.earliest().map(|day| day.to_epoch_days());
        let from = first.map(|first| first - std::mem::replace(&mut self.before, first));
        (from, date.latest().map(|day| day.to_epoch_days() - self.before))
    }
}

/// Texts that recur, by number from 1.
#[derive(Default)]
struct Phrases {
    all: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Phrases {
    fn number(&mut self, text: String) -> usize {
        let all = &mut self.all;
        *self.numbers.entry(text).or_insert_with_key(|text| {
            all.push(text.clone());
            all.len()
        })
    }
}

/// The bounds of an amount. A browser compares them as floating-point numbers: that may err in the sixteenth digit, and
/// no bound is shown.
fn money(amount: &Amount, currency: Option<usize>) -> Money {
    match (currency, amount.quantity().interval()) {
        (Some(currency), Some(Interval { low, low_open, high, high_open })) => {
            Money::Bounds(currency, number(low), high.map(number), u8::from(low_open) | u8::from(high_open) << 1)
        }
        _ => Money::Unknown([]),
    }
}

fn number(decimal: Decimal) -> Number {
    match decimal.as_integer().and_then(|whole| u64::try_from(whole).ok()) {
        Some(whole) => Number::Whole(whole),
        None => Number::Other(decimal.to_string().parse().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
