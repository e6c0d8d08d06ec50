//! `site.yaml` in two states.

use super::change::{Change, Code};
use crate::config::{Config, Data, Limits, Timeline};
use crate::diagnostic::{Code as Lint, Level};
use std::collections::BTreeMap;

/// What changed in the settings, by their names in `site.yaml`.
pub(super) fn changes(before: &Config, after: &Config) -> Vec<Change> {
    let (old, new) = (rows(before), rows(after));
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let mut changes: Vec<Change> = names
        .into_iter()
        .filter_map(|name| {
            // A level that is not set is the code's own.
            let usual = || Some(Lint::named(name.strip_prefix("lints.")?)?.level().name().to_owned());
            let side = |rows: &BTreeMap<String, String>| rows.get(name).cloned().or_else(usual);
            let change = Change::between(name, side(&old), side(&new))?;
            Some(Change { code: Code::SettingChanged, ..change })
        })
        .collect();
    let order = |config: &Config| config.kinds.iter().map(|(kind, _)| kind.to_string()).collect::<Vec<_>>();
    let sorted = |config: &Config| {
        let mut kinds = order(config);
        kinds.sort();
        kinds
    };
    if order(before) != order(after) && sorted(before) == sorted(after) {
        let mut change = Change::of_field(
            Code::SettingChanged,
            "kinds",
            Some(order(before).join(", ")),
            Some(order(after).join(", ")),
        );
        change.notes.push("the order of the lanes".to_owned());
        changes.push(change);
    }
    changes
}

fn rows(config: &Config) -> BTreeMap<String, String> {
    let Config {
        title,
        description,
        base_url,
        repository,
        branch,
        language,
        licence,
        kinds,
        roles,
        currencies,
        labels,
        extra,
        lints,
        timeline: Timeline { inline, page },
        data: Data { per_record, embeds },
        cards,
        limits: Limits { file, body, depth },
        threat_actor_kinds,
    } = config;
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    let mut row = |name: String, value: String| _ = rows.insert(name, value);
    row("title".to_owned(), title.clone());
    row("language".to_owned(), language.clone());
    row("branch".to_owned(), branch.clone());
    let texts =
        [("description", description), ("base_url", base_url), ("repository", repository), ("licence", licence)];
    for (name, text) in texts {
        if let Some(text) = text {
            row(name.to_owned(), text.clone());
        }
    }
    kinds.iter().for_each(|(kind, label)| row(format!("kinds.{kind}"), label.clone()));
    roles.iter().for_each(|(role, words)| row(format!("roles.{role}"), words.clone()));
    for code in currencies.declared() {
        row(format!("currencies.{code}"), currencies.name(code).unwrap_or_default().to_owned());
    }
    labels.iter().for_each(|(label, kind)| row(format!("labels.{label}"), kind.word().to_owned()));
    extra.iter().for_each(|(name, kind)| row(format!("extra.{name}"), kind.word().to_owned()));
    for (code, level) in lints {
        row(format!("lints.{}", code.name()), level.map_or("off", Level::name).to_owned());
    }
    row("timeline.inline".to_owned(), inline.to_string());
    row("timeline.page".to_owned(), page.to_string());
    row("data.per_record".to_owned(), per_record.to_string());
    row("data.embeds".to_owned(), embeds.to_string());
    if let Some(cards) = cards {
        row("cards".to_owned(), cards.to_string());
    }
    row("limits.file".to_owned(), file.to_string());
    row("limits.body".to_owned(), body.to_string());
    row("limits.depth".to_owned(), depth.to_string());
    if !threat_actor_kinds.is_empty() {
        let kinds: Vec<&str> = threat_actor_kinds.iter().map(|kind| kind.as_str()).collect();
        row("stix.threat_actor_kinds".to_owned(), kinds.join(", "));
    }
    rows
}
