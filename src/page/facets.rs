//! Which incidents stand on which facet page. Made once a build.

use crate::model::{Field, Id};
use crate::noted::{Changes, Noted, Part, Table};
use crate::resolve::{Site, routes};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// The incidents of each kind, tag and year, in the order of the timeline.
#[derive(Debug)]
pub struct Facets {
    /// Kinds in the order of the lanes: declared ones first, then as found.
    pub kinds: Table<(Id, Vec<usize>)>,
    /// Tags by slug, with the tag as first written.
    pub tags: Table<(String, String, Vec<usize>)>,
    /// Years; nothing = dates without any day, which come last.
    pub years: Table<(Option<i32>, Vec<usize>)>,
    /// The number of disputed fields of the site.
    pub disputed: Noted<usize>,
    /// The number of claims of the site.
    pub claims: Noted<usize>,
    /// Rows of the figures page: incident, and the number of the field's state in its entry.
    pub figures: Noted<Vec<(usize, usize)>>,
    /// Totals of amounts, as far as they can be given.
    pub(super) totals: Noted<Vec<crate::totals::Total>>,
    /// Rows of the page of disputed fields: incident, and the number of the field's state; nothing = relations.
    pub disputes: Noted<Vec<(usize, Option<usize>)>>,
    /// Rows of the page of corrections, newest first: incident and correction.
    pub corrections: Noted<Vec<(usize, usize)>>,
    /// Incidents in the order in which they became known, each with that date.
    pub known: Noted<Vec<(usize, crate::model::Date)>>,
    /// Of each source the incidents that it touches, in the order of the timeline.
    pub touched: Table<Vec<usize>>,
    /// Published sources in the order of their index.
    pub sources: Noted<Vec<usize>>,
    /// Published entities in the order of their index.
    pub entities: Noted<Vec<usize>>,
    /// Published places in the order of their index.
    pub places: Noted<Vec<usize>>,
}

impl Facets {
    /// Walks the site once.
    pub fn of(site: &Site) -> Self {
        let mut kinds: Vec<(Id, Vec<usize>)> =
            site.config.kinds.iter().map(|(kind, _)| (kind.clone(), Vec::new())).collect();
        let (mut claims, mut disputed) = (0, 0);
        let (mut figures, mut disputes, mut corrections) = (Vec::new(), Vec::new(), Vec::new());
        let mut tags: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        let mut slugs: HashMap<&str, Option<String>, RandomState> = HashMap::default();
        let mut years: BTreeMap<(bool, Option<i32>), Vec<usize>> = BTreeMap::new();
        let mut kind_at: BTreeMap<Id, usize> =
            kinds.iter().enumerate().map(|(at, (kind, _))| (kind.clone(), at)).collect();
        for (number, entry) in site.incidents.iter().enumerate() {
            let incident = &entry.incident;
            if let Some(kind) = &incident.kind {
                let at = *kind_at.entry(kind.clone()).or_insert_with(|| {
                    kinds.push((kind.clone(), Vec::new()));
                    kinds.len() - 1
                });
                if let Some((_, incidents)) = kinds.get_mut(at) {
                    incidents.push(number);
                }
            }
            for tag in &incident.tags {
                // Most tags stand in many records.
                let Some(slug) = slugs.entry(tag).or_insert_with(|| routes::tag_slug(tag)) else { continue };
                let (_, incidents) = match tags.get_mut(slug) {
                    Some(known) => known,
                    None => tags.entry(slug.clone()).or_insert_with(|| (tag.clone(), Vec::new())),
                };
                if incidents.last() != Some(&number) {
                    incidents.push(number);
                }
            }
            for year in routes::years(&entry.date) {
                years.entry((year.is_none(), year)).or_default().push(number);
            }
            claims += incident.claims.len();
            disputed += entry.disputed_count();
            for (at, state) in entry.fields.iter().enumerate() {
                if matches!(state.field, Field::Amount | Field::Count(_)) {
                    figures.push((number, at));
                }
                if state.disputed {
                    disputes.push((number, Some(at)));
                }
            }
            if incident.relations.iter().any(|r| r.rank == crate::model::vocabulary::Rank::Deprecated) {
                disputes.push((number, None));
            }
            corrections.extend((0..incident.corrections.len()).map(|at| (number, at)));
        }
        let on = |(incident, at): &(usize, usize)| {
            site.incidents
                .get(*incident)
                .and_then(|entry| entry.incident.corrections.get(*at))
                .and_then(|correction| correction.on.earliest())
        };
        // Newest first; on one day in the order of the timeline.
        corrections.sort_by_key(|row| std::cmp::Reverse(on(row)));
        let names: Vec<&Id> = kinds.iter().map(|(kind, _)| kind).collect();
        let (totals, known) = rayon::join(|| crate::totals::totals(site, &names), || super::known::order(site));
        Self {
            kinds: Table::new(Part::Kinds, kinds),
            tags: Table::new(Part::Tags, tags.into_iter().map(|(slug, (tag, on))| (slug, tag, on)).collect()),
            years: Table::new(Part::Years, years.into_iter().map(|((_, year), on)| (year, on)).collect()),
            disputed: Noted::new(Part::CountOfDisputes, disputed),
            claims: Noted::new(Part::CountOfClaims, claims),
            figures: Noted::new(Part::Figures, figures),
            totals: Noted::new(Part::Totals, totals),
            disputes: Noted::new(Part::Disputes, disputes),
            corrections: Noted::new(Part::Corrections, corrections),
            known: Noted::new(Part::Known, known),
            touched: Table::new(Part::Touched, site.sources.iter().map(super::source::incidents_of).collect()),
            sources: Noted::new(Part::SourceOrder, super::index::sources(site)),
            entities: Noted::new(Part::EntityOrder, super::index::entities(site)),
            places: Noted::new(Part::PlaceOrder, super::index::places(site)),
        }
    }

    /// Notes what differs from an earlier state of the same site with the same settings.
    pub fn changes(&self, old: &Self, changes: &mut Changes) {
        let Self { kinds, tags, years, disputed, claims, figures, totals, disputes, .. } = self;
        let Self { corrections, known, touched, sources, entities, places, .. } = self;
        changes.table(&old.kinds, kinds, |a, b| a == b);
        changes.table(&old.tags, tags, |a, b| a == b);
        changes.table(&old.years, years, |a, b| a == b);
        changes.value(&old.disputed, disputed, |a, b| a == b);
        changes.value(&old.claims, claims, |a, b| a == b);
        changes.value(&old.figures, figures, |a, b| a == b);
        changes.value(&old.totals, totals, |a, b| a == b);
        changes.value(&old.disputes, disputes, |a, b| a == b);
        changes.value(&old.corrections, corrections, |a, b| a == b);
        changes.value(&old.known, known, |a, b| a == b);
        changes.table(&old.touched, touched, |a, b| a == b);
        changes.value(&old.sources, sources, |a, b| a == b);
        changes.value(&old.entities, entities, |a, b| a == b);
        changes.value(&old.places, places, |a, b| a == b);
    }
}
