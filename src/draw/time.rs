//! Days to places on a line.

use chrono::{Datelike, Months, NaiveDate};

/// A line of time from left to right, on which long times without anything are folded.
///
/// Within a stretch a day takes the same room everywhere; a fold is narrow, and a picture has to say that it is one.
///
/// ```
/// use annals::draw::time::TimeLine;
/// use chrono::NaiveDate;
///
/// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
/// let spans = [(day(2006, 10, 9), day(2006, 10, 9)), (day(2021, 1, 1), day(2021, 12, 31))];
/// let line = TimeLine::new(&spans, 0.0, 1000.0).unwrap();
/// assert_eq!(line.folds().len(), 1);
/// assert_eq!((line.folds()[0].first_year, line.folds()[0].last_year), (2007, 2020));
/// assert!(line.start(day(2021, 1, 1)) < line.end(day(2021, 1, 1)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TimeLine {
    stretches: Vec<Stretch>,
    folds: Vec<Fold>,
}

/// Days that follow each other, and their room.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    /// The first day, and the day after the last, counted from the common era.
    days: (i32, i32),
    x: (f64, f64),
    folded: bool,
}

/// Years without anything, drawn narrow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins and ends.
    pub x: (f64, f64),
    /// The first year that is folded.
    pub first_year: i32,
    /// The last.
    pub last_year: i32,
}

/// A day at which a line may be marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// The first day of the unit.
    pub day: NaiveDate,
    /// What begins there.
    pub unit: Unit,
    /// Where it stands.
    pub x: f64,
}

/// What a mark of a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// The room of a fold.
const FOLD: f64 = 44.0;

/// What takes less of the whole than this is not worth a fold.
const WORTH: f64 = 0.12;

impl TimeLine {
    /// A line between `start` and `end` on which all `spans` lie, each from its first to its last day; whole years.
    ///
    /// Nothing when there is no span.
    pub fn new(spans: &[(NaiveDate, NaiveDate)], start: f64, end: f64) -> Option<Self> {
        let mut years: Vec<(i32, i32)> = spans.iter().map(|(first, last)| (first.year(), last.year())).collect();
        years.sort_unstable();
        let (first, mut reached) = *years.first()?;
        let last = years.iter().map(|(_, last)| *last).max()?;
        let total = f64::from(last - first + 1);
        // Stretches of years: what holds something, and what is folded between.
        let mut runs: Vec<(i32, i32, bool)> = Vec::new();
        let mut run = first;
        for (from, to) in years {
            let empty = from - reached - 1;
            if empty >= 2 && f64::from(empty) / total >= WORTH {
                runs.extend([(run, reached, false), (reached + 1, from - 1, true)]);
                run = from;
            }
            reached = reached.max(to);
        }
        runs.push((run, reached, false));
        let folds = runs.iter().filter(|(.., folded)| *folded).count();
        #[expect(clippy::cast_precision_loss, reason = "there are at most eight folds, since each is an eighth")]
        let room = (end - start - FOLD * folds as f64).max(1.0);
        let days = |(from, to, _): &(i32, i32, bool)| new_year(to + 1) - new_year(*from);
        let open: i32 = runs.iter().filter(|(.., folded)| !folded).map(days).sum();
        let scale = room / f64::from(open.max(1));
        let mut x = start;
        let mut line = Self { stretches: Vec::new(), folds: Vec::new() };
        for run in runs {
            let (from, to, folded) = run;
            let width = if folded { FOLD } else { f64::from(days(&run)) * scale };
            if folded {
                line.folds.push(Fold { x: (x, x + width), first_year: from, last_year: to });
            }
            line.stretches.push(Stretch { days: (new_year(from), new_year(to + 1)), x: (x, x + width), folded });
            x += width;
        }
        Some(line)
    }

    /// Where a day begins. Days beyond the line stand at its ends.
    pub fn start(&self, day: NaiveDate) -> f64 {
        self.at(day.num_days_from_ce())
    }

    /// Where a day ends.
    pub fn end(&self, day: NaiveDate) -> f64 {
        self.at(day.num_days_from_ce() + 1)
    }

    /// Where the line begins and ends.
    pub fn x(&self) -> (f64, f64) {
        let first = self.stretches.first().map_or(0.0, |stretch| stretch.x.0);
        (first, self.stretches.last().map_or(first, |stretch| stretch.x.1))
    }

