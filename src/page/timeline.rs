//! The home page: what this is, what is known, how sure it is; then the timeline.

use super::axis::{Axis, Leads, axis};
use super::group::by_year;
use super::parts::{Group, Head, Link};
use super::{Facets, Slot, View, World};
use crate::model::vocabulary::Status;
use crate::phrase::pattern::fill;
use crate::phrase::terms::capital;
use crate::resolve::{Site, routes};
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
    sources_seen: String,
    sources_unseen: Option<String>,
    /// "17 disputed points".
    disputed: String,
    has_disputed: bool,
    /// How many incidents of each status, those without one apart.
    statuses: Vec<StatusCount>,
    without_status: Option<String>,
    kinds: Vec<Counted>,
    /// Ways to the years, by decade when they are many.
    years: Vec<Years>,
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
    count: String,
}

/// A facet with the number of its incidents.
#[derive(Debug, Serialize)]
struct Counted {
    link: Link,
    id: String,
    count: String,
}

/// Years in a row.
#[derive(Debug, Serialize)]
struct Years {
    /// The decade; nothing when all years stand together.
    heading: Option<String>,
    /// The anchor of the heading.
    anchor: String,
    years: Vec<Counted>,
}

/// More years than these are told apart by decade.
const MANY_YEARS: usize = 24;

pub(super) fn slots(_: &Site, _: &Facets) -> Vec<Slot> {
    vec![Slot { route: "index.html".to_owned(), subject: 0, part: 0, origin: None }]
}

pub(super) fn view(world: &World, slot: &Slot) -> View {
    let site = &world.site;
    let config = &site.config;
    let total = site.incidents.len();
    let inline = config.timeline.inline;
    let partial = total > inline;
    // The newest that have a day; those without any stand on a page of their own when not all fit.
    let dated = site.incidents.iter().filter(|entry| entry.date.earliest().or(entry.date.latest()).is_some()).count();
    let shown: Vec<usize> =
        if partial { (dated.saturating_sub(inline)..dated).collect() } else { (0..total).collect() };
    let statuses = [Status::Confirmed, Status::Alleged, Status::Disputed, Status::Retracted];
    let with_status = |status| site.incidents.iter().filter(|entry| super::card::status(entry) == status).count();
    let seen = site.sources.iter().filter(|entry| entry.published && entry.source.seen).count();
    let published = site.sources.iter().filter(|entry| entry.published).count();
    let groups = by_year(world, "", &shown, true);
    Box::new(TimelineView {
        head: world.head(slot, "timeline", "timeline", &config.title, config.description.as_deref()),
        title: config.title.clone(),
        description: config.description.clone(),
        incidents: world.terms.incidents.words(total),
        span: span(world),
        claims: world.terms.claims.words(*world.facets.claims),
        sources: world.terms.sources.words(published),
        sources_seen: world.digits(seen),
        sources_unseen: (published > seen).then(|| world.digits(published - seen)),
        disputed: world.terms.disputed_fields.words(*world.facets.disputed),
        has_disputed: *world.facets.disputed > 0,
        statuses: statuses
            .into_iter()
            .map(|status| (status, with_status(Some(status))))
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| StatusCount {
                id: status.word(),
                word: world.terms.status_word(status),
                count: world.digits(count),
            })
            .collect(),
        without_status: Some(with_status(None)).filter(|count| *count > 0).map(|count| world.digits(count)),
        kinds: world
            .facets
            .kinds
            .iter()
            .filter(|(_, incidents)| !incidents.is_empty())
            .map(|(kind, incidents)| Counted {
                link: Link { text: config.kind_label(kind.as_str()), url: Some(routes::kind(kind.as_str())) },
                id: kind.to_string(),
                count: world.digits(incidents.len()),
            })
            .collect(),
        years: years(world, partial, &groups),
        axis: axis(world, "", &(0..total).collect::<Vec<_>>(), Leads::Kinds),
        filters: super::filters::filters(world),
        groups,
        partial,
        shown: shown.len(),
    })
}

/// The ways to the years: to their place on this page when all stand here, else to the page of each.
fn years(world: &World, partial: bool, groups: &[Group]) -> Vec<Years> {
    let years = world.facets.years.iter();
    let here = |year: Option<i32>| {
        let anchor = format!("s-{}", year.map_or_else(|| "unknown".to_owned(), routes::year_name));
        groups.iter().any(|group| group.anchor == anchor).then(|| format!("#{anchor}"))
    };
    let ways: Vec<(Option<i32>, Counted)> = years
        .filter_map(|(year, incidents)| {
            let url = if partial { routes::year(*year) } else { here(*year)? };
            let id = year.map_or_else(|| "unknown".to_owned(), routes::year_name);
            let link = Link { text: world.year(*year), url: Some(url) };
            Some((*year, Counted { link, id, count: world.digits(incidents.len()) }))
        })
        .collect();
    if ways.len() <= MANY_YEARS {
        let years = ways.into_iter().map(|(_, way)| way).collect();
        return vec![Years { heading: None, anchor: "s-by-year".to_owned(), years }];
    }
    let mut decades: Vec<(Option<i32>, Years)> = Vec::new();
    for (year, way) in ways {
        let decade = year.map(|year| year - year.rem_euclid(10));
        if decades.last().is_none_or(|(known, _)| *known != decade) {
            let heading =
                decade.map_or_else(|| world.terms.undated.to_owned(), |first| capital(&decade_words(world, first)));
            let anchor = format!("s-years-{}", decade.map_or_else(|| "unknown".to_owned(), routes::year_name));
            decades.push((decade, Years { heading: Some(heading), anchor, years: Vec::new() }));
        }
        if let Some((_, years)) = decades.last_mut() {
            years.years.push(way);
        }
    }
    decades.into_iter().map(|(_, years)| years).collect()
}

/// A decade in words: `the 2010s`.
fn decade_words(world: &World, first: i32) -> String {
    let name = routes::year_name(first);
    let masked = name.strip_suffix('0').map(|tens| format!("{tens}X")).unwrap_or_default();
    match crate::model::Date::parse(&masked) {
        Ok(decade) if first > 0 => crate::phrase::date::words(&decade, world.lexicon),
        _ => world.year(Some(first)),
    }
}

/// From the first year to the last of what is known to within a few years: a decade or a century of which one day is
/// meant would stretch it.
fn span(world: &World) -> Option<String> {
    let dates = || world.site.incidents.iter().map(|entry| &entry.date);
    let is_known = |date: &&crate::model::Date| date.extent() != Some(crate::model::date::Extent::Once);
    let mut years: Vec<i32> = dates().filter(is_known).flat_map(routes::years).flatten().collect();
    if years.is_empty() {
        years = dates().flat_map(routes::years).flatten().collect();
    }
    let (first, last) = (years.iter().min()?, years.iter().max()?);
    Some(if first == last {
        world.year(Some(*first))
    } else {
        let (first, last) = (world.year(Some(*first)), world.year(Some(*last)));
        fill(world.terms.years, &[("first", &first), ("last", &last)])
    })
}
