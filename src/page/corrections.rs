//! What was corrected, newest first.

use super::parts::{Head, Link, Pager};
use super::{Slot, View, World, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::phrase::date;
use crate::resolve::routes;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct CorrectionsView {
    head: Head,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct Row {
    incident: Link,
    on: String,
    datetime: String,
    field: Option<String>,
    was: Option<String>,
    now: Option<String>,
    why: Option<String>,
}

const ROUTE: &str = "corrections.html";

pub(super) fn slots(world: &World<'_>) -> Vec<Slot> {
    list_slots(ROUTE, 0, world.facets.corrections.len(), world.site.config.timeline.page, None)
}

pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let rows = part_of(&world.facets.corrections, slot.part, world.site.config.timeline.page);
    Box::new(CorrectionsView {
        head: world.head(slot, "corrections", "corrections", "corrections", None),
        rows: rows.iter().filter_map(|(number, at)| row(world, *number, *at)).collect(),
        pager: pager(world, ROUTE, slot.part, world.facets.corrections.len()),
    })
}

fn row(world: &World<'_>, number: usize, at: usize) -> Option<Row> {
    let incident = &world.site.incidents.get(number)?.incident;
    let correction = incident.corrections.get(at)?;
    Some(Row {
        incident: Link { text: incident.title.clone(), url: Some(routes::record(RecordKind::Incident, &incident.id)) },
        on: date::words(&correction.on, world.lexicon),
        datetime: correction.on.text().to_owned(),
        field: correction.field.clone(),
        was: correction.was.clone(),
        now: correction.now.clone(),
        why: correction.why.clone(),
    })
}
