//! Dates, amounts and counts in the forms that authors write.

use super::random::Random;
use chrono::{Datelike, Days, NaiveDate};

/// An EDTF date that says when something of the day `day` happened: mostly a day, sometimes less, sometimes more.
///
/// What it says always touches the year of `day`, so that a file's name may begin with that year.
pub fn date(random: &mut Random, day: NaiveDate) -> String {
    let (year, month) = (day.year(), day.month());
    let later = || day.checked_add_days(Days::new(17)).unwrap_or(day);
    match random.below(100) {
        0..58 => day.to_string(),
        58..72 => format!("{year}-{month:02}"),
        72..79 => format!("{year}"),
        79..87 => format!("{day}/{}", later()),
        87..90 => format!("{year}-{month:02}~"),
        90..92 => format!("{year}~"),
        92..94 => format!("{year}?"),
        94..95 => format!("{year}-{}", 33 + (month - 1) / 3),
        95..96 => format!("{year}-{}", 40 + (month - 1) / 6),
        96..97 => format!("\"[{day}..{}]\"", later()),
        97..98 => format!("{year}-{month:02}/.."),
        98..99 => format!("{}X", year / 10),
        _ => format!("{year}-{month:02}-{:02}%", day.day()),
    }
}

/// An amount of money, in a currency that it names.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    currency: &'static str,
    thousands: usize,
}

impl Money {
    /// Some amount.
    pub fn new(random: &mut Random) -> Self {
        let currency = random.pick(&["USD", "USD", "USD", "EUR", "EUR", "GBP", "CHF", "JPY", "TLR"]);
        let scale = 10_usize.pow(u32::try_from(random.below(5)).unwrap_or_default());
        Self { currency, thousands: random.within(2, 900) * scale }
    }

    /// An amount that somebody else would name for the same thing.
    pub fn other(self) -> Self {
        Self { thousands: self.thousands * 3 + 1, ..self }
    }

    /// The amount in one of the forms of the grammar.
    pub fn text(self, random: &mut Random) -> String {
        let Self { currency, thousands } = self;
        let short = match thousands {
            1_000_000.. if thousands.is_multiple_of(1_000_000) => format!("{}B", thousands / 1_000_000),
            1_000.. if thousands.is_multiple_of(1_000) => format!("{}M", thousands / 1_000),
            _ => format!("{thousands}k"),
        };
        let more = thousands + thousands / 4 + 1;
        match random.below(24) {
            0..6 => format!("{currency} {short}"),
            6 => format!("exactly {currency} {}", grouped(thousands)),
            7..9 => format!("over {currency} {short}"),
            9 => format!("more than {currency} {short}"),
            10..12 => format!("at least {currency} {short}"),
            12 => format!("almost {currency} {short}"),
            13..16 => format!("about {currency} {short}"),
            16 => format!("estimated {currency} {thousands} thousand"),
            17 => format!("up to {currency} {short}"),
            18 => format!("under {currency} {short}"),
            19..21 => format!("{currency} {thousands}k to {more}k"),
            21 => format!("between {currency} {thousands}k and {more}k"),
            22 => format!("{short} {currency}"),
            _ => format!("around {}.5 million {currency}", thousands.div_ceil(1_000)),
        }
    }
}

/// A count of `number` things in one of the forms of the grammar.
pub fn count(random: &mut Random, number: usize) -> String {
    match random.below(8) {
        0..4 => number.to_string(),
        4 => format!("at least {number}"),
        5 => format!("about {number}"),
        6 => format!("more than {number}"),
        _ => format!("{number} to {}", number + 2),
    }
}

/// So many thousands, with all digits: `12,400,000`.
fn grouped(thousands: usize) -> String {
    let (billions, millions) = (thousands / 1_000_000, thousands / 1_000 % 1_000);
    let rest = thousands % 1_000;
    match (billions, millions) {
        (0, 0) => format!("{rest},000"),
        (0, _) => format!("{millions},{rest:03},000"),
        _ => format!("{billions},{millions:03},{rest:03},000"),
    }
}
