//! Records that nothing refers to.

use crate::diagnostic::{At, Code, Diagnostic};
use crate::model::{Id, RecordKind};
use crate::resolve::{Site, references};
use crate::source_text::FileId;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// `unused-record`: sources, entities and places.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let unmarked = |count: usize| -> Vec<AtomicBool> { (0..count).map(|_| AtomicBool::new(false)).collect() };
    let named = Marks {
        sources: unmarked(site.sources.len()),
        entities: unmarked(site.entities.len()),
        places: unmarked(site.places.len()),
    };
    site.incidents.as_slice().par_iter().for_each(|entry| {
        references::of_incident(&entry.incident, &mut |kind, id, _| {
            if let Some(mark) = named.of(site, kind, id) {
                mark.store(true, Ordering::Relaxed);
            }
        });
    });
    let mut problems = Vec::new();
    let mut judge = |kind: RecordKind, id: &Id, file: &FileId, otherwise: bool| {
        // What cannot be named was reported for its name.
        let can_be_named = crate::model::id::is_valid(id.as_str());
        if can_be_named && !otherwise && !named.of(site, kind, id).is_some_and(|mark| mark.load(Ordering::Relaxed)) {
            let noun = kind.noun();
            problems.push(
                Diagnostic::new(Code::UnusedRecord, At::file(file), format!("nothing refers to the {noun} `{id}`"))
                    .help("remove the file, or name it where it belongs"),
            );
        }
    };
    for entry in &site.sources {
        judge(RecordKind::Source, &entry.source.id, &entry.source.file, !entry.cited_by.is_empty());
    }
    for entry in &site.entities {
        let elsewhere = !entry.parts.is_empty() || !entry.published_sources.is_empty();
        judge(RecordKind::Entity, &entry.entity.id, &entry.entity.file, elsewhere);
    }
    for entry in &site.places {
        judge(RecordKind::Place, &entry.place.id, &entry.place.file, !entry.parts.is_empty());
    }
    problems
}

/// Which records are named, by their numbers.
struct Marks {
    sources: Vec<AtomicBool>,
    entities: Vec<AtomicBool>,
    places: Vec<AtomicBool>,
}

impl Marks {
    fn of(&self, site: &Site, kind: RecordKind, id: &Id) -> Option<&AtomicBool> {
        let marks = match kind {
            RecordKind::Source => &self.sources,
            RecordKind::Entity => &self.entities,
            RecordKind::Place => &self.places,
            RecordKind::Incident | RecordKind::Page => return None,
        };
        marks.get(site.find(kind, id)?)
    }
}
