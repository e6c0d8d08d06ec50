//! Numbers about the whole site, as published.

use super::change::{Change, Code};
use super::words::counted;
use crate::model::Id;
use crate::phrase::{ENGLISH, amount};
use crate::resolve::Site;
use crate::totals::{Total, totals};
use std::collections::BTreeMap;

/// How many there are of what, on both sides: those that differ.
pub(super) fn counts(before: &Site, after: &Site) -> Vec<(&'static str, usize, usize)> {
    let of = |site: &Site| {
        [
            ("incidents", site.incidents.len()),
            ("claims", site.incidents.iter().map(|entry| entry.incident.claims.len()).sum()),
            ("disputed fields", site.incidents.iter().map(|entry| entry.disputed_count()).sum()),
            ("sources", site.sources.iter().filter(|entry| entry.published).count()),
            ("entities", site.entities.iter().filter(|entry| entry.published).count()),
            ("places", site.places.iter().filter(|entry| entry.published).count()),
        ]
    };
    let both = of(before).into_iter().zip(of(after));
    both.filter(|(a, b)| a != b).map(|((what, was), (_, now))| (what, was, now)).collect()
}

/// Totals whose bounds differ. A total has at least two figures.
pub(super) fn changes(before: &Site, after: &Site) -> Vec<Change> {
    let (old, new) = (said(before), said(after));
    let mut names: Vec<&String> = new.keys().chain(old.keys()).collect();
    names.sort();
    names.dedup();
    let differing = names.into_iter().filter_map(|name| {
        let (was, now) = (old.get(name), new.get(name));
        if was.map(|(_, words)| words) == now.map(|(_, words)| words) {
            return None;
        }
        let words = |side: Option<&(usize, String)>| side.map(|(_, words)| words.clone());
        let mut change = Change::new(Code::TotalChanged, format!("total of {name}"));
        (change.was, change.now) = (words(was), words(now));
        let figures = now.map(|(figures, _)| format!("of {}", counted(*figures, "figure", "figures")));
        change.notes.extend(figures);
        Some(change)
    });
    differing.collect()
}

fn said(site: &Site) -> BTreeMap<String, (usize, String)> {
    let kinds: Vec<&Id> = site.config.kinds.iter().map(|(kind, _)| kind).collect();
    let several = totals(site, &kinds).into_iter().filter(|total| total.counted.len() > 1);
    several.map(|total| (name(site, &total), (total.counted.len(), range(&total)))).collect()
}

fn name(site: &Site, total: &Total) -> String {
    let kind = total.kind.as_ref().map(|kind| site.config.kind_label(kind.as_str()));
    format!("{}, in {}", kind.as_deref().unwrap_or("records without a kind"), total.currency)
}

fn range(total: &Total) -> String {
    amount::range(total.sum.least, total.sum.most, &total.currency, &ENGLISH)
}
