//! References as a line of text.

use super::{Name, Reference, Work};
use crate::phrase::date;
use crate::phrase::lexicon::Lexicon;
use crate::phrase::pattern::fill;

impl Reference {
    /// One line: who, what, where it was published, when, at which address.
    pub fn text(&self, lexicon: &Lexicon) -> String {
        let terms = &lexicon.terms;
        let mut parts: Vec<String> = Vec::new();
        if !self.authors.is_empty() {
            let names: Vec<String> = self.authors.iter().map(name).collect();
            parts.push(lexicon.list.all(&names));
        }
        parts.push(terms.quote(&self.title));
        parts.extend(self.publisher.clone());
        parts.extend(self.date.as_ref().map(|date| {
            let words = date::words(date, lexicon);
            if self.work == Work::Record { fill(terms.cite_as_of, &[("date", &words)]) } else { words }
        }));
        parts.extend(self.note.clone());
        let end = terms.cite_separator.trim_end();
        // A name may end in the full stop of its initial.
        let mut text = parts
            .iter()
            .map(|part| part.strip_suffix(end).unwrap_or(part))
            .collect::<Vec<_>>()
            .join(terms.cite_separator);
        match &self.url {
            // A full stop behind an address would be taken for a part of it.
            Some(url) => {
                text.push_str(terms.cite_separator);
                text.push_str(url);
            }
            None => text.push_str(end),
        }
        text
    }
}

fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => name.clone(),
        Name::Person { family, given } => format!("{family}, {given}"),
    }
}
