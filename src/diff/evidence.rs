//! What rests on a source that is gone, or that nobody has seen.

use super::Side;
use super::change::{Change, Code};
use super::group::Fate;
use super::pairs::Renames;
use super::words::counted;
use crate::model::{Id, RecordKind};
use crate::phrase::ENGLISH;
use crate::resolve::site::Supported;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many incidents are named.
const FEW: usize = 5;

/// What rests on which source, of those that are gone or not seen any more.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Claims that rest on it alone, by their incidents' titles.
    claims: HashMap<Id, BTreeMap<String, Vec<String>>>,
    /// Incidents that name no other source, and those that name another.
    alone: HashMap<Id, usize>,
    besides: HashMap<Id, usize>,
    /// Sources that the editors had seen, and have not.
    unseen: HashSet<Id>,
}

impl Evidence {
    /// Finds what still names, in the later state, a source that was there in the earlier one and is not.
    pub fn of(before: &Side<'_>, after: &Side<'_>, renames: &Renames) -> Self {
        let mut evidence = Self::default();
        let is_there = |id: &Id| after.site.source(id).is_some_and(|entry| !entry.source.draft);
        let mut lost: HashSet<Id> = HashSet::new();
        for entry in before.site.sources.iter().filter(|entry| !entry.source.draft) {
            let id = renames.id(RecordKind::Source, &entry.source.id);
            if !is_there(&id) {
                lost.insert(id);
                continue;
            }
            let Some(now) = after.site.source(&id).filter(|now| entry.source.seen && !now.source.seen) else {
                continue;
            };
            evidence.unseen.insert(id.clone());
            for support in &now.supports {
                let Some(incident) = after.site.incidents.get(support.incident) else { continue };
                match support.what {
                    Supported::Claim(claim) => {
                        let claim = incident.incident.claims.get(claim).map(|claim| claim.id.to_string());
                        evidence.claim(&id, &incident.incident.title, claim);
                    }
                    Supported::Record(_) => evidence.record(&id, incident.incident.sources.len() == 1),
                    Supported::Relation(_) => {}
                }
            }
        }
        if lost.is_empty() {
            return evidence;
        }
        for entry in after.site.incidents.iter() {
            let incident = &entry.incident;
            for claim in incident.claims.iter().filter(|claim| lost.contains(&claim.citation.source)) {
                evidence.claim(&claim.citation.source, &incident.title, Some(claim.id.to_string()));
            }
            let named: HashSet<&Id> = incident.sources.iter().map(|citation| &citation.source).collect();
            let is_alone = !named.iter().any(|id| is_there(id));
            for id in named.into_iter().filter(|id| lost.contains(*id)).collect::<std::collections::BTreeSet<_>>() {
                evidence.record(id, is_alone);
            }
        }
        evidence
    }

    fn claim(&mut self, source: &Id, title: &str, claim: Option<String>) {
        self.claims.entry(source.clone()).or_default().entry(title.to_owned()).or_default().extend(claim);
    }

    fn record(&mut self, source: &Id, is_alone: bool) {
        *if is_alone { &mut self.alone } else { &mut self.besides }.entry(source.clone()).or_default() += 1;
    }

    /// What is to be told beside the fate of the source `id`.
    pub fn changes(&self, id: &Id, fate: &Fate) -> Vec<Change> {
        let unseen = self.unseen.contains(id);
        if !unseen && !matches!(fate, Fate::Removed | Fate::Withdrawn) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        if let Some(incidents) = self.claims.get(id) {
            let number = incidents.values().map(Vec::len).sum();
            let claims = counted(number, "claim", "claims");
            let says = match (unseen, number) {
                (true, 1) => format!("{claims} rests on a source that nobody has seen"),
                (true, _) => format!("{claims} rest on a source that nobody has seen"),
                (false, 1) => format!("{claims} loses its only source"),
                (false, _) => format!("{claims} lose their only source"),
            };
            let mut change = Change::new(Code::EvidenceLost, says);
            change.notes.extend(incidents.iter().take(FEW).map(|(title, claims)| {
                let named = claims.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
                let more = if claims.len() > FEW { ", …" } else { "" };
                format!("{}: {named}{more}", ENGLISH.terms.quote(title))
            }));
            if incidents.len() > FEW {
                change.notes.push(format!("and {} more", counted(incidents.len() - FEW, "incident", "incidents")));
            }
            changes.push(change);
        }
        if unseen {
            return changes;
        }
        if let Some(alone) = self.alone.get(id) {
            let says = format!(
                "{} {} no other source",
                counted(*alone, "incident", "incidents"),
                if *alone == 1 { "names" } else { "name" }
            );
            changes.push(Change::new(Code::EvidenceLost, says));
        }
        if let Some(besides) = self.besides.get(id) {
            let says = format!(
                "{} {} one of several sources",
                counted(*besides, "incident", "incidents"),
                if *besides == 1 { "loses" } else { "lose" }
            );
            changes.push(Change::new(Code::EvidenceLost, says));
        }
        changes
    }
}
