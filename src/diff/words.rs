//! Values of records in words, with names in place of ids.

use crate::model::amount::Quantity;
use crate::model::date::Date;
use crate::model::{Agreement, Citation, Claim, Id, Value};
use crate::phrase::attribution::{Chain, Hop, sentence};
use crate::phrase::piece::{Piece, plain};
use crate::phrase::{ENGLISH, amount, date};
use crate::resolve::Site;

/// A value as authors wrote it where that can be read aloud, else in words.
pub(super) fn value(site: &Site, value: &Value) -> String {
    match value {
        Value::Date(date) => date::words(date, &ENGLISH),
        Value::Amount(amount) => amount.text().to_owned(),
        Value::Count(count) => count.text().to_owned(),
        Value::Entities(ids) => ids.iter().map(|id| site.entity_name(id)).collect::<Vec<_>>().join(", "),
        Value::Places(ids) => ids.iter().map(|id| site.place_name(id)).collect::<Vec<_>>().join(", "),
        Value::Status(status) => status.word().to_owned(),
        Value::Text(text) => text.clone(),
    }
}

/// Two values of one field side by side: as [`value`], but dates that read alike as they were written.
pub(super) fn pair(before: (&Site, &Value), after: (&Site, &Value)) -> (String, String) {
    let (was, now) = (value(before.0, before.1), value(after.0, after.1));
    match (before.1, after.1) {
        (Value::Date(a), Value::Date(b)) if was == now => (a.text().to_owned(), b.text().to_owned()),
        _ => (was, now),
    }
}

/// Whether a reader is told the same by two values of one field. Ids are those of one side.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => is_same_date(a, b),
        (Value::Amount(a), Value::Amount(b)) => amount::words(a, &ENGLISH) == amount::words(b, &ENGLISH),
        (Value::Count(a), Value::Count(b)) => amount::count_words(a, &ENGLISH) == amount::count_words(b, &ENGLISH),
        (Value::Entities(_), Value::Entities(_)) | (Value::Places(_), Value::Places(_)) => {
            a.compare(b) == Agreement::Agree
        }
        _ => a == b,
    }
}

pub(super) fn is_same_date(a: &Date, b: &Date) -> bool {
    a.compare(b) == Agreement::Agree && date::words(a, &ENGLISH) == date::words(b, &ENGLISH)
}

/// What a reader should be told of the step from one value to the other: "less precise".
pub(super) fn step(was: &Value, now: &Value) -> Vec<&'static str> {
    match (was, now) {
        (Value::Date(was), Value::Date(now)) => date_step(was, now),
        (Value::Amount(a), Value::Amount(b)) => {
            let mut notes = quantity_step(a.quantity(), b.quantity());
            if a.currency().zip(b.currency()).is_some_and(|(a, b)| a != b) {
                notes.push("another currency");
            }
            notes
        }
        (Value::Count(a), Value::Count(b)) => quantity_step(a.quantity(), b.quantity()),
        _ => Vec::new(),
    }
}

fn date_step(was: &Date, now: &Date) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if now.is_unknown() != was.is_unknown() {
        // The words say it.
    } else if was.narrower_within(now) {
        notes.push("less precise");
    } else if now.narrower_within(was) {
        notes.push("more precise");
    } else if was.compare(now) == Agreement::Conflict {
        notes.push("no day in common");
    }
    match (was.is_uncertain(), now.is_uncertain()) {
        (false, true) => notes.push("uncertain now"),
        (true, false) => notes.push("no longer uncertain"),
        _ => {}
    }
    match (was.is_approximate(), now.is_approximate()) {
        (false, true) => notes.push("approximate now"),
        (true, false) => notes.push("no longer approximate"),
        _ => {}
    }
    notes
}

fn quantity_step(was: &Quantity, now: &Quantity) -> Vec<&'static str> {
    let is_exact = |quantity: &Quantity| quantity.min().is_some() && quantity.min() == quantity.max();
    match (is_exact(was), is_exact(now)) {
        // The word says it.
        _ if was.is_unknown() || now.is_unknown() => Vec::new(),
        (true, false) => vec!["no longer exact"],
        (false, true) => vec!["exact now"],
        _ => Vec::new(),
    }
}

/// Who says so and how it reached us.
pub(super) fn attribution(site: &Site, claim: &Claim) -> String {
    let hop = |id: &Id| {
        let called = site.called(id);
        Hop { name: Piece::text(called.name), by_publisher: called.by_publisher, seen: called.seen }
    };
    let chain = Chain {
        kind: claim.kind,
        by: claim.by.as_ref().map(|id| Piece::text(site.entity_name(id))),
        said: claim.said.as_ref().map(|said| date::words(said, &ENGLISH)),
        via: claim.via.iter().map(hop).collect(),
        read: hop(&claim.citation.source),
        locator: claim.citation.locator.clone(),
        quote: None,
    };
    plain(&sentence(&chain, &ENGLISH.terms))
}

/// A source and the place in it: "Reuters", paragraph 5.
pub(super) fn citation(site: &Site, citation: &Citation) -> String {
    let name = source(site, &citation.source);
    match &citation.locator {
        Some(locator) => format!("{name}, {}", ENGLISH.terms.locator(locator)),
        None => name,
    }
}

/// A source by its title, in quotation marks; its id where there is none.
pub(super) fn source(site: &Site, id: &Id) -> String {
    site.source(id).map_or_else(|| id.to_string(), |entry| ENGLISH.terms.quote(&entry.source.title))
}

/// An incident by its title, in quotation marks; its id where there is none.
pub(super) fn incident(site: &Site, id: &Id) -> String {
    let entry = site.incident(id).and_then(|number| site.incidents.get(number));
    entry.map_or_else(|| id.to_string(), |entry| ENGLISH.terms.quote(&entry.incident.title))
}

/// "3 claims", "1 claim".
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
