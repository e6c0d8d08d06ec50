//! Marks to bars: how many there are in each year or month, where there is no room for each.

use super::sheet::Sheet;
use super::{Bar, Mark, Over};
use crate::draw::time::TimeLine;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The pieces of time that are counted: months, or years by a round number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Month,
    Years(i32),
}

impl Step {
    /// The finest step whose bars are as wide as a target.
    pub fn of(sheet: &Sheet, line: &TimeLine, first: NaiveDate) -> Self {
        // Years without a fold have all the same room, and the line does not begin with a fold.
        let Some((start, end)) = days(Over::Years(first.year(), first.year())) else { return Self::Years(1) };
        let year = (line.end(end) - line.start(start)).max(f64::MIN_POSITIVE);
        if year / 12.0 >= sheet.target + 1.0 {
            return Self::Month;
        }
        let steps = (0..4).flat_map(|power| [1, 2, 5].map(|n| n * 10_i32.pow(power)));
        Self::Years(steps.into_iter().find(|years| f64::from(*years) * year >= sheet.target).unwrap_or(10_000))
    }

    /// The piece to which a mark belongs: where it begins. Nothing when it begins in no month that is known.
    fn piece(self, (first, last): (NaiveDate, NaiveDate)) -> Over {
        match self {
            Self::Month if (first.year(), first.month()) == (last.year(), last.month()) => {
                Over::Month(first.year(), first.month())
            }
            Self::Month => Over::Years(first.year(), first.year()),
            Self::Years(years) => {
                let from = first.year() - first.year().rem_euclid(years);
                Over::Years(from, from + years - 1)
            }
        }
    }
}

/// The bars of a lane, in the order of time; in steps of months those of whole years come first.
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
    let day = NaiveDate::from_ymd_opt;
    Some(match over {
        Over::Years(from, to) => (day(from, 1, 1)?, day(to, 12, 31)?),
        Over::Month(year, month) => {
            let first = day(year, month, 1)?;
            (first, first.checked_add_months(chrono::Months::new(1))?.pred_opt()?)
        }
    })
}
