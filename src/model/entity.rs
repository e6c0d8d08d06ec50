//! Who.

use super::Id;
use super::vocabulary::EntityKind;
use crate::source_text::FileId;

/// A state, an organisation, a group or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name: the file's.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// What it is called in sentences.
    pub name: String,
    /// What kind of actor.
    pub kind: Option<EntityKind>,
    /// Other names.
    pub aka: Vec<String>,
    /// What it belongs to.
    pub part_of: Option<Id>,
    /// Ids elsewhere: `wikidata`, `stix`, …
    pub ids: Vec<(String, String)>,
    /// What else a reader should know.
    pub note: Option<String>,
    /// Earlier ids.
    pub aliases: Vec<Id>,
    /// Kept out of the published site.
    pub draft: bool,
}
