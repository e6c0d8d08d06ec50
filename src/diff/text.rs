//! The report for a terminal.

use super::Report;
use super::group::Group;
use crate::diagnostic::render::short::one_line;
use std::fmt::Write;

/// The most characters of one value.
const LONGEST: usize = 400;

/// The report, a block for each record.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} → {}: {}", one_line(&report.base), one_line(&report.head), report.headline());
    for group in &report.changes.records {
        block(&mut out, group);
    }
    if !report.changes.settings.is_empty() {
        let _ = writeln!(out, "\nsettings (content/site.yaml)");
        for change in &report.changes.settings {
            let _ = writeln!(out, "  {}: {}", one_line(&change.subject), one_line(&change.said(LONGEST)));
        }
    }
    let remarks = report.remarks();
    if !remarks.is_empty() {
        out.push('\n');
    }
    for remark in remarks {
        let _ = writeln!(out, "{}", one_line(&remark));
    }
    out
}

fn block(out: &mut String, group: &Group) {
    let _ = writeln!(out, "\n{}  [{}/{}]", one_line(&group.title), group.kind.folder(), one_line(group.id.as_str()));
    if let Some(fate) = group.fate_words() {
        let _ = writeln!(out, "  {}", one_line(&fate));
    }
    for change in &group.changes {
        let said = change.said(LONGEST);
        let colon = if said.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "  {}{colon}{}", one_line(&change.subject), one_line(&said));
    }
}
