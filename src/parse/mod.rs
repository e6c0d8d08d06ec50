//! Text to records.
//!
//! In: one file's bytes and the site's settings. Out: a record and what is wrong with its shape.
//! Must never be here: the disk, another file, a judgement about evidence.
//!
//! Parsing never fails: it gives a record, as far as there is one, and its problems.

pub mod align;
pub mod claim;
pub mod concrete;
pub mod entity;
pub mod front_matter;
pub mod incident;
pub mod leaf;
pub mod locate;
pub mod page;
pub mod place;
pub mod reader;
pub mod shape;
pub mod site;
pub mod source;
mod syntax;
mod unclosed;
pub mod yaml;

use crate::config::{Config, Limits};
use crate::diagnostic::{At, Code, Diagnostic, KeyPath, Spot};
use crate::model::{Body, BodyPlace, Date, Id, Record, RecordKind, id};
use crate::source_text::{File, FileId, Span, Trouble};
use align::Alignment;
use reader::{Reader, Way};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use shape::Shape;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use yaml::Text;

/// A record and what is wrong with its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The file.
    pub file: FileId,
    /// The record.
    pub record: Record,
    /// Its long text; empty where the kind has none.
    pub body: Body,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Reads the record in `file`.
pub fn record(kind: RecordKind, file: &File, config: &Config) -> Parsed {
    let mut reader = Reader { file: &file.id, config, problems: Vec::new(), reported: BTreeSet::new() };
    let stem = file.id.stem();
    if !id::is_valid(stem) && file.trouble != Some(Trouble::NameNotUtf8) {
        let (message, help) = reader::refusal(stem);
        let extension = file.id.extension();
        let help = if id::slug(stem).is_empty() {
            help
        } else {
            format!("rename the file to `{}.{extension}`", id::slug(stem))
        };
        reader.problems.push(Diagnostic::new(Code::InvalidId, At::file(&file.id), message).help(help));
    }
    let id = Id::new(stem);
    let (record, body) = parts(&mut reader, kind, id.clone(), file, config)
        .unwrap_or_else(|| (Record::Broken(kind, id, file.id.clone()), Body::default()));
    Parsed { file: file.id.clone(), record, body, problems: reader.problems }
}

fn parts(reader: &mut Reader<'_>, kind: RecordKind, id: Id, file: &File, config: &Config) -> Option<(Record, Body)> {
    let text = keep(reader, front_matter::text(file, config.limits.file))?;
    let parts = keep(reader, front_matter::split(file, text))?;
    let shape = shape_of(kind);
    let below = parts.body.map(|body| (body, parts.body_start));
    let record = match kind {
        RecordKind::Incident => {
            let yaml = fields::<incident::IncidentYaml>(reader, &parts, shape)?;
            let record = Record::Incident(Arc::new(incident::read(reader, id, &yaml)));
            return Some((record, body(reader, &yaml.body, below)));
        }
        RecordKind::Source => {
            let yaml = fields::<source::SourceYaml>(reader, &parts, shape)?;
            Record::Source(Arc::new(source::read(reader, id, &yaml)))
        }
        RecordKind::Entity => {
            let yaml = fields::<entity::EntityYaml>(reader, &parts, shape)?;
            Record::Entity(Arc::new(entity::read(reader, id, &yaml)))
        }
        RecordKind::Place => {
            let yaml = fields::<place::PlaceYaml>(reader, &parts, shape)?;
            Record::Place(Arc::new(place::read(reader, id, &yaml)))
        }
        RecordKind::Page => {
            let yaml = fields::<page::PageYaml>(reader, &parts, shape)?;
            let record = Record::Page(Arc::new(page::read(reader, id, &yaml)));
            return Some((record, body(reader, &yaml.body, below)));
        }
    };
    Some((record, Body::default()))
}

/// What a record of that kind may hold.
fn shape_of(kind: RecordKind) -> &'static Shape {
    static INCIDENT: LazyLock<Shape> = LazyLock::new(Shape::of::<incident::IncidentYaml>);
    static SOURCE: LazyLock<Shape> = LazyLock::new(Shape::of::<source::SourceYaml>);
    static ENTITY: LazyLock<Shape> = LazyLock::new(Shape::of::<entity::EntityYaml>);
    static PLACE: LazyLock<Shape> = LazyLock::new(Shape::of::<place::PlaceYaml>);
    static PAGE: LazyLock<Shape> = LazyLock::new(Shape::of::<page::PageYaml>);
    match kind {
        RecordKind::Incident => &INCIDENT,
        RecordKind::Source => &SOURCE,
        RecordKind::Entity => &ENTITY,
        RecordKind::Place => &PLACE,
        RecordKind::Page => &PAGE,
    }
}

/// What `file` may hold: a record of its kind, else the settings of the site.
pub fn shape_for(file: &FileId) -> &'static Shape {
    RecordKind::of(file).map_or_else(shape_of_site, shape_of)
}

fn shape_of_site() -> &'static Shape {
    static SITE: LazyLock<Shape> = LazyLock::new(Shape::of::<site::SiteYaml>);
    &SITE
}

