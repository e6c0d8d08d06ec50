//! The page of an entity: its roles, and the claims by it and about it.

use super::card::card;
use super::parts::{ClaimView, Head, Link, Pager, SharedCard};
use super::{Slot, View, World, claims, list_slots, pager, part_of};
use crate::model::RecordKind;
use crate::phrase::piece::Piece;
use crate::phrase::terms::capital;
use crate::resolve::{EntityEntry, routes};
use serde::Serialize;

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
    claims_by: Vec<TitledClaim>,
    claims_about: Vec<TitledClaim>,
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
    cards: Vec<SharedCard>,
}

/// A claim with the incident and the field it is about.
#[derive(Debug, Serialize)]
struct TitledClaim {
    incident: Link,
    field: String,
    claim: ClaimView,
}

pub(super) fn slots(world: &World<'_>) -> Vec<Slot> {
    let entities = world.site.entities.iter().enumerate().filter(|(_, entry)| entry.published);
    entities
        .flat_map(|(at, entry)| {
            let route = routes::record(RecordKind::Entity, &entry.entity.id);
            list_slots(&route, at, rows(entry), world.site.config.timeline.page, Some(&entry.entity.file))
        })
        .collect()
}

/// The length of the longest of its lists: all are cut at the same places.
fn rows(entry: &EntityEntry) -> usize {
    let claims = entry.claims_by.len().max(entry.claims_about.len());
    let named = entry.published_sources.len().max(entry.parts.len());
    entry.roles.len().max(claims).max(named)
}

pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.entities.get(slot.subject) else { return Box::new(()) };
    let entity = &entry.entity;
    let size = world.site.config.timeline.page;
    let mut roles: Vec<(String, Role)> = Vec::new();
    for (number, role) in part_of(&entry.roles, slot.part, size) {
        let Some(incident) = world.site.incidents.get(*number) else { continue };
        let at = roles.iter().position(|(known, _)| known == role).unwrap_or_else(|| {
            let words = capital(&world.site.config.role_words(role));
            let heading = world.terms.role_names(&words, &entity.name);
            roles.push((role.clone(), Role { heading, cards: Vec::new() }));
            roles.len() - 1
        });
        if let Some((_, group)) = roles.get_mut(at) {
            group.cards.push(card(world, root, *number, incident));
        }
    }
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
        roles: roles.into_iter().map(|(_, role)| role).collect(),
        claims_by: titled(&entry.claims_by),
        claims_about: titled(&entry.claims_about),
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

fn titled(world: &World<'_>, root: &str, number: usize, index: usize) -> Option<TitledClaim> {
    let entry = world.site.incidents.get(number)?;
    let claim = entry.incident.claims.get(index)?;
    Some(TitledClaim {
        incident: super::incident_link(root, entry),
        field: world.field_label(&claim.about),
        claim: claims::view(world, root, &entry.incident, claim, entry.standing(index), None),
    })
}
