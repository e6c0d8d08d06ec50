//! What a file may hold, read from the JSON Schema of its struct, and a tree held against it.
//!
//! The schema that editors get and the one that the compiler uses are one: they cannot disagree.

use super::locate::{Entries, Key, Node, Shape as NodeShape, Style};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::source_text::{FileId, Span};
use schemars::{JsonSchema, Schema};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The shape of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A scalar.
    Leaf(Leaf),
    /// A list of equals.
    List(Box<Self>),
    /// A mapping with known keys.
    Map {
        /// The keys in the order of the struct.
        fields: Vec<(String, Self)>,
    },
    /// A mapping whose keys the author chooses.
    Named(Box<Self>),
    /// A scalar, or a list of scalars.
    LeafOrList,
}

/// What a scalar is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Text, parsed afterwards by its field's grammar.
    Text,
    /// `true` or `false`.
    Flag,
    /// A word of a closed list, against which it is held afterwards.
    Word,
}

impl Shape {
    /// The shape of `T`.
    pub fn of<T: JsonSchema>() -> Self {
        Self::from_schema(&schema::<T>())
    }

    fn from_schema(schema: &Schema) -> Self {
        let root = schema.as_value();
        Self::read(root, root)
    }

    fn read(node: &Value, root: &Value) -> Self {
        if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            if let Some(target) = root.get("$defs").and_then(|defs| defs.get(name)) {
                return Self::read(target, root);
            }
        }
        if node.get("anyOf").is_some() && node.get("properties").is_none() {
            return Self::LeafOrList;
        }
        if node.get("enum").is_some() {
            return Self::Leaf(Leaf::Word);
        }
        // What may be left out has two types, its own and `null`.
        let of_type = match node.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
            Some(name) => name.as_str(),
            None => None,
        };
        match of_type {
            Some("array") => {
                Self::List(Box::new(node.get("items").map_or(Self::Leaf(Leaf::Text), |items| Self::read(items, root))))
            }
            Some("object") => match node.get("properties").and_then(Value::as_object) {
                Some(fields) => Self::Map {
                    fields: fields.iter().map(|(name, field)| (name.clone(), Self::read(field, root))).collect(),
                },
                None => Self::Named(Box::new(
                    node.get("additionalProperties").map_or(Self::Leaf(Leaf::Text), |any| Self::read(any, root)),
                )),
            },
            Some("boolean") => Self::Leaf(Leaf::Flag),
            _ => Self::Leaf(Leaf::Text),
        }
    }

    /// The shape of what stands at `key`.
    pub fn field(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map { fields } => fields.iter().find(|(name, _)| name == key).map(|(_, shape)| shape),
            Self::Named(any) => Some(any),
            Self::Leaf(_) | Self::List(_) | Self::LeafOrList => None,
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Leaf(_) | Self::LeafOrList => "one value",
            Self::List(_) => "a list",
            Self::Map { .. } | Self::Named(_) => "a mapping",
        }
    }
}

/// The JSON Schema (2020-12) of `T`.
pub fn schema<T: JsonSchema>() -> Schema {
    schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// Gives each misspelt key of `node` the field that it most likely stands for, when that field is not there.
///
/// So its value is checked too, the right key is not reported as missing, and what is wrong with the value is
/// shown where the value stands.
pub fn mean(node: &mut Node, shape: &Shape) {
    match (&mut node.shape, shape) {
        (NodeShape::List(items), Shape::List(item)) => items.iter_mut().for_each(|node| mean(node, item)),
        (NodeShape::Map(entries), Shape::Map { fields }) => entries.change(|entries| {
            let written: BTreeSet<&str> = entries.iter().map(|(key, _)| key.name.as_str()).collect();
            let mut absent: Vec<&str> =
                fields.iter().map(|(name, _)| name.as_str()).filter(|name| !written.contains(name)).collect();
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            let guesses: Vec<Option<String>> = entries
                .iter()
                .map(|(key, _)| {
                    if !seen.insert(&key.name) || shape.field(&key.name).is_some() {
                        return None;
                    }
                    let guess = nearest(&key.name, absent.iter().copied())?;
                    absent.retain(|name| *name != guess);
                    Some(guess.to_owned())
                })
                .collect();
            for ((key, node), guess) in entries.iter_mut().zip(guesses) {
                key.meant = guess;
                if let Some(shape) = shape.field(key.field()) {
                    mean(node, shape);
                }
            }
        }),
        (NodeShape::Map(entries), Shape::Named(any)) => {
            entries.change(|entries| entries.iter_mut().for_each(|(_, node)| mean(node, any)));
        }
        _ => {}
    }
}

/// Holds a tree against a shape.
#[derive(Debug)]
pub struct Check<'a> {
    file: &'a FileId,
    /// Where the YAML begins in the file.
    offset: usize,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// Places that need no further complaint, nor anything below them.
    pub reported: BTreeSet<KeyPath>,
}

