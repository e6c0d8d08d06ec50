//! Scalars as they were written.

use super::super::locate::Style;
use super::comments::says_nothing;
use crate::source_text::Span;

/// A text, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar<'a> {
    /// What it says.
    pub text: String,
    /// How it was written.
    pub form: Form<'a>,
}

/// How a text was written. Lines are those of the file, without what surrounds a text that goes on in the next line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// Without quotation marks.
    Plain(Vec<&'a str>),
    /// In `'`, marks included.
    Single(Vec<&'a str>),
    /// In `"`, marks included.
    Double(Vec<&'a str>),
    /// Below `|` or `>`.
    Block {
        /// Whether it is `>`.
        is_folded: bool,
        /// What becomes of the line ends after it.
        chomp: Chomp,
        /// Its lines without their indentation, up to the last that says something.
        lines: Vec<&'a str>,
        /// How many lines without anything follow that belong to the text.
        blank: usize,
    },
}

/// What becomes of the line ends after a text in `|` or `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chomp {
    /// One stays.
    Clip,
    /// None stays: `-`.
    Strip,
    /// All stay: `+`.
    Keep,
}

impl<'a> Scalar<'a> {
    /// The scalar at `span` of `yaml`, which says `text`; `mark` is where the `|` or `>` of a block stands.
    pub(super) fn read(yaml: &'a str, span: Span, text: &str, style: Style, mark: usize) -> Self {
        let raw = yaml.get(span.start..span.end).unwrap_or_default();
        let form = match style {
            Style::Plain => Form::Plain(lines(raw, false)),
            Style::Quoted if raw.starts_with('\'') => Form::Single(lines(raw, false)),
            Style::Quoted => Form::Double(lines(raw, true)),
            Style::Block => block(yaml, span, text, mark),
        };
        Self { text: text.to_owned(), form }
    }
}

const BLANK: [char; 3] = [' ', '\t', '\r'];

/// The lines of a scalar that folds them: white space around the ends of lines is not its text.
fn lines(raw: &str, escapes: bool) -> Vec<&str> {
    let last = raw.bytes().filter(|byte| *byte == b'\n').count();
    let one = |(number, line): (usize, &'_ str)| {
        let (start, mut end) = (
            if number == 0 { 0 } else { line.len() - line.trim_start_matches(BLANK).len() },
            if number == last { line.len() } else { line.trim_end_matches(BLANK).len() },
        );
        let kept = line.get(..end).unwrap_or_default();
        let slashes = kept.len() - kept.trim_end_matches('\\').len();
        // `\ ` before the line's end is a space that was meant.
        if escapes && slashes % 2 == 1 && line.get(end..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
            end += 1;
        }
        (start.min(end), end)
    };
    raw.split('\n')
        .enumerate()
        .map(|(number, line)| {
            let (start, end) = one((number, line));
            line.get(start..end).unwrap_or_default()
        })
        .collect()
}

fn block<'a>(yaml: &'a str, span: Span, text: &str, mark: usize) -> Form<'a> {
    let header_end = yaml.get(mark..).and_then(|rest| rest.find('\n')).map_or(yaml.len(), |at| mark + at + 1);
    let header = yaml.get(mark..header_end).unwrap_or_default();
    let header = header.split(['#', ' ', '\t', '\r', '\n']).next().unwrap_or_default();
    let mut lines: Vec<&str> = Vec::new();
    if !says_nothing(text) {
        // The first line that says something begins where the indentation ends.
        let line = yaml.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let indent = span.start - line;
        for raw in yaml.get(header_end..span.end).unwrap_or_default().split('\n') {
            let raw = raw.strip_suffix('\r').unwrap_or(raw);
            let spaces = raw.len() - raw.trim_start_matches(' ').len();
            lines.push(raw.get(spaces.min(indent)..).unwrap_or_default());
        }
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
    }
    let ends = text.len() - text.trim_end_matches('\n').len();
    let chomp = match () {
        () if header.contains('+') => Chomp::Keep,
        () if header.contains('-') => Chomp::Strip,
        // The file may end before the text's last line does.
        () if !text.is_empty() && ends == 0 => Chomp::Strip,
        () => Chomp::Clip,
    };
    let blank = match chomp {
        Chomp::Keep if lines.is_empty() => ends,
        Chomp::Keep => ends.saturating_sub(1),
        Chomp::Clip | Chomp::Strip => 0,
    };
    Form::Block { is_folded: header.starts_with('>'), chomp, lines, blank }
}
