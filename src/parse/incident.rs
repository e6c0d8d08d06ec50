//! What an author writes in an incident, and its reading.

use super::claim::{self, ClaimYaml};
use super::leaf;
use super::reader::{Reader, Way, Written};
use super::yaml::{Named, Text};
use crate::diagnostic::{At, Code, Diagnostic};
use crate::model::vocabulary::{Basis, Rank, RelationKind, Status};
use crate::model::{Citation, Correction, Field, FieldType, Id, Incident, Relation, Unread};
use schemars::JsonSchema;
use serde::Deserialize;

/// One incident: what happened, when, and who says so.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals incident", extend(
    "required" = ["title", "sources"],
    "anyOf" = [{"required": ["date"]}, {"required": ["claims"]}]
))]
pub struct IncidentYaml {
    /// What the page is called.
    title: Text,
    /// The sentence on the card.
    summary: Text,
    /// When it happened: an EDTF date (ISO 8601-2), as precise as the source and no more.
    #[schemars(with = "leaf::DateText")]
    date: Text,
    /// The source's own words for the date, three at most.
    date_as: Text,
    /// How the date came to be known.
    #[schemars(with = "leaf::BasisWord")]
    date_basis: Text,
    /// One of `kinds` in `site.yaml`.
    #[schemars(with = "leaf::IdText")]
    kind: Text,
    /// What the editors say of it.
    #[schemars(with = "leaf::StatusWord")]
    status: Text,
    /// How much money: qualifier, currency, number.
    #[schemars(with = "leaf::AmountText")]
    amount: Text,
    /// How many of what.
    #[schemars(with = "Named<leaf::CountText>")]
    count: Named<Text>,
    /// Who, by role; roles are declared in `site.yaml`.
    #[schemars(with = "Named<Vec<leaf::IdText>>")]
    actors: Named<Vec<Text>>,
    /// Where: ids of places.
    #[schemars(with = "Vec<leaf::IdText>")]
    places: Option<Vec<Text>>,
    /// Free tags.
    tags: Option<Vec<Text>>,
    /// What the record rests on: `source#paragraph`.
    #[schemars(with = "Vec<leaf::CitationText>")]
    sources: Option<Vec<Text>>,
    /// The evidence: who says what, and where we read it.
    #[schemars(with = "Vec<ClaimYaml>")]
    claims: Option<Vec<ClaimYaml>>,
    /// How it bears on other incidents.
    #[schemars(with = "Vec<RelationYaml>")]
    relations: Option<Vec<RelationYaml>>,
    /// What was corrected after publication.
    #[schemars(with = "Vec<CorrectionYaml>")]
    corrections: Option<Vec<CorrectionYaml>>,
    /// Earlier ids of this record; each keeps a page that leads here.
    #[schemars(with = "Vec<leaf::IdText>")]
    aliases: Option<Vec<Text>>,
    /// Keeps the record out of the published site.
    #[schemars(with = "leaf::Flag")]
    draft: Text,
    /// The site's own fields, typed under `extra` in `site.yaml`.
    extra: Named<Written>,
    /// The long text, in a `.yaml` file; in a `.md` file it stands below the front matter.
    pub(super) body: Text,
}

/// How this incident bears on another: exactly one type, with the other's id.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct RelationYaml {
    /// Contained in that incident.
    #[schemars(with = "leaf::IdText")]
    part_of: Text,
    /// Came after it.
    #[schemars(with = "leaf::IdText")]
    follows: Text,
    /// Answers it.
    #[schemars(with = "leaf::IdText")]
    response_to: Text,
    /// Tells of it.
    #[schemars(with = "leaf::IdText")]
    reports_on: Text,
    /// Pays for it.
    #[schemars(with = "leaf::IdText")]
    funds: Text,
    /// Reckons a figure of it.
    #[schemars(with = "leaf::IdText")]
    estimate_of: Text,
    /// Is the same incident.
    #[schemars(with = "leaf::IdText")]
    same_as: Text,
    /// Cannot be true together with it.
    #[schemars(with = "leaf::IdText")]
    contradicts: Text,
    /// Where that is said.
    #[schemars(with = "leaf::CitationText")]
    r#in: Text,
    /// `deprecated`: said by a source, rejected by the editors.
    #[schemars(with = "leaf::RankWord")]
    rank: Text,
    /// Why; needed for `deprecated`.
    why: Text,
}

