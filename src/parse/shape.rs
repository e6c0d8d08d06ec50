//! What a file may hold, read from the JSON Schema of its struct, and a tree held against it.
//!
//! The schema that editors get and the one that the compiler uses are one: they cannot disagree.

use super::locate::{Node, Shape as NodeShape, Style};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::source_text::FileId;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

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
        let of_type = match node.get("type") {
            // An optional list is "array or null".
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
            one => one.and_then(Value::as_str),
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

/// Holds a tree against a shape.
#[derive(Debug)]
pub struct Check<'a> {
    file: &'a FileId,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// Places that need no further complaint.
    pub reported: Vec<KeyPath>,
}

impl<'a> Check<'a> {
    /// Nothing found yet.
    pub fn new(file: &'a FileId) -> Self {
        Self { file, problems: Vec::new(), reported: Vec::new() }
    }

    /// Reports all that does not fit, and gives what does.
    ///
    /// A misspelt key counts as the one that was meant, so that its value is checked too and the right key is
    /// not reported as missing.
    pub fn prune(&mut self, node: &Node, shape: &Shape, path: &KeyPath) -> serde_yaml::Value {
        self.value(node, shape, path).unwrap_or_else(|| serde_yaml::Value::Mapping(serde_yaml::Mapping::new()))
    }

    fn value(&mut self, node: &Node, shape: &Shape, path: &KeyPath) -> Option<serde_yaml::Value> {
        match (&node.shape, shape) {
            (NodeShape::Scalar { text, .. }, Shape::Leaf(_) | Shape::LeafOrList) => {
                Some(serde_yaml::Value::String(text.clone()))
            }
            (NodeShape::List(_), Shape::LeafOrList) => {
                self.value(node, &Shape::List(Box::new(Shape::Leaf(Leaf::Text))), path)
            }
            // `sources:` with nothing after it is an empty list, and so on.
            (NodeShape::Scalar { text, style: Style::Plain }, Shape::List(_) | Shape::Map { .. } | Shape::Named(_))
                if text.is_empty() || text == "~" || text == "null" =>
            {
                None
            }
            (NodeShape::List(items), Shape::List(item)) => Some(serde_yaml::Value::Sequence(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, node)| {
                        // A misshapen element keeps its place, so that the numbers of the others stay true.
                        self.value(node, item, &path.index(index)).unwrap_or_else(|| hole(item))
                    })
                    .collect(),
            )),
            (NodeShape::Map(entries), Shape::Map { .. } | Shape::Named(_)) => Some(self.map(entries, shape, path)),
            (found, wanted) => {
                self.reported.push(path.clone());
                self.problems.push(self.misshapen(node, found, wanted, path));
                None
            }
        }
    }

    fn map(&mut self, entries: &[(super::locate::Key, Node)], shape: &Shape, path: &KeyPath) -> serde_yaml::Value {
        let mut map = serde_yaml::Mapping::new();
        let mut first: std::collections::BTreeMap<&str, crate::source_text::Span> = std::collections::BTreeMap::new();
        let written: std::collections::BTreeSet<&str> = entries.iter().map(|(key, _)| key.name.as_str()).collect();
        for (key, node) in entries {
            let here = path.key(&key.name);
            if first.contains_key(key.name.as_str()) {
                let again = At { file: self.file.clone(), spot: crate::diagnostic::Spot::Bytes(key.span) };
                self.problems.push(
                    Diagnostic::new(Code::DuplicateKey, again, format!("`{}` is given twice", key.name))
                        .label(At::key(self.file, &here), "first given here")
                        .help("keep one of the two"),
                );
                continue;
            }
            first.insert(&key.name, key.span);
            let mut name = key.name.clone();
            if shape.field(&name).is_none() {
                let Shape::Map { fields } = shape else { continue };
                let known = fields.iter().map(|(name, _)| name.as_str());
                let absent = fields.iter().map(|(name, _)| name.as_str()).filter(|name| !written.contains(name));
                let guess = nearest(&key.name, absent).map(str::to_owned);
                let mut problem = Diagnostic::new(
                    Code::UnknownField,
                    At::key(self.file, &here),
                    format!("`{}` is no field here", key.name),
                );
                problem = match (&guess, path.steps().is_empty() && shape.field("extra").is_some()) {
                    (Some(guess), _) => problem.help(format!("did you mean `{guess}`?")),
                    (None, true) => problem
                        .help("put a field of your own under `extra:` and give it a type in `site.yaml`")
                        .help(format!("the fields are {}", list(known))),
                    (None, false) => problem.help(format!("the fields are {}", list(known))),
                };
                self.problems.push(problem);
                let Some(guess) = guess else { continue };
                let meant = path.key(&guess);
                self.reported.push(meant);
                name = guess;
            }
            if let Some(shape) = shape.field(&name)
                && let Some(value) = self.value(node, shape, &here)
            {
                map.insert(serde_yaml::Value::String(name), value);
            } else {
                self.reported.push(path.key(&name));
            }
        }
        serde_yaml::Value::Mapping(map)
    }

    fn misshapen(&self, node: &Node, found: &NodeShape, wanted: &Shape, path: &KeyPath) -> Diagnostic {
        let name = name_of(path);
        let found_noun = match found {
            NodeShape::Scalar { .. } => "one value",
            NodeShape::List(_) => "a list",
            NodeShape::Map(_) => "a mapping",
        };
        let what = match found {
            NodeShape::Scalar { text, .. } => format!("{name} takes {}, not `{}`", wanted.noun(), brief(text)),
            _ => format!("{name} takes {}, not {found_noun}", wanted.noun()),
        };
        let help = match (found, wanted) {
            (NodeShape::Scalar { text, .. }, Shape::List(item)) if matches!(**item, Shape::Leaf(_)) => {
                format!("write `[{}]`", brief(text))
            }
            (NodeShape::List(items), Shape::Leaf(_)) => match items.as_slice() {
                [Node { shape: NodeShape::Scalar { text, .. }, .. }] => {
                    format!("write `{}` without brackets", brief(text))
                }
                _ => "write one value; more belong into claims of their own".to_owned(),
            },
            (NodeShape::Map(entries), Shape::Leaf(_)) if entries.len() == 1 => {
                "put the text in quotes when it contains a colon".to_owned()
            }
            (_, Shape::List(item)) => match item.as_ref() {
                Shape::Map { fields } => format!(
                    "begin each element with `- ` and give its fields: {}",
                    list(fields.iter().map(|(n, _)| n.as_str()))
                ),
                _ => "begin each element with `- `".to_owned(),
            },
            (_, Shape::Map { fields }) => {
                format!("give its fields: {}", list(fields.iter().map(|(name, _)| name.as_str())))
            }
            (_, Shape::Named(_)) => "write `name: value` pairs".to_owned(),
            _ => "write one value".to_owned(),
        };
        let at = if path.steps().is_empty() {
            At::bytes(self.file, crate::source_text::Span::new(node.span.start, node.span.start))
        } else {
            At::value(self.file, path)
        };
        Diagnostic::new(Code::WrongType, at, what).help(help)
    }
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
    if path.steps().is_empty() { "the record".to_owned() } else { format!("`{path}`") }
}

fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 60 {
        format!("{}…", line.chars().take(59).collect::<String>())
    } else {
        line.to_owned()
    }
}
