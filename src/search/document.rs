//! What is searched of each record, and what a result shows of it.

use super::Bodies;
use crate::model::amount::Quantity;
use crate::model::{Claim, Field, Id, Publisher, RecordKind, Value};
use crate::phrase::lexicon::Lexicon;
use crate::phrase::pattern::fill;
use crate::phrase::terms::{capital, spaced};
use crate::phrase::{amount, date};
use crate::resolve::fields::{Shown, shown_ids, shown_values};
use crate::resolve::{EntityEntry, FieldState, IncidentEntry, PlaceEntry, Site, SourceEntry, routes};
use std::collections::BTreeSet;

/// How much it counts where a word stands: one bit each, so that the sum tells all places.
pub(super) mod weight {
    /// In the title.
    pub const TITLE: u8 = 8;
    /// In another name, or the name of who or what it is about.
    pub const NAME: u8 = 4;
    /// In the summary or a claim.
    pub const POINT: u8 = 2;
    /// In the long text.
    pub const BODY: u8 = 1;
}

/// The order in which records are numbered; the words for it are [`crate::phrase::Terms::search_kinds`].
const KINDS: [RecordKind; 5] =
    [RecordKind::Incident, RecordKind::Source, RecordKind::Entity, RecordKind::Place, RecordKind::Page];

/// A record as it is searched.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The number of its kind in [`KINDS`].
    pub kind: usize,
    pub title: String,
    /// Its page, below the output folder.
    pub url: String,
    /// A few words beside the title: what kind of theft, when.
    pub details: Vec<String>,
    /// What is found and shown: weight and text.
    pub lines: Vec<(u8, String)>,
    /// What is found and not shown.
    pub hidden: Vec<(u8, String)>,
    pub draft: bool,
}

/// All records that have a page, each made when it is asked for.
pub(super) struct Documents<'a> {
    site: &'a Site,
    lexicon: &'static Lexicon,
    bodies: Bodies<'a>,
    numbers: Vec<(RecordKind, usize)>,
}

impl<'a> Documents<'a> {
    /// The records of a site: incidents in the order of the timeline, then what they name.
    pub fn new(site: &'a Site, lexicon: &'static Lexicon, bodies: Bodies<'a>) -> Self {
        let published = |kind| -> Vec<usize> {
            match kind {
                RecordKind::Incident => (0..site.incidents.len()).collect(),
                RecordKind::Source => (0..).zip(&site.sources).filter(|(_, e)| e.published).map(|(n, _)| n).collect(),
                RecordKind::Entity => (0..).zip(&site.entities).filter(|(_, e)| e.published).map(|(n, _)| n).collect(),
                RecordKind::Place => (0..).zip(&site.places).filter(|(_, e)| e.published).map(|(n, _)| n).collect(),
                RecordKind::Page => (0..site.pages.len()).collect(),
            }
        };
        let numbers = KINDS.into_iter().flat_map(|kind| published(kind).into_iter().map(move |at| (kind, at)));
        Self { site, lexicon, bodies, numbers: numbers.collect() }
    }

