//! Records of any kind in two states.

use super::Side;
use super::change::{Change, Code};
use super::cited::aliases;
use super::incident;
use super::lists::{list, named};
use super::pairs::Renames;
use super::prose;
use super::words;
use crate::model::{Date, Entity, Id, Page, Place, RecordKind, Source, Value};
use crate::phrase::{ENGLISH, date};
use crate::resolve::Site;
use std::collections::BTreeMap;

/// A side, and the number of a record among those of its kind.
type One<'a> = (&'a Side<'a>, usize);

/// Whether the record is a draft.
pub(super) fn is_draft(side: &Side<'_>, kind: RecordKind, number: usize) -> bool {
    let site = side.site;
    let found = match kind {
        RecordKind::Incident => site.incidents.get(number).map(|entry| entry.incident.draft),
        RecordKind::Source => site.sources.get(number).map(|entry| entry.source.draft),
        RecordKind::Entity => site.entities.get(number).map(|entry| entry.entity.draft),
        RecordKind::Place => site.places.get(number).map(|entry| entry.place.draft),
        RecordKind::Page => site.pages.get(number).map(|page| page.draft),
    };
    found.unwrap_or_default()
}

/// What changed about a record that is on both sides.
pub(super) fn changes(
    kind: RecordKind,
    before: One<'_>,
    after: One<'_>,
    renames: &Renames,
    renamed_from: Option<&Id>,
) -> Vec<Change> {
    let (old, new) = (before.0.site, after.0.site);
    let found = match kind {
        RecordKind::Incident => both(old.incidents.get(before.1), new.incidents.get(after.1))
            .map(|(a, b)| incident::changes((before.0, a), (after.0, b), renames, renamed_from)),
        RecordKind::Source => both(old.sources.get(before.1), new.sources.get(after.1))
            .map(|(a, b)| source((old, &a.source), (new, &b.source), renames, renamed_from)),
        RecordKind::Entity => both(old.entities.get(before.1), new.entities.get(after.1))
            .map(|(a, b)| entity((old, &a.entity), (new, &b.entity), renames, renamed_from)),
        RecordKind::Place => both(old.places.get(before.1), new.places.get(after.1))
            .map(|(a, b)| place((old, &a.place), (new, &b.place), renames, renamed_from)),
        RecordKind::Page => both(old.pages.get(before.1), new.pages.get(after.1))
            .map(|(a, b)| page((before.0, a), (after.0, b), renamed_from)),
    };
    found.unwrap_or_default()
}

/// What a new record says.
pub(super) fn contents(kind: RecordKind, side: &Side<'_>, number: usize) -> Vec<Change> {
    let site = side.site;
    let given = |name: &str, value: Option<String>| {
        value.map(|value| Change::of_field(Code::ValueAdded, name, None, Some(value)))
    };
    match kind {
        RecordKind::Incident => {
            site.incidents.get(number).map(|entry| incident::contents(side, entry)).unwrap_or_default()
        }
        RecordKind::Source => {
            let Some(entry) = site.sources.get(number) else { return Vec::new() };
            let source = &entry.source;
            let seen = (!source.seen).then(|| "no: known from others alone".to_owned());
            let all = [
                given("publisher", site.publisher_name(source.publisher.as_ref())),
                given("kind", source.kind.map(|kind| kind.word().to_owned())),
                given("published", source.published.as_ref().map(|date| date::words(date, &ENGLISH))),
                given("url", source.url.clone()),
                given("seen", seen),
            ];
            all.into_iter().flatten().collect()
        }
        RecordKind::Entity => {
            let kind = site.entities.get(number).and_then(|entry| entry.entity.kind);
            given("kind", kind.map(|kind| kind.word().to_owned())).into_iter().collect()
        }
        RecordKind::Place => {
            let kind = site.places.get(number).and_then(|entry| entry.place.kind);
            given("kind", kind.map(|kind| kind.word().to_owned())).into_iter().collect()
        }
        RecordKind::Page => Vec::new(),
    }
}

fn both<T>(a: Option<T>, b: Option<T>) -> Option<(T, T)> {
    a.zip(b)
}

fn source(before: (&Site, &Source), after: (&Site, &Source), renames: &Renames, from: Option<&Id>) -> Vec<Change> {
    let (a, b) = (before.1, after.1);
    let mut changes = Vec::new();
    changes.extend(text("title", Some(&a.title), Some(&b.title)));
    changes.extend(Change::between(
        "publisher",
        before.0.publisher_name(a.publisher.as_ref()),
        after.0.publisher_name(b.publisher.as_ref()),
    ));
    changes.extend(list("authors", &a.authors, &b.authors));
    changes.extend(word("kind", a.kind.map(|kind| kind.word()), b.kind.map(|kind| kind.word())));
    changes.extend(day("published", (before.0, a.published.as_ref()), (after.0, b.published.as_ref())));
    changes.extend(word("basis", a.basis.map(|basis| basis.word()), b.basis.map(|basis| basis.word())));
    changes.extend(text("url", a.url.as_ref(), b.url.as_ref()));
    let copies = |source: &Source| -> Vec<String> { source.archive.iter().map(|copy| copy.url.clone()).collect() };
    changes.extend(list("archive", &copies(a), &copies(b)));
    changes.extend(text("sha256", a.sha256.as_ref(), b.sha256.as_ref()));
    changes.extend(text("language", a.language.as_ref(), b.language.as_ref()));
    let seen = |source: &Source| Some(if source.seen { "seen by the editors" } else { "known from others alone" });
    changes.extend(word("seen", seen(a), seen(b)));
    changes.extend(word("reliability", a.reliability.map(|r| r.word()), b.reliability.map(|r| r.word())));
    if renames.ids(RecordKind::Source, &a.cites) != renames.ids(RecordKind::Source, &b.cites) {
        let titles = |site: &Site, source: &Source| -> Vec<String> {
            source.cites.iter().map(|id| words::source(site, id)).collect()
        };
        changes.extend(list("cites", &titles(before.0, a), &titles(after.0, b)));
    }
    changes.extend(text("note", a.note.as_ref(), b.note.as_ref()));
    changes.extend(aliases(&a.aliases, &b.aliases, from));
    changes
}

