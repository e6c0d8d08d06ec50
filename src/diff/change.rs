//! One change, as a reader would say it.

use super::wording;
use crate::model::Id;
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
            (Some(was), Some(now)) if was.len().min(now.len()) > LONG => wording::few_words(was, now),
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

/// The beginning of a long text, with an ellipsis.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
