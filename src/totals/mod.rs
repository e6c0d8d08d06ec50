//! Totals of amounts: one for each kind of incident and currency, as far as one can honestly be given.
//!
//! Money that was stolen and money that was spent are not added, nor are two currencies. Numbers of things are not added
//! at all: the same thing may be in two of them.
//!
//! In: a site. Out: [`Total`]s, with what was left out and why.
//! Must never be here: words; a number between the bounds.

mod sum;
mod within;

pub use sum::{Limit, Sum};
pub use within::Bond;

use crate::model::amount::Amount;
use crate::model::vocabulary::{ClaimKind, Rank, RelationKind, Status};
use crate::model::{Field, Id, Value};
use crate::resolve::fields::shown_values;
use crate::resolve::{IncidentEntry, Shown, Site};
use std::collections::{BTreeMap, BTreeSet};
use sum::{Item, sum};
use within::within;

/// The amounts of one kind in one currency together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The kind; nothing = records without one.
    pub kind: Option<Id>,
    /// The currency's code.
    pub currency: String,
    /// The incidents whose amounts are counted, in the order of the timeline.
    pub counted: Vec<usize>,
    /// Incidents whose amounts are not, or only in the upper bound, and why.
    pub remarks: Vec<(usize, Remark)>,
    /// The bounds.
    pub sum: Sum,
}

/// Why a figure is not in a total, or in its upper bound alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It is in another that is counted: that one's incident.
    Within(usize, Bond),
    /// It names a number without a bound.
    NoBound,
    /// Nobody knows it.
    Unknown,
    /// The claim that is shown says that it was not so.
    Denial,
    /// Withdrawn.
    Retracted,
    /// It has no lower bound.
    NoLeast,
    /// Its time meets that of others that are in the lower bound.
    Overlaps,
}

impl Remark {
    /// Whether the figure is in no bound at all.
    pub fn is_left_out(self) -> bool {
        !matches!(self, Self::NoLeast | Self::Overlaps)
    }
}

impl Total {
    /// How many figures there are of this kind and currency.
    pub fn figures(&self) -> usize {
        self.counted.len() + self.remarks.iter().filter(|(_, remark)| remark.is_left_out()).count()
    }
}

/// The kind's place among the kinds, the kind, the currency.
type Group<'a> = (usize, Option<&'a Id>, &'a str);

/// The totals of a site, the kinds in the order of `kinds`, those without a kind last.
pub fn totals(site: &Site, kinds: &[&Id]) -> Vec<Total> {
    let mut groups: BTreeMap<Group<'_>, Vec<(usize, &Amount)>> = BTreeMap::new();
    let mut unknown: BTreeMap<Option<&Id>, Vec<usize>> = BTreeMap::new();
    let place: BTreeMap<&Id, usize> = kinds.iter().enumerate().map(|(at, kind)| (*kind, at)).collect();
    for (number, entry) in site.incidents.iter().enumerate() {
        let Some(amount) = amount(entry) else { continue };
        let kind = entry.incident.kind.as_ref();
        // An amount that nobody knows has no currency.
        let Some(currency) = amount.currency() else {
            unknown.entry(kind).or_default().push(number);
            continue;
        };
        let at = kind.and_then(|kind| place.get(kind)).copied().unwrap_or(usize::MAX);
        groups.entry((at, kind, currency)).or_default().push((number, amount));
    }
    let bonds = bonds(site);
    let totals = groups.into_iter().map(|((_, kind, currency), figures)| {
        let unknown = unknown.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let (counted, remarks, sum) = total(site, &figures, unknown, &bonds);
        Total { kind: kind.cloned(), currency: currency.to_owned(), counted, remarks, sum }
    });
    totals.collect()
}

/// The amount of an incident that is shown.
fn amount(entry: &IncidentEntry) -> Option<&Amount> {
    let state = entry.field(&Field::Amount)?;
    match shown_values(&entry.incident, state).first() {
        Some(Value::Amount(amount)) => Some(amount),
        _ => None,
    }
}

