//! What is said of two states of a site: the changes, and what else a reviewer wants to know.

use super::group::Group;
use super::words::counted;
use super::{Changes, Fate};
use crate::model::RecordKind;
use std::collections::BTreeMap;

/// All that is said. The renderers show nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What the earlier state is called: a revision, a folder.
    pub base: String,
    /// What the later one is called.
    pub head: String,
    /// What changed.
    pub changes: Changes,
    /// Which pages differ.
    pub pages: Pages,
    /// Which files differ that hold no record.
    pub files: Files,
    /// How many problems of level error each state has.
    pub errors: (usize, usize),
}

/// Pages of the published site, by their paths, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those that are new.
    pub new: Vec<String>,
    /// Those that look different.
    pub changed: Vec<String>,
    /// Those that are gone.
    pub removed: Vec<String>,
}

/// How many files differ that hold no record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Below `templates/`.
    pub templates: usize,
    /// Below `static/`.
    pub statics: usize,
    /// Anything else in the repository; nothing where that is not known.
    pub other: Option<usize>,
}

impl Report {
    /// "1 new incident, 2 incidents changed, 1 source removed"; "no fact changed".
    pub fn headline(&self) -> String {
        let mut numbers: BTreeMap<(RecordKind, u8, &'static str), usize> = BTreeMap::new();
        for group in &self.changes.records {
            let (place, verb) = verb(group);
            *numbers.entry((group.kind, place, verb)).or_default() += 1;
        }
        let mut parts: Vec<String> = numbers
            .into_iter()
            .map(|((kind, _, verb), number)| {
                let many = many(kind);
                format!("{} {verb}", counted(number, kind.noun(), many))
            })
            .collect();
        if !self.changes.settings.is_empty() {
            parts.push(format!("{} changed", counted(self.changes.settings.len(), "setting", "settings")));
        }
        match parts.is_empty() {
            true => "no fact changed".to_owned(),
            false => parts.join(", "),
        }
    }

    /// Sentences about the site as a whole, without a full stop: numbers, pages, files, problems.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        let counts = self.changes.counts.iter().map(|(what, was, now)| format!("{what}: {was} → {now}"));
        let counts: Vec<String> = counts.collect();
        if !counts.is_empty() {
            remarks.push(format!("published {}", counts.join(", ")));
        }
        remarks.extend(self.changes.totals.iter().map(|change| format!("{}: {}", change.subject, change.said(200))));
        let Pages { new, changed, removed } = &self.pages;
        let parts = [(new, "new"), (changed, "changed"), (removed, "removed")];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(paths, _)| !paths.is_empty())
            .map(|(paths, says)| format!("{} {says} ({})", paths.len(), kinds_of(paths)))
            .collect();
        if !parts.is_empty() {
            remarks.push(format!("pages: {}", parts.join(", ")));
        }
        let files = [
            (self.files.templates, "template", "templates"),
            (self.files.statics, "static file", "static files"),
            (self.files.other.unwrap_or_default(), "file outside the site", "files outside the site"),
        ];
        let files: Vec<String> =
            files.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(n, one, many)).collect();
        if !files.is_empty() {
            remarks.push(format!("changed beside the records: {}", files.join(", ")));
        }
        remarks.extend(match self.errors {
            (0, 0) => None,
            (was, 0) => Some(format!("{} of the earlier state mended", counted(was, "error", "errors"))),
            (0, now) => Some(format!("{} in the later state: see `annals check`", counted(now, "error", "errors"))),
            (was, now) => Some(format!("errors: {was} in the earlier state, {now} in the later one")),
        });
        remarks
    }
}

/// What is said of a record in the headline, and its place there.
fn verb(group: &Group) -> (u8, &'static str) {
    match group.fate {
        Fate::New => (0, "added"),
        Fate::Published => (1, "published"),
        Fate::Kept | Fate::Readable => (2, "changed"),
        Fate::Renamed { .. } => (3, "renamed"),
        Fate::Withdrawn => (4, "withdrawn"),
        Fate::Removed | Fate::Merged { .. } => (5, "removed"),
        Fate::Unreadable => (6, "unreadable"),
    }
}

fn many(kind: RecordKind) -> &'static str {
    kind.folder()
}

/// "3 incidents, 1 year, the timeline".
fn kinds_of(paths: &[String]) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut single = Vec::new();
    for path in paths {
        match path.split_once('/') {
            Some((folder, _)) => *folders.entry(folder).or_default() += 1,
            None => single.push(path.as_str()),
        }
    }
    const MOST: usize = 8;
    let more = single.len().saturating_sub(MOST);
    let names = single.into_iter().take(MOST).map(str::to_owned);
    let rest = (more > 0).then(|| format!("{more} more"));
    folders
        .into_iter()
        .map(|(folder, number)| format!("{number} in {folder}/"))
        .chain(names)
        .chain(rest)
        .collect::<Vec<_>>()
        .join(", ")
}
