//! Where each part of a scalar's text stands in the YAML that it was read from.
//!
//! A text is not its source: quotation marks, escapes, indentation and folded lines stand between (YAML 1.2.2,
//! chapters 7.3 and 8.1). A body of a thousand paragraphs is aligned once for all that is wrong in it.

use super::locate::Style;
use crate::source_text::Span;

/// Runs of text that stand in the source as they are, in order: first byte in the text, first byte in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    runs: Vec<(usize, usize)>,
}

impl Alignment {
    /// The alignment of `text` with the scalar at `span` of `yaml`; nothing when the one is not the reading of the other.
    pub fn of(yaml: &str, span: Span, text: &str, style: Style) -> Option<Self> {
        let mut walk = Walk { text, at: 0, runs: Vec::new() };
        match style {
            Style::Block => walk.block(yaml, span.start)?,
            Style::Plain | Style::Quoted => walk.flow(yaml.get(span.start..span.end)?, span.start, style)?,
        }
        Some(Self { runs: walk.runs })
    }

    /// Bytes of the text as bytes of the source.
    pub fn source(&self, part: Span) -> Span {
        let start = self.at(part.start);
        // The end belongs to the character before it: after it there may be a line's end and indentation.
        let end = if part.end > part.start { self.at(part.end - 1) + 1 } else { start };
        Span::new(start, end)
    }

    fn at(&self, offset: usize) -> usize {
        let run = self.runs.partition_point(|(text, _)| *text <= offset).saturating_sub(1);
        self.runs.get(run).map_or(0, |(text, source)| source + offset.saturating_sub(*text))
    }
}