/// What of each incident's relations says that its amount is in another.
fn bonds(site: &Site) -> Vec<Vec<(usize, Bond)>> {
    let mut bonds = vec![Vec::new(); site.incidents.len()];
    let mut add = |from: usize, to: usize, bond: Bond| {
        if let Some(list) = bonds.get_mut(from) {
            list.push((to, bond));
        }
    };
    for (from, entry) in site.incidents.iter().enumerate() {
        for relation in entry.incident.relations.iter().filter(|relation| relation.rank != Rank::Deprecated) {
            let Some(to) = site.incident(&relation.to) else { continue };
            match relation.kind {
                RelationKind::PartOf => add(from, to, Bond::Part),
                RelationKind::EstimateOf => add(from, to, Bond::Estimate),
                RelationKind::SameAs => {
                    add(from, to, Bond::Same);
                    add(to, from, Bond::Same);
                }
                _ => {}
            }
        }
    }
    bonds
}

type Counted = (Vec<usize>, Vec<(usize, Remark)>, Sum);

fn total(site: &Site, figures: &[(usize, &Amount)], unknown: &[usize], bonds: &[Vec<(usize, Bond)>]) -> Counted {
    let mut remarks: BTreeMap<usize, Remark> = unknown.iter().map(|number| (*number, Remark::Unknown)).collect();
    let mut candidates: BTreeSet<usize> = BTreeSet::new();
    for (number, amount) in figures {
        match site.incidents.get(*number).and_then(|entry| excluded(entry, amount)) {
            Some(remark) => remarks.extend([(*number, remark)]),
            None => candidates.extend([*number]),
        }
    }
    remarks.extend(contained(&candidates, bonds).map(|(number, other, bond)| (number, Remark::Within(other, bond))));
    let mut counted: Vec<usize> = Vec::new();
    let mut items = Vec::new();
    for (number, amount) in figures.iter().filter(|(number, _)| !remarks.contains_key(number)) {
        let Some(entry) = site.incidents.get(*number) else { continue };
        counted.push(*number);
        items.push(Item::new(amount.quantity(), entry.date.earliest(), entry.date.latest()));
    }
    let sum = sum(&items);
    let no_least = counted.iter().zip(&items).filter(|(_, item)| item.least.is_none());
    remarks.extend(no_least.map(|(number, _)| (*number, Remark::NoLeast)));
    let overlapping = sum.overlapping.iter().filter_map(|at| counted.get(*at));
    remarks.extend(overlapping.map(|number| (*number, Remark::Overlaps)));
    (counted, remarks.into_iter().collect(), sum)
}

/// Which of the candidates are in another of them, and how.
fn contained(
    candidates: &BTreeSet<usize>,
    bonds: &[Vec<(usize, Bond)>],
) -> impl Iterator<Item = (usize, usize, Bond)> + use<> {
    // All that they lead to, in the order of the timeline, and the bonds among those.
    let mut reached: BTreeSet<usize> = candidates.clone();
    let mut next: Vec<usize> = candidates.iter().copied().collect();
    while let Some(number) = next.pop() {
        for (to, _) in bonds.get(number).into_iter().flatten() {
            if reached.insert(*to) {
                next.push(*to);
            }
        }
    }
    let reached: Vec<usize> = reached.into_iter().collect();
    let counts: Vec<bool> = reached.iter().map(|number| candidates.contains(number)).collect();
    let mut local = Vec::new();
    for (from, number) in reached.iter().enumerate() {
        let out = bonds.get(*number).into_iter().flatten();
        local.extend(out.filter_map(|(to, bond)| Some((from, reached.binary_search(to).ok()?, *bond))));
    }
    let holders = within(&counts, &local).into_iter().enumerate();
    holders.filter_map(move |(at, holder)| {
        let (other, bond) = holder?;
        Some((*reached.get(at)?, *reached.get(other)?, bond))
    })
}

