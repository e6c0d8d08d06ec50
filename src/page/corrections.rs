//! What was corrected, newest first.

use super::card::datetime;
use super::parts::{Head, Link, Pager};
use super::{Facets, Slot, View, World, incident_link, list_slots, pager, part_of};
use crate::model::Correction;
use crate::phrase::date;
use crate::resolve::Site;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct CorrectionsView {
    head: Head,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

/// A correction. On the page of its incident nothing has to name the incident.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    incident: Option<Link>,
    on: String,
    /// The same for machines, when it is one year, month or day.
    datetime: Option<String>,
    field: Option<String>,
    was: Option<String>,
    now: Option<String>,
    why: Option<String>,
}

const ROUTE: &str = "corrections.html";

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    list_slots(ROUTE, 0, facets.corrections.len(), site.config.timeline.page, None)
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let rows = part_of(&world.facets.corrections, slot.part, world.site.config.timeline.page);
    Box::new(CorrectionsView {
        head: world.head(slot, "corrections", "corrections", "corrections", None),
        rows: rows.iter().filter_map(|(number, at)| row(world, *number, *at)).collect(),
        pager: pager(world, ROUTE, slot.part, world.facets.corrections.len()),
    })
}

fn row(world: &World, number: usize, at: usize) -> Option<Row> {
    let entry = world.site.incidents.get(number)?;
    let correction = entry.incident.corrections.get(at)?;
    Some(Row { incident: Some(incident_link("", entry)), ..Row::new(world, correction) })
}

impl Row {
    /// A correction by itself.
    pub fn new(world: &World, correction: &Correction) -> Self {
        Self {
            incident: None,
            on: date::words(&correction.on, world.lexicon),
            datetime: datetime(&correction.on),
            field: correction.field.clone(),
            was: correction.was.clone(),
            now: correction.now.clone(),
            why: correction.why.clone(),
        }
    }
}