/// Reads `content/site.yaml`, or the defaults when there is none.
pub fn site(file: Option<&File>) -> (Config, Vec<Diagnostic>) {
    let default = Config::default();
    let Some(file) = file else {
        let nowhere = FileId::new("content/site.yaml");
        return (default, vec![site::missing_title(&nowhere)]);
    };
    let mut reader = Reader { file: &file.id, config: &default, problems: Vec::new(), reported: BTreeSet::new() };
    let config = (|| {
        let text = keep(&mut reader, front_matter::text(file, default.limits.file))?;
        let parts = keep(&mut reader, front_matter::split(file, text))?;
        let yaml = fields::<site::SiteYaml>(&mut reader, &parts, shape_of_site())?;
        Some(site::read(&mut reader, &yaml))
    })();
    let problems = reader.problems;
    (config.unwrap_or_default(), problems)
}

/// The JSON Schema (2020-12) of a kind of file: `incident`, `source`, `entity`, `place`, `page`, `site`.
pub fn schema(name: &str) -> Option<schemars::Schema> {
    Some(match name {
        "incident" => shape::schema::<incident::IncidentYaml>(),
        "source" => shape::schema::<source::SourceYaml>(),
        "entity" => shape::schema::<entity::EntityYaml>(),
        "place" => shape::schema::<place::PlaceYaml>(),
        "page" => shape::schema::<page::PageYaml>(),
        "site" => shape::schema::<site::SiteYaml>(),
        _ => return None,
    })
}

/// The bytes of `file` that each of `spots` stands for.
///
/// Reads the file's YAML once; a spot that cannot be found is the file's first character.
pub fn spans(file: &File, spots: &[&Spot]) -> Vec<Span> {
    let needs_tree = spots.iter().any(|spot| !matches!(spot, Spot::File | Spot::Bytes(_)));
    let read = || {
        let text = front_matter::text(file, Limits::MOST.file).ok()?;
        let parts = front_matter::split(file, text).ok()?;
        let mut tree = locate::tree(parts.yaml, Limits::MOST.depth).ok()?;
        shape::mean(&mut tree, shape_for(&file.id));
        Some((parts, tree))
    };
    let tree = if needs_tree { read() } else { None };
    let mut alignments: BTreeMap<&KeyPath, Option<Alignment>> = BTreeMap::new();
    spots
        .iter()
        .map(|spot| match (*spot, &tree) {
            (Spot::Bytes(span), _) => *span,
            (Spot::File, _) | (_, None) => Span::default(),
            (Spot::Part(path, part), Some((parts, tree))) => {
                let alignment = alignments.entry(path).or_insert_with(|| tree.alignment(parts.yaml, path));
                let span = match alignment {
                    Some(alignment) => alignment.source(*part),
                    None => tree.span_of(spot),
                };
                span.shifted(parts.yaml_start)
            }
            (spot, Some((parts, tree))) => tree.span_of(spot).shifted(parts.yaml_start),
        })
        .collect()
}

fn keep<T>(reader: &mut Reader<'_>, result: Result<T, Diagnostic>) -> Option<T> {
    result.map_err(|problem| reader.problems.push(problem)).ok()
}

fn fields<T>(reader: &mut Reader<'_>, parts: &front_matter::Parts<'_>, shape: &Shape) -> Option<T>
where
    T: DeserializeOwned + Default + JsonSchema,
{
    let depth = reader.config.limits.depth;
    let reading = keep(reader, yaml::read::<T>(reader.file, parts.yaml, parts.yaml_start, depth, shape))?;
    reader.problems.extend(reading.problems);
    reader.reported = reading.reported;
    Some(reading.value)
}

/// A date that must be one day.
fn day(reader: &mut Reader<'_>, way: &Way<'_>, text: &Text) -> Option<Date> {
    let date = reader.date(way, text)?;
    if date.earliest().is_some() && date.earliest() == date.latest() {
        return Some(date);
    }
    reader.report(Code::InvalidDate, way, format!("`{}` is not one day", date.text()), "write the day: `2022-03-01`");
    None
}

/// The text of a body, wherever it stands, within its limit.
fn body(reader: &mut Reader<'_>, key: &Text, below: Option<(&str, usize)>) -> Body {
    let limit = reader.config.limits.body;
    let body = match below {
        Some((text, start)) => {
            if key.get().is_some() {
                reader.report(
                    Code::UnknownField,
                    &Way::Root.key("body"),
                    "`body` is for `.yaml` files; here the text stands below the front matter".to_owned(),
                    "move the text below the second `---`",
                );
            }
            Body { text: text.into(), place: BodyPlace::After(start) }
        }
        None if key.get().is_some() => Body { text: key.raw().into(), place: BodyPlace::Key },
        None => Body::default(),
    };
    if body.text.len() <= limit {
        return body;
    }
    let at = match body.place {
        BodyPlace::After(start) => At::bytes(reader.file, Span::new(start, start)),
        BodyPlace::Key | BodyPlace::None => At::key(reader.file, &Way::Root.key("body").path()),
    };
    let message = format!("the text has {} bytes, the limit is {limit}", body.text.len());
    reader.problems.push(
        Diagnostic::new(Code::TooLarge, at, message).help("shorten it, or raise `limits.body` in `content/site.yaml`"),
    );
    Body::default()
}