/// Why an amount cannot be counted whatever stands beside it.
fn excluded(entry: &IncidentEntry, amount: &Amount) -> Option<Remark> {
    let status = entry.status();
    let kind = entry.field(&Field::Amount).and_then(|state| match state.shown {
        Shown::Chosen(claim) => entry.incident.claims.get(claim)?.kind,
        _ => None,
    });
    let quantity = amount.quantity();
    match (status, kind) {
        (Some(Status::Retracted), _) => Some(Remark::Retracted),
        (_, Some(ClaimKind::Denial)) => Some(Remark::Denial),
        _ if quantity.min().is_none() && quantity.max().is_none() => Some(Remark::NoBound),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::RecordKind;
    use crate::source_text::File;
    use std::sync::Arc;

    /// The totals of incidents, each with its id and its fields on one line.
    fn totals_of(incidents: &[(&str, &str)]) -> (Site, Vec<Total>) {
        let config = Arc::new(Config::default());
        let files = incidents.iter().map(|(id, fields)| {
            let text = format!("---\ntitle: {id}\nsources: [s#1]\n{}\n---\n", fields.replace("; ", "\n"));
            File::new(&format!("content/incidents/{id}.md"), text.as_bytes())
        });
        let source = File::new("content/sources/s.yaml", "title: S\n".as_bytes());
        let records = files.chain([source]).map(|file| {
            let kind = RecordKind::of(&file.id).unwrap();
            let parsed = crate::parse::record(kind, &file, &config);
            assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
            parsed.record
        });
        let (site, _) = crate::resolve::site(&records.collect::<Vec<_>>(), &config);
        let totals = totals(&site, &[]);
        (site, totals)
    }

    #[track_caller]
    fn check(incidents: &[(&str, &str)], counted: &[&str], remarks: &[(&str, &str)]) {
        let (site, totals) = totals_of(incidents);
        let id = |number: usize| site.incidents.get(number).unwrap().incident.id.to_string();
        let [total] = totals.as_slice() else { panic!("{totals:?}") };
        assert_eq!(total.counted.iter().map(|number| id(*number)).collect::<Vec<_>>(), counted);
        let said = total.remarks.iter().map(|(number, remark)| {
            let words = match remark {
                Remark::Within(other, bond) => format!("{bond:?} {}", id(*other)),
                other => format!("{other:?}"),
            };
            (id(*number), words)
        });
        let expect: Vec<_> = remarks.iter().map(|(id, words)| ((*id).to_owned(), (*words).to_owned())).collect();
        assert_eq!(said.collect::<Vec<_>>(), expect);
    }

    #[test]
    fn what_is_left_out() {
        check(
            &[
                ("a", "date: 2001; amount: USD 5M; relations: [{part-of: e, in: s#1}]"),
                ("b", "date: 2002; amount: about USD 5M"),
                ("c", "date: 2003; amount: USD 7M; status: retracted"),
                ("d", "date: 2004; amount: unknown"),
                ("e", "date: 2005; amount: USD 9M"),
                ("f", "date: 2006; amount: USD 9M; relations: [{same-as: e, in: s#1}]"),
                ("g", "date: 2007; amount: USD 1M; claims: [{about: amount, is: USD 1M, in: s#1, kind: denial}]"),
                ("h", "date: 2008; amount: USD 2M; relations: [{estimate-of: e, in: s#1}]"),
                ("i", "date: 2009; amount: almost USD 3M"),
            ],
            &["e", "i"],
            &[
                ("a", "Part e"),
                ("b", "NoBound"),
                ("c", "Retracted"),
                ("d", "Unknown"),
                ("f", "Same e"),
                ("g", "Denial"),
                ("h", "Estimate e"),
                ("i", "NoLeast"),
            ],
        );
    }

    #[test]
    fn a_relation_that_is_not_believed_leaves_nothing_out() {
        let relation = "relations: [{part-of: b, in: s#1, rank: deprecated, why: because}]";
        let a = format!("date: 2020/2021; amount: over USD 50M; {relation}");
        check(&[("a", &a), ("b", "date: 2021; amount: USD 400M")], &["a", "b"], &[("a", "Overlaps")]);
    }

    #[test]
    fn a_part_of_what_is_not_counted_is_counted() {
        let part = "date: 2001; amount: USD 5M; relations: [{part-of: b, in: s#1}]";
        check(&[("a", part), ("b", "date: 2002; amount: about USD 9M")], &["a"], &[("b", "NoBound")]);
    }

    #[test]
    fn kinds_and_currencies_stay_apart() {
        let (_, totals) = totals_of(&[
            ("a", "date: 2001; kind: theft; amount: USD 5M"),
            ("b", "date: 2002; kind: spending; amount: USD 5M"),
            ("c", "date: 2003; kind: theft; amount: EUR 5M"),
            ("d", "date: 2004; amount: USD 5M"),
        ]);
        assert_eq!(totals.len(), 4);
        assert!(totals.iter().all(|total| total.figures() == 1));
    }
}
