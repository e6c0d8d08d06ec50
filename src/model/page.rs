//! Plain pages: about, method.

use super::Id;
use crate::source_text::FileId;

/// A page of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its name: the file's.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// What it is called.
    pub title: String,
    /// One sentence for search engines and cards.
    pub description: Option<String>,
    /// Its place among the pages; those without come after, by id.
    pub order: Option<i64>,
    /// Earlier ids.
    pub aliases: Vec<Id>,
    /// Kept out of the published site.
    pub draft: bool,
}
