//! The site to pages.
//!
//! In: the site, its bodies as HTML, the words of its language. Out: [`Slot`]s (which pages there are), and for each
//! its view: everything its template shows, ready to show.
//! Must never be here: tera, the disk, an export; a view that leaves something for the template to look up.
//!
//! A view is made when its page is rendered and dropped after it: 10,000 views are never in memory together.

mod axis;
mod bounds;
mod card;
mod chain;
mod citing;
mod claims;
mod corrections;
mod disputed;
mod entity;
mod facets;
mod figures;
mod filters;
mod group;
mod incident;
mod index;
mod known;
mod list;
mod not_found;
pub mod parts;
mod place;
mod plain;
mod redirect;
mod reference;
mod repository;
mod scales;
mod search;
mod source;
mod timeline;

pub use card::Cards;
pub use facets::Facets;
pub use repository::{Contribute, contribute};

use crate::model::RecordKind;
use crate::noted::{Changes, Later, Noted, Table};
use crate::phrase::lexicon::Lexicon;
use crate::phrase::terms::Terms;
use crate::prose::Prose;
use crate::resolve::{Choices, Site};
use crate::source_text::FileId;
use parts::Head;
use std::sync::Arc;

/// What a template gets.
pub type View = Box<dyn erased_serde::Serialize + Send>;

/// A kind of page: one row of [`KINDS`].
#[derive(Debug)]
pub struct Kind {
    /// Its template.
    pub template: &'static str,
    /// Whether it lists other pages, and is written after them.
    pub lists: bool,
    /// Which pages of the kind there are.
    pub slots: fn(&Site, &Facets) -> Vec<Slot>,
    /// What one of them shows.
    pub view: fn(&World, &Slot) -> View,
}

/// One page to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its path below the output folder.
    pub route: String,
    /// The number of its subject in the list that its kind walks.
    pub subject: usize,
    /// Its part of a long list, from 0.
    pub part: usize,
    /// The file that it shows, when it shows one.
    pub origin: Option<FileId>,
}

/// All kinds of page.
pub const KINDS: &[Kind] = &[
    Kind { template: "timeline.html", lists: true, slots: timeline::slots, view: timeline::view },
    Kind { template: "incident.html", lists: false, slots: incident::slots, view: incident::view },
    Kind { template: "source.html", lists: false, slots: source::slots, view: source::view },
    Kind { template: "entity.html", lists: false, slots: entity::slots, view: entity::view },
    Kind { template: "place.html", lists: false, slots: place::slots, view: place::view },
    Kind { template: "list.html", lists: true, slots: list::kind_slots, view: list::kind_view },
    Kind { template: "list.html", lists: true, slots: list::tag_slots, view: list::tag_view },
    Kind { template: "list.html", lists: true, slots: list::year_slots, view: list::year_view },
    Kind { template: "index.html", lists: true, slots: index::slots, view: index::view },
    Kind { template: "disputed.html", lists: true, slots: disputed::slots, view: disputed::view },
    Kind { template: "figures.html", lists: true, slots: figures::slots, view: figures::view },
    Kind { template: "corrections.html", lists: true, slots: corrections::slots, view: corrections::view },
    Kind { template: "known.html", lists: true, slots: known::slots, view: known::view },
    Kind { template: "search.html", lists: true, slots: search::slots, view: search::view },
    Kind { template: "page.html", lists: false, slots: plain::slots, view: plain::view },
    Kind { template: "404.html", lists: false, slots: not_found::slots, view: not_found::view },
    Kind { template: "redirect.html", lists: false, slots: redirect::slots, view: redirect::view },
];

/// What pages are made from. It is taken over whole or in parts from one state of a site to the next, and never changed.
#[derive(Debug)]
pub struct World {
    /// The site.
    pub site: Arc<Site>,
    /// The bodies of incidents, in their order.
    pub incident_bodies: Table<Arc<Prose>>,
    /// The bodies of plain pages, in their order.
    pub page_bodies: Table<Arc<Prose>>,
    /// Words of dates and amounts.
    pub lexicon: &'static Lexicon,
    /// Words of claims and records.
    pub terms: &'static Terms,
    /// Which incidents stand on which facet page.
    pub facets: Arc<Facets>,
    /// By what incidents can be chosen.
    pub choices: Later<Choices>,
    /// The incidents as rows of lists.
    pub cards: Arc<Cards>,
    /// Whether the site is built to be reviewed, not published.
    pub preview: bool,
    /// Where what a browser searches lies.
    pub search: Arc<SearchData>,
    /// The pictures beside addresses that somebody shares.
    pub social: Arc<SocialCards>,
}

/// The pictures beside addresses that somebody shares.
#[derive(Clone, Debug)]
pub struct SocialCards {
    /// The site's, for every page that has none of its own.
    pub site: Noted<Option<parts::SocialCard>>,
    /// Those of incidents, in their order; none when no incident has one.
    pub incidents: Table<Option<parts::SocialCard>>,
}

/// Where what a browser searches lies, below the output folder. Its names are fingerprints of what it is, so that it has to
/// be made before it can be named; it takes long, and only two pages name it.
#[derive(Debug)]
pub struct SearchData {
    /// The table of the filters; empty when there is nothing to choose from.
    pub filters: Later<String>,
    /// The list of the parts of the full-text index.
    pub index: Later<String>,
}

impl World {
    /// Whether an earlier state had the same settings. Otherwise all of it counts as changed.
    pub fn has_settings_of(&self, old: &Self) -> bool {
        self.site.config == old.site.config && self.preview == old.preview
    }

