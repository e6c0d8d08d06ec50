//! The page of a source: what rests on it, and what would be left without it.

use super::card::status;
use super::citing::{self, CitingView};
use super::claims::{self, details};
use super::incident::label;
use super::parts::{ClaimView, Head, Link, Pager};
use super::reference::CiteView;
use super::{Facets, Slot, View, World, list_slots, pager, part_of, reference, repository};
use crate::cite::Reference;
use crate::model::vocabulary::Rank;
use crate::model::{Id, Publisher, RecordKind};
use crate::phrase::pattern::fill;
use crate::phrase::piece::Piece;
use crate::phrase::{date, terms};
use crate::resolve::site::Supported;
use crate::resolve::{FieldState, IncidentEntry, Site, SourceEntry, routes};
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
    /// Who cites whom around it, drawn.
    citing: Option<CitingView>,
    /// Incidents with what of them rests on this source.
    rests: Vec<Rest>,
    /// "It stands behind 24 claims in 3 incidents."
    behind: String,
    /// What would be left without it, in sentences.
    without: Vec<String>,
    /// Fields that would have no source left without this one.
    only: Vec<Only>,
    cite: CiteView,
    file: Option<Link>,
    /// Where to propose a change of the record.
    edit: Option<String>,
    /// Where to report a mistake in it.
    report: Option<String>,
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
    /// Whether claims on the field differ.
    disputed: bool,
}

#[derive(Debug, Serialize)]
struct Only {
    incident: Link,
    fields: Vec<String>,
    /// Whether these are all its points.
    all: bool,
}

/// The length of the longest of its lists: all are cut at the same places.
fn rows(facets: &Facets, at: usize, entry: &SourceEntry) -> usize {
    touched(facets, at).len().max(entry.source.cites.len()).max(entry.cited_by.len())
}

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    let sources = site.sources.iter().enumerate().filter(|(_, entry)| entry.published);
    sources
        .flat_map(|(at, entry)| {
            let route = routes::record(RecordKind::Source, &entry.source.id);
            let rows = rows(facets, at, entry);
            list_slots(&route, at, rows, site.config.timeline.page, Some(&entry.source.file))
        })
        .collect()
}

/// The incidents that a source touches.
fn touched(facets: &Facets, number: usize) -> &[usize] {
    facets.touched.get(number).map(Vec::as_slice).unwrap_or_default()
}

/// The incidents that a source touches, in the order of the timeline: for [`super::Facets`].
pub(super) fn incidents_of(entry: &SourceEntry) -> Vec<usize> {
    let mut incidents: Vec<usize> = entry.supports.iter().map(|support| support.incident).collect();
    incidents.extend(entry.carries.iter().map(|(incident, _)| *incident));
    incidents.sort_unstable();
    incidents.dedup();
    incidents
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.sources.get(slot.subject) else { return Box::new(()) };
    let source = &entry.source;
    let incidents = touched(&world.facets, slot.subject);
    let size = world.site.config.timeline.page;
    let shown = part_of(incidents, slot.part, size);
    let link = |id: &Id| {
        let title = world.site.source(id).map_or_else(|| id.to_string(), |entry| entry.source.title.clone());
        Link { text: title, url: world.url(root, RecordKind::Source, id) }
    };
    let head = world.head(slot, "source", "sources", &source.title, None);
    let (file, edit, report) =
        repository::view(world, &head, RecordKind::Source, &source.id, &source.file, &source.title)
            .map_or((None, None, None), |view| (Some(view.file), Some(view.edit), Some(view.report)));
    Box::new(SourceView {
        head,
        title: source.title.clone(),
        details: details(world, entry),
        publisher: match &source.publisher {
            Some(Publisher::Entity(id)) => Some(claims::entity(world, root, id)),
            other => world.site.publisher_name(other.as_ref()).map(Piece::text),
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
        citing: citing::view(world, root, slot.subject).filter(|_| slot.part == 0),
        cites: part_of(&source.cites, slot.part, size).iter().map(link).collect(),
        cited_by: part_of(&entry.cited_by, slot.part, size)
            .iter()
            .filter_map(|at| world.site.sources.get(*at))
            .map(|citing| link(&citing.source.id))
            .collect(),
        rests: rests(world, root, entry, shown),
        behind: behind(world, entry, incidents),
        without: without(world, &source.id, incidents),
        only: shown.iter().filter_map(|number| only(world, root, &source.id, *number)).collect(),
        cite: reference::view(world, &Reference::of_source(&world.site, entry, world.lexicon)),
        file,
        edit,
        report,
        pager: pager(
            world,
            &routes::record(RecordKind::Source, &source.id),
            slot.part,
            rows(&world.facets, slot.subject, entry),
        ),
    })
}

fn rests(world: &World, root: &str, entry: &SourceEntry, shown: &[usize]) -> Vec<Rest> {
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

fn claim(world: &World, root: &str, entry: &IncidentEntry, index: usize, carried: bool) -> Option<FieldClaim> {
    let claim = entry.incident.claims.get(index)?;
    Some(FieldClaim {
        field: label(world, status(entry), &claim.about),
        claim: claims::view(world, root, &entry.incident, claim, entry.standing(index), None),
        carried,
        disputed: entry.field(&claim.about).is_some_and(|state| state.disputed),
    })
}

/// How much rests on it.
fn behind(world: &World, entry: &SourceEntry, incidents: &[usize]) -> String {
    let terms = world.terms;
    let read = entry.supports.iter().filter(|support| matches!(support.what, Supported::Claim(_))).count();
    let claims = read + entry.carries.len();
    let pattern = match (claims, incidents.len()) {
        (_, 0) => return String::new(),
        (0, _) => terms.rests_on_records,
        _ => terms.rests_on,
    };
    let incidents = terms.incidents.words(incidents.len());
    fill(pattern, &[("claims", &terms.claims.words(claims)), ("incidents", &incidents)])
}

/// What would be left of all that rests on it.
fn without(world: &World, source: &Id, incidents: &[usize]) -> Vec<String> {
    let terms = world.terms;
    let (mut points, mut lost, mut bare) = (0, 0, 0);
    for entry in incidents.iter().filter_map(|number| world.site.incidents.get(*number)) {
        let here = alone(entry, source).count();
        points += entry.fields.len();
        lost += here;
        bare += usize::from(here > 0 && here == entry.fields.len());
    }
    if points == 0 {
        return Vec::new();
    }
    let total = world.digits(points);
    let words = |counted: &terms::Counted, number: usize, none: &str| match number {
        0 => none.to_owned(),
        _ => counted.words_with(number, &[("total", &total)]),
    };
    let first = words(&terms.without_points, lost, terms.without_no_point);
    let second = (lost > 0).then(|| words(&terms.without_incidents, bare, terms.without_no_incident));
    std::iter::once(first).chain(second).collect()
}

/// What of an incident would have no source left without this one.
fn only(world: &World, root: &str, source: &Id, number: usize) -> Option<Only> {
    let entry = world.site.incidents.get(number)?;
    let fields: Vec<String> = alone(entry, source).map(|state| label(world, status(entry), &state.field)).collect();
    let all = fields.len() == entry.fields.len();
    (!fields.is_empty()).then(|| Only { incident: super::incident_link(root, entry), fields, all })
}

/// The fields of an incident that rest on this source alone.
fn alone<'a>(entry: &'a IncidentEntry, source: &'a Id) -> impl Iterator<Item = &'a FieldState> {
    let incident = &entry.incident;
    let record_rests_on_it = incident.sources.iter().all(|citation| citation.source == *source);
    entry.fields.iter().filter(move |state| {
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
}
