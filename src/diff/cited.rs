//! What an incident names beside its fields: sources, other incidents, corrections, earlier addresses.

use super::Side;
use super::change::{Change, Code};
use super::matching::{Matching, matching};
use super::pairs::Renames;
use super::words;
use crate::model::vocabulary::Rank;
use crate::model::{Citation, Correction, Id, RecordKind, Relation};
use crate::phrase::{ENGLISH, date};
use crate::resolve::{IncidentEntry, Site};
use std::collections::HashSet;

pub(super) fn sources(
    before: (&Side<'_>, &IncidentEntry),
    after: (&Side<'_>, &IncidentEntry),
    renames: &Renames,
) -> Vec<Change> {
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

pub(super) fn cited(site: &Site, citation: &Citation) -> Change {
    let mut change = Change::new(Code::SourceCited, "source cited");
    change.field = Some("sources".to_owned());
    change.now = Some(words::citation(site, citation));
    change
}

pub(super) fn relations(before: (&Site, &[Relation]), after: (&Site, &[Relation]), renames: &Renames) -> Vec<Change> {
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

pub(super) fn corrections(was: &[Correction], now: &[Correction]) -> Vec<Change> {
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
