//! What happened.

use super::vocabulary::{Basis, Rank, RelationKind, Status};
use super::{Amount, Citation, Claim, Count, Date, Field, Id, Value};
use crate::source_text::FileId;
use std::sync::Arc;

/// One incident as its author wrote it, read but not judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its name: the file's.
    pub id: Id,
    /// The file.
    pub file: FileId,
    /// What the page is called.
    pub title: String,
    /// The sentence on the card.
    pub summary: Option<String>,
    /// When it happened, as written beside the claims; nothing when only claims tell.
    pub date: Option<Date>,
    /// The source's own words for the date.
    pub date_as: Option<String>,
    /// How the date came to be known.
    pub date_basis: Option<Basis>,
    /// One of the site's kinds.
    pub kind: Option<Id>,
    /// What the editors say of it.
    pub status: Option<Status>,
    /// How much money.
    pub amount: Option<Amount>,
    /// How many of what.
    pub counts: Vec<(String, Count)>,
    /// Who, by role.
    pub actors: Vec<(String, Vec<Id>)>,
    /// Where.
    pub places: Vec<Id>,
    /// Free tags, as written.
    pub tags: Vec<String>,
    /// What the record rests on.
    pub sources: Vec<Citation>,
    /// The evidence.
    pub claims: Vec<Claim>,
    /// How it bears on others.
    pub relations: Vec<Relation>,
    /// What was corrected.
    pub corrections: Vec<Correction>,
    /// Earlier ids.
    pub aliases: Vec<Id>,
    /// Kept out of the published site.
    pub draft: bool,
    /// The site's own fields, in the order written.
    pub extra: Vec<(String, Value)>,
    /// What could not be read, so that nothing is concluded from its absence.
    pub unread: Unread,
}

/// Which parts of a record could not be read. Each was reported where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Fields whose value or one of whose claims is missing here.
    pub fields: Vec<Field>,
    /// The list of claims as a whole.
    pub claims: bool,
    /// The sources of the record.
    pub sources: bool,
}

impl Unread {
    /// Whether conclusions about `field` would rest on something that was not read.
    pub fn touches(&self, field: &Field) -> bool {
        self.claims || self.fields.contains(field)
    }
}

/// The long text of a record: Markdown, and where it stands.
///
/// It lies beside the record, not in it: who refers to whom, what is shown and what is disputed do not depend on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The text.
    pub text: Arc<str>,
    /// Where it stands in its file.
    pub place: BodyPlace,
}

/// Where a body stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyPlace {
    /// There is none.
    #[default]
    None,
    /// After the front matter, from this byte of the file.
    After(usize),
    /// The value of the key `body`.
    Key,
}

/// How one incident bears on another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// In which way.
    pub kind: RelationKind,
    /// The other incident.
    pub to: Id,
    /// Where that is said.
    pub citation: Option<Citation>,
    /// Deprecated: said by a source, rejected by the editors.
    pub rank: Rank,
    /// Why it has that rank.
    pub why: Option<String>,
    /// Its number in the record's `relations`, from 0.
    pub index: usize,
}

/// A change of what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made: a day.
    pub on: Date,
    /// Which field.
    pub field: Option<String>,
    /// What was published.
    pub was: Option<String>,
    /// What is published now.
    pub now: Option<String>,
    /// Why.
    pub why: Option<String>,
}
