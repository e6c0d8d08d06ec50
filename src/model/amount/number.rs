//! Numbers in digits: groups, decimals, and what is written instead of them.

use super::super::decimal::Decimal;
use super::token::Fault;

/// The digits without their groups, or what is wrong with them.
///
/// `written` is a run of digits with the marks that people put between and after them.
pub(super) fn plain(written: &str) -> Result<String, Fault> {
    let ascii: String = written.chars().map(|c| digit(c).unwrap_or(c)).collect();
    if ascii != written {
        return Err(Fault::cured("has digits that are not `0` to `9`", repaired(&ascii)));
    }
    if ascii.contains(|c: char| !c.is_ascii_digit() && c != ',' && c != '.') {
        let commas: String = ascii.chars().map(|c| if c.is_ascii_digit() || c == '.' { c } else { ',' }).collect();
        return Err(Fault::cured("groups digits by something other than `,`", repaired(&commas)));
    }
    let (whole, part) = ascii.split_once('.').map_or((ascii.as_str(), None), |(whole, part)| (whole, Some(part)));
    if let Some(part) = part {
        if part.contains('.') {
            let commas = ascii.replace('.', ",");
            return Err(Fault::cured("has two decimal points", grouped_well(&commas).then_some(commas)));
        }
        if part.contains(',') {
            let swapped: String = ascii
                .chars()
                .map(|c| {
                    if c == ',' {
                        '.'
                    } else if c == '.' {
                        ','
                    } else {
                        c
                    }
                })
                .collect();
            return Err(Fault::cured("has a `,` after its decimal point", plain(&swapped).is_ok().then_some(swapped)));
        }
        if whole.is_empty() || part.is_empty() {
            let cure = format!("{}.{}", if whole.is_empty() { "0" } else { whole }, part);
            let cure = cure.trim_end_matches('.').to_owned();
            return Err(Fault::cured("needs a digit on both sides of its decimal point", Some(cure)));
        }
    }
    if !whole.contains(',') {
        return Ok(ascii);
    }
    if grouped_well(whole) {
        return Ok(ascii.replace(',', ""));
    }
    let mut fault = Fault::cured("groups its digits by other than three", None);
    let decimal = whole.rsplit_once(',').map(|(whole, part)| format!("{whole}.{part}")).filter(|_| part.is_none());
    if let Some(decimal) = decimal.filter(|decimal| plain(decimal).is_ok()) {
        fault.cures.push((decimal, "when the last `,` is the decimal point".to_owned()));
    }
    if let Some(number) = Decimal::parse(&ascii.replace(',', "")) {
        fault.cures.push((grouped(number), "when `,` groups digits".to_owned()));
    }
    Err(fault)
}

/// One digit of any of the forms that keyboards of East Asia give.
pub(super) fn digit(c: char) -> Option<char> {
    let value = u32::from(c).checked_sub(u32::from('０')).filter(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// The number with `,` between groups of three.
pub(super) fn grouped(number: Decimal) -> String {
    let (whole, part) = number.digits(number.decimals());
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push('.');
        text.push_str(&part);
    }
    text
}

/// The number that `mantissa` with a power of ten means, written out.
pub(super) fn exponential(mantissa: &str, exponent: &str) -> Option<String> {
    let shift: u32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok().filter(|shift| *shift <= 24)?;
    Decimal::parse_shifted(&plain(mantissa).ok()?, shift).map(grouped)
}

/// Groups of three after a first of one to three that does not begin with a zero.
fn grouped_well(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

fn repaired(text: &str) -> Option<String> {
    match plain(text) {
        Ok(_) => Some(text.to_owned()),
        Err(fault) => fault.cures.into_iter().next_back().map(|(cure, _)| cure),
    }
}
