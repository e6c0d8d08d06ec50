//! The site: records with what is derived beside them.

use super::fields::{self, FieldState, Standing};
use crate::config::Config;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::vocabulary::Rank;
use crate::model::{Date, Entity, Field, Id, Incident, Page, Place, Record, RecordKind, Source, Value};
use crate::noted::{Changes, Noted, Part, Table};
use crate::source_text::FileId;
use foldhash::fast::RandomState;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Everything that pages and exports are made of.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The incidents that are published, in the order of the timeline.
    pub incidents: Table<IncidentEntry>,
    /// The sources, by id. Drafts among them are known and not published.
    pub sources: Table<SourceEntry>,
    /// The entities, by id.
    pub entities: Table<EntityEntry>,
    /// The places, by id.
    pub places: Table<PlaceEntry>,
    /// The plain pages that are published, in their order.
    pub pages: Table<Arc<Page>>,
    /// Earlier ids of what is published.
    pub aliases: Table<Alias>,
    /// Incidents and pages that are drafts and not published.
    pub hidden: Noted<BTreeSet<(RecordKind, Id)>>,
    /// Files that should hold a record and could not be read.
    pub broken: Noted<BTreeSet<(RecordKind, Id)>>,
    index: Index,
}

/// The number of each record among those of its kind.
#[derive(Clone, Debug)]
struct Index([Noted<Numbers>; RecordKind::ALL.len()]);

/// Every page looks up many names.
type Numbers = HashMap<Id, usize, RandomState>;

impl Index {
    fn of(site: &Site) -> Self {
        let number = |ids: &mut dyn Iterator<Item = &Id>| -> Numbers { ids.cloned().zip(0..).collect() };
        let others = || {
            [
                number(&mut site.sources.iter().map(|entry| &entry.source.id)),
                number(&mut site.entities.iter().map(|entry| &entry.entity.id)),
                number(&mut site.places.iter().map(|entry| &entry.place.id)),
                number(&mut site.pages.iter().map(|page| &page.id)),
            ]
        };
        let incidents = || number(&mut site.incidents.iter().map(|entry| &entry.incident.id));
        let (incidents, [sources, entities, places, pages]) = rayon::join(incidents, others);
        // In the order of `RecordKind::ALL`.
        Self([
            Noted::new(Part::IncidentNames, incidents),
            Noted::new(Part::SourceNames, sources),
            Noted::new(Part::EntityNames, entities),
            Noted::new(Part::PlaceNames, places),
            Noted::new(Part::PageNames, pages),
        ])
    }

    fn empty() -> Self {
        Self(RecordKind::ALL.map(|kind| Noted::new(names(kind), Numbers::default())))
    }

    fn find(&self, kind: RecordKind, id: &Id) -> Option<usize> {
        let place = RecordKind::ALL.iter().position(|known| *known == kind)?;
        self.0.get(place)?.get(id).copied()
    }
}

/// Which names of a kind there are, and the number of each.
fn names(kind: RecordKind) -> Part {
    match kind {
        RecordKind::Incident => Part::IncidentNames,
        RecordKind::Source => Part::SourceNames,
        RecordKind::Entity => Part::EntityNames,
        RecordKind::Place => Part::PlaceNames,
        RecordKind::Page => Part::PageNames,
    }
}

/// An incident and what is derived of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentEntry {
    /// The record.
    pub incident: Arc<Incident>,
    /// Its fields in the order of the page.
    pub fields: Arc<[FieldState]>,
    /// When it happened, as shown.
    pub date: Date,
    /// Relations of others to it: the other's number in the timeline, and its relation's in the other's record.
    pub inbound: Vec<(usize, usize)>,
    standings: Arc<[Standing]>,
}

/// A source and what rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// The record.
    pub source: Arc<Source>,
    /// Whether it has a page.
    pub published: bool,
    /// What is read in it.
    pub supports: Vec<Support>,
    /// Claims that came through it on their way to what was read: incident and claim.
    pub carries: Vec<(usize, usize)>,
    /// Sources that cite it, by their numbers.
    pub cited_by: Vec<usize>,
    /// Whether any incident names it.
    pub named: bool,
}

/// Something that rests on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The incident's number in the timeline.
    pub incident: usize,
    /// What of it.
    pub what: Supported,
}

/// What of an incident rests on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supported {
    /// A claim, by its number.
    Claim(usize),
    /// Fields without claims: the record names the source as a whole, at its citation of this number.
    Record(usize),
    /// A relation, by its number.
    Relation(usize),
}