    /// The folds, from left to right.
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// Marks at least `gap` pixels apart, outside of the folds: days, months, or years by a round number.
    pub fn ticks(&self, gap: f64) -> Vec<Tick> {
        let open = || self.stretches.iter().filter(|stretch| !stretch.folded);
        let day = open().map(|s| (s.x.1 - s.x.0) / f64::from(s.days.1 - s.days.0)).fold(f64::INFINITY, f64::min);
        if !day.is_finite() || day <= 0.0 {
            return Vec::new();
        }
        let unit = |days: f64| days * day >= gap;
        let mut ticks = Vec::new();
        for stretch in open() {
            let Some(mut at) = NaiveDate::from_num_days_from_ce_opt(stretch.days.0) else { continue };
            while at.num_days_from_ce() < stretch.days.1 {
                let (next, kind) = if unit(1.0) {
                    (at.succ_opt(), Unit::Day)
                } else if let Some(months) = [1, 3, 6].into_iter().find(|months| unit(28.0 * f64::from(*months))) {
                    (at.checked_add_months(Months::new(months)), Unit::Month)
                } else {
                    let mut years = [1, 2, 5].into_iter().cycle().zip(0_u32..).map(|(n, at)| n * 10_i32.pow(at / 3));
                    let years = years.find(|years| unit(365.0 * f64::from(*years)) || *years > 10_000).unwrap_or(1);
                    // Round years, not years counted from where the line happens to begin.
                    if at.year().rem_euclid(years) != 0 {
                        let Some(round) = january(at.year() + years - at.year().rem_euclid(years)) else { break };
                        at = round;
                        continue;
                    }
                    (january(at.year() + years), Unit::Year)
                };
                let kind = match (kind, at.month(), at.day()) {
                    (Unit::Day, _, 1) if at.month() == 1 => Unit::Year,
                    (Unit::Day, _, 1) => Unit::Month,
                    (Unit::Month, 1, _) => Unit::Year,
                    (kind, ..) => kind,
                };
                ticks.push(Tick { day: at, unit: kind, x: self.start(at) });
                let Some(next) = next else { break };
                at = next;
            }
        }
        ticks
    }

    fn at(&self, day: i32) -> f64 {
        let after = self.stretches.partition_point(|stretch| stretch.days.1 <= day);
        let Some(stretch) = self.stretches.get(after) else { return self.x().1 };
        let (first, next) = stretch.days;
        let part = f64::from((day - first).clamp(0, next - first)) / f64::from((next - first).max(1));
        stretch.x.0 + (stretch.x.1 - stretch.x.0) * part
    }
}

fn january(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
}

/// The number of a year's first day. Years beyond the calendar do not get here: their dates have no days.
fn new_year(year: i32) -> i32 {
    january(year).map_or(0, |day| day.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    #[test]
    fn a_year_takes_the_whole_line() {
        let Some(line) = TimeLine::new(&[(day(2021, 3, 1), day(2021, 4, 1))], 0.0, 365.0) else { panic!("no line") };
        assert_eq!(line.x(), (0.0, 365.0));
        assert!((line.start(day(2021, 2, 1)) - 31.0).abs() < 1e-9);
        assert!((line.end(day(2021, 12, 31)) - 365.0).abs() < 1e-9);
        let ticks = line.ticks(30.0);
        assert_eq!(ticks.len(), 4, "{ticks:?}");
        assert_eq!((ticks[0].unit, ticks[1].unit), (Unit::Year, Unit::Month));
    }

    #[test]
    fn round_years() {
        let Some(line) = TimeLine::new(&[(day(1913, 1, 1), day(2012, 1, 1))], 0.0, 500.0) else { panic!("no line") };
        let years: Vec<i32> = line.ticks(60.0).iter().map(|tick| tick.day.year()).collect();
        assert_eq!(years, [1920, 1940, 1960, 1980, 2000]);
    }

    #[test]
    fn nothing_is_no_line() {
        assert_eq!(TimeLine::new(&[], 0.0, 100.0), None);
    }

    proptest! {
        #[test]
        fn later_is_never_further_left(
            spans in proptest::collection::vec((-9_000..9_000_i32, 0..40_i32), 1..20),
            one in -3_300_000..3_300_000_i32,
            two in -3_300_000..3_300_000_i32,
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(year, more)| (day(year, 5, 2), day(year + more, 7, 1))).collect();
            let Some(line) = TimeLine::new(&spans, 10.0, 900.0) else { panic!("no line") };
            let at = |number: i32| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default();
            let (early, late) = (at(one.min(two)), at(one.max(two)));
            prop_assert!(line.start(early) <= line.start(late));
            prop_assert!(line.start(early) >= 10.0 - 1e-6 && line.end(late) <= 900.0 + 1e-6);
            let ticks = line.ticks(40.0);
            prop_assert!(ticks.windows(2).all(|pair| pair[0].x < pair[1].x));
            prop_assert!(line.folds().len() <= 8);
        }
    }
}
