//! The report for a terminal.

use super::Report;
use super::change::Group;
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

/// Text without anything that would end its line, move a cursor or turn the order of what is shown.
pub(super) fn one_line(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || turns(c);
    text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect()
}
