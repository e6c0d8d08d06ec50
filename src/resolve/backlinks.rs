//! Who refers to whom, the other way round.

use super::site::{Support, Supported};
use super::{Site, fields};
use crate::model::{Field, Publisher, RecordKind, Value};
use rayon::prelude::*;

/// Incidents that one thread looks through at a time.
const AT_ONCE: usize = 256;

/// Finds what rests on each source, where each entity and place appears, and which relations lead to an incident.
///
/// One walk over the records.
pub(super) fn of(site: &Site) -> Backlinks {
    let numbered: Vec<usize> = (0..site.incidents.len()).collect();
    let parts: Vec<Links> = numbered.par_chunks(AT_ONCE).map(|numbers| Links::of_incidents(site, numbers)).collect();
    let mut links = Links::default();
    for (number, entry) in site.sources.iter().enumerate() {
        if let Some(Publisher::Entity(id)) = &entry.source.publisher
            && let Some(entity) = site.find(RecordKind::Entity, id)
        {
            links.published.push((entity, number));
        }
        for cited in entry.source.cites.iter().filter_map(|id| site.find(RecordKind::Source, id)) {
            links.cited_by.push((cited, number));
        }
    }
    for (number, entry) in site.entities.iter().enumerate() {
        if let Some(whole) = entry.entity.part_of.as_ref().and_then(|id| site.find(RecordKind::Entity, id)) {
            links.parts.push((whole, number));
        }
    }
    for (number, entry) in site.places.iter().enumerate() {
        if let Some(whole) = entry.place.within.as_ref().and_then(|id| site.find(RecordKind::Place, id)) {
            links.within.push((whole, number));
        }
    }
    Backlinks { incidents: parts, others: links }
}

/// Who refers to whom, not yet written where it belongs.
pub(super) struct Backlinks {
    incidents: Vec<Links>,
    others: Links,
}

impl Backlinks {
    /// Writes it into the entries: the only place that does, before anyone reads them.
    pub fn write(self, site: &mut Site) {
        // In the order of the incidents, and after them what others name.
        for part in self.incidents {
            part.write(site);
        }
        self.others.write(site);
    }
}

/// Pairs of a record's number and what is to stand there.
#[derive(Default)]
struct Links {
    supports: Vec<(usize, Support)>,
    carries: Vec<(usize, (usize, usize))>,
    claims_by: Vec<(usize, (usize, usize))>,
    claims_about: Vec<(usize, (usize, usize))>,
    inbound: Vec<(usize, (usize, usize))>,
    roles: Vec<(usize, (usize, String))>,
    happened: Vec<(usize, usize)>,
    published: Vec<(usize, usize)>,
    cited_by: Vec<(usize, usize)>,
    parts: Vec<(usize, usize)>,
    within: Vec<(usize, usize)>,
}

impl Links {
    /// What the incidents of these numbers name.
    fn of_incidents(site: &Site, numbers: &[usize]) -> Self {
        let mut links = Self::default();
        for (number, entry) in numbers.iter().filter_map(|number| Some((*number, site.incidents.get(*number)?))) {
            let incident = &entry.incident;
            for (at, citation) in incident.sources.iter().enumerate() {
                if let Some(source) = site.find(RecordKind::Source, &citation.source) {
                    links.supports.push((source, Support { incident: number, what: Supported::Record(at) }));
                }
            }
            for (at, claim) in incident.claims.iter().enumerate() {
                if let Some(source) = site.find(RecordKind::Source, &claim.citation.source) {
                    links.supports.push((source, Support { incident: number, what: Supported::Claim(at) }));
                }
                for source in claim.via.iter().filter_map(|id| site.find(RecordKind::Source, id)) {
                    links.carries.push((source, (number, at)));
                }
                if let Some(entity) = claim.by.as_ref().and_then(|id| site.find(RecordKind::Entity, id)) {
                    links.claims_by.push((entity, (number, at)));
                }
                if let Value::Entities(ids) = &claim.value {
                    for entity in ids.iter().filter_map(|id| site.find(RecordKind::Entity, id)) {
                        links.claims_about.push((entity, (number, at)));
                    }
                }
            }
            for (at, relation) in incident.relations.iter().enumerate() {
                let citation = relation.citation.as_ref();
                if let Some(source) = citation.and_then(|citation| site.find(RecordKind::Source, &citation.source)) {
                    links.supports.push((source, Support { incident: number, what: Supported::Relation(at) }));
                }
                if let Some(other) = site.incident(&relation.to) {
                    links.inbound.push((other, (number, at)));
                }
            }
            for state in entry.fields.iter() {
                match &state.field {
                    Field::Actors(role) => {
                        for id in fields::shown_ids(incident, state) {
                            if let Some(entity) = site.find(RecordKind::Entity, id) {
                                links.roles.push((entity, (number, role.clone())));
                            }
                        }
                    }
                    Field::Places => {
                        for id in fields::shown_ids(incident, state) {
                            if let Some(place) = site.find(RecordKind::Place, id) {
                                links.happened.push((place, number));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        links
    }

    fn write(self, site: &mut Site) {
        fn give<E, T>(entries: &mut [E], pairs: Vec<(usize, T)>, list: impl Fn(&mut E) -> &mut Vec<T>) {
            for (at, value) in pairs {
                if let Some(entry) = entries.get_mut(at) {
                    list(entry).push(value);
                }
            }
        }
        give(site.sources.items_mut(), self.supports, |entry| &mut entry.supports);
        give(site.sources.items_mut(), self.carries, |entry| &mut entry.carries);
        give(site.sources.items_mut(), self.cited_by, |entry| &mut entry.cited_by);
        give(site.entities.items_mut(), self.roles, |entry| &mut entry.roles);
        give(site.entities.items_mut(), self.claims_by, |entry| &mut entry.claims_by);
        give(site.entities.items_mut(), self.claims_about, |entry| &mut entry.claims_about);
        give(site.entities.items_mut(), self.parts, |entry| &mut entry.parts);
        give(site.entities.items_mut(), self.published, |entry| &mut entry.published_sources);
        give(site.places.items_mut(), self.happened, |entry| &mut entry.incidents);
        give(site.places.items_mut(), self.within, |entry| &mut entry.parts);
        give(site.incidents.items_mut(), self.inbound, |entry| &mut entry.inbound);
    }
}
