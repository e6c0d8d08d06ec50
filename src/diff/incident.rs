//! One incident in two states.

use super::Side;
use super::change::{Change, Code};
use super::cited::{aliases, cited, corrections, relations, sources};
use super::claims::{self, Claims};
use super::lists::{list, lists, named};
use super::pairs::Renames;
use super::prose;
use super::words;
use crate::model::{Field, Id, Incident, Value};
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
