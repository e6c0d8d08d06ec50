//! From YAML to the plain structs of what an author writes.
//!
//! A text that reads well costs one pass of `serde_yaml`. When anything is off, the same text is read as a tree
//! with places ([`super::locate`]) and held against the schema of the struct, so that every unknown, repeated and
//! misshapen key is found in one run; what is sound goes on to be read.

use super::locate::{self, Fault, Node, Shape as NodeShape, Style};
use super::shape::{self, Leaf, Shape};
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::source_text::{FileId, Span};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

/// A scalar as it was written; which grammar it follows is decided by its field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The text without white space around it; nothing for a missing key and for an empty value.
    pub fn get(&self) -> Option<&str> {
        Some(self.0.trim()).filter(|text| !text.is_empty())
    }

    /// The text as it stands, white space and all.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The bytes of [`Text::raw`] that [`Text::get`] gives.
    pub fn trim_start(&self) -> usize {
        self.0.len() - self.0.trim_start().len()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl Visitor<'_> for Scalar {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }
        }
        // `str`, not `any`: the scalar arrives as it was written, never as a number or a truth value.
        deserializer.deserialize_str(Scalar)
    }
}

/// A mapping whose keys the author chooses, in the order written.
///
/// A repeated key is an error here, never "the last one wins".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = Named<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<T>, A::Error> {
                let mut pairs: Vec<(String, T)> = Vec::new();
                let mut seen = std::collections::HashSet::new();
                while let Some((Text(key), value)) = map.next_entry::<Text, T>()? {
                    if !seen.insert(key.clone()) {
                        return Err(A::Error::custom(format!("duplicate key `{key}`")));
                    }
                    pairs.push((key, value));
                }
                Ok(Named(pairs))
            }
            fn visit_unit<E>(self) -> Result<Named<T>, E> {
                Ok(Named(Vec::new()))
            }
        }
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

/// What was read of one YAML text.
#[derive(Debug)]
pub struct Reading<T> {
    /// What is sound in it.
    pub value: T,
    /// What is not.
    pub problems: Vec<Diagnostic>,
    /// Places whose absence or shape was reported already, with all that is below them.
    pub reported: BTreeSet<KeyPath>,
}

/// Reads `yaml`, which begins at byte `offset` of `file`.
///
/// Nothing when it is no YAML at all, or nested deeper than `depth`; the problem says why.
pub fn read<T>(file: &FileId, yaml: &str, offset: usize, depth: usize, shape: &Shape) -> Result<Reading<T>, Diagnostic>
where
    T: DeserializeOwned + Default + JsonSchema,
{
    if !needs_a_look(yaml, depth)
        && let Ok(value) = read_fast::<T>(yaml)
    {
        return Ok(Reading { value, problems: Vec::new(), reported: BTreeSet::new() });
    }
    let mut tree = locate::tree(yaml, depth).map_err(|fault| syntax_problem(file, offset, fault))?;
    shape::mean(&mut tree, shape);
    let mut check = shape::Check::new(file, offset);
    let sound = check.prune(&tree, shape);
    ambiguous(file, offset, &tree, shape, &mut check.problems);
    let (mut problems, reported) = (check.problems, check.reported);
    let value = match serde_yaml::from_value::<T>(sound) {
        Ok(value) => value,
        Err(error) => {
            // The schema found nothing wrong and the reader did: say what it says, rather than nothing.
            if problems.is_empty() {
                let at = At::bytes(file, Span::new(offset, offset));
                problems.push(
                    Diagnostic::new(Code::YamlSyntax, at, error.to_string())
                        .help("compare the record with the one that `annals new` writes"),
                );
            }
            T::default()
        }
    };
    if problems.is_empty()
        && !is_blank(yaml)
        && let Err(error) = serde_yaml::from_str::<serde::de::IgnoredAny>(yaml)
    {
        // The two YAML readers differ about this text; what only one of them accepts is not taken.
        let place = error.location().map_or(0, |at| at.index()).min(yaml.len());
        let at = At::bytes(file, locate::line_at(yaml, place).shifted(offset));
        problems.push(
            Diagnostic::new(Code::YamlSyntax, at, "YAML readers differ about what this is")
                .help("write it more plainly: one `key: value` a line, text in quotes"),
        );
    }
    Ok(Reading { value, problems, reported })
}

