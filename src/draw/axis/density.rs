//! Marks to bars: how many there are in each year or month, where there is no room for each.

use super::sheet::Sheet;
use super::{Bar, Mark, Over};
use crate::draw::time::TimeLine;
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeMap;

/// The pieces of time that are counted: months, quarters, or years by a round number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Month,
    Quarter,
    Years(i32),
}

impl Step {
    /// The finest step whose bars are as wide as a target.
    pub fn of(sheet: &Sheet, line: &TimeLine, first: NaiveDate) -> Self {
        // Years without a fold have all the same room, and the line does not begin with a fold.
        let Some((start, end)) = days(Over::Years(first.year(), first.year())) else { return Self::Years(1) };
        let year = (line.end(end) - line.start(start)).max(f64::MIN_POSITIVE);
        // The shortest month, and the shortest quarter, of a year.
        if year * 28.0 / 366.0 >= sheet.target {
            return Self::Month;
        }
        if year * 90.0 / 366.0 >= sheet.target {
            return Self::Quarter;
        }
        let steps = (0..4).flat_map(|power| [1, 2, 5].map(|n| n * 10_i32.pow(power)));
        Self::Years(steps.into_iter().find(|years| f64::from(*years) * year >= sheet.target).unwrap_or(10_000))
    }

    /// The piece to which a mark belongs: where it begins. The whole year when it lies in no part of it.
    fn piece(self, (first, last): (NaiveDate, NaiveDate)) -> Over {
        let one_year = first.year() == last.year();
        let quarter = |day: NaiveDate| day.month0() / 3 + 1;
        match self {
            Self::Month if one_year && first.month() == last.month() => Over::Month(first.year(), first.month()),
            Self::Quarter if one_year && quarter(first) == quarter(last) => Over::Quarter(first.year(), quarter(first)),
            Self::Month | Self::Quarter => Over::Years(first.year(), first.year()),
            Self::Years(years) => {
                let from = first.year() - first.year().rem_euclid(years);
                Over::Years(from, from + years - 1)
            }
        }
    }
}

/// The bars of a lane, in the order of time; within a year what lies in no part of it comes first.
pub(super) fn bars(lane: usize, step: Step, marks: &[Mark<'_>], numbers: &[usize]) -> Vec<Bar> {
    let mut bars: BTreeMap<Over, Bar> = BTreeMap::new();
    for number in numbers {
        let Some(mark) = marks.get(*number) else { continue };
        let Some(days) = mark.days() else { continue };
        let over = step.piece(days);
        let bar = bars.entry(over).or_insert(Bar { lane, over, first: *number, count: 0, vague: 0, disputed: 0 });
        bar.count += 1;
        bar.vague += usize::from(mark.is_vague());
        bar.disputed += usize::from(mark.disputed);
    }
    bars.into_values().collect()
}

/// The days of a piece of time.
pub(super) fn days(over: Over) -> Option<(NaiveDate, NaiveDate)> {
    let months = |year: i32, month: u32, count: u32| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some((first, first.checked_add_months(Months::new(count))?.pred_opt()?))
    };
    match over {
        Over::Years(from, to) => Some((NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(to, 12, 31)?)),
        Over::Quarter(year, quarter) => months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3),
        Over::Month(year, month) => months(year, month, 1),
    }
}
