//! Problems with the lines they stand in, as the Rust compiler shows them.

use super::Texts;
use super::short::one_line;
use crate::diagnostic::{Level, Located, Place};
use crate::source_text::FileId;
use annotate_snippets::{AnnotationKind, Group, Level as Shown, Origin, Renderer, Snippet};
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
    let files: Vec<_> = files
        .into_iter()
        .map(|(file, places)| {
            let windows = windows(&places, texts.get(file).and_then(Option::as_deref));
            (one_line(file.path()), places, windows)
        })
        .collect();
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(problem.code.name()));
    for (path, places, windows) in &files {
        let Some(windows) = windows else {
            for (place, _) in places {
                let origin = Origin::path(path.as_str()).line(place.start.line).char_column(place.start.column);
                group = group.element(origin);
            }
            continue;
        };
        for window in windows {
            let mut snippet = Snippet::source(window.text.as_str()).line_start(window.line).path(path.as_str());
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
    }
    let help: Vec<String> = problem.help.iter().map(|help| one_line(help)).collect();
    for line in &help {
        group = group.element(Shown::HELP.message(line.as_str()));
    }
    renderer.render(&[group])
}

/// Some lines of a file and what is marked in them.
struct Window<'a> {
    line: usize,
    text: String,
    marks: Vec<(std::ops::Range<usize>, Option<&'a str>)>,
}

/// One window a file, from the first marked line to the last; far apart, one for each mark.
///
/// Nothing where there is no text that a terminal could show: then the bare places have to do.
fn windows<'a>(places: &[Marked<'a>], text: Option<&str>) -> Option<Vec<Window<'a>>> {
    const FAR: usize = 200;
    let text = text.filter(|text| !text.is_empty())?;
    let first = places.iter().map(|(place, _)| place.start.line).min().unwrap_or(1);
    let last = places.iter().map(|(place, _)| place.end.line).max().unwrap_or(1);
    if last - first <= FAR {
        return Some(vec![window(places, text)?]);
    }
    places.iter().map(|place| window(std::slice::from_ref(place), text)).collect()
}

fn window<'a>(places: &[Marked<'a>], text: &str) -> Option<Window<'a>> {
    let start = places.iter().map(|(place, _)| place.span.start).min().unwrap_or(0).min(text.len());
    let end = places.iter().map(|(place, _)| place.span.end).max().unwrap_or(0).min(text.len());
    let mut from = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    if from == 0 && text.starts_with('\u{feff}') {
        // The mark is no column.
        from = '\u{feff}'.len_utf8();
    }
    let to = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| end + at);
    let line = places.iter().map(|(place, _)| place.start.line).min().unwrap_or(1);
    let slice = text.get(from..to).unwrap_or_default();
    if slice.split('\n').any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    // A tab or another control character would move the marks; each becomes a character of the same length.
    let still = |c: char| match c.len_utf8() {
        _ if !c.is_control() || c == '\n' => c,
        1 => ' ',
        _ => '\u{b7}',
    };
    let shown: String = slice.chars().map(still).collect();
    let marks = places
        .iter()
        .map(|(place, label)| {
            let at = |offset: usize| offset.max(from).saturating_sub(from).min(shown.len());
            (at(place.span.start)..at(place.span.end), *label)
        })
        .collect();
    Some(Window { line, text: shown, marks })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Level, Located, Place};
    use crate::source_text::{FileId, LineIndex, Span};

    #[track_caller]
    fn check(text: &str, start: usize, end: usize, expect: &str) {
        let index = LineIndex::new(text.as_bytes());
        let position = |offset| index.position(text.as_bytes(), offset);
        let file = FileId::new("content/a\nb.yaml");
        let place = Place { file, start: position(start), end: position(end), span: Span::new(start, end) };
        let problem = Located {
            code: Code::WrongType,
            level: Level::Error,
            message: "it is\u{202e}\u{1b} wrong".to_owned(),
            place,
            labels: Vec::new(),
            help: vec!["mend\nit".to_owned()],
        };
        let shown = super::render(&[problem], &|_| Some(text.to_owned()), false);
        let lines: Vec<&str> = shown.lines().map(str::trim_end).filter(|line| *line != "  |").collect();
        let help = lines[lines.len() - 2].trim_start();
        assert_eq!((lines[0], help), ("error[wrong-type]: it is   wrong", "= help: mend it"));
        assert_eq!(lines[1..lines.len() - 2].join("\n").trim_start(), expect);
    }

    #[test]
    fn what_a_terminal_cannot_show() {
        check("a: \tb\u{9b}c\r\n", 4, 5, "--> content/a b.yaml:1:5\n1 | a:  b\u{b7}c\n  |     ^");
        check("\u{feff}a: b", 6, 7, "--> content/a b.yaml:1:4\n1 | a: b\n  |    ^");
        check("", 0, 0, "--> content/a b.yaml:1:1");
        let long = format!("a: {}b", "🚢".repeat(1000));
        check(&long, long.len() - 1, long.len(), "--> content/a b.yaml:1:1004");
    }
}
