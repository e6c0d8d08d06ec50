//! Footnotes: their numbers, in the order of the first references, and the list at the end.

use super::read::Piece;
use super::{Words, escape};
use pulldown_cmark::{Event, Tag};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The footnotes of a body.
pub(super) struct Footnotes {
    notes: Vec<Note>,
    by_label: BTreeMap<String, usize>,
    /// Indices of notes; the place in it, from 1, is the number.
    order: Vec<usize>,
    /// Notes before this one have their number.
    numbered: usize,
}

struct Note {
    /// The piece at which its definition starts.
    start: usize,
    number: Option<usize>,
    references: usize,
    html: String,
}

impl Footnotes {
    /// Finds the definitions. Of several with one label, references lead to the first.
    pub fn of(pieces: &[Piece]) -> Self {
        let mut footnotes = Self { notes: Vec::new(), by_label: BTreeMap::new(), order: Vec::new(), numbered: 0 };
        for (start, piece) in pieces.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = &piece.event {
                let next = footnotes.notes.len();
                footnotes.by_label.entry(fold(label)).or_insert(next);
                footnotes.notes.push(Note { start, number: None, references: 0, html: String::new() });
            }
        }
        footnotes
    }

    /// Writes a reference to the note of that label; says whether there is one.
    pub fn refer(&mut self, label: &str, words: &Words, out: &mut String) -> bool {
        let Some(index) = self.by_label.get(&fold(label)).copied() else { return false };
        let number = self.number(index);
        let Some(note) = self.notes.get_mut(index) else { return false };
        note.references += 1;
        let id = Reference(number, note.references);
        let _ = write!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\" aria-label=\""
        );
        escape::attribute(out, &words.footnote);
        let _ = write!(out, " {number}\">{number}</a></sup>");
        true
    }

    /// The note to be written as number `number`, from 1: its index, and the piece at which it starts.
    ///
    /// Notes that nothing refers to come last: what an author wrote does not vanish.
    pub fn numbered(&mut self, number: usize) -> Option<(usize, usize)> {
        while self.order.len() < number && self.numbered < self.notes.len() {
            self.number(self.numbered);
            self.numbered += 1;
        }
        let index = *self.order.get(number.checked_sub(1)?)?;
        Some((index, self.notes.get(index)?.start))
    }

    /// Takes the HTML of a note.
    pub fn fill(&mut self, index: usize, html: String) {
        if let Some(note) = self.notes.get_mut(index) {
            note.html = html;
        }
    }

    /// Writes the list, when there are notes.
    pub fn list(&self, words: &Words, out: &mut String) {
        if self.order.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        escape::attribute(out, &words.footnotes);
        out.push_str("\">\n<ol>\n");
        for (at, note) in self.order.iter().filter_map(|index| self.notes.get(*index)).enumerate() {
            let number = at + 1;
            let _ = write!(out, "<li id=\"fn-{number}\">");
            // The way back stands at the end of the last paragraph, when the note ends with one.
            let (html, end) = match note.html.strip_suffix("</p>\n") {
                Some(html) => (html, "</p>\n"),
                None => (note.html.as_str(), "\n"),
            };
            out.push_str(html);
            for nth in 1..=note.references {
                let id = Reference(number, nth);
                let _ = write!(out, " <a href=\"#{id}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"");
                escape::attribute(out, &words.back);
                let _ = write!(out, " {number}");
                if nth > 1 {
                    let _ = write!(out, "-{nth}");
                }
                out.push_str("\">↩</a>");
            }
            out.push_str(end);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }

    fn number(&mut self, index: usize) -> usize {
        let next = self.order.len() + 1;
        let Some(note) = self.notes.get_mut(index) else { return next };
        if let Some(number) = note.number {
            return number;
        }
        note.number = Some(next);
        self.order.push(index);
        next
    }
}

/// The id of the `.1`-th reference to note `.0`.
struct Reference(usize, usize);

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            1 => write!(f, "fn-ref-{}", self.0),
            nth => write!(f, "fn-ref-{}-{nth}", self.0),
        }
    }
}

/// Labels match without regard to case; going through upper case makes `ß` and `ss` alike, as the
/// parser has it.
fn fold(label: &str) -> String {
    label.to_uppercase().to_lowercase()
}
