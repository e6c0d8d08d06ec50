//! What is read, and what is only quoted.

use super::vocabulary::{Basis, Reliability, SourceKind};
use super::{Date, Id};
use crate::source_text::FileId;

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name: the file's.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// Its title.
    pub title: String,
    /// Who published it; nothing when that is not known.
    pub publisher: Option<Publisher>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// What kind of document.
    pub kind: Option<SourceKind>,
    /// When it was published.
    pub published: Option<Date>,
    /// How that date came to be known.
    pub basis: Option<Basis>,
    /// Its address.
    pub url: Option<String>,
    /// Kept copies.
    pub archive: Vec<Archive>,
    /// SHA-256 of the text that the editors hold, in lower-case hexadecimal.
    pub sha256: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Whether the editors read it, or know it only from others ("as cited in").
    pub seen: bool,
    /// The Admiralty letter.
    pub reliability: Option<Reliability>,
    /// What it rests on itself.
    pub cites: Vec<Id>,
    /// What else a reader should know.
    pub note: Option<String>,
    /// Earlier ids.
    pub aliases: Vec<Id>,
    /// Kept out of the published site.
    pub draft: bool,
}

/// Who published a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publisher {
    /// An entity of the site.
    Entity(Id),
    /// A name without a record.
    Name(String),
}

impl Publisher {
    /// A name has a space, a capital or a dot; anything else stands for an entity's id.
    pub fn parse(text: &str) -> Self {
        if text.contains(|c: char| c.is_whitespace() || c.is_uppercase() || c == '.') {
            Self::Name(text.to_owned())
        } else {
            Self::Entity(Id::new(text))
        }
    }
}

/// A kept copy of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// Where it is.
    pub url: String,
    /// When it was made.
    pub on: Option<Date>,
}
