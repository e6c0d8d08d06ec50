//! How well each side of a date is known: what a picture draws, and a list has to explain.

use chrono::Datelike;
use edtf_core::{Edtf, IntervalEndpoint, SetElement, SetKind};

use super::reach::Reach;
use super::{Date, Precision, precision};

/// How one side of a date, its start or its end, is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// As it was written.
    Firm,
    /// Marked uncertain or approximate: `?`, `~`, `%`.
    Vague,
    /// It reaches on without limit: `..`.
    Open,
    /// There is such a day, and nobody knows which: an empty side of an interval.
    Unknown,
}

/// What a date says of the time between its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// One day, month, part of a year or year, as precise as it is known.
    Single,
    /// It lasted from the one side to the other.
    Lasted,
    /// It happened once, at some time between: a set of which one member is meant, a decade, a century.
    Once,
    /// It happened at several times between: a set of which all members are meant.
    Several,
}

impl Date {
    /// How its start is known.
    ///
    /// ```
    /// use annals::model::Date;
    /// use annals::model::date::Side;
    ///
    /// let date = Date::parse("2006/2021-06~")?;
    /// assert_eq!((date.start(), date.end()), (Side::Firm, Side::Vague));
    /// assert_eq!(Date::parse("2006/..")?.end(), Side::Open);
    /// # Ok::<(), annals::model::GrammarError>(())
    /// ```
    pub fn start(&self) -> Side {
        match self.edtf() {
            None => Side::Unknown,
            Some(Edtf::Date(date)) => of(date),
            Some(Edtf::DateTime(moment)) => of(&moment.date),
            Some(Edtf::Interval(interval)) => endpoint(&interval.start),
            Some(Edtf::Set(set)) if self.reach.earliest.is_some() => {
                side_of_set(&set.elements, |reach| reach.earliest == self.reach.earliest, first)
            }
            Some(Edtf::Set(_)) => Side::Open,
        }
    }

    /// How its end is known.
    pub fn end(&self) -> Side {
        match self.edtf() {
            Some(Edtf::Interval(interval)) => endpoint(&interval.end),
            Some(Edtf::Set(set)) if self.reach.latest.is_some() => {
                side_of_set(&set.elements, |reach| reach.latest == self.reach.latest, last)
            }
            Some(Edtf::Set(_)) => Side::Open,
            _ => self.start(),
        }
    }

    /// What it says of the time between its sides; nothing for `unknown`.
    pub fn extent(&self) -> Option<Extent> {
        Some(match self.edtf()? {
            Edtf::Date(date) if precision(date) == Precision::Years => Extent::Once,
            Edtf::Date(_) | Edtf::DateTime(_) => Extent::Single,
            Edtf::Interval(_) => Extent::Lasted,
            Edtf::Set(set) if set.kind == SetKind::OneMember => Extent::Once,
            Edtf::Set(_) => Extent::Several,
        })
    }

    /// How fine its start is; nothing where no start was written.
    pub fn start_precision(&self) -> Option<Precision> {
        match self.edtf()? {
            Edtf::Date(date) => Some(precision(date)),
            Edtf::DateTime(_) => Some(Precision::Time),
            Edtf::Interval(interval) => match &interval.start {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => Some(precision(date)),
                IntervalEndpoint::Open | IntervalEndpoint::Unknown | IntervalEndpoint::OnOrBefore(_) => None,
            },
            Edtf::Set(set) => {
                self.reach.earliest?;
                let begins = |element: &&SetElement| Reach::of_element(element).earliest == self.reach.earliest;
                set.elements.iter().filter(begins).filter_map(first).map(precision).min()
            }
        }
    }

    /// The year and the month in which it begins; nothing where the month is not known.
    ///
    /// ```
    /// let date = annals::model::Date::parse("2020-11-05/2021")?;
    /// assert_eq!(date.start_month(), Some((2020, 11)));
    /// # Ok::<(), annals::model::GrammarError>(())
    /// ```
    pub fn start_month(&self) -> Option<(i32, u32)> {
        let day = self.earliest()?;
        (self.start_precision()? >= Precision::Month).then(|| (day.year(), day.month()))
    }
}

fn of(date: &edtf_core::Date) -> Side {
    if date.is_uncertain() || date.is_approximate() { Side::Vague } else { Side::Firm }
}

