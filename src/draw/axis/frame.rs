//! What stands around the lanes: years and months, and the breaks with what they leave out.

use super::sheet::Sheet;
use super::{Shape, Words};
use crate::draw::svg::{Px, Svg};
use crate::draw::text::{fitted, width};
use crate::draw::time::{Fold, TimeLine, Unit};
use chrono::Datelike;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The top and the bottom of a picture, and what runs from the one to the other.
pub(super) struct Frame<'a> {
    sheet: &'a Sheet,
    /// Words of a break: row, where they begin, the words, the break.
    breaks: Vec<(usize, f64, String, Fold)>,
    /// Years and months: where they begin, the words; nothing when there is no room for them.
    ticks: Vec<(f64, Option<String>)>,
}

/// Half the width of a torn strip.
const TORN: f64 = 7.0;

/// The height of a line of words.
const ROW: f64 = 20.0;

impl<'a> Frame<'a> {
    /// Finds a place for all words.
    pub fn new(sheet: &'a Sheet, line: &TimeLine, words: &dyn Words) -> Self {
        let mut frame = Self { sheet, breaks: Vec::new(), ticks: Vec::new() };
        let mut ends: Vec<f64> = Vec::new();
        for fold in line.folds() {
            let Some(text) = fitted(&words.fold(fold), sheet.letters, sheet.width) else { continue };
            let long = width(&text, sheet.letters);
            let x = (middle(fold) - long / 2.0).min(sheet.width - long).max(0.0);
            let row = ends.iter().position(|end| *end <= x).unwrap_or(ends.len());
            match ends.get_mut(row) {
                Some(end) => *end = x + long + 12.0,
                None => ends.push(x + long + 12.0),
            }
            frame.breaks.push((row, x, text, *fold));
        }
        let mut free = f64::NEG_INFINITY;
        for tick in line.ticks(width("0000", sheet.letters) + 12.0) {
            let text = match tick.unit {
                Unit::Year => words.tick(tick.day.year(), None),
                Unit::Month => words.tick(tick.day.year(), Some(tick.day.month())),
                Unit::Day => tick.day.day().to_string(),
            };
            let x = tick.x + 3.0;
            let end = x + width(&text, sheet.letters);
            let fits = x >= free && end <= sheet.width;
            if fits {
                free = end + 6.0;
            }
            // A month without its name would say nothing.
            if fits || tick.unit == Unit::Year {
                frame.ticks.push((tick.x, fits.then_some(text)));
            }
        }
        frame
    }

    /// Where the lanes begin.
    pub fn top(&self) -> f64 {
        self.fold_rows() + ROW + 4.0
    }

    /// The height below the lanes.
    pub fn foot(&self, lanes: f64) -> f64 {
        if lanes > 240.0 { ROW } else { 4.0 }
    }

    /// What lies behind the lanes: lines at years and between lanes, and the names of years. It says nothing that the
    /// names of the marks do not say.
    pub fn behind(&self, svg: &mut Svg, edges: &[f64]) {
        let top = self.top();
        let bottom = edges.last().copied().unwrap_or(top);
        let mut grid = String::new();
        for (x, _) in &self.ticks {
            // Writing to a string cannot fail.
            let _ = write!(grid, "M{} {}V{}", Px(*x), Px(top - ROW), Px(bottom));
        }
        for y in edges {
            let _ = write!(grid, "M0 {}H{}", Px(*y), Px(self.sheet.width));
        }
        svg.open("g", &[("class", &"axis-frame"), ("aria-hidden", &"true")]);
        svg.empty("path", &[("d", &grid)]);
        let mut named = |y: f64| {
            for (x, text) in &self.ticks {
                if let Some(text) = text {
                    svg.element("text", &[("x", &Px(x + 3.0)), ("y", &Px(y))], text);
                }
            }
        };
        named(top - 7.0);
        if self.foot(bottom - top) >= ROW {
            named(bottom + 15.0);
        }
        svg.close();
    }

    /// The breaks; what runs through one leaves a gap there, see [`gap`].
    pub fn breaks(&self, svg: &mut Svg, bottom: f64, shapes: &mut BTreeSet<Shape>) {
        if self.breaks.is_empty() {
            return;
        }
        shapes.insert(Shape::Break);
        svg.open("g", &[("class", &"axis-break")]);
        for (row, x, text, fold) in &self.breaks {
            #[expect(clippy::cast_precision_loss, reason = "there are at most eight folds")]
            let y = ROW * *row as f64;
            let at = middle(fold);
            let torn = Torn { x: (at - TORN, at + TORN), y: (y + ROW - 2.0, bottom) };
            svg.empty("path", &[("d", &torn.sheet())]);
            svg.empty("path", &[("class", &"axis-torn"), ("d", &torn.edges())]);
            svg.element("text", &[("x", &Px(*x)), ("y", &Px(y + 13.0))], text);
        }
        svg.close();
    }

    fn fold_rows(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are at most eight folds")]
        let rows = self.breaks.iter().map(|(row, ..)| row + 1).max().unwrap_or(0) as f64;
        rows * ROW
    }
}

/// What of a span that runs through a fold is left out: a little less than the strip, so that the edges are seen.
pub(super) fn gap(fold: &Fold) -> (f64, f64) {
    (middle(fold) - TORN + 3.0, middle(fold) + TORN)
}

fn middle(fold: &Fold) -> f64 {
    f64::midpoint(fold.x.0, fold.x.1)
}

/// A strip torn out of the picture.
pub(super) struct Torn {
    pub x: (f64, f64),
    pub y: (f64, f64),
}

impl Torn {
    /// What covers the strip.
    pub fn sheet(&self) -> String {
        let ((left, right), (top, bottom)) = (self.x, self.y);
        format!("M{} {}V{}H{}V{}Z", Px(left), Px(top), Px(bottom), Px(right), Px(top))
    }

    /// Its two edges.
    pub fn edges(&self) -> String {
        let mut edges = String::new();
        for x in [self.x.0, self.x.1] {
            let _ = write!(edges, "M{} {}", Px(x), Px(self.y.0));
            let (mut y, mut to) = (self.y.0, 3);
            while y + 6.0 <= self.y.1 {
                let _ = write!(edges, "l{to} 6");
                to = -to;
                y += 6.0;
            }
        }
        edges
    }
}