/// An entity and where it appears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityEntry {
    /// The record.
    pub entity: Arc<Entity>,
    /// Whether it has a page.
    pub published: bool,
    /// Incidents and the role shown in each.
    pub roles: Vec<(usize, String)>,
    /// Claims that it asserts: incident and claim.
    pub claims_by: Vec<(usize, usize)>,
    /// Claims that name it: incident and claim.
    pub claims_about: Vec<(usize, usize)>,
    /// Entities that are part of it.
    pub parts: Vec<usize>,
    /// Sources that it published.
    pub published_sources: Vec<usize>,
    /// Whether any incident names it.
    pub named: bool,
}

/// A place and where it appears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceEntry {
    /// The record.
    pub place: Arc<Place>,
    /// Whether it has a page.
    pub published: bool,
    /// Incidents that happened there.
    pub incidents: Vec<usize>,
    /// Places within it.
    pub parts: Vec<usize>,
    /// Whether any incident names it.
    pub named: bool,
}

/// An earlier id, which leads to the present one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// What kind of record.
    pub kind: RecordKind,
    /// The earlier id.
    pub old: Id,
    /// The present id.
    pub id: Id,
    /// The file that names it.
    pub file: FileId,
}

impl Site {
    /// The number of a published incident.
    pub fn incident(&self, id: &Id) -> Option<usize> {
        self.find(RecordKind::Incident, id)
    }

    /// The entry of a source.
    pub fn source(&self, id: &Id) -> Option<&SourceEntry> {
        self.find(RecordKind::Source, id).and_then(|at| self.sources.get(at))
    }

    /// The entry of an entity.
    pub fn entity(&self, id: &Id) -> Option<&EntityEntry> {
        self.find(RecordKind::Entity, id).and_then(|at| self.entities.get(at))
    }

    /// The entry of a place.
    pub fn place(&self, id: &Id) -> Option<&PlaceEntry> {
        self.find(RecordKind::Place, id).and_then(|at| self.places.get(at))
    }

    /// The number of a record among those of its kind.
    pub fn find(&self, kind: RecordKind, id: &Id) -> Option<usize> {
        self.index.find(kind, id)
    }

    /// Whether anything of that name was defined, readable or not, published or not.
    pub fn is_defined(&self, kind: RecordKind, id: &Id) -> bool {
        self.find(kind, id).is_some()
            || self.hidden.contains(&(kind, id.clone()))
            || self.broken.contains(&(kind, id.clone()))
    }

    /// Whether a record of that name has a page.
    pub fn is_published(&self, kind: RecordKind, id: &Id) -> bool {
        self.find(kind, id).is_some_and(|number| self.has_page(kind, number))
    }

    /// Whether the record of a number has a page.
    pub fn has_page(&self, kind: RecordKind, number: usize) -> bool {
        match kind {
            RecordKind::Incident | RecordKind::Page => true,
            RecordKind::Source => self.sources.get(number).is_some_and(|entry| entry.published),
            RecordKind::Entity => self.entities.get(number).is_some_and(|entry| entry.published),
            RecordKind::Place => self.places.get(number).is_some_and(|entry| entry.published),
        }
    }

    /// Notes what differs from an earlier state of the same site with the same settings.
    pub fn changes(&self, old: &Self, changes: &mut Changes) {
        let Self { config: _, incidents, sources, entities, places, pages, aliases, hidden, broken, index } = self;
        // What is derived of a record alone is taken over with it, so that mostly addresses tell.
        let same_derived = |a: &IncidentEntry, b: &IncidentEntry| Arc::ptr_eq(&a.fields, &b.fields);
        let same_record = |a: &IncidentEntry, b: &IncidentEntry| Arc::ptr_eq(&a.incident, &b.incident);
        changes.table(&old.incidents, incidents, |a, b| {
            (same_record(a, b) && same_derived(a, b) && a.inbound == b.inbound) || a == b
        });
        changes.table(&old.sources, sources, |a, b| a == b);
        changes.table(&old.entities, entities, |a, b| a == b);
        changes.table(&old.places, places, |a, b| a == b);
        changes.table(&old.pages, pages, |a, b| Arc::ptr_eq(a, b) || a == b);
        changes.table(&old.aliases, aliases, |a, b| a == b);
        changes.value(&old.hidden, hidden, |a, b| a == b);
        changes.value(&old.broken, broken, |a, b| a == b);
        for (old, new) in old.index.0.iter().zip(&index.0) {
            changes.value(old, new, |a, b| a == b);
        }
    }

    /// The ids of all records of a kind, for guesses.
    pub fn ids(&self, kind: RecordKind) -> Vec<&str> {
        match kind {
            RecordKind::Incident => self.incidents.iter().map(|entry| entry.incident.id.as_str()).collect(),
            RecordKind::Source => self.sources.iter().map(|entry| entry.source.id.as_str()).collect(),
            RecordKind::Entity => self.entities.iter().map(|entry| entry.entity.id.as_str()).collect(),
            RecordKind::Place => self.places.iter().map(|entry| entry.place.id.as_str()).collect(),
            RecordKind::Page => self.pages.iter().map(|page| page.id.as_str()).collect(),
        }
    }
}

