//! The nouns and their laws.
//!
//! In: text, by the grammars of dates, amounts, citations and ids. Out: the records and how their values compare.
//! Must never be here: serde, tera, the disk, HTML; a field that is filled in later.

pub mod amount;
pub mod citation;
pub mod claim;
pub mod compare;
pub mod date;
pub mod decimal;
pub mod entity;
pub mod field;
mod grammar;
pub mod id;
pub mod incident;
pub mod page;
pub mod place;
pub mod record;
pub mod source;
pub mod vocabulary;

pub use amount::{Amount, Count, Currencies};
pub use citation::{Citation, Locator};
pub use claim::{Claim, Value};
pub use compare::Agreement;
pub use date::Date;
pub use entity::Entity;
pub use field::{Field, FieldType};
pub use grammar::GrammarError;
pub use id::Id;
pub use incident::{Body, BodyPlace, Correction, Incident, Relation, Unread};
pub use page::Page;
pub use place::Place;
pub use record::{Record, RecordKind};
pub use source::{Archive, Publisher, Source};
