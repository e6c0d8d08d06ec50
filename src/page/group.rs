//! Lists of incidents by year and month, and why each stands where it does.

use super::World;
use super::axis::month_words;
use super::card::card;
use super::parts::{Group, Month, SharedCard};
use crate::model::Date;
use crate::model::date::{Extent, Side, Within};
use crate::phrase::lexicon::fill;
use crate::resolve::routes;
use std::collections::BTreeMap;

/// Headings of months are worth their room from this number of incidents of which the month is known.
const WORTH_MONTHS: usize = 4;

/// The rows of `incidents` under headings of years, and within them of months; `root` is the way to the output folder.
///
/// What is known to the year only stands under the year itself.
pub(super) fn by_year(world: &World<'_>, root: &str, incidents: &[usize], link_years: bool) -> Vec<Group> {
    let mut years: Vec<(Option<i32>, Vec<usize>)> = Vec::new();
    for number in incidents {
        let Some(entry) = world.site.incidents.get(*number) else { continue };
        let year = routes::years(&entry.date).first().copied().flatten();
        match years.last_mut() {
            Some((known, rows)) if *known == year => rows.push(*number),
            _ => years.push((year, vec![*number])),
        }
    }
    years.into_iter().map(|(year, rows)| group(world, root, year, &rows, link_years)).collect()
}

fn group(world: &World<'_>, root: &str, year: Option<i32>, rows: &[usize], link_years: bool) -> Group {
    let month_of = |number: &usize| {
        let (its_year, month) = world.site.incidents.get(*number)?.date.start_month()?;
        (Some(its_year) == year).then_some(month)
    };
    let mut months: BTreeMap<u32, Vec<SharedCard>> = BTreeMap::new();
    let mut cards = Vec::new();
    let known: Vec<u32> = rows.iter().filter_map(month_of).collect();
    let by_month = known.len() >= WORTH_MONTHS && known.iter().any(|month| Some(month) != known.first());
    for number in rows {
        let Some(entry) = world.site.incidents.get(*number) else { continue };
        let card = card(world, root, *number, entry);
        match month_of(number).filter(|_| by_month) {
            Some(month) => months.entry(month).or_default().push(card),
            None => cards.push(card),
        }
    }
    let name = year.map_or_else(|| "unknown".to_owned(), routes::year_name);
    let months = months.into_iter().map(|(month, cards)| Month {
        heading: year.map(|year| month_words(world, year, month)).unwrap_or_default(),
        anchor: format!("s-{name}-{month:02}"),
        cards,
    });
    Group {
        heading: world.year(year),
        months: months.collect(),
        url: link_years.then(|| format!("{root}{}", routes::year(year))),
        anchor: format!("s-{name}"),
        cards,
    }
}

/// Why an incident stands under its heading, where the heading is not all of its time.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Placed {
    /// Under the heading of a year.
    pub under_year: Option<String>,
    /// Under the heading of a month, when it can stand under one.
    pub under_month: Option<String>,
}

impl Placed {
    /// The reasons for a date.
    pub fn of(world: &World<'_>, date: &Date) -> Self {
        let terms = world.terms;
        let is_there = |side: Side| matches!(side, Side::Firm | Side::Vague);
        let pattern = match (date.extent(), is_there(date.start()), is_there(date.end())) {
            (None, ..) | (_, false, false) => return Self::default(),
            (Some(Extent::Once), false, true) => terms.placed_latest,
            (Some(_), false, true) => terms.placed_ended,
            (Some(Extent::Once), ..) => terms.placed_earliest,
            (Some(Extent::Several), ..) => terms.placed_first,
            (Some(Extent::Single | Extent::Lasted), ..) => terms.placed_began,
        };
        let Some(year) = routes::years(date).first().copied().flatten() else { return Self::default() };
        let reason = |heading: String, name: &str| {
            let is_all = Date::parse(name).is_ok_and(|heading| date.within(&heading) == Within::Certainly);
            (!is_all).then(|| fill(pattern, &[("heading", &heading)]))
        };
        let name = routes::year_name(year);
        Self {
            under_year: reason(world.year(Some(year)), &name),
            under_month: date.start_month().and_then(|(year, month)| {
                reason(month_words(world, year, month), &format!("{}-{month:02}", routes::year_name(year)))
            }),
        }
    }
}
