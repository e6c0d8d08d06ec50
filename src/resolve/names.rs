//! How records are called where others name them.

use super::site::Site;
use crate::model::vocabulary::SourceKind;
use crate::model::{Id, Publisher};

/// A source as a sentence names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Its publisher's name or its title.
    pub name: String,
    /// Whether it is called by its publisher.
    pub by_publisher: bool,
    /// Whether the editors have seen it.
    pub seen: bool,
}

impl Site {
    /// The name of an entity; its id when there is no such record.
    pub fn entity_name(&self, id: &Id) -> String {
        self.entity(id).map_or_else(|| id.to_string(), |entry| entry.entity.name.clone())
    }

    /// The name of a place; its id when there is no such record.
    pub fn place_name(&self, id: &Id) -> String {
        self.place(id).map_or_else(|| id.to_string(), |entry| entry.place.name.clone())
    }

    /// The name of who published a source; nothing when that is not known.
    pub fn publisher_name(&self, publisher: Option<&Publisher>) -> Option<String> {
        match publisher? {
            Publisher::Entity(id) => Some(self.entity_name(id)),
            Publisher::Name(name) => Some(name.clone()),
        }
    }

    /// What a source is called: what outlets carry is known by the outlet, a report by its title.
    pub fn called(&self, id: &Id) -> Called {
        let Some(entry) = self.source(id) else {
            return Called { name: id.to_string(), by_publisher: false, seen: true };
        };
        let source = &entry.source;
        let carrier = matches!(source.kind, Some(SourceKind::News | SourceKind::Post));
        let publisher = self.publisher_name(source.publisher.as_ref()).filter(|_| carrier);
        Called {
            by_publisher: publisher.is_some(),
            name: publisher.unwrap_or_else(|| source.title.clone()),
            seen: source.seen,
        }
    }
}
