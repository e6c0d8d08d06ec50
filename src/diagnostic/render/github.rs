//! Annotations for GitHub: workflow commands on standard output, each at its line of the pull request.
//!
//! What the runner does with them is in the source of `actions/runner` (`ActionCommand`, `ActionCommandManager`,
//! `ExecutionContext.AddIssue`):
//!
//! - Of each kind it keeps 10 for a step, and GitHub shows 50 for a job; the others are lines of the log without a place.
//!   So only those that are shown are commands here, and the list of all of them follows as plain lines.
//! - Columns count only where `line` and `endLine` are the same; of a longer stretch only the lines are given.
//! - Nobody has written down whether `endColumn` still belongs to the stretch. GitHub marks whole lines and prints the
//!   columns nowhere that a reader would count by; it is given here as one past the end, as in SARIF.
//! - A message ends after 4,096 UTF-16 units.
//! - `::` makes a command only at the beginning of a line, but `##[` does anywhere in it, on standard error too. See
//!   [`harmless`].

use super::short::{self, one_line};
use super::{Summary, by_gravity};
use crate::diagnostic::{Level, Located, Place};
use std::fmt::Write;

/// How many annotations of a kind are shown for a step.
const SHOWN: usize = 10;

/// How much of a message is shown, in UTF-16 units, with room for the mark of what was cut.
const LONGEST: usize = 4090;

/// The commands, errors first, and after them the list of all problems; nothing when there are none.
///
/// `root` is the path of the site's folder below the repository's root, with forward slashes and without one at its
/// ends; empty where they are the same.
pub fn render(problems: &[Located], summary: Summary, root: &str) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let hidden = |number: usize, shown: usize| number.saturating_sub(shown);
    let too_many = [summary.errors, summary.warnings, summary.notes].iter().any(|number| *number > SHOWN);
    // What says that there are more is a notice itself, and must be among those that are shown.
    let notes = if too_many { SHOWN - 1 } else { SHOWN };
    let mut left = [SHOWN, SHOWN, notes];
    let mut text = String::new();
    if too_many {
        let more = Summary {
            errors: hidden(summary.errors, SHOWN),
            warnings: hidden(summary.warnings, SHOWN),
            notes: hidden(summary.notes, notes),
            records: 0,
        };
        let more = format!("{} more: GitHub shows {SHOWN} of a kind here; the log lists all of them", more.words());
        let _ = writeln!(text, "::notice title=annals::{}", escape_data(&more));
    }
    for problem in by_gravity(problems) {
        let kind = match problem.level {
            Level::Error => &mut left[0],
            Level::Warning => &mut left[1],
            Level::Note => &mut left[2],
        };
        if let Some(rest) = kind.checked_sub(1) {
            *kind = rest;
            command(&mut text, problem, root);
        }
    }
    let _ = writeln!(text, "::group::annals: {}", escape_data(&summary.words()));
    for problem in by_gravity(problems) {
        let mut lines = format!("{}{}", folder(root), short::line(problem));
        for more in more(problem, root) {
            let _ = write!(lines, "\n  {more}");
        }
        let _ = writeln!(text, "{}", harmless(&lines));
    }
    text.push_str("::endgroup::\n");
    text
}

fn command(text: &mut String, problem: &Located, root: &str) {
    let name = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let file = format!("{}{}", folder(root), problem.place.file.path());
    let mut message = one_line(&problem.message);
    for more in more(problem, root) {
        message.push('\n');
        message.push_str(&more);
    }
    let _ = writeln!(
        text,
        "::{name} file={},{},title={}::{}",
        escape_property(&file),
        stretch(&problem.place),
        escape_property(problem.code.name()),
        escape_data(&cut(&harmless(&message)))
    );
}

/// The lines below the message: how to mend it, and the other places that belong to it.
fn more<'a>(problem: &'a Located, root: &'a str) -> impl Iterator<Item = String> + 'a {
    let help = problem.help.iter().map(|help| format!("help: {}", one_line(help)));
    let labels = problem.labels.iter().map(move |(place, label)| {
        let path = one_line(place.file.path());
        format!("see {}{path}:{}: {}", folder(root), place.start.line, one_line(label))
    });
    help.chain(labels)
}

fn folder(root: &str) -> String {
    if root.is_empty() { String::new() } else { format!("{root}/") }
}

/// `line=…` and what else the runner takes for the place.
fn stretch(place: &Place) -> String {
    let (start, end) = (place.start, place.end);
    // A stretch that ends before the first character of a line ends with the line before.
    let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
    if last > start.line {
        format!("line={},endLine={last}", start.line)
    } else if end.line == start.line && end.column > start.column {
        format!("line={},endLine={},col={},endColumn={}", start.line, start.line, start.column, end.column)
    } else {
        format!("line={},col={}", start.line, start.column)
    }
}

