//! Claims of one incident in two states.

use super::Side;
use super::change::{Change, Code, cut};
use super::matching::{Matching, matching};
use super::pairs::Renames;
use super::words;
use crate::model::vocabulary::Rank;
use crate::model::{Claim, Field, Id, Incident, RecordKind};
use crate::phrase::{ENGLISH, date};
use crate::resolve::{IncidentEntry, Site, Standing};
use std::collections::{HashMap, HashSet};

/// So many characters of a value are enough to tell a claim from others.
const SHORT: usize = 60;

/// Which claim of the earlier state is which of the later one, and what that tells of their fields.
#[derive(Debug)]
pub(super) struct Claims {
    /// Numbers of claims in the earlier and in the later record.
    pub matching: Matching,
    now: HashMap<usize, usize>,
    came_or_went: HashSet<Field>,
    tell: HashSet<Field>,
}

impl Claims {
    /// Matches the claims: those that say the same first, then those of one id, then those that one asserter makes
    /// about one field.
    ///
    /// A claim without an id of its own is numbered by its place, so that its name may be another's after an edit
    /// above it.
    pub fn of(before: &Incident, after: &Incident, renames: &Renames) -> Self {
        let translate = |incident: &Incident| -> Vec<Claim> {
            incident.claims.iter().map(|claim| translated(claim, renames)).collect()
        };
        let (old, new) = (translate(before), translate(after));
        let said = |claim: &Claim, id: Id| Some(format!("{:?}", Claim { id, index: 0, ..claim.clone() }));
        let matching = matching(
            &old,
            &new,
            &[
                &|claim| said(claim, claim.id.clone()),
                &|claim| said(claim, Id::new("")),
                &|claim| (!is_numbered(claim)).then(|| claim.id.to_string()),
                &|claim| {
                    let by = || format!("{}\0{:?}\0{}", claim.about, claim.by, claim.citation.source);
                    is_numbered(claim).then(by)
                },
                &|claim| is_numbered(claim).then(|| claim.id.to_string()),
            ],
        );
        let mut came_or_went: HashSet<Field> = HashSet::new();
        came_or_went.extend(matching.gone.iter().filter_map(|at| before.claims.get(*at)).map(|c| c.about.clone()));
        came_or_went.extend(matching.came.iter().filter_map(|at| after.claims.get(*at)).map(|c| c.about.clone()));
        let mut tell = came_or_went.clone();
        for (was, now) in &matching.both {
            if let (Some(a), Some(b)) = (old.get(*was), new.get(*now))
                && (a.rank != b.rank || a.about != b.about || !words::is_same(&a.value, &b.value))
            {
                tell.extend([a.about.clone(), b.about.clone()]);
            }
        }
        Self { now: matching.both.iter().copied().collect(), matching, came_or_went, tell }
    }

    /// Which claim of the later state one of the earlier is.
    pub fn after(&self, before: usize) -> Option<usize> {
        self.now.get(&before).copied()
    }

    /// Whether a claim about the field came or is gone.
    pub fn came_or_went(&self, field: &Field) -> bool {
        self.came_or_went.contains(field)
    }

    /// Whether what claims tell explains that the field shows something else.
    pub fn tell(&self, field: &Field) -> bool {
        self.tell.contains(field)
    }
}

/// Whether the claim's id was made of its field's name and a number.
fn is_numbered(claim: &Claim) -> bool {
    let slug = claim.about.slug();
    let rest = claim.id.as_str().strip_prefix(slug.as_str());
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn translated(claim: &Claim, renames: &Renames) -> Claim {
    Claim {
        value: renames.value(&claim.value),
        by: claim.by.as_ref().map(|by| renames.id(RecordKind::Entity, by)),
        via: renames.ids(RecordKind::Source, &claim.via),
        citation: renames.citation(&claim.citation),
        ..claim.clone()
    }
}

/// A claim that came: "new rival claim about amount: USD 50M, according to …".
pub(super) fn came(side: &Side<'_>, entry: &IncidentEntry, number: usize) -> Option<Change> {
    let claim = entry.incident.claims.get(number)?;
    let standing = standing(entry, number);
    let mut change = Change::new(Code::ClaimAdded, format!("new {standing}claim about {}", claim.about));
    change.field = Some(claim.about.to_string());
    change.now = Some(told(side, claim));
    if entry.standing(number) == Standing::Shown {
        change = change.note("shown");
    }
    if let Some(why) = claim.why.as_ref().filter(|_| claim.rank != Rank::Normal) {
        change = change.note(format!("{}: {why}", claim.rank.word()));
    }
    Some(change.of_claim(&claim.id))
}

/// A claim that is gone.
pub(super) fn gone(side: &Side<'_>, entry: &IncidentEntry, number: usize) -> Option<Change> {
    let claim = entry.incident.claims.get(number)?;
    let standing = standing(entry, number);
    let mut change = Change::new(Code::ClaimRemoved, format!("{standing}claim about {} removed", claim.about));
    change.field = Some(claim.about.to_string());
    // It is said by the subject that it is no more.
    change.notes.push(told(side, claim));
    if entry.standing(number) == Standing::Shown {
        change = change.note("it was shown");
    }
    Some(change.of_claim(&claim.id))
}

/// Which kind of claim it is among those on its field, with a space after it.
fn standing(entry: &IncidentEntry, number: usize) -> &'static str {
    match entry.standing(number) {
        Standing::Rival => "rival ",
        Standing::Supports => "supporting ",
        Standing::Deprecated => "rejected ",
        Standing::Shown => "",
    }
}

