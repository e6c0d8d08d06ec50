//! How dates stand to each other: on the timeline, as claims, as filters.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use edtf_core::{Edtf, Set, SetElement, SetKind, TimeShift, YearKind};

use super::super::compare::Agreement;
use super::Date;
use super::reach::Day;

/// Whether a date lies within a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Within {
    /// Every day of it does.
    Certainly,
    /// Some day of it does, or nothing is known of it.
    Possibly,
    /// No day of it does.
    Not,
}

/// The place of a date in the timeline; made to be compared, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineKey {
    undated: bool,
    first: Option<Day>,
    width: u128,
    latest: Option<Day>,
}

impl Date {
    /// The order of the timeline: the earliest day, or else the latest; the narrower span; the latest day.
    ///
    /// What is open on one side is wider than all that is closed; what is open on both sides comes after all
    /// that has a day, and `unknown` after that. Dates that cover the same days are equal here: the ids of
    /// their records decide. Years beyond four digits stand in their place.
    pub fn timeline_cmp(&self, other: &Self) -> Ordering {
        self.timeline_key().cmp(&other.timeline_key())
    }

    /// What [`Date::timeline_cmp`] compares, for those who sort many.
    pub fn timeline_key(&self) -> TimelineKey {
        let (undated, first, width, latest) = self.place();
        TimelineKey { undated, first, width, latest }
    }

    fn place(&self) -> (bool, Option<Day>, u128, Option<Day>) {
        let reach = self.reach;
        let first = reach.earliest.or(reach.latest);
        // `None` sorts before every day, so having none is asked first.
        (first.is_none(), first, self.width(), reach.latest)
    }

    /// The days between first and last; `unknown` is wider than what is open on both sides.
    fn width(&self) -> u128 {
        self.reach.width().unwrap_or(u128::MAX - u128::from(!self.is_unknown()))
    }

    /// How two claims about one date stand to each other.
    ///
    /// They agree when they mean the same: `[2020..2021]` and `[2021,2020]` do, `2021` and `2021?` do not. They
    /// conflict when they have no day in common, sets being taken from their first to their last day; else
    /// they overlap. So does `unknown` with every date.
    pub fn compare(&self, other: &Self) -> Agreement {
        match (self.edtf(), other.edtf()) {
            (None, None) => Agreement::Agree,
            (None, Some(_)) | (Some(_), None) => Agreement::Overlap,
            (Some(one), Some(two)) if one == two || meaning(one) == meaning(two) => Agreement::Agree,
            _ if self.reach.meets(other.reach) => Agreement::Overlap,
            _ => Agreement::Conflict,
        }
    }

    /// Whether it lies within the days that `other` covers.
    pub fn within(&self, other: &Self) -> Within {
        if self.is_unknown() || other.is_unknown() {
            Within::Possibly
        } else if self.reach.lies_within(other.reach) {
            Within::Certainly
        } else if self.reach.meets(other.reach) {
            Within::Possibly
        } else {
            Within::Not
        }
    }

    /// Whether it lies within `other` but claims to know more: fewer days, or a time of day where `other` has none.
    ///
    /// Nothing is narrower than `unknown`, which covers no days that could be narrowed.
    pub fn narrower_within(&self, other: &Self) -> bool {
        if self.is_unknown() || other.is_unknown() || !self.reach.lies_within(other.reach) {
            return false;
        }
        let is_moment = |date: &Self| matches!(date.edtf(), Some(Edtf::DateTime(_)));
        self.reach != other.reach || (is_moment(self) && !is_moment(other))
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Date {}

impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the timeline; the text parts what covers the same days.
impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.timeline_cmp(other).then_with(|| self.text.cmp(&other.text))
    }
}

/// What an expression says, written one way only.
fn meaning(edtf: &Edtf) -> String {
    /// Sets of more values than this are compared as they are written.
    const MANY: usize = 400;
    let Edtf::Set(set) = edtf else { return normal(edtf).to_string() };
    let mut members: Vec<String> = Vec::new();
    for element in &set.elements {
        match element {
            SetElement::Range(..) => {
                let alone = Edtf::Set(Set { kind: set.kind, elements: vec![*element] });
                let values: Vec<Edtf> = alone.values().into_iter().flatten().take(MANY + 1).collect();
                if values.is_empty() || values.len() > MANY {
                    members.push(alone.to_string());
                } else {
                    members.extend(values.iter().map(|value| normal(value).to_string()));
                }
            }
            SetElement::Date(date) => members.push(normal(&Edtf::Date(*date)).to_string()),
            SetElement::OnOrBefore(_) | SetElement::OnOrAfter(_) => {
                members.push(Edtf::Set(Set { kind: set.kind, elements: vec![*element] }).to_string());
            }
        }
    }
    members.sort_unstable();
    members.dedup();
    match (members.as_slice(), set.kind) {
        // A choice among one, or all of one, is that one.
        ([only], _) => only.clone(),
        (_, SetKind::OneMember) => format!("[{}]", members.join(",")),
        (_, SetKind::AllMembers) => format!("{{{}}}", members.join(",")),
    }
}

/// The same with one spelling for what EDTF can spell in several ways: long years, and shifts from UTC.
fn normal(edtf: &Edtf) -> Edtf {
    let date = |mut date: edtf_core::Date| {
        if let (YearKind::Exponential { .. }, Some(value), None) =
            (date.year.kind, date.year.value(), date.year.significant_digits)
        {
            date.year.kind = YearKind::Big { value };
        }
        date
    };
    match edtf {
        Edtf::Date(written) => Edtf::Date(date(*written)),
        Edtf::DateTime(written) => {
            let mut moment = *written;
            moment.time.shift = moment.time.shift.map(|shift| match shift {
                TimeShift::Utc | TimeShift::Offset { minutes: 0, .. } => TimeShift::Utc,
                TimeShift::Offset { minutes, .. } => TimeShift::Offset { minutes, hours_only: false },
            });
            Edtf::DateTime(moment)
        }
        Edtf::Interval(written) => {
            use edtf_core::IntervalEndpoint as End;
            let end = |end| match end {
                End::Date(written) => End::Date(date(written)),
                End::OnOrBefore(written) => End::OnOrBefore(date(written)),
                End::OnOrAfter(written) => End::OnOrAfter(date(written)),
                End::Open | End::Unknown => end,
            };
            Edtf::Interval(edtf_core::Interval { start: end(written.start), end: end(written.end) })
        }
        Edtf::Set(_) => edtf.clone(),
    }
}
