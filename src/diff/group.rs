//! All changes of one record, and what became of it as a whole.

use super::change::Change;
use crate::model::{Id, RecordKind};

/// What became of a record as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there and was not.
    New,
    /// It was there and is not.
    Removed,
    /// It has another id, and with it another address.
    Renamed {
        /// The id it had.
        from: Id,
        /// Whether the old address leads to the new one.
        redirects: bool,
    },
    /// It is gone, and another record answers at its address.
    Merged {
        /// That record.
        into: Id,
    },
    /// It was a draft, and is published.
    Published,
    /// It was published, and is a draft.
    Withdrawn,
    /// Its file cannot be read, and could or was not there.
    Unreadable,
    /// Its file can be read, and could not.
    Readable,
    /// It stays what it was.
    Kept,
}

impl Fate {
    /// The word for it in the JSON form, which is a public contract.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Removed => "removed",
            Self::Renamed { .. } => "renamed",
            Self::Merged { .. } => "merged",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Unreadable => "unreadable",
            Self::Readable => "readable",
            Self::Kept => "changed",
        }
    }
}

/// All changes of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What kind of record.
    pub kind: RecordKind,
    /// Its id; of what is gone the one it had.
    pub id: Id,
    /// Its title or name; of what is gone the one it had.
    pub title: String,
    /// Whether it is a draft now.
    pub draft: bool,
    /// What became of it.
    pub fate: Fate,
    /// What changed about it; of a new one what it says.
    pub changes: Vec<Change>,
}

impl Group {
    /// The line below the title: what became of it; nothing when it stays what it was.
    pub fn fate_words(&self) -> Option<String> {
        let noun = self.kind.noun();
        Some(match &self.fate {
            Fate::New if self.draft => format!("new {noun}, a draft: not published"),
            Fate::New => format!("new {noun}"),
            Fate::Removed => format!("{noun} removed; its address leads nowhere"),
            Fate::Renamed { from, redirects: true } => format!("renamed from {from}; the old address redirects"),
            Fate::Renamed { from, redirects: false } => {
                format!("renamed from {from}; the old address leads nowhere (add `aliases: [{from}]`)")
            }
            Fate::Merged { into } => format!("{noun} removed; its address redirects to {into}"),
            Fate::Published => "published: it was a draft".to_owned(),
            Fate::Withdrawn => "withdrawn: a draft now, no longer published".to_owned(),
            Fate::Unreadable => "cannot be read: see `annals check`".to_owned(),
            Fate::Readable => "can be read now, and could not".to_owned(),
            Fate::Kept => return None,
        })
    }
}
