//! The records of one kind in two states.

use super::Side;
use super::change::Change;
use super::evidence::Evidence;
use super::group::{Fate, Group};
use super::others;
use super::pairs::{Named, Pair, Pairs, Renames, named, pairs};
use crate::model::{Id, RecordKind};
use rayon::prelude::*;
use std::collections::HashSet;

/// Which of them is which.
pub(super) struct Records<'a> {
    kind: RecordKind,
    before: &'a Side<'a>,
    after: &'a Side<'a>,
    old: Vec<Named<'a>>,
    new: Vec<Named<'a>>,
    pairs: Pairs,
}

impl<'a> Records<'a> {
    /// The records of a kind.
    pub fn of(kind: RecordKind, before: &'a Side<'a>, after: &'a Side<'a>) -> Self {
        let (old, new) = (named(before, kind), named(after, kind));
        let pairs = pairs(&old, &new);
        Self { kind, before, after, old, new, pairs }
    }

    /// Notes those that have another id now.
    pub fn note(&self, renames: &mut Renames) {
        renames.add(self.kind, &self.pairs, &self.old, &self.new);
    }

    /// Those of which something is to be told: the present ones in their order, then what is gone or cannot be read.
    pub fn groups(&self, renames: &Renames, evidence: &Evidence) -> Vec<Group> {
        let both = self.pairs.both.par_iter().filter_map(|pair| self.both(pair, renames, evidence));
        let mut groups: Vec<Group> = both.collect();
        groups.extend(self.pairs.came.iter().filter_map(|number| self.came(*number)));
        groups.extend(self.pairs.gone.iter().filter_map(|(number, heir)| self.gone(*number, heir.as_ref(), evidence)));
        groups.extend(self.broken());
        groups
    }

    fn both(&self, pair: &Pair, renames: &Renames, evidence: &Evidence) -> Option<Group> {
        let (was, now) = (self.old.get(pair.before)?, self.new.get(pair.after)?);
        let mut group = self.group(now, others::is_draft(self.after, self.kind, pair.after));
        let was_draft = others::is_draft(self.before, self.kind, pair.before);
        group.fate = match (pair.renamed, was_draft, group.draft) {
            (None, true, false) => Fate::Published,
            (None, false, true) => Fate::Withdrawn,
            (None, ..) => Fate::Kept,
            (Some(redirects), was_draft, is_draft) => {
                let word = |draft: bool| Some(draft.to_string());
                group.changes.extend(Change::between("draft", word(was_draft), word(is_draft)));
                Fate::Renamed { from: was.id.clone(), redirects }
            }
        };
        let renamed_from = pair.renamed.map(|_| was.id);
        let (before, after) = ((self.before, pair.before), (self.after, pair.after));
        group.changes.extend(others::changes(self.kind, before, after, renames, renamed_from));
        if self.kind == RecordKind::Source {
            group.changes.extend(evidence.changes(now.id, &group.fate));
        }
        (group.fate != Fate::Kept || !group.changes.is_empty()).then_some(group)
    }

    fn came(&self, number: usize) -> Option<Group> {
        let group = self.group(self.new.get(number)?, others::is_draft(self.after, self.kind, number));
        let was_broken = self.before.site.broken.contains(&(self.kind, group.id.clone()));
        let fate = if was_broken { Fate::Readable } else { Fate::New };
        Some(Group { fate, changes: others::contents(self.kind, self.after, number), ..group })
    }

    fn gone(&self, number: usize, heir: Option<&Id>, evidence: &Evidence) -> Option<Group> {
        let was = self.old.get(number)?;
        let mut group = self.group(was, false);
        group.fate = match heir {
            Some(into) => Fate::Merged { into: into.clone() },
            None if self.after.site.broken.contains(&(self.kind, was.id.clone())) => Fate::Unreadable,
            None => Fate::Removed,
        };
        if self.kind == RecordKind::Source {
            group.changes = evidence.changes(was.id, &group.fate);
        }
        Some(group)
    }

    /// What came broken has no record that could be compared.
    fn broken(&self) -> impl Iterator<Item = Group> {
        let known: HashSet<&Id> = self.old.iter().map(|record| record.id).collect();
        let came = self.after.site.broken.iter().filter(move |(kind, id)| {
            *kind == self.kind && !self.before.site.broken.contains(&(*kind, id.clone())) && !known.contains(id)
        });
        came.map(|(_, id)| {
            let named = Named { id, title: id.as_str(), aliases: &[] };
            Group { fate: Fate::Unreadable, ..self.group(&named, false) }
        })
    }

    fn group(&self, record: &Named<'_>, draft: bool) -> Group {
        let (id, title) = (record.id.clone(), record.title.to_owned());
        Group { kind: self.kind, id, title, draft, fate: Fate::Kept, changes: Vec::new() }
    }
}
