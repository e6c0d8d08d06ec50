//! The page for addresses that lead nowhere. It is served at any depth, so its links begin at the base path.

use super::parts::Head;
use super::{Facets, Slot, View, World};
use crate::resolve::Site;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct NotFoundView {
    head: Head,
}

pub(super) fn slots(_: &Site, _: &Facets) -> Vec<Slot> {
    vec![Slot { route: "404.html".to_owned(), subject: 0, part: 0, origin: None }]
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let mut head = world.head(slot, "not-found", "", "404", None);
    head.root = world.site.config.base_path();
    head.canonical = None;
    head.canonical_encoded = None;
    head.noindex = true;
    Box::new(NotFoundView { head })
}