/// A change of what was published.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, extend("required" = ["on"]))]
pub struct CorrectionYaml {
    /// The day of the correction: `2022-03-01`.
    #[schemars(with = "leaf::DateText")]
    on: Text,
    /// Which field.
    field: Text,
    /// What was published.
    was: Text,
    /// What is published now.
    now: Text,
    /// Why.
    why: Text,
}

/// Reads an incident, apart from its text.
pub fn read(reader: &mut Reader<'_>, id: Id, yaml: &IncidentYaml) -> Incident {
    let root = Way::Root;
    let mut unread = Unread::default();
    let title = reader
        .required(&root, "title", &yaml.title, "write what a reader should see above the page: `title: …`")
        .unwrap_or_else(|| id.as_str().to_owned());
    let date = reader.date(&root.key("date"), &yaml.date);
    if yaml.date.get().is_some() && date.is_none() {
        unread.fields.push(Field::Date);
    }
    let amount = reader.amount(&root.key("amount"), &yaml.amount);
    if yaml.amount.get().is_some() && amount.is_none() {
        unread.fields.push(Field::Amount);
    }
    let status = reader.word(&root.key("status"), &yaml.status, Status::WORDS, Status::parse);
    if yaml.status.get().is_some() && status.is_none() {
        unread.fields.push(Field::Status);
    }
    let count_way = root.key("count");
    let mut counts = Vec::new();
    for (name, text) in &yaml.count.0 {
        let way = count_way.key(name);
        if !reader.name(&way, name, "count") {
            continue;
        }
        match reader.count(&way, text) {
            Some(count) => counts.push((name.clone(), count)),
            None => unread.fields.push(Field::Count(name.clone())),
        }
    }
    let actors_way = root.key("actors");
    let mut actors = Vec::new();
    for (role, names) in &yaml.actors.0 {
        if reader.name(&actors_way.key(role), role, "role") {
            let ids = reader.references(&actors_way.key(role), names);
            actors.push((role.clone(), ids));
        }
    }
    let sources_way = root.key("sources");
    let written = yaml.sources.as_deref().unwrap_or_default();
    let mut sources = Vec::new();
    if written.iter().all(|text| text.get().is_none()) {
        unread.sources = true;
        if !reader.is_told_within(&sources_way.path()) {
            let help = "name what the record rests on: `sources: [source-id#1]`";
            reader.required(&root, "sources", &Text::default(), help);
        }
    } else {
        for (index, text) in written.iter().enumerate() {
            let way = sources_way.index(index);
            sources.push(reader.citation(&way, text).unwrap_or_else(|| {
                unread.sources = true;
                if text.get().is_none() {
                    reader.empty(&way);
                }
                // What cannot be read was reported, and keeps its place.
                Citation { source: Id::new(""), locator: None }
            }));
        }
    }
    let claims = claim::read(reader, yaml.claims.as_deref().unwrap_or_default(), &mut unread);
    let tells_date = claims.iter().any(|claim| claim.about == Field::Date);
    if yaml.date.get().is_none() && !tells_date && !unread.touches(&Field::Date) {
        reader.required(
            &root,
            "date",
            &yaml.date,
            "write when it happened as far as it is known: `date: 2022-01`, or `date: unknown`",
        );
        unread.fields.push(Field::Date);
    }
    let extra = extra(reader, yaml);
    Incident {
        title,
        summary: reader.text(&yaml.summary),
        date,
        date_as: reader.text(&yaml.date_as),
        date_basis: reader.word(&root.key("date_basis"), &yaml.date_basis, Basis::WORDS, Basis::parse),
        kind: reader.reference(&yaml.kind),
        status,
        amount,
        counts,
        actors,
        places: reader.references(&root.key("places"), yaml.places.as_deref().unwrap_or_default()),
        tags: reader.all_texts(&root.key("tags"), yaml.tags.as_deref().unwrap_or_default()),
        sources,
        claims,
        relations: relations(reader, yaml),
        corrections: corrections(reader, yaml),
        aliases: reader.aliases(yaml.aliases.as_deref().unwrap_or_default()),
        draft: reader.flag(&root.key("draft"), &yaml.draft, false),
        extra,
        unread,
        file: reader.file.clone(),
        id,
    }
}

