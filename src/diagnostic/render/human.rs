//! Problems with the lines they stand in, as the Rust compiler shows them.

use super::Texts;
use super::short::one_line;
use crate::diagnostic::{Level, Located, Place};
use crate::source_text::FileId;
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Renderer, Snippet};
use std::collections::BTreeMap;

/// The longest line of which a snippet shows anything: beyond it a terminal shows only noise.
const LONGEST_LINE: usize = 2000;

/// All problems, a block each, with a blank line after it. Colour is for the caller's terminal to strip or keep.
pub fn render(problems: &[Located], texts: &Texts<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut known: BTreeMap<FileId, Option<String>> = BTreeMap::new();
    for problem in problems {
        for place in std::iter::once(&problem.place).chain(problem.labels.iter().map(|(place, _)| place)) {
            known.entry(place.file.clone()).or_insert_with(|| texts(&place.file));
        }
        out.push_str(&one(problem, &known, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// A place and its label; the problem's own place has none.
type Marked<'a> = (&'a Place, Option<&'a str>);

fn one(problem: &Located, texts: &BTreeMap<FileId, Option<String>>, renderer: &Renderer) -> String {
    let level = match problem.level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Note => Shown::NOTE,
    };
    let message = one_line(&problem.message);
    // The places of each file, the problem's own file first.
    let mut files: Vec<(&FileId, Vec<Marked<'_>>)> = vec![(&problem.place.file, vec![(&problem.place, None)])];
    for (place, label) in &problem.labels {
        match files.iter_mut().find(|(file, _)| **file == place.file) {
            Some((_, places)) => places.push((place, Some(label))),
            None => files.push((&place.file, vec![(place, Some(label))])),
        }
    }
    let windows: Vec<Window<'_>> = files
        .iter()
        .flat_map(|(file, places)| windows(file, places, texts.get(*file).and_then(Option::as_deref)))
        .collect();
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(problem.code.name()));
    for window in &windows {
        let mut snippet = Snippet::source(window.text.as_str()).line_start(window.line).path(window.path);
        for (span, label) in &window.marks {
            let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
            let mut mark = kind.span(span.clone());
            if let Some(label) = label {
                mark = mark.label(*label);
            }
            snippet = snippet.annotation(mark);
        }
        group = group.element(snippet);
    }
    let help: Vec<String> = problem.help.iter().map(|help| one_line(help)).collect();
    for line in &help {
        group = group.element(Shown::HELP.message(line.as_str()));
    }
    renderer.render(&[group])
}

/// Some lines of a file and what is marked in them.
struct Window<'a> {
    path: &'a str,
    line: usize,
    text: String,
    marks: Vec<(std::ops::Range<usize>, Option<&'a str>)>,
}

/// One window a file, from the first marked line to the last; far apart, one for each mark. Without a text a bare place.
fn windows<'a>(file: &'a FileId, places: &[Marked<'a>], text: Option<&str>) -> Vec<Window<'a>> {
    const FAR: usize = 200;
    let text = text.unwrap_or_default();
    let first = places.iter().map(|(place, _)| place.start.line).min().unwrap_or(1);
    let last = places.iter().map(|(place, _)| place.end.line).max().unwrap_or(1);
    if last - first <= FAR {
        return vec![window(file, places, text)];
    }
    places.iter().map(|place| window(file, std::slice::from_ref(place), text)).collect()
}

fn window<'a>(file: &'a FileId, places: &[Marked<'a>], text: &str) -> Window<'a> {
    let start = places.iter().map(|(place, _)| place.span.start).min().unwrap_or(0).min(text.len());
    let end = places.iter().map(|(place, _)| place.span.end).max().unwrap_or(0).min(text.len());
    let from = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let to = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| end + at);
    let line = places.iter().map(|(place, _)| place.start.line).min().unwrap_or(1);
    let slice = text.get(from..to).unwrap_or_default();
    if slice.split('\n').any(|line| line.len() > LONGEST_LINE) {
        return Window { path: file.path(), line, text: "(a very long line)".to_owned(), marks: vec![(0..0, None)] };
    }
    // A tab or another control character would move the marks; each becomes one space of the same length.
    let shown: String =
        slice.chars().map(|c| if c.is_control() && c != '\n' && c.len_utf8() == 1 { ' ' } else { c }).collect();
    let marks = places
        .iter()
        .map(|(place, label)| {
            let at = |offset: usize| offset.clamp(from, to).saturating_sub(from).min(shown.len());
            (at(place.span.start)..at(place.span.end), *label)
        })
        .collect();
    Window { path: file.path(), line, text: shown, marks }
}
