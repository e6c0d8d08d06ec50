//! The index of each folder: all incidents, sources, entities, places, kinds, tags, years.

use super::claims::details;
use super::parts::{Head, Link, Pager};
use super::{Facets, Slot, View, World, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::resolve::{Site, routes};
use serde::Serialize;

const FOLDERS: [&str; 7] = ["incidents", "sources", "entities", "places", "kinds", "tags", "years"];

#[derive(Debug, Serialize)]
struct IndexView {
    head: Head,
    /// The folder: `sources`, `kinds`, …
    folder: &'static str,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct Row {
    link: Link,
    /// What kind of thing.
    kind: Option<&'static str>,
    /// Publisher and date of a source, date of an incident, other names of an entity.
    details: Option<String>,
    /// "3 incidents", "4 claims".
    count: String,
    /// Whether a source was seen.
    seen: bool,
    draft: bool,
}

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    let folders = FOLDERS.iter().enumerate();
    folders
        .flat_map(|(at, folder)| {
            let rows = numbers(site, facets, folder).len();
            list_slots(&format!("{folder}/index.html"), at, rows, site.config.timeline.page, None)
        })
        .collect()
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let folder = FOLDERS.get(slot.subject).copied().unwrap_or_default();
    let size = world.site.config.timeline.page;
    let numbers = numbers(&world.site, &world.facets, folder);
    Box::new(IndexView {
        head: world.head(slot, "index", folder, folder, None),
        folder,
        rows: numbers.part(slot.part, size).filter_map(|number| row(world, folder, number)).collect(),
        pager: pager(world, &format!("{folder}/index.html"), slot.part, numbers.len()),
    })
}

/// The numbers of what stands in an index, in its order.
enum Numbers<'a> {
    /// All, as they are numbered.
    All(usize),
    /// These.
    Listed(&'a [usize]),
}

impl<'a> Numbers<'a> {
    fn len(&self) -> usize {
        match self {
            Self::All(count) => *count,
            Self::Listed(numbers) => numbers.len(),
        }
    }

    /// Those of a part.
    fn part(&self, part: usize, size: usize) -> Box<dyn Iterator<Item = usize> + 'a> {
        match self {
            Self::All(count) => {
                let start = part.saturating_mul(size).min(*count);
                Box::new(start..start.saturating_add(size).min(*count))
            }
            Self::Listed(numbers) => Box::new(part_of(numbers, part, size).iter().copied()),
        }
    }
}

fn numbers<'a>(site: &Site, facets: &'a Facets, folder: &str) -> Numbers<'a> {
    match folder {
        "incidents" => Numbers::All(site.incidents.len()),
        "sources" => Numbers::Listed(&facets.sources),
        "entities" => Numbers::Listed(&facets.entities),
        "places" => Numbers::Listed(&facets.places),
        "kinds" => Numbers::All(facets.kinds.len()),
        "tags" => Numbers::All(facets.tags.len()),
        "years" => Numbers::All(facets.years.len()),
        _ => Numbers::Listed(&[]),
    }
}

/// Published sources by title, those that were seen before those that are only quoted.
pub(super) fn sources(site: &Site) -> Vec<usize> {
    let published = site.sources.iter().enumerate().filter(|(_, entry)| entry.published);
    sorted(published.map(|(at, entry)| ((!entry.source.seen, fold(&entry.source.title)), at)).collect())
}

/// Published entities by name.
pub(super) fn entities(site: &Site) -> Vec<usize> {
    let published = site.entities.iter().enumerate().filter(|(_, entry)| entry.published);
    sorted(published.map(|(at, entry)| (fold(&entry.entity.name), at)).collect())
}

/// Published places by name.
pub(super) fn places(site: &Site) -> Vec<usize> {
    let published = site.places.iter().enumerate().filter(|(_, entry)| entry.published);
    sorted(published.map(|(at, entry)| (fold(&entry.place.name), at)).collect())
}

/// Numbers by their keys; of equal ones the lower first.
fn sorted<K: Ord>(mut keyed: Vec<(K, usize)>) -> Vec<usize> {
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, number)| number).collect()
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn row(world: &World, folder: &str, number: usize) -> Option<Row> {
    let site = &world.site;
    let terms = world.terms;
    let link = |text: &str, route: String| Link { text: text.to_owned(), url: Some(format!("../{route}")) };
    Some(match folder {
        "incidents" => {
            let entry = site.incidents.get(number)?;
            Row {
                link: link(&entry.incident.title, routes::record(RecordKind::Incident, &entry.incident.id)),
                kind: None,
                details: Some(super::card::date_words(world, entry)),
                count: match entry.disputed_count() {
                    0 => String::new(),
                    number => terms.disputed_fields.words(number),
                },
                seen: true,
                draft: entry.incident.draft,
            }
        }
        "sources" => {
            let entry = site.sources.get(number)?;
            let claims = entry.supports.iter().filter(|s| matches!(s.what, crate::resolve::site::Supported::Claim(_)));
            Row {
                link: link(&entry.source.title, routes::record(RecordKind::Source, &entry.source.id)),
                kind: entry.source.kind.map(|kind| terms.source_kind(kind)),
                details: Some(details(world, entry)),
                count: terms.claims.words(claims.count() + entry.carries.len()),
                seen: entry.source.seen,
                draft: entry.source.draft,
            }
        }
        "entities" => {
            let entry = site.entities.get(number)?;
            let mut incidents: Vec<usize> = entry.roles.iter().map(|(incident, _)| *incident).collect();
            incidents.dedup();
            Row {
                link: link(&entry.entity.name, routes::record(RecordKind::Entity, &entry.entity.id)),
                kind: entry.entity.kind.map(|kind| terms.entity_kind(kind)),
                details: (!entry.entity.aka.is_empty()).then(|| entry.entity.aka.join(terms.list_separator)),
                count: terms.incidents.words(incidents.len()),
                seen: true,
                draft: entry.entity.draft,
            }
        }
        "places" => {
            let entry = site.places.get(number)?;
            Row {
                link: link(&entry.place.name, routes::record(RecordKind::Place, &entry.place.id)),
                kind: entry.place.kind.map(|kind| terms.place_kind(kind)),
                details: None,
                count: terms.incidents.words(entry.incidents.len()),
                seen: true,
                draft: entry.place.draft,
            }
        }
        "kinds" => {
            let (kind, incidents) = world.facets.kinds.get(number)?;
            plain(
                link(&site.config.kind_label(kind.as_str()), routes::kind(kind.as_str())),
                terms.incidents.words(incidents.len()),
            )
        }
        "tags" => {
            let (slug, tag, incidents) = world.facets.tags.get(number)?;
            plain(link(tag, routes::tag(slug)), terms.incidents.words(incidents.len()))
        }
        _ => {
            let (year, incidents) = world.facets.years.get(number)?;
            let name = year.map_or_else(|| terms.undated.to_owned(), routes::year_name);
            plain(link(&name, routes::year(*year)), terms.incidents.words(incidents.len()))
        }
    })
}

fn plain(link: Link, count: String) -> Row {
    Row { link, kind: None, details: None, count, seen: true, draft: false }
}