fn entity(before: (&Site, &Entity), after: (&Site, &Entity), renames: &Renames, from: Option<&Id>) -> Vec<Change> {
    let (a, b) = (before.1, after.1);
    let mut changes = Vec::new();
    changes.extend(text("name", Some(&a.name), Some(&b.name)));
    changes.extend(word("kind", a.kind.map(|kind| kind.word()), b.kind.map(|kind| kind.word())));
    changes.extend(list("aka", &a.aka, &b.aka));
    let whole = |id: &Option<Id>| id.as_ref().map(|id| renames.id(RecordKind::Entity, id));
    if whole(&a.part_of) != whole(&b.part_of) {
        let name = |site: &Site, id: &Option<Id>| id.as_ref().map(|id| site.entity_name(id));
        changes.extend(Change::between("part_of", name(before.0, &a.part_of), name(after.0, &b.part_of)));
    }
    let ids = |entity: &Entity| -> BTreeMap<String, String> {
        entity.ids.iter().map(|(name, id)| (format!("ids.{name}"), id.clone())).collect()
    };
    changes.extend(named(&ids(a), &ids(b)));
    changes.extend(text("note", a.note.as_ref(), b.note.as_ref()));
    changes.extend(aliases(&a.aliases, &b.aliases, from));
    changes
}

fn place(before: (&Site, &Place), after: (&Site, &Place), renames: &Renames, from: Option<&Id>) -> Vec<Change> {
    let (a, b) = (before.1, after.1);
    let mut changes = Vec::new();
    changes.extend(text("name", Some(&a.name), Some(&b.name)));
    changes.extend(word("kind", a.kind.map(|kind| kind.word()), b.kind.map(|kind| kind.word())));
    changes.extend(text("lat", a.lat.as_ref(), b.lat.as_ref()));
    changes.extend(text("lon", a.lon.as_ref(), b.lon.as_ref()));
    let whole = |id: &Option<Id>| id.as_ref().map(|id| renames.id(RecordKind::Place, id));
    if whole(&a.within) != whole(&b.within) {
        let name = |site: &Site, id: &Option<Id>| id.as_ref().map(|id| site.place_name(id));
        changes.extend(Change::between("within", name(before.0, &a.within), name(after.0, &b.within)));
    }
    changes.extend(aliases(&a.aliases, &b.aliases, from));
    changes
}

fn page(before: (&Side<'_>, &Page), after: (&Side<'_>, &Page), from: Option<&Id>) -> Vec<Change> {
    let (a, b) = (before.1, after.1);
    let mut changes = Vec::new();
    changes.extend(text("title", Some(&a.title), Some(&b.title)));
    changes.extend(text("description", a.description.as_ref(), b.description.as_ref()));
    let order = |page: &Page| page.order.map(|order| order.to_string());
    changes.extend(Change::between("order", order(a), order(b)));
    changes.extend(aliases(&a.aliases, &b.aliases, from));
    changes.extend(prose::change(before.0.text(&a.file), after.0.text(&b.file)));
    changes
}

fn text(name: &str, was: Option<&String>, now: Option<&String>) -> Option<Change> {
    Change::between(name, was.cloned(), now.cloned())
}

fn word(name: &str, was: Option<&str>, now: Option<&str>) -> Option<Change> {
    Change::between(name, was.map(str::to_owned), now.map(str::to_owned))
}

fn day(name: &str, before: (&Site, Option<&Date>), after: (&Site, Option<&Date>)) -> Option<Change> {
    let value = |date: &Date| Value::Date(date.clone());
    match (before.1, after.1) {
        (Some(was), Some(now)) if words::is_same_date(was, now) => None,
        (Some(was), Some(now)) => {
            let (then, after) = words::pair((before.0, &value(was)), (after.0, &value(now)));
            let mut change = Change::of_field(Code::ValueChanged, name, Some(then), Some(after));
            change.notes.extend(words::step(&value(was), &value(now)).into_iter().map(str::to_owned));
            Some(change)
        }
        (was, now) => {
            let words = |date: Option<&Date>| date.map(|date| date::words(date, &ENGLISH));
            Change::between(name, words(was), words(now))
        }
    }
}
