//! The page of an incident.

mod related;

use super::card::{date_words, datetime, status, summary};
use super::claims::{self, Notes};
use super::parts::{ClaimView, Footnote, Head, Link, NoteRef};
use super::reference::CiteView;
use super::{Facets, Slot, View, World, chain, reference, repository};
use crate::cite::Reference;
use crate::model::vocabulary::Status;
use crate::model::{Claim, Field, Id, RecordKind, Value};
use crate::phrase::piece::{Piece, fill};
use crate::phrase::terms::capital;
use crate::resolve::fields::{shown_ids, shown_values};
use crate::resolve::{FieldState, IncidentEntry, Site, Standing, routes};
use related::{RelationView, corrections, relations};
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
    /// That all claims on what is disputed go through one source.
    common: Vec<Piece>,
    extra: Vec<ExtraView>,
    /// Safe HTML.
    body: Option<String>,
    relations: Vec<RelationView>,
    corrections: Vec<super::corrections::Row>,
    tags: Vec<Link>,
    footnotes: Vec<Footnote>,
    sources: String,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    cite: CiteView,
    file: Option<Link>,
    /// Where to propose a change of the record.
    edit: Option<String>,
    /// Where to report a mistake in it.
    report: Option<String>,
}

/// The incident before or after in the timeline.
#[derive(Debug, Serialize)]
struct Neighbour {
    url: Option<String>,
    text: String,
    date: String,
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
    /// That all its claims go through one source, where they differ.
    common: Vec<Piece>,
    /// What they say on one scale, where it has places on one.
    drawn: Option<super::parts::Drawn>,
}

#[derive(Debug, Serialize)]
struct ExtraView {
    label: String,
    value: Vec<Piece>,
}

/// One page an incident.
pub(super) fn slots(site: &Site, _: &Facets) -> Vec<Slot> {
    let incidents = site.incidents.iter().enumerate();
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
pub(super) fn view(world: &World, slot: &Slot) -> View {
    let root = super::root(&slot.route);
    let Some(entry) = world.site.incidents.get(slot.subject) else { return Box::new(()) };
    let incident = &entry.incident;
    let mut notes = Notes::default();
    let status = status(entry);
    let summary = summary(entry);
    let mut fields: Vec<FieldView> =
        entry.fields.iter().map(|state| field(world, root, entry, state, status, &mut notes)).collect();
    let common = common(entry).map(|id| chain::common_words(world, root, id, true)).unwrap_or_default();
    if !common.is_empty() {
        fields.iter_mut().for_each(|field| field.common.clear());
    }
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
        let entry = world.site.incidents.get(number?)?;
        let Link { text, url } = super::incident_link(root, entry);
        Some(Neighbour { url, text, date: date_words(world, entry) })
    };
    let body = world.incident_bodies.get(slot.subject).map(|prose| prose.html.clone()).filter(|html| !html.is_empty());
    let footnotes = notes.finish();
    let head = world.head(slot, "incident", "timeline", &incident.title, summary.as_deref());
    let (file, edit, report) =
        repository::view(world, &head, RecordKind::Incident, &incident.id, &incident.file, &incident.title)
            .map_or((None, None, None), |view| (Some(view.file), Some(view.edit), Some(view.report)));
    Box::new(IncidentView {
        head,
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
        common,
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
        cite: reference::view(world, &Reference::of_incident(&world.site, entry, world.lexicon)),
        file,
        edit,
        report,
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
    world: &World,
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
    let mut shown = Vec::new();
    let mut rivals = Vec::new();
    let all: Vec<&Claim> = state.claims.iter().filter_map(|(index, _)| incident.claims.get(*index)).collect();
    for (claim, (_, standing)) in all.iter().zip(&state.claims) {
        let mut view = claims::view(world, root, incident, claim, *standing, Some(notes));
        if state.disputed {
            view.chain = chain::steps(world, claim);
        }
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
        label: label(world, status, &state.field),
        nothing: values.is_empty().then_some(terms.nothing_shown),
        values,
        disputed: state.disputed,
        notes: if implicit { notes.of_record(world, root, incident) } else { Vec::new() },
        why: match state.shown {
            crate::resolve::Shown::Chosen(index) => incident.claims.get(index).and_then(|claim| claim.why.clone()),
            _ => None,
        },
        common: match chain::common(&all) {
            Some(id) if state.disputed => chain::common_words(world, root, id, false),
            _ => Vec::new(),
        },
        shown,
        rivals,
        drawn: super::bounds::drawn(world, entry, state),
    }
}

/// The one source through which the claims on all disputed fields go; nothing when fewer than two fields have one.
fn common(entry: &IncidentEntry) -> Option<&Id> {
    let several = entry.fields.iter().filter(|state| state.disputed && state.claims.len() > 1);
    let mut common = several.map(|state| {
        let claims = state.claims.iter().filter_map(|(index, _)| entry.incident.claims.get(*index));
        chain::common(&claims.collect::<Vec<_>>())
    });
    let first = common.next()??;
    let mut rest = common.peekable();
    rest.peek()?;
    rest.all(|other| other == Some(first)).then_some(first)
}

/// The heading of a field. What is alleged stays alleged in every line that names a doer.
pub(super) fn label(world: &World, status: Option<Status>, field: &Field) -> String {
    match field {
        Field::Actors(role) if role == "by" && status == Some(Status::Alleged) => {
            crate::phrase::pattern::fill(world.terms.alleged_role, &[("role", &world.site.config.role_words(role))])
        }
        other => world.field_label(other),
    }
}

fn status_view(world: &World, root: &str, entry: &IncidentEntry, status: Status) -> StatusView {
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

/// The value of a field in words, for lists of fields.
pub(super) fn shown_pieces(world: &World, root: &str, entry: &IncidentEntry, state: &FieldState) -> Vec<Piece> {
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