struct Walk<'a> {
    text: &'a str,
    /// How much of the text has been found.
    at: usize,
    runs: Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// `length` bytes of the text begin at byte `source`.
    fn meet(&mut self, length: usize, source: usize) {
        let goes_on = self.runs.last().is_some_and(|(text, first)| first + (self.at - text) == source);
        if !goes_on {
            self.runs.push((self.at, source));
        }
        self.at += length;
    }

    /// Plain and quoted scalars: line by line, folded.
    fn flow(&mut self, source: &str, start: usize, style: Style) -> Option<()> {
        let quote = source.chars().next().filter(|c| style == Style::Quoted && matches!(c, '"' | '\''));
        let (mut at, end) = match quote {
            Some(_) => (1, source.len().checked_sub(1)?),
            None => (0, source.len()),
        };
        while at < end {
            let rest = source.get(at..end)?;
            let c = rest.chars().next()?;
            let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if rest.get(blank..).is_some_and(|rest| rest.starts_with(['\n', '\r'])) {
                // One line's end is a space, each further one a line's end.
                let all = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                let lines = rest.get(..all)?.matches('\n').count();
                let length = if lines > 1 { lines - 1 } else { 1 };
                let length = length.min(self.rest().len());
                self.meet(length, start + at);
                at += all;
            } else if quote == Some('\'') && rest.starts_with("''") {
                self.meet(1, start + at);
                at += 2;
            } else if quote == Some('"') && c == '\\' {
                at += self.escape(rest, start + at)?;
            } else if self.rest().starts_with(c) {
                self.meet(c.len_utf8(), start + at);
                at += c.len_utf8();
            } else {
                return None;
            }
        }
        Some(())
    }

    /// A backslash and what follows it; gives how many bytes of the source that is.
    fn escape(&mut self, rest: &str, source: usize) -> Option<usize> {
        let c = rest.get(1..)?.chars().next()?;
        if matches!(c, '\n' | '\r') {
            // The line goes on; the indentation of the next one is no text.
            let after = rest.get(1..)?;
            return Some(1 + after.len() - after.trim_start_matches([' ', '\t', '\n', '\r']).len());
        }
        let length = match c {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            _ => 1 + c.len_utf8(),
        };
        let meant = self.rest().chars().next()?;
        self.meet(meant.len_utf8(), source);
        Some(length)
    }

    /// `|` and `>`: each line stands in the source after its indentation.
    fn block(&mut self, yaml: &str, start: usize) -> Option<()> {
        let line = yaml.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let mut at = line;
        let mut lines = yaml.get(line..)?.split_inclusive('\n').peekable();
        // The span may begin at the indicator or after it.
        if lines.peek().is_some_and(|first| {
            first.get(start - line..).is_some_and(|rest| rest.starts_with(['|', '>'])) && !first.trim().is_empty()
        }) && !self.text.trim_start_matches('\n').starts_with(yaml.get(start..)?.lines().next()?)
        {
            at += lines.next()?.len();
        }
        let first = self.text.trim_start_matches('\n');
        let first = first.lines().next()?;
        self.at = self.text.len() - self.text.trim_start_matches('\n').len();
        let mut indent = None;
        for source in lines {
            let content = source.trim_end_matches(['\n', '\r']);
            let here = at;
            at += source.len();
            let indent = match indent {
                Some(indent) => indent,
                None if content.trim().is_empty() => continue,
                // A folded line is only a part of the text's, which then begins with it.
                None => *indent.insert((0..=content.len()).find(|indent| {
                    content.get(*indent..).is_some_and(|content| !content.is_empty() && first.starts_with(content))
                })?),
            };
            if self.rest().is_empty() {
                break;
            }
            let Some(content) = content.get(indent..).filter(|content| !content.is_empty()) else { continue };
            if !self.rest().starts_with(content) {
                return None;
            }
            self.meet(content.len(), here + indent);
            let ends = self.rest().len() - self.rest().trim_start_matches('\n').len();
            let folded = usize::from(ends == 0 && self.rest().starts_with(' '));
            if ends + folded > 0 {
                self.meet(ends + folded, here + indent + content.len());
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::KeyPath;
    use crate::parse::locate::{self, Shape};
    use crate::source_text::Span;

    /// Looks up every `<…>` of the text at `key` in the source and compares what stands there.
    #[track_caller]
    fn check(yaml: &str, expect: &[&str]) {
        let tree = locate::tree(yaml, 64).unwrap();
        let path = KeyPath::of("body");
        let (node, _) = tree.find(&path).unwrap();
        let Shape::Scalar { text, .. } = &node.shape else { panic!("no scalar") };
        let alignment = tree.alignment(yaml, &path).expect("aligned");
        let found: Vec<&str> = text
            .match_indices('<')
            .map(|(at, _)| {
                let end = at + text.get(at..).unwrap().find('>').unwrap() + 1;
                let span = alignment.source(Span::new(at, end));
                yaml.get(span.start..span.end).unwrap()
            })
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn literal_blocks() {
        check("body: |\n  One <a>.\n\n  🚢 two <b>, <c>\n    deeper <d>\n", &["<a>", "<b>", "<c>", "<d>"]);
        check("body: |-\n\n\n  <a>\n  <b>", &["<a>", "<b>"]);
        check("a: b\nbody: |4\n      <a>\n    <b>\nc: d\n", &["<a>", "<b>"]);
        check("body: |\r\n  One.\r\n\r\n  Two <a>\r\n", &["<a>"]);
        check("body: | # a remark\n  | <a>\n  > <b>\n", &["<a>", "<b>"]);
        check("body: |+\n  <a>\n\n\n", &["<a>"]);
    }

    #[test]
    fn folded_blocks() {
        check(
            "body: >\n  One\n  two <a>.\n\n  Three <b>\n  four <c>\n    more <d>\n  five <e>\n",
            &["<a>", "<b>", "<c>", "<d>", "<e>"],
        );
    }

    #[test]
    fn quoted_and_plain() {
        check("body: One <a>\n  two <b>\n\n  three <c>\n", &["<a>", "<b>", "<c>"]);
        check("body: 'It''s <a>\n\n  it''s <b>'\n", &["<a>", "<b>"]);
        check("body: \"\\u00e9 <a>\\n\\n\\\"<b>\\\" \\\n   on <c>\"\n", &["<a>", "<b>", "<c>"]);
    }

    proptest::proptest! {
        #[test]
        fn never_beyond_the_text(yaml in "body: [|>\"'a]?[-+0-9]?\n? ?[ \\-\\\\<>'\"a\n🚢]{0,40}") {
            if let Ok(tree) = locate::tree(&yaml, 64)
                && let Some(alignment) = tree.alignment(&yaml, &KeyPath::of("body"))
                && let Some((node, _)) = tree.find(&KeyPath::of("body"))
                && let Shape::Scalar { text, .. } = &node.shape
            {
                for at in 0..text.len() {
                    proptest::prop_assert!(alignment.source(Span::new(at, at + 1)).end <= yaml.len() + 1);
                }
            }
        }
    }
}
