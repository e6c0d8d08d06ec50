//! Amounts and numbers to places on a line.

/// A line of values, even or logarithmic.
///
/// Which of the two is a rule and no choice: logarithmic when the largest value is more than [`MANY_TIMES`] the
/// smallest and none is zero, else even. An even line begins at zero, unless all values lie within the last fifth
/// before the largest, where zero would press them into one place. A picture has to say which it is.
///
/// ```
/// use annals::draw::value::{ValueScale, Values};
///
/// let even = ValueScale::new(&Values::of(&[3.0, 9.0]), 0.0, 100.0).unwrap();
/// assert!(!even.is_log() && even.begins_at_zero());
/// let log = ValueScale::new(&Values::of(&[50e6, 3e9]), 0.0, 100.0).unwrap();
/// assert!(log.is_log() && log.at(50e6) < log.at(100e6));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ValueScale {
    is_log: bool,
    /// The first and the last value, not their logarithms.
    ends: (f64, f64),
    /// Where they stand.
    places: (f64, f64),
}

/// What a line of values has to hold.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// Bounds and points, none of them negative. A bound of zero that stands for "from nothing on" is left out.
    pub places: &'a [f64],
    /// Whether something reaches down to nothing. A logarithmic line has no place for that: it leaves by the lower end.
    pub from_nothing: bool,
    /// Whether something goes on beyond the largest, so that room has to be left for it.
    pub beyond: bool,
}

/// A round number: `digits` times ten to the power of `power`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// The digits.
    pub digits: u64,
    /// The power of ten.
    pub power: i32,
}

/// A round number and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueTick {
    /// The number.
    pub value: Round,
    /// Its place.
    pub at: f64,
}

/// A line is logarithmic from this proportion on between its largest and its smallest value.
pub const MANY_TIMES: f64 = 30.0;

/// An even line need not begin at zero when its smallest value is more than this part of the largest.
const CLOSE: f64 = 0.8;

impl<'a> Values<'a> {
    /// Values with nothing below or beyond them.
    pub fn of(places: &'a [f64]) -> Self {
        Self { places, from_nothing: false, beyond: false }
    }
}

impl Round {
    /// The number, as near as a picture needs it.
    pub fn as_f64(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "for a place in a picture")]
        let digits = self.digits as f64;
        digits * 10f64.powi(self.power)
    }
}

impl ValueScale {
    /// A line that holds the values, from the place `from` to the place `to`, which may lie before it.
    ///
    /// Nothing when there is no value, or one that is no number or negative.
    pub fn new(values: &Values<'_>, from: f64, to: f64) -> Option<Self> {
        if !values.places.iter().all(|value| value.is_finite() && *value >= 0.0) {
            return None;
        }
        let least = values.places.iter().copied().reduce(f64::min)?;
        let most = values.places.iter().copied().reduce(f64::max)?;
        let is_log = least > 0.0 && most > least * MANY_TIMES;
        let ends = if is_log { log_ends(least, most, values.beyond) } else { even_ends(least, most, values) };
        Some(Self { is_log, ends, places: (from, to) })
    }

    /// Whether equal steps multiply.
    pub fn is_log(&self) -> bool {
        self.is_log
    }

    /// Whether it is even and begins at zero.
    pub fn begins_at_zero(&self) -> bool {
        !self.is_log && self.ends.0 <= 0.0
    }

    /// Where a value stands; one beyond the line stands at its end.
    pub fn at(&self, value: f64) -> f64 {
        let (least, most) = self.ends;
        let part = if self.is_log {
            (value.max(least) / least).log10() / (most / least).log10()
        } else {
            (value - least) / (most - least)
        };
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
        self.places.0 + (self.places.1 - self.places.0) * part
    }

    /// Where it begins and ends.
    pub fn places(&self) -> (f64, f64) {
        self.places
    }

    /// The first and the last value.
    pub fn ends(&self) -> (f64, f64) {
        self.ends
    }

