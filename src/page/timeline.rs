//! The home page: what this is, what is known, how sure it is; then the timeline.

use super::axis::{Axis, Leads, axis};
use super::card::by_year;
use super::parts::{Group, Head, Link};
use super::{Slot, View, World};
use crate::model::vocabulary::Status;
use crate::phrase::pattern::fill;
use crate::resolve::routes;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct TimelineView {
    head: Head,
    title: String,
    /// What this is.
    description: Option<String>,
    /// "13 incidents", and from when to when.
    incidents: String,
    span: Option<String>,
    /// "85 claims", "7 sources", "2 of them read by the editors".
    claims: String,
    sources: String,
    sources_seen: usize,
    sources_unseen: usize,
    /// "17 disputed points".
    disputed: String,
    has_disputed: bool,
    /// How many incidents of each status, those without one apart.
    statuses: Vec<StatusCount>,
    without_status: usize,
    kinds: Vec<Counted>,
    years: Vec<Counted>,
    axis: Option<Axis>,
    /// The form that chooses among all incidents.
    filters: Option<super::filters::Filters>,
    groups: Vec<Group>,
    /// Whether the page shows the newest only.
    partial: bool,
    shown: usize,
}

#[derive(Debug, Serialize)]
struct StatusCount {
    id: &'static str,
    word: &'static str,
    count: usize,
}

/// A facet with the number of its incidents.
#[derive(Debug, Serialize)]
struct Counted {
    link: Link,
    id: String,
    count: usize,
}

pub(super) fn slots(_: &World<'_>) -> Vec<Slot> {
    vec![Slot { route: "index.html".to_owned(), subject: 0, part: 0, origin: None }]
}

pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let site = world.site;
    let config = &site.config;
    let total = site.incidents.len();
    let inline = config.timeline.inline;
    let partial = total > inline;
    // The newest that have a day; those without any stand on a page of their own when not all fit.
    let dated = site.incidents.iter().filter(|entry| entry.date.earliest().or(entry.date.latest()).is_some()).count();
    let shown: Vec<usize> =
        if partial { (dated.saturating_sub(inline)..dated).collect() } else { (0..total).collect() };
    let statuses = [Status::Confirmed, Status::Alleged, Status::Disputed, Status::Retracted];
    let seen = site.sources.iter().filter(|entry| entry.published && entry.source.seen).count();
    let published = site.sources.iter().filter(|entry| entry.published).count();
    Box::new(TimelineView {
        head: world.head(slot, "timeline", "timeline", &config.title, config.description.as_deref()),
        title: config.title.clone(),
        description: config.description.clone(),
        incidents: world.terms.incidents.words(total),
        span: span(world),
        claims: world.terms.claims.words(world.facets.claims),
        sources: world.terms.sources.words(published),
        sources_seen: seen,
        sources_unseen: published - seen,
        disputed: world.terms.disputed_fields.words(world.facets.disputed),
        has_disputed: world.facets.disputed > 0,
        statuses: statuses
            .into_iter()
            .map(|status| StatusCount {
                id: status.word(),
                word: world.terms.status_word(status),
                count: site.incidents.iter().filter(|entry| super::card::status(entry) == Some(status)).count(),
            })
            .filter(|status| status.count > 0)
            .collect(),
        without_status: site.incidents.iter().filter(|entry| super::card::status(entry).is_none()).count(),
        kinds: world
            .facets
            .kinds
            .iter()
            .filter(|(_, incidents)| !incidents.is_empty())
            .map(|(kind, incidents)| Counted {
                link: Link { text: config.kind_label(kind.as_str()), url: Some(routes::kind(kind.as_str())) },
                id: kind.to_string(),
                count: incidents.len(),
            })
            .collect(),
        years: world
            .facets
            .years
            .iter()
            .map(|(year, incidents)| Counted {
                link: Link { text: world.year(*year), url: Some(routes::year(*year)) },
                id: year.map_or_else(|| "unknown".to_owned(), routes::year_name),
                count: incidents.len(),
            })
            .collect(),
        axis: axis(world, "", &(0..total).collect::<Vec<_>>(), Leads::ToKinds),
        filters: super::filters::filters(world),
        groups: by_year(world, "", &shown, true),
        partial,
        shown: shown.len(),
    })
}

/// From the first year to the last that any date names.
fn span(world: &World<'_>) -> Option<String> {
    let years: Vec<i32> = world.facets.years.iter().filter_map(|(year, _)| *year).collect();
    let (first, last) = (years.first()?, years.last()?);
    Some(if first == last {
        world.year(Some(*first))
    } else {
        let (first, last) = (world.year(Some(*first)), world.year(Some(*last)));
        fill(world.terms.years, &[("first", &first), ("last", &last)])
    })
}
