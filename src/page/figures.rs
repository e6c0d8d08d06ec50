//! Every amount and count with its bounds: drawn over time, as a table, and totals as far as they can be given.

mod account;
mod chart;
mod density;

use super::card::date_words;
use super::parts::{Head, Link, Pager};
use super::{Facets, Slot, View, World, claims, incident, list_slots, pager, part_of};
use crate::model::amount::Quantity;
use crate::model::{Field, RecordKind, Value};
use crate::phrase::pattern::fill;
use crate::phrase::piece::Piece;
use crate::resolve::fields::shown_values;
use crate::resolve::{Shown, Site, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct FiguresView {
    head: Head,
    /// Figures over time; on the first page alone.
    charts: chart::Charts,
    /// Totals; on the first page alone.
    account: Option<account::Account>,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct Row {
    /// Its number among all figures.
    number: usize,
    /// The place of the row on its page.
    anchor: String,
    incident: Link,
    date: String,
    /// "Amount", "Number of exchanges".
    field: String,
    /// The place on the incident's page.
    url: String,
    value: Vec<Piece>,
    /// Bounds in words.
    least: String,
    most: String,
    /// Who says so.
    sentence: Vec<Piece>,
    disputed: bool,
    /// Incidents of which this one is part, so that nobody adds the two.
    part_of: Vec<Link>,
    /// Why it is not in its total, or only in the upper bound of that.
    remark: Option<Vec<Piece>>,
}

const ROUTE: &str = "figures.html";

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    list_slots(ROUTE, 0, facets.figures.len(), site.config.timeline.page, None)
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let size = world.site.config.timeline.page;
    let rows = part_of(&world.facets.figures, slot.part, size);
    let root = super::root(&slot.route);
    let is_first = slot.part == 0;
    let charts = if is_first { chart::charts(world, root) } else { chart::Charts::default() };
    let numbers = slot.part.saturating_mul(size).saturating_add(1)..;
    Box::new(FiguresView {
        head: world.head(slot, "figures", "figures", "figures", None),
        charts,
        account: is_first.then(|| account::account(world, root)).flatten(),
        rows: numbers.zip(rows).filter_map(|(at, (number, field))| row(world, root, at, *number, *field)).collect(),
        pager: pager(world, ROUTE, slot.part, world.facets.figures.len()),
    })
}

fn row(world: &World, root: &str, at: usize, number: usize, field: usize) -> Option<Row> {
    let entry = world.site.incidents.get(number)?;
    let state = entry.fields.get(field)?;
    let incident = &entry.incident;
    let page = format!("{root}{}", routes::record(RecordKind::Incident, &incident.id));
    let (least, most) = match shown_values(incident, state).first() {
        Some(Value::Amount(amount)) => bounds(world, amount.quantity(), amount.currency()),
        Some(Value::Count(count)) => bounds(world, count.quantity(), None),
        _ => Default::default(),
    };
    let wholes = incident.relations.iter().filter(|relation| {
        relation.kind == crate::model::vocabulary::RelationKind::PartOf
            && relation.rank != crate::model::vocabulary::Rank::Deprecated
    });
    Some(Row {
        number: at,
        anchor: format!("s-figure-{at}"),
        incident: Link { text: incident.title.clone(), url: Some(page.clone()) },
        date: date_words(world, entry),
        field: world.field_label(&state.field),
        url: format!("{page}#s-field-{}", state.field.slug()),
        value: incident::shown_pieces(world, root, entry, state),
        least,
        most,
        sentence: match state.shown {
            Shown::Chosen(index) => {
                incident.claims.get(index).map(|claim| claims::attribution(world, root, claim)).unwrap_or_default()
            }
            _ => sources(world, root, incident),
        },
        disputed: state.disputed,
        remark: (state.field == Field::Amount).then(|| account::remark(world, root, number)).flatten(),
        part_of: wholes
            .filter_map(|relation| {
                let whole = world.site.incident(&relation.to).and_then(|at| world.site.incidents.get(at))?;
                Some(super::incident_link(root, whole))
            })
            .collect(),
    })
}

/// The sources of a record, for a value that all of them support.
fn sources(world: &World, root: &str, incident: &crate::model::Incident) -> Vec<Piece> {
    let mut names = Vec::new();
    for citation in &incident.sources {
        let title = world.site.source(&citation.source).map(|entry| entry.source.title.clone());
        let title = title.unwrap_or_else(|| citation.source.to_string());
        let locator = citation.locator.as_ref().map(|locator| world.terms.locator(locator));
        let text = match locator {
            Some(locator) => {
                fill(world.terms.source_at, &[("source", &world.terms.quote(&title)), ("locator", &locator)])
            }
            None => world.terms.quote(&title),
        };
        names.push(Piece::link(text, world.url(root, RecordKind::Source, &citation.source)));
    }
    let names = claims::names(world, names);
    crate::phrase::piece::fill(world.terms.read_in, &[("source", &names)])
}

/// The bounds of a figure in words.
fn bounds(world: &World, quantity: &Quantity, currency: Option<&str>) -> (String, String) {
    let terms = world.terms;
    let number = |value: crate::model::decimal::Decimal| crate::phrase::amount::bound(value, currency, world.lexicon);
    let least = match quantity.min() {
        Some(min) if quantity.min_open() => fill(terms.over, &[("n", &number(min))]),
        Some(min) => number(min),
        None => terms.no_minimum.to_owned(),
    };
    let most = match quantity.max() {
        Some(max) if quantity.max_open() => fill(terms.under, &[("n", &number(max))]),
        Some(max) => number(max),
        None => terms.no_maximum.to_owned(),
    };
    (least, most)
}
