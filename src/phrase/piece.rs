//! Sentences with links in them.

use super::pattern::{self, Part};

/// A run of text, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// The text, not escaped.
    pub text: String,
    /// An address, ready to use; nothing for plain text.
    pub url: Option<String>,
}

impl Piece {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), url: None }
    }

    /// Text that leads somewhere, if there is somewhere.
    pub fn link(text: impl Into<String>, url: Option<String>) -> Self {
        Self { text: text.into(), url }
    }
}

/// The text of pieces without their links.
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Puts pieces into the places of a pattern: `according to {who}`.
///
/// A placeholder without a value stays out; text between stays as it is.
pub fn fill(pattern: &str, values: &[(&str, &[Piece])]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in pattern::parts(pattern) {
        match part {
            Part::Text(text) => pieces.push(Piece::text(text)),
            Part::Place(name) => pieces.extend_from_slice(pattern::value(name, values).unwrap_or_default()),
        }
    }
    pieces
}
