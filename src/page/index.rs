//! The index of each folder: all incidents, sources, entities, places, kinds, tags, years.

use super::claims::details;
use super::parts::{Head, Link, Pager};
use super::{Slot, View, World, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::resolve::routes;
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

pub(super) fn slots(world: &World<'_>) -> Vec<Slot> {
    let folders = FOLDERS.iter().enumerate();
    folders
        .flat_map(|(at, folder)| {
            let rows = rows_of(world, folder).len();
            list_slots(&format!("{folder}/index.html"), at, rows, world.site.config.timeline.page, None)
        })
        .collect()
}

pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let folder = FOLDERS.get(slot.subject).copied().unwrap_or_default();
    let numbers = rows_of(world, folder);
    let rows = part_of(&numbers, slot.part, world.site.config.timeline.page);
    Box::new(IndexView {
        head: world.head(slot, "index", folder, folder, None),
        folder,
        rows: rows.iter().filter_map(|number| row(world, folder, *number)).collect(),
        pager: pager(world, &format!("{folder}/index.html"), slot.part, numbers.len()),
    })
}

/// The numbers of what stands in an index, in its order.
fn rows_of(world: &World<'_>, folder: &str) -> Vec<usize> {
    let site = world.site;
    let published = |all: &mut dyn Iterator<Item = (usize, bool)>| -> Vec<usize> {
        all.filter(|(_, published)| *published).map(|(at, _)| at).collect()
    };
    let mut rows = match folder {
        "incidents" => (0..site.incidents.len()).collect(),
        "sources" => published(&mut site.sources.iter().map(|entry| entry.published).enumerate()),
        "entities" => published(&mut site.entities.iter().map(|entry| entry.published).enumerate()),
        "places" => published(&mut site.places.iter().map(|entry| entry.published).enumerate()),
        "kinds" => (0..world.facets.kinds.len()).collect(),
        "tags" => (0..world.facets.tags.len()).collect(),
        "years" => (0..world.facets.years.len()).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    // By name where the name is what one looks for; records that were seen before those that are only quoted.
    match folder {
        "sources" => rows.sort_by_cached_key(|at| {
            site.sources.get(*at).map(|entry| (!entry.source.seen, fold(&entry.source.title)))
        }),
        "entities" => rows.sort_by_cached_key(|at| site.entities.get(*at).map(|entry| fold(&entry.entity.name))),
        "places" => rows.sort_by_cached_key(|at| site.places.get(*at).map(|entry| fold(&entry.place.name))),
        _ => {}
    }
    rows
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn row(world: &World<'_>, folder: &str, number: usize) -> Option<Row> {
    let site = world.site;
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
                details: (!entry.entity.aka.is_empty()).then(|| entry.entity.aka.join(", ")),
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
