//! The page of a place.

use super::group::by_year;
use super::parts::{Group, Head, Pager};
use super::{Facets, Slot, View, World, claims, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::phrase::piece::Piece;
use crate::resolve::{PlaceEntry, Site, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct PlaceView {
    head: Head,
    title: String,
    kind: Option<&'static str>,
    within: Option<Piece>,
    parts: Vec<Piece>,
    lat: Option<String>,
    lon: Option<String>,
    draft: bool,
    count: String,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

pub(super) fn slots(site: &Site, _: &Facets) -> Vec<Slot> {
    let places = site.places.iter().enumerate().filter(|(_, entry)| entry.published);
    places
        .flat_map(|(at, entry)| {
            let route = routes::record(RecordKind::Place, &entry.place.id);
            list_slots(&route, at, rows(entry), site.config.timeline.page, Some(&entry.place.file))
        })
        .collect()
}

/// The length of the longer of its lists: both are cut at the same places.
fn rows(entry: &PlaceEntry) -> usize {
    entry.incidents.len().max(entry.parts.len())
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.places.get(slot.subject) else { return Box::new(()) };
    let place = &entry.place;
    let shown = part_of(&entry.incidents, slot.part, world.site.config.timeline.page);
    Box::new(PlaceView {
        head: world.head(slot, "place", "places", &place.name, None),
        title: place.name.clone(),
        kind: place.kind.map(|kind| world.terms.place_kind(kind)),
        within: place.within.as_ref().map(|id| claims::place(world, root, id)),
        parts: part_of(&entry.parts, slot.part, world.site.config.timeline.page)
            .iter()
            .filter_map(|at| world.site.places.get(*at))
            .map(|part| claims::place(world, root, &part.place.id))
            .collect(),
        lat: place.lat.clone(),
        lon: place.lon.clone(),
        draft: place.draft,
        count: world.terms.incidents.words(entry.incidents.len()),
        groups: by_year(world, root, shown, true),
        pager: pager(world, &routes::record(RecordKind::Place, &place.id), slot.part, rows(entry)),
    })
}
