//! References as CSL-JSON, the data of the Citation Style Language.

use super::{Issued, Name, Reference, Work};
use crate::model::vocabulary::SourceKind;
use crate::phrase::lexicon::Lexicon;
use serde::Serialize;

/// One item of a CSL-JSON file, which is a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// A name: of an organisation as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Person<'a> {
    Whole { literal: &'a str },
    Parts { family: &'a str, given: &'a str },
}

impl<'a> Item<'a> {
    /// The item of a reference.
    pub fn of(reference: &'a Reference, lexicon: &Lexicon) -> Self {
        let news = reference.work == Work::Source(Some(SourceKind::News));
        let publisher = reference.publisher.as_deref();
        Self {
            id: &reference.key,
            kind: kind(reference.work),
            title: &reference.title,
            author: reference.authors.iter().map(person).collect(),
            // An article stands in what its publisher publishes.
            container: publisher.filter(|_| news),
            publisher: publisher.filter(|_| !news),
            issued: reference.date.as_ref().map(|date| Issued::of(date, lexicon)),
            url: reference.url.as_deref(),
            language: reference.language.as_deref(),
            note: reference.note.as_deref(),
        }
    }
}

/// References as one file of CSL-JSON, a line for each part of an item.
pub fn file<'a>(references: impl IntoIterator<Item = &'a Reference>, lexicon: &Lexicon) -> String {
    let items: Vec<String> = references.into_iter().map(|reference| lines(&Item::of(reference, lexicon))).collect();
    if items.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", items.join(",\n")) }
}

fn lines(item: &Item<'_>) -> String {
    // Text and numbers alone: there is nothing in it that could not be written.
    let Ok(serde_json::Value::Object(parts)) = serde_json::to_value(item) else { return String::new() };
    let parts: Vec<String> =
        parts.iter().map(|(name, value)| format!("    {}: {value}", serde_json::Value::from(name.as_str()))).collect();
    format!("  {{\n{}\n  }}", parts.join(",\n"))
}

fn kind(work: Work) -> &'static str {
    match work {
        Work::Record => "webpage",
        Work::Source(Some(SourceKind::News)) => "article-newspaper",
        Work::Source(Some(SourceKind::Report)) => "report",
        Work::Source(Some(SourceKind::Dataset)) => "dataset",
        Work::Source(Some(SourceKind::Court)) => "legal_case",
        Work::Source(Some(SourceKind::Post)) => "post",
        Work::Source(Some(SourceKind::Statement | SourceKind::Other) | None) => "document",
    }
}

fn person(name: &Name) -> Person<'_> {
    match name {
        Name::Whole(name) => Person::Whole { literal: name },
        Name::Person { family, given } => Person::Parts { family, given },
    }
}
