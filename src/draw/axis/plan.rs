//! Which form each lane takes, and how high it is.

use super::density::{self, Step};
use super::place::{Spot, pack};
use super::sheet::{Sheet, plain_rows, titled_rows};
use super::{Bar, Mark, Over};
use crate::draw::time::TimeLine;

/// A lane with something in it.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The number of the lane.
    pub lane: usize,
    /// How many marks it holds.
    pub count: usize,
    /// What is drawn in it.
    pub form: Form,
}

/// The forms of a lane, the largest first.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Marks with their titles above them.
    Titled(Vec<Spot>),
    /// Marks alone.
    Plain(Vec<Spot>),
    /// Bars that count.
    Bars(Vec<Bar>),
}

/// Above and below a lane.
pub(super) const PADDING: f64 = 5.0;

/// The height of the strip for what is known to the year only, above bars that count months.
pub(super) const STRIP: f64 = 29.0;

/// The lanes that hold something, so high together as the sheet allows, or as they have to be.
pub(super) fn lanes(sheet: &Sheet, line: &TimeLine, marks: &[Mark<'_>], members: &[Vec<usize>]) -> Vec<Planned> {
    let step = step(sheet, line, marks, members);
    let held = members.iter().filter(|numbers| !numbers.is_empty()).count();
    let plain = |numbers: &[usize]| pack(sheet, line, marks, numbers, false, plain_rows(held)).map(Form::Plain);
    let bars = |lane: usize, numbers: &[usize]| Form::Bars(density::bars(lane, step, marks, numbers));
    let mut planned: Vec<Planned> = Vec::new();
    for (lane, numbers) in members.iter().enumerate().filter(|(_, numbers)| !numbers.is_empty()) {
        let titled = pack(sheet, line, marks, numbers, true, titled_rows(held)).map(Form::Titled);
        let form = titled.or_else(|| plain(numbers)).unwrap_or_else(|| bars(lane, numbers));
        planned.push(Planned { lane, count: numbers.len(), form });
    }
    // While all is too high, the highest lane that has a smaller form takes it.
    loop {
        let heights = planned.iter().map(|lane| lane.height(sheet));
        if heights.sum::<f64>() <= sheet.height {
            return planned;
        }
        let mut smaller: Option<(usize, f64, Form)> = None;
        for (at, lane) in planned.iter().enumerate() {
            let height = lane.height(sheet);
            if smaller.as_ref().is_some_and(|(_, best, _)| *best >= height) {
                continue;
            }
            let Some(numbers) = members.get(lane.lane) else { continue };
            let next = match &lane.form {
                Form::Titled(_) => [plain(numbers), Some(bars(lane.lane, numbers))],
                Form::Plain(_) => [None, Some(bars(lane.lane, numbers))],
                Form::Bars(_) => [None, None],
            };
            let is_lower = |form: &Form| form.height(sheet) < lane.form.height(sheet);
            if let Some(form) = next.into_iter().flatten().find(is_lower) {
                smaller = Some((at, height, form));
            }
        }
        let Some((at, _, form)) = smaller else { return planned };
        if let Some(lane) = planned.get_mut(at) {
            lane.form = form;
        }
    }
}

/// All lanes as bars.
pub(super) fn counted(sheet: &Sheet, line: &TimeLine, marks: &[Mark<'_>], members: &[Vec<usize>]) -> Vec<Planned> {
    let step = step(sheet, line, marks, members);
    let held = members.iter().enumerate().filter(|(_, numbers)| !numbers.is_empty());
    held.map(|(lane, numbers)| {
        let form = Form::Bars(density::bars(lane, step, marks, numbers));
        Planned { lane, count: numbers.len(), form }
    })
    .collect()
}

/// All bars of a picture count the same pieces of time.
fn step(sheet: &Sheet, line: &TimeLine, marks: &[Mark<'_>], members: &[Vec<usize>]) -> Step {
    let days = members.iter().flatten().filter_map(|number| marks.get(*number)?.days());
    days.map(|days| days.0).min().map_or(Step::Years(1), |first| Step::of(sheet, line, first))
}

impl Planned {
    /// Its height, with its name and the room around it.
    pub fn height(&self, sheet: &Sheet) -> f64 {
        let named = if sheet.gutter > 0.0 { sheet.target } else { 0.0 };
        sheet.heading() + self.form.height(sheet).max(named) + 2.0 * PADDING
    }
}

impl Form {
    fn height(&self, sheet: &Sheet) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let rows = |spots: &[Spot]| spots.iter().map(|spot| spot.row + 1).max().unwrap_or(0) as f64;
        match self {
            Self::Titled(spots) => rows(spots) * sheet.titled_row,
            Self::Plain(spots) => rows(spots) * sheet.plain_row,
            Self::Bars(bars) if has_strip(bars) => sheet.bars + STRIP,
            Self::Bars(_) => sheet.bars,
        }
    }
}

/// Whether some are counted by parts of a year and others by the year.
pub(super) fn has_strip(bars: &[Bar]) -> bool {
    let is_part = |bar: &Bar| !matches!(bar.over, Over::Years(..));
    bars.iter().any(is_part) && !bars.iter().all(is_part)
}
