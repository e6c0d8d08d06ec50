//! Plain pages: about, method.

use super::parts::Head;
use super::{Facets, Slot, View, World};
use crate::model::RecordKind;
use crate::resolve::{Site, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct PlainView {
    head: Head,
    title: String,
    /// Safe HTML.
    body: String,
    draft: bool,
}

pub(super) fn slots(site: &Site, _: &Facets) -> Vec<Slot> {
    let pages = site.pages.iter().enumerate();
    pages
        .map(|(subject, page)| Slot {
            route: routes::record(RecordKind::Page, &page.id),
            subject,
            part: 0,
            origin: Some(page.file.clone()),
        })
        .collect()
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let Some(page) = world.site.pages.get(slot.subject) else { return Box::new(()) };
    Box::new(PlainView {
        head: world.head(slot, "page", "page", &page.title, page.description.as_deref()),
        title: page.title.clone(),
        body: world.page_bodies.get(slot.subject).map(|prose| prose.html.clone()).unwrap_or_default(),
        draft: page.draft,
    })
}
