//! One incident in two states.

use super::Side;
use super::change::{Change, Code};
use super::claims::{self, Claims};
use super::matching::{Matching, matching};
use super::pairs::Renames;
use super::prose;
use super::words;
use crate::model::vocabulary::Rank;
use crate::model::{Citation, Correction, Field, Id, Incident, RecordKind, Relation, Value};
use crate::phrase::{ENGLISH, date};
use crate::resolve::fields::shown_values;
use crate::resolve::{FieldState, IncidentEntry, Shown, Site};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What changed about an incident. `renamed_from` is an alias that needs no mention.
pub(super) fn changes(
    before: (&Side<'_>, &IncidentEntry),
    after: (&Side<'_>, &IncidentEntry),
    renames: &Renames,
    renamed_from: Option<&Id>,
) -> Vec<Change> {
    let (a, b) = (&*before.1.incident, &*after.1.incident);
    let claims = Claims::of(a, b, renames);
    let mut changes: Vec<Change> = Vec::new();
    changes.extend(Change::between("title", Some(a.title.clone()), Some(b.title.clone())));
    let mut told: HashSet<usize> = HashSet::new();
    let (old, new) = (states(before.1), states(after.1));
    let gone = before.1.fields.iter().map(|state| &state.field).filter(|field| !new.contains_key(field));
    for field in after.1.fields.iter().map(|state| &state.field).chain(gone) {
        let both = Both { before, after, old: old.get(field).copied(), new: new.get(field).copied() };
        changes.extend(both.changes(field, &claims, renames, &mut told));
    }
    for (was, now) in &claims.matching.both {
        if let (Some(was), Some(claim)) = (a.claims.get(*was), b.claims.get(*now)) {
            let is_told = told.contains(now);
            changes.extend(claims::changed((before.0, was), (after.0, claim), renames, is_told));
        }
    }
    changes.extend(claims.matching.came.iter().filter_map(|number| claims::came(after.0, after.1, *number)));
    changes.extend(claims.matching.gone.iter().filter_map(|number| claims::gone(before.0, before.1, *number)));
    changes.extend(Change::between("summary", a.summary.clone(), b.summary.clone()));
    let kind =
        |site: &Site, incident: &Incident| incident.kind.as_ref().map(|kind| site.config.kind_label(kind.as_str()));
    if a.kind != b.kind {
        changes.extend(Change::between("kind", kind(before.0.site, a), kind(after.0.site, b)));
    }
    changes.extend(Change::between("date_as", a.date_as.clone(), b.date_as.clone()));
    let basis = |incident: &Incident| incident.date_basis.map(|basis| basis.word().to_owned());
    changes.extend(Change::between("date_basis", basis(a), basis(b)));
    changes.extend(list("tags", &a.tags, &b.tags));
    changes.extend(sources(before, after, renames));
    changes.extend(relations((before.0.site, &a.relations), (after.0.site, &b.relations), renames));
    changes.extend(corrections(&a.corrections, &b.corrections));
    changes.extend(aliases(&a.aliases, &b.aliases, renamed_from));
    let extra = |side: &Side<'_>, incident: &Incident| -> BTreeMap<String, String> {
        incident.extra.iter().map(|(name, value)| (format!("extra.{name}"), words::value(side.site, value))).collect()
    };
    changes.extend(named(&extra(before.0, a), &extra(after.0, b)));
    changes.extend(prose::change(before.0.text(&a.file), after.0.text(&b.file)));
    changes
}

/// What a new incident says: its shown values, its sources, and each claim that does not stand for one of them.
pub(super) fn contents(side: &Side<'_>, entry: &IncidentEntry) -> Vec<Change> {
    let incident = &entry.incident;
    let mut changes = Vec::new();
    let mut shown = |field: String, value: String| {
        changes.push(Change::of_field(Code::ValueAdded, field, None, Some(value)));
    };
    for state in entry.fields.iter() {
        let values: Vec<String> =
            shown_values(incident, state).into_iter().map(|value| words::value(side.site, value)).collect();
        if !values.is_empty() {
            shown(state.field.to_string(), values.join(", "));
        }
    }
    changes.extend(incident.sources.iter().map(|citation| cited(side.site, citation)));
    let claims = 0..incident.claims.len();
    changes.extend(claims.filter_map(|number| claims::came(side, entry, number)));
    changes
}

fn states(entry: &IncidentEntry) -> HashMap<&Field, &FieldState> {
    entry.fields.iter().map(|state| (&state.field, state)).collect()
}

/// One field on both sides.
struct Both<'a> {
    before: (&'a Side<'a>, &'a IncidentEntry),
    after: (&'a Side<'a>, &'a IncidentEntry),
    old: Option<&'a FieldState>,
    new: Option<&'a FieldState>,
}

impl Both<'_> {
    /// What a reader sees of the field. `told` gets the claims whose new value is told here.
    fn changes(&self, field: &Field, claims: &Claims, renames: &Renames, told: &mut HashSet<usize>) -> Vec<Change> {
        let (a, b) = (&*self.before.1.incident, &*self.after.1.incident);
        let name = field.to_string();
        // Nothing is concluded from what could not be read.
        match (a.unread.touches(field), b.unread.touches(field)) {
            (false, false) => {}
            (false, true) => {
                let mut change =
                    Change::new(Code::ValueRemoved, &name).note("cannot be read any more: see `annals check`");
                change.field = Some(name);
                return vec![change];
            }
            (true, _) => return Vec::new(),
        }
        let mut changes = Vec::new();
        changes.extend(self.shown(field, claims, renames, told));
        let (was, now) = (self.old.is_some_and(|state| state.disputed), self.new.is_some_and(|state| state.disputed));
        // Rivals that came or went say it, too.
        if was != now && !claims.came_or_went(field) {
            let (code, words) =
                if now { (Code::Disputed, "disputed now") } else { (Code::Undisputed, "no longer disputed") };
            let mut change = Change::new(code, &name).note(words);
            change.field = Some(name);
            changes.push(change);
        }
        changes
    }

    /// What is shown of the field, if that is something else now and no claim tells it.
    fn shown(&self, field: &Field, claims: &Claims, renames: &Renames, told: &mut HashSet<usize>) -> Option<Change> {
        let (a, b) = (&*self.before.1.incident, &*self.after.1.incident);
        let (old, new) = (self.before.0.site, self.after.0.site);
        let values = |incident: &Incident, state: Option<&FieldState>| -> Vec<Value> {
            state.map(|state| shown_values(incident, state).into_iter().cloned().collect()).unwrap_or_default()
        };
        let (was, now) = (values(a, self.old), values(b, self.new));
        let is_same = |(a, b): (&Value, &Value)| words::is_same(&renames.value(a), &renames.value(b));
        if was.len() == now.len() && was.iter().zip(&now).all(is_same) {
            return None;
        }
        let name = field.to_string();
        let is_one = field.is_single() || *field == Field::Summary;
        if let ([one], [other], true) = (was.as_slice(), now.as_slice(), is_one) {
            let (then, now) = words::pair((old, one), (new, other));
            let mut change = Change::of_field(Code::ValueChanged, &name, Some(then), Some(now));
            if self.old.is_some_and(FieldState::has_claims) || self.new.is_some_and(FieldState::has_claims) {
                change = change.note("shown value");
            }
            change.notes.extend(words::step(one, other).into_iter().map(str::to_owned));
            if let (Some(was), Some(now)) = (chosen(self.old), chosen(self.new))
                && claims.after(was) == Some(now)
            {
                told.insert(now);
                if let Some(claim) = b.claims.get(now) {
                    change = change.of_claim(&claim.id);
                }
            }
            return Some(change);
        }
        let by_claims = has_only_claims(self.old) && has_only_claims(self.new) && claims.tell(field);
        if by_claims && (!is_one || was.is_empty() || now.is_empty()) {
            return None;
        }
        lists(&name, (old, &was), (new, &now), renames)
    }
}

fn chosen(state: Option<&FieldState>) -> Option<usize> {
    match state.map(|state| &state.shown) {
        Some(Shown::Chosen(index)) => Some(*index),
        _ => None,
    }
}

/// Whether what is shown comes from claims, or from nothing at all.
fn has_only_claims(state: Option<&FieldState>) -> bool {
    !matches!(state.map(|state| &state.shown), Some(Shown::Written(_)))
}

/// Values that are lists, or several: what came and what is gone.
fn lists(name: &str, before: (&Site, &[Value]), after: (&Site, &[Value]), renames: &Renames) -> Option<Change> {
    let items = |site: &Site, values: &[Value]| -> Vec<(String, String)> {
        let single = |value: Value| (format!("{:?}", renames.value(&value)), words::value(site, &value));
        let all = values.iter().flat_map(|value| match value {
            Value::Entities(ids) => ids.iter().map(|id| Value::Entities(vec![id.clone()])).collect(),
            Value::Places(ids) => ids.iter().map(|id| Value::Places(vec![id.clone()])).collect(),
            other => vec![other.clone()],
        });
        all.map(single).collect()
    };
    let (was, now) = (items(before.0, before.1), items(after.0, after.1));
    if was.is_empty() || now.is_empty() {
        let joined = |items: &[(String, String)]| {
            (!items.is_empty()).then(|| items.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", "))
        };
        return Change::between(name, joined(&was), joined(&now));
    }
    let less = |one: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        let known: HashSet<&str> = other.iter().map(|(key, _)| key.as_str()).collect();
        one.iter().filter(|(key, _)| !known.contains(key.as_str())).map(|(_, words)| words.clone()).collect()
    };
    came_and_gone(name, &less(&now, &was), &less(&was, &now))
}

