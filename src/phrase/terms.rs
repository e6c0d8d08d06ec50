//! The words of claims, records and lists: one table a language.

use super::pattern::{self, fill};
use crate::model::vocabulary::{Basis, ClaimKind, Confidence, EntityKind, PlaceKind, RelationKind, SourceKind, Status};
use crate::model::{Field, Locator};

/// A noun with its number: `{n}` stands for the number, `{n:,}` for one in groups of three with commas between.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Counted {
    /// For one.
    pub one: &'static str,
    /// For any other number.
    pub many: &'static str,
}

impl Counted {
    /// `3 claims`.
    pub fn words(&self, number: usize) -> String {
        self.words_with(number, &[])
    }

    /// The same, with other places of the pattern filled too.
    pub fn words_with(&self, number: usize, places: &[(&str, &str)]) -> String {
        let pattern = if number == 1 { self.one } else { self.many };
        let separator = pattern::form(pattern, "n").unwrap_or_default();
        let number = pattern::grouped(&number.to_string(), separator);
        let all: Vec<(&str, &str)> = places.iter().copied().chain([("n", number.as_str())]).collect();
        fill(pattern, &all)
    }
}

/// The words of one language.
#[expect(missing_docs, reason = "each entry is named for what it says; the English table is its example")]
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Terms {
    // attribution
    pub by_reported: &'static str,
    pub by_stated: &'static str,
    pub by_estimate: &'static str,
    pub by_allegation: &'static str,
    pub by_assessment: &'static str,
    pub by_denial: &'static str,
    pub by_inference: &'static str,
    pub nobody_estimate: &'static str,
    pub nobody_allegation: &'static str,
    pub nobody_assessment: &'static str,
    pub nobody_denial: &'static str,
    pub nobody_inference: &'static str,
    pub said: &'static str,
    pub said_by: &'static str,
    pub via_news: &'static str,
    pub via_document: &'static str,
    pub read_in: &'static str,
    pub unseen_in: &'static str,
    pub words_of_source: &'static str,
    pub separator: &'static str,
    pub quoted: &'static str,
    pub list_separator: &'static str,
    pub list_last: &'static str,
    // locators
    pub paragraph: &'static str,
    pub page: &'static str,
    pub time: &'static str,
    pub section: &'static str,
    // fields
    pub date: &'static str,
    pub amount: &'static str,
    pub places: &'static str,
    pub status: &'static str,
    pub summary: &'static str,
    pub relations: &'static str,
    pub count: &'static str,
    pub nothing_shown: &'static str,
    // how words, names and numbers stand together
    pub alleged_role: &'static str,
    pub role_names: &'static str,
    pub count_things: &'static str,
    pub relation_to: &'static str,
    pub source_at: &'static str,
    pub value_separator: &'static str,
    pub years: &'static str,
    // status
    pub alleged: &'static str,
    pub confirmed: &'static str,
    pub disputed: &'static str,
    pub retracted: &'static str,
    pub alleged_sentence: &'static str,
    pub alleged_by_sentence: &'static str,
    pub confirmed_sentence: &'static str,
    pub disputed_sentence: &'static str,
    pub retracted_sentence: &'static str,
    // standing of claims
    pub shown: &'static str,
    pub supports: &'static str,
    pub rival: &'static str,
    pub rival_hedged: &'static str,
    pub rival_flat: &'static str,
    pub deprecated: &'static str,
    // footnotes
    pub as_cited_in: &'static str,
    pub not_seen: &'static str,
    pub publisher_unknown: &'static str,
    pub date_inferred: &'static str,
    pub date_external: &'static str,
    // how to cite
    pub cite_as_of: &'static str,
    pub cite_record: &'static str,
    pub cite_cited_in: &'static str,
    pub cite_separator: &'static str,
    // chains of attribution, drawn
    pub chain_verbs: [&'static str; 7],
    pub chain_says: &'static str,
    pub chain_carried: &'static str,
    pub chain_read: &'static str,
    pub chain_named: &'static str,
    pub chain_unseen: &'static str,
    pub chain_common: &'static str,
    pub chain_common_unseen: &'static str,
    pub chain_common_all: &'static str,
    pub chain_common_all_unseen: &'static str,
    // a mistake in a record, reported
    pub report_title: &'static str,
    pub report_record: &'static str,
    pub report_page: &'static str,
    pub report_question: &'static str,
    // something new: a question, and what stands in a new file (titles are plain scalars of YAML, hints its comments)
    pub propose_question: &'static str,
    pub add_incident_title: &'static str,
    /// On the file's name, the date, the sources.
    pub add_incident_hints: [&'static str; 3],
    pub add_source_title: &'static str,
    /// On the file's name, and on what else there is.
    pub add_source_hints: [&'static str; 2],
    // what rests on a source
    pub rests_on: &'static str,
    pub rests_on_records: &'static str,
    pub without_points: Counted,
    pub without_no_point: &'static str,
    pub without_incidents: Counted,
    pub without_no_incident: &'static str,
    pub more: Counted,
    // words of lists
    pub kinds_of_claim: [&'static str; 7],
    pub confidence: [&'static str; 3],
    pub kinds_of_source: [&'static str; 7],
    pub kinds_of_entity: [&'static str; 4],
    pub kinds_of_place: [&'static str; 4],
    pub relations_out: [&'static str; 8],
    pub relations_in: [&'static str; 8],
    // numbers of things
    pub incidents: Counted,
    pub claims: Counted,
    pub sources: Counted,
    pub entities: Counted,
    pub disputed_fields: Counted,
    pub pages: Counted,
    // search: the kinds of record, and a line of a result
    pub search_kinds: [&'static str; 5],
    pub search_point: &'static str,
    pub search_point_by: &'static str,
    pub search_results: Counted,
    // social cards
    pub card_disputed: &'static str,
    pub undated: &'static str,
    pub part: &'static str,
    pub no_minimum: &'static str,
    pub no_maximum: &'static str,
    pub over: &'static str,
    pub under: &'static str,
    pub about: &'static str,
    // axis: `{title}`, `{date}`, `{kind}`; what more there is to say; a bar; years; a break; a lane; a label
    pub axis_mark: &'static str,
    pub axis_mark_without_kind: &'static str,
    pub axis_more: &'static str,
    pub axis_bar: &'static str,
    pub axis_vague: Counted,
    pub axis_disputed: Counted,
    pub axis_years: &'static str,
    pub axis_break: &'static str,
    pub axis_without_kind: &'static str,
    pub axis_label: &'static str,
    // why an incident stands under a heading: `{heading}`
    pub placed_began: &'static str,
    pub placed_ended: &'static str,
    pub placed_first: &'static str,
    pub placed_earliest: &'static str,
    pub placed_latest: &'static str,
    // drawn figures and totals
    pub figures: super::figures::FigureWords,
}

impl Terms {
    /// The word for a status.
    pub fn status_word(&self, status: Status) -> &'static str {
        match status {
            Status::Alleged => self.alleged,
            Status::Confirmed => self.confirmed,
            Status::Disputed => self.disputed,
            Status::Retracted => self.retracted,
        }
    }

    /// The word for a kind of claim.
    pub fn claim_kind(&self, kind: ClaimKind) -> &'static str {
        let [stated, reported, estimate, allegation, assessment, denial, inference] = self.kinds_of_claim;
        match kind {
            ClaimKind::Stated => stated,
            ClaimKind::Reported => reported,
            ClaimKind::Estimate => estimate,
            ClaimKind::Allegation => allegation,
            ClaimKind::Assessment => assessment,
            ClaimKind::Denial => denial,
            ClaimKind::Inference => inference,
        }
    }

    /// What whoever makes a claim of that kind does: "estimates".
    pub fn chain_verb(&self, kind: ClaimKind) -> &'static str {
        let [stated, reported, estimate, allegation, assessment, denial, inference] = self.chain_verbs;
        match kind {
            ClaimKind::Stated => stated,
            ClaimKind::Reported => reported,
            ClaimKind::Estimate => estimate,
            ClaimKind::Allegation => allegation,
            ClaimKind::Assessment => assessment,
            ClaimKind::Denial => denial,
            ClaimKind::Inference => inference,
        }
    }

    /// The words for a confidence.
    pub fn confidence_word(&self, confidence: Confidence) -> &'static str {
        let [high, medium, low] = self.confidence;
        match confidence {
            Confidence::High => high,
            Confidence::Medium => medium,
            Confidence::Low => low,
        }
    }

    /// The word for a kind of source.
    pub fn source_kind(&self, kind: SourceKind) -> &'static str {
        let [news, report, statement, dataset, court, post, other] = self.kinds_of_source;
        match kind {
            SourceKind::News => news,
            SourceKind::Report => report,
            SourceKind::Statement => statement,
            SourceKind::Dataset => dataset,
            SourceKind::Court => court,
            SourceKind::Post => post,
            SourceKind::Other => other,
        }
    }

    /// The word for a document, whether its kind is known or not.
    pub fn document(&self, kind: Option<SourceKind>) -> &'static str {
        self.source_kind(kind.unwrap_or(SourceKind::Other))
    }

    /// The word for a kind of entity.
    pub fn entity_kind(&self, kind: EntityKind) -> &'static str {
        let [state, organisation, group, person] = self.kinds_of_entity;
        match kind {
            EntityKind::State => state,
            EntityKind::Organisation => organisation,
            EntityKind::Group => group,
            EntityKind::Person => person,
        }
    }

    /// The word for a kind of place.
    pub fn place_kind(&self, kind: PlaceKind) -> &'static str {
        let [point, city, country, region] = self.kinds_of_place;
        match kind {
            PlaceKind::Point => point,
            PlaceKind::City => city,
            PlaceKind::Country => country,
            PlaceKind::Region => region,
        }
    }

    /// A relation from the incident that names it: "is part of".
    pub fn relation_out(&self, kind: RelationKind) -> &'static str {
        Self::relation(&self.relations_out, kind)
    }

    /// The same relation from the incident that is named: "includes".
    pub fn relation_in(&self, kind: RelationKind) -> &'static str {
        Self::relation(&self.relations_in, kind)
    }

    fn relation(words: &[&'static str; 8], kind: RelationKind) -> &'static str {
        let [part_of, follows, response_to, reports_on, funds, estimate_of, same_as, contradicts] = *words;
        match kind {
            RelationKind::PartOf => part_of,
            RelationKind::Follows => follows,
            RelationKind::ResponseTo => response_to,
            RelationKind::ReportsOn => reports_on,
            RelationKind::Funds => funds,
            RelationKind::EstimateOf => estimate_of,
            RelationKind::SameAs => same_as,
            RelationKind::Contradicts => contradicts,
        }
    }

    /// What to say of how a date is known; nothing when it is simply stated.
    pub fn basis(&self, basis: Basis) -> Option<&'static str> {
        match basis {
            Basis::Stated => None,
            Basis::Inferred => Some(self.date_inferred),
            Basis::External => Some(self.date_external),
        }
    }

    /// "paragraph 5".
    pub fn locator(&self, locator: &Locator) -> String {
        let (pattern, value) = match locator {
            Locator::Paragraph(number) => (self.paragraph, number.to_string()),
            Locator::Page(number) => (self.page, number.to_string()),
            Locator::Time(seconds) => (self.time, crate::model::citation::clock(*seconds)),
            Locator::Section(name) => (self.section, name.clone()),
        };
        fill(pattern, &[("n", &value)])
    }

    /// The heading of a field, but for roles, whose words are the site's.
    pub fn field(&self, field: &Field) -> String {
        match field {
            Field::Date => self.date.to_owned(),
            Field::Amount => self.amount.to_owned(),
            Field::Places => self.places.to_owned(),
            Field::Status => self.status.to_owned(),
            Field::Summary => self.summary.to_owned(),
            Field::Count(name) => {
                let things = spaced(name);
                fill(self.count, &[("things", &things), ("things:capital", &capital(&things))])
            }
            Field::Actors(name) | Field::Label(name) => capital(&spaced(name)),
        }
    }

    /// The words of a role with the names of those who have it: "alleged by Ann and Bob".
    pub fn role_names(&self, role: &str, names: &str) -> String {
        fill(self.role_names, &[("role", role), ("names", names)])
    }

    /// A count, already in words, with the name of what is counted: "nine exchanges".
    pub fn count_things(&self, number: &str, name: &str) -> String {
        let things = spaced(name);
        fill(self.count_things, &[("number", number), ("things", &things), ("things:capital", &capital(&things))])
    }

    /// Text in this language's quotation marks.
    pub fn quote(&self, text: &str) -> String {
        fill(self.quoted, &[("text", text)])
    }
}

/// A name with its dashes as spaces.
pub fn spaced(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// The text with a capital at its head.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