fn told(side: &Side<'_>, claim: &Claim) -> String {
    format!("{}, {}", words::value(side.site, &claim.value), words::attribution(side.site, claim))
}

/// What changed about a claim that is on both sides. `value_is_told`: another line tells of its value.
pub(super) fn changed(
    before: (&Side<'_>, &Claim),
    after: (&Side<'_>, &Claim),
    renames: &Renames,
    value_is_told: bool,
) -> Vec<Change> {
    let (a, b) = (before.1, after.1);
    let (old, new) = (before.0.site, after.0.site);
    let (was, now) = (translated(a, renames), translated(b, renames));
    let subject = subject(new, b);
    let about = |code: Code| {
        let mut change = Change::new(code, subject.clone()).of_claim(&b.id);
        change.field = Some(b.about.to_string());
        change
    };
    let mut changes = Vec::new();
    if a.rank != b.rank {
        changes.push(rank(about(Code::ClaimRankChanged), a.rank, b));
    }
    if a.about != b.about {
        let mut change = about(Code::ClaimChanged);
        (change.was, change.now) = (Some(format!("about {}", a.about)), Some(format!("about {}", b.about)));
        changes.push(change);
    }
    if !value_is_told && !words::is_same(&was.value, &now.value) {
        let mut change = about(Code::ClaimValueChanged);
        change.subject = format!("claim {} ({})", b.id, b.about);
        let (was, now) = words::pair((old, &a.value), (new, &b.value));
        (change.was, change.now) = (Some(was), Some(now));
        change.notes.extend(words::step(&a.value, &b.value).into_iter().map(str::to_owned));
        changes.push(change);
    }
    let mut more = |what: &str, was: Option<String>, now: Option<String>| {
        if was == now {
            return;
        }
        let mut change = about(Code::ClaimChanged);
        change.subject = format!("{subject}, {what}");
        if was.is_none() {
            change = change.note("new");
        }
        (change.was, change.now) = (was, now);
        changes.push(change);
    };
    if was.by != now.by {
        let name = |site: &Site, claim: &Claim| claim.by.as_ref().map(|by| site.entity_name(by));
        more("who says so", name(old, a), name(new, b));
    }
    if was.via != now.via {
        let names = |site: &Site, claim: &Claim| {
            let names: Vec<String> = claim.via.iter().map(|id| words::source(site, id)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        };
        more("how it reached us", names(old, a), names(new, b));
    }
    if was.citation != now.citation {
        more("read in", Some(words::citation(old, &a.citation)), Some(words::citation(new, &b.citation)));
    }
    let said = |claim: &Claim| claim.said.as_ref().map(|said| date::words(said, &ENGLISH));
    more("when it was said", said(a), said(b));
    let kind = |claim: &Claim| claim.kind.map(|kind| kind.word().to_owned());
    more("kind", kind(a), kind(b));
    // A new rank comes with its reason.
    if a.rank == b.rank {
        more("why", a.why.clone(), b.why.clone());
    }
    more("words of the source", a.quote.clone(), b.quote.clone());
    let confidence = |claim: &Claim| claim.confidence.map(|confidence| confidence.word().to_owned());
    more("confidence", confidence(a), confidence(b));
    more("note", a.note.clone(), b.note.clone());
    if a.id != b.id && !is_numbered(a) && !is_numbered(b) {
        let mut change = about(Code::ClaimChanged);
        change.subject = format!("{subject}, address on the page");
        (change.was, change.now) = (Some(format!("#{}", a.id)), Some(format!("#{}", b.id)));
        changes.push(change);
    }
    changes
}

/// "claim f12a (amount: over USD 50M)". Of one without an id of its own the address on the page stands in place of it.
fn subject(site: &Site, claim: &Claim) -> String {
    format!("claim {} ({}: {})", claim.id, claim.about, cut(&words::value(site, &claim.value), SHORT))
}

fn rank(mut change: Change, was: Rank, claim: &Claim) -> Change {
    let mut says = match (was, claim.rank) {
        (Rank::Deprecated, Rank::Normal) => "no longer rejected".to_owned(),
        (_, Rank::Normal) => "no longer preferred".to_owned(),
        (Rank::Deprecated, Rank::Preferred) => "preferred now, and was rejected".to_owned(),
        (_, Rank::Preferred) => "preferred now".to_owned(),
        (Rank::Preferred, Rank::Deprecated) => "rejected now, and was preferred".to_owned(),
        (_, Rank::Deprecated) => "rejected now".to_owned(),
    };
    if let Some(why) = claim.why.as_ref().filter(|_| claim.rank != Rank::Normal) {
        says = format!("{says}: {why}");
    }
    change.notes.push(says);
    change
}