impl<'a> Check<'a> {
    /// Nothing found yet.
    pub fn new(file: &'a FileId, offset: usize) -> Self {
        Self { file, offset, problems: Vec::new(), reported: BTreeSet::new() }
    }

    /// These bytes of the YAML as a place in the file.
    pub(super) fn at(&self, span: Span) -> At {
        At::bytes(self.file, span.shifted(self.offset))
    }

    /// Reports all that does not fit, and gives what does. The keys of `node` were [`mean`]t before.
    pub fn prune(&mut self, node: &Node, shape: &Shape) -> serde_yaml::Value {
        self.value(node, None, shape, &KeyPath::root())
            .unwrap_or_else(|| serde_yaml::Value::Mapping(serde_yaml::Mapping::new()))
    }

    fn value(&mut self, node: &Node, key: Option<&Key>, shape: &Shape, path: &KeyPath) -> Option<serde_yaml::Value> {
        match (&node.shape, shape) {
            (NodeShape::Scalar { text, .. }, Shape::Leaf(_) | Shape::LeafOrList) => {
                Some(serde_yaml::Value::String(text.clone()))
            }
            (NodeShape::List(_), Shape::LeafOrList) => {
                self.value(node, key, &Shape::List(Box::new(Shape::Leaf(Leaf::Text))), path)
            }
            // `sources:` with nothing after it is an empty list, and so on; an element with nothing in it is not.
            (NodeShape::Scalar { text, style: Style::Plain }, Shape::List(_) | Shape::Map { .. } | Shape::Named(_))
                if is_nothing(text) && (key.is_some() || path.steps().is_empty()) =>
            {
                None
            }
            (NodeShape::List(items), Shape::List(item)) => Some(serde_yaml::Value::Sequence(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, node)| {
                        // A misshapen element keeps its place, so that the numbers of the others stay true.
                        self.value(node, None, item, &path.index(index)).unwrap_or_else(|| hole(item))
                    })
                    .collect(),
            )),
            (NodeShape::Map(entries), Shape::Map { .. } | Shape::Named(_)) => Some(self.map(entries, shape, path)),
            (found, wanted) => {
                self.reported.insert(path.clone());
                self.problems.push(self.misshapen(node, key, found, wanted, path));
                None
            }
        }
    }

    fn map(&mut self, entries: &Entries, shape: &Shape, path: &KeyPath) -> serde_yaml::Value {
        let mut map = serde_yaml::Mapping::new();
        let mut given: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for (key, _) in entries.iter() {
            given.entry(&key.name).or_default().push(key.span);
        }
        for (key, node) in entries.iter() {
            // Of a key that is given several times the first counts, and tells of the others.
            let Some(places) = given.remove(key.name.as_str()) else { continue };
            if let [first, second, more @ ..] = places.as_slice() {
                self.problems.push(self.duplicate(&key.name, *first, *second, more));
            }
            let meant = path.key(key.field());
            let Some(wanted) = shape.field(key.field()) else {
                self.problems.push(self.unknown(key, entries, shape, path));
                self.reported.insert(meant);
                continue;
            };
            if key.meant.is_some() {
                self.problems.push(self.unknown(key, entries, shape, path));
            }
            match self.value(node, Some(key), wanted, &meant) {
                Some(value) => {
                    let is_empty = matches!(&node.shape, NodeShape::Scalar { text, .. } if text.trim().is_empty());
                    if key.meant.is_some() && is_empty {
                        self.reported.insert(meant);
                    }
                    map.insert(serde_yaml::Value::String(key.field().to_owned()), value);
                }
                // One complaint about a misspelt key with nothing after it is enough.
                None if key.meant.is_some() => {
                    self.reported.insert(meant);
                }
                None => {}
            }
        }
        serde_yaml::Value::Mapping(map)
    }

    /// The problem of a key that is given several times.
    pub(super) fn duplicate(&self, name: &str, first: Span, second: Span, more: &[Span]) -> Diagnostic {
        let times = if more.is_empty() { "twice".to_owned() } else { format!("{} times", more.len() + 2) };
        let mut problem =
            Diagnostic::new(Code::DuplicateKey, self.at(second), format!("`{}` is given {times}", brief(name)))
                .label(self.at(first), "first given here");
        for span in more {
            problem = problem.label(self.at(*span), "and here");
        }
        problem.help("keep one of them")
    }

    fn unknown(&self, key: &Key, entries: &Entries, shape: &Shape, path: &KeyPath) -> Diagnostic {
        let name = &key.name;
        let problem =
            Diagnostic::new(Code::UnknownField, self.at(key.span), format!("`{}` is no field here", brief(name)));
        if let Some(guess) = &key.meant {
            return problem.help(format!("did you mean `{guess}`?"));
        }
        let Shape::Map { fields } = shape else { return problem };
        let known = || fields.iter().map(|(name, _)| name.as_str());
        if let Some(near) = nearest(name, known())
            && entries.get(near).is_some()
        {
            return problem.help(format!("`{near}` is there already; remove this line"));
        }
        let fields = format!("the fields are {}", list(known()));
        if path.steps().is_empty() && shape.field("extra").is_some() {
            let is_settings = shape.field("lints").is_some();
            let own = "put a field of your own under `extra:` and give it a type in `content/site.yaml`";
            return if is_settings { problem.help(fields) } else { problem.help(own).help(fields) };
        }
        problem.help(fields)
    }

    fn misshapen(
        &self,
        node: &Node,
        key: Option<&Key>,
        found: &NodeShape,
        wanted: &Shape,
        path: &KeyPath,
    ) -> Diagnostic {
        let name = name_of(path);
        let what = match found {
            NodeShape::Scalar { text, style: Style::Plain } if is_nothing(text) => format!("{name} is empty"),
            NodeShape::Scalar { text, .. } => format!("{name} takes {}, not `{}`", wanted.noun(), brief(text)),
            NodeShape::List(_) => format!("{name} takes {}, not a list", wanted.noun()),
            NodeShape::Map(_) => format!("{name} takes {}, not a mapping", wanted.noun()),
        };
        // The whole of what is misshapen may be most of the file: its beginning will do.
        let span = match found {
            NodeShape::Scalar { .. } => match key {
                Some(key) if node.span.start == node.span.end => key.span,
                _ => node.span,
            },
            NodeShape::List(items) if path.steps().is_empty() => items.first().map_or(node.span, |item| item.span),
            NodeShape::List(_) => node.span,
            NodeShape::Map(entries) => match key {
                Some(_) if entries.len() > 1 => entries.iter().next().map_or(node.span, |(key, _)| key.span),
                _ => node.span,
            },
        };
        Diagnostic::new(Code::WrongType, self.at(span), what).help(cure(found, wanted))
    }
}

