//! Problems as data.
//!
//! In: nothing. Out: [`Diagnostic`] (what a stage says), [`Located`] (the same with line and column),
//! and the renderers in [`render`].
//! Must never be here: a decision about what is a problem, the disk, printing.

mod code;
mod key_path;
pub mod nearest;
pub mod render;

pub use code::Code;
pub use key_path::{KeyPath, Step};

use crate::source_text::{FileId, Position, Span};

/// How bad it is. The order is that of gravity, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `build` writes nothing.
    Error,
    /// The site is built; a reader may be misled.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// The word in messages and in `lints`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in a file, as the stage that found the problem knows it.
///
/// Stages after parsing know records by their keys and not by their bytes; [`Spot::Value`] and its
/// siblings are turned into bytes when somebody looks, by reading that one file again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub spot: Spot,
}

/// The narrowest thing to point at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The file as a whole; shown at its first character.
    File,
    /// These bytes.
    Bytes(Span),
    /// A key of the YAML.
    Key(KeyPath),
    /// The value at a key of the YAML.
    Value(KeyPath),
    /// A part of the scalar at a key: bytes of its text.
    Part(KeyPath, Span),
}

impl At {
    /// The file as a whole.
    pub fn file(file: &FileId) -> Self {
        Self { file: file.clone(), spot: Spot::File }
    }

    /// Bytes of the file.
    pub fn bytes(file: &FileId, span: Span) -> Self {
        Self { file: file.clone(), spot: Spot::Bytes(span) }
    }

    /// The value at `path`.
    pub fn value(file: &FileId, path: &KeyPath) -> Self {
        Self { file: file.clone(), spot: Spot::Value(path.clone()) }
    }

    /// The key itself at `path`.
    pub fn key(file: &FileId, path: &KeyPath) -> Self {
        Self { file: file.clone(), spot: Spot::Key(path.clone()) }
    }

    /// Part of the scalar at `path`.
    pub fn part(file: &FileId, path: &KeyPath, part: Span) -> Self {
        Self { file: file.clone(), spot: Spot::Part(path.clone(), part) }
    }
}

/// Another place that belongs to a problem, and what it has to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub at: At,
    /// A lower-case fragment, for example `first defined here`.
    pub message: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// One line that names the offending value.
    pub message: String,
    /// The narrowest place.
    pub at: At,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// The cure, in the imperative; the first line is the one that matters.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A problem of kind `code` at `at`.
    pub fn new(code: Code, at: At, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at, labels: Vec::new(), help: Vec::new() }
    }

    /// The same with a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The same with a label.
    #[must_use]
    pub fn label(mut self, at: At, message: impl Into<String>) -> Self {
        self.labels.push(Label { at, message: message.into() });
        self
    }
}

/// A diagnostic with its places found and its level settled: what renderers show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// What kind of problem.
    pub code: Code,
    /// After `lints` of `site.yaml`.
    pub level: Level,
    /// One line.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Other places.
    pub labels: Vec<(Place, String)>,
    /// The cure.
    pub help: Vec<String>,
}

/// A place with its lines and columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where it begins.
    pub start: Position,
    /// One character past its end.
    pub end: Position,
    /// The same as bytes of the file.
    pub span: Span,
}

impl Located {
    /// The order in which problems are shown: path, position, level, code; then what keeps the order total.
    pub fn sort_key(&self) -> impl Ord + '_ {
        (&self.place, self.level, self.code, &self.message, &self.help)
    }
}

/// Names as a list in a sentence.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