    /// What kind of records those of these numbers are, and their numbers among those of their kind.
    pub fn names(&self, numbers: std::ops::Range<usize>) -> &[(RecordKind, usize)] {
        self.numbers.get(numbers).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The record of a number.
    pub fn get(&self, number: usize) -> Option<Document> {
        let (kind, at) = *self.numbers.get(number)?;
        let site = self.site;
        let mut document = match kind {
            RecordKind::Incident => self.incident(at, site.incidents.get(at)?),
            RecordKind::Source => self.source(site.sources.get(at)?),
            RecordKind::Entity => self.entity(site.entities.get(at)?),
            RecordKind::Place => self.place(site.places.get(at)?),
            RecordKind::Page => self.page(at)?,
        };
        document.kind = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
        Some(document)
    }

    fn incident(&self, number: usize, entry: &IncidentEntry) -> Document {
        let incident = &entry.incident;
        let when = date::words_with(&entry.date, incident.date_as.as_deref(), self.lexicon);
        let kind = incident.kind.as_ref().map(|kind| self.site.config.kind_label(kind.as_str()));
        let mut hidden: Vec<(u8, String)> = incident.tags.iter().map(|tag| (weight::NAME, tag.clone())).collect();
        hidden.extend(kind.iter().map(|kind| (weight::POINT, kind.clone())));
        hidden.push((weight::POINT, when.clone()));
        let mut lines = Lines::default();
        lines.extend(
            weight::POINT,
            match shown(entry, &Field::Summary) {
                Some(Value::Text(text)) => Some(text.clone()),
                _ => incident.summary.clone(),
            },
        );
        for state in entry.fields.iter() {
            hidden.extend(
                shown_ids(incident, state).into_iter().map(|id| (weight::NAME, self.named(id, is_where(&state.field)))),
            );
            self.field(entry, state, &mut lines, &mut hidden);
        }
        for (name, value) in &incident.extra {
            let label = capital(&spaced(name));
            lines.extend(weight::POINT, Some(self.point(&label, &self.value(value), None)));
        }
        let body = (self.bodies.incident)(number);
        lines.extend(weight::BODY, body.lines().map(str::to_owned));
        for correction in &incident.corrections {
            let texts = [&correction.was, &correction.now, &correction.why];
            lines.extend(weight::BODY, texts.into_iter().flatten().cloned());
        }
        Document {
            title: incident.title.clone(),
            url: routes::record(RecordKind::Incident, &incident.id),
            details: [Some(when), kind, shown(entry, &Field::Status).map(|status| self.value(status))]
                .into_iter()
                .flatten()
                .collect(),
            lines: lines.list,
            hidden,
            draft: incident.draft,
            ..Document::default()
        }
    }

    /// What is written or claimed of a field.
    fn field(&self, entry: &IncidentEntry, state: &FieldState, lines: &mut Lines, hidden: &mut Vec<(u8, String)>) {
        let claims = state.claims.iter().filter_map(|(claim, _)| entry.incident.claims.get(*claim));
        let claims: Vec<&Claim> = claims.collect();
        let written = match &state.shown {
            Shown::Written(value) => Some(value),
            Shown::Chosen(_) | Shown::Together(_) | Shown::Nothing => None,
        };
        for (value, claim) in written
            .map(|value| (value, None))
            .into_iter()
            .chain(claims.iter().map(|claim| (&claim.value, Some(*claim))))
        {
            hidden.extend(digits(value).map(|digits| (weight::POINT, digits)));
            // The date and the summary as written are there already.
            if claim.is_some() || !matches!(state.field, Field::Date | Field::Summary | Field::Status) {
                let by = claim.and_then(|claim| claim.by.as_ref()).map(|id| self.named(id, false));
                let line = self.point(&self.label(&state.field), &self.value(value), by.as_deref());
                lines.extend(weight::POINT, Some(line));
            }
            let texts = claim.map(|claim| [&claim.quote, &claim.note, &claim.why]).into_iter().flatten();
            lines.extend(weight::POINT, texts.flatten().cloned());
        }
    }

    fn source(&self, entry: &SourceEntry) -> Document {
        let source = &entry.source;
        let terms = &self.lexicon.terms;
        let publisher = source.publisher.as_ref().map(|publisher| match publisher {
            Publisher::Entity(id) => self.named(id, false),
            Publisher::Name(name) => name.clone(),
        });
        let published = source.published.as_ref().map(|published| date::words(published, self.lexicon));
        let mut lines = Lines::default();
        lines.extend(weight::NAME, (!source.authors.is_empty()).then(|| self.lexicon.list.all(&source.authors)));
        lines.extend(weight::POINT, source.note.clone());
        let hidden = publisher.iter().map(|name| (weight::NAME, name.clone()));
        let hidden = hidden.chain(published.iter().map(|date| (weight::POINT, date.clone())));
        let hidden = hidden.chain(source.url.iter().map(|url| (weight::BODY, url.clone())));
        Document {
            hidden: hidden.collect(),
            title: source.title.clone(),
            url: routes::record(RecordKind::Source, &source.id),
            details: [
                source.kind.map(|kind| terms.source_kind(kind).to_owned()),
                publisher,
                published,
                (!source.seen).then(|| terms.not_seen.to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            lines: lines.list,
            draft: source.draft,
            ..Document::default()
        }
    }

    fn entity(&self, entry: &EntityEntry) -> Document {
        let entity = &entry.entity;
        let terms = &self.lexicon.terms;
        let mut incidents: Vec<usize> = entry.roles.iter().map(|(incident, _)| *incident).collect();
        incidents.dedup();
        let mut lines = Lines::default();
        lines.extend(weight::NAME, (!entity.aka.is_empty()).then(|| entity.aka.join(self.lexicon.list.comma)));
        lines.extend(weight::POINT, entity.note.clone());
        Document {
            title: entity.name.clone(),
            url: routes::record(RecordKind::Entity, &entity.id),
            details: [
                entity.kind.map(|kind| terms.entity_kind(kind).to_owned()),
                Some(terms.incidents.words(incidents.len())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            lines: lines.list,
            hidden: entity.ids.iter().map(|(_, id)| (weight::NAME, id.clone())).collect(),
            draft: entity.draft,
            ..Document::default()
        }
    }

    fn place(&self, entry: &PlaceEntry) -> Document {
        let place = &entry.place;
        let terms = &self.lexicon.terms;
        let within = place.within.as_ref().map(|id| self.named(id, true));
        Document {
            title: place.name.clone(),
            url: routes::record(RecordKind::Place, &place.id),
            hidden: within.iter().map(|name| (weight::POINT, name.clone())).collect(),
            details: [
                place.kind.map(|kind| terms.place_kind(kind).to_owned()),
                within,
                Some(terms.incidents.words(entry.incidents.len())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            draft: place.draft,
            ..Document::default()
        }
    }

    fn page(&self, number: usize) -> Option<Document> {
        let page = self.site.pages.get(number)?;
        let mut lines = Lines::default();
        lines.extend(weight::POINT, page.description.clone());
        let body = (self.bodies.page)(number);
        lines.extend(weight::BODY, body.lines().map(str::to_owned));
        Some(Document {
            title: page.title.clone(),
            url: routes::record(RecordKind::Page, &page.id),
            lines: lines.list,
            draft: page.draft,
            ..Document::default()
        })
    }

    fn label(&self, field: &Field) -> String {
        match field {
            Field::Actors(role) => capital(&self.site.config.role_words(role)),
            other => self.lexicon.terms.field(other),
        }
    }

    fn point(&self, field: &str, value: &str, by: Option<&str>) -> String {
        let terms = &self.lexicon.terms;
        let pattern = if by.is_some() { terms.search_point_by } else { terms.search_point };
        fill(pattern, &[("field", field), ("value", value), ("who", by.unwrap_or_default())])
    }

    fn value(&self, value: &Value) -> String {
        let names =
            |ids: &[Id], is_where: bool| -> Vec<String> { ids.iter().map(|id| self.named(id, is_where)).collect() };
        match value {
            Value::Date(value) => date::words(value, self.lexicon),
            Value::Amount(value) => amount::words(value, self.lexicon),
            Value::Count(count) => amount::count_words(count, self.lexicon),
            Value::Entities(ids) => self.lexicon.list.all(&names(ids, false)),
            Value::Places(ids) => self.lexicon.list.all(&names(ids, true)),
            Value::Status(status) => self.lexicon.terms.status_word(*status).to_owned(),
            Value::Text(text) => text.clone(),
        }
    }

    /// The name of a place or of an entity; its id when nothing is known of it.
    fn named(&self, id: &Id, is_where: bool) -> String {
        let name = if is_where {
            self.site.place(id).map(|entry| &entry.place.name)
        } else {
            self.site.entity(id).map(|entry| &entry.entity.name)
        };
        name.map_or_else(|| id.to_string(), Clone::clone)
    }
}

/// Lines that say something, each once.
#[derive(Default)]
struct Lines {
    list: Vec<(u8, String)>,
    said: BTreeSet<String>,
}

impl Lines {
    fn extend(&mut self, weight: u8, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if !line.is_empty() && self.said.insert(line.clone()) {
                self.list.push((weight, line));
            }
        }
    }
}

/// The value that is shown of a field that has one.
fn shown<'a>(entry: &'a IncidentEntry, field: &Field) -> Option<&'a Value> {
    shown_values(&entry.incident, entry.field(field)?).first().copied()
}

fn is_where(field: &Field) -> bool {
    *field == Field::Places
}

/// The numbers of an amount or a count in digits: who looks for `50,000,000` finds "more than US$50 million".
fn digits(value: &Value) -> Option<String> {
    let quantity = match value {
        Value::Amount(amount) => amount.quantity(),
        Value::Count(count) => count.quantity(),
        _ => return None,
    };
    match quantity {
        Quantity::Unknown => None,
        Quantity::One { number, .. } => Some(number.to_string()),
        Quantity::Range { low, high } => Some(format!("{low} {high}")),
    }
}
