//! Quotation marks and brackets that are opened and never closed.
//!
//! A parser notices them late, often at the end of the text; the author must look where they open.

use super::locate::{Fault, line_at};
use super::syntax::{tell, text};

/// A quotation mark or a bracket that opens before `offset` and is still open at the end of the text.
pub(super) fn unclosed(yaml: &str, offset: usize) -> Option<Fault> {
    let at = open(yaml).filter(|at| *at <= offset)?;
    let mark = yaml.get(at..)?.chars().next()?;
    let span = line_at(yaml, at);
    let remark = text(yaml, span).contains(" #");
    let (what, help) = match mark {
        '[' | '{' if remark => {
            (if mark == '[' { "bracket" } else { "brace" }, "put text that contains ` #` in quotes".to_owned())
        }
        '[' => ("bracket", "write `]` where the list ends".to_owned()),
        '{' => ("brace", "write `}` where the fields end".to_owned()),
        _ => ("quotation mark", format!("write `{mark}` again where the text ends")),
    };
    Some(tell(span, &format!("the {what} that opens here is not closed"), &help))
}

/// The first byte of the outermost quotation mark or bracket that is never closed.
///
/// Reads only as much of YAML as that takes: marks count where a value may begin, remarks and the lines of `|` and
/// `>` do not.
fn open(yaml: &str) -> Option<usize> {
    let mut stack: Vec<usize> = Vec::new();
    let mut at = 0;
    // The indentation of the key whose lines of text these are.
    let mut block: Option<usize> = None;
    let mut lines = yaml.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if block.is_some_and(|least| line.trim().is_empty() || indent > least) {
            continue;
        }
        block = None;
        let mut may_begin = true;
        let mut chars = line.char_indices();
        while let Some((column, c)) = chars.next() {
            let after_space =
                line.get(..column).is_none_or(|before| before.is_empty() || before.ends_with([' ', '\t']));
            match c {
                '#' if after_space => break,
                '"' | '\'' if may_begin => {
                    let opening = start + column;
                    let end = closing(yaml.get(opening + 1..)?, c).map(|length| opening + 1 + length);
                    // Beyond the line's end a text in quotes is indented: if it is not, it was not meant to go on.
                    let Some(end) = end.filter(|end| goes_on(yaml, at, *end)) else {
                        return stack.first().copied().or(Some(opening));
                    };
                    while at <= end {
                        at += lines.next()?.len();
                    }
                    if end + 1 >= start + line.len() {
                        break;
                    }
                    while chars.clone().next().is_some_and(|(column, _)| start + column <= end) {
                        chars.next();
                    }
                    may_begin = false;
                }
                '[' | '{' if may_begin || !stack.is_empty() => stack.push(start + column),
                ']' | '}' if !stack.is_empty() => {
                    stack.pop();
                }
                _ => {}
            }
            may_begin = match c {
                ' ' | '\t' => may_begin,
                ':' => true,
                ',' | '[' | '{' => !stack.is_empty(),
                '-' | '?' => may_begin && after_space,
                _ => false,
            };
        }
        let value = line.trim_end().rsplit_once(": ").map_or("", |(_, value)| value);
        if stack.is_empty() && value.starts_with(['|', '>']) && value.len() <= 3 {
            block = Some(indent);
        }
    }
    stack.first().copied()
}

/// How far it is to the mark that closes a text in quotes.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

/// Whether all lines from `from` up to `to` are indented or empty.
fn goes_on(yaml: &str, from: usize, to: usize) -> bool {
    let between = yaml.get(from..to).unwrap_or_default();
    between.lines().all(|line| line.trim().is_empty() || line.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use crate::parse::locate;

    #[track_caller]
    fn check(yaml: &str, place: &str, message: &str, help: &str) {
        let fault = locate::tree(yaml, 8).expect_err("no YAML");
        let got = (yaml.get(fault.span.start..fault.span.end).unwrap(), fault.message.as_str(), fault.help.as_str());
        assert_eq!(got, (place, message, help));
    }

    #[test]
    fn what_is_never_closed() {
        let quote = "the quotation mark that opens here is not closed";
        let again = "write `\"` again where the text ends";
        check("a: x\ntitle: \"A\ndate: 2022\nb: [c]\n", "\"A", quote, again);
        check("title: \"A\n  more\n", "\"A", quote, again);
        check("title: 'A\ndate: it's\n", "'A", quote, "write `'` again where the text ends");
        check(
            "b: c\na: [\"x, y]\n",
            "[\"x, y]",
            "the bracket that opens here is not closed",
            "write `]` where the list ends",
        );
        let list = "the bracket that opens here is not closed";
        check("t: it's [\na: [b\nc: [d]\n", "[b", list, "write `]` where the list ends");
        check("t: |\n  \"[\na: [b, \"]\", ']'\n", "[b, \"]\", ']'", list, "write `]` where the list ends");
        let remark = "put text that contains ` #` in quotes";
        check("- {a: b, in: c #3}\n- {a: b}\n", "{a: b, in: c #3}", "the brace that opens here is not closed", remark);
        check("a: {b: c\nd: e\n", "{b: c", "the brace that opens here is not closed", "write `}` where the fields end");
    }
}