    /// What differs from an earlier state of the same site with the same settings.
    pub fn changes(&self, old: &Self) -> Changes {
        let mut all = Changes::default();
        let changes = &mut all;
        let Self { site, incident_bodies, page_bodies, facets, choices, search, social, .. } = self;
        // Rows are made of the rest; words and the kind of build are the same for the same settings.
        let Self { lexicon: _, terms: _, cards: _, preview: _, .. } = self;
        if !Arc::ptr_eq(site, &old.site) {
            site.changes(&old.site, changes);
        }
        if !Arc::ptr_eq(facets, &old.facets) {
            facets.changes(&old.facets, changes);
        }
        changes.table(&old.incident_bodies, incident_bodies, |a, b| Arc::ptr_eq(a, b) || a == b);
        changes.table(&old.page_bodies, page_bodies, |a, b| Arc::ptr_eq(a, b) || a == b);
        choices.changes(&old.choices, changes);
        search.filters.changes(&old.search.filters, changes);
        search.index.changes(&old.search.index, changes);
        if !Arc::ptr_eq(social, &old.social) {
            changes.value(&old.social.site, &social.site, |a, b| a == b);
            changes.table(&old.social.incidents, &social.incidents, |a, b| a == b);
        }
        all
    }

    /// The head of a page.
    fn head(
        &self,
        slot: &Slot,
        kind: &'static str,
        section: &'static str,
        title: &str,
        description: Option<&str>,
    ) -> Head {
        let config = &self.site.config;
        // The index of a folder is the folder.
        let address = match slot.route.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => slot.route.as_str(),
        };
        let own = if kind == "incident" { self.social.incidents.get(slot.subject) } else { None };
        let canonical = config.base_url.as_ref().map(|base| format!("{base}{address}"));
        Head {
            title: title.to_owned(),
            description: description.map(str::to_owned),
            root: root(&slot.route).to_owned(),
            canonical_encoded: canonical.as_deref().and_then(repository::encoded_page),
            canonical,
            noindex: self.preview,
            route: slot.route.clone(),
            kind,
            section,
            social: own.and_then(Option::as_ref).or(self.social.site.as_ref()).cloned(),
        }
    }

    /// The heading of a field; a role's words are the site's own.
    fn field_label(&self, field: &crate::model::Field) -> String {
        match field {
            crate::model::Field::Actors(role) => crate::phrase::terms::capital(&self.site.config.role_words(role)),
            other => self.terms.field(other),
        }
    }

    /// A number of things in digits, in groups of three.
    fn digits(&self, number: usize) -> String {
        crate::phrase::pattern::grouped(&number.to_string(), self.lexicon.amount.group)
    }

    /// A year in words: `2006`, `44 BCE`; nothing = no day is known.
    fn year(&self, year: Option<i32>) -> String {
        year.map_or_else(
            || self.terms.undated.to_owned(),
            |year| {
                let name = crate::resolve::routes::year_name(year);
                crate::model::Date::parse(&name).map_or(name, |date| crate::phrase::date::words(&date, self.lexicon))
            },
        )
    }

    /// The address of a record's page; nothing when it has none.
    fn url(&self, root: &str, kind: RecordKind, id: &crate::model::Id) -> Option<String> {
        self.site.is_published(kind, id).then(|| format!("{root}{}", crate::resolve::routes::record(kind, id)))
    }
}

/// The way to the output folder from a page in one of its folders.
const BELOW: &str = "../";

/// The page of an incident under its title.
fn incident_link(root: &str, entry: &crate::resolve::IncidentEntry) -> parts::Link {
    let route = crate::resolve::routes::record(RecordKind::Incident, &entry.incident.id);
    parts::Link { text: entry.incident.title.clone(), url: Some(format!("{root}{route}")) }
}

/// The way from a page to the output folder.
fn root(route: &str) -> &'static str {
    if route.contains('/') { BELOW } else { "" }
}

/// The slots of a list of `rows` rows, `size` on each page.
fn list_slots(route: &str, subject: usize, rows: usize, size: usize, origin: Option<&FileId>) -> Vec<Slot> {
    (0..rows.div_ceil(size.max(1)).max(1))
        .map(|part| Slot { route: crate::resolve::routes::part(route, part), subject, part, origin: origin.cloned() })
        .collect()
}

/// The rows of a part.
fn part_of<T>(rows: &[T], part: usize, size: usize) -> &[T] {
    let start = part.saturating_mul(size).min(rows.len());
    let end = start.saturating_add(size).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

/// The pages that a page of a list names: the first, the last, and its neighbours. All of them on all of them would be
/// a list that grows with the square of its length.
fn near(part: usize, total: usize) -> Vec<usize> {
    let around = part.saturating_sub(2)..=(part + 2).min(total - 1);
    let mut pages: Vec<usize> = std::iter::once(0).chain(around).chain([total - 1]).collect();
    pages.dedup();
    pages
}

/// The way through a list of `rows` rows; nothing when one page holds it.
fn pager(world: &World, route: &str, part: usize, rows: usize) -> Option<parts::Pager> {
    let total = rows.div_ceil(world.site.config.timeline.page.max(1)).max(1);
    if total == 1 {
        return None;
    }
    let root = root(route);
    let to = |part: usize| format!("{root}{}", crate::resolve::routes::part(route, part));
    let words = |part: usize| {
        crate::phrase::pattern::fill(world.terms.part, &[("n", &(part + 1).to_string()), ("total", &total.to_string())])
    };
    Some(parts::Pager {
        words: words(part),
        previous: part.checked_sub(1).map(to),
        next: (part + 1 < total).then(|| to(part + 1)),
        pages: near(part, total)
            .into_iter()
            .map(|at| parts::PagerLink {
                text: (at + 1).to_string(),
                url: (at != part).then(|| to(at)),
                after_gap: at > 0 && !near(part, total).contains(&(at - 1)),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests;
