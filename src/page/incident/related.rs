//! How an incident bears on others, and what of it was corrected.

use crate::model::vocabulary::Rank;
use crate::page::World;
use crate::page::card::date_words;
use crate::page::claims::Notes;
use crate::page::corrections;
use crate::page::parts::{Link, NoteRef};
use crate::resolve::IncidentEntry;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct RelationView {
    words: &'static str,
    incident: Link,
    date: Option<String>,
    /// Said by a source, not believed by the editors.
    deprecated: bool,
    deprecated_words: &'static str,
    why: Option<String>,
    notes: Vec<NoteRef>,
}

pub(super) fn relations(
    world: &World,
    root: &str,
    number: usize,
    entry: &IncidentEntry,
    notes: &mut Notes,
) -> Vec<RelationView> {
    let terms = world.terms;
    let mut views = Vec::new();
    let mut add = |words, other: &IncidentEntry, relation: &crate::model::Relation, notes: &mut Notes| {
        views.push(RelationView {
            words,
            incident: crate::page::incident_link(root, other),
            date: Some(date_words(world, other)),
            deprecated: relation.rank == Rank::Deprecated,
            deprecated_words: terms.deprecated,
            why: relation.why.clone(),
            notes: relation.citation.iter().map(|citation| notes.cite(world, root, citation)).collect(),
        });
    };
    for relation in &entry.incident.relations {
        if let Some(other) = world.site.incident(&relation.to).and_then(|at| world.site.incidents.get(at)) {
            add(terms.relation_out(relation.kind), other, relation, notes);
        }
    }
    for (from, index) in &entry.inbound {
        let Some(other) = world.site.incidents.get(*from).filter(|_| *from != number) else { continue };
        if let Some(relation) = other.incident.relations.get(*index) {
            add(terms.relation_in(relation.kind), other, relation, notes);
        }
    }
    views
}

pub(super) fn corrections(world: &World, entry: &IncidentEntry) -> Vec<corrections::Row> {
    let mut corrections: Vec<_> = entry.incident.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.on.earliest()));
    corrections.into_iter().map(|correction| corrections::Row::new(world, correction)).collect()
}
