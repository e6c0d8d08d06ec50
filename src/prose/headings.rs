//! The headings of a body, their levels and their ids.

use super::read::{Piece, plain_text};
use pulldown_cmark::{Event, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6: the page's own title is the only one of level 1.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Unique in the body; begins with `h-`.
    pub id: String,
}

impl Heading {
    /// Whether `#fragment` means this heading: by its slug in any case, or by its whole id.
    pub fn answers(&self, fragment: &str) -> bool {
        self.id == fragment || self.id == by_slug(fragment)
    }
}

/// The headings by the piece at which they start.
pub(super) struct Outline {
    /// By how much levels move down.
    shift: u8,
    at: BTreeMap<usize, Heading>,
    ids: BTreeSet<String>,
}

impl Outline {
    /// Reads the headings of `pieces`.
    ///
    /// When a body uses level 1, all its levels move down by one.
    pub fn of(pieces: &[Piece]) -> Self {
        let mut found = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            if let Event::Start(Tag::Heading { level, .. }) = piece.event {
                let mut text = String::new();
                plain_text(pieces.get(index..piece.close).unwrap_or_default(), &mut text);
                found.push((index, level as u8, text.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        let shift = u8::from(found.iter().any(|(_, level, _)| *level == 1));
        let mut ids = Ids::default();
        let mut outline = Self { shift, at: BTreeMap::new(), ids: BTreeSet::new() };
        for (index, level, text) in found {
            let id = ids.unique(&slug(&text));
            outline.at.insert(index, Heading { level: outline.written(level), text, id });
        }
        outline.ids = ids.taken;
        outline
    }

    /// The level at which a heading of that level in the source is written.
    pub fn written(&self, level: u8) -> u8 {
        (level + self.shift).min(6)
    }

    /// The heading that starts at piece `index`.
    pub fn heading(&self, index: usize) -> Option<&Heading> {
        self.at.get(&index)
    }

    /// The id of the heading that `fragment` names: its slug, or the id itself.
    pub fn find(&self, fragment: &str) -> Option<&str> {
        self.ids.get(&by_slug(fragment)).or_else(|| self.ids.get(fragment)).map(String::as_str)
    }

    /// The slugs that a fragment may name, in order.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().filter_map(|id| id.strip_prefix("h-"))
    }

    /// The headings that have a text, in the order of the source.
    pub fn into_headings(self) -> Vec<Heading> {
        self.at.into_values().filter(|heading| !heading.text.is_empty()).collect()
    }
}

fn by_slug(fragment: &str) -> String {
    format!("h-{}", fragment.to_lowercase())
}

/// The text of a heading as the usual repository hosts make a fragment of it, so that `#a-b` works in
/// both places: lower case, letters and digits of any script, `-` and `_`, and `-` for each space.
fn slug(text: &str) -> String {
    let slug: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Ids that are given out, each once.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<String>,
    /// The number with which to go on for a slug. Without it the hundredth `same` would try
    /// the ninety-nine before it again.
    next: BTreeMap<String, usize>,
}

impl Ids {
    fn unique(&mut self, slug: &str) -> String {
        let mut id = format!("h-{slug}");
        if self.taken.contains(&id) {
            let next = self.next.entry(slug.to_owned()).or_insert(2);
            while self.taken.contains(&id) {
                id = format!("h-{slug}-{next}");
                *next += 1;
            }
        }
        self.taken.insert(id.clone());
        id
    }
}
