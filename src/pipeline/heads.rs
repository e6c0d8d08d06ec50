//! All that is made of records without their long texts.
//!
//! Most saves change a text. Then the records are the same, and all of this is.

use super::words;
use crate::cards::{self, Plan};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Record;
use crate::noted::{Later, Noted, Part, Table};
use crate::page::{Cards, Facets, KINDS, Kind, Slot, SocialCards, parts};
use crate::phrase::{self, Lexicon};
use crate::resolve::{self, Choices, Site};
use crate::validate;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// The site, and which pages it has.
#[derive(Debug)]
pub(super) struct Heads {
    records: Vec<Record>,
    drafts: bool,
    /// The site as its readers see it.
    pub site: Arc<Site>,
    /// Problems of identity and of meaning.
    pub problems: Vec<Diagnostic>,
    pub facets: Arc<Facets>,
    pub lexicon: &'static Lexicon,
    /// By what incidents can be chosen.
    pub choices: Later<Choices>,
    /// The incidents as rows of lists.
    pub rows: Arc<Cards>,
    /// All pages.
    pub slots: Vec<(&'static Kind, Slot)>,
    /// The number of each page by its path. Of several pages with one path the first, which is a problem elsewhere.
    pub routes: HashMap<String, usize, RandomState>,
    /// The social cards, not drawn.
    pub pictures: Plan,
    pub social: Arc<SocialCards>,
}

impl Heads {
    /// Runs the stages from the records to the list of pages, unless `last` was made of the same.
    pub fn new(
        records: Vec<Record>,
        config: &Arc<Config>,
        drafts: bool,
        last: Option<&Arc<Self>>,
        on_stage: &dyn Fn(&'static str),
    ) -> Arc<Self> {
        if let Some(last) = last
            && last.drafts == drafts
            && last.site.config == *config
            && last.records.len() == records.len()
            && last.records.iter().zip(&records).all(|(a, b)| is_same(a, b))
        {
            return last.clone();
        }
        on_stage("resolve");
        let (all, mut problems) = resolve::site_after(last.map(|last| &*last.site), &records, config);
        on_stage("validate");
        problems.extend(words::missing(&config.language));
        // Drafts are held to the rules like everything else, but they are not there for readers.
        let (site, facets) = if drafts || !records.iter().any(Record::is_draft) {
            let (found, facets) = rayon::join(|| validate::site(&all), || Facets::of(&all));
            problems.extend(found);
            (all, facets)
        } else {
            problems.extend(validate::site(&all));
            let (site, found) = resolve::without_drafts(all);
            problems.extend(found);
            let facets = Facets::of(&site);
            (site, facets)
        };
        on_stage("plan");
        let lexicon = phrase::lexicon(&config.language);
        let site = Arc::new(site);
        let slots: Vec<(&Kind, Slot)> = KINDS
            .iter()
            .flat_map(|kind| (kind.slots)(&site, &facets).into_iter().map(move |slot| (kind, slot)))
            .collect();
        let mut routes = HashMap::with_capacity_and_hasher(slots.len(), RandomState::default());
        for (number, (_, slot)) in slots.iter().enumerate() {
            routes.entry(slot.route.clone()).or_insert(number);
        }
        let choices = Later::new(Part::Choices, {
            let site = site.clone();
            move || Choices::of(&site)
        });
        // The home page will ask for them; there is room beside what follows.
        let soon = choices.clone();
        rayon::spawn(move || _ = soon.get());
        let pictures = cards::plan(&site, lexicon);
        Arc::new(Self {
            records,
            drafts,
            problems,
            rows: Arc::new(Cards::of(site.incidents.len())),
            social: Arc::new(social(&pictures, &site)),
            choices,
            site,
            facets: Arc::new(facets),
            lexicon,
            slots,
            routes,
            pictures,
        })
    }
}

fn is_same(a: &Record, b: &Record) -> bool {
    match (a, b) {
        (Record::Incident(a), Record::Incident(b)) => Arc::ptr_eq(a, b),
        (Record::Source(a), Record::Source(b)) => Arc::ptr_eq(a, b),
        (Record::Entity(a), Record::Entity(b)) => Arc::ptr_eq(a, b),
        (Record::Place(a), Record::Place(b)) => Arc::ptr_eq(a, b),
        (Record::Page(a), Record::Page(b)) => Arc::ptr_eq(a, b),
        (Record::Broken(..), Record::Broken(..)) => a == b,
        _ => false,
    }
}

/// The cards as pages name them.
fn social(plan: &Plan, site: &Site) -> SocialCards {
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let card = |card: &cards::Card| parts::SocialCard {
        url: format!("{base}{}", card.path),
        alt: card.words.clone(),
        width: cards::WIDTH,
        height: cards::HEIGHT,
    };
    let incidents = if plan.incidents.is_empty() { 0 } else { site.incidents.len() };
    SocialCards {
        site: Noted::new(Part::SiteCard, plan.site.as_ref().map(card)),
        incidents: Table::new(
            Part::IncidentCards,
            (0..incidents).map(|number| plan.incidents.get(&number).map(card)).collect(),
        ),
    }
}
