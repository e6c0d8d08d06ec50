//! The list of all problems as Markdown, for the page that GitHub shows for a run.

use super::markdown::escaped;
use super::short::one_line;
use super::{Summary, by_gravity};
use crate::diagnostic::Located;
use crate::source_text::FileId;
use std::collections::HashMap;
use std::fmt::Write;

/// What a step may write at most: beyond it GitHub shows nothing of it.
pub const LARGEST: usize = 1024 << 10;

/// The problems by file, the file with the worst first, in at most `room` bytes.
///
/// It ends after a whole problem, and says then how many are left out. Nothing comes where there is not even room to
/// say that. What stands in the content is text or code, and never more: no link, no picture, no HTML.
pub fn render(problems: &[Located], summary: Summary, root: &str, room: usize) -> String {
    let mut text = format!("## annals check: {}\n\n", summary.words());
    let records = if summary.records == 1 { "1 record".to_owned() } else { format!("{} records", summary.records) };
    let _ = writeln!(text, "Checked {records}.\n");
    let left_out =
        |number: usize| format!("\n{number} more left out here, where there is no room; the log lists all.\n\n");
    let reserve = left_out(problems.len()).len();
    if text.len() + reserve > room {
        return String::new();
    }
    let mut shown = 0;
    for (file, of_file) in by_file(problems) {
        let mut heading = format!("### {}\n\n", code(&below(root, file)));
        for problem in of_file {
            let entry = entry(problem, root);
            // One more for the line feed below the last of a file.
            if text.len() + heading.len() + entry.len() + 1 + reserve > room {
                text.push_str(&left_out(problems.len() - shown));
                return text;
            }
            text.push_str(&std::mem::take(&mut heading));
            text.push_str(&entry);
            shown += 1;
        }
        text.push('\n');
    }
    text
}

/// Errors first; a file stands where its worst problem does.
fn by_file(problems: &[Located]) -> Vec<(&FileId, Vec<&Located>)> {
    let mut places: HashMap<&FileId, usize> = HashMap::new();
    let mut files: Vec<(&FileId, Vec<&Located>)> = Vec::new();
    for problem in by_gravity(problems) {
        let file = &problem.place.file;
        let at = *places.entry(file).or_insert(files.len());
        match files.get_mut(at) {
            Some((_, of_file)) => of_file.push(problem),
            None => files.push((file, vec![problem])),
        }
    }
    files
}

/// The path as the repository has it.
fn below(root: &str, file: &FileId) -> String {
    if root.is_empty() { file.path().to_owned() } else { format!("{root}/{file}") }
}

fn entry(problem: &Located, root: &str) -> String {
    let start = problem.place.start;
    let mut entry = format!(
        "- line {}, column {}: **{}** `{}`: {}\n",
        start.line,
        start.column,
        problem.level.name(),
        problem.code.name(),
        prose(&problem.message)
    );
    for help in &problem.help {
        let _ = writeln!(entry, "  - help: {}", prose(help));
    }
    for (place, label) in &problem.labels {
        let _ =
            writeln!(entry, "  - see {} line {}: {}", code(&below(root, &place.file)), place.start.line, prose(label));
    }
    entry
}

/// A sentence as Markdown on one line: what it has in backticks stays code, all else is text.
pub fn prose(sentence: &str) -> String {
    let sentence = one_line(sentence);
    let mut parts = sentence.split('`');
    let mut out = escaped(parts.next().unwrap_or_default());
    while let Some(quoted) = parts.next() {
        match parts.next() {
            // Nothing within a code span has a meaning, and there is no backtick in it that could end it.
            Some(after) if !quoted.trim().is_empty() => {
                let _ = write!(out, "`{quoted}`{}", escaped(after));
            }
            Some(after) => {
                let _ = write!(out, "\\`{}\\`{}", escaped(quoted), escaped(after));
            }
            None => {
                let _ = write!(out, "\\`{}", escaped(quoted));
            }
        }
    }
    out
}

