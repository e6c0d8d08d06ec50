//! The page of a source: what rests on it, and what would be left without it.

use super::claims::{self, details, publisher_name};
use super::parts::{ClaimView, Head, Link, Pager};
use super::{Slot, View, World, list_slots, pager, part_of};
use crate::model::vocabulary::Rank;
use crate::model::{Id, Publisher, RecordKind};
use crate::phrase::date;
use crate::phrase::piece::Piece;
use crate::resolve::site::Supported;
use crate::resolve::{IncidentEntry, SourceEntry, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct SourceView {
    head: Head,
    title: String,
    details: String,
    publisher: Option<Piece>,
    authors: Vec<String>,
    kind: Option<&'static str>,
    published: Option<String>,
    published_note: Option<&'static str>,
    href: Option<String>,
    archive: Vec<ArchiveView>,
    sha256: Option<String>,
    language: Option<String>,
    seen: bool,
    reliability: Option<&'static str>,
    note: Option<String>,
    draft: bool,
    cites: Vec<Link>,
    cited_by: Vec<Link>,
    /// Incidents with what of them rests on this source.
    rests: Vec<Rest>,
    /// "24 claims".
    claims: String,
    /// Fields that would have no source left without this one.
    only: Vec<Only>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct ArchiveView {
    url: String,
    on: Option<String>,
}

#[derive(Debug, Serialize)]
struct Rest {
    incident: Link,
    date: String,
    /// The places of it that the record names as a whole: "paragraph 5".
    places: Vec<String>,
    claims: Vec<FieldClaim>,
}

/// A claim with the field it is about.
#[derive(Debug, Serialize)]
struct FieldClaim {
    field: String,
    claim: ClaimView,
    /// Whether it was read here, or came through here.
    carried: bool,
}

#[derive(Debug, Serialize)]
struct Only {
    incident: Link,
    fields: Vec<String>,
}

/// The length of the longest of its lists: all are cut at the same places.
fn rows(world: &World<'_>, at: usize, entry: &SourceEntry) -> usize {
    touched(world, at).len().max(entry.source.cites.len()).max(entry.cited_by.len())
}

pub(super) fn slots(world: &World<'_>) -> Vec<Slot> {
    let sources = world.site.sources.iter().enumerate().filter(|(_, entry)| entry.published);
    sources
        .flat_map(|(at, entry)| {
            let route = routes::record(RecordKind::Source, &entry.source.id);
            let rows = rows(world, at, entry);
            list_slots(&route, at, rows, world.site.config.timeline.page, Some(&entry.source.file))
        })
        .collect()
}

/// The incidents that a source touches.
fn touched<'a>(world: &'a World<'_>, number: usize) -> &'a [usize] {
    world.facets.touched.get(number).map(Vec::as_slice).unwrap_or_default()
}

/// The incidents that a source touches, in the order of the timeline: for [`super::Facets`].
pub(super) fn incidents_of(entry: &SourceEntry) -> Vec<usize> {
    let mut incidents: Vec<usize> = entry.supports.iter().map(|support| support.incident).collect();
    incidents.extend(entry.carries.iter().map(|(incident, _)| *incident));
    incidents.sort_unstable();
    incidents.dedup();
    incidents
}

pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.sources.get(slot.subject) else { return Box::new(()) };
    let source = &entry.source;
    let incidents = touched(world, slot.subject);
    let size = world.site.config.timeline.page;
    let shown = part_of(incidents, slot.part, size);
    let claims = entry.supports.iter().filter(|support| matches!(support.what, Supported::Claim(_))).count();
    let link = |id: &Id| {
        let title = world.site.source(id).map_or_else(|| id.to_string(), |entry| entry.source.title.clone());
        Link { text: title, url: world.url(root, RecordKind::Source, id) }
    };
    Box::new(SourceView {
        head: world.head(slot, "source", "sources", &source.title, None),
        title: source.title.clone(),
        details: details(world, entry),
        publisher: match &source.publisher {
            Some(Publisher::Entity(id)) => Some(claims::entity(world, root, id)),
            other => publisher_name(world, other.as_ref()).map(Piece::text),
        },
        authors: source.authors.clone(),
        kind: source.kind.map(|kind| world.terms.source_kind(kind)),
        published: source.published.as_ref().map(|published| date::words(published, world.lexicon)),
        published_note: source.basis.and_then(|basis| world.terms.basis(basis)),
        href: source.url.clone(),
        archive: source
            .archive
            .iter()
            .map(|copy| ArchiveView {
                url: copy.url.clone(),
                on: copy.on.as_ref().map(|on| date::words(on, world.lexicon)),
            })
            .collect(),
        sha256: source.sha256.clone(),
        language: source.language.clone(),
        seen: source.seen,
        reliability: source.reliability.map(crate::model::vocabulary::Reliability::word),
        note: source.note.clone(),
        draft: source.draft,
        cites: part_of(&source.cites, slot.part, size).iter().map(link).collect(),
        cited_by: part_of(&entry.cited_by, slot.part, size)
            .iter()
            .filter_map(|at| world.site.sources.get(*at))
            .map(|citing| link(&citing.source.id))
            .collect(),
        rests: rests(world, root, entry, shown),
        claims: world.terms.claims.words(claims + entry.carries.len()),
        only: shown.iter().filter_map(|number| only(world, root, &source.id, *number)).collect(),
        pager: pager(
            world,
            &routes::record(RecordKind::Source, &source.id),
            slot.part,
            rows(world, slot.subject, entry),
        ),
    })
}

fn rests(world: &World<'_>, root: &str, entry: &SourceEntry, shown: &[usize]) -> Vec<Rest> {
    let mut rests: Vec<(usize, Rest)> = shown
        .iter()
        .filter_map(|number| {
            let incident = world.site.incidents.get(*number)?;
            Some((
                *number,
                Rest {
                    incident: super::incident_link(root, incident),
                    date: super::card::date_words(world, incident),
                    places: Vec::new(),
                    claims: Vec::new(),
                },
            ))
        })
        .collect();
    let at = |rests: &[(usize, Rest)], number: usize| rests.binary_search_by_key(&number, |(known, _)| *known).ok();
    for support in among(&entry.supports, shown, |support| support.incident) {
        let Some(place) = at(&rests, support.incident) else { continue };
        let Some(incident) = world.site.incidents.get(support.incident) else { continue };
        let Some((_, rest)) = rests.get_mut(place) else { continue };
        match &support.what {
            Supported::Claim(index) => rest.claims.extend(claim(world, root, incident, *index, false)),
            Supported::Record(index) => {
                let locator = incident.incident.sources.get(*index).and_then(|citation| citation.locator.as_ref());
                rest.places.extend(locator.map(|locator| world.terms.locator(locator)));
            }
            Supported::Relation(_) => {}
        }
    }
    for (number, index) in among(&entry.carries, shown, |(number, _)| *number) {
        let Some(place) = at(&rests, *number) else { continue };
        let Some(incident) = world.site.incidents.get(*number) else { continue };
        if let Some((_, rest)) = rests.get_mut(place) {
            rest.claims.extend(claim(world, root, incident, *index, true));
        }
    }
    rests.into_iter().map(|(_, rest)| rest).collect()
}

/// Of what is sorted by incident, that which may be of the incidents `shown`.
fn among<'a, T>(sorted: &'a [T], shown: &[usize], incident: fn(&T) -> usize) -> &'a [T] {
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return &[] };
    let start = sorted.partition_point(|item| incident(item) < *first);
    let end = sorted.partition_point(|item| incident(item) <= *last);
    sorted.get(start..end).unwrap_or_default()
}

