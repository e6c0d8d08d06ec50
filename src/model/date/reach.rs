//! Which days an expression covers.

use chrono::{Datelike, NaiveDate};
use edtf_core::{Bound, Edtf, IntervalEndpoint, SetElement, YearKind};

/// A day of the proleptic Gregorian calendar in any year that EDTF can write.
///
/// Years too large for 64 bits stand at the ends of the scale: they are compared, never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Day {
    year: i64,
    month: u8,
    day: u8,
}

impl Day {
    const FIRST: Self = Self { year: i64::MIN, month: 1, day: 1 };
    const LAST: Self = Self { year: i64::MAX, month: 12, day: 31 };

    /// The same for the calendar; nothing beyond four-digit years.
    pub(super) fn to_chrono(self) -> Option<NaiveDate> {
        let year = i32::try_from(self.year).ok().filter(|year| (-9999..=9999).contains(year))?;
        NaiveDate::from_ymd_opt(year, self.month.into(), self.day.into())
    }

    /// Days since some day long ago, to tell lengths: Gregorian years counted from March.
    pub(super) fn number(self) -> i128 {
        let (month, day) = (i128::from(self.month), i128::from(self.day));
        let year = i128::from(self.year) - i128::from(month <= 2);
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day;
        365 * year + leaps + in_year
    }
}

/// From the first to the last day; a side without a day is open or not known.
///
/// Invariant: `earliest` is not after `latest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) earliest: Option<Day>,
    pub(super) latest: Option<Day>,
}

impl Reach {
    pub(super) const NONE: Self = Self { earliest: None, latest: None };

    /// The reach of an expression, or nothing when it ends before it begins.
    pub(super) fn of(edtf: &Edtf) -> Option<Self> {
        let reach = match edtf {
            Edtf::Date(date) => Self::of_date(date),
            Edtf::DateTime(moment) => Self::of_date(&moment.date),
            Edtf::Interval(interval) => Self {
                earliest: match &interval.start {
                    IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => Self::of_date(date).earliest,
                    IntervalEndpoint::Open | IntervalEndpoint::Unknown | IntervalEndpoint::OnOrBefore(_) => None,
                },
                latest: match &interval.end {
                    IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => Self::of_date(date).latest,
                    IntervalEndpoint::Open | IntervalEndpoint::Unknown | IntervalEndpoint::OnOrAfter(_) => None,
                },
            },
            Edtf::Set(set) => {
                let mut whole: Option<Self> = None;
                for element in &set.elements {
                    let reach = Self::of_element(element).ordered()?;
                    whole = Some(whole.map_or(reach, |so_far| so_far.hull(reach)));
                }
                whole?
            }
        };
        reach.ordered()
    }

    fn of_date(date: &edtf_core::Date) -> Self {
        let bounds = Edtf::Date(*date).bounds();
        let before = match date.year.kind {
            YearKind::Standard { negative, .. } => negative,
            YearKind::Big { value } => value < 0,
            YearKind::Exponential { significand, .. } => significand < 0,
        };
        let far = if before { Day::FIRST } else { Day::LAST };
        let day = |bound| match bound {
            Bound::Date(day) => Day { year: day.year, month: day.month, day: day.day },
            Bound::Unknown | Bound::NegativeInfinity | Bound::PositiveInfinity => far,
        };
        Self { earliest: Some(day(bounds.earliest)), latest: Some(day(bounds.latest)) }
    }

    pub(super) fn of_element(element: &SetElement) -> Self {
        match element {
            SetElement::Date(date) => Self::of_date(date),
            SetElement::OnOrBefore(date) => Self { earliest: None, latest: Self::of_date(date).latest },
            SetElement::OnOrAfter(date) => Self { earliest: Self::of_date(date).earliest, latest: None },
            SetElement::Range(first, last) => {
                Self { earliest: Self::of_date(first).earliest, latest: Self::of_date(last).latest }
            }
        }
    }

    fn hull(self, other: Self) -> Self {
        Self {
            earliest: self.earliest.zip(other.earliest).map(|(one, two)| one.min(two)),
            latest: self.latest.zip(other.latest).map(|(one, two)| one.max(two)),
        }
    }

    fn ordered(self) -> Option<Self> {
        let reversed = self.earliest.zip(self.latest).is_some_and(|(earliest, latest)| earliest > latest);
        (!reversed).then_some(self)
    }

    /// Days from first to last; nothing when a side is open.
    pub(super) fn width(self) -> Option<u128> {
        let (earliest, latest) = self.earliest.zip(self.latest)?;
        u128::try_from(latest.number() - earliest.number()).ok()
    }

    /// Whether they have a day in common, an open side reaching for ever.
    pub(super) fn meets(self, other: Self) -> bool {
        let starts_by_end = |one: Self, two: Self| one.earliest.zip(two.latest).is_none_or(|(start, end)| start <= end);
        starts_by_end(self, other) && starts_by_end(other, self)
    }

    /// Whether every day of it is one of `other`; an open side lies only within an open side.
    pub(super) fn lies_within(self, other: Self) -> bool {
        let start = other.earliest.is_none_or(|limit| self.earliest.is_some_and(|day| day >= limit));
        let end = other.latest.is_none_or(|limit| self.latest.is_some_and(|day| day <= limit));
        start && end
    }
}

/// The years that an expression touches, as [`super::Date::years`] has them.
pub(super) fn years(edtf: &Edtf) -> Vec<i32> {
    let mut years = Vec::new();
    match edtf {
        Edtf::Date(_) | Edtf::DateTime(_) => {
            add(&mut years, Reach::of(edtf));
        }
        Edtf::Interval(interval) => {
            let (start, end) = (end_date(&interval.start), end_date(&interval.end));
            let closed = Reach::of(edtf).filter(|reach| reach.earliest.is_some() && reach.latest.is_some());
            if closed.is_some() {
                add(&mut years, closed);
            } else {
                add(&mut years, start.map(Reach::of_date));
                add(&mut years, end.map(Reach::of_date));
            }
        }
        Edtf::Set(set) => {
            for element in &set.elements {
                add(
                    &mut years,
                    Some(match element {
                        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                            Reach::of_date(date)
                        }
                        SetElement::Range(..) => Reach::of_element(element),
                    }),
                );
            }
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

fn end_date(end: &IntervalEndpoint) -> Option<&edtf_core::Date> {
    match end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Some(date)
        }
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn add(years: &mut Vec<i32>, reach: Option<Reach>) {
    /// A span over more years than this is found at its first and its last.
    const MANY: i32 = 10;
    let Some(Reach { earliest, latest }) = reach else { return };
    let year = |day: Option<Day>| day.and_then(Day::to_chrono).map(|day| day.year());
    match (year(earliest), year(latest)) {
        (Some(first), Some(last)) if last - first < MANY => years.extend(first..=last),
        (first, last) => years.extend(first.into_iter().chain(last)),
    }
}
