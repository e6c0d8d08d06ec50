//! From a tree with places to one with comments.
//!
//! A comment belongs to what stands above it on its own line; else to what follows; else, below the last element of a
//! block, to the innermost block whose elements begin no further right than it does.

use super::super::locate::{Entries, Fault, Key, Node, Shape, Style};
use super::comments::{self, Found};
use super::{Collection, Comment, Element, Scalar, Value};
use crate::source_text::Span;

/// The mapping that `tree` is, read from `yaml`.
pub fn document<'a>(yaml: &'a str, tree: &Node) -> Result<Collection<'a>, Fault> {
    let (comments, masked) = comments::find(yaml, tree)?;
    let mut grower = Grower { yaml, masked, comments, next: 0 };
    let mut root = match &tree.shape {
        Shape::Map(_) => grower.collection(tree, None, usize::MAX),
        Shape::Scalar { .. } if is_absent(tree) => Collection::default(),
        Shape::Scalar { .. } | Shape::List(_) => return Err(super::no_mapping(tree.span)),
    };
    // Brackets around a whole file say nothing.
    root.is_flow = false;
    let rest = grower.before(usize::MAX);
    root.end.extend(rest);
    Ok(root)
}

struct Grower<'a> {
    yaml: &'a str,
    /// The text with spaces in place of comments.
    masked: Vec<u8>,
    comments: Vec<Found<'a>>,
    /// The first comment that belongs to nothing yet.
    next: usize,
}

/// What is known of an element before its value is looked at.
struct Place {
    /// Where its line begins: its dash, else its key.
    start: usize,
    /// Where the next thing begins that is not in it.
    until: usize,
    /// The column of its dash or of its key; nothing within brackets.
    column: Option<usize>,
}

