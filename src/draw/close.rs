//! A line of time without what lies before and after.

use super::time::TimeLine;
use chrono::{Datelike, Months, NaiveDate};

/// A line between `start` and `end` of the months that the spans touch: days apart are seen apart.
///
/// A line that has to fold empty years keeps to whole years. Marks of the line may lie before `start` and after `end`.
///
/// ```
/// use annals::draw::close;
/// use chrono::NaiveDate;
///
/// let day = |day| NaiveDate::from_ymd_opt(2005, 3, day).unwrap();
/// let line = close::line(&[(day(15), day(15)), (day(24), day(24))], 0.0, 310.0).unwrap();
/// assert!((line.start(day(1)) - 0.0).abs() < 1e-6 && (line.end(day(31)) - 310.0).abs() < 1e-6);
/// ```
pub fn line(spans: &[(NaiveDate, NaiveDate)], start: f64, end: f64) -> Option<TimeLine> {
    let whole = TimeLine::new(spans, start, end)?;
    let first = spans.iter().map(|(first, _)| *first).min().and_then(|day| day.with_day(1));
    let last = spans.iter().map(|(_, last)| *last).max().and_then(|day| day.with_day(1));
    let last = last.and_then(|day| day.checked_add_months(Months::new(1))?.pred_opt());
    let (Some(first), Some(last)) = (first, last) else { return Some(whole) };
    let (from, to) = (whole.start(first), whole.end(last));
    if !whole.folds().is_empty() || to - from < 1e-6 {
        return Some(whole);
    }
    // The whole line is drawn larger, so that these months take the room of all.
    let times = (end - start) / (to - from);
    let (left, right) = (start - (from - start) * times, end + (end - to) * times);
    TimeLine::new(spans, left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn months_take_the_room_of_years() {
        let line = line(&[(day(2021, 11, 3), day(2022, 1, 9))], 10.0, 110.0).unwrap();
        assert!((line.start(day(2021, 11, 1)) - 10.0).abs() < 1e-6);
        assert!((line.end(day(2022, 1, 31)) - 110.0).abs() < 1e-6);
        assert!(line.start(day(2021, 12, 1)) < line.start(day(2022, 1, 1)));
    }

    #[test]
    fn what_is_folded_stays_whole() {
        let spans = [(day(1990, 5, 1), day(1990, 5, 1)), (day(2021, 5, 1), day(2021, 5, 1))];
        assert_eq!(line(&spans, 0.0, 100.0), TimeLine::new(&spans, 0.0, 100.0));
    }
}
