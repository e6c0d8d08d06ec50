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
mod records;
pub mod report;
mod settings;
pub mod text;
mod totals;
mod wording;
mod words;

pub use change::{Change, Code};
pub use group::{Fate, Group};
pub use report::{Files, Pages, Report};

use crate::model::RecordKind;
use crate::resolve::Site;
use crate::source_text::FileId;
use evidence::Evidence;
use pairs::Renames;
use records::Records;
use std::collections::HashMap;
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
    let kinds = RecordKind::ALL.map(|kind| Records::of(kind, &before, &after));
    let mut renames = Renames::default();
    kinds.iter().for_each(|records| records.note(&mut renames));
    let evidence = Evidence::of(&before, &after, &renames);
    let records = kinds.iter().flat_map(|records| records.groups(&renames, &evidence)).collect();
    Changes {
        records,
        settings: settings::changes(&before.site.config, &after.site.config),
        counts: totals::counts(before.published, after.published),
        totals: totals::changes(before.published, after.published),
    }
}

#[cfg(test)]
mod tests;
