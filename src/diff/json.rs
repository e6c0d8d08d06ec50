//! The report for programs. A public contract: [`VERSION`] counts what would break a reader.

use super::Report;
use super::change::Change;
use super::group::{Fate, Group};
use crate::diagnostic::render::github::harmless_json;
use crate::model::RecordKind;
use crate::resolve::routes;
use serde::Serialize;

/// The version of the form.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    base: &'a str,
    head: &'a str,
    headline: String,
    records: Vec<Record<'a>>,
    settings: Vec<Line<'a>>,
    counts: Vec<Count<'a>>,
    totals: Vec<Line<'a>>,
    pages: Pages<'a>,
    files: Files,
    errors: Errors,
}

#[derive(Serialize)]
struct Record<'a> {
    /// `incident`, `source`, `entity`, `place`, `page`.
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    /// The page, below the output folder; nothing when there is none now.
    url: Option<String>,
    draft: bool,
    /// `new`, `removed`, `renamed`, `merged`, `published`, `withdrawn`, `unreadable`, `readable`, `changed`.
    fate: &'static str,
    /// The id that it had.
    renamed_from: Option<&'a str>,
    /// Whether the old address leads to the new one; nothing when the address is the same.
    redirects: Option<bool>,
    /// The id at which its address leads now.
    merged_into: Option<&'a str>,
    changes: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    field: Option<&'a str>,
    claim: Option<&'a str>,
    subject: &'a str,
    was: Option<&'a str>,
    now: Option<&'a str>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Count<'a> {
    what: &'a str,
    was: usize,
    now: usize,
}

#[derive(Serialize)]
struct Pages<'a> {
    new: &'a [String],
    changed: &'a [String],
    removed: &'a [String],
}

#[derive(Serialize)]
struct Files {
    templates: usize,
    statics: usize,
    other: Option<usize>,
}

#[derive(Serialize)]
struct Errors {
    was: usize,
    now: usize,
}

/// The report, with a line feed at its end.
pub fn render(report: &Report) -> String {
    let changes = &report.changes;
    let shown = Shown {
        version: VERSION,
        base: &report.base,
        head: &report.head,
        headline: report.headline(),
        records: changes.records.iter().map(record).collect(),
        settings: changes.settings.iter().map(line).collect(),
        counts: changes.counts.iter().map(|(what, was, now)| Count { what, was: *was, now: *now }).collect(),
        totals: changes.totals.iter().map(line).collect(),
        pages: Pages { new: &report.pages.new, changed: &report.pages.changed, removed: &report.pages.removed },
        files: Files { templates: report.files.templates, statics: report.files.statics, other: report.files.other },
        errors: Errors { was: report.errors.0, now: report.errors.1 },
    };
    // Strings and numbers only: there is nothing that could fail to become JSON.
    let mut text = harmless_json(&serde_json::to_string_pretty(&shown).unwrap_or_default());
    text.push('\n');
    text
}

fn record(group: &Group) -> Record<'_> {
    let has_page = !group.draft && !matches!(group.fate, Fate::Removed | Fate::Merged { .. } | Fate::Unreadable);
    let (renamed_from, redirects) = match &group.fate {
        Fate::Renamed { from, redirects } => (Some(from.as_str()), Some(*redirects)),
        _ => (None, None),
    };
    Record {
        kind: group.kind.noun(),
        id: group.id.as_str(),
        title: &group.title,
        url: has_page.then(|| url(group.kind, group)),
        draft: group.draft,
        fate: group.fate.name(),
        renamed_from,
        redirects,
        merged_into: match &group.fate {
            Fate::Merged { into } => Some(into.as_str()),
            _ => None,
        },
        changes: group.changes.iter().map(line).collect(),
    }
}

fn url(kind: RecordKind, group: &Group) -> String {
    routes::record(kind, &group.id)
}

fn line(change: &Change) -> Line<'_> {
    Line {
        code: change.code.name(),
        field: change.field.as_deref(),
        claim: change.claim.as_ref().map(|id| id.as_str()),
        subject: &change.subject,
        was: change.was.as_deref(),
        now: change.now.as_deref(),
        notes: &change.notes,
    }
}
