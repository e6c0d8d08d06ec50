//! Sentences with links in them.

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
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::text(before));
        }
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            pieces.extend_from_slice(value);
        }
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::text(rest));
    }
    pieces
}
