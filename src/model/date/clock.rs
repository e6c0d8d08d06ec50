//! A day with a time of day that EDTF would write otherwise: `2022-01-05 10:30 UTC`.

use super::numeric::two;
use super::reading::{Reading, one};

/// How a day with a time is to be understood: seconds left out, halves of the day, zones in other notations.
pub(super) fn read(text: &str) -> Option<Reading> {
    let (date, time) = text.split_once(['t', ' '])?;
    let (hour, rest) = time.split_once(':')?;
    let clock_end = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(clock_end)?;
    let (minute, second) = clock.split_once(':').unwrap_or((clock, "00"));
    // Fractions of a second have no place in EDTF.
    let zone = zone.strip_prefix('.').map_or(zone, |digits| digits.trim_start_matches(|c: char| c.is_ascii_digit()));
    let (hour, zone) = half_of_day(two(hour)?, zone.trim())?;
    let local = format!("{}T{hour:02}:{:02}:{:02}", one(date)?, two(minute)?, two(second)?);
    let how = "a time of day has the form `Thh:mm:ss`, with its shift from UTC after it";
    let zone = ["utc", "gmt"]
        .iter()
        .find_map(|name| zone.strip_prefix(name))
        .map_or(zone, |shift| if shift.is_empty() { "z" } else { shift.trim() });
    match zone {
        "" => return Some(Reading::new(how, local)),
        "z" => return Some(Reading::new(how, format!("{local}Z"))),
        _ => {}
    }
    if let Some(shift) = zone.strip_prefix(['+', '-']) {
        let sign = if zone.starts_with('-') { '-' } else { '+' };
        return Some(Reading::new(how, format!("{local}{sign}{}", shift_digits(shift)?)));
    }
    // The short names of zones mean different things in different places.
    let is_name = zone.len() <= 5 && zone.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then(|| {
        let reading = Reading::new(how, format!("{local}Z")).when("when the time is UTC");
        reading.or(local, "without a zone")
    })
}

/// The hour of the whole day, and what follows `am` or `pm`.
fn half_of_day(hour: u32, zone: &str) -> Option<(u32, &str)> {
    for (mark, add) in [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12), ("p.m", 12), ("a.m", 0)] {
        if let Some(rest) = zone.strip_prefix(mark) {
            let hour = if (1..=12).contains(&hour) { hour % 12 + add } else { return None };
            return Some((hour, rest.trim()));
        }
    }
    Some((hour, zone))
}

/// `1`, `01`, `0100` and `1:00` as EDTF has them.
fn shift_digits(shift: &str) -> Option<String> {
    let (hours, minutes) = match shift.split_once(':') {
        Some((hours, minutes)) => (hours, Some(minutes)),
        None if shift.len() == 4 => (shift.get(..2)?, shift.get(2..)),
        None => (shift, None),
    };
    Some(match minutes {
        Some(minutes) => format!("{:02}:{:02}", two(hours)?, two(minutes)?),
        None => format!("{:02}", two(hours)?),
    })
}