impl<'a> Grower<'a> {
    /// A collection within what begins in the column `around`; nothing for the outermost, and within brackets.
    fn collection(&mut self, node: &Node, around: Option<usize>, until: usize) -> Collection<'a> {
        let is_flow = self.is_flow(node);
        let mut out = Collection { is_list: matches!(node.shape, Shape::List(_)), is_flow, ..Collection::default() };
        let close = if is_flow { node.span.end } else { until };
        match &node.shape {
            Shape::List(items) => self.items(items, is_flow, close, &mut out),
            Shape::Map(entries) => self.entries(entries, is_flow, close, &mut out),
            Shape::Scalar { .. } => {}
        }
        if is_flow {
            out.end.extend(self.before(close));
        } else {
            out.end.extend(self.below(around.map_or(0, |column| column + 1), until));
        }
        out
    }

    fn items(&mut self, items: &[Node], is_flow: bool, close: usize, out: &mut Collection<'a>) {
        let start = |grower: &Self, item: &Node| {
            let opening = grower.opening(item);
            if is_flow { opening } else { grower.dash(opening) }
        };
        let mut ahead = items.iter().skip(1);
        for item in items {
            let from = start(self, item);
            let until = ahead.next().map_or(close, |next| start(self, next));
            let column = (!is_flow).then(|| self.column(from));
            out.elements.push(self.element(None, item, &Place { start: from, until, column }));
        }
    }

    fn entries(&mut self, entries: &Entries, is_flow: bool, close: usize, out: &mut Collection<'a>) {
        let mut ahead = entries.iter().skip(1);
        for (key, value) in entries.iter() {
            let until = ahead.next().map_or(close, |(next, _)| next.span.start);
            let column = (!is_flow).then(|| self.column(key.span.start));
            out.elements.push(self.element(Some(key), value, &Place { start: key.span.start, until, column }));
        }
    }

    fn element(&mut self, key: Option<&Key>, node: &Node, place: &Place) -> Element<'a> {
        let opening = self.opening(node);
        let lead = self.before(if key.is_some() { place.start } else { opening });
        let mut out = Element {
            lead,
            gap: self.has_gap(place.start),
            key: key.map(|key| self.key(key)),
            head: None,
            inner: Vec::new(),
            value: Value::Nothing,
            trail: None,
        };
        if is_absent(node) {
            out.trail = self.same_line(key.map_or(node.span.end, |key| key.span.end), place.until);
            if let (Some(_), Some(column)) = (key, place.column) {
                out.inner = self.below(column + 1, place.until);
            }
            return out;
        }
        if let Some(key) = key {
            out.head = self.same_line(key.span.end, opening);
        }
        match &node.shape {
            Shape::Scalar { text, style } => {
                out.inner = self.before(opening);
                if *style == Style::Block {
                    out.trail = self.same_line(opening, place.until);
                }
                out.value = Value::Scalar(Scalar::read(self.yaml, node.span, text, *style, opening));
            }
            Shape::List(_) | Shape::Map(_) => {
                if self.is_flow(node) {
                    out.inner = self.before(opening);
                }
                let around = place.column.filter(|_| !self.is_flow(node));
                let mut inner = self.collection(node, around, place.until);
                // Between brackets that stay empty no remark can be written.
                if inner.elements.is_empty() {
                    let above = if key.is_some() { &mut out.inner } else { &mut out.lead };
                    above.append(&mut inner.end);
                }
                out.value = Value::Collection(inner);
            }
        }
        if !matches!(&node.shape, Shape::Scalar { style: Style::Block, .. }) && !self.is_block(node) {
            out.trail = self.same_line(node.span.end, place.until);
        }
        out
    }

    fn key(&self, key: &Key) -> Scalar<'a> {
        let raw = self.yaml.get(key.span.start..key.span.end).unwrap_or_default();
        let style = match raw.as_bytes().first() {
            Some(b'"' | b'\'') => Style::Quoted,
            _ => Style::Plain,
        };
        Scalar::read(self.yaml, key.span, &key.name, style, key.span.start)
    }

    /// The comments before byte `place` that belong to nothing yet.
    fn before(&mut self, place: usize) -> Vec<Comment<'a>> {
        self.take_while(|found| found.start < place)
    }

    /// The comments before byte `until` that stand on lines of their own and begin in `column` or further right.
    fn below(&mut self, column: usize, until: usize) -> Vec<Comment<'a>> {
        self.take_while(|found| found.start < until && found.is_own_line && found.column >= column)
    }

    /// The comment on the line on which byte `end` stands, before byte `until`.
    fn same_line(&mut self, end: usize, until: usize) -> Option<Comment<'a>> {
        let found = *self.comments.get(self.next)?;
        let between = self.yaml.get(end..found.start)?;
        if found.start >= until || between.contains('\n') {
            return None;
        }
        self.next += 1;
        Some(Comment { text: found.text, gap: false })
    }

    fn take_while(&mut self, belongs: impl Fn(&Found<'a>) -> bool) -> Vec<Comment<'a>> {
        let mut out = Vec::new();
        while let Some(found) = self.comments.get(self.next).filter(|found| belongs(found)) {
            out.push(Comment { text: found.text, gap: self.has_gap(found.start) });
            self.next += 1;
        }
        out
    }

    fn is_flow(&self, node: &Node) -> bool {
        // A list with dashes has the span of its items, and the first of those may stand in brackets.
        let (bracket, first) = match &node.shape {
            Shape::List(items) => (b'[', items.first().map(|item| item.span.start)),
            Shape::Map(entries) => (b'{', entries.iter().next().map(|(key, _)| key.span.start)),
            Shape::Scalar { .. } => return false,
        };
        node.span.start < node.span.end
            && self.yaml.as_bytes().get(node.span.start) == Some(&bracket)
            && first != Some(node.span.start)
    }

    fn is_block(&self, node: &Node) -> bool {
        matches!(node.shape, Shape::List(_) | Shape::Map(_)) && !self.is_flow(node)
    }

    /// The first byte of what stands at `node`, dashes and the mark of a text in a block included.
    fn opening(&self, node: &Node) -> usize {
        match &node.shape {
            // At the end of a file a block that says nothing is its own mark.
            Shape::Scalar { text, style: Style::Block }
                if comments::says_nothing(text)
                    && matches!(self.yaml.as_bytes().get(node.span.start), Some(b'|' | b'>')) =>
            {
                node.span.start
            }
            Shape::Scalar { style: Style::Block, .. } => self.last(node.span.start, |byte| matches!(byte, b'|' | b'>')),
            Shape::List(items) if !self.is_flow(node) => {
                items.first().map_or(node.span.start, |item| self.dash(self.opening(item)))
            }
            Shape::Scalar { .. } | Shape::List(_) | Shape::Map(_) => node.span.start,
        }
    }

    fn dash(&self, before: usize) -> usize {
        self.last(before, |byte| byte == b'-')
    }

    /// The last byte of a kind before `place`, comments not counted.
    fn last(&self, place: usize, is_wanted: impl Fn(u8) -> bool) -> usize {
        let head = self.masked.get(..place).unwrap_or_default();
        head.iter().rposition(|byte| is_wanted(*byte)).unwrap_or(place)
    }

    fn column(&self, place: usize) -> usize {
        let head = self.masked.get(..place).unwrap_or_default();
        head.iter().rev().take_while(|byte| **byte != b'\n').count()
    }

    /// Whether what begins at `place` begins its line, and a blank line stands above.
    fn has_gap(&self, place: usize) -> bool {
        let head = self.yaml.as_bytes().get(..place).unwrap_or_default();
        let mut bytes = head.iter().rev().skip_while(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'?'));
        if bytes.next() != Some(&b'\n') {
            return false;
        }
        let mut above = bytes.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        above.next() == Some(&b'\n')
    }
}

/// Whether nothing was written where the node stands.
fn is_absent(node: &Node) -> bool {
    let Span { start, end } = node.span;
    start == end && matches!(&node.shape, Shape::Scalar { text, style: Style::Plain } if text.is_empty())
}
