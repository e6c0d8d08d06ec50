//! Earlier ids, which lead to the present ones.

use super::parts::{Head, Link};
use super::repository::encoded_page;
use super::{Facets, Slot, View, World};
use crate::model::RecordKind;
use crate::resolve::{Site, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct RedirectView {
    head: Head,
    to: Link,
}

pub(super) fn slots(site: &Site, _: &Facets) -> Vec<Slot> {
    let aliases = site.aliases.iter().enumerate();
    aliases
        .map(|(subject, alias)| Slot {
            route: routes::record(alias.kind, &alias.old),
            subject,
            part: 0,
            origin: Some(alias.file.clone()),
        })
        .collect()
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let Some(alias) = world.site.aliases.get(slot.subject) else { return Box::new(()) };
    let root = super::root(&slot.route);
    let to = routes::record(alias.kind, &alias.id);
    let site = &world.site;
    let title = match alias.kind {
        RecordKind::Incident => {
            site.incident(&alias.id).and_then(|at| site.incidents.get(at)).map(|entry| entry.incident.title.clone())
        }
        RecordKind::Source => site.source(&alias.id).map(|entry| entry.source.title.clone()),
        RecordKind::Entity => site.entity(&alias.id).map(|entry| entry.entity.name.clone()),
        RecordKind::Place => site.place(&alias.id).map(|entry| entry.place.name.clone()),
        RecordKind::Page => {
            site.find(RecordKind::Page, &alias.id).and_then(|at| site.pages.get(at)).map(|page| page.title.clone())
        }
    };
    let title = title.unwrap_or_else(|| alias.id.to_string());
    let mut head = world.head(slot, "redirect", "", &title, None);
    head.canonical = site.config.base_url.as_ref().map(|base| format!("{base}{to}"));
    head.canonical_encoded = head.canonical.as_deref().and_then(encoded_page);
    head.noindex = true;
    Box::new(RedirectView { head, to: Link { text: title, url: Some(format!("{root}{to}")) } })
}
