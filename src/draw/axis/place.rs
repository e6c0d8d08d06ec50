//! Marks to places: where each is drawn, and in which row it stands so that none covers another.

use super::sheet::{MARGIN, Sheet};
use super::{End, Mark};
use crate::draw::text::{fitted, width};
use crate::draw::time::TimeLine;

/// Where a mark is drawn, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    /// The number of the mark.
    pub mark: usize,
    /// From the one end of the shape to the other, fades and heads of arrows included.
    pub body: (f64, f64),
    /// The middle of the diamond.
    pub diamond: Option<f64>,
    /// Where the title begins, and as much of it as there is room for.
    pub title: Option<(f64, String)>,
    /// All of it, as a target.
    pub target: (f64, f64),
    /// Its row, from 0.
    pub row: usize,
}

/// How far a fade reaches beyond the day.
const FADE: f64 = 7.0;

/// How long the shape of a mark is of which the other end is not known.
const UNKNOWN: f64 = 30.0;

/// The least width of a shape: a day would be nothing.
const LEAST: f64 = 5.0;

/// Half a diamond.
pub(super) const DIAMOND: f64 = 5.0;

/// Between two marks in a row.
const GAP: f64 = 2.0;

/// The marks in rows, each in the first where it has room; nothing when they need more than `rows` rows.
pub(super) fn pack(
    sheet: &Sheet,
    line: &TimeLine,
    marks: &[Mark<'_>],
    numbers: &[usize],
    titled: bool,
    rows: usize,
) -> Option<Vec<Spot>> {
    let (left, right) = sheet.plot();
    // Not worth a look when they could not fit side by side.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    if numbers.len() as f64 * sheet.target > (right - left) * rows as f64 {
        return None;
    }
    // In the order of time, which is that of reading, so that rows go down as time goes on.
    let mut spots: Vec<Spot> = Vec::new();
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    for number in numbers {
        let Some(mut spot) = spot(sheet, line, *number, marks.get(*number)?, titled) else { continue };
        let (from, to) = spot.target;
        let is_free = |row: &Vec<(f64, f64)>| row.iter().all(|(left, right)| to + GAP <= *left || right + GAP <= from);
        spot.row = taken.iter().position(is_free).unwrap_or(taken.len());
        match taken.get_mut(spot.row) {
            Some(row) => row.push(spot.target),
            None if spot.row == rows => return None,
            None => taken.push(vec![spot.target]),
        }
        spots.push(spot);
    }
    Some(spots)
}

fn spot(sheet: &Sheet, line: &TimeLine, mark: usize, of: &Mark<'_>, titled: bool) -> Option<Spot> {
    let (left, right) = sheet.plot();
    let (first, last) = of.days()?;
    let mut body = (
        match of.start {
            End::Sharp(day) | End::Faded(day) => line.start(day),
            End::Beyond(_) | End::Open => line.x().0 - MARGIN,
            End::Unknown => line.end(last) - UNKNOWN,
        },
        match of.end {
            End::Sharp(day) | End::Faded(day) => line.end(day),
            End::Beyond(_) | End::Open => line.x().1 + MARGIN,
            End::Unknown => line.start(first) + UNKNOWN,
        },
    );
    let short = (LEAST - (body.1 - body.0)).max(0.0) / 2.0;
    body = (body.0 - short, body.1 + short);
    body.0 -= if matches!(of.start, End::Faded(_)) { FADE } else { 0.0 };
    body.1 += if matches!(of.end, End::Faded(_)) { FADE } else { 0.0 };
    // An outline has a thickness.
    body = (body.0.max(left + 1.0), body.1.min(right - 1.0));
    // Before the mark, unless that is open there: the end may be, which is more usual.
    let beside = DIAMOND + 2.0;
    let diamond = of.disputed.then(|| match of.start {
        start if start.goes_on() => (body.1 + beside).min(right - DIAMOND),
        _ => (body.0 - beside).max(left + DIAMOND),
    });
    let shown = diamond.map_or(body, |x| (body.0.min(x - DIAMOND), body.1.max(x + DIAMOND)));
    let missing = (sheet.target - (shown.1 - shown.0)).max(0.0);
    // Around its middle, but within the picture.
    let from = (shown.0 - missing / 2.0).max(left).min(right - sheet.target);
    let mut target = (from.min(shown.0), (from + sheet.target).max(shown.1));
    let title = titled
        .then(|| fitted(of.title, sheet.letters, right - left))
        .flatten()
        .map(|words| (shown.0.min(right - width(&words, sheet.letters)).max(left), words));
    if let Some((x, words)) = &title {
        // The ring of focus is drawn around it.
        let end = x + width(words, sheet.letters);
        target = (target.0.min(x - 3.0).max(left), target.1.max(end + 3.0).min(right));
    }
    Some(Spot { mark, body, diamond, title, target, row: 0 })
}
