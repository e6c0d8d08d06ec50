//! What is wrong, as the browser is told: for the panel over a page, and for the page that stands where there is none.

use crate::diagnostic::render::Summary;
use crate::diagnostic::{Level, Located, Place};
use crate::pipeline::Edition;
use crate::source_text::{FileId, Fingerprint};
use serde::Serialize;
use std::collections::BTreeMap;

/// As many problems are told; of the others, how many there are.
const MOST: usize = 100;

/// Lines of the file above and below the marked ones.
const AROUND: usize = 1;

/// As many marked lines are shown; a fault that goes on for pages is seen by its beginning.
const LONGEST_MARK: usize = 6;

/// As many characters of a line are shown on each side of what is marked, and of what is marked.
const WIDEST: usize = 120;

/// All that is wrong at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Board {
    /// A fingerprint of the rest: the same board has the same.
    pub id: String,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Whether what is shown is older than what is told of.
    pub stale: bool,
    /// What is wrong besides the problems of the content.
    pub trouble: Option<String>,
    /// Errors first, then warnings, then notes; within these as `check` has them.
    pub list: Vec<Problem>,
    /// How many more there are.
    pub left_out: usize,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    pub level: &'static str,
    pub code: &'static str,
    pub message: String,
    #[serde(flatten)]
    pub spot: Spot,
    pub end_line: usize,
    pub end_column: usize,
    pub snippet: Vec<Line>,
    pub labels: Vec<Label>,
    pub help: Vec<String>,
    /// The command that says more.
    pub explain: String,
    /// The address of the record's page.
    pub page: Option<String>,
}

/// The beginning of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Spot {
    pub path: String,
    pub line: usize,
    pub column: usize,
}

/// Another place, and what it has to do with the problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Label {
    #[serde(flatten)]
    pub spot: Spot,
    pub message: String,
}

/// A line of a file in three parts, the marked one in the middle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub number: usize,
    pub before: String,
    pub marked: String,
    pub after: String,
}

impl Board {
    /// What is wrong, the `problems` of `latest`, while `shown` is what readers see.
    pub fn new(latest: &Edition, problems: &[Located], shown: Option<&Edition>, trouble: Option<&str>) -> Self {
        let counts = Summary::of(problems, 0);
        let mut all: Vec<&Located> = problems.iter().collect();
        all.sort_by_key(|problem| problem.level);
        all.truncate(MOST);
        let base = shown.map(Edition::base_path).unwrap_or_default();
        let mut texts: BTreeMap<FileId, Option<String>> = BTreeMap::new();
        let list = all.into_iter().map(|problem| {
            let file = &problem.place.file;
            let text = texts.entry(file.clone()).or_insert_with(|| latest.text(file));
            let page = shown.and_then(|shown| shown.route(file)).map(|route| format!("{base}{route}"));
            one(problem, text.as_deref(), page)
        });
        let mut board = Self {
            id: String::new(),
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            stale: counts.errors > 0 || trouble.is_some(),
            trouble: trouble.map(plain),
            list: list.collect(),
            left_out: problems.len().saturating_sub(MOST),
        };
        board.id = Fingerprint::of(board.json().as_bytes()).short(16);
        board
    }