fn cut(text: &str) -> String {
    let mut length = 0;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        length += c.len_utf16();
        if length > LONGEST {
            kept.push_str(" […]");
            break;
        }
        kept.push(c);
    }
    kept
}

/// Text as the message of a command.
pub fn escape_data(text: &str) -> String {
    escape(text, |c| matches!(c, '%' | '\r' | '\n'))
}

/// Text as the value of a property of a command.
pub fn escape_property(text: &str) -> String {
    escape(text, |c| matches!(c, '%' | '\r' | '\n' | ':' | ','))
}

fn escape(text: &str, is_special: impl Fn(char) -> bool) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_special(c) {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}

/// Lines that a runner takes for nothing but text, whatever stood in them.
///
/// `::` at the beginning of a line and `##[` anywhere in it are drawn apart by a space; a carriage return, which ends
/// a line for the runner, becomes one. All else stays, line feeds and colours too.
///
/// For every line with content in it that is printed in a workflow: otherwise a record could end the annotations
/// (`##[stop-commands]`), mask words in the log or have a file read.
pub fn harmless(text: &str) -> String {
    let text = text.replace('\r', " ").replace("##[", "## [");
    let lines = text.split('\n').map(|line| match line.trim_start().strip_prefix("::") {
        Some(rest) => {
            let indent = line.strip_suffix(rest).and_then(|before| before.strip_suffix("::")).unwrap_or_default();
            format!("{indent}: :{rest}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// JSON of the same meaning in which no line is a command: only its strings can hold `##[`.
pub fn harmless_json(text: &str) -> String {
    text.replace("##[", "##\\u005b")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source_text::{FileId, Position, Span};
    use proptest::prelude::*;

    fn place(path: &str, start: (usize, usize), end: (usize, usize)) -> Place {
        let position = |(line, column)| Position { line, column };
        Place { file: FileId::new(path), start: position(start), end: position(end), span: Span::default() }
    }

    fn problem(level: Level, message: &str) -> Located {
        Located {
            code: Code::InvalidDate,
            level,
            message: message.to_owned(),
            place: place("content/incidents/a.md", (3, 7), (3, 10)),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    fn rendered(problems: &[Located], root: &str) -> String {
        render(problems, Summary::of(problems, 1), root)
    }

    /// As the runner reads a value: the percent sign last.
    fn unescaped(text: &str, codes: &[(&str, &str)]) -> String {
        let text = codes.iter().fold(text.to_owned(), |text, (code, c)| text.replace(code, c));
        text.replace("%25", "%")
    }

    /// Whether the runner would look for a command in the line.
    fn is_command(line: &str) -> bool {
        line.trim_start().starts_with("::") || line.contains("##[")
    }

    #[track_caller]
    fn check(problem: Located, root: &str, expect: &str) {
        let text = rendered(&[problem], root);
        assert_eq!(text.lines().next(), Some(expect));
    }

    #[test]
    fn one_command_says_what_is_wrong_where_and_how_to_mend_it() {
        let mut found = problem(Level::Error, "`May` is no date");
        found.help = vec!["write 2022-05".to_owned()];
        found.labels = vec![(place("content/site.yaml", (2, 1), (2, 4)), "set here".to_owned())];
        let all = "\
::error file=content/incidents/a.md,line=3,endLine=3,col=7,endColumn=10,title=invalid-date::`May` is no date%0Ahelp: write 2022-05%0Asee content/site.yaml:2: set here
::group::annals: 1 error
content/incidents/a.md:3:7: error[invalid-date]: `May` is no date
  help: write 2022-05
  see content/site.yaml:2: set here
::endgroup::
";
        assert_eq!(rendered(std::slice::from_ref(&found), ""), all);
        let below = rendered(&[found], "sites/x");
        assert!(below.starts_with("::error file=sites/x/content/incidents/a.md,"), "{below}");
        assert!(below.contains("\nsites/x/content/incidents/a.md:3:7: "), "{below}");
        assert!(below.contains("%0Asee sites/x/content/site.yaml:2: "), "{below}");
        assert_eq!(rendered(&[], ""), "");
    }

    #[test]
    fn places_are_given_as_the_runner_takes_them() {
        let with = |start, end| Located { place: place("a", start, end), ..problem(Level::Note, "m") };
        check(with((3, 7), (5, 2)), "", "::notice file=a,line=3,endLine=5,title=invalid-date::m");
        check(with((3, 7), (5, 1)), "", "::notice file=a,line=3,endLine=4,title=invalid-date::m");
        check(with((3, 7), (4, 1)), "", "::notice file=a,line=3,col=7,title=invalid-date::m");
        check(with((1, 1), (1, 1)), "", "::notice file=a,line=1,col=1,title=invalid-date::m");
    }

    #[test]
    fn what_is_special_is_escaped() {
        let mut found = problem(Level::Warning, "100%\r\n::stop-commands::x ##[add-mask]a %0A");
        found.place = place("a,line=1::b%\n.md", (1, 1), (1, 1));
        check(
            found,
            "",
            "::warning file=a%2Cline=1%3A%3Ab%25%0A.md,line=1,col=1,title=invalid-date::100%25  ::stop-commands::x ## [add-mask]a %250A",
        );
    }

    #[test]
    fn of_many_the_worst_are_shown_and_all_are_listed() {
        let mut all: Vec<Located> = (0..30).map(|n| problem(Level::Note, &format!("note {n}"))).collect();
        all.extend((0..12).map(|n| problem(Level::Error, &format!("error {n}"))));
        all.push(problem(Level::Warning, "warning"));
        let text = rendered(&all, "");
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!([count("::error "), count("::warning "), count("::notice ")], [10, 1, 10]);
        let first =
            "::notice title=annals::2 errors, 21 notes more: GitHub shows 10 of a kind here; the log lists all of them";
        assert_eq!(text.lines().next(), Some(first));
        assert!(text.lines().nth(1).unwrap().starts_with("::error "));
        assert_eq!(count("content/incidents/a.md:3:7: "), 43);
    }

    #[test]
    fn a_long_message_is_cut_where_the_runner_would_cut_it() {
        let text = rendered(&[problem(Level::Error, &"🚢".repeat(3000))], "");
        let data = text.lines().next().unwrap().rsplit("::").next().unwrap().to_owned();
        assert_eq!(data.encode_utf16().count(), LONGEST + 4);
    }

    #[test]
    fn lines_of_content_are_no_commands() {
        let check = |text: &str, expect: &str| assert_eq!(harmless(text), expect);
        check("a\n::error::b\n \u{a0}\t::add-mask::c", "a\n: :error::b\n \u{a0}\t: :add-mask::c");
        check("a ##[group]b ###[x] # [", "a ## [group]b ### [x] # [");
        check("a\r::error::b\r\n::c", "a ::error::b \n: :c");
        check("\u{1b}[1ma :: b\u{1b}[0m\n", "\u{1b}[1ma :: b\u{1b}[0m\n");
    }

    proptest! {
        #[test]
        fn escaping_is_undone_by_the_runner(text in "[%0-9A-F:,\r\n a-z]{0,40}|\\PC{0,20}") {
            let lines = [("%0D", "\r"), ("%0A", "\n")];
            prop_assert_eq!(&unescaped(&escape_data(&text), &lines), &text);
            let all = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
            prop_assert_eq!(unescaped(&escape_property(&text), &all), text);
        }

        #[test]
        fn no_line_is_a_command_but_ours(
            message in "(::|##\\[|error|stop-commands|\\]| |\r|\n|\u{a0}|\u{2028}|#|:|%0A|x){0,12}",
            path in "(::|##\\[|error|\\]| |\r|\n|,|=|%0A|x){1,8}",
            level in prop_oneof![Just(Level::Error), Just(Level::Warning), Just(Level::Note)],
        ) {
            let mut found = problem(level, &message);
            found.help = vec![message.clone()];
            found.labels = vec![(place(&path, (1, 1), (1, 2)), message)];
            found.place = place(&path, (1, 1), (2, 2));
            let text = rendered(&[found], "");
            prop_assert!(!text.contains('\r'));
            let commands: Vec<&str> = text.split('\n').filter(|line| is_command(line)).collect();
            prop_assert_eq!(commands.len(), 3, "{}", text);
            prop_assert!(commands[0].starts_with("::error ") || commands[0].starts_with("::warning ")
                || commands[0].starts_with("::notice "));
            prop_assert_eq!(&commands[1..], ["::group::annals: 1 ".to_owned() + level.name(), "::endgroup::".to_owned()]);
            // The runner looks for the next `::` and for commas before it: what is there must be ours.
            let head = commands[0].split("::").nth(1).unwrap();
            prop_assert!(head.ends_with(",title=invalid-date"), "{}", head);
            prop_assert_eq!(head.matches(',').count(), 3, "{}", head);
        }

        #[test]
        fn json_keeps_its_meaning(text in "[#\\[\\]\\\\\"a]{0,12}") {
            let json = serde_json::to_string(&text).unwrap();
            let shown = harmless_json(&json);
            prop_assert!(!shown.contains("##["));
            prop_assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }
}