fn cure(found: &NodeShape, wanted: &Shape) -> String {
    let names = |fields: &[(String, Shape)]| list(fields.iter().map(|(name, _)| name.as_str()));
    match (found, wanted) {
        (NodeShape::Scalar { text, style: Style::Plain }, Shape::Map { fields }) if is_nothing(text) => {
            format!("remove the `-`, or give its fields: {}", names(fields))
        }
        (NodeShape::Scalar { text, style }, Shape::List(item)) if matches!(**item, Shape::Leaf(_)) => {
            let is_plain = *style == Style::Plain && text.len() <= 60 && !text.contains(['[', ']', '{', '}', '\n']);
            if is_plain { format!("write `[{text}]`") } else { "write it in brackets: `[…]`".to_owned() }
        }
        (NodeShape::List(items), Shape::Leaf(_)) => match items.as_slice() {
            [Node { shape: NodeShape::Scalar { text, .. }, .. }] => {
                format!("write `{}` without brackets", brief(text))
            }
            _ => "write one value".to_owned(),
        },
        (NodeShape::Map(entries), Shape::Leaf(_) | Shape::LeafOrList) if entries.len() == 1 => {
            "put the text in quotes when it contains a colon".to_owned()
        }
        (NodeShape::Map(_), Shape::List(item)) if matches!(**item, Shape::Map { .. }) => {
            "write `- ` before the first field, and indent the others by two more spaces".to_owned()
        }
        (_, Shape::List(item)) => match item.as_ref() {
            Shape::Map { fields } => {
                format!("begin each element with `- ` and give its fields: {}", names(fields))
            }
            _ => "begin each element with `- `".to_owned(),
        },
        (_, Shape::Map { fields }) => format!("give its fields: {}", names(fields)),
        (_, Shape::Named(any)) if matches!(**any, Shape::List(_)) => "write `name: [value]` pairs".to_owned(),
        (_, Shape::Named(_)) => "write `name: value` pairs".to_owned(),
        _ => "write one value".to_owned(),
    }
}

fn is_nothing(text: &str) -> bool {
    text.is_empty() || text == "~" || text == "null"
}

/// What stands in a list for an element that could not be read.
fn hole(shape: &Shape) -> serde_yaml::Value {
    match shape {
        Shape::Leaf(_) | Shape::LeafOrList => serde_yaml::Value::String(String::new()),
        Shape::List(_) => serde_yaml::Value::Sequence(Vec::new()),
        Shape::Map { .. } | Shape::Named(_) => serde_yaml::Value::Mapping(serde_yaml::Mapping::new()),
    }
}

fn name_of(path: &KeyPath) -> String {
    if path.steps().is_empty() { "the file".to_owned() } else { format!("`{path}`") }
}

fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 60 {
        format!("{}…", line.chars().take(59).collect::<String>())
    } else {
        line.to_owned()
    }
}
