//! What an author writes in a claim, and its reading.

use super::leaf;
use super::reader::{Reader, Way, Written};
use super::yaml::Text;
use crate::diagnostic::{At, Code, Diagnostic};
use crate::model::vocabulary::{ClaimKind, Confidence, Rank, ValueType};
use crate::model::{Claim, Field, FieldType, Id, Unread};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How anchors begin that pages make of themselves: headings, footnotes, sections.
const PAGE_PREFIXES: [&str; 3] = ["h-", "fn-", "s-"];

/// Somebody's statement about one field.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, extend(
    "required" = ["about", "is", "in"],
    "defaultSnippets" = [{
        "label": "claim",
        "description": "Who says what, and where we read it",
        "body": {"about": "${1:amount}", "is": "${2:over USD 50M}", "by": "${3:entity}", "in": "${4:source#9}"}
    }]
))]
pub struct ClaimYaml {
    /// The anchor on the page, unique in the record.
    #[schemars(with = "leaf::IdText")]
    id: Text,
    /// The field: date, amount, count.x, actors.role, places, status, summary, or a label of your own.
    about: Text,
    /// What is claimed, in the grammar of that field.
    is: Written,
    /// Who asserts it: an entity.
    #[schemars(with = "leaf::IdText")]
    by: Text,
    /// The sources between the asserter and what we read, nearest to the asserter first.
    #[schemars(with = "Vec<leaf::IdText>")]
    via: Option<Vec<Text>>,
    /// What we read: `source#9` paragraph, `#p12` page, `#t=1:02` time, `#s=Name` section.
    #[schemars(with = "leaf::CitationText")]
    r#in: Text,
    /// When it was asserted; left out, when the source was published.
    #[schemars(with = "leaf::DateText")]
    said: Text,
    /// What kind of assertion.
    #[schemars(with = "leaf::ClaimKindWord")]
    kind: Text,
    /// Its rank among the claims on this field.
    #[schemars(with = "leaf::RankWord")]
    rank: Text,
    /// Why: needed for `preferred` over rivals and for `deprecated`.
    why: Text,
    /// Words of the original, three at most.
    r#as: Text,
    /// How sure the editors are.
    #[schemars(with = "leaf::ConfidenceWord")]
    confidence: Text,
    /// What else a reader should know.
    note: Text,
}

/// Reads the claims of an incident; what cannot be read of them is marked in `unread`.
pub(super) fn read(reader: &mut Reader<'_>, written: &[ClaimYaml], unread: &mut Unread) -> Vec<Claim> {
    let list_way = Way::Root.key("claims");
    if reader.is_told(&list_way.path()) {
        unread.claims = true;
    }
    let mut named: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (index, claim) in written.iter().enumerate() {
        let way = list_way.index(index);
        let way = way.key("id");
        let Some(id) = reader.id(&way, &claim.id) else { continue };
        match PAGE_PREFIXES.iter().find(|prefix| id.as_str().starts_with(**prefix)) {
            Some(prefix) => {
                let message = format!("`{id}` cannot be the id of a claim: `{prefix}…` are anchors of the page's own");
                reader.report(Code::InvalidId, &way, message, "begin it otherwise");
            }
            None => named.entry(id).or_default().push(index),
        }
    }
    let mut taken: BTreeMap<Id, usize> = BTreeMap::new();
    for (id, places) in named {
        let at = |index: &usize| At::value(reader.file, &list_way.index(*index).path().key("id"));
        if let [first, second, more @ ..] = places.as_slice() {
            let problem = Diagnostic::new(Code::DuplicateId, at(second), format!("several claims have the id `{id}`"))
                .label(at(first), "first used here");
            let problem = more.iter().fold(problem, |problem, index| problem.label(at(index), "and here"));
            reader.problems.push(problem.help("give each claim an id of its own, or none"));
        }
        taken.extend(places.first().map(|first| (id, *first)));
    }
    let mut claims = Vec::with_capacity(written.len());
    for (index, claim) in written.iter().enumerate() {
        match one_claim(reader, claim, &list_way.index(index), index) {
            Ok(claim) => claims.push(claim),
            Err(Some(field)) => unread.fields.push(field),
            Err(None) => unread.claims = true,
        }
    }
    name_claims(&mut claims, written, &taken);
    claims
}