/// Text as a code span on one line.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    if longest == 0 && !text.trim().is_empty() {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Level, Place};
    use crate::source_text::{Position, Span};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    fn problem(level: Level, path: &str, message: &str) -> Located {
        let file = FileId::new(path);
        Located {
            code: Code::InvalidDate,
            level,
            message: message.to_owned(),
            place: Place { file, start: Position::START, end: Position::START, span: Span::default() },
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    fn rendered(problems: &[Located], room: usize) -> String {
        render(problems, Summary::of(problems, 2), "", room)
    }

    /// The words that a reader sees; a panic for anything but headings, lists, emphasis, text and code.
    fn shown(markdown: &str) -> String {
        let mut words = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::Start(Tag::Heading { .. } | Tag::List(_) | Tag::Item | Tag::Paragraph | Tag::Strong) => {}
                // What keeps a mention from being one.
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                Event::End(_) => words.push('\n'),
                other => panic!("{other:?} in {markdown}"),
            }
        }
        words
    }

    #[test]
    fn the_list_is_by_file_with_the_worst_first() {
        let mut found = problem(Level::Error, "content/b.md", "`May` is no date");
        found.help = vec!["write `2022-05`".to_owned()];
        found.labels = vec![(found.place.clone(), "here".to_owned())];
        let all = [problem(Level::Note, "content/a.md", "so [so]"), found, problem(Level::Note, "content/b.md", "x")];
        let expect = "\
## annals check: 1 error, 2 notes

Checked 2 records.

### `content/b.md`

- line 1, column 1: **error** `invalid-date`: `May` is no date
  - help: write `2022-05`
  - see `content/b.md` line 1: here
- line 1, column 1: **note** `invalid-date`: x

### `content/a.md`

- line 1, column 1: **note** `invalid-date`: so \\[so\\]

";
        assert_eq!(rendered(&all, LARGEST), expect);
        let deep = render(&all, Summary::of(&all, 2), "sites/x", LARGEST);
        assert_eq!(deep, expect.replace("`content/", "`sites/x/content/"));
        assert_eq!(rendered(&[], LARGEST), "## annals check: no problems\n\nChecked 2 records.\n\n");
    }

    #[test]
    fn it_ends_after_a_whole_problem_and_counts_the_rest() {
        let all: Vec<Located> = (0..500).map(|n| problem(Level::Error, &format!("content/{n}.md"), "wrong")).collect();
        let whole = rendered(&all, LARGEST);
        let mut last = 0;
        for room in 0..2000 {
            let text = rendered(&all, room);
            assert!(text.len() <= room);
            if text.is_empty() {
                assert_eq!(last, 0);
                continue;
            }
            let listed = text.matches("\n- line").count();
            let (before, _) = text.split_once(&format!("\n{} more left out", 500 - listed)).unwrap();
            assert!(listed >= last && whole.starts_with(before), "{text}");
            last = listed;
        }
        assert!(last > 10 && !whole.contains("left out"));
        assert_eq!(rendered(&all, whole.len() + 200), whole);
    }

    proptest! {
        #[test]
        fn content_stays_text(
            text in "(`|<img src=x>|!\\[a\\]\\(b\\)|\\[a\\]\\(b\\)|\\||\n|- |# |\\*\\*|_|~~|&amp;|<!--|\\$|\\\\|\u{202e}|a| |:|\\^){0,12}",
        ) {
            let mut found = problem(Level::Error, &format!("content/{text}"), &text);
            found.help = vec![text.clone()];
            found.labels = vec![(found.place.clone(), text.clone())];
            let words = shown(&rendered(&[found], LARGEST));
            // What is no backtick is there still; spaces may have gone.
            let plain = |text: &str| one_line(text).replace(['`', ' '], "");
            let (words, text) = (plain(&words), plain(&text));
            prop_assert!(text.is_empty() || words.matches(&text).count() >= 4, "{}", words);
        }
    }
}
