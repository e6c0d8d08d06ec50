//! Why a text is no YAML, in words for the person who wrote it.
//!
//! The parser says where it stopped. What is wrong often stands before that: a bracket or a quotation mark that was
//! never closed. The usual mistakes are looked for before they are named.

use super::locate::{Fault, line_at};
use super::unclosed::unclosed;
use crate::source_text::Span;
use granit_parser::{ErrorKind, ScanError};

/// The fault that `error` tells of.
pub(super) fn fault(yaml: &str, error: &ScanError, depth: usize) -> Fault {
    let offset = error.marker().byte_offset().unwrap_or(yaml.len()).min(yaml.len());
    let offset = (0..=offset).rev().find(|at| yaml.is_char_boundary(*at)).unwrap_or(0);
    use ErrorKind as E;
    let is_itself = matches!(
        error.kind(),
        E::RecursionLimitExceeded
            | E::InvalidTrailingSingleQuotedScalar
            | E::InvalidTrailingDoubleQuotedScalar
            | E::MismatchedFlowCollectionEnd { .. }
            | E::TabInPlainScalar
            | E::TabInBlockIndentation
    );
    // What was opened before and never closed is the reason of whatever comes after it.
    if !is_itself && let Some(fault) = unclosed(yaml, offset) {
        return fault;
    }
    match error.kind() {
        E::RecursionLimitExceeded => too_deep(yaml, offset, depth),
        E::InvalidTrailingSingleQuotedScalar => tell(
            line_at(yaml, offset),
            "text stands after the closing quotation mark",
            "double an apostrophe within the text (`''`), or put the whole into `\"`",
        ),
        E::InvalidTrailingDoubleQuotedScalar => tell(
            line_at(yaml, offset),
            "text stands after the closing quotation mark",
            "put `\\` before a quotation mark within the text, or put the whole into `'`",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => escape(yaml, offset),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::UnexpectedEofImplicitFlowMapping
        | E::InvalidFlowScalarIndent => between(yaml, offset),
        E::MismatchedFlowCollectionEnd { open, close } => tell(
            line_at(yaml, offset),
            &format!("`{open}` is closed by `{close}`"),
            "close `[` with `]` and `{` with `}`, the inner one first",
        ),
        E::MisplacedFlowCollectionEnd => {
            let close = one(yaml, offset);
            let help = format!("remove it, or put text with `{}` in quotes", text(yaml, close));
            tell(close, &format!("`{}` closes nothing", text(yaml, close)), &help)
        }
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => tabs(yaml, offset),
        E::UnknownAnchor | E::MissingAnchorOrAliasName => reference(yaml, offset),
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::InvalidTagTerminator
        | E::InvalidGlobalTagCharacter
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte => quote_it(yaml, offset),
        E::UnexpectedCharacter { character } if character.is_control() => tell(
            one(yaml, offset),
            &format!("an invisible character (U+{:04X}) stands here", u32::from(*character)),
            "remove it",
        ),
        E::BomInsideDocument => tell(
            one(yaml, offset),
            "an invisible character (U+FEFF) stands here",
            "remove it; it may stand at the beginning of a file alone",
        ),
        E::UnexpectedCharacter { .. }
        | E::UnexpectedEofBlockMapping
        | E::MappingKeyNotAllowed
        | E::PlainScalarStartsWithDashFlowIndicator => quote_it(yaml, offset),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => tell(
            line_at(yaml, offset),
            "a list cannot begin on the line of its key",
            "begin it on the next line, or write `[a, b]`; put text that begins with `- ` in quotes",
        ),
        E::CommentNotSeparated => tell(
            line_at(yaml, offset),
            "this follows a closing mark without a space",
            "put a space before `#` when it begins a remark, or the whole value in quotes",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => tell(
            line_at(yaml, offset),
            "text stands on the line of `|` or `>`",
            "begin the text on the next line, indented by two spaces",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => no_key(yaml, offset),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidMappingValueWhitespace => {
            second_colon(yaml, offset)
        }
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidBlockScalarIndent => not_in_line(yaml, offset),
        E::ExpectedDocumentStart
        | E::MissingDocumentEndBeforeDirective
        | E::DirectiveDisallowed
        | E::InvalidDirectiveName
        | E::MissingDirectiveName
        | E::InvalidDirectiveTerminator => tell(
            line_at(yaml, line_start(yaml, offset)),
            "a line that begins with `%` stands before the fields",
            "remove it, or put the text in quotes",
        ),
        _ => unknown(yaml, offset),
    }
}

/// Nesting beyond `depth` at `offset`.
pub(super) fn too_deep(yaml: &str, offset: usize, depth: usize) -> Fault {
    Fault {
        message: format!("the nesting is deeper than {depth} levels"),
        span: one(yaml, offset),
        help: "flatten it; no field of a record needs more than four levels".to_owned(),
        too_deep: true,
    }
}

pub(super) fn tell(span: Span, message: &str, help: &str) -> Fault {
    Fault { message: message.to_owned(), span, help: help.to_owned(), too_deep: false }
}

fn unknown(yaml: &str, offset: usize) -> Fault {
    tell(
        line_at(yaml, offset),
        "this cannot be read as YAML",
        "check the indentation and the quotation marks of this line and the one before it",
    )
}

fn escape(yaml: &str, offset: usize) -> Fault {
    const KNOWN: &str = "0abtnvfre \"/\\N_LPxuU\n\r\t";
    let rest = yaml.get(offset..).unwrap_or_default();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\'
            && let Some((_, next)) = chars.next()
            && (!KNOWN.contains(next) || matches!(next, 'x' | 'u' | 'U'))
        {
            let span = Span::new(offset + at, offset + at + 1 + next.len_utf8());
            return tell(
                span,
                &format!("`{}` is no character", text(yaml, span)),
                "write `\\\\` for a backslash, or put the text into `'`, where a backslash is one",
            );
        }
    }
    unknown(yaml, offset)
}

/// Within brackets that are closed: something stands where a comma belongs.
fn between(yaml: &str, offset: usize) -> Fault {
    if yaml.get(offset..).is_some_and(|rest| rest.starts_with(',')) {
        return tell(one(yaml, offset), "nothing stands before this comma", "remove one of the commas");
    }
    tell(
        line_at(yaml, offset),
        "a comma or a closing bracket belongs here",
        "put text that contains `: ` in quotes, and a comma between two values",
    )
}

fn tabs(yaml: &str, offset: usize) -> Fault {
    let mut start = line_start(yaml, offset);
    for line in yaml.get(start..).unwrap_or_default().split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line.get(..blank).is_some_and(|blank| blank.contains('\t')) && !line.trim().is_empty() {
            return tell(
                Span::new(start, start + blank),
                "this line is indented with a tab",
                "indent with spaces; YAML allows no tabs",
            );
        }
        start += line.len();
    }
    tell(line_at(yaml, offset), "a tab stands here", "write spaces; YAML allows no tabs here")
}

/// `*name`, `&name` and `!name` of which nothing comes.
fn reference(yaml: &str, offset: usize) -> Fault {
    let value = line_at(yaml, offset);
    if text(yaml, value).starts_with('*') && !within_brackets(yaml, offset) {
        return quote_it(yaml, offset);
    }
    tell(
        word(yaml, offset),
        &format!("`{}` cannot begin a value", one_char(yaml, offset)),
        "put the text in quotes; anchors and aliases are not read",
    )
}

/// A value that begins with a character that means something else to YAML.
fn quote_it(yaml: &str, offset: usize) -> Fault {
    let message = format!("`{}` cannot begin a value", one_char(yaml, offset));
    if within_brackets(yaml, offset) {
        return tell(word(yaml, offset), &message, "put the text in quotes");
    }
    let span = line_at(yaml, offset);
    tell(span, &message, &format!("put the text in quotes: `{}`", in_quotes(text(yaml, span))))
}

/// A line that should begin with a key and has none.
fn no_key(yaml: &str, offset: usize) -> Fault {
    let start = line_start(yaml, offset);
    let span = trimmed(yaml, start);
    let line = text(yaml, span);
    match missing_space(line) {
        Some(fixed) => tell(span, "a space is missing after the colon", &format!("write `{fixed}`")),
        None => tell(
            span,
            "this line has no `key: value`",
            "write a key before it, or indent it further when it goes on from the line before",
        ),
    }
}

/// `: ` where no key can be.
fn second_colon(yaml: &str, offset: usize) -> Fault {
    let start = line_start(yaml, offset);
    let line = trimmed(yaml, start);
    let head = yaml.get(line.start..offset).unwrap_or_default();
    let head = head.trim_start_matches("- ");
    if let Some((key, value)) = head.split_once(": ") {
        let value_start = offset - value.len();
        let whole = line_at(yaml, value_start);
        return tell(
            line_at(yaml, offset),
            "a second `: ` stands in this line",
            &format!("put the value in quotes: `{}: {}`", key.trim(), in_quotes(text(yaml, whole))),
        );
    }
    let before = yaml.get(..start).unwrap_or_default().trim_end();
    let before = trimmed(yaml, line_start(yaml, before.len()));
    let previous = text(yaml, before);
    if let Some(fixed) = missing_space(previous) {
        return tell(before, "a space is missing after the colon", &format!("write `{fixed}`"));
    }
    if !previous.contains(": ") && !previous.ends_with(':') && !previous.is_empty() {
        return tell(before, "this line has no `key: value`", "write a key and a colon before the value");
    }
    let key = |line: &str| line.trim_start_matches("- ").split(':').next().unwrap_or_default().trim().to_owned();
    tell(
        line,
        "this line is indented further than the one before, which has its value already",
        &format!("begin `{}` in the same column as `{}`", key(text(yaml, line)), key(previous)),
    )
}

/// A line that begins in no column of the lines before.
fn not_in_line(yaml: &str, offset: usize) -> Fault {
    let start = line_start(yaml, offset);
    let line = trimmed(yaml, start);
    if text(yaml, line).starts_with("- ") || text(yaml, line) == "-" {
        return tell(
            line,
            "this begins a list where a `key:` belongs",
            "write the key of the list on the line before: `key:`",
        );
    }
    let head = yaml.get(line.start..offset).unwrap_or_default().trim_end();
    if let Some(mark) = head.chars().next_back().filter(|c| matches!(c, '"' | '\'' | ']' | '}')) {
        return tell(
            line_at(yaml, offset),
            &format!("text stands after `{mark}`"),
            "put the whole value in quotes, or remove what follows",
        );
    }
    let column = line.start - start + 1;
    tell(
        line,
        &format!("this line begins in column {column}, where none of the lines above begins"),
        "begin it in the column of the field to which it belongs",
    )
}

/// `key:value` with the space that it lacks.
fn missing_space(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let name = key.trim_start_matches("- ");
    let is_key = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
    (is_key && !value.is_empty() && !value.starts_with([' ', '/', '\t'])).then(|| format!("{key}: {}", brief(value)))
}

fn in_quotes(value: &str) -> String {
    let value = brief(value);
    if !value.contains('"') && !value.contains('\\') {
        format!("\"{value}\"")
    } else {
        format!("'{}'", value.replace('\'', "''"))
    }
}

fn brief(value: &str) -> String {
    let mut short: String = value.chars().take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

fn within_brackets(yaml: &str, offset: usize) -> bool {
    let line = yaml.get(line_start(yaml, offset)..offset).unwrap_or_default();
    line.matches(['[', '{']).count() > line.matches([']', '}']).count()
}

fn line_start(yaml: &str, offset: usize) -> usize {
    yaml.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

/// The line that begins at `start`, without white space around it.
fn trimmed(yaml: &str, start: usize) -> Span {
    let line = line_at(yaml, start);
    let blank = text(yaml, line).len() - text(yaml, line).trim_start().len();
    Span::new(line.start + blank, line.end)
}

/// The character at `offset`.
fn one(yaml: &str, offset: usize) -> Span {
    let length = yaml.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(offset, offset + length)
}

fn one_char(yaml: &str, offset: usize) -> &str {
    text(yaml, one(yaml, offset))
}

/// What stands at `offset` up to white space or the end of a list.
fn word(yaml: &str, offset: usize) -> Span {
    let rest = yaml.get(offset..).unwrap_or_default();
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
    Span::new(offset, offset + length)
}

pub(super) fn text(yaml: &str, span: Span) -> &str {
    yaml.get(span.start..span.end).unwrap_or_default()
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
    fn brackets_that_do_not_match() {
        check("a: [b}]\n", "[b}]", "`[` is closed by `}`", "close `[` with `]` and `{` with `}`, the inner one first");
        check("a: [b]]\n", "]", "`]` closes nothing", "remove it, or put text with `]` in quotes");
        check("a: [b, , c]\n", ",", "nothing stands before this comma", "remove one of the commas");
        check(
            "a: [b c: d: e]\n",
            ": e]",
            "a comma or a closing bracket belongs here",
            "put text that contains `: ` in quotes, and a comma between two values",
        );
    }

    #[test]
    fn colons() {
        check(
            "title: A: B\n",
            ": B",
            "a second `: ` stands in this line",
            "put the value in quotes: `title: \"A: B\"`",
        );
        check(
            "- a: \"b\n- title: A: \"B\"\n",
            "\"b",
            "the quotation mark that opens here is not closed",
            "write `\"` again where the text ends",
        );
        check(
            "title: A: \"B\"\n",
            ": \"B\"",
            "a second `: ` stands in this line",
            "put the value in quotes: `title: 'A: \"B\"'`",
        );
        check("title:A\ndate: 2\n", "title:A", "a space is missing after the colon", "write `title: A`");
        check("date: 2\ntitle:A\n", "title:A", "a space is missing after the colon", "write `title: A`");
        check(
            "title A\ndate: 2\n",
            "title A",
            "this line has no `key: value`",
            "write a key and a colon before the value",
        );
        check(
            "date: 2\nmore\nx: y\n",
            "more",
            "this line has no `key: value`",
            "write a key before it, or indent it further when it goes on from the line before",
        );
    }

    #[test]
    fn indentation() {
        let tab = "this line is indented with a tab";
        check("title: A\n\tdate: 2022\n", "\t", tab, "indent with spaces; YAML allows no tabs");
        check("a:\n\t- b\n", "\t", tab, "indent with spaces; YAML allows no tabs");
        check(
            "title: A\n  date: 2\n",
            "date: 2",
            "this line is indented further than the one before, which has its value already",
            "begin `date` in the same column as `title`",
        );
        check(
            "claims:\n  - about: x\n   is: y\n",
            "is: y",
            "this line begins in column 4, where none of the lines above begins",
            "begin it in the column of the field to which it belongs",
        );
        check(
            "a: b\n- c\n",
            "- c",
            "this begins a list where a `key:` belongs",
            "write the key of the list on the line before: `key:`",
        );
        check("a: [b]c\n", "c", "text stands after `]`", "put the whole value in quotes, or remove what follows");
    }

    #[test]
    fn what_needs_quotes() {
        check("a: @x y\n", "@x y", "`@` cannot begin a value", "put the text in quotes: `\"@x y\"`");
        check("a: *x* y\n", "*x* y", "`*` cannot begin a value", "put the text in quotes: `\"*x* y\"`");
        check(
            "a: [*x, y]\n",
            "*x",
            "`*` cannot begin a value",
            "put the text in quotes; anchors and aliases are not read",
        );
        check("a: %x\n", "%x", "`%` cannot begin a value", "put the text in quotes: `\"%x\"`");
        check(
            "a: - b\n",
            "- b",
            "a list cannot begin on the line of its key",
            "begin it on the next line, or write `[a, b]`; put text that begins with `- ` in quotes",
        );
        check(
            "a: 'it's'\n",
            "s'",
            "text stands after the closing quotation mark",
            "double an apostrophe within the text (`''`), or put the whole into `\"`",
        );
        check(
            "a: \"C:\\\\x\\dir\"\n",
            "\\d",
            "`\\d` is no character",
            "write `\\\\` for a backslash, or put the text into `'`, where a backslash is one",
        );
        check("a: ? b\n", "? b", "`?` cannot begin a value", "put the text in quotes: `\"? b\"`");
        check(
            "a: b\n\u{feff}c: d\n",
            "\u{feff}",
            "an invisible character (U+FEFF) stands here",
            "remove it; it may stand at the beginning of a file alone",
        );
        check("a: x\0y\n", "\0", "an invisible character (U+0000) stands here", "remove it");
    }

    #[test]
    fn nesting() {
        let help = "flatten it; no field of a record needs more than four levels";
        check(&format!("a: {}", "[".repeat(100_000)), "[", "the nesting is deeper than 8 levels", help);
        check(&"- ".repeat(20_000), "-", "the nesting is deeper than 8 levels", help);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_points_into_the_text(yaml in "[ab:,\\-\\[\\]{}\"'|>#&*!%@\t\n \\\\🚢?]{0,60}") {
            if let Err(fault) = locate::tree(&yaml, 8) {
                proptest::prop_assert!(yaml.get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
            }
        }
    }
}
