//! The page on which a browser searches. Without scripts it leads to the lists, where everything stands too.

use super::parts::{Head, Link};
use super::{Facets, Slot, View, World};
use crate::resolve::{Site, routes};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct SearchView {
    head: Head,
    /// The list of the parts of the index, below the output folder.
    index: String,
    /// "{n} result", "{n} results".
    one: &'static str,
    many: &'static str,
    /// The site's kinds of incident, as a way in without searching.
    kinds: Vec<Link>,
}

pub(super) fn slots(_: &Site, _: &Facets) -> Vec<Slot> {
    vec![Slot { route: "search.html".to_owned(), subject: 0, part: 0, origin: None }]
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let kinds = world.facets.kinds.iter().filter(|(_, incidents)| !incidents.is_empty());
    // The template names the page, in the words of the site's language.
    let mut head = world.head(slot, "search", "search", "search", None);
    head.noindex = true;
    Box::new(SearchView {
        head,
        index: world.search.index.get().clone(),
        one: world.terms.search_results.one,
        many: world.terms.search_results.many,
        kinds: kinds
            .map(|(kind, _)| Link {
                text: world.site.config.kind_label(kind.as_str()),
                url: Some(routes::kind(kind.as_str())),
            })
            .collect(),
    })
}
