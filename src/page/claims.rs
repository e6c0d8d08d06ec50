//! Claims, their sentences, and the footnotes they lead to.

use super::World;
use super::parts::{ClaimView, Footnote, Link, NoteRef};
use crate::model::vocabulary::Rank;
use crate::model::{Agreement, Citation, Claim, Id, Incident, Locator, RecordKind, Value};
use crate::phrase::attribution::{Chain, Hop, sentence};
use crate::phrase::piece::Piece;
use crate::phrase::{Terms, amount, date};
use crate::resolve::{SourceEntry, Standing, routes};
use std::collections::HashMap;

/// The footnotes of one page, numbered in the order in which they are first named.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<Footnote>,
    numbers: HashMap<(Id, Option<Locator>, Option<usize>), usize>,
}

impl Notes {
    /// A mark that leads to the footnote of `citation`.
    pub fn cite(&mut self, world: &World, root: &str, citation: &Citation) -> NoteRef {
        let number = self.number(world, root, &citation.source, citation.locator.as_ref(), None);
        self.mark(number)
    }

    /// The marks of a value that all sources of the record support, in the order of their numbers.
    pub fn of_record(&mut self, world: &World, root: &str, incident: &Incident) -> Vec<NoteRef> {
        let mut marks: Vec<NoteRef> =
            incident.sources.iter().map(|citation| self.cite(world, root, citation)).collect();
        marks.sort_by_key(|mark| mark.number);
        marks
    }

    /// A footnote for `citation` without a mark in the text.
    pub fn name(&mut self, world: &World, root: &str, citation: &Citation) {
        self.number(world, root, &citation.source, citation.locator.as_ref(), None);
    }

    /// The marks of a claim: of what was read, and of each source on the way that was not seen.
    fn of_claim(&mut self, world: &World, root: &str, claim: &Claim) -> Vec<NoteRef> {
        let read = self.cite(world, root, &claim.citation);
        let cited_in = read.number;
        let mut marks = vec![read];
        for id in &claim.via {
            if world.site.source(id).is_some_and(|entry| !entry.source.seen) {
                let number = self.number(world, root, id, None, Some(cited_in));
                marks.push(self.mark(number));
            }
        }
        marks
    }

    fn number(
        &mut self,
        world: &World,
        root: &str,
        source: &Id,
        locator: Option<&Locator>,
        cited_in: Option<usize>,
    ) -> usize {
        let key = (source.clone(), locator.cloned(), cited_in);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.list.len() + 1;
        self.numbers.insert(key, number);
        let entry = world.site.source(source);
        self.list.push(Footnote {
            number,
            id: format!("fn-s{number}"),
            source: Link {
                text: entry.map_or_else(|| source.to_string(), |entry| entry.source.title.clone()),
                url: world.url(root, RecordKind::Source, source),
            },
            details: entry.map(|entry| details(world, entry)).unwrap_or_default(),
            locator: locator.map(|locator| world.terms.locator(locator)),
            href: entry.and_then(|entry| entry.source.url.clone()),
            cited_in: None,
            seen: entry.is_none_or(|entry| entry.source.seen),
            back: Vec::new(),
        });
        if let Some(cited_in) = cited_in {
            let mark = self.mark(cited_in);
            if let Some(note) = self.list.get_mut(number - 1) {
                note.cited_in = Some(mark);
            }
        }
        number
    }

    fn mark(&mut self, number: usize) -> NoteRef {
        let count = self.list.get(number - 1).map_or(0, |note| note.back.len());
        let id = format!("fn-s{number}-{}", count + 1);
        if let Some(note) = self.list.get_mut(number - 1) {
            note.back.push(id.clone());
        }
        NoteRef { number, note: format!("fn-s{number}"), id }
    }

    /// The footnotes in their order.
    pub fn finish(self) -> Vec<Footnote> {
        self.list
    }
}

/// Publisher and date of a source, as far as known.
pub(super) fn details(world: &World, entry: &SourceEntry) -> String {
    let source = &entry.source;
    let publisher = world
        .site
        .publisher_name(source.publisher.as_ref())
        .unwrap_or_else(|| world.terms.publisher_unknown.to_owned());
    let mut parts = vec![publisher];
    if let Some(published) = &source.published {
        parts.push(date::words(published, world.lexicon));
    }
    if !source.seen {
        parts.push(world.terms.not_seen.to_owned());
    }
    parts.join(world.terms.separator)
}

