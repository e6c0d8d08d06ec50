//! The incidents in the order in which they became known.
//!
//! Happened, was said, was published: three clocks. This page is the only one that runs by the second and the third.

use super::card::card;
use super::parts::{Head, Pager, SharedCard};
use super::{Facets, Slot, View, World, list_slots, pager, part_of};
use crate::model::{Date, Id};
use crate::phrase::date;
use crate::resolve::Site;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct KnownView {
    head: Head,
    groups: Vec<KnownGroup>,
    pager: Option<Pager>,
}

/// Incidents that became known at one date.
#[derive(Debug, Serialize)]
struct KnownGroup {
    heading: String,
    anchor: String,
    cards: Vec<SharedCard>,
}

const ROUTE: &str = "known.html";

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    list_slots(ROUTE, 0, facets.known.len(), site.config.timeline.page, None)
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let rows = part_of(&world.facets.known, slot.part, world.site.config.timeline.page);
    let mut groups: Vec<KnownGroup> = Vec::new();
    for (number, known) in rows {
        let Some(entry) = world.site.incidents.get(*number) else { continue };
        let heading = date::words(known, world.lexicon);
        if groups.last().is_none_or(|group| group.heading != heading) {
            groups.push(KnownGroup { anchor: format!("s-{}", groups.len() + 1), heading, cards: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.cards.push(card(world, "", *number, entry));
        }
    }
    Box::new(KnownView {
        head: world.head(slot, "known", "known", "known", None),
        groups,
        pager: pager(world, ROUTE, slot.part, world.facets.known.len()),
    })
}

/// Each incident with the date at which it first became known: the earliest at which any of its claims was made,
/// or any of its sources published. The order is that of dates; incidents of one date keep the timeline's.
pub(super) fn order(site: &Site) -> Vec<(usize, Date)> {
    let published = |id: &Id| site.source(id).and_then(|entry| entry.source.published.as_ref());
    let mut known: Vec<(usize, Date)> = Vec::with_capacity(site.incidents.len());
    for (number, entry) in site.incidents.iter().enumerate() {
        let incident = &entry.incident;
        let said = incident
            .claims
            .iter()
            .filter_map(|claim| claim.said.as_ref().or_else(|| published(&claim.citation.source)));
        let printed = incident.sources.iter().filter_map(|citation| published(&citation.source));
        let first = said.chain(printed).min_by(|a, b| a.timeline_cmp(b));
        known.push((number, first.cloned().unwrap_or_else(Date::unknown)));
    }
    known.sort_by(|(a, first), (b, second)| first.timeline_cmp(second).then(a.cmp(b)));
    known
}
