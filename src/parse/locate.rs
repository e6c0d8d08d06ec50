//! Where things stand in a YAML text: the event stream of one file as a tree with spans.
//!
//! Read only when something is wrong in a file, or when a message needs a place.

use crate::diagnostic::{KeyPath, Spot, Step};
use crate::source_text::Span;
use granit_parser::{Event, Parser, ScalarStyle};

/// A node and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Bytes of the YAML text. Of a block collection: from its first key to the end of its last value.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A scalar.
    Scalar {
        /// Its text after unquoting.
        text: String,
        /// How it was written.
        style: Style,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, duplicate keys kept.
    Map(Vec<(Key, Node)>),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its text.
    pub name: String,
    /// Its bytes.
    pub span: Span,
}

/// Why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// Bytes of the YAML text.
    pub span: Span,
    /// The cure.
    pub help: String,
    /// Whether nesting is what is wrong.
    pub too_deep: bool,
}

impl Node {
    /// The node at `path`, with its key when it is the value of one. Of duplicate keys the first.
    pub fn find(&self, path: &KeyPath) -> Option<(&Self, Option<&Key>)> {
        let mut at = (self, None);
        for step in path.steps() {
            at = match (step, &at.0.shape) {
                (Step::Key(name), Shape::Map(entries)) => {
                    let (key, value) = entries.iter().find(|(key, _)| key.name == *name)?;
                    (value, Some(key))
                }
                (Step::Index(index), Shape::List(items)) => (items.get(*index)?, None),
                _ => return None,
            };
        }
        Some(at)
    }

    /// The bytes of `spot` in `yaml`, the text that this tree was read from. What is not there is
    /// shown at the nearest thing around it that is.
    pub fn span_of(&self, yaml: &str, spot: &Spot) -> Span {
        let (path, want_key, part) = match spot {
            Spot::File => return Span::default(),
            Spot::Bytes(span) => return *span,
            Spot::Key(path) => (path, true, None),
            Spot::Value(path) => (path, false, None),
            Spot::Part(path, part) => (path, false, Some(*part)),
        };
        let Some((node, key)) = self.find(path) else {
            return path.parent().map_or(Span::default(), |parent| match self.find(&parent) {
                Some((_, Some(key))) => key.span,
                Some((node, None)) if !parent.steps().is_empty() => node.first_key().unwrap_or(node.span),
                _ => self.span_of(yaml, &Spot::Value(parent)),
            });
        };
        if path.steps().is_empty() {
            return Span::default();
        }
        match (want_key, key, part) {
            (true, Some(key), _) => key.span,
            (_, _, Some(part)) => node.part(yaml, part).unwrap_or(node.span),
            // An empty value has no bytes of its own.
            (_, Some(key), None) if node.span.start == node.span.end => key.span,
            _ => node.span,
        }
    }

    fn first_key(&self) -> Option<Span> {
        match &self.shape {
            Shape::Map(entries) => entries.first().map(|(key, _)| key.span),
            _ => None,
        }
    }

    /// Bytes of a scalar's text as bytes of the source, when the one stands in the other as it is.
    fn part(&self, yaml: &str, part: Span) -> Option<Span> {
        let Shape::Scalar { text, style } = &self.shape else { return None };
        let source = yaml.get(self.span.start..self.span.end)?;
        match style {
            Style::Plain | Style::Quoted => {
                let at = source.find(text.as_str())?;
                Some(part.shifted(self.span.start + at))
            }
            Style::Block => {
                // Line by line: each line of the text stands in the source after its indentation.
                let before = text.get(..part.start)?;
                let line = before.matches('\n').count();
                let wanted = text.lines().nth(line)?;
                let column = part.start - before.rfind('\n').map_or(0, |at| at + 1);
                let mut offset = 0;
                let mut lines = source.split_inclusive('\n');
                let mut first = lines.next()?;
                // The span may begin at the indicator or after it.
                if first.trim_start().starts_with(['|', '>']) {
                    offset += first.len();
                    first = lines.next()?;
                }
                let mut current = Some(first);
                for _ in 0..line {
                    offset += current?.len();
                    current = lines.next();
                }
                let at = current?.find(wanted)?;
                let start = self.span.start + offset + at + column;
                Some(Span::new(start, start + (part.end - part.start).min(wanted.len().saturating_sub(column))))
            }
        }
    }
}