/// A claim as pages show it. Without `notes` its sentence alone leads to the source.
pub(super) fn view(
    world: &World,
    root: &str,
    incident: &Incident,
    claim: &Claim,
    standing: Standing,
    notes: Option<&mut Notes>,
) -> ClaimView {
    let terms = world.terms;
    let on_page = notes.is_some();
    let page = routes::record(RecordKind::Incident, &incident.id);
    let (name, words) = match standing {
        Standing::Shown => ("shown", terms.shown),
        Standing::Supports => ("supports", terms.supports),
        Standing::Rival => ("rival", rival_words(terms, incident, claim)),
        Standing::Deprecated => ("deprecated", terms.deprecated),
    };
    ClaimView {
        id: on_page.then(|| claim.id.to_string()),
        url: Some(if on_page { format!("#{}", claim.id) } else { format!("{root}{page}#{}", claim.id) }),
        value: value(world, root, &claim.value),
        standing: name,
        standing_words: words,
        sentence: attribution(world, root, claim),
        chain: Vec::new(),
        notes: notes.map(|notes| notes.of_claim(world, root, claim)).unwrap_or_default(),
        kind: claim.kind.map(|kind| terms.claim_kind(kind)),
        confidence: claim.confidence.map(|confidence| terms.confidence_word(confidence)),
        why: claim.why.clone(),
        note: claim.note.clone(),
    }
}

/// A rival whose value is that of the claim that is shown differs in how it is said, and a reader must be told.
fn rival_words(terms: &Terms, incident: &Incident, claim: &Claim) -> &'static str {
    let preferred = incident.claims.iter().find(|other| other.about == claim.about && other.rank == Rank::Preferred);
    let same = preferred.is_some_and(|shown| shown.value.compare(&claim.value) == Agreement::Agree);
    match claim.kind.and_then(|kind| kind.hedge()) {
        Some(true) if same => terms.rival_hedged,
        Some(false) if same => terms.rival_flat,
        _ => terms.rival,
    }
}

/// Who says so and how it reached us.
pub(super) fn attribution(world: &World, root: &str, claim: &Claim) -> Vec<Piece> {
    let chain = Chain {
        kind: claim.kind,
        by: claim.by.as_ref().map(|id| entity(world, root, id)),
        said: claim.said.as_ref().map(|said| date::words(said, world.lexicon)),
        via: claim.via.iter().map(|id| hop(world, root, id)).collect(),
        read: hop(world, root, &claim.citation.source),
        locator: claim.citation.locator.clone(),
        quote: claim.quote.clone(),
    };
    sentence(&chain, world.terms)
}

pub(super) fn hop(world: &World, root: &str, id: &Id) -> Hop {
    let url = world.url(root, RecordKind::Source, id);
    let called = world.site.called(id);
    Hop { name: Piece::link(called.name, url), by_publisher: called.by_publisher, seen: called.seen }
}

/// An entity's name with its page.
pub(super) fn entity(world: &World, root: &str, id: &Id) -> Piece {
    Piece::link(world.site.entity_name(id), world.url(root, RecordKind::Entity, id))
}

/// A place's name with its page.
pub(super) fn place(world: &World, root: &str, id: &Id) -> Piece {
    Piece::link(world.site.place_name(id), world.url(root, RecordKind::Place, id))
}

/// A value in words.
pub(super) fn value(world: &World, root: &str, value: &Value) -> Vec<Piece> {
    match value {
        Value::Date(value) => vec![Piece::text(date::words(value, world.lexicon))],
        Value::Amount(value) => {
            vec![Piece::text(amount::words(value, world.lexicon))]
        }
        Value::Count(count) => vec![Piece::text(amount::count_words(count, world.lexicon))],
        Value::Entities(ids) => names(world, ids.iter().map(|id| entity(world, root, id)).collect()),
        Value::Places(ids) => names(world, ids.iter().map(|id| place(world, root, id)).collect()),
        Value::Status(status) => vec![Piece::text(world.terms.status_word(*status))],
        Value::Text(text) => vec![Piece::text(text.as_str())],
    }
}

/// Names with the separators of a list between them.
pub(super) fn names(world: &World, names: Vec<Piece>) -> Vec<Piece> {
    let last = names.len().saturating_sub(1);
    let mut pieces = Vec::with_capacity(names.len() * 2);
    for (at, name) in names.into_iter().enumerate() {
        match at {
            0 => {}
            _ if at == last => pieces.push(Piece::text(world.terms.list_last)),
            _ => pieces.push(Piece::text(world.terms.list_separator)),
        }
        pieces.push(name);
    }
    pieces
}
