//! YAML as it was written: the tree of a text with its comments, its blank lines and its quotation marks.
//!
//! For whoever writes a text anew ([`crate::format`]). Records are not read from it, and nothing in it says what a key
//! means. Spans are gone from it: it is a value that can be compared and arranged.

mod comments;
mod grow;
mod scalar;

pub use scalar::{Chomp, Form, Scalar};

use super::locate::{self, Fault, Node, Shape as NodeShape};
use super::{shape, yaml};
use crate::diagnostic::{At, Code, Diagnostic};
use crate::source_text::{FileId, Span};
use std::collections::BTreeMap;

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'a> {
    /// From its `#` to the end of its line, without white space there.
    pub text: &'a str,
    /// Whether a blank line stands above it.
    pub gap: bool,
}

/// An entry of a mapping, or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// Remarks on the lines above it.
    pub lead: Vec<Comment<'a>>,
    /// Whether a blank line stands above it, below those remarks.
    pub gap: bool,
    /// The key; nothing in a list.
    pub key: Option<Scalar<'a>>,
    /// A remark on the key's line when the value stands below.
    pub head: Option<Comment<'a>>,
    /// Remarks on lines of their own between the key and a value that is no block of elements.
    pub inner: Vec<Comment<'a>>,
    /// The value.
    pub value: Value<'a>,
    /// A remark on the value's last line; of a text in `|` or `>` on its first.
    pub trail: Option<Comment<'a>>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing was written.
    Nothing,
    /// A text.
    Scalar(Scalar<'a>),
    /// A mapping or a list.
    Collection(Collection<'a>),
}

/// A mapping or a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection<'a> {
    /// Whether it is a list.
    pub is_list: bool,
    /// Whether it was written in brackets.
    pub is_flow: bool,
    /// What is in it, in the order written.
    pub elements: Vec<Element<'a>>,
    /// Remarks below the last element.
    pub end: Vec<Comment<'a>>,
}

/// Reads `yaml`, which begins at byte `offset` of `file`, into the mapping that it is.
///
/// # Errors
/// What keeps a text from being written anew: it is no YAML, it holds what records may not hold (anchors, tags,
/// directives, a second document), it is no mapping, or a key stands in it twice.
pub fn read<'a>(file: &FileId, yaml: &'a str, offset: usize, depth: usize) -> Result<Collection<'a>, Vec<Diagnostic>> {
    let refused = |fault| vec![yaml::syntax_problem(file, offset, fault)];
    if let Some(at) = lone_return(yaml) {
        let at = At::bytes(file, Span::new(at, at + 1).shifted(offset));
        return Err(vec![
            Diagnostic::new(Code::YamlSyntax, at, "a line ends with a carriage return alone")
                .help("save the file with line ends of Unix (LF)"),
        ]);
    }
    let tree = locate::tree(yaml, depth).map_err(refused)?;
    let mut wrong = Vec::new();
    keys(&shape::Check::new(file, offset), &tree, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    grow::document(yaml, &tree).map_err(refused)
}

/// Whether two texts are the same to a reader of YAML who takes `1` for a number and `yes` for what it likes.
///
/// So is what no such reader can read to begin with.
pub fn is_same_to_others(before: &str, after: &str) -> bool {
    let value = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text);
    match (value(before), value(after)) {
        (Ok(before), Ok(after)) => before == after || (is_nothing(&before) && is_nothing(&after)),
        (before, _) => before.is_err(),
    }
}

fn is_nothing(value: &serde_yaml::Value) -> bool {
    value.is_null() || value.as_mapping().is_some_and(serde_yaml::Mapping::is_empty)
}

/// The first carriage return with no line feed after it. To YAML it ends a line, to nobody else.
fn lone_return(yaml: &str) -> Option<usize> {
    let bytes = yaml.as_bytes();
    bytes.iter().enumerate().find(|(at, byte)| **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')).map(|(at, _)| at)
}

/// Finds keys that are given several times, and those that are not written at all.
fn keys(check: &shape::Check<'_>, node: &Node, problems: &mut Vec<Diagnostic>) {
    match &node.shape {
        NodeShape::Scalar { .. } => {}
        NodeShape::List(items) => items.iter().for_each(|item| keys(check, item, problems)),
        NodeShape::Map(entries) => {
            let mut given: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
            for (key, value) in entries.iter() {
                given.entry(&key.name).or_default().push(key.span);
                keys(check, value, problems);
                if key.span.start == key.span.end {
                    let problem =
                        Diagnostic::new(Code::YamlSyntax, check.at(key.span), "nothing stands where a key belongs");
                    problems.push(problem.help("write `key: value`"));
                }
            }
            for (name, places) in given {
                if let [first, second, more @ ..] = places.as_slice() {
                    problems.push(check.duplicate(name, *first, *second, more));
                }
            }
        }
    }
}

fn no_mapping(span: Span) -> Fault {
    Fault {
        message: "the file holds no fields".to_owned(),
        span,
        help: "write `key: value`, one field a line".to_owned(),
        too_deep: false,
    }
}

#[cfg(test)]
mod tests;
