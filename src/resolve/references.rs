//! What records name, held against what there is.

use super::Site;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::{Citation, Field, Id, Incident, Publisher, RecordKind, Source, Value};
use crate::source_text::FileId;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Places beyond this many are counted, not shown.
const SHOWN_PLACES: usize = 20;

/// Names are compared so many times for guesses. Where more are unknown, no slip of the pen is the cause: a folder is
/// missing, and a guess for each of thousands of names among thousands would take minutes.
const MOST_COMPARISONS: usize = 4_000_000;

/// Reports every name that stands for nothing: once each, at its first place, with the others as labels.
pub(super) fn check(site: &Site, problems: &mut Vec<Diagnostic>) {
    vocabulary(site, problems);
    missing(site).report_unknown(problems);
}

/// Reports every name that stands for a draft where readers see it: for a site whose drafts are hidden.
pub(super) fn check_drafts(site: &Site, problems: &mut Vec<Diagnostic>) {
    missing(site).report_drafts(problems);
}

fn missing(site: &Site) -> Missing<'_> {
    let mut missing = Missing { site, unknown: BTreeMap::new(), drafts: BTreeMap::new() };
    for entry in &site.incidents {
        let incident = &entry.incident;
        let file = &incident.file;
        of_incident(incident, &mut |kind, id, path| missing.meet(kind, id, file, incident.draft, path));
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

/// Calls `meet` for every record that an incident names, with the way to the name.
pub fn of_incident(incident: &Incident, meet: &mut dyn FnMut(RecordKind, &Id, &dyn Fn() -> KeyPath)) {
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

fn of_source(source: &Source, meet: &mut dyn FnMut(RecordKind, &Id, &dyn Fn() -> KeyPath)) {
    if let Some(Publisher::Entity(id)) = &source.publisher {
        meet(RecordKind::Entity, id, &|| KeyPath::of("publisher"));
    }
    for (at, id) in source.cites.iter().enumerate() {
        meet(RecordKind::Source, id, &|| KeyPath::of("cites").index(at));
    }
}

fn of_citation(
    citation: &Citation,
    here: &dyn Fn() -> KeyPath,
    meet: &mut dyn FnMut(RecordKind, &Id, &dyn Fn() -> KeyPath),
) {
    meet(RecordKind::Source, &citation.source, here);
}

fn of_value(value: &Value, here: &dyn Fn() -> KeyPath, meet: &mut dyn FnMut(RecordKind, &Id, &dyn Fn() -> KeyPath)) {
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
        if self.site.is_published(kind, id) {
            return;
        }
        let key = (kind, id.clone());
        if !self.site.is_defined(kind, id) {
            self.unknown.entry(key).or_default().push(At::value(file, &path()));
        } else if !in_draft && !self.site.broken.contains(&key) {
            self.drafts.entry(key).or_default().push(At::value(file, &path()));
        }
    }

    fn report_unknown(&self, problems: &mut Vec<Diagnostic>) {
        let ids = RecordKind::ALL.map(|kind| (kind, self.site.ids(kind)));
        let mut comparisons = 0;
        let unknown: Vec<_> = self
            .unknown
            .iter()
            .map(|((kind, id), places)| {
                let ids = ids.iter().find(|(known, _)| known == kind).map(|(_, ids)| ids.as_slice());
                let ids = ids.unwrap_or_default();
                comparisons += ids.len();
                (*kind, id, places, if comparisons <= MOST_COMPARISONS { ids } else { &[] })
            })
            .collect();
        problems.par_extend(unknown.into_par_iter().filter_map(|(kind, id, places, ids)| {
            let code = match kind {
                RecordKind::Incident | RecordKind::Page => Code::UnknownIncident,
                RecordKind::Source => Code::UnknownSource,
                RecordKind::Entity => Code::UnknownEntity,
                RecordKind::Place => Code::UnknownPlace,
            };
            let noun = kind.noun();
            // A citation's id is a part of its scalar: the locator is not what is wrong.
            let problem = at_first(code, places, id, kind, format!("there is no {noun} `{id}`"))?;
            let problem = match nearest(id.as_str(), ids.iter().copied()) {
                Some(guess) => problem.help(format!("did you mean `{guess}`?")),
                None => problem,
            };
            Some(if crate::model::id::is_valid(id.as_str()) {
                problem.help(format!("or make it: `annals new {noun} {id}`"))
            } else {
                problem.help(format!("name it by its id: the name of its file in `content/{}/`", kind.folder()))
            })
        }));
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
    for at in others.iter().take(SHOWN_PLACES) {
        problem = problem.label(narrow(at), "also named here");
    }
    let more = others.len().saturating_sub(SHOWN_PLACES);
    Some(if more > 0 { problem.help(format!("it is named at {more} more places")) } else { problem })
}

/// Kinds and roles that the site does not declare, when it declares any.
fn vocabulary(site: &Site, problems: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let kinds: HashSet<&str> = config.kinds.iter().map(|(known, _)| known.as_str()).collect();
    let roles: HashSet<&str> = config.roles.iter().map(|(known, _)| known.as_str()).collect();
    for entry in &site.incidents {
        let incident = &entry.incident;
        if let Some(kind) = &incident.kind
            && !kinds.is_empty()
            && !kinds.contains(kind.as_str())
        {
            let at = At::value(&incident.file, &KeyPath::of("kind"));
            let known = config.kinds.iter().map(|(known, _)| known.as_str());
            let problem = Diagnostic::new(Code::UnknownKind, at, format!("`{kind}` is no kind of this site"));
            problems.push(declare(problem, kind.as_str(), known, "kinds"));
        }
        if roles.is_empty() {
            continue;
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        let written = incident.actors.iter().map(|(role, _)| (role.as_str(), None));
        let claimed = incident.claims.iter().filter_map(|claim| match &claim.about {
            Field::Actors(role) => Some((role.as_str(), Some(claim.index))),
            _ => None,
        });
        for (role, claim) in written.chain(claimed) {
            if roles.contains(role) || !told.insert(role) {
                continue;
            }
            let at = match claim {
                None => At::key(&incident.file, &KeyPath::of("actors").key(role)),
                Some(index) => At::value(&incident.file, &KeyPath::of("claims").index(index).key("about")),
            };
            let known = config.roles.iter().map(|(known, _)| known.as_str());
            let problem = Diagnostic::new(Code::UnknownRole, at, format!("`{role}` is no role of this site"));
            problems.push(declare(problem, role, known, "roles"));
        }
    }
}

fn declare<'a>(
    problem: Diagnostic,
    given: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    key: &str,
) -> Diagnostic {
    let problem = match nearest(given, known.clone()) {
        Some(guess) => problem.help(format!("did you mean `{guess}`?")),
        None => problem.help(format!("the site has {}", crate::diagnostic::list(known))),
    };
    problem.help(format!("or declare it under `{key}` in `content/site.yaml`"))
}
