//! What records name, held against what there is.

use super::Site;
use crate::config::Config;
use crate::diagnostic::nearest::{Names, nearest};
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::{Citation, Field, Id, Incident, Publisher, RecordKind, Source, Value};
use crate::source_text::FileId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// For how many names a near one is looked for: beyond that nobody reads on, and it takes time.
const GUESSES: usize = 2000;

/// Incidents that one thread looks through at a time.
const AT_ONCE: usize = 256;

/// Reports every name that stands for nothing: once each, at its first place, with the others as labels. Says which records
/// are named, too.
pub(super) fn check(site: &Site) -> (Vec<Diagnostic>, Named) {
    let mut problems = Vec::new();
    let named = Named::nobody(site);
    missing(site, &named).report_unknown(&mut problems);
    let config = &site.config;
    let mut vocabulary = Vocabulary {
        known_kinds: config.kinds.iter().map(|(known, _)| known.as_str()).collect(),
        known_roles: config.roles.iter().map(|(known, _)| known.as_str()).collect(),
        kinds: BTreeMap::new(),
        roles: BTreeMap::new(),
    };
    for entry in &site.incidents {
        vocabulary.meet(&entry.incident);
    }
    vocabulary.report(config, &mut problems);
    (problems, named)
}

/// Which sources, entities and places incidents name, by their numbers.
pub(super) struct Named {
    sources: Vec<AtomicBool>,
    entities: Vec<AtomicBool>,
    places: Vec<AtomicBool>,
}

impl Named {
    fn nobody(site: &Site) -> Self {
        let marks = |count: usize| (0..count).map(|_| AtomicBool::new(false)).collect();
        Self {
            sources: marks(site.sources.len()),
            entities: marks(site.entities.len()),
            places: marks(site.places.len()),
        }
    }

    fn mark(&self, kind: RecordKind, number: usize) {
        let marks = match kind {
            RecordKind::Source => &self.sources,
            RecordKind::Entity => &self.entities,
            RecordKind::Place => &self.places,
            RecordKind::Incident | RecordKind::Page => return,
        };
        if let Some(mark) = marks.get(number) {
            mark.store(true, Ordering::Relaxed);
        }
    }

    /// Writes it into the entries.
    pub fn write(self, site: &mut Site) {
        for (entry, mark) in site.sources.items_mut().iter_mut().zip(self.sources) {
            entry.named = mark.into_inner();
        }
        for (entry, mark) in site.entities.items_mut().iter_mut().zip(self.entities) {
            entry.named = mark.into_inner();
        }
        for (entry, mark) in site.places.items_mut().iter_mut().zip(self.places) {
            entry.named = mark.into_inner();
        }
    }
}

/// Reports every name that stands for a draft where readers see it: for a site whose drafts are hidden.
pub(super) fn check_drafts(site: &Site, problems: &mut Vec<Diagnostic>) {
    missing(site, &Named::nobody(site)).report_drafts(problems);
}

fn missing<'a>(site: &'a Site, named: &Named) -> Missing<'a> {
    let nothing = || Missing { site, unknown: BTreeMap::new(), drafts: BTreeMap::new() };
    let parts: Vec<Missing<'_>> = site
        .incidents
        .as_slice()
        .par_chunks(AT_ONCE)
        .map(|entries| {
            let mut missing = nothing();
            for entry in entries {
                let incident = &entry.incident;
                let file = &incident.file;
                of_incident(incident, &mut |kind, id, path| {
                    let number = site.find(kind, id);
                    if let Some(number) = number {
                        named.mark(kind, number);
                    }
                    if !number.is_some_and(|number| site.has_page(kind, number)) {
                        missing.meet(kind, id, file, incident.draft, path);
                    }
                });
            }
            missing
        })
        .collect();
    let mut missing = nothing();
    for part in parts {
        missing.extend(part);
    }
    for entry in &site.sources {
        let source = &entry.source;
        of_source(source, &mut |kind, id, path| missing.meet(kind, id, &source.file, source.draft, path));
    }
    for entry in &site.entities {
        let entity = &entry.entity;
        if let Some(whole) = &entity.part_of {
            missing.meet(RecordKind::Entity, whole, &entity.file, entity.draft, &|| KeyPath::of("part_of"));
        }
    }
    for entry in &site.places {
        let place = &entry.place;
        if let Some(whole) = &place.within {
            missing.meet(RecordKind::Place, whole, &place.file, place.draft, &|| KeyPath::of("within"));
        }
    }
    missing
}

