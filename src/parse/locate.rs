//! Where things stand in a YAML text: the event stream of one file as a tree with spans.
//!
//! Read only when something is wrong in a file, or when a message needs a place.

use super::align::Alignment;
use super::syntax;
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
    Map(Entries),
}

/// The entries of a mapping, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    list: Vec<(Key, Node)>,
    /// Numbers of entries, sorted by field and then by number: a file with 20,000 wrong keys is searched as often.
    sorted: Vec<usize>,
}

impl Entries {
    /// The entries, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = &(Key, Node)> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first entry of the field `name`.
    pub fn get(&self, name: &str) -> Option<&(Key, Node)> {
        let field = |at: &usize| self.list.get(*at).map_or("", |(key, _)| key.field());
        let at = self.sorted.partition_point(|at| field(at) < name);
        let entry = self.list.get(*self.sorted.get(at)?)?;
        (entry.0.field() == name).then_some(entry)
    }

    /// Lets `change` alter keys and values, and can be searched again afterwards.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<(Key, Node)>)) {
        change(&mut self.list);
        self.sorted = (0..self.list.len()).collect();
        let list = &self.list;
        self.sorted.sort_by_key(|at| list.get(*at).map_or("", |(key, _)| key.field()));
    }
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
    /// The field that a misspelt key stands for.
    pub meant: Option<String>,
    /// Its bytes.
    pub span: Span,
}

impl Key {
    /// The field that it gives: what was meant, else what was written.
    pub fn field(&self) -> &str {
        self.meant.as_deref().unwrap_or(&self.name)
    }
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
                    let (key, value) = entries.get(name)?;
                    (value, Some(key))
                }
                (Step::Index(index), Shape::List(items)) => (items.get(*index)?, None),
                _ => return None,
            };
        }
        Some(at)
    }

    /// The bytes of `spot` in the text that this tree was read from. What is not there is
    /// shown at the nearest thing around it that is.
    pub fn span_of(&self, spot: &Spot) -> Span {
        let (path, want_key) = match spot {
            Spot::File => return Span::default(),
            Spot::Bytes(span) => return *span,
            Spot::Key(path) => (path, true),
            Spot::Value(path) | Spot::Part(path, _) => (path, false),
        };
        let Some((node, key)) = self.find(path) else {
            return path.parent().map_or(Span::default(), |parent| match self.find(&parent) {
                Some((_, Some(key))) => key.span,
                Some((node, None)) if !parent.steps().is_empty() => node.first_key().unwrap_or(node.span),
                _ => self.span_of(&Spot::Value(parent)),
            });
        };
        if path.steps().is_empty() {
            return Span::default();
        }
        match (want_key, key) {
            (true, Some(key)) => key.span,
            // An empty value has no bytes of its own.
            (_, Some(key)) if node.span.start == node.span.end => key.span,
            _ => node.span,
        }
    }

    /// Where the text of the scalar at `path` stands in `yaml`, for [`Spot::Part`].
    pub fn alignment(&self, yaml: &str, path: &KeyPath) -> Option<Alignment> {
        let (node, _) = self.find(path)?;
        let Shape::Scalar { text, style } = &node.shape else { return None };
        Alignment::of(yaml, node.span, text, *style)
    }

    fn first_key(&self) -> Option<Span> {
        match &self.shape {
            Shape::Map(entries) => entries.iter().next().map(|(key, _)| key.span),
            _ => None,
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
            let (event, span) = event.map_err(|error| syntax::fault(self.yaml, &error, self.depth))?;
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
                            span: line_at(self.yaml, place.start),
                            help:
                                "keep one record in one file; a longer text goes under `body: |`, or below the front \
                                   matter of an `.md` file"
                                    .to_owned(),
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
                Event::MappingStart(..) => self.open(place, Shape::Map(Entries::default()))?,
                Event::SequenceEnd | Event::MappingEnd => self.close(place)?,
                _ => {}
            }
        }
        // An empty document has no events of its own.
        Ok(self.root.unwrap_or(Node { span: Span::default(), shape: Shape::Map(Entries::default()) }))
    }

    fn open(&mut self, place: Span, shape: Shape) -> Result<(), Fault> {
        if self.stack.len() >= self.depth {
            return Err(syntax::too_deep(self.yaml, place.start, self.depth));
        }
        let flow = matches!(self.yaml.as_bytes().get(place.start), Some(b'[' | b'{'));
        self.stack.push(Open { start: place.start, flow, shape, key: None });
        Ok(())
    }

    fn close(&mut self, place: Span) -> Result<(), Fault> {
        let Some(mut open) = self.stack.pop() else { return Ok(()) };
        if let Shape::Map(entries) = &mut open.shape {
            entries.change(|_| {});
        }
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
                Some(key) => entries.list.push((key, node)),
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
                    open.key = Some(Key { name: text, meant: None, span: node.span });
                }
            },
            Shape::Scalar { .. } => {}
        }
        Ok(())
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
            Self::Map(entries) => entries.list.first().map(|(key, _)| key.span.start),
            Self::Scalar { .. } => None,
        }
    }

    fn last_end(&self) -> Option<usize> {
        match self {
            Self::List(items) => items.last().map(|item| item.span.end),
            Self::Map(entries) => entries.list.last().map(|(key, value)| value.span.end.max(key.span.end)),
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

/// From `start` to the end of its line.
pub(super) fn line_at(yaml: &str, start: usize) -> Span {
    let start = start.min(yaml.len());
    let rest = yaml.get(start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    Span::new(start, start + line.len())
}