/// A list of texts of which some came and some are gone.
pub(super) fn list(name: &str, was: &[String], now: &[String]) -> Option<Change> {
    let less = |one: &[String], other: &[String]| -> Vec<String> {
        let known: HashSet<&String> = other.iter().collect();
        one.iter().filter(|text| !known.contains(text)).cloned().collect()
    };
    came_and_gone(name, &less(now, was), &less(was, now))
}

fn came_and_gone(name: &str, came: &[String], gone: &[String]) -> Option<Change> {
    let said = |words: &str, items: &[String]| (!items.is_empty()).then(|| format!("{words} {}", items.join(", ")));
    let notes: Vec<String> = said("added", came).into_iter().chain(said("removed", gone)).collect();
    if notes.is_empty() {
        return None;
    }
    let code = match (came.is_empty(), gone.is_empty()) {
        (false, true) => Code::ValueAdded,
        (true, false) => Code::ValueRemoved,
        _ => Code::ValueChanged,
    };
    let mut change = Change::new(code, name);
    change.field = Some(name.to_owned());
    change.notes = notes;
    Some(change)
}

/// Values with names of the site's own.
pub(super) fn named(was: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Change> {
    let mut names: Vec<&String> = was.keys().chain(now.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter_map(|name| Change::between(name, was.get(name).cloned(), now.get(name).cloned())).collect()
}

fn sources(before: (&Side<'_>, &IncidentEntry), after: (&Side<'_>, &IncidentEntry), renames: &Renames) -> Vec<Change> {
    if before.1.incident.unread.sources || after.1.incident.unread.sources {
        return Vec::new();
    }
    let (a, b) = (&before.1.incident.sources, &after.1.incident.sources);
    let translated = |all: &[Citation]| -> Vec<Citation> { all.iter().map(|one| renames.citation(one)).collect() };
    let (was, now) = (translated(a), translated(b));
    // The same place; else another place in the same source.
    let found = matching(
        &was,
        &now,
        &[&|citation| Some(format!("{citation:?}")), &|citation| Some(citation.source.to_string())],
    );
    let mut changes = Vec::new();
    for (then, at) in &found.both {
        if was.get(*then) != now.get(*at)
            && let (Some(a), Some(b)) = (a.get(*then), b.get(*at))
        {
            let (was, now) = (words::citation(before.0.site, a), words::citation(after.0.site, b));
            changes.push(Change::of_field(Code::ValueChanged, "sources", Some(was), Some(now)));
        }
    }
    changes.extend(found.came.iter().filter_map(|at| b.get(*at)).map(|citation| cited(after.0.site, citation)));
    changes.extend(found.gone.iter().filter_map(|at| a.get(*at)).map(|citation| {
        let mut change = Change::new(Code::SourceDropped, "source no longer cited");
        change.field = Some("sources".to_owned());
        change.note(words::citation(before.0.site, citation))
    }));
    changes
}

fn cited(site: &Site, citation: &Citation) -> Change {
    let mut change = Change::new(Code::SourceCited, "source cited");
    change.field = Some("sources".to_owned());
    change.now = Some(words::citation(site, citation));
    change
}

fn relations(before: (&Site, &[Relation]), after: (&Site, &[Relation]), renames: &Renames) -> Vec<Change> {
    let told = |site: &Site, relation: &Relation| {
        format!("{} {}", ENGLISH.terms.relation_out(relation.kind), words::incident(site, &relation.to))
    };
    let change = |code: Code, subject: &str, says: String| {
        let mut change = Change::new(code, subject);
        change.field = Some("relations".to_owned());
        change.note(says)
    };
    let why = |relation: &Relation| relation.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    let translate = |all: &[Relation]| -> Vec<Relation> { all.iter().map(|one| translated(one, renames)).collect() };
    let (was, is) = (translate(before.1), translate(after.1));
    let found = matching(&was, &is, &[&|relation| Some(format!("{:?} {}", relation.kind, relation.to))]);
    let mut changes = Vec::new();
    for (then, now) in &found.both {
        let (Some(was), Some(is)) = (was.get(*then), is.get(*now)) else { continue };
        let (Some(old), Some(relation)) = (before.1.get(*then), after.1.get(*now)) else {
            continue;
        };
        let says = match (was.rank == Rank::Deprecated, relation.rank == Rank::Deprecated) {
            (false, true) => format!("rejected now{}", why(relation)),
            (true, false) => "no longer rejected".to_owned(),
            _ if was.why != relation.why => {
                let side = |relation: &Relation| relation.why.clone().unwrap_or_else(|| "nothing".to_owned());
                format!("why: {} → {}", side(was), side(relation))
            }
            _ if was.citation != is.citation => {
                let read = |site: &Site, relation: &Relation| {
                    let citation = relation.citation.as_ref();
                    citation.map_or_else(|| "nothing".to_owned(), |citation| words::citation(site, citation))
                };
                format!("read in: {} → {}", read(before.0, old), read(after.0, relation))
            }
            _ => continue,
        };
        changes.push(change(Code::RelationChanged, &format!("relation {}", told(after.0, relation)), says));
    }
    for relation in found.came.iter().filter_map(|at| after.1.get(*at)) {
        let rejected = if relation.rank == Rank::Deprecated { "new rejected relation" } else { "new relation" };
        changes.push(change(Code::RelationAdded, rejected, format!("{}{}", told(after.0, relation), why(relation))));
    }
    for relation in found.gone.iter().filter_map(|at| before.1.get(*at)) {
        changes.push(change(Code::RelationRemoved, "relation removed", told(before.0, relation)));
    }
    changes
}

fn translated(relation: &Relation, renames: &Renames) -> Relation {
    Relation {
        to: renames.id(RecordKind::Incident, &relation.to),
        citation: relation.citation.as_ref().map(|citation| renames.citation(citation)),
        ..relation.clone()
    }
}

fn corrections(was: &[Correction], now: &[Correction]) -> Vec<Change> {
    let told = |correction: &Correction| {
        let mut says = format!("on {}", date::words(&correction.on, &ENGLISH));
        if let Some(field) = &correction.field {
            says = format!("{says}, {field}");
        }
        if correction.was.is_some() || correction.now.is_some() {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            says = format!("{says}: {} → {}", side(&correction.was), side(&correction.now));
        }
        match &correction.why {
            Some(why) => format!("{says} ({why})"),
            None => says,
        }
    };
    let change = |code: Code, subject: &str, correction: &Correction| {
        let mut change = Change::new(code, subject);
        change.field = Some("corrections".to_owned());
        change.note(told(correction))
    };
    let Matching { came, gone, .. } = matching(was, now, &[&|correction| Some(format!("{correction:?}"))]);
    let came = came.iter().filter_map(|at| now.get(*at)).map(|c| change(Code::CorrectionAdded, "new correction", c));
    let gone = gone.iter().filter_map(|at| was.get(*at));
    came.chain(gone.map(|c| change(Code::CorrectionRemoved, "published correction removed", c))).collect()
}

/// Earlier addresses that lead here now, or no more.
pub(super) fn aliases(was: &[Id], now: &[Id], renamed_from: Option<&Id>) -> Vec<Change> {
    let change = |code: Code, id: &Id, says: &str| {
        let mut change = Change::new(code, format!("old address {id}"));
        change.field = Some("aliases".to_owned());
        change.note(says)
    };
    let known = |ids: &[Id]| ids.iter().cloned().collect::<HashSet<Id>>();
    let (old, new) = (known(was), known(now));
    let came = now.iter().filter(|id| !old.contains(*id) && Some(*id) != renamed_from);
    let gone = was.iter().filter(|id| !new.contains(*id));
    came.map(|id| change(Code::AliasAdded, id, "redirects here now"))
        .chain(gone.map(|id| change(Code::AliasRemoved, id, "leads nowhere now")))
        .collect()
}
