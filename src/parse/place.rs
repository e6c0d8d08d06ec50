//! What an author writes of a place, and its reading.

use super::leaf;
use super::reader::{Reader, Way};
use super::yaml::Text;
use crate::diagnostic::Code;
use crate::model::vocabulary::PlaceKind;
use crate::model::{Id, Place};
use schemars::JsonSchema;
use serde::Deserialize;

/// A point, a city, a country or a region.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals place", extend("required" = ["name"]))]
pub struct PlaceYaml {
    /// What it is called in sentences.
    name: Text,
    /// What kind of place.
    #[schemars(with = "leaf::PlaceKindWord")]
    kind: Text,
    /// Latitude in degrees, WGS 84: -90 to 90.
    lat: Text,
    /// Longitude in degrees, WGS 84: -180 to 180.
    lon: Text,
    /// What it lies in: a place's id.
    #[schemars(with = "leaf::IdText")]
    within: Text,
    /// Earlier ids of this record.
    #[schemars(with = "Vec<leaf::IdText>")]
    aliases: Option<Vec<Text>>,
    /// Keeps the record out of the published site.
    #[schemars(with = "leaf::Flag")]
    draft: Text,
}

/// Reads a place.
pub fn read(reader: &mut Reader<'_>, id: Id, yaml: &PlaceYaml) -> Place {
    let root = Way::Root;
    Place {
        name: reader
            .required(&root, "name", &yaml.name, "write what it is called in a sentence: `name: …`")
            .unwrap_or_else(|| id.as_str().to_owned()),
        kind: reader.word(&root.key("kind"), &yaml.kind, PlaceKind::WORDS, PlaceKind::parse),
        lat: degrees(reader, "lat", &yaml.lat, 90),
        lon: degrees(reader, "lon", &yaml.lon, 180),
        within: reader.reference(&yaml.within),
        aliases: reader.aliases(yaml.aliases.as_deref().unwrap_or_default()),
        draft: reader.flag(&root.key("draft"), &yaml.draft, false),
        file: reader.file.clone(),
        id,
    }
}

/// Degrees as decimal text, kept as written: no digit is lost to floating point.
fn degrees(reader: &mut Reader<'_>, name: &str, text: &Text, most: u32) -> Option<String> {
    let text = text.get()?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |s: &str| !s.is_empty() && s.len() <= 15 && s.bytes().all(|b| b.is_ascii_digit());
    let within = plain(whole)
        && plain(part)
        && whole.parse::<u32>().is_ok_and(|n| n < most || (n == most && part.bytes().all(|b| b == b'0')));
    if within {
        return Some(text.to_owned());
    }
    reader.report(
        Code::WrongType,
        &Way::Root.key(name),
        format!("`{text}` is no `{name}`"),
        format!("write decimal degrees from -{most} to {most}: `{name}: 37.566`"),
    );
    None
}
