//! Which incidents stand on which facet page. Made once a build.

use crate::model::{Field, Id};
use crate::resolve::{Site, routes};
use std::collections::BTreeMap;

/// The incidents of each kind, tag and year, in the order of the timeline.
#[derive(Debug, Default)]
pub struct Facets {
    /// Kinds in the order of the lanes: declared ones first, then as found.
    pub kinds: Vec<(Id, Vec<usize>)>,
    /// Tags by slug, with the tag as first written.
    pub tags: Vec<(String, String, Vec<usize>)>,
    /// Years; nothing = dates without any day, which come last.
    pub years: Vec<(Option<i32>, Vec<usize>)>,
    /// The number of disputed fields of the site.
    pub disputed: usize,
    /// The number of claims of the site.
    pub claims: usize,
    /// Rows of the figures page: incident, and the number of the field's state in its entry.
    pub figures: Vec<(usize, usize)>,
    /// Totals of amounts, as far as they can be given.
    pub(super) totals: Vec<super::figures::Total>,
    /// Rows of the page of disputed fields: incident, and the number of the field's state; nothing = relations.
    pub disputes: Vec<(usize, Option<usize>)>,
    /// Rows of the page of corrections, newest first: incident and correction.
    pub corrections: Vec<(usize, usize)>,
    /// Incidents in the order in which they became known, each with that date.
    pub known: Vec<(usize, crate::model::Date)>,
    /// Of each source the incidents that it touches, in the order of the timeline.
    pub touched: Vec<Vec<usize>>,
    /// Published sources in the order of their index.
    pub sources: Vec<usize>,
    /// Published entities in the order of their index.
    pub entities: Vec<usize>,
    /// Published places in the order of their index.
    pub places: Vec<usize>,
}

impl Facets {
    /// Walks the site once.
    pub fn of(site: &Site) -> Self {
        let mut facets = Self {
            kinds: site.config.kinds.iter().map(|(kind, _)| (kind.clone(), Vec::new())).collect(),
            ..Self::default()
        };
        let mut tags: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        let mut years: BTreeMap<(bool, Option<i32>), Vec<usize>> = BTreeMap::new();
        let mut kind_at: BTreeMap<Id, usize> =
            facets.kinds.iter().enumerate().map(|(at, (kind, _))| (kind.clone(), at)).collect();
        for (number, entry) in site.incidents.iter().enumerate() {
            let incident = &entry.incident;
            if let Some(kind) = &incident.kind {
                let at = *kind_at.entry(kind.clone()).or_insert_with(|| {
                    facets.kinds.push((kind.clone(), Vec::new()));
                    facets.kinds.len() - 1
                });
                if let Some((_, incidents)) = facets.kinds.get_mut(at) {
                    incidents.push(number);
                }
            }
            for tag in &incident.tags {
                let Some(slug) = routes::tag_slug(tag) else { continue };
                let (_, incidents) = tags.entry(slug).or_insert_with(|| (tag.clone(), Vec::new()));
                if incidents.last() != Some(&number) {
                    incidents.push(number);
                }
            }
            for year in routes::years(&entry.date) {
                years.entry((year.is_none(), year)).or_default().push(number);
            }
            facets.claims += incident.claims.len();
            facets.disputed += entry.disputed_count();
            for (at, state) in entry.fields.iter().enumerate() {
                if matches!(state.field, Field::Amount | Field::Count(_)) {
                    facets.figures.push((number, at));
                }
                if state.disputed {
                    facets.disputes.push((number, Some(at)));
                }
            }
            if incident.relations.iter().any(|r| r.rank == crate::model::vocabulary::Rank::Deprecated) {
                facets.disputes.push((number, None));
            }
            facets.corrections.extend((0..incident.corrections.len()).map(|at| (number, at)));
        }
        facets.tags = tags.into_iter().map(|(slug, (tag, incidents))| (slug, tag, incidents)).collect();
        facets.years = years.into_iter().map(|((_, year), incidents)| (year, incidents)).collect();
        let on = |(incident, at): &(usize, usize)| {
            site.incidents
                .get(*incident)
                .and_then(|entry| entry.incident.corrections.get(*at))
                .and_then(|correction| correction.on.earliest())
        };
        // Newest first; on one day in the order of the timeline.
        facets.corrections.sort_by_key(|row| std::cmp::Reverse(on(row)));
        facets.totals = super::figures::totals(site, &facets.kinds.iter().map(|(kind, _)| kind).collect::<Vec<_>>());
        facets.known = super::known::order(site);
        facets.touched = site.sources.iter().map(super::source::incidents_of).collect();
        facets.sources = super::index::sources(site);
        facets.entities = super::index::entities(site);
        facets.places = super::index::places(site);
        facets
    }
}
