//! What every grammar of a value says when a text does not follow it.

use std::fmt;

use crate::source_text::Span;

/// Why a text is not a value of its field, and what would be.
///
/// Invariant: a spelling that the help names after `write` has been parsed before it was offered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GrammarError {
    /// How the text was read: a lower-case fragment that names it in backticks.
    pub message: String,
    /// What would be right, in the imperative.
    pub help: String,
    /// The bytes of the text that are at fault, when it is not the whole.
    pub part: Option<Span>,
}

impl GrammarError {
    /// An error about the whole text.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), part: None }
    }

    /// The same about these bytes of the text only.
    #[must_use]
    pub fn at(mut self, part: Span) -> Self {
        self.part = Some(part);
        self
    }
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for GrammarError {}

/// The text as a message may quote it: without control characters, cut to a readable length, in backticks.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = shown.filter(|c| *c != '`' && !is_invisible(*c)).take(LONGEST + 1).collect();
    if shown.chars().count() > LONGEST {
        shown.pop();
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Whether the character shows nothing by itself but can change what is seen around it: joiners, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The span of `text` without the white space around it.
pub(super) fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}