/// The problem that `fault` is, in a text that begins at byte `offset` of `file`.
pub(super) fn syntax_problem(file: &FileId, offset: usize, fault: Fault) -> Diagnostic {
    let code = if fault.too_deep { Code::TooDeep } else { Code::YamlSyntax };
    Diagnostic::new(code, At::bytes(file, fault.span.shifted(offset)), fault.message).help(fault.help)
}

/// Comments and white space alone are an empty document, which no struct is read from.
fn is_blank(yaml: &str) -> bool {
    yaml.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

fn read_fast<T: DeserializeOwned + Default>(yaml: &str) -> Result<T, serde_yaml::Error> {
    if is_blank(yaml) {
        return Ok(T::default());
    }
    serde_yaml::from_str(yaml)
}

/// Whether the text may hold what `serde_yaml` would pass over in silence (anchors, tags, scalars that other
/// readers take for something else) or would be slow at (deep nesting). Cheap, and errs on the side of looking.
fn needs_a_look(yaml: &str, depth: usize) -> bool {
    let bytes = yaml.as_bytes();
    let (mut open, mut opened) = (0_usize, 0_usize);
    let mut before = b'\n';
    for &byte in bytes {
        match byte {
            b'[' | b'{' => {
                open += 1;
                opened += 1;
                // A closing bracket in quotes closes nothing, so that the depth may be more than it seems.
                if open > depth || opened > 4 * depth {
                    return true;
                }
            }
            b']' | b'}' => open = open.saturating_sub(1),
            b'&' | b'*' | b'!'
                if matches!(before, b' ' | b'\t' | b'\n' | b'[' | b'{' | b',' | b'-' | b':' | b'?' | b'"' | b'\'') =>
            {
                return true;
            }
            _ => {}
        }
        before = byte;
    }
    yaml.contains("<<")
        || yaml.lines().any(|line| {
            let indent = line.len() - line.trim_start_matches([' ', '-', '?', ':']).len();
            indent > depth || scalars(line).any(|text| is_ambiguous(text) || is_odd_number(text))
        })
}

/// What may be whole plain scalars of a line.
fn scalars(line: &str) -> impl Iterator<Item = &str> {
    let line = line.split_once(" #").map_or(line, |(before, _)| before);
    line.split([',', '[', ']', '{', '}']).map(|piece| {
        let value = [": ", ":\t", "\":", "':"].iter().find_map(|mark| piece.rsplit_once(mark));
        let piece = value.map_or(piece, |(_, value)| value);
        piece.trim().trim_start_matches("- ").trim()
    })
}

/// Plain scalars that YAML 1.1 or the core schema of 1.2 takes for something other than their text.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: &[&str] =
        &["~", "null", "yes", "no", "on", "off", "y", "n", "true", "false", ".nan", ".inf", "-.inf", "+.inf"];
    text.len() <= 20
        && (WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
            // A leading zero: octal to some. Four digits are a year.
            || (text.len() > 1 && text.len() != 4 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())))
}

/// Notations of whole numbers that would not come back as they were written.
fn is_odd_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    text.starts_with(['+', '-']) && digits.starts_with('0')
        || text.starts_with('+')
        || digits.starts_with("0x")
        || digits.starts_with("0o")
        || digits.starts_with("0b")
}

fn ambiguous(file: &FileId, offset: usize, node: &Node, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    match (&node.shape, shape) {
        (NodeShape::Scalar { text, style: Style::Plain }, Shape::Leaf(Leaf::Text) | Shape::LeafOrList)
            if is_ambiguous(text) =>
        {
            let nothing = text == "~" || text.eq_ignore_ascii_case("null");
            let help = if nothing {
                format!("leave the key out, or write `\"{text}\"` when the text is meant")
            } else {
                format!("put it in quotes: `\"{text}\"`")
            };
            problems.push(
                Diagnostic::new(
                    Code::AmbiguousYaml,
                    At::bytes(file, node.span.shifted(offset)),
                    format!("`{text}` is taken as text here, as something else by other YAML readers"),
                )
                .help(help),
            );
        }
        (NodeShape::List(items), Shape::List(item)) => {
            for node in items {
                ambiguous(file, offset, node, item, problems);
            }
        }
        (NodeShape::List(items), Shape::LeafOrList) => {
            for node in items {
                ambiguous(file, offset, node, &Shape::Leaf(Leaf::Text), problems);
            }
        }
        (NodeShape::Map(entries), Shape::Map { .. } | Shape::Named(_)) => {
            for (key, node) in entries.iter() {
                if let Some(shape) = shape.field(key.field()) {
                    ambiguous(file, offset, node, shape, problems);
                }
            }
        }
        _ => {}
    }
}