impl IncidentEntry {
    /// The state of a field, when the record says anything of it.
    pub fn field(&self, field: &Field) -> Option<&FieldState> {
        self.fields.iter().find(|state| state.field == *field)
    }

    /// How a claim of the record stands to what is shown, by its number.
    pub fn standing(&self, claim: usize) -> Standing {
        self.standings.get(claim).copied().unwrap_or(Standing::Shown)
    }

    /// The names of disputed fields, `relations` among them.
    pub fn disputed(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.fields.iter().filter(|state| state.disputed).map(|state| state.field.to_string()).collect();
        if self.has_disputed_relation() {
            names.push("relations".to_owned());
        }
        names
    }

    /// Whether anything of the record is disputed.
    pub fn is_disputed(&self) -> bool {
        self.fields.iter().any(|state| state.disputed) || self.has_disputed_relation()
    }

    /// The number of disputed fields.
    pub fn disputed_count(&self) -> usize {
        self.fields.iter().filter(|state| state.disputed).count() + usize::from(self.has_disputed_relation())
    }

    fn has_disputed_relation(&self) -> bool {
        self.incident.relations.iter().any(|relation| relation.rank == Rank::Deprecated)
    }
}

/// Sorts the records into a site; reports what is defined twice.
///
/// What is derived of an incident alone is taken over from `last` when the record is the very same one.
pub(super) fn collect(
    records: &[Record],
    config: &Arc<Config>,
    last: Option<&Site>,
    problems: &mut Vec<Diagnostic>,
) -> Site {
    let known = |incident: &Arc<Incident>| {
        let last = last?;
        let entry = last.incidents.get(last.incident(&incident.id)?)?;
        let is_same = Arc::ptr_eq(&entry.incident, incident);
        is_same.then(|| IncidentEntry { inbound: Vec::new(), ..entry.clone() })
    };
    let entries: Vec<Option<IncidentEntry>> = records
        .par_iter()
        .map(|record| match record {
            Record::Incident(incident) => Some(known(incident).unwrap_or_else(|| entry(incident))),
            _ => None,
        })
        .collect();
    let mut defined: HashMap<(RecordKind, Id), &FileId, RandomState> = HashMap::default();
    let mut aliases: Vec<Alias> = Vec::new();
    let mut site = Site {
        config: config.clone(),
        incidents: Table::new(Part::Incidents, Vec::new()),
        sources: Table::new(Part::Sources, Vec::new()),
        entities: Table::new(Part::Entities, Vec::new()),
        places: Table::new(Part::Places, Vec::new()),
        pages: Table::new(Part::Pages, Vec::new()),
        aliases: Table::new(Part::Aliases, Vec::new()),
        hidden: Noted::new(Part::Hidden, BTreeSet::new()),
        broken: Noted::new(Part::Broken, BTreeSet::new()),
        index: Index::empty(),
    };
    for (record, entry) in records.iter().zip(entries) {
        let (kind, id, file) = (record.kind(), record.id(), record.file());
        if let Some(first) = defined.get(&(kind, id.clone())) {
            problems.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    At::file(file),
                    format!("two files define the {} `{id}`", kind.noun()),
                )
                .label(At::file(first), "first defined here")
                .help("rename one of the two; folders below a kind are free and no part of the id"),
            );
            continue;
        }
        defined.insert((kind, id.clone()), file);
        let old = record.aliases().iter();
        aliases.extend(old.map(|old| Alias { kind, old: old.clone(), id: id.clone(), file: file.clone() }));
        match record {
            Record::Incident(_) => site.incidents.items_mut().extend(entry),
            Record::Page(page) => site.pages.items_mut().push(page.clone()),
            Record::Source(source) => site.sources.items_mut().push(SourceEntry {
                source: source.clone(),
                published: true,
                supports: Vec::new(),
                carries: Vec::new(),
                cited_by: Vec::new(),
                named: false,
            }),
            Record::Entity(entity) => site.entities.items_mut().push(EntityEntry {
                entity: entity.clone(),
                published: true,
                roles: Vec::new(),
                claims_by: Vec::new(),
                claims_about: Vec::new(),
                parts: Vec::new(),
                published_sources: Vec::new(),
                named: false,
            }),
            Record::Place(place) => site.places.items_mut().push(PlaceEntry {
                place: place.clone(),
                published: true,
                incidents: Vec::new(),
                parts: Vec::new(),
                named: false,
            }),
            Record::Broken(..) => {
                site.broken.insert((kind, id.clone()));
            }
        }
    }
    site.incidents.items_mut().sort_by_cached_key(|entry| (entry.date.timeline_key(), entry.incident.id.clone()));
    site.sources.items_mut().sort_by(|a, b| a.source.id.cmp(&b.source.id));
    site.entities.items_mut().sort_by(|a, b| a.entity.id.cmp(&b.entity.id));
    site.places.items_mut().sort_by(|a, b| a.place.id.cmp(&b.place.id));
    site.pages
        .items_mut()
        .sort_by(|a, b| (a.order.is_none(), a.order, &a.id).cmp(&(b.order.is_none(), b.order, &b.id)));
    site.index = Index::of(&site);
    *site.aliases.items_mut() = sound_aliases(aliases, &defined, problems);
    site
}