/// What is done with a name: the kind of record it should stand for, the name, and the way to it.
pub type Meet<'a> = dyn FnMut(RecordKind, &Id, &dyn Fn() -> KeyPath) + 'a;

/// Calls `meet` for every record that an incident names, with the way to the name.
pub fn of_incident(incident: &Incident, meet: &mut Meet<'_>) {
    let root = KeyPath::root;
    for (role, ids) in &incident.actors {
        for (at, id) in ids.iter().enumerate() {
            meet(RecordKind::Entity, id, &|| root().key("actors").key(role).index(at));
        }
    }
    for (at, id) in incident.places.iter().enumerate() {
        meet(RecordKind::Place, id, &|| root().key("places").index(at));
    }
    for (at, citation) in incident.sources.iter().enumerate() {
        meet(RecordKind::Source, &citation.source, &|| root().key("sources").index(at));
    }
    for claim in &incident.claims {
        let here = || root().key("claims").index(claim.index);
        of_value(&claim.value, &|| here().key("is"), meet);
        if let Some(by) = &claim.by {
            meet(RecordKind::Entity, by, &|| here().key("by"));
        }
        for (at, id) in claim.via.iter().enumerate() {
            meet(RecordKind::Source, id, &|| here().key("via").index(at));
        }
        of_citation(&claim.citation, &|| here().key("in"), meet);
    }
    for relation in &incident.relations {
        let here = || root().key("relations").index(relation.index);
        meet(RecordKind::Incident, &relation.to, &|| here().key(relation.kind.word()));
        if let Some(citation) = &relation.citation {
            of_citation(citation, &|| here().key("in"), meet);
        }
    }
    for (name, value) in &incident.extra {
        of_value(value, &|| root().key("extra").key(name), meet);
    }
}

fn of_source(source: &Source, meet: &mut Meet<'_>) {
    if let Some(Publisher::Entity(id)) = &source.publisher {
        meet(RecordKind::Entity, id, &|| KeyPath::of("publisher"));
    }
    for (at, id) in source.cites.iter().enumerate() {
        meet(RecordKind::Source, id, &|| KeyPath::of("cites").index(at));
    }
}

fn of_citation(citation: &Citation, here: &dyn Fn() -> KeyPath, meet: &mut Meet<'_>) {
    meet(RecordKind::Source, &citation.source, here);
}

fn of_value(value: &Value, here: &dyn Fn() -> KeyPath, meet: &mut Meet<'_>) {
    let (kind, ids) = match value {
        Value::Entities(ids) => (RecordKind::Entity, ids),
        Value::Places(ids) => (RecordKind::Place, ids),
        Value::Date(_) | Value::Amount(_) | Value::Count(_) | Value::Status(_) | Value::Text(_) => return,
    };
    for (at, id) in ids.iter().enumerate() {
        meet(kind, id, &|| here().index(at));
    }
}

struct Missing<'a> {
    site: &'a Site,
    unknown: BTreeMap<(RecordKind, Id), Vec<At>>,
    drafts: BTreeMap<(RecordKind, Id), Vec<At>>,
}

impl Missing<'_> {
    fn meet(&mut self, kind: RecordKind, id: &Id, file: &FileId, in_draft: bool, path: &dyn Fn() -> KeyPath) {
        // An empty name keeps the place of an element that was reported already.
        if id.as_str().is_empty() || self.site.is_published(kind, id) {
            return;
        }
        let key = (kind, id.clone());
        if !self.site.is_defined(kind, id) {
            self.unknown.entry(key).or_default().push(At::value(file, &path()));
        } else if !in_draft && !self.site.broken.contains(&key) {
            self.drafts.entry(key).or_default().push(At::value(file, &path()));
        }
    }

    fn extend(&mut self, other: Self) {
        for (name, places) in other.unknown {
            self.unknown.entry(name).or_default().extend(places);
        }
        for (name, places) in other.drafts {
            self.drafts.entry(name).or_default().extend(places);
        }
    }

    fn report_unknown(&self, problems: &mut Vec<Diagnostic>) {
        let mut names: BTreeMap<RecordKind, Names<'_>> = BTreeMap::new();
        for (number, ((kind, id), places)) in self.unknown.iter().enumerate() {
            let code = match kind {
                RecordKind::Incident | RecordKind::Page => Code::UnknownIncident,
                RecordKind::Source => Code::UnknownSource,
                RecordKind::Entity => Code::UnknownEntity,
                RecordKind::Place => Code::UnknownPlace,
            };
            let noun = kind.noun();
            // A citation's id is a part of its scalar: the locator is not what is wrong.
            let Some(problem) = at_first(code, places, id, *kind, format!("there is no {noun} `{id}`")) else {
                continue;
            };
            let names = names.entry(*kind).or_insert_with(|| Names::new(self.site.ids(*kind)));
            let guess = if number < GUESSES { names.nearest(id.as_str()) } else { None };
            let (problem, make) = match guess {
                Some(guess) => (problem.help(format!("did you mean `{guess}`?")), "or make it"),
                None => (problem, "make it"),
            };
            problems.push(if crate::model::id::is_valid(id.as_str()) {
                problem.help(format!("{make}: `annals new {noun} {id}`"))
            } else {
                problem.help(format!("name it by its id: the name of its file in `content/{}/`", kind.folder()))
            });
        }
    }

    fn report_drafts(&self, problems: &mut Vec<Diagnostic>) {
        for ((kind, id), places) in &self.drafts {
            let noun = kind.noun();
            let message = format!("the {noun} `{id}` is a draft; it is named here and will not be linked");
            if let Some(problem) = at_first(Code::DraftReference, places, id, *kind, message) {
                problems
                    .push(problem.help("publish it by removing its `draft: true`, or make this record a draft too"));
            }
        }
    }
}

