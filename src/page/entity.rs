//! The page of an entity: its roles, and the claims by it and about it.

use super::card::{card, status};
use super::incident::label;
use super::parts::{ClaimView, Head, Link, Pager, SharedCard};
use super::{Facets, Slot, View, World, claims, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::model::vocabulary::Status;
use crate::phrase::pattern::fill;
use crate::phrase::piece::Piece;
use crate::phrase::terms::capital;
use crate::resolve::{EntityEntry, Site, routes};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The roles of those who tell of what others did.
const SPEAKERS: [&str; 2] = ["alleged_by", "reported_by"];

#[derive(Debug, Serialize)]
struct EntityView {
    head: Head,
    title: String,
    kind: Option<&'static str>,
    aka: Vec<String>,
    part_of: Option<Piece>,
    parts: Vec<Piece>,
    ids: Vec<IdView>,
    note: Option<String>,
    draft: bool,
    roles: Vec<Role>,
    /// "9 incidents".
    incidents: Option<String>,
    claims_by: Vec<TitledClaim>,
    /// "31 claims".
    claims_by_count: String,
    claims_about: Vec<TitledClaim>,
    claims_about_count: String,
    sources: Vec<Link>,
    pager: Option<Pager>,
}

#[derive(Debug, Serialize)]
struct IdView {
    scheme: String,
    value: String,
    url: Option<String>,
}

/// Incidents in which the entity has one role.
#[derive(Debug, Serialize)]
struct Role {
    /// The role's words with the entity's name: "Alleged by North Korea".
    heading: String,
    /// How many incidents, on all parts of the page.
    count: String,
    cards: Vec<SharedCard>,
}

/// A claim with the incident and the field it is about.
#[derive(Debug, Serialize)]
struct TitledClaim {
    incident: Link,
    field: String,
    claim: ClaimView,
    /// Whether claims on the field differ.
    disputed: bool,
}

pub(super) fn slots(site: &Site, _: &Facets) -> Vec<Slot> {
    let entities = site.entities.iter().enumerate().filter(|(_, entry)| entry.published);
    entities
        .flat_map(|(at, entry)| {
            let route = routes::record(RecordKind::Entity, &entry.entity.id);
            list_slots(&route, at, rows(entry), site.config.timeline.page, Some(&entry.entity.file))
        })
        .collect()
}

/// The length of the longest of its lists: all are cut at the same places.
fn rows(entry: &EntityEntry) -> usize {
    let claims = entry.claims_by.len().max(entry.claims_about.len());
    let named = entry.published_sources.len().max(entry.parts.len());
    entry.roles.len().max(claims).max(named)
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.entities.get(slot.subject) else { return Box::new(()) };
    let entity = &entry.entity;
    let size = world.site.config.timeline.page;
    let roles = roles(world, root, entry, part_of(&entry.roles, slot.part, size));
    let incidents: BTreeSet<usize> = entry.roles.iter().map(|(number, _)| *number).collect();
    let titled = |rows: &[(usize, usize)]| {
        part_of(rows, slot.part, size).iter().filter_map(|(number, at)| titled(world, root, *number, *at)).collect()
    };
    Box::new(EntityView {
        head: world.head(slot, "entity", "entities", &entity.name, entity.note.as_deref()),
        title: entity.name.clone(),
        kind: entity.kind.map(|kind| world.terms.entity_kind(kind)),
        aka: entity.aka.clone(),
        part_of: entity.part_of.as_ref().map(|id| claims::entity(world, root, id)),
        parts: part_of(&entry.parts, slot.part, size)
            .iter()
            .filter_map(|at| world.site.entities.get(*at))
            .map(|part| claims::entity(world, root, &part.entity.id))
            .collect(),
        ids: entity
            .ids
            .iter()
            .map(|(scheme, value)| IdView {
                scheme: scheme.clone(),
                value: value.clone(),
                url: (scheme == "wikidata").then(|| format!("https://www.wikidata.org/wiki/{value}")),
            })
            .collect(),
        note: entity.note.clone(),
        draft: entity.draft,
        roles,
        incidents: (!incidents.is_empty()).then(|| world.terms.incidents.words(incidents.len())),
        claims_by: titled(&entry.claims_by),
        claims_by_count: world.terms.claims.words(entry.claims_by.len()),
        claims_about: titled(&entry.claims_about),
        claims_about_count: world.terms.claims.words(entry.claims_about.len()),
        sources: part_of(&entry.published_sources, slot.part, size)
            .iter()
            .filter_map(|at| world.site.sources.get(*at))
            .map(|source| Link {
                text: source.source.title.clone(),
                url: world.url(root, RecordKind::Source, &source.source.id),
            })
            .collect(),
        pager: pager(world, &routes::record(RecordKind::Entity, &entity.id), slot.part, rows(entry)),
    })
}

fn titled(world: &World, root: &str, number: usize, index: usize) -> Option<TitledClaim> {
    let entry = world.site.incidents.get(number)?;
    let claim = entry.incident.claims.get(index)?;
    Some(TitledClaim {
        incident: super::incident_link(root, entry),
        field: label(world, status(entry), &claim.about),
        claim: claims::view(world, root, &entry.incident, claim, entry.standing(index), None),
        disputed: entry.field(&claim.about).is_some_and(|state| state.disputed),
    })
}

/// What makes a group of incidents: whether the entity only tells of them, the place of its role among those of the
/// settings, the role, whether what it is said to have done is only alleged. Groups stand in this order.
type Group = (bool, usize, String, bool);

/// Its roles in `rows`: what it is said to have done or suffered, then what it tells of others.
fn roles(world: &World, root: &str, entry: &EntityEntry, rows: &[(usize, String)]) -> Vec<Role> {
    let declared = &world.site.config.roles;
    let group_of = |(number, role): &(usize, String)| -> Group {
        let status = || world.site.incidents.get(*number).and_then(status);
        let place = declared.iter().position(|(name, _)| name == role).unwrap_or(declared.len());
        let alleged = role == "by" && status() == Some(Status::Alleged);
        (SPEAKERS.contains(&role.as_str()), place, role.clone(), alleged)
    };
    let mut counts: BTreeMap<Group, usize> = BTreeMap::new();
    for row in &entry.roles {
        *counts.entry(group_of(row)).or_default() += 1;
    }
    let mut groups: BTreeMap<Group, Vec<SharedCard>> = BTreeMap::new();
    for row in rows {
        let Some(incident) = world.site.incidents.get(row.0) else { continue };
        groups.entry(group_of(row)).or_default().push(card(world, root, row.0, incident));
    }
    let role = |(group, cards): (Group, Vec<SharedCard>)| {
        let count = world.terms.incidents.words(counts.get(&group).copied().unwrap_or_default());
        let (_, _, role, alleged) = group;
        let words = world.site.config.role_words(&role);
        let words = if alleged { fill(world.terms.alleged_role, &[("role", &words)]) } else { capital(&words) };
        Role { heading: world.terms.role_names(&words, &entry.entity.name), count, cards }
    };
    groups.into_iter().map(role).collect()
}
