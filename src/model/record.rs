//! Records of any kind.

use super::{Entity, Id, Incident, Page, Place, Source};
use crate::source_text::FileId;
use std::sync::Arc;

/// The kinds of record, and where their files lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// `content/incidents/`.
    Incident,
    /// `content/sources/`.
    Source,
    /// `content/entities/`.
    Entity,
    /// `content/places/`.
    Place,
    /// `content/pages/`.
    Page,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Incident, Self::Source, Self::Entity, Self::Place, Self::Page];

    /// The name of the folder below `content/`, and of the folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Incident => "incidents",
            Self::Source => "sources",
            Self::Entity => "entities",
            Self::Place => "places",
            Self::Page => "pages",
        }
    }

    /// One of them.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Source => "source",
            Self::Entity => "entity",
            Self::Place => "place",
            Self::Page => "page",
        }
    }

    /// The kind of the record in `file`; nothing when the file is none.
    pub fn of(file: &FileId) -> Option<Self> {
        let rest = file.path().strip_prefix("content/")?;
        let (folder, _) = rest.split_once('/')?;
        let kind = Self::ALL.into_iter().find(|kind| kind.folder() == folder)?;
        let known: &[&str] = match kind {
            Self::Incident | Self::Page => &["md", "yaml", "yml"],
            Self::Source | Self::Entity | Self::Place => &["yaml", "yml"],
        };
        let extension = file.extension();
        known.contains(&extension).then_some(kind)
    }
}

/// A record of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An incident.
    Incident(Arc<Incident>),
    /// A source.
    Source(Arc<Source>),
    /// An entity.
    Entity(Arc<Entity>),
    /// A place.
    Place(Arc<Place>),
    /// A plain page.
    Page(Arc<Page>),
    /// The file is there and is no record; references to it are not reported again.
    Broken(RecordKind, Id, FileId),
}

impl Record {
    /// What kind of record.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Incident(_) => RecordKind::Incident,
            Self::Source(_) => RecordKind::Source,
            Self::Entity(_) => RecordKind::Entity,
            Self::Place(_) => RecordKind::Place,
            Self::Page(_) => RecordKind::Page,
            Self::Broken(kind, ..) => *kind,
        }
    }

    /// Its name.
    pub fn id(&self) -> &Id {
        match self {
            Self::Incident(r) => &r.id,
            Self::Source(r) => &r.id,
            Self::Entity(r) => &r.id,
            Self::Place(r) => &r.id,
            Self::Page(r) => &r.id,
            Self::Broken(_, id, _) => id,
        }
    }

    /// Its file.
    pub fn file(&self) -> &FileId {
        match self {
            Self::Incident(r) => &r.file,
            Self::Source(r) => &r.file,
            Self::Entity(r) => &r.file,
            Self::Place(r) => &r.file,
            Self::Page(r) => &r.file,
            Self::Broken(.., file) => file,
        }
    }

    /// Its earlier ids.
    pub fn aliases(&self) -> &[Id] {
        match self {
            Self::Incident(r) => &r.aliases,
            Self::Source(r) => &r.aliases,
            Self::Entity(r) => &r.aliases,
            Self::Place(r) => &r.aliases,
            Self::Page(r) => &r.aliases,
            Self::Broken(..) => &[],
        }
    }

    /// Whether it is kept out of the published site.
    pub fn is_draft(&self) -> bool {
        match self {
            Self::Incident(r) => r.draft,
            Self::Source(r) => r.draft,
            Self::Entity(r) => r.draft,
            Self::Place(r) => r.draft,
            Self::Page(r) => r.draft,
            Self::Broken(..) => false,
        }
    }
}