fn endpoint(end: &IntervalEndpoint) -> Side {
    match end {
        IntervalEndpoint::Date(date) => of(date),
        IntervalEndpoint::Open | IntervalEndpoint::OnOrBefore(_) | IntervalEndpoint::OnOrAfter(_) => Side::Open,
        IntervalEndpoint::Unknown => Side::Unknown,
    }
}

/// The side of the elements that make it: vague only when each of them is.
fn side_of_set(
    elements: &[SetElement],
    makes: impl Fn(Reach) -> bool,
    date: impl Fn(&SetElement) -> Option<&edtf_core::Date>,
) -> Side {
    let makers = elements.iter().filter(|element| makes(Reach::of_element(element)));
    makers.filter_map(date).map(of).min().unwrap_or(Side::Firm)
}

fn first(element: &SetElement) -> Option<&edtf_core::Date> {
    match element {
        SetElement::Date(date) | SetElement::OnOrAfter(date) | SetElement::Range(date, _) => Some(date),
        SetElement::OnOrBefore(_) => None,
    }
}

fn last(element: &SetElement) -> Option<&edtf_core::Date> {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::Range(_, date) => Some(date),
        SetElement::OnOrAfter(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::tests::FORMS;

    #[test]
    fn sides() {
        use Side::{Firm, Open, Unknown, Vague};
        let check = |text: &str, start: Side, end: Side| {
            let date = Date::parse(text).unwrap();
            assert_eq!((date.start(), date.end()), (start, end), "{text}");
        };
        check("unknown", Unknown, Unknown);
        check("2021-03-05", Firm, Firm);
        check("2022-01-05T10:30:00Z", Firm, Firm);
        check("2019?", Vague, Vague);
        check("2004-06~-11", Vague, Vague);
        check("2020/2021-06~", Firm, Vague);
        check("2020%/2021", Vague, Firm);
        check("2006/..", Firm, Open);
        check("../2019?", Open, Vague);
        check("2006~/", Vague, Unknown);
        check("/2019", Unknown, Firm);
        check("[..2017,2019,2021..]", Open, Open);
        check("[2020-01..2021-06]", Firm, Firm);
        check("[2020~,2021-06]", Vague, Firm);
        check("[..2019]", Open, Firm);
        check("[2019..]", Firm, Open);
        check("{2019?,2021}", Vague, Firm);
        check("[2020?,2020]", Firm, Firm);
    }

    #[test]
    fn extents() {
        let check =
            |text: &str, expect: Option<Extent>| assert_eq!(Date::parse(text).unwrap().extent(), expect, "{text}");
        check("unknown", None);
        check("2021", Some(Extent::Single));
        check("2021-41", Some(Extent::Single));
        check("201X", Some(Extent::Once));
        check("1950S2", Some(Extent::Once));
        check("2020/2021", Some(Extent::Lasted));
        check("2006/..", Some(Extent::Lasted));
        check("[2020..2021]", Some(Extent::Once));
        check("{2020,2021}", Some(Extent::Several));
    }

    #[test]
    fn how_fine_the_start_is() {
        let check = |text: &str, expect: Option<Precision>| {
            assert_eq!(Date::parse(text).unwrap().start_precision(), expect, "{text}");
        };
        check("unknown", None);
        check("2021-03", Some(Precision::Month));
        check("2021-03/2022", Some(Precision::Month));
        check("2021/2022-03", Some(Precision::Year));
        check("../2022-03", None);
        check("[2020-01-05..2021-06-30]", Some(Precision::Day));
        check("[2020,2020-01]", Some(Precision::Year));
        check("[..2020-01]", None);
        check("2022-01-05T10:30:00", Some(Precision::Time));
    }

    #[test]
    fn a_side_without_a_day_is_open_or_unknown() {
        for text in FORMS {
            let date = Date::parse(text).unwrap();
            let has_no_day = |side: Side| matches!(side, Side::Open | Side::Unknown);
            assert_eq!(has_no_day(date.start()), date.has_open_start() || date.is_unknown(), "{text}: start");
            assert_eq!(has_no_day(date.end()), date.has_open_end() || date.is_unknown(), "{text}: end");
        }
    }
}
