//! Many figures as a field of counts.

use super::super::World;
use super::super::scales::{float, scale_words, value_words};
use super::chart::{Ground, Known, Picture, name};
use crate::draw::boxes::VALUES;
use crate::draw::density::{Cell, Density, columns};
use crate::draw::value::{Round, ValueScale, ValueTick, Values};
use crate::draw::wide::Part;
use std::collections::BTreeMap;

/// The smallest height of a band of values: its number keeps clear of the words of its line.
const BAND: f64 = 46.0;

/// How many figures there are in which column and which band.
type Field = BTreeMap<(usize, usize), usize>;

/// Years that stand together in one column.
struct Columns {
    first: i32,
    years: i32,
    count: usize,
}

/// The picture; nothing when no figure has a value.
pub(super) fn draw(world: &World, ground: &Ground<'_>, figures: &[Known<'_>]) -> Option<Picture> {
    let words = &world.terms.figures;
    // What a figure counts at has no bounds: the line need not reach beyond it.
    let named: Vec<f64> = figures.iter().map(named).collect();
    let scale = ValueScale::new(&Values::of(&named), VALUES.1, VALUES.0)?;
    let edges = edges(&scale, named.iter().copied().fold(0.0, f64::max), ground.currency.is_none());
    let years: Vec<Option<i32>> = figures.iter().map(|figure| figure.entry.date.years().first().copied()).collect();
    let span = years.iter().flatten().min().zip(years.iter().flatten().max());
    let (first, last) = span.map_or((0, 0), |(first, last)| (*first, *last));
    let bands: Vec<usize> = named.iter().map(|value| band(&edges, *value)).collect();
    let count = |columns: &Columns| {
        let mut field = Field::new();
        for (year, band) in years.iter().zip(&bands).filter_map(|(year, band)| Some(((*year)?, *band))) {
            *field.entry((columns.of(year), band)).or_default() += 1;
        }
        field
    };
    // Fewer columns hold more figures each: the numbers decide how wide they have to be.
    let digits = |field: &Field| world.digits(field.values().copied().max().unwrap_or_default());
    let mut room = columns("99");
    let (columns, field) = loop {
        let grid = Columns::over(first, last, room);
        let field = count(&grid);
        let fits = columns(&digits(&field));
        if fits >= grid.count || room <= 1 {
            break (grid, field);
        }
        room = fits.min(room - 1);
    };
    let rows = edges.len().saturating_sub(1).max(1);
    let (column, row) = (0.94 / share(columns.count), (VALUES.1 - VALUES.0) / share(rows));
    let number = |round: &Round| value_words(world, *round, ground.currency);
    let cells = field.iter().map(|((x, y), count)| Cell {
        x: Part(0.03 + column * (share(*x) + 0.5)),
        y: VALUES.1 - row * (share(*y) + 0.5),
        count: *count,
        digits: world.digits(*count),
    });
    let ticks: Vec<ValueTick> = edges
        .iter()
        .enumerate()
        .map(|(at, value)| ValueTick { value: *value, at: VALUES.1 - row * share(at) })
        .collect();
    let every = columns.count.div_ceil(5);
    let picture = Density {
        name: name(world, ground, figures.len()),
        cells: cells.collect(),
        values: ticks.iter().map(|tick| (tick.at, number(&tick.value))).collect(),
        times: (0..columns.count)
            .step_by(every.max(1))
            .map(|at| (Part(0.03 + column * share(at)), world.year(Some(columns.year(at)))))
            .collect(),
    };
    let mut sentences = vec![scale_words(world, &scale, &ticks)];
    let undated = years.iter().filter(|year| year.is_none()).count();
    if undated > 0 {
        sentences.push(words.chart_undrawn.words(undated));
    }
    Some(Picture { svg: picture.draw(), words: sentences, key: vec![words.chart_density] })
}

impl Columns {
    /// Whole columns of years from the first to the last, `most` of them at most.
    fn over(first: i32, last: i32, most: usize) -> Self {
        let tens = [10, 20, 50].into_iter().cycle().zip(0_u32..).map(|(n, at)| n * 10_i32.pow(at / 3));
        let steps = [1, 2, 3, 4, 5].into_iter().chain(tens);
        let count = |years: i32| (last.div_euclid(years) - first.div_euclid(years) + 1).unsigned_abs();
        let fits = |years: &i32| usize::try_from(count(*years)).is_ok_and(|count| count <= most);
        // Two columns hold any time, since a long one begins at the year 0.
        let years = steps.take(20).find(fits).unwrap_or(100_000);
        let first = first.div_euclid(years) * years;
        Self { first, years, count: usize::try_from(count(years)).unwrap_or(1).max(1) }
    }

    fn of(&self, year: i32) -> usize {
        usize::try_from((year - self.first).div_euclid(self.years)).unwrap_or_default().min(self.count - 1)
    }

    /// The first year of a column.
    fn year(&self, column: usize) -> i32 {
        self.first + self.years * i32::try_from(column).unwrap_or_default()
    }
}

/// The edges of the bands, from the least: round numbers at equal steps that hold all values, of which `most` is the
/// largest.
fn edges(scale: &ValueScale, most: f64, is_count: bool) -> Vec<Round> {
    let (least, _) = scale.ends();
    let mut edges: Vec<Round> = scale.ticks(BAND).into_iter().map(|tick| tick.value).collect();
    if is_count {
        edges.retain(|edge| edge.power >= 0);
    }
    let Some((first, second)) = edges.first().copied().zip(edges.get(1).copied()) else { return edges };
    let step = |from: Round, up: bool| {
        if scale.is_log() {
            let step = second.power - first.power;
            return Round { power: if up { from.power + step } else { from.power - step }, ..from };
        }
        let step = second.digits.saturating_sub(first.digits);
        Round { digits: if up { from.digits + step } else { from.digits.saturating_sub(step) }, ..from }
    };
    if first.as_f64() > least * (1.0 + 1e-9) {
        edges.insert(0, step(first, false));
    }
    // Each band has its lower edge and not its upper one: the largest value needs one above it.
    if let Some(last) = edges.last().copied().filter(|last| last.as_f64() <= most * (1.0 + 1e-9)) {
        edges.push(step(last, true));
    }
    edges
}

/// The number at which a figure counts: what it names, or else a bound.
fn named(figure: &Known<'_>) -> f64 {
    let quantity = figure.quantity;
    let named = quantity.point().or(quantity.min().filter(|min| !min.is_zero())).or(quantity.max());
    named.map_or(0.0, float)
}

/// The band in which a value lies.
fn band(edges: &[Round], value: f64) -> usize {
    let below = edges.iter().take_while(|edge| edge.as_f64() <= value * (1.0 + 1e-12)).count();
    below.saturating_sub(1).min(edges.len().saturating_sub(2))
}

fn share(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_year_has_a_column(first in -9999..9999_i32, more in 0..19_000_i32, most in 2..13_usize, at in 0.0..1.0_f64) {
            let last = (first + more).min(9999);
            let columns = Columns::over(first, last, most);
            prop_assert!(columns.count <= most);
            #[expect(clippy::cast_possible_truncation, reason = "a year")]
            let year = first + (f64::from(last - first) * at) as i32;
            let column = columns.of(year);
            prop_assert!(columns.year(column) <= year && year < columns.year(column) + columns.years);
        }
    }
}