fn relations(reader: &mut Reader<'_>, yaml: &IncidentYaml) -> Vec<Relation> {
    let list_way = Way::Root.key("relations");
    let mut relations = Vec::new();
    for (index, relation) in yaml.relations.iter().flatten().enumerate() {
        let way = list_way.index(index);
        let given: Vec<(RelationKind, &Text)> = [
            (RelationKind::PartOf, &relation.part_of),
            (RelationKind::Follows, &relation.follows),
            (RelationKind::ResponseTo, &relation.response_to),
            (RelationKind::ReportsOn, &relation.reports_on),
            (RelationKind::Funds, &relation.funds),
            (RelationKind::EstimateOf, &relation.estimate_of),
            (RelationKind::SameAs, &relation.same_as),
            (RelationKind::Contradicts, &relation.contradicts),
        ]
        .into_iter()
        .filter(|(_, text)| text.get().is_some())
        .collect();
        let citation = reader.citation(&way.key("in"), &relation.r#in);
        let rank = reader.word(&way.key("rank"), &relation.rank, Rank::WORDS, Rank::parse);
        match given.as_slice() {
            [(kind, to)] => relations.push(Relation {
                kind: *kind,
                to: Id::new(to.get().unwrap_or_default()),
                citation,
                rank: rank.unwrap_or(Rank::Normal),
                why: reader.text(&relation.why),
                index,
            }),
            [] => {
                if !reader.is_told(&way.path()) && !reader.is_told_within(&way.path()) {
                    reader.report(
                        Code::WrongType,
                        &way,
                        "the relation has no type".to_owned(),
                        format!(
                            "write one of {} with the other incident's id",
                            crate::diagnostic::list(RelationKind::WORDS.iter().copied())
                        ),
                    );
                }
            }
            [(first, _), (second, _), ..] => reader.report(
                Code::WrongType,
                &way.key(second.word()),
                format!("the relation has two types, `{}` and `{}`", first.word(), second.word()),
                "make two relations of it",
            ),
        }
    }
    relations
}

fn corrections(reader: &mut Reader<'_>, yaml: &IncidentYaml) -> Vec<Correction> {
    let list_way = Way::Root.key("corrections");
    let mut corrections = Vec::new();
    for (index, correction) in yaml.corrections.iter().flatten().enumerate() {
        let way = list_way.index(index);
        if reader.required(&way, "on", &correction.on, "write the day of the correction: `on: 2022-03-01`").is_none() {
            continue;
        }
        let Some(on) = super::day(reader, &way.key("on"), &correction.on) else { continue };
        corrections.push(Correction {
            on,
            field: reader.text(&correction.field),
            was: reader.text(&correction.was),
            now: reader.text(&correction.now),
            why: reader.text(&correction.why),
        });
    }
    corrections
}

fn extra(reader: &mut Reader<'_>, yaml: &IncidentYaml) -> Vec<(String, crate::model::Value)> {
    let list_way = Way::Root.key("extra");
    let mut extra = Vec::new();
    for (name, written) in &yaml.extra.0 {
        let way = list_way.key(name);
        let Some(kind) = reader.config.extra.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind) else {
            let known = reader.config.extra.iter().map(|(name, _)| name.as_str());
            let mut problem = Diagnostic::new(
                Code::UnknownField,
                At::key(reader.file, &way.path()),
                format!("`{name}` is no field of this site's own"),
            );
            if let Some(guess) = crate::diagnostic::nearest::nearest(name, known) {
                problem = problem.help(format!("did you mean `{guess}`?"));
            }
            reader.problems.push(problem.help(format!("declare it in `content/site.yaml`: `extra: {{{name}: text}}`")));
            continue;
        };
        if !written.is_empty()
            && let Some(value) = reader.value(&way, FieldType::Value(kind), written)
        {
            extra.push((name.clone(), value));
        }
    }
    extra
}