    /// Round numbers at least `gap` apart: on a logarithmic line powers of ten.
    pub fn ticks(&self, gap: f64) -> Vec<ValueTick> {
        let room = (self.places.1 - self.places.0).abs();
        let tick = |value: Round| ValueTick { value, at: self.at(value.as_f64()) };
        if self.is_log {
            let (first, last) = (ceil(self.ends.0.log10()), floor(self.ends.1.log10()));
            let decade = room / (self.ends.1 / self.ends.0).log10();
            let every = ceil(gap / decade).max(1);
            // Round powers, so that a wider line shows more of them and not others.
            let first = first + (every - first.rem_euclid(every)) % every;
            let powers = (0..).map(|n| first + n * every).take_while(|power| *power <= last);
            return powers.map(|power| tick(Round { digits: 1, power })).collect();
        }
        let Some(step) = step_over((self.ends.1 - self.ends.0) * gap / room) else { return Vec::new() };
        let size = step.as_f64();
        let (first, last) = (ceil_many(self.ends.0 / size), floor_many(self.ends.1 / size));
        let steps = (0..).map(|n| first + n).take_while(|n| *n <= last);
        let round = |n: u64| Some(Round { digits: n.checked_mul(step.digits)?, power: step.power });
        steps.filter_map(round).map(tick).collect()
    }

    /// Round numbers with their words, as many as have room; `room` is what a label needs between its tick and the next.
    pub fn labelled(&self, words: impl Fn(Round) -> String, room: impl Fn(&str) -> f64) -> Vec<(ValueTick, String)> {
        let mut gap = 24.0;
        loop {
            let labels: Vec<(ValueTick, String)> =
                self.ticks(gap).into_iter().map(|tick| (tick, words(tick.value))).collect();
            let needed = labels.iter().map(|(_, text)| room(text)).fold(0.0, f64::max);
            let apart = labels.windows(2).filter_map(|pair| Some((pair.last()?.0.at - pair.first()?.0.at).abs()));
            if apart.fold(f64::INFINITY, f64::min) + 1e-9 >= needed {
                return labels;
            }
            gap = needed.max(gap * 1.25);
        }
    }
}

/// The ends of a logarithmic line: one, two or five times a power of ten.
fn log_ends(least: f64, most: f64, beyond: bool) -> (f64, f64) {
    let round = |value: f64| {
        let power = floor(value.log10());
        [1, 2, 5, 10, 20, 50].map(|digits| Round { digits, power }.as_f64())
    };
    // A rounding of the machine is no step.
    let low = round(least).into_iter().rfind(|end| *end <= least * (1.0 + 1e-12)).unwrap_or(least);
    let wanted = if beyond { most * 1.5 } else { most };
    let high = round(most).into_iter().find(|end| *end >= wanted * (1.0 - 1e-12)).unwrap_or(wanted);
    (low, high)
}

fn even_ends(least: f64, most: f64, values: &Values<'_>) -> (f64, f64) {
    let most = if most > 0.0 { most } else { 1.0 };
    let cut = !values.from_nothing && least > most * CLOSE && least < most;
    // Values that hardly differ are not blown up without end: a hundredth of the largest is the least that a line holds.
    let span = if cut { (most - least).max(most * 0.01) } else { most };
    let Some(step) = step_over(span / 5.0) else { return (0.0, most) };
    let step = step.as_f64();
    let low = if cut { (least / step - 0.25).floor() * step } else { 0.0 };
    let wanted = if values.beyond { most + span * 0.15 } else { most };
    (low.max(0.0), (wanted / step - 1e-9).ceil() * step)
}

/// The smallest of one, two, five times a power of ten that is not below `size`.
fn step_over(size: f64) -> Option<Round> {
    if !(size.is_finite() && size > 0.0) {
        return None;
    }
    let power = floor(size.log10());
    let steps = [1, 2, 5, 10].map(|digits| Round { digits, power });
    let step = steps.into_iter().find(|step| step.as_f64() >= size * (1.0 - 1e-9))?;
    Some(if step.digits == 10 { Round { digits: 1, power: power + 1 } } else { step })
}

#[expect(clippy::cast_possible_truncation, reason = "clamped; logarithms of numbers that a record can hold are small")]
fn floor(value: f64) -> i32 {
    (value + 1e-9).floor().clamp(-400.0, 400.0) as i32
}

