//! An incident as a row of a list.

use super::group::Placed;
use super::parts::{Card, Link, SharedCard};
use super::{BELOW, World};
use crate::model::{Date, Field};
use crate::noted::{Reads, noting};
use crate::phrase::{amount, date};
use crate::resolve::fields::{shown_ids, shown_values};
use crate::resolve::{IncidentEntry, routes};
use std::sync::{Arc, OnceLock};

/// The incidents as rows for pages in a folder, which most lists are: an incident stands in about ten of them.
///
/// A row is made when the first list shows it, and once.
#[derive(Debug)]
pub struct Cards(Vec<OnceLock<(SharedCard, Reads)>>);

impl Cards {
    /// Those of `incidents` incidents.
    pub fn of(incidents: usize) -> Self {
        Self((0..incidents).map(|_| OnceLock::new()).collect())
    }
}

/// The row of the incident `number`, whose entry is `entry`.
pub(super) fn card(world: &World, root: &str, number: usize, entry: &IncidentEntry) -> SharedCard {
    let make = || SharedCard(Arc::new(made(world, root, entry)));
    match world.cards.0.get(number) {
        Some(place) if root == BELOW => match place.get() {
            Some((card, reads)) => {
                reads.note();
                card.clone()
            }
            None => {
                let made = noting(make);
                let card = made.0.clone();
                // Somebody may have been faster; theirs says the same.
                let _ = place.set(made);
                card
            }
        },
        _ => make(),
    }
}

fn made(world: &World, root: &str, entry: &IncidentEntry) -> Card {
    let incident = &entry.incident;
    let config = &world.site.config;
    let status = status(entry);
    let disputed = entry.disputed_count();
    let sources = entry.sources();
    let placed = Placed::of(world, &entry.date);
    Card {
        url: format!("{root}{}", routes::record(crate::model::RecordKind::Incident, &incident.id)),
        title: incident.title.clone(),
        date: date_words(world, entry),
        datetime: datetime(&entry.date),
        placed: placed.under_year,
        placed_month: placed.under_month,
        summary: summary(entry),
        figures: figures(world, entry),
        kind: incident.kind.as_ref().map(|kind| Link {
            text: config.kind_label(kind.as_str()),
            url: Some(format!("{root}{}", routes::kind(kind.as_str()))),
        }),
        kind_id: incident.kind.as_ref().map(ToString::to_string),
        status: status.map(|status| world.terms.status_word(status).to_owned()),
        status_id: status.map(crate::model::vocabulary::Status::word),
        asserted: asserted(world, entry),
        sources: world.terms.sources.words(sources.len()),
        disputed: (disputed > 0).then(|| world.terms.disputed_fields.words(disputed)),
        draft: incident.draft,
    }
}

/// The date of an incident in words, with the source's own beside it where they say more.
pub(super) fn date_words(world: &World, entry: &IncidentEntry) -> String {
    date::words_with(&entry.date, entry.incident.date_as.as_deref(), world.lexicon)
}

/// The date for machines, when it is one year, month or day: what the `datetime` of HTML can say.
pub(super) fn datetime(date: &Date) -> Option<String> {
    let text = date.text().trim_end_matches(['~', '?', '%']);
    let plain = text
        .split('-')
        .enumerate()
        .all(|(at, part)| part.bytes().all(|b| b.is_ascii_digit()) && part.len() == if at == 0 { 4 } else { 2 });
    // A month above 12 is a season, which HTML does not know.
    let month = text.split('-').nth(1).is_none_or(|month| month <= "12");
    (plain && month && text.len() <= 10).then(|| text.to_owned())
}

/// The summary that is shown: the chosen claim's, else the record's own.
pub(super) fn summary(entry: &IncidentEntry) -> Option<String> {
    entry.summary().map(str::to_owned)
}

/// The status that is shown.
pub(super) fn status(entry: &IncidentEntry) -> Option<crate::model::vocabulary::Status> {
    entry.status()
}

fn figures(world: &World, entry: &IncidentEntry) -> Vec<String> {
    let shown = entry.fields.iter().filter_map(|state| {
        let values = shown_values(&entry.incident, state);
        amount::figure(&state.field, values.first()?, world.lexicon)
    });
    shown.collect()
}

/// Who alleges, estimates or reports it: the names of the first role that says so.
fn asserted(world: &World, entry: &IncidentEntry) -> Option<String> {
    let role = ["alleged_by", "reported_by"].into_iter().find_map(|role| {
        let state = entry.field(&Field::Actors(role.to_owned()))?;
        let ids = shown_ids(&entry.incident, state);
        (!ids.is_empty()).then_some((role, ids))
    });
    let (role, ids) = role?;
    let names: Vec<String> = ids
        .into_iter()
        .map(|id| world.site.entity(id).map_or_else(|| id.to_string(), |entry| entry.entity.name.clone()))
        .collect();
    Some(world.terms.role_names(&world.site.config.role_words(role), &world.lexicon.list.all(&names)))
}