/// Reads one claim. When it cannot be read: the field it was about, if that much is known.
fn one_claim(reader: &mut Reader<'_>, yaml: &ClaimYaml, way: &Way<'_>, index: usize) -> Result<Claim, Option<Field>> {
    let help = "say what it is about: `about: amount`, or a label of your own";
    let about = reader.required(way, "about", &yaml.about, help);
    let field = about.and_then(|text| match Field::parse(&text) {
        Ok(field) => Some(field),
        Err(message) => {
            let help = "write date, amount, count.x, actors.role, places, status, summary, or a label of small letters, digits, `-` and `_`";
            reader.report(Code::InvalidId, &way.key("about"), message, help);
            None
        }
    });
    let is_way = way.key("is");
    let value = if yaml.is.is_empty() {
        reader.required(way, "is", &Text::default(), "write what is claimed: `is: …`");
        None
    } else {
        field.as_ref().and_then(|field| {
            let kind = type_of(reader, field);
            reader.value(&is_way, kind, &yaml.is)
        })
    };
    let citation = match yaml.r#in.get() {
        None => {
            reader.required(way, "in", &yaml.r#in, "name what you read: `in: source-id#9` is its paragraph 9");
            None
        }
        Some(_) => reader.citation(&way.key("in"), &yaml.r#in),
    };
    let rank = reader.word(&way.key("rank"), &yaml.rank, Rank::WORDS, Rank::parse);
    let rank_is_sound = rank.is_some() || yaml.rank.get().is_none();
    let said = reader.date(&way.key("said"), &yaml.said);
    let kind = reader.word(&way.key("kind"), &yaml.kind, ClaimKind::WORDS, ClaimKind::parse);
    let confidence = reader.word(&way.key("confidence"), &yaml.confidence, Confidence::WORDS, Confidence::parse);
    match (field, value, citation) {
        (Some(about), Some(value), Some(citation)) if rank_is_sound => Ok(Claim {
            id: Id::new(yaml.id.get().unwrap_or_default()),
            about,
            value,
            by: reader.reference(&yaml.by),
            via: reader.references(&way.key("via"), yaml.via.as_deref().unwrap_or_default()),
            citation,
            said,
            kind,
            rank: rank.unwrap_or(Rank::Normal),
            why: reader.text(&yaml.why),
            quote: reader.text(&yaml.r#as),
            confidence,
            note: reader.text(&yaml.note),
            index,
        }),
        (field, ..) => Err(field),
    }
}

fn type_of(reader: &Reader<'_>, field: &Field) -> FieldType {
    FieldType::Value(match field {
        Field::Date => ValueType::Date,
        Field::Amount => ValueType::Amount,
        Field::Count(_) => ValueType::Count,
        Field::Actors(_) => ValueType::Entities,
        Field::Places => ValueType::Places,
        Field::Summary => ValueType::Text,
        Field::Status => return FieldType::Status,
        Field::Label(label) => reader.config.label_type(label),
    })
}

/// A claim without an id gets its field's name, numbered when several.
fn name_claims(claims: &mut [Claim], written: &[ClaimYaml], taken: &BTreeMap<Id, usize>) {
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        let id = written.get(claim.index).and_then(|yaml| yaml.id.get()).unwrap_or_default();
        // A malformed or repeated id was reported; the claim still needs a name of its own.
        if taken.get(id) == Some(&claim.index) {
            continue;
        }
        let mut base = claim.about.slug();
        if PAGE_PREFIXES.iter().any(|prefix| base.starts_with(prefix)) {
            base.insert_str(0, "claim-");
        }
        let number = next.entry(base.clone()).or_insert(0);
        claim.id = loop {
            *number += 1;
            let id = Id::new(&if *number == 1 { base.clone() } else { format!("{base}-{number}") });
            if !taken.contains_key(&id) {
                break id;
            }
        };
    }
}
