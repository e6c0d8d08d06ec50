//! How scalars look in the schema that editors get.
//!
//! Every leaf is read as text; these say what an editor may expect there. A scalar that is text first may
//! be written without quotes even where it looks like a number.

use super::reader::Written;
use super::yaml::{Named, Text};
use crate::model::vocabulary;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! leaf {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!($schema) }
        }
    )*};
}

leaf! {
    /// `true` or `false`.
    Flag = {"type": "boolean"};
    /// A record's name.
    IdText = {"type": ["string", "number"], "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 100};
    /// A source and a place in it.
    CitationText = {"type": ["string", "number"], "pattern": "^[a-z0-9][a-z0-9-]*(#([1-9][0-9]*|p[1-9][0-9]*|t=[0-9:]+|s=.+))?$"};
    /// An EDTF date.
    DateText = {"type": ["string", "number"], "examples": ["2022-01-05", "2022-01", 2006, "2019~", "2020/2021-06~", "2006/..", "unknown"]};
    /// An amount of money.
    AmountText = {"type": "string", "examples": ["USD 50M", "over USD 50M", "about EUR 1.2B", "USD 40M to 60M", "unknown"]};
    /// A number of things.
    CountText = {"type": ["string", "number"], "examples": ["at least 3", 9, "10 to 12"]};
    /// A web address.
    UrlText = {"type": "string", "format": "uri", "pattern": "^https?://"};
    /// A whole number.
    Whole = {"type": ["integer", "string"], "pattern": "^[0-9]+$"};
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $list:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!({"type": "string", "enum": $list}) }
        }
    )*};
}

words! {
    /// A status.
    StatusWord vocabulary::Status::WORDS;
    /// A basis of a date.
    BasisWord vocabulary::Basis::WORDS;
    /// A kind of claim.
    ClaimKindWord vocabulary::ClaimKind::WORDS;
    /// A rank.
    RankWord vocabulary::Rank::WORDS;
    /// A confidence.
    ConfidenceWord vocabulary::Confidence::WORDS;
    /// A kind of source.
    SourceKindWord vocabulary::SourceKind::WORDS;
    /// An Admiralty letter.
    ReliabilityWord vocabulary::Reliability::WORDS;
    /// A kind of entity.
    EntityKindWord vocabulary::EntityKind::WORDS;
    /// A kind of place.
    PlaceKindWord vocabulary::PlaceKind::WORDS;
    /// The type of a label or of a field of the site's own.
    ValueTypeWord vocabulary::ValueType::WORDS;
    /// A level that `lints` may give.
    LevelWord ["off", "note", "warning", "error"];
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number"]})
    }
}

impl JsonSchema for Written {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": ["string", "number"]},
            {"type": "array", "items": {"type": ["string", "number"]}}
        ]})
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": generator.subschema_for::<T>()})
    }
}
