//! Values that are lists: what came and what is gone.

use super::change::{Change, Code};
use super::pairs::Renames;
use super::words;
use crate::model::Value;
use crate::resolve::Site;
use std::collections::{BTreeMap, HashSet};

/// Values that are lists, or several.
pub(super) fn lists(
    name: &str,
    before: (&Site, &[Value]),
    after: (&Site, &[Value]),
    renames: &Renames,
) -> Option<Change> {
    let items = |site: &Site, values: &[Value]| -> Vec<(String, String)> {
        let single = |value: Value| (format!("{:?}", renames.value(&value)), words::value(site, &value));
        let all = values.iter().flat_map(|value| match value {
            Value::Entities(ids) => ids.iter().map(|id| Value::Entities(vec![id.clone()])).collect(),
            Value::Places(ids) => ids.iter().map(|id| Value::Places(vec![id.clone()])).collect(),
            other => vec![other.clone()],
        });
        all.map(single).collect()
    };
    let (was, now) = (items(before.0, before.1), items(after.0, after.1));
    if was.is_empty() || now.is_empty() {
        let joined = |items: &[(String, String)]| {
            (!items.is_empty()).then(|| items.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", "))
        };
        return Change::between(name, joined(&was), joined(&now));
    }
    let less = |one: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        let known: HashSet<&str> = other.iter().map(|(key, _)| key.as_str()).collect();
        one.iter().filter(|(key, _)| !known.contains(key.as_str())).map(|(_, words)| words.clone()).collect()
    };
    came_and_gone(name, &less(&now, &was), &less(&was, &now))
}

/// A list of texts of which some came and some are gone.
pub(super) fn list(name: &str, was: &[String], now: &[String]) -> Option<Change> {
    let less = |one: &[String], other: &[String]| -> Vec<String> {
        let known: HashSet<&String> = other.iter().collect();
        one.iter().filter(|text| !known.contains(text)).cloned().collect()
    };
    came_and_gone(name, &less(now, was), &less(was, now))
}

fn came_and_gone(name: &str, came: &[String], gone: &[String]) -> Option<Change> {
    let said = |words: &str, items: &[String]| (!items.is_empty()).then(|| format!("{words} {}", items.join(", ")));
    let notes: Vec<String> = said("added", came).into_iter().chain(said("removed", gone)).collect();
    if notes.is_empty() {
        return None;
    }
    let code = match (came.is_empty(), gone.is_empty()) {
        (false, true) => Code::ValueAdded,
        (true, false) => Code::ValueRemoved,
        _ => Code::ValueChanged,
    };
    let mut change = Change::new(code, name);
    change.field = Some(name.to_owned());
    change.notes = notes;
    Some(change)
}

/// Values with names of the site's own.
pub(super) fn named(was: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Change> {
    let mut names: Vec<&String> = was.keys().chain(now.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter_map(|name| Change::between(name, was.get(name).cloned(), now.get(name).cloned())).collect()
}
