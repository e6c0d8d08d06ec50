//! The comments of a YAML text.
//!
//! The parser passes over them. A `#` that begins one can stand only between two scalars, so that is where they are
//! looked for.

use super::super::locate::{Fault, Node, Shape, Style, line_at};
use super::super::syntax;

/// A comment and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// From its `#` to the end of its line.
    pub text: &'a str,
    /// Its first byte.
    pub start: usize,
    /// How many columns stand before it.
    pub column: usize,
    /// Whether nothing but white space does.
    pub is_own_line: bool,
}

/// The comments of a text in their order, and the text with spaces in their place.
///
/// # Errors
/// For a directive (`%YAML`), which stands between scalars too.
pub fn find<'a>(yaml: &'a str, tree: &Node) -> Result<(Vec<Found<'a>>, Vec<u8>), Fault> {
    let mut scalars = Vec::new();
    spans(tree, &mut scalars);
    scalars.push((yaml.len(), yaml.len()));
    let mut found = Vec::new();
    let mut masked = yaml.as_bytes().to_vec();
    let (mut at, mut line) = (0, 0);
    for (start, end) in scalars {
        let gap = yaml.get(at..start).unwrap_or_default();
        let mut rest = at;
        for piece in gap.split_inclusive('\n') {
            if rest == line && piece.starts_with('%') {
                return Err(syntax::tell(
                    line_at(yaml, rest),
                    "a line that begins with `%` stands before the fields",
                    "remove it, or put the text in quotes",
                ));
            }
            if let Some(mark) = piece.find('#') {
                let begin = rest + mark;
                let text = piece.get(mark..).unwrap_or_default().trim_end_matches([' ', '\t', '\r', '\n']);
                let before = yaml.get(line..begin).unwrap_or_default();
                found.push(Found {
                    text,
                    start: begin,
                    column: begin - line,
                    is_own_line: before.bytes().all(|byte| matches!(byte, b' ' | b'\t')),
                });
                masked.iter_mut().skip(begin).take(text.len()).for_each(|byte| *byte = b' ');
            }
            rest += piece.len();
            if piece.ends_with('\n') {
                line = rest;
            }
        }
        // A scalar of several lines ends on another than it began.
        if let Some(last) = yaml.get(start..end).and_then(|scalar| scalar.rfind('\n')) {
            line = start + last + 1;
        }
        at = end;
    }
    Ok((found, masked))
}

/// Whether a text below `|` or `>` has no line but empty ones.
pub fn says_nothing(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\n')
}

/// Where the scalars stand that were written, in their order.
fn spans(node: &Node, out: &mut Vec<(usize, usize)>) {
    let mut add = |span: crate::source_text::Span| {
        if span.start < span.end {
            out.push((span.start, span.end));
        }
    };
    match &node.shape {
        // The span of a block that says nothing may be its mark, and the comment behind it.
        Shape::Scalar { text, style: Style::Block } if says_nothing(text) => {}
        Shape::Scalar { .. } => add(node.span),
        Shape::List(items) => items.iter().for_each(|item| spans(item, out)),
        Shape::Map(entries) => {
            for (key, value) in entries.iter() {
                if key.span.start < key.span.end {
                    out.push((key.span.start, key.span.end));
                }
                spans(value, out);
            }
        }
    }
}
