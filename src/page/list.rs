//! The pages of kinds, tags and years: each a timeline of its own.

use super::axis::{Axis, Leads, axis};
use super::group::by_year;
use super::parts::{Group, Head, Link, Pager};
use super::{Facets, Slot, View, World, list_slots, pager, part_of};
use crate::model::Date;
use crate::resolve::{Site, routes};
use serde::Serialize;

/// An axis of fewer says no more than the list.
const WORTH_AXIS: usize = 3;

#[derive(Debug, Serialize)]
struct ListView {
    head: Head,
    title: String,
    /// `kind`, `tag` or `year`.
    facet: &'static str,
    /// The page of all of this facet; its text is the folder's name, for which templates have words.
    up: Link,
    count: String,
    /// The rows on a line of time, on the first page of the list.
    axis: Option<Axis>,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

pub(super) fn kind_slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    let kinds = facets.kinds.iter().enumerate();
    let size = site.config.timeline.page;
    // A declared kind without incidents has a page too: navigation that depends on content would break links.
    kinds.flat_map(|(at, (kind, rows))| list_slots(&routes::kind(kind.as_str()), at, rows.len(), size, None)).collect()
}

pub(super) fn kind_view(world: &World, slot: &Slot) -> View {
    let Some((kind, rows)) = world.facets.kinds.get(slot.subject) else { return Box::new(()) };
    list(world, slot, "kind", &world.site.config.kind_label(kind.as_str()), &routes::kind(kind.as_str()), rows, None)
}

pub(super) fn tag_slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    let tags = facets.tags.iter().enumerate();
    let size = site.config.timeline.page;
    tags.flat_map(|(at, (slug, _, rows))| list_slots(&routes::tag(slug), at, rows.len(), size, None)).collect()
}

pub(super) fn tag_view(world: &World, slot: &Slot) -> View {
    let Some((slug, tag, rows)) = world.facets.tags.get(slot.subject) else { return Box::new(()) };
    list(world, slot, "tag", tag, &routes::tag(slug), rows, None)
}

pub(super) fn year_slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    let years = facets.years.iter().enumerate();
    let size = site.config.timeline.page;
    years.flat_map(|(at, (year, rows))| list_slots(&routes::year(*year), at, rows.len(), size, None)).collect()
}

pub(super) fn year_view(world: &World, slot: &Slot) -> View {
    let Some((year, rows)) = world.facets.years.get(slot.subject) else { return Box::new(()) };
    let title = world.year(*year);
    let whole = year.and_then(|year| Date::parse(&routes::year_name(year)).ok());
    list(world, slot, "year", &title, &routes::year(*year), rows, whole.as_ref())
}

fn list(
    world: &World,
    slot: &Slot,
    facet: &'static str,
    title: &str,
    route: &str,
    rows: &[usize],
    year: Option<&Date>,
) -> View {
    let leads = year.map_or(Leads::List(route), |year| Leads::Year(route, year));
    let root = super::root(&slot.route);
    let folder = route.split('/').next().unwrap_or_default();
    let is_worth_it = slot.part == 0 && rows.len() >= WORTH_AXIS;
    Box::new(ListView {
        head: world.head(slot, "list", facet, title, None),
        title: title.to_owned(),
        facet,
        up: Link { text: folder.to_owned(), url: Some(format!("{root}{folder}/index.html")) },
        count: world.terms.incidents.words(rows.len()),
        axis: is_worth_it.then(|| axis(world, root, rows, leads)).flatten(),
        groups: by_year(world, root, part_of(rows, slot.part, world.site.config.timeline.page), facet != "year"),
        pager: pager(world, route, slot.part, rows.len()),
    })
}
