//! The report as GitHub-flavoured Markdown, for the summary of a workflow and for comments.
//!
//! No text of a record can be anything but text here: each character that could begin markup, a link, a mention or HTML
//! is escaped.

use super::Report;
use super::change::Change;
use super::group::Group;
use super::words::counted;
use crate::diagnostic::render::markdown::escaped;
use std::fmt::Write;

/// The most bytes: what a comment on GitHub may have, with room for what stands around it.
const MOST: usize = 60_000;
/// The most characters of one value.
const LONGEST: usize = 300;

/// The report. Of what has no room it says how much it is.
pub fn render(report: &Report) -> String {
    let mut head = String::new();
    let _ = writeln!(head, "## What changes for readers\n");
    let _ =
        writeln!(head, "{} → {}: **{}**", escaped(&report.base), escaped(&report.head), escaped(&report.headline()));
    let mut foot = String::new();
    let remarks = report.remarks();
    if !remarks.is_empty() {
        foot.push_str("\n### The site as a whole\n\n");
        let mut shown = 0;
        for remark in &remarks {
            let line = format!("- {}\n", escaped(remark));
            if foot.len() + line.len() > MOST / 4 {
                break;
            }
            foot.push_str(&line);
            shown += 1;
        }
        if shown < remarks.len() {
            let _ = writeln!(foot, "- … and {} more", remarks.len() - shown);
        }
    }
    let room = MOST.saturating_sub(head.len() + foot.len() + 300);
    let mut body = String::new();
    let mut left = (0, 0);
    let settings = (!report.changes.settings.is_empty())
        .then(|| ("\n### Settings\n\n`content/site.yaml`\n\n".to_owned(), report.changes.settings.as_slice()));
    let groups = report.changes.records.iter().map(|group| (heading(group), group.changes.as_slice()));
    // What decides how everything is judged stands first.
    for (heading, changes) in settings.into_iter().chain(groups) {
        if left.0 > 0 || body.len() + heading.len() > room {
            left = (left.0 + 1, left.1 + changes.len());
            continue;
        }
        body.push_str(&heading);
        for (at, change) in changes.iter().enumerate() {
            let line = line(change);
            if body.len() + line.len() > room {
                left = (1, changes.len() - at);
                break;
            }
            body.push_str(&line);
        }
    }
    if left.0 > 0 {
        let _ = writeln!(
            body,
            "\n**{} of {} have no room here.** `annals diff` in a terminal shows all of them.",
            counted(left.1, "change", "changes"),
            counted(left.0, "record", "records"),
        );
    }
    format!("{head}{body}{foot}")
}

fn heading(group: &Group) -> String {
    let title = if group.title.trim().is_empty() { group.id.as_str() } else { &group.title };
    let mut text = format!("\n### {}\n\n", escaped(&super::change::cut(title, LONGEST)));
    let place = format!("{}/{}", group.kind.folder(), group.id);
    let _ = write!(text, "{}", escaped(&place));
    if let Some(fate) = group.fate_words() {
        let _ = write!(text, " · **{}**", escaped(&fate));
    }
    text.push_str("\n\n");
    text
}

fn line(change: &Change) -> String {
    let said = change.said(LONGEST);
    let subject = escaped(&super::change::cut(&change.subject, LONGEST));
    match said.is_empty() {
        true => format!("- **{subject}**\n"),
        false => format!("- **{subject}**: {}\n", escaped(&said)),
    }
}