fn at_first(code: Code, places: &[At], id: &Id, kind: RecordKind, message: String) -> Option<Diagnostic> {
    let narrow = |at: &At| match (&at.spot, kind) {
        (crate::diagnostic::Spot::Value(path), RecordKind::Source) => {
            At::part(&at.file, path, crate::source_text::Span::new(0, id.as_str().len()))
        }
        _ => at.clone(),
    };
    let (first, others) = places.split_first()?;
    let mut problem = Diagnostic::new(code, narrow(first), message);
    for at in others {
        problem = problem.label(narrow(at), "also named here");
    }
    Some(problem)
}

/// Kinds and roles that the site does not declare, when it declares any: once each.
struct Vocabulary<'a> {
    known_kinds: BTreeSet<&'a str>,
    known_roles: BTreeSet<&'a str>,
    kinds: BTreeMap<Id, Vec<At>>,
    roles: BTreeMap<String, Vec<At>>,
}

impl Vocabulary<'_> {
    fn meet(&mut self, incident: &Incident) {
        if let Some(kind) = &incident.kind
            && !self.known_kinds.is_empty()
            && !self.known_kinds.contains(kind.as_str())
        {
            let at = At::value(&incident.file, &KeyPath::of("kind"));
            self.kinds.entry(kind.clone()).or_default().push(at);
        }
        let known = &self.known_roles;
        if known.is_empty() {
            return;
        }
        for (role, _) in incident.actors.iter().filter(|(role, _)| !known.contains(role.as_str())) {
            let at = At::key(&incident.file, &KeyPath::of("actors").key(role));
            self.roles.entry(role.clone()).or_default().push(at);
        }
        for claim in &incident.claims {
            if let Field::Actors(role) = &claim.about
                && !known.contains(role.as_str())
            {
                let path = KeyPath::of("claims").index(claim.index).key("about");
                // `actors.` belongs to the way to the role.
                let part = crate::source_text::Span::new("actors.".len(), "actors.".len() + role.len());
                self.roles.entry(role.clone()).or_default().push(At::part(&incident.file, &path, part));
            }
        }
    }

    fn report(self, config: &Config, problems: &mut Vec<Diagnostic>) {
        let mut tell = |code, name: &str, places: Vec<At>, known: Vec<&str>, noun: &str| {
            let mut places = places.into_iter();
            let Some(first) = places.next() else { return };
            let problem = Diagnostic::new(code, first, format!("`{name}` is no {noun} of this site"));
            let problem = places.fold(problem, |problem, at| problem.label(at, "also written here"));
            problems.push(declare(problem, name, known.into_iter(), noun));
        };
        for (kind, places) in self.kinds {
            let known = config.kinds.iter().map(|(known, _)| known.as_str()).collect();
            tell(Code::UnknownKind, kind.as_str(), places, known, "kind");
        }
        for (role, places) in self.roles {
            let known = config.roles.iter().map(|(known, _)| known.as_str()).collect();
            tell(Code::UnknownRole, &role, places, known, "role");
        }
    }
}

fn declare<'a>(
    problem: Diagnostic,
    given: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    noun: &str,
) -> Diagnostic {
    let problem = match nearest(given, known.clone()) {
        Some(guess) => problem.help(format!("did you mean `{guess}`?")),
        None => problem.help(format!("the site has {}", crate::diagnostic::list(known))),
    };
    problem.help(format!("or declare it under `{noun}s` in `content/site.yaml`"))
}
