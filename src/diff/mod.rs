//! What changed between two states of a site, in the terms of its readers.
//!
//! In: two sites. Out: [`Changes`] by record, and texts of them ([`text`], [`markdown`], [`json`]).
//! Must never be here: git, the disk, lines of files; a judgement whether a change is good.
//!
//! What no reader can tell apart is no change: a file that was moved, `USD 50M` written as `USD 50 million`, another order
//! of keys. Records keep their identity over a new id: by the alias that leads from the old one, else by their title.

pub mod change;
mod cited;
mod claims;
mod evidence;
pub mod group;
mod incident;
pub mod json;
mod lists;
pub mod markdown;
mod matching;
mod others;
mod pairs;
mod prose;
pub mod report;
mod settings;
pub mod text;
mod totals;
mod wording;
mod words;

pub use change::{Change, Code};
pub use group::{Fate, Group};
pub use report::{Files, Pages, Report};

use crate::model::{Id, RecordKind};
use crate::resolve::Site;
use crate::source_text::FileId;
use evidence::Evidence;
use pairs::{Named, Pairs, Renames};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// One state of a site.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// All records, drafts too.
    pub site: &'a Site,
    /// The site as its readers see it.
    pub published: &'a Site,
    /// The long texts of records, by their files.
    pub texts: &'a HashMap<FileId, Arc<str>>,
}

impl Side<'_> {
    fn text(&self, file: &FileId) -> &str {
        self.texts.get(file).map_or("", |text| text)
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records with their changes: incidents in the order of the timeline, then sources, entities, places, pages; what is
    /// gone comes last of its kind.
    pub records: Vec<Group>,
    /// Settings of the site.
    pub settings: Vec<Change>,
    /// How many there are of what, on both sides, as published: those that differ.
    pub counts: Vec<(&'static str, usize, usize)>,
    /// Sums over several incidents, as published.
    pub totals: Vec<Change>,
}

impl Changes {
    /// Whether nothing changed that a reader could take for a fact.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.settings.is_empty() && self.counts.is_empty() && self.totals.is_empty()
    }
}

/// What changed from `before` to `after`.
pub fn between(before: Side<'_>, after: Side<'_>) -> Changes {
    let found: Vec<(RecordKind, Vec<Named<'_>>, Vec<Named<'_>>, Pairs)> = RecordKind::ALL
        .into_iter()
        .map(|kind| {
            let (old, new) = (pairs::named(&before, kind), pairs::named(&after, kind));
            let pairs = pairs::pairs(&old, &new);
            (kind, old, new, pairs)
        })
        .collect();
    let mut renames = Renames::default();
    for (kind, old, new, pairs) in &found {
        renames.add(*kind, pairs, old, new);
    }
    let evidence = Evidence::of(&before, &after, &renames);
    let mut records = Vec::new();
    for (kind, old, new, pairs) in &found {
        let kind = *kind;
        let both: Vec<Group> = pairs
            .both
            .par_iter()
            .filter_map(|pair| {
                let (was, now) = (old.get(pair.before)?, new.get(pair.after)?);
                let mut group = group(kind, now, others::is_draft(&after, kind, pair.after));
                let was_draft = others::is_draft(&before, kind, pair.before);
                group.fate = match pair.renamed {
                    Some(redirects) => Fate::Renamed { from: was.id.clone(), redirects },
                    None => Fate::Kept,
                };
                group.fate = match (group.fate, was_draft, group.draft) {
                    (Fate::Kept, true, false) => Fate::Published,
                    (Fate::Kept, false, true) => Fate::Withdrawn,
                    (fate, was_draft, is_draft) => {
                        let word = |draft: bool| Some(draft.to_string());
                        group.changes.extend(Change::between("draft", word(was_draft), word(is_draft)));
                        fate
                    }
                };
                let renamed_from = pair.renamed.map(|_| was.id);
                group.changes.extend(others::changes(
                    kind,
                    (&before, pair.before),
                    (&after, pair.after),
                    &renames,
                    renamed_from,
                ));
                if kind == RecordKind::Source {
                    group.changes.extend(evidence.changes(now.id, &group.fate));
                }
                (group.fate != Fate::Kept || !group.changes.is_empty()).then_some(group)
            })
            .collect();
        records.extend(both);
        records.extend(pairs.came.iter().filter_map(|number| {
            let mut group = group(kind, new.get(*number)?, others::is_draft(&after, kind, *number));
            let was_broken = before.site.broken.contains(&(kind, group.id.clone()));
            group.fate = if was_broken { Fate::Readable } else { Fate::New };
            group.changes = others::contents(kind, &after, *number);
            Some(group)
        }));
        records.extend(pairs.gone.iter().filter_map(|(number, heir)| {
            let was = old.get(*number)?;
            let mut group = group(kind, was, false);
            let is_broken = after.site.broken.contains(&(kind, group.id.clone()));
            group.fate = match heir {
                Some(into) => Fate::Merged { into: into.clone() },
                None if is_broken => Fate::Unreadable,
                None => Fate::Removed,
            };
            if kind == RecordKind::Source {
                group.changes = evidence.changes(was.id, &group.fate);
            }
            Some(group)
        }));
        // What could be read on neither side, or came broken, has no record to be compared.
        let known: HashSet<&Id> = old.iter().map(|record| record.id).collect();
        let broken =
            after.site.broken.iter().filter(|(of, id)| {
                *of == kind && !before.site.broken.contains(&(kind, id.clone())) && !known.contains(id)
            });
        records.extend(broken.map(|(_, id)| {
            let named = Named { id, title: id.as_str(), aliases: &[] };
            Group { fate: Fate::Unreadable, ..group(kind, &named, false) }
        }));
    }
    Changes {
        records,
        settings: settings::changes(&before.site.config, &after.site.config),
        counts: totals::counts(before.published, after.published),
        totals: totals::changes(before.published, after.published),
    }
}

fn group(kind: RecordKind, record: &Named<'_>, draft: bool) -> Group {
    let (id, title) = (record.id.clone(), record.title.to_owned());
    Group { kind, id, title, draft, fate: Fate::Kept, changes: Vec::new() }
}

#[cfg(test)]
mod tests;
