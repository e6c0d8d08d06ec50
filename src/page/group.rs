//! Lists of incidents by year and month, and why each stands where it does.

use super::World;
use super::axis::month_words;
use super::card::card;
use super::parts::{Group, Month, SharedCard};
use crate::model::Date;
use crate::model::date::{Extent, Side, Within};
use crate::phrase::pattern::fill;
use crate::resolve::routes;
use std::collections::BTreeMap;

/// Headings of months are worth their room from this number of incidents of which the month is known.
const WORTH_MONTHS: usize = 4;

/// The rows of `incidents` under headings of years, and within them of months; `root` is the way to the output folder.
///
/// What is known to the year only stands under the year itself.
pub(super) fn by_year(world: &World, root: &str, incidents: &[usize], link_years: bool) -> Vec<Group> {
    let groups = runs(world, incidents).into_iter().map(|run| {
        let mut months: BTreeMap<u32, Vec<SharedCard>> = BTreeMap::new();
        let mut cards = Vec::new();
        for number in &run.rows {
            let Some(entry) = world.site.incidents.get(*number) else { continue };
            let card = card(world, root, *number, entry);
            match run.month_of(world, *number) {
                Some(month) => months.entry(month).or_default().push(card),
                None => cards.push(card),
            }
        }
        let months = months.into_iter().map(|(month, cards)| Month {
            heading: run.year.map(|year| month_words(world, year, month)).unwrap_or_default(),
            anchor: run.anchor(Some(month)),
            cards,
        });
        Group {
            heading: world.year(run.year),
            months: months.collect(),
            url: link_years.then(|| format!("{root}{}", routes::year(run.year))),
            anchor: run.anchor(None),
            cards,
        }
    });
    groups.collect()
}

/// The anchor of the heading of the year, or of the month where there is one, under which a row stands in a list of
/// these rows; nothing when it stands under none, since a list of one year has no heading for it.
pub(super) fn anchor_of(
    world: &World,
    incidents: &[usize],
    number: usize,
    one_year: bool,
    to_month: bool,
) -> Option<String> {
    if !one_year && !to_month {
        let year = routes::years(&world.site.incidents.get(number)?.date).first().copied().flatten();
        return Some(anchor(year, None));
    }
    let runs = runs(world, incidents);
    let run = runs.iter().find(|run| run.rows.contains(&number))?;
    let month = run.month_of(world, number).filter(|_| to_month);
    (month.is_some() || !one_year || runs.len() > 1).then(|| run.anchor(month))
}

/// The rows of one year.
struct Run {
    /// Nothing = without any day.
    year: Option<i32>,
    rows: Vec<usize>,
    by_month: bool,
}

/// The rows of each year, in their order.
fn runs(world: &World, incidents: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for number in incidents {
        let Some(entry) = world.site.incidents.get(*number) else { continue };
        let year = routes::years(&entry.date).first().copied().flatten();
        match runs.last_mut() {
            Some(run) if run.year == year => run.rows.push(*number),
            // Whether by month is asked when all its rows are there.
            _ => runs.push(Run { year, rows: vec![*number], by_month: true }),
        }
    }
    for run in &mut runs {
        let months: Vec<u32> = run.rows.iter().filter_map(|number| run.month_of(world, *number)).collect();
        run.by_month = months.len() >= WORTH_MONTHS && months.iter().any(|month| Some(month) != months.first());
    }
    runs
}

impl Run {
    /// The month under which a row stands, when the year is parted by month and the month is known.
    fn month_of(&self, world: &World, number: usize) -> Option<u32> {
        let (year, month) = world.site.incidents.get(number)?.date.start_month()?;
        (self.by_month && Some(year) == self.year).then_some(month)
    }

    fn anchor(&self, month: Option<u32>) -> String {
        anchor(self.year, month)
    }
}

fn anchor(year: Option<i32>, month: Option<u32>) -> String {
    let year = year.map_or_else(|| "unknown".to_owned(), routes::year_name);
    month.map_or_else(|| format!("s-{year}"), |month| format!("s-{year}-{month:02}"))
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
    pub fn of(world: &World, date: &Date) -> Self {
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
