//! Every field on which claims differ.

use super::card::{date_words, status};
use super::parts::{ClaimView, Dispute, Head, Link, Pager};
use super::{Facets, Slot, View, World, claims, incident, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::model::vocabulary::Rank;
use crate::phrase::attribution::{Chain, sentence};
use crate::phrase::piece::{Piece, fill};
use crate::resolve::{IncidentEntry, Shown, Site, Standing, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct DisputedView {
    head: Head,
    count: String,
    disputes: Vec<Dispute>,
    pager: Option<Pager>,
}

const ROUTE: &str = "disputed.html";

pub(super) fn slots(site: &Site, facets: &Facets) -> Vec<Slot> {
    list_slots(ROUTE, 0, facets.disputes.len(), site.config.timeline.page, None)
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let rows = part_of(&world.facets.disputes, slot.part, world.site.config.timeline.page);
    let root = super::root(&slot.route);
    Box::new(DisputedView {
        head: world.head(slot, "disputed", "disputed", "disputed", None),
        count: world.terms.disputed_fields.words(world.facets.disputes.len()),
        disputes: rows.iter().filter_map(|(number, field)| dispute(world, root, *number, *field)).collect(),
        pager: pager(world, ROUTE, slot.part, world.facets.disputes.len()),
    })
}

fn dispute(world: &World, root: &str, number: usize, field: Option<usize>) -> Option<Dispute> {
    let entry = world.site.incidents.get(number)?;
    let page = format!("{root}{}", routes::record(RecordKind::Incident, &entry.incident.id));
    let link = Link { text: entry.incident.title.clone(), url: Some(page.clone()) };
    let Some(field) = field else { return Some(relations(world, root, entry, link, &page)) };
    let state = entry.fields.get(field)?;
    let view = |index: usize, standing| {
        let claim = entry.incident.claims.get(index)?;
        Some(claims::view(world, root, &entry.incident, claim, standing, None))
    };
    let chosen = match state.shown {
        Shown::Chosen(index) => view(index, Standing::Shown),
        _ => None,
    };
    let rivals = state.claims.iter().filter(|(_, standing)| matches!(standing, Standing::Rival | Standing::Deprecated));
    Some(Dispute {
        incident: link,
        date: date_words(world, entry),
        field: incident::label(world, status(entry), &state.field),
        url: format!("{page}#s-field-{}", state.field.slug()),
        nothing: matches!(state.shown, Shown::Nothing).then_some(world.terms.nothing_shown),
        shown: incident::shown_pieces(world, root, entry, state),
        why: chosen.as_ref().and_then(|claim| claim.why.clone()),
        claim: chosen,
        rivals: rivals.filter_map(|(index, standing)| view(*index, *standing)).collect(),
        drawn: super::bounds::drawn(world, entry, state),
    })
}

/// Relations that a source states and the editors do not believe.
fn relations(world: &World, root: &str, entry: &IncidentEntry, link: Link, page: &str) -> Dispute {
    let terms = world.terms;
    let deprecated = entry.incident.relations.iter().filter(|relation| relation.rank == Rank::Deprecated);
    let rivals = deprecated
        .map(|relation| {
            let other = world.site.incident(&relation.to).and_then(|at| world.site.incidents.get(at));
            let title = other.map_or_else(|| relation.to.to_string(), |other| other.incident.title.clone());
            let read = relation.citation.as_ref().map(|citation| {
                let chain = Chain {
                    kind: None,
                    by: None,
                    said: None,
                    via: Vec::new(),
                    read: claims::hop(world, root, &citation.source),
                    locator: citation.locator.clone(),
                    quote: None,
                };
                sentence(&chain, terms)
            });
            ClaimView {
                id: None,
                url: Some(format!("{page}#s-relations")),
                value: fill(
                    terms.relation_to,
                    &[
                        ("relation", &[Piece::text(terms.relation_out(relation.kind))]),
                        ("incident", &[Piece::link(title, world.url(root, RecordKind::Incident, &relation.to))]),
                    ],
                ),
                standing: "deprecated",
                standing_words: terms.deprecated,
                sentence: read.unwrap_or_default(),
                chain: Vec::new(),
                notes: Vec::new(),
                kind: None,
                confidence: None,
                why: relation.why.clone(),
                note: None,
            }
        })
        .collect();
    Dispute {
        incident: link,
        date: date_words(world, entry),
        field: terms.relations.to_owned(),
        url: format!("{page}#s-relations"),
        shown: Vec::new(),
        nothing: Some(terms.nothing_shown),
        claim: None,
        why: None,
        rivals,
        drawn: None,
    }
}
