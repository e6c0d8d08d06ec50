//! The words of lines of values and of time.

use super::World;
use crate::draw::close;
use crate::draw::text::width;
use crate::draw::time::{TimeLine, Unit};
use crate::draw::value::{Round, ValueScale, ValueTick};
use crate::draw::wide::{NARROW, Part};
use crate::model::Date;
use crate::model::decimal::Decimal;
use crate::phrase::pattern::fill;
use crate::phrase::{amount, date};

/// The length of lines of time, of which pictures take parts: long enough for their cuts to be narrow.
const LONG: f64 = 720.0;

/// A line of time for pictures: days from the first to the last of `spans` in the middle part of the picture.
pub(super) struct Times {
    line: TimeLine,
}

impl Times {
    /// A line that holds the dates, as far as they have days.
    pub fn of<'d>(dates: impl Iterator<Item = &'d Date>) -> Option<Self> {
        let spans: Vec<_> = dates
            .filter_map(|date| {
                let (earliest, latest) = (date.earliest(), date.latest());
                Some((earliest.or(latest)?, latest.or(earliest)?))
            })
            .collect();
        Some(Self { line: close::line(&spans, LONG * 0.03, LONG * 0.97)? })
    }

    /// From where to where a date lies; an open side reaches the end of the picture.
    pub fn reach(&self, date: &Date) -> (Part, Part) {
        let start = date.earliest().map_or(0.02, |day| self.line.start(day) / LONG);
        let end = date.latest().map_or(0.98, |day| self.line.end(day) / LONG);
        (Part(start), Part(end))
    }

    /// Marks with their words, as many as do not collide on the narrowest picture.
    pub fn marks(&self, world: &World) -> Vec<(Part, String)> {
        let room = |words: &str| (width(words, 12.0) + 10.0) / NARROW * LONG;
        let words = |day: &str, is_fine: bool| {
            // Days are not named: a mark should not look more exact than what is drawn.
            let kept = if is_fine { day.rsplit_once('-')?.0 } else { day.strip_suffix("-01-01")? };
            Date::parse(kept).ok().map(|date| date::short(&date, world.lexicon))
        };
        let mut gap = 60.0;
        loop {
            let mut ticks = self.line.ticks(gap);
            // Between months a new year is a month.
            let is_fine = ticks.iter().any(|tick| tick.unit != Unit::Year);
            ticks.retain(|tick| (LONG * 0.02..=LONG * 0.98).contains(&tick.x));
            let marks: Vec<(f64, String)> =
                ticks.iter().filter_map(|tick| Some((tick.x, words(&tick.day.to_string(), is_fine)?))).collect();
            let needed = marks.iter().map(|(_, words)| room(words)).fold(0.0, f64::max);
            if gap >= needed {
                // Across a cut two stretches may come near each other.
                let mut last = f64::NEG_INFINITY;
                let apart = marks.into_iter().filter(|(x, _)| {
                    let keep = x - last >= needed;
                    if keep {
                        last = *x;
                    }
                    keep
                });
                return apart.map(|(x, words)| (Part(x / LONG), words)).collect();
            }
            // In small steps: years may fit where the names of months did not.
            gap *= 1.25;
        }
    }

    /// Where it is cut.
    pub fn cuts(&self) -> Vec<(Part, Part)> {
        self.line.folds().iter().map(|fold| (Part(fold.x.0 / LONG), Part(fold.x.1 / LONG))).collect()
    }

    /// The same in sentences.
    pub fn cut_words(&self, world: &World) -> Vec<String> {
        let words = |fold: &crate::draw::time::Fold| {
            let (first, last) = (world.year(Some(fold.first_year)), world.year(Some(fold.last_year)));
            fill(world.terms.figures.time_cut, &[("first", &first), ("last", &last)])
        };
        self.line.folds().iter().map(words).collect()
    }
}

/// A number for a picture.
pub(super) fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or(0.0)
}

/// A round number of a currency, or of things.
pub(super) fn value_words(world: &World, round: Round, currency: Option<&str>) -> String {
    let digits = round.digits.to_string();
    let number = match u32::try_from(round.power) {
        Ok(power) => Decimal::parse_shifted(&digits, power),
        Err(_) => {
            let after = usize::try_from(round.power.unsigned_abs()).unwrap_or_default();
            let padded = format!("{digits:0>width$}", width = after + 1);
            let (whole, part) = padded.split_at_checked(padded.len() - after).unwrap_or_default();
            Decimal::parse(format!("{whole}.{part}").trim_end_matches('0').trim_end_matches('.'))
        }
    };
    number.map(|number| amount::bound(number, currency, world.lexicon)).unwrap_or_default()
}

/// What kind of scale it is, in a sentence.
pub(super) fn scale_words(world: &World, scale: &ValueScale, ticks: &[ValueTick]) -> String {
    let words = &world.terms.figures;
    if scale.begins_at_zero() {
        return words.scale_even.to_owned();
    }
    if !scale.is_log() {
        return words.scale_cut.to_owned();
    }
    let step = ticks.first().zip(ticks.get(1)).map_or(1, |(a, b)| b.value.power - a.value.power);
    let times = u32::try_from(step).ok().and_then(|step| Decimal::parse_shifted("1", step));
    let times = times.map(|times| amount::digits(times, world.lexicon)).unwrap_or_default();
    fill(words.scale_log, &[("n", &times)])
}