#[expect(clippy::cast_possible_truncation, reason = "clamped, as above")]
fn ceil(value: f64) -> i32 {
    (value - 1e-9).ceil().clamp(-400.0, 400.0) as i32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; steps are counted from zero on")]
fn floor_many(value: f64) -> u64 {
    (value + 1e-9).floor().clamp(0.0, 1e15) as u64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped, as above")]
fn ceil_many(value: f64) -> u64 {
    (value - 1e-9).ceil().clamp(0.0, 1e15) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scale(values: &[f64]) -> ValueScale {
        ValueScale::new(&Values::of(values), 0.0, 300.0).unwrap()
    }

    #[track_caller]
    fn check(values: &[f64], gap: f64, expect: &[(u64, i32)]) {
        let ticks: Vec<(u64, i32)> =
            scale(values).ticks(gap).iter().map(|tick| (tick.value.digits, tick.value.power)).collect();
        assert_eq!(ticks, expect);
    }

    #[test]
    fn round_numbers() {
        check(&[3.0, 9.0], 60.0, &[(0, 0), (2, 0), (4, 0), (6, 0), (8, 0), (10, 0)]);
        check(&[360.0, 440.0], 60.0, &[(34, 1), (36, 1), (38, 1), (40, 1), (42, 1), (44, 1)]);
        check(&[50e6, 3e9], 60.0, &[(1, 8), (1, 9)]);
        check(&[1.0, 1e6], 90.0, &[(1, 0), (1, 2), (1, 4), (1, 6)]);
        check(&[0.25], 100.0, &[(0, -1), (1, -1), (2, -1)]);
    }

    #[test]
    fn the_rule() {
        assert!(!scale(&[1.0, 30.0]).is_log());
        assert!(scale(&[1.0, 31.0]).is_log());
        assert!(!scale(&[0.0, 1.0, 51.0]).is_log());
        assert!(scale(&[300.0, 400.0]).begins_at_zero());
        assert!(!scale(&[380.0, 400.0]).begins_at_zero());
        let from_nothing = Values { from_nothing: true, ..Values::of(&[380.0, 400.0]) };
        assert!(ValueScale::new(&from_nothing, 0.0, 1.0).unwrap().begins_at_zero());
        assert_eq!(ValueScale::new(&Values::of(&[]), 0.0, 1.0), None);
        assert_eq!(ValueScale::new(&Values::of(&[f64::NAN]), 0.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn more_is_never_before_less(
            values in proptest::collection::vec((0..10_000_u64, -12..24_i32), 1..12),
            turned in any::<bool>(),
            beyond in any::<bool>(),
            from_nothing in any::<bool>(),
            gap in 8.0..200.0_f64,
        ) {
            let mut places: Vec<f64> =
                values.into_iter().map(|(digits, power)| Round { digits, power }.as_f64()).collect();
            let (from, to) = if turned { (300.0, 20.0) } else { (20.0, 300.0) };
            let scale = ValueScale::new(&Values { places: &places, from_nothing, beyond }, from, to).unwrap();
            places.sort_by(f64::total_cmp);
            let order = |a: f64, b: f64| if turned { a >= b - 1e-9 } else { a <= b + 1e-9 };
            for pair in places.windows(2) {
                prop_assert!(order(scale.at(pair[0]), scale.at(pair[1])));
            }
            // All values are on the line, and none is pressed to its end.
            let (least, most) = scale.ends();
            prop_assert!(least <= places[0] * (1.0 + 1e-9) && most >= places[places.len() - 1] * (1.0 - 1e-9));
            let ticks = scale.ticks(gap);
            prop_assert!(ticks.len() <= 60, "{}", ticks.len());
            for tick in &ticks {
                let value = tick.value.as_f64();
                prop_assert!(value >= least * (1.0 - 1e-6) && value <= most * (1.0 + 1e-6), "{value} {least} {most}");
                prop_assert!((20.0..=300.0).contains(&tick.at));
            }
            for pair in ticks.windows(2) {
                prop_assert!(order(pair[0].at, pair[1].at));
                prop_assert!((pair[0].at - pair[1].at).abs() >= gap * 0.999, "{pair:?}");
            }
            let labels = scale.labelled(|round| format!("{} {}", round.digits, round.power), |_| 40.0);
            prop_assert!(labels.windows(2).all(|pair| (pair[0].0.at - pair[1].0.at).abs() >= 39.9));
        }
    }
}
