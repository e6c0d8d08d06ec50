//! The page of an incident.

use super::card::{date_words, datetime, status, summary};
use super::claims::{self, Notes};
use super::parts::{ClaimView, Footnote, Head, Link, NoteRef};
use super::{Slot, View, World};
use crate::model::vocabulary::{Rank, Status};
use crate::model::{Field, Id, RecordKind, Value};
use crate::phrase::date;
use crate::phrase::piece::{Piece, fill};
use crate::phrase::terms::capital;
use crate::resolve::fields::{shown_ids, shown_values};
use crate::resolve::{FieldState, IncidentEntry, Standing, routes};
use serde::Serialize;

/// What the page shows.
#[derive(Debug, Serialize)]
struct IncidentView {
    head: Head,
    title: String,
    date: String,
    datetime: Option<String>,
    date_note: Option<&'static str>,
    kind: Option<Link>,
    kind_id: Option<String>,
    status: Option<StatusView>,
    summary: Option<String>,
    draft: bool,
    disputed: Option<String>,
    /// Fields of the record: date, amount, counts, actors, places, status.
    facts: Vec<FieldView>,
    /// Free labels, and a claimed summary.
    labels: Vec<FieldView>,
    extra: Vec<ExtraView>,
    /// Safe HTML.
    body: Option<String>,
    relations: Vec<RelationView>,
    corrections: Vec<CorrectionView>,
    tags: Vec<Link>,
    footnotes: Vec<Footnote>,
    sources: String,
    previous: Option<Link>,
    next: Option<Link>,
    file: Option<Link>,
}

#[derive(Debug, Serialize)]
struct StatusView {
    id: &'static str,
    word: &'static str,
    sentence: Vec<Piece>,
}

/// A field with all that is claimed of it.
#[derive(Debug, Serialize)]
struct FieldView {
    /// `amount`, `count.exchanges`: for a class name or a data attribute.
    id: String,
    label: String,
    anchor: String,
    /// The values shown; several where claims add up.
    values: Vec<Vec<Piece>>,
    /// What to say when nothing is shown.
    nothing: Option<&'static str>,
    disputed: bool,
    /// Footnotes of a value that all sources of the record support.
    notes: Vec<NoteRef>,
    /// The reason for the choice.
    why: Option<String>,
    /// Claims that are shown or say the same.
    shown: Vec<ClaimView>,
    /// Claims that stand against it, not believed ones included.
    rivals: Vec<ClaimView>,
}

