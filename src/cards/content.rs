//! What a card says.

use super::face::Faces;
use crate::model::vocabulary::Status;
use crate::model::{Field, Value};
use crate::phrase::{Lexicon, amount, date};
use crate::resolve::fields::shown_values;
use crate::resolve::{IncidentEntry, Site};
use std::collections::BTreeSet;

/// The most letters of a title; more would not fit.
const TITLE: usize = 240;
/// The most letters of a description.
const TEXT: usize = 480;

/// What one card says, each part on one line but for the title and the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// The site; nothing on its own card.
    pub site: Option<String>,
    /// The incident, or the site.
    pub title: String,
    /// What the site is.
    pub text: Option<String>,
    /// When.
    pub date: Option<String>,
    /// An amount or a number, with the words that belong to it.
    pub figure: Option<String>,
    /// What no reader should miss: that it is alleged, that sources differ.
    pub marks: Vec<String>,
    /// How many sources, and so on.
    pub facts: Vec<String>,
}

impl Content {
    /// All of it in one line, but for the text, which the page says anyway.
    pub fn words(&self) -> String {
        let parts = self.site.iter().chain([&self.title]).chain(&self.date).chain(&self.figure);
        parts.chain(&self.marks).chain(&self.facts).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// Whether there are letters for all of it.
    pub fn is_covered(&self, faces: &Faces) -> bool {
        let covered = |text: &str| faces.regular.covers(text) && faces.bold.covers(text);
        covered(&self.words()) && self.text.as_deref().is_none_or(covered)
    }
}

/// The card of an incident.
pub(super) fn of_incident(site: &Site, entry: &IncidentEntry, lexicon: &Lexicon) -> Content {
    let incident = &entry.incident;
    let words = &lexicon.terms;
    let sources: BTreeSet<_> = incident.sources.iter().map(|citation| &citation.source).collect();
    let sources: BTreeSet<_> = sources.into_iter().chain(incident.claims.iter().map(|c| &c.citation.source)).collect();
    let status = entry.field(&Field::Status).and_then(|state| match shown_values(incident, state).first() {
        Some(Value::Status(status)) => Some(*status),
        _ => None,
    });
    let disputed = (entry.disputed_count() > 0).then(|| words.card_disputed.to_owned());
    // That word is not said twice.
    let status = status.filter(|status| *status != Status::Disputed || disputed.is_none());
    let status = status.map(|status| words.status_word(status).to_owned());
    Content {
        site: Some(plain(&site.config.title, TITLE)),
        title: plain(&incident.title, TITLE),
        text: None,
        date: Some(plain(&date::words_with(&entry.date, incident.date_as.as_deref(), lexicon), TEXT)),
        figure: figure(entry, lexicon).map(|figure| plain(&figure, TITLE)),
        marks: status.into_iter().chain(disputed).collect(),
        facts: vec![words.sources.words(sources.len())],
    }
}

/// The card of the site.
pub(super) fn of_site(site: &Site, lexicon: &Lexicon) -> Content {
    let words = &lexicon.terms;
    let disputed: usize = site.incidents.iter().map(IncidentEntry::disputed_count).sum();
    let sources = site.sources.iter().filter(|entry| entry.published).count();
    let disputed = (disputed > 0).then(|| words.disputed_fields.words(disputed));
    let facts = [words.incidents.words(site.incidents.len()), words.sources.words(sources)];
    Content {
        title: plain(&site.config.title, TITLE),
        text: site.config.description.as_deref().map(|text| plain(text, TEXT)),
        facts: facts.into_iter().chain(disputed).collect(),
        ..Content::default()
    }
}

/// The first figure shown: the amount, else the first number.
fn figure(entry: &IncidentEntry, lexicon: &Lexicon) -> Option<String> {
    entry.fields.iter().find_map(|state| match (&state.field, shown_values(&entry.incident, state).first()) {
        (Field::Amount, Some(Value::Amount(value))) => Some(amount::words(value, lexicon)),
        (Field::Count(name), Some(Value::Count(count))) => {
            Some(lexicon.terms.count_things(&amount::count_words(count, lexicon), name))
        }
        _ => None,
    })
}

/// Text as a picture can show it: without control characters and what is not seen, with single spaces.
fn plain(text: &str, most: usize) -> String {
    let unseen = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let seen: String =
        text.chars().filter(|c| !unseen(c)).map(|c| if c.is_control() { ' ' } else { c }).take(most + 1).collect();
    let mut words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(most) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text() {
        let check = |text: &str, expect: &str| assert_eq!(plain(text, 8), expect);
        check("a\u{0}b\n\tc", "a b c");
        check("\u{202e}abc\u{200b}d", "abcd");
        check("12345678", "12345678");
        check("123456789", "12345678…");
        check("", "");
    }
}
