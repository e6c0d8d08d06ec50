//! What an author writes of an entity, and its reading.

use super::leaf;
use super::reader::{Reader, Way};
use super::yaml::{Named, Text};
use crate::diagnostic::Code;
use crate::model::vocabulary::EntityKind;
use crate::model::{Entity, Id};
use schemars::JsonSchema;
use serde::Deserialize;

/// A state, an organisation, a group or a person.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals entity", extend("required" = ["name"]))]
pub struct EntityYaml {
    /// What it is called in sentences.
    name: Text,
    /// What kind of actor.
    #[schemars(with = "leaf::EntityKindWord")]
    kind: Text,
    /// Other names.
    aka: Option<Vec<Text>>,
    /// What it belongs to: an entity's id.
    #[schemars(with = "leaf::IdText")]
    part_of: Text,
    /// Ids elsewhere: `wikidata: Q423`, `stix: threat-actor--…`.
    ids: Named<Text>,
    /// What else a reader should know.
    note: Text,
    /// Earlier ids of this record.
    #[schemars(with = "Vec<leaf::IdText>")]
    aliases: Option<Vec<Text>>,
    /// Keeps the record out of the published site.
    #[schemars(with = "leaf::Flag")]
    draft: Text,
}

/// Reads an entity.
pub fn read(reader: &mut Reader<'_>, id: Id, yaml: &EntityYaml) -> Entity {
    let root = Way::Root;
    Entity {
        name: reader
            .required(&root, "name", &yaml.name, "write what it is called in a sentence: `name: …`")
            .unwrap_or_else(|| id.as_str().to_owned()),
        kind: reader.word(&root.key("kind"), &yaml.kind, EntityKind::WORDS, EntityKind::parse),
        aka: reader.texts(yaml.aka.as_deref().unwrap_or_default()),
        part_of: reader.reference(&yaml.part_of),
        ids: ids(reader, yaml),
        note: reader.text(&yaml.note),
        aliases: reader.aliases(yaml.aliases.as_deref().unwrap_or_default()),
        draft: reader.flag(&root.key("draft"), &yaml.draft, false),
        file: reader.file.clone(),
        id,
    }
}

fn ids(reader: &mut Reader<'_>, yaml: &EntityYaml) -> Vec<(String, String)> {
    let list_way = Way::Root.key("ids");
    let mut ids = Vec::new();
    for (scheme, text) in &yaml.ids.0 {
        let way = list_way.key(scheme);
        let Some(value) = text.get() else { continue };
        if !reader.name(&way, scheme, "scheme of ids") {
            continue;
        }
        let digits = value.strip_prefix('Q').unwrap_or_default();
        let wrong = match scheme.as_str() {
            "wikidata" if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some("write the item's number with its letter: `Q423`")
            }
            "stix" if !is_stix(value) => Some("write the object's id: `threat-actor--` and a UUID"),
            _ if value.chars().any(char::is_control) => Some("write the id as one line of text"),
            _ => None,
        };
        match wrong {
            Some(help) => reader.report(Code::WrongType, &way, format!("`{value}` is no id of `{scheme}`"), help),
            None => ids.push((scheme.clone(), value.to_owned())),
        }
    }
    ids
}

fn is_stix(value: &str) -> bool {
    value.split_once("--").is_some_and(|(kind, uuid)| {
        !kind.is_empty()
            && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && uuid.split('-').map(str::len).eq([8, 4, 4, 4, 12])
            && uuid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
    })
}