#[derive(Debug, Serialize)]
struct ExtraView {
    label: String,
    value: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct RelationView {
    words: &'static str,
    incident: Link,
    date: Option<String>,
    /// Said by a source, not believed by the editors.
    deprecated: bool,
    deprecated_words: &'static str,
    why: Option<String>,
    notes: Vec<NoteRef>,
}

#[derive(Debug, Serialize)]
struct CorrectionView {
    on: String,
    datetime: String,
    field: Option<String>,
    was: Option<String>,
    now: Option<String>,
    why: Option<String>,
}

/// One page an incident.
pub(super) fn slots(world: &World<'_>) -> Vec<Slot> {
    let incidents = world.site.incidents.iter().enumerate();
    incidents
        .map(|(subject, entry)| Slot {
            route: routes::record(RecordKind::Incident, &entry.incident.id),
            subject,
            part: 0,
            origin: Some(entry.incident.file.clone()),
        })
        .collect()
}

/// The view of one.
pub(super) fn view(world: &World<'_>, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.incidents.get(slot.subject) else { return Box::new(()) };
    let incident = &entry.incident;
    let mut notes = Notes::default();
    let status = status(entry);
    let summary = summary(entry);
    let fields: Vec<FieldView> =
        entry.fields.iter().map(|state| field(world, root, entry, state, status, &mut notes)).collect();
    let (facts, labels) = fields
        .into_iter()
        .zip(&entry.fields)
        .partition::<Vec<_>, _>(|(_, state)| !matches!(state.field, Field::Label(_) | Field::Summary));
    let first = |pairs: Vec<(FieldView, _)>| pairs.into_iter().map(|(view, _)| view).collect();
    let relations = relations(world, root, slot.subject, entry, &mut notes);
    for citation in &incident.sources {
        // Sources that no claim names stand among the footnotes too: the record rests on them.
        notes.name(world, root, citation);
    }
    let disputed = entry.disputed_count();
    let neighbour = |number: Option<usize>| {
        number.and_then(|number| world.site.incidents.get(number)).map(|entry| super::incident_link(root, entry))
    };
    let body = world.incident_bodies.get(slot.subject).map(|prose| prose.html.clone()).filter(|html| !html.is_empty());
    let footnotes = notes.finish();
    Box::new(IncidentView {
        head: world.head(slot, "incident", "timeline", &incident.title, summary.as_deref()),
        title: incident.title.clone(),
        date: date_words(world, entry),
        datetime: datetime(&entry.date),
        date_note: incident.date_basis.and_then(|basis| world.terms.basis(basis)),
        kind: incident.kind.as_ref().map(|kind| Link {
            text: world.site.config.kind_label(kind.as_str()),
            url: Some(format!("{root}{}", routes::kind(kind.as_str()))),
        }),
        kind_id: incident.kind.as_ref().map(ToString::to_string),
        status: status.map(|status| status_view(world, root, entry, status)),
        summary,
        draft: incident.draft,
        disputed: (disputed > 0).then(|| world.terms.disputed_fields.words(disputed)),
        facts: first(facts),
        labels: first(labels),
        extra: incident
            .extra
            .iter()
            .map(|(name, value)| ExtraView {
                label: capital(&crate::phrase::terms::spaced(name)),
                value: claims::value(world, root, value),
            })
            .collect(),
        body,
        relations,
        corrections: corrections(world, entry),
        tags: incident
            .tags
            .iter()
            .filter_map(|tag| {
                let slug = routes::tag_slug(tag)?;
                Some(Link { text: tag.clone(), url: Some(format!("{root}{}", routes::tag(&slug))) })
            })
            .collect(),
        sources: world.terms.sources.words(distinct_sources(entry)),
        footnotes,
        previous: neighbour(slot.subject.checked_sub(1)),
        next: neighbour(Some(slot.subject + 1)),
        file: world.site.config.repository.as_ref().map(|repository| Link {
            text: incident.file.path().to_owned(),
            url: Some(format!("https://github.com/{repository}/blob/HEAD/{}", incident.file.path())),
        }),
    })
}

fn distinct_sources(entry: &IncidentEntry) -> usize {
    let incident = &entry.incident;
    let mut ids: Vec<&Id> = incident.sources.iter().map(|citation| &citation.source).collect();
    ids.extend(incident.claims.iter().map(|claim| &claim.citation.source));
    ids.sort();
    ids.dedup();
    ids.len()
}

fn field(
    world: &World<'_>,
    root: &str,
    entry: &IncidentEntry,
    state: &FieldState,
    status: Option<Status>,
    notes: &mut Notes,
) -> FieldView {
    let incident = &entry.incident;
    let terms = world.terms;
    let values: Vec<Vec<Piece>> = match &state.field {
        Field::Date => vec![vec![Piece::text(date_words(world, entry))]],
        Field::Actors(_) => {
            let names = shown_ids(incident, state).into_iter().map(|id| claims::entity(world, root, id)).collect();
            vec![claims::names(world, names)]
        }
        Field::Places => {
            let names = shown_ids(incident, state).into_iter().map(|id| claims::place(world, root, id)).collect();
            vec![claims::names(world, names)]
        }
        _ => shown_values(incident, state).into_iter().map(|value| claims::value(world, root, value)).collect(),
    };
    // What several claims say alike is one value.
    let mut distinct: Vec<Vec<Piece>> = Vec::new();
    for value in values {
        if !value.is_empty() && !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    let values = distinct;
    let label = match &state.field {
        // What is alleged stays alleged in every line that names a doer.
        Field::Actors(role) if role == "by" && status == Some(Status::Alleged) => {
            crate::phrase::pattern::fill(terms.alleged_role, &[("role", &world.site.config.role_words(role))])
        }
        other => world.field_label(other),
    };
    let mut shown = Vec::new();
    let mut rivals = Vec::new();
    for (index, standing) in &state.claims {
        let Some(claim) = incident.claims.get(*index) else { continue };
        let view = claims::view(world, root, incident, claim, *standing, Some(notes));
        match standing {
            Standing::Shown | Standing::Supports => shown.push(view),
            Standing::Rival | Standing::Deprecated => rivals.push(view),
        }
    }
    // The chosen claim comes first, then those that say the same.
    shown.sort_by_key(|view| view.standing != "shown");
    let implicit = !state.has_claims() || matches!(state.shown, crate::resolve::Shown::Written(_));
    FieldView {
        id: state.field.to_string(),
        anchor: format!("s-field-{}", state.field.slug()),
        label,
        nothing: values.is_empty().then_some(terms.nothing_shown),
        values,
        disputed: state.disputed,
        notes: if implicit { notes.of_record(world, root, incident) } else { Vec::new() },
        why: match state.shown {
            crate::resolve::Shown::Chosen(index) => incident.claims.get(index).and_then(|claim| claim.why.clone()),
            _ => None,
        },
        shown,
        rivals,
    }
}

fn status_view(world: &World<'_>, root: &str, entry: &IncidentEntry, status: Status) -> StatusView {
    let terms = world.terms;
    let alleged_by: Vec<Piece> = entry
        .field(&Field::Actors("alleged_by".to_owned()))
        .map(|state| {
            let ids = shown_ids(&entry.incident, state);
            claims::names(world, ids.into_iter().map(|id| claims::entity(world, root, id)).collect())
        })
        .unwrap_or_default();
    let pattern = match status {
        Status::Alleged if alleged_by.is_empty() => terms.alleged_sentence,
        Status::Alleged => terms.alleged_by_sentence,
        Status::Confirmed => terms.confirmed_sentence,
        Status::Disputed => terms.disputed_sentence,
        Status::Retracted => terms.retracted_sentence,
    };
    StatusView { id: status.word(), word: terms.status_word(status), sentence: fill(pattern, &[("who", &alleged_by)]) }
}

fn relations(
    world: &World<'_>,
    root: &str,
    number: usize,
    entry: &IncidentEntry,
    notes: &mut Notes,
) -> Vec<RelationView> {
    let terms = world.terms;
    let mut views = Vec::new();
    let mut add = |words, other: &IncidentEntry, relation: &crate::model::Relation, notes: &mut Notes| {
        views.push(RelationView {
            words,
            incident: super::incident_link(root, other),
            date: Some(date_words(world, other)),
            deprecated: relation.rank == Rank::Deprecated,
            deprecated_words: terms.deprecated,
            why: relation.why.clone(),
            notes: relation.citation.iter().map(|citation| notes.cite(world, root, citation)).collect(),
        });
    };
    for relation in &entry.incident.relations {
        if let Some(other) = world.site.incident(&relation.to).and_then(|at| world.site.incidents.get(at)) {
            add(terms.relation_out(relation.kind), other, relation, notes);
        }
    }
    for (from, index) in &entry.inbound {
        let Some(other) = world.site.incidents.get(*from).filter(|_| *from != number) else { continue };
        if let Some(relation) = other.incident.relations.get(*index) {
            add(terms.relation_in(relation.kind), other, relation, notes);
        }
    }
    views
}

fn corrections(world: &World<'_>, entry: &IncidentEntry) -> Vec<CorrectionView> {
    let mut corrections: Vec<_> = entry.incident.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.on.earliest()));
    corrections
        .into_iter()
        .map(|correction| CorrectionView {
            on: date::words(&correction.on, world.lexicon),
            datetime: correction.on.text().to_owned(),
            field: correction.field.clone(),
            was: correction.was.clone(),
            now: correction.now.clone(),
            why: correction.why.clone(),
        })
        .collect()
}

/// The value of a field in words, for lists of fields.
pub(super) fn shown_pieces(world: &World<'_>, root: &str, entry: &IncidentEntry, state: &FieldState) -> Vec<Piece> {
    let incident = &entry.incident;
    let mut pieces = Vec::new();
    for (at, value) in shown_values(incident, state).into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::text(world.terms.value_separator));
        }
        match (&state.field, value) {
            (Field::Date, Value::Date(_)) => pieces.push(Piece::text(date_words(world, entry))),
            _ => pieces.extend(claims::value(world, root, value)),
        }
    }
    pieces
}
