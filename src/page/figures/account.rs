//! Totals as a reader sees them: bounds in words, and what was left out and why.

use super::super::{World, incident, incident_link};
use crate::model::{Field, Value};
use crate::phrase::amount::range;
use crate::phrase::pattern::fill;
use crate::phrase::piece::{self, Piece};
use crate::resolve::fields::shown_values;
use crate::totals::{Bond, Remark, Total};
use serde::Serialize;

/// All totals of the site.
#[derive(Debug, Serialize)]
pub(super) struct Account {
    totals: Vec<TotalView>,
    /// Kinds and currencies with a single figure.
    single: Option<String>,
    /// How many totals are not shown.
    more: Option<String>,
}

#[derive(Debug, Serialize)]
struct TotalView {
    /// "Theft, in USD".
    of: String,
    /// The bounds, or why there are none.
    words: String,
    /// Whether `words` are bounds.
    is_total: bool,
    counted: String,
    left_out: String,
    /// What is not in it, or in its upper bound alone.
    rows: Vec<Vec<Piece>>,
    more: Option<String>,
}

/// More totals than this are for a data file.
const MOST_TOTALS: usize = 40;
/// More than this of one total stand in the table alone.
const MOST_ROWS: usize = 8;

/// The totals of the site; nothing when no record gives an amount.
pub(super) fn account(world: &World, root: &str) -> Option<Account> {
    let words = &world.terms.figures;
    let (single, several): (Vec<&Total>, Vec<&Total>) =
        world.facets.totals.iter().partition(|total| total.figures() < 2);
    if single.is_empty() && several.is_empty() {
        return None;
    }
    let more = several.len().saturating_sub(MOST_TOTALS) + single.len().saturating_sub(MOST_TOTALS);
    let names: Vec<String> = single.iter().take(MOST_TOTALS).map(|total| name(world, total)).collect();
    Some(Account {
        totals: several.iter().take(MOST_TOTALS).map(|total| view(world, root, total)).collect(),
        single: (!names.is_empty())
            .then(|| fill(words.total_single, &[("totals", &names.join(world.terms.value_separator))])),
        more: (more > 0).then(|| words.totals_more.words(more)),
    })
}

/// What the total says of the amount of one incident; nothing when it is counted like any other, or there is no total.
pub(super) fn remark(world: &World, root: &str, number: usize) -> Option<Vec<Piece>> {
    let entry = world.site.incidents.get(number)?;
    let state = entry.field(&Field::Amount)?;
    let Some(Value::Amount(amount)) = shown_values(&entry.incident, state).first().copied() else { return None };
    let is_of = |total: &&Total| {
        total.kind.as_ref() == entry.incident.kind.as_ref() && Some(total.currency.as_str()) == amount.currency()
    };
    let total = world.facets.totals.iter().find(is_of).filter(|total| total.figures() > 1)?;
    let at = total.remarks.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    let (_, remark) = total.remarks.get(at)?;
    Some(piece::fill(world.terms.figures.row_total, &[("reason", &reason(world, root, *remark))]))
}

fn name(world: &World, total: &Total) -> String {
    let words = &world.terms.figures;
    let kind = total.kind.as_ref().map(|kind| world.site.config.kind_label(kind.as_str()));
    let kind = kind.as_deref().unwrap_or(words.total_without_kind);
    fill(words.total_of, &[("kind", kind), ("currency", &total.currency)])
}

fn view(world: &World, root: &str, total: &Total) -> TotalView {
    let words = &world.terms.figures;
    let left_out = total.remarks.iter().filter(|(_, remark)| remark.is_left_out()).count();
    let rows = total.remarks.iter().take(MOST_ROWS).filter_map(|(number, remark)| row(world, root, *number, *remark));
    let more = total.remarks.len().saturating_sub(MOST_ROWS);
    let is_total = total.counted.len() > 1;
    TotalView {
        of: name(world, total),
        words: match total.counted.len() {
            0 => words.total_no_bound.to_owned(),
            1 => words.total_one_bound.to_owned(),
            _ => range(total.sum.least, total.sum.most, &total.currency, world.lexicon),
        },
        is_total,
        counted: words.total_counted.words(total.counted.len()),
        left_out: match left_out {
            0 => words.total_none_left_out.to_owned(),
            many => words.total_left_out.words(many),
        },
        rows: rows.collect(),
        more: (more > 0).then(|| words.total_rows_more.words(more)),
    }
}

fn row(world: &World, root: &str, number: usize, remark: Remark) -> Option<Vec<Piece>> {
    let entry = world.site.incidents.get(number)?;
    let link = incident_link(root, entry);
    let figure = [Piece::link(link.text, link.url.map(|url| format!("{url}#s-field-amount")))];
    let state = entry.field(&Field::Amount)?;
    let value = incident::shown_pieces(world, root, entry, state);
    let reason = reason(world, root, remark);
    Some(piece::fill(world.terms.figures.total_row, &[("figure", &figure), ("value", &value), ("reason", &reason)]))
}

fn reason(world: &World, root: &str, remark: Remark) -> Vec<Piece> {
    let words = &world.terms.figures;
    let pattern = match remark {
        Remark::Within(other, bond) => {
            let pattern = match bond {
                Bond::Part => words.out_part_of,
                Bond::Estimate => words.out_estimate_of,
                Bond::Same => words.out_same_as,
            };
            let other = world.site.incidents.get(other).map(|entry| incident_link(root, entry));
            let other: Vec<Piece> = other.into_iter().map(|link| Piece::link(link.text, link.url)).collect();
            return piece::fill(pattern, &[("other", &other)]);
        }
        Remark::NoBound => words.out_no_bound,
        Remark::Unknown => words.out_unknown,
        Remark::Denial => words.out_denial,
        Remark::Retracted => words.out_retracted,
        Remark::NoLeast => words.most_no_least,
        Remark::Overlaps => words.most_overlaps,
    };
    vec![Piece::text(pattern)]
}
