//! One JSON object with all problems and a summary. A public contract.

use super::Summary;
use super::github::harmless_json;
use crate::diagnostic::{Located, Place};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Problem<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    labels: Vec<Label<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct Label<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// The report, with a line feed at its end.
pub fn render(problems: &[Located], summary: Summary) -> String {
    let report = Report { diagnostics: problems.iter().map(problem).collect(), summary };
    // Strings and numbers only: there is nothing that could fail to become JSON.
    let mut text = harmless_json(&serde_json::to_string_pretty(&report).unwrap_or_default());
    text.push('\n');
    text
}

fn problem(problem: &Located) -> Problem<'_> {
    let Place { file, start, end, .. } = &problem.place;
    Problem {
        code: problem.code.name(),
        level: problem.level.name(),
        message: &problem.message,
        path: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        labels: problem.labels.iter().map(|(place, message)| label(place, message)).collect(),
        help: &problem.help,
    }
}

fn label<'a>(place: &'a Place, message: &'a str) -> Label<'a> {
    Label { path: place.file.path(), line: place.start.line, column: place.start.column, message }
}
