//! Records that nothing refers to.

use crate::diagnostic::{At, Code, Diagnostic};
use crate::model::{Id, RecordKind};
use crate::resolve::Site;
use crate::source_text::FileId;

/// `unused-record`: sources, entities and places.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut judge = |kind: RecordKind, id: &Id, file: &FileId, otherwise: bool| {
        // What cannot be named was reported for its name.
        let can_be_named = crate::model::id::is_valid(id.as_str());
        if can_be_named && !otherwise {
            let noun = kind.noun();
            problems.push(
                Diagnostic::new(Code::UnusedRecord, At::file(file), format!("nothing refers to the {noun} `{id}`"))
                    .help("remove the file, or name it where it belongs"),
            );
        }
    };
    for entry in &site.sources {
        judge(RecordKind::Source, &entry.source.id, &entry.source.file, entry.named || !entry.cited_by.is_empty());
    }
    for entry in &site.entities {
        let elsewhere = entry.named || !entry.parts.is_empty() || !entry.published_sources.is_empty();
        judge(RecordKind::Entity, &entry.entity.id, &entry.entity.file, elsewhere);
    }
    for entry in &site.places {
        judge(RecordKind::Place, &entry.place.id, &entry.place.file, entry.named || !entry.parts.is_empty());
    }
    problems
}