/// Reads `yaml` into a tree, or says where it stops being YAML that a record may hold.
///
/// Anchors, aliases, tags, merge keys and second documents are refused: a record is read by people.
pub fn tree(yaml: &str, depth: usize) -> Result<Node, Fault> {
    Builder { yaml, depth, stack: Vec::new(), root: None }.run()
}

struct Builder<'a> {
    yaml: &'a str,
    depth: usize,
    stack: Vec<Open>,
    root: Option<Node>,
}

/// A collection whose end has not come.
struct Open {
    start: usize,
    flow: bool,
    shape: Shape,
    key: Option<Key>,
}

impl Builder<'_> {
    fn run(mut self) -> Result<Node, Fault> {
        let mut documents = 0;
        for event in Parser::new_from_str(self.yaml) {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let place = span.byte_range().map_or(Span::default(), |range| Span::new(range.start, range.end));
            if let Some(message) = refused(&event) {
                return Err(Fault {
                    message: message.to_owned(),
                    span: self.token(place.start),
                    help: "write the value out; quote it when it begins with `&`, `*` or `!`".to_owned(),
                    too_deep: false,
                });
            }
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(Fault {
                            message: "a second YAML document begins here".to_owned(),
                            span: place,
                            help: "keep one record in one file".to_owned(),
                            too_deep: false,
                        });
                    }
                }
                Event::Scalar(text, style, ..) => {
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    };
                    // The parser gives a value that is not there the text of a null.
                    let absent = style == Style::Plain && place.start == place.end;
                    let text = if absent { String::new() } else { text.into_owned() };
                    self.add(Node { span: place, shape: Shape::Scalar { text, style } })?;
                }
                Event::SequenceStart(..) => self.open(place, Shape::List(Vec::new()))?,
                Event::MappingStart(..) => self.open(place, Shape::Map(Vec::new()))?,
                Event::SequenceEnd | Event::MappingEnd => self.close(place)?,
                _ => {}
            }
        }
        // An empty document has no events of its own.
        Ok(self.root.unwrap_or(Node { span: Span::default(), shape: Shape::Map(Vec::new()) }))
    }

    fn open(&mut self, place: Span, shape: Shape) -> Result<(), Fault> {
        if self.stack.len() >= self.depth {
            return Err(Fault {
                message: format!("the nesting is deeper than {} levels", self.depth),
                span: Span::new(place.start, (place.start + 1).min(self.yaml.len())),
                help: "flatten it; no field of a record needs more than four levels".to_owned(),
                too_deep: true,
            });
        }
        let flow = matches!(self.yaml.as_bytes().get(place.start), Some(b'[' | b'{'));
        self.stack.push(Open { start: place.start, flow, shape, key: None });
        Ok(())
    }

    fn close(&mut self, place: Span) -> Result<(), Fault> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        // A block collection ends with its last value, not with the blank lines after it.
        let end = if open.flow { place.end } else { open.shape.last_end().unwrap_or(open.start) };
        let start = if open.flow { open.start } else { open.shape.first_start().unwrap_or(open.start) };
        self.add(Node { span: Span::new(start, end), shape: open.shape })
    }

    fn add(&mut self, node: Node) -> Result<(), Fault> {
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.shape {
            Shape::List(items) => items.push(node),
            Shape::Map(entries) => match open.key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let Shape::Scalar { text, .. } = node.shape else {
                        return Err(Fault {
                            message: "a list or a mapping stands where a key belongs".to_owned(),
                            span: node.span,
                            help: "write `key: value`".to_owned(),
                            too_deep: false,
                        });
                    };
                    if text == "<<" {
                        return Err(Fault {
                            message: "a merge key (`<<`) stands here".to_owned(),
                            span: node.span,
                            help: "write the fields out".to_owned(),
                            too_deep: false,
                        });
                    }
                    open.key = Some(Key { name: text, span: node.span });
                }
            },
            Shape::Scalar { .. } => {}
        }
        Ok(())
    }

    fn syntax(&self, error: &granit_parser::ScanError) -> Fault {
        let offset = error.marker().byte_offset().unwrap_or(self.yaml.len()).min(self.yaml.len());
        let rest = self.yaml.get(offset..).unwrap_or_default();
        let end = offset + rest.find('\n').unwrap_or(rest.len());
        Fault {
            message: plain_words(&error.info()),
            span: Span::new(offset, end),
            help: self.guess(offset),
            too_deep: false,
        }
    }

    /// The usual reasons, each looked for before it is named.
    fn guess(&self, offset: usize) -> String {
        let start = self.yaml.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = self.yaml.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let before: Vec<&str> = self.yaml.get(..start).unwrap_or_default().lines().collect();
        let lines = before.iter().rev().take(1).copied().chain([line]);
        for line in lines.collect::<Vec<_>>().into_iter().rev() {
            if line.trim_start_matches(' ').starts_with('\t') {
                return "indent with spaces; YAML allows no tabs".to_owned();
            }
            if let Some((key, value)) = line.split_once(": ") {
                let value = value.trim();
                if value.contains(": ") && !value.starts_with(['"', '\'', '{', '[']) {
                    return format!("put the value in quotes: `{}: \"{}\"`", key.trim(), value.replace('"', "\\\""));
                }
                if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
                    && value.matches(quote).count() == 1
                {
                    return format!("close the quotation mark: {value}{quote}");
                }
                if value.starts_with(['@', '`', '%', '&', '*', '!', '|', '>']) {
                    return format!("put the value in quotes: `{}: \"{value}\"`", key.trim());
                }
            }
        }
        let count = |c: char| self.yaml.matches(c).count();
        if count('[') != count(']') {
            return "check that each `[` has its `]`".to_owned();
        }
        if count('{') != count('}') {
            return "check that each `{` has its `}`".to_owned();
        }
        "check the indentation and the quotation marks of this line and the one before it".to_owned()
    }

    fn token(&self, start: usize) -> Span {
        // The event's span may begin after the anchor or the tag that is meant.
        let line = self.yaml.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let head = self.yaml.get(line..start).unwrap_or_default();
        let start = head.rfind(['&', '*', '!']).map_or(start, |at| line + at);
        let rest = self.yaml.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
        Span::new(start, start + length.max(1))
    }
}

impl Shape {
    fn first_start(&self) -> Option<usize> {
        match self {
            Self::List(items) => items.first().map(|item| item.span.start),
            Self::Map(entries) => entries.first().map(|(key, _)| key.span.start),
            Self::Scalar { .. } => None,
        }
    }

    fn last_end(&self) -> Option<usize> {
        match self {
            Self::List(items) => items.last().map(|item| item.span.end),
            Self::Map(entries) => entries.last().map(|(key, value)| value.span.end.max(key.span.end)),
            Self::Scalar { .. } => None,
        }
    }
}

fn refused(event: &Event<'_>) -> Option<&'static str> {
    if event.is_alias() {
        return Some("an alias (`*name`) stands here");
    }
    if event.anchor_id().is_some() {
        return Some("an anchor (`&name`) stands here");
    }
    if event.tag().is_some() {
        return Some("a tag (`!name`) stands here");
    }
    None
}

fn plain_words(info: &str) -> String {
    let text = info.trim().trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or_else(|| "this is not YAML".to_owned(), |first| first.to_lowercase().chain(chars).collect())
}
