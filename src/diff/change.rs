//! One change, as a reader would say it.

use super::prose;
use crate::model::{Id, RecordKind};
use std::fmt;

/// Values with more bytes are told by the words that differ, when those are few.
const LONG: usize = 60;

/// What kind of change: the word for it in the JSON form, which is a public contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The value that a reader sees is another.
    ValueChanged,
    /// A value is given that was not.
    ValueAdded,
    /// A value is given no more.
    ValueRemoved,
    /// Claims on a field differ now, and did not.
    Disputed,
    /// Claims on a field differed, and do no more.
    Undisputed,
    /// Somebody else is quoted, or the same for something else.
    ClaimAdded,
    /// A claim is gone.
    ClaimRemoved,
    /// A claim that is not shown says something else.
    ClaimValueChanged,
    /// A claim is preferred, rejected, or neither, and was not.
    ClaimRankChanged,
    /// Something else about a claim: who makes it, where it was read, why it has its rank.
    ClaimChanged,
    /// A source is cited that was not.
    SourceCited,
    /// A source is cited no more.
    SourceDropped,
    /// What rested on a source alone rests on nothing.
    EvidenceLost,
    /// A relation to another incident is new.
    RelationAdded,
    /// A relation is gone.
    RelationRemoved,
    /// Something about a relation: its rank, its reason, its source.
    RelationChanged,
    /// A correction was published.
    CorrectionAdded,
    /// A published correction is gone, or says something else.
    CorrectionRemoved,
    /// An earlier address leads here now.
    AliasAdded,
    /// An earlier address leads here no more.
    AliasRemoved,
    /// The long text.
    TextChanged,
    /// A setting of the site.
    SettingChanged,
    /// A sum over several incidents.
    TotalChanged,
}

impl Code {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ValueChanged => "value-changed",
            Self::ValueAdded => "value-added",
            Self::ValueRemoved => "value-removed",
            Self::Disputed => "disputed",
            Self::Undisputed => "undisputed",
            Self::ClaimAdded => "claim-added",
            Self::ClaimRemoved => "claim-removed",
            Self::ClaimValueChanged => "claim-value-changed",
            Self::ClaimRankChanged => "claim-rank-changed",
            Self::ClaimChanged => "claim-changed",
            Self::SourceCited => "source-cited",
            Self::SourceDropped => "source-dropped",
            Self::EvidenceLost => "evidence-lost",
            Self::RelationAdded => "relation-added",
            Self::RelationRemoved => "relation-removed",
            Self::RelationChanged => "relation-changed",
            Self::CorrectionAdded => "correction-added",
            Self::CorrectionRemoved => "correction-removed",
            Self::AliasAdded => "alias-added",
            Self::AliasRemoved => "alias-removed",
            Self::TextChanged => "text-changed",
            Self::SettingChanged => "setting-changed",
            Self::TotalChanged => "total-changed",
        }
    }
}

/// One change of one record, of the settings or of a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind.
    pub code: Code,
    /// The field as authors write it, when the change is about one: `amount`, `count.exchanges`, `title`.
    pub field: Option<String>,
    /// The claim's id, when it is about one.
    pub claim: Option<Id>,
    /// What the change is about, as a sentence begins: "amount", "new rival claim about date".
    pub subject: String,
    /// What was there; nothing when there was nothing.
    pub was: Option<String>,
    /// What is there now.
    pub now: Option<String>,
    /// What stands after both: "shown value", "less precise".
    pub notes: Vec<String>,
}

impl Change {
    /// A change about `subject`, of which nothing is said yet.
    pub fn new(code: Code, subject: impl Into<String>) -> Self {
        let subject = subject.into();
        Self { code, field: None, claim: None, subject, was: None, now: None, notes: Vec::new() }
    }

    /// A field with what it was and what it is.
    pub fn of_field(code: Code, field: impl fmt::Display, was: Option<String>, now: Option<String>) -> Self {
        let field = field.to_string();
        Self { was, now, field: Some(field.clone()), ..Self::new(code, field) }
    }

    /// The same, a field that may be given on one side alone; nothing when both sides say the same.
    pub fn between(field: &str, was: Option<String>, now: Option<String>) -> Option<Self> {
        let code = match (&was, &now) {
            _ if was == now => return None,
            (None, _) => Code::ValueAdded,
            (_, None) => Code::ValueRemoved,
            _ => Code::ValueChanged,
        };
        Some(Self::of_field(code, field, was, now))
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same about the claim `id`.
    #[must_use]
    pub fn of_claim(mut self, id: &Id) -> Self {
        self.claim = Some(id.clone());
        self
    }

    /// What stands after the subject, in one line if the values are one line; each value at most `longest` characters.
    pub fn said(&self, longest: usize) -> String {
        // Of long texts a reader wants to know where they differ.
        let few = match (&self.was, &self.now) {
            (Some(was), Some(now)) if was.len().min(now.len()) > LONG => prose::few_words(was, now),
            _ => None,
        };
        let cut = |text: &String| cut(text, longest);
        let body = match (self.was.as_ref().map(cut), self.now.as_ref().map(cut)) {
            (Some(was), Some(now)) => format!("{was} → {now}"),
            (None, Some(now)) => now,
            (Some(was), None) => format!("{was} → nothing"),
            (None, None) => String::new(),
        };
        let body = few.unwrap_or(body);
        let notes = self.notes.join("; ");
        match (body.is_empty(), notes.is_empty()) {
            (_, true) => body,
            (true, false) => notes,
            (false, false) => format!("{body} ({notes})"),
        }
    }
}

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
    /// Its file cannot be read any more.
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
            Fate::Unreadable => "cannot be read any more: see `annals check`".to_owned(),
            Fate::Readable => "can be read now, and could not".to_owned(),
            Fate::Kept => return None,
        })
    }
}

/// The beginning of a long text, with an ellipsis.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