/// Takes the drafts out, and everything that came of them.
pub(super) fn hide_drafts(site: &mut Site) {
    let hidden: &mut BTreeSet<(RecordKind, Id)> = &mut site.hidden;
    let mut keep = |kind: RecordKind, id: &Id, draft: bool| {
        if draft {
            hidden.insert((kind, id.clone()));
        }
        !draft
    };
    site.incidents.items_mut().retain(|entry| keep(RecordKind::Incident, &entry.incident.id, entry.incident.draft));
    site.pages.items_mut().retain(|page| keep(RecordKind::Page, &page.id, page.draft));
    site.index = Index::of(site);
    // The numbers of incidents are others now, and what rested on a draft rests on nothing.
    for entry in site.incidents.items_mut() {
        entry.inbound.clear();
    }
    for entry in site.sources.items_mut() {
        entry.published = !entry.source.draft;
        (entry.supports, entry.carries, entry.cited_by) = Default::default();
    }
    for entry in site.entities.items_mut() {
        entry.published = !entry.entity.draft;
        (entry.roles, entry.claims_by, entry.claims_about) = Default::default();
        (entry.parts, entry.published_sources) = Default::default();
    }
    for entry in site.places.items_mut() {
        entry.published = !entry.place.draft;
        (entry.incidents, entry.parts) = Default::default();
    }
    let aliases = std::mem::take(site.aliases.items_mut());
    *site.aliases.items_mut() = aliases.into_iter().filter(|alias| site.is_published(alias.kind, &alias.id)).collect();
}

fn entry(incident: &Arc<Incident>) -> IncidentEntry {
    let fields = fields::states(incident);
    let date = fields.iter().find(|state| state.field == Field::Date).and_then(|state| {
        match fields::shown_values(incident, state).as_slice() {
            [Value::Date(date), ..] => Some(date.clone()),
            _ => None,
        }
    });
    let date = date.or_else(|| incident.date.clone()).unwrap_or_else(Date::unknown);
    let mut standings = vec![Standing::Shown; incident.claims.len()];
    for (at, standing) in fields.iter().flat_map(|state| &state.claims) {
        if let Some(place) = standings.get_mut(*at) {
            *place = *standing;
        }
    }
    IncidentEntry {
        incident: incident.clone(),
        fields: fields.into(),
        date,
        inbound: Vec::new(),
        standings: standings.into(),
    }
}

fn sound_aliases(
    aliases: Vec<Alias>,
    defined: &HashMap<(RecordKind, Id), &FileId, RandomState>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Alias> {
    let mut taken: HashMap<(RecordKind, Id), At> = HashMap::new();
    let mut sound = Vec::new();
    let mut numbers: HashMap<FileId, usize> = HashMap::new();
    for alias in aliases {
        let number = numbers.entry(alias.file.clone()).or_insert(0);
        let at = At::value(&alias.file, &KeyPath::of("aliases").index(*number));
        *number += 1;
        let key = (alias.kind, alias.old.clone());
        let noun = alias.kind.noun();
        let problem = match (defined.get(&key), taken.get(&key)) {
            (Some(file), _) if **file == alias.file => {
                Some((format!("the alias `{}` is the id of this record itself", alias.old), None))
            }
            (Some(file), _) => {
                Some((format!("the alias `{}` is the id of another {noun}", alias.old), Some(At::file(file))))
            }
            (None, Some(at)) => Some((format!("the alias `{}` is taken already", alias.old), Some(at.clone()))),
            (None, None) => None,
        };
        match problem {
            Some((message, other)) => {
                let problem = Diagnostic::new(Code::AliasCollision, at, message);
                let problem = match other {
                    Some(other) => problem.label(other, "taken here"),
                    None => problem,
                };
                problems.push(problem.help("remove the alias, or give it to one record only"));
            }
            None => {
                taken.insert(key, at);
                sound.push(alias);
            }
        }
    }
    sound
}