    /// The board as one line of JSON.
    pub fn json(&self) -> String {
        // Texts and numbers only: there is nothing that could fail to become JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn one(problem: &Located, text: Option<&str>, page: Option<String>) -> Problem {
    let place = &problem.place;
    let label = |(place, message): &(Place, String)| Label { spot: spot(place), message: plain(message) };
    Problem {
        level: problem.level.name(),
        code: problem.code.name(),
        message: plain(&problem.message),
        spot: spot(place),
        end_line: place.end.line,
        end_column: place.end.column,
        snippet: text.map(|text| snippet(text, place)).unwrap_or_default(),
        labels: problem.labels.iter().map(label).collect(),
        help: problem.help.iter().map(|help| plain(help)).collect(),
        explain: format!("annals check --explain {}", problem.code.name()),
        page,
    }
}

fn spot(place: &Place) -> Spot {
    Spot { path: plain(place.file.path()), line: place.start.line, column: place.start.column }
}

fn snippet(text: &str, place: &Place) -> Vec<Line> {
    let first = place.start.line.saturating_sub(AROUND).max(1);
    let last = place.end.line.max(place.start.line).min(place.start.line + LONGEST_MARK);
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.split('\n').enumerate().map(|(at, line)| (at + 1, line.trim_end_matches('\r')));
    lines
        .skip(first - 1)
        .take(last + AROUND + 1 - first)
        .map(|(number, line)| {
            let from = if number == place.start.line { place.start.column - 1 } else { 0 };
            let to = if number == place.end.line { place.end.column - 1 } else { usize::MAX };
            let is_marked = (place.start.line..=place.end.line).contains(&number);
            cut(number, line, if is_marked { from..to.max(from) } else { 0..0 })
        })
        .collect()
}

/// A line in three parts, without what is too far off to be seen.
fn cut(number: usize, line: &str, mark: std::ops::Range<usize>) -> Line {
    let (from, to) = (mark.start, mark.end);
    let skipped = from.saturating_sub(WIDEST);
    // A line may have millions of characters; no more of them are looked at than are shown.
    let mut letters = line.chars().skip(skipped);
    let mut before: String = letters.by_ref().take(from - skipped).collect();
    if skipped > 0 {
        before.insert(0, '…');
    }
    let wide = to.saturating_sub(from);
    let mut marked: String = letters.by_ref().take(wide.min(WIDEST)).collect();
    let mut after = String::new();
    if wide > WIDEST && letters.next().is_some() {
        marked.push('…');
    } else {
        after = letters.by_ref().take(WIDEST).collect();
        if letters.next().is_some() {
            after.push('…');
        }
    }
    Line { number, before: plain(&before), marked: plain(&marked), after: plain(&after) }
}

/// Text in which nothing turns or hides what stands beside it.
fn plain(text: &str) -> String {
    let turns =
        |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() || turns(c) {
                '\u{b7}'
            } else {
                c
            }
        })
        .collect()
}

/// `2 errors, 1 warning`: what is wrong enough to be told unasked; nothing when nothing is.
pub(super) fn words(summary: Summary) -> Option<String> {
    let grave = Summary { notes: 0, ..summary };
    (grave.errors + grave.warnings > 0).then(|| grave.words())
}

/// Those that are told unasked.
pub(super) fn grave(problems: Vec<Located>) -> Vec<Located> {
    problems.into_iter().filter(|problem| problem.level <= Level::Warning).collect()
}

#[cfg(test)]
mod tests {
    use super::snippet;
    use crate::diagnostic::Place;
    use crate::source_text::{FileId, LineIndex, Span};

    /// Marks the bytes and shows each line as `number before[marked]after`.
    #[track_caller]
    fn check(text: &str, start: usize, end: usize, expect: &[&str]) {
        let index = LineIndex::new(text.as_bytes());
        let position = |offset| index.position(text.as_bytes(), offset);
        let file = FileId::new("content/a.yaml");
        let place = Place { file, start: position(start), end: position(end), span: Span::new(start, end) };
        let lines = snippet(text, &place);
        let shown: Vec<_> = lines
            .iter()
            .map(|line| format!("{} {}[{}]{}", line.number, line.before, line.marked, line.after))
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn lines_around_what_is_marked() {
        check("a: 1\r\nb: 2\r\nc: 3\r\nd: 4\n", 9, 10, &["1 []a: 1", "2 b: [2]", "3 []c: 3"]);
        check("a: 1\nb: 2", 3, 9, &["1 a: [1]", "2 [b: 2]"]);
        check("", 0, 0, &["1 []"]);
        check("\u{feff}tí: x\n", 8, 9, &["1 tí: [x]", "2 []"]);
        check("a: \u{202e}\u{1b}\tb", 0, 1, &["1 [a]: \u{b7}\u{b7} b"]);
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = "é".repeat(100_000);
        let side = "é".repeat(120);
        check(&format!("{long}x{long}"), 200_000, 200_001, &[&format!("1 …{side}[x]{side}…")]);
        check(&long, 0, 200_000, &[&format!("1 [{side}…]")]);
        let many = "x\n".repeat(50);
        check(&many, 0, 80, &["1 [x]", "2 [x]", "3 [x]", "4 [x]", "5 [x]", "6 [x]", "7 [x]", "8 [x]"]);
    }
}
