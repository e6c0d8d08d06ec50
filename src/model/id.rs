//! Names of records.

use std::fmt;
use std::sync::Arc;

/// The most characters that an id may have.
pub const LONGEST: usize = 100;

/// The name of a record, or what an author wrote where such a name belongs.
///
/// Cheap to copy. A reference is kept as written; whether a record of that name exists is `resolve`'s to say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The id `text`, unchecked.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Whether `text` may name a record: `[a-z0-9][a-z0-9-]*`, at most [`LONGEST`] characters.
///
/// ```
/// assert!(annals::model::id::is_valid("2006-un-sanctions"));
/// assert!(!annals::model::id::is_valid("UN_sanctions"));
/// ```
pub fn is_valid(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The nearest valid id to any text: lower case, everything else one dash. Empty when nothing is left.
///
/// ```
/// assert_eq!(annals::model::id::slug("UN Sanctions, 2006"), "un-sanctions-2006");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
