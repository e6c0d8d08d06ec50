//! The axis: spans in lanes over a line of time, with what is not known of them drawn as not known.
//!
//! Time runs from left to right in every language, also where the words run from right to left: so do the axes of most
//! charts there, and a span keeps its shape.
//!
//! A lane has one of three forms, the first that has room: marks with their titles; marks alone; bars that count.
//! Nothing ever covers anything else. One axis is drawn twice, for wide pages and for narrow ones, and the style sheet
//! shows one of the two.

mod density;
mod frame;
mod key;
mod place;
mod plan;
mod sheet;
mod write;

pub use key::{Shape, definitions};

use super::time::Fold;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A row of the axis, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its name.
    pub label: String,
    /// A class name for style sheets.
    pub class: Option<String>,
    /// The page of all that is in it.
    pub url: Option<String>,
}

/// Something with a place on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The number of its lane.
    pub lane: usize,
    /// Its title.
    pub title: &'a str,
    /// Where it begins.
    pub start: End,
    /// Where it ends.
    pub end: End,
    /// Whether it happened once, somewhere within.
    pub once: bool,
    /// Whether something of it is disputed.
    pub disputed: bool,
}

/// An end of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// This day.
    Sharp(NaiveDate),
    /// About this day, or perhaps.
    Faded(NaiveDate),
    /// It goes on beyond this day, which is the last at this side that the picture is about.
    Beyond(NaiveDate),
    /// It goes on without limit.
    Open,
    /// Nobody knows.
    Unknown,
}

/// Incidents that are counted together, because there is no room for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The number of the lane.
    pub lane: usize,
    /// The time that it stands for.
    pub over: Over,
    /// The mark that comes first.
    pub first: usize,
    /// How many.
    pub count: usize,
    /// How many of them are not sharp: faded, hollow or open.
    pub vague: usize,
    /// How many of them are disputed.
    pub disputed: usize,
}

/// The time that a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// The years from the first to the last.
    Years(i32, i32),
    /// A quarter of a year, from 1.
    Quarter(i32, u32),
    /// A month of a year, from 1.
    Month(i32, u32),
}

/// What a link says, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// All that the picture shows of it, in words.
    pub name: String,
    /// The address.
    pub url: String,
}

/// The words of an axis, in the language of its page; asked for what is drawn alone.
pub trait Words {
    /// The mark of that number.
    fn mark(&self, number: usize) -> Said;
    /// A bar.
    fn bar(&self, bar: &Bar) -> Said;
    /// How many there are in a lane.
    fn count(&self, count: usize) -> String;
    /// What is folded.
    fn fold(&self, fold: &Fold) -> String;
    /// A year, or in few letters a month of it.
    fn tick(&self, year: i32, month: Option<u32>) -> String;
}

/// An axis, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// For wide pages.
    pub wide: Picture,
    /// For narrow ones.
    pub narrow: Picture,
    /// The numbers of the marks that no line can hold: without any day, or of a range that is far wider than the rest.
    pub left_out: Vec<usize>,
}

/// One of the two pictures of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// It as SVG.
    pub svg: String,
    /// The shapes in it, for which a page needs words.
    pub shapes: BTreeSet<Shape>,
    /// How many links it holds.
    pub links: usize,
}

/// Draws an axis; `label` names it. Nothing when no mark has a day.
pub fn draw(label: &str, lanes: &[Lane], marks: &[Mark<'_>], words: &dyn Words) -> Option<Drawing> {
    let (drawn, left_out) = sorted_out(marks);
    if drawn.is_empty() {
        return None;
    }
    let on = |sheet| write::picture(sheet, label, lanes, marks, &drawn, words);
    Some(Drawing { wide: on(&sheet::WIDE)?, narrow: on(&sheet::NARROW)?, left_out })
}

impl End {
    /// Whether it is the head of an arrow.
    fn goes_on(self) -> bool {
        matches!(self, Self::Beyond(_) | Self::Open)
    }

    fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Sharp(day) | Self::Faded(day) | Self::Beyond(day) => Some(day),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Mark<'_> {
    /// The first and the last day that are known of it.
    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (start, end) = (self.start.day(), self.end.day());
        start.or(end).zip(end.or(start))
    }

    fn is_vague(&self) -> bool {
        let is_firm = |end: End| matches!(end, End::Sharp(_) | End::Beyond(_));
        self.once || !is_firm(self.start) || !is_firm(self.end)
    }
}

/// The marks that can be drawn, and those that cannot.
///
/// What happened once in a range that is many times wider than all that is known better would squeeze the rest to
/// nothing: "an unknown year" is ten thousand years wide.
fn sorted_out(marks: &[Mark<'_>]) -> (Vec<usize>, Vec<usize>) {
    /// Ranges up to a generation are always drawn.
    const ALWAYS: i64 = 11_000;
    let (mut drawn, mut left_out, mut wide) = (Vec::new(), Vec::new(), Vec::new());
    let mut hull: Option<(NaiveDate, NaiveDate)> = None;
    let length = |(first, last): (NaiveDate, NaiveDate)| (last - first).num_days();
    for (number, mark) in marks.iter().enumerate() {
        let Some(days) = mark.days() else {
            left_out.push(number);
            continue;
        };
        if mark.once && length(days) > ALWAYS {
            wide.push((length(days), number, days));
        } else {
            drawn.push(number);
            hull = Some(hull.map_or(days, |hull| (hull.0.min(days.0), hull.1.max(days.1))));
        }
    }
    wide.sort_unstable();
    for (width, number, days) in wide {
        if hull.is_some_and(|hull| width > 3 * length(hull)) {
            left_out.push(number);
        } else {
            drawn.push(number);
            hull = Some(hull.map_or(days, |hull| (hull.0.min(days.0), hull.1.max(days.1))));
        }
    }
    drawn.sort_unstable();
    left_out.sort_unstable();
    (drawn, left_out)
}

#[cfg(test)]
mod tests;
