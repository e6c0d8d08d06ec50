//! The unit of evidence.

use super::vocabulary::{ClaimKind, Confidence, Rank, Status};
use super::{Agreement, Amount, Citation, Count, Date, Field, Id, compare};

/// Somebody's statement about one field of an incident, and where we read it.
///
/// In Wikidata's terms a statement with qualifiers, references and a rank; in PROV's, `by` is `wasAttributedTo`,
/// `via` and `citation` are the steps of `wasDerivedFrom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its anchor on the page, unique in the incident.
    pub id: Id,
    /// What it is about.
    pub about: Field,
    /// What it says.
    pub value: Value,
    /// Who asserts it.
    pub by: Option<Id>,
    /// The sources between the asserter and what we read, in that order.
    pub via: Vec<Id>,
    /// What we read.
    pub citation: Citation,
    /// When it was asserted.
    pub said: Option<Date>,
    /// What kind of assertion it is.
    pub kind: Option<ClaimKind>,
    /// Its rank among the claims on its field.
    pub rank: Rank,
    /// Why it has that rank.
    pub why: Option<String>,
    /// A few words of the original (`as`).
    pub quote: Option<String>,
    /// How sure the editors are.
    pub confidence: Option<Confidence>,
    /// What else a reader should know.
    pub note: Option<String>,
    /// Its number in the record's `claims`, from 0: the way to its place in the file.
    pub index: usize,
}

/// What a claim says, in the type of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An EDTF date.
    Date(Date),
    /// An amount of money.
    Amount(Amount),
    /// A number of things.
    Count(Count),
    /// Entities.
    Entities(Vec<Id>),
    /// Places.
    Places(Vec<Id>),
    /// A word of the status list.
    Status(Status),
    /// Text.
    Text(String),
}

impl Value {
    /// How two values of one field stand to each other; `Conflict` between values of two types.
    ///
    /// Lists agree as sets, conflict when they share nothing, else overlap.
    pub fn compare(&self, other: &Self) -> Agreement {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => a.compare(b),
            (Self::Amount(a), Self::Amount(b)) => a.compare(b),
            (Self::Count(a), Self::Count(b)) => a.compare(b),
            (Self::Entities(a), Self::Entities(b)) | (Self::Places(a), Self::Places(b)) => sets(a, b),
            (Self::Status(a), Self::Status(b)) if a == b => Agreement::Agree,
            (Self::Text(a), Self::Text(b)) => compare::text(a, b),
            _ => Agreement::Conflict,
        }
    }
}

fn sets(a: &[Id], b: &[Id]) -> Agreement {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    for list in [&mut a, &mut b] {
        list.sort();
        list.dedup();
    }
    if a == b {
        Agreement::Agree
    } else if a.iter().any(|id| b.binary_search(id).is_ok()) {
        Agreement::Overlap
    } else {
        Agreement::Conflict
    }
}