fn claim(world: &World<'_>, root: &str, entry: &IncidentEntry, index: usize, carried: bool) -> Option<FieldClaim> {
    let claim = entry.incident.claims.get(index)?;
    Some(FieldClaim {
        field: world.field_label(&claim.about),
        claim: claims::view(world, root, &entry.incident, claim, entry.standing(index), None),
        carried,
    })
}

/// What of an incident would have no source left without this one.
fn only(world: &World<'_>, root: &str, source: &Id, number: usize) -> Option<Only> {
    let entry = world.site.incidents.get(number)?;
    let incident = &entry.incident;
    let record_rests_on_it = incident.sources.iter().all(|citation| citation.source == *source);
    let fields: Vec<String> = entry
        .fields
        .iter()
        .filter(|state| {
            let mut claims = state
                .claims
                .iter()
                .filter_map(|(index, _)| incident.claims.get(*index))
                .filter(|claim| claim.rank != Rank::Deprecated)
                .peekable();
            if claims.peek().is_none() {
                record_rests_on_it
            } else {
                claims.all(|claim| claim.citation.source == *source || claim.via.contains(source))
            }
        })
        .map(|state| world.field_label(&state.field))
        .collect();
    (!fields.is_empty()).then(|| Only { incident: super::incident_link(root, entry), fields })
}
