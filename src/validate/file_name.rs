//! A file's name that begins with a date tells the truth.

use super::rivals::at;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::{Agreement, Date, Field};
use crate::resolve::{Shown, Site};

/// `date-differs-from-file-name`.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for entry in &site.incidents {
        let incident = &*entry.incident;
        let Some(named) = leading_date(incident.id.as_str()) else { continue };
        if incident.unread.touches(&Field::Date) || named.compare(&entry.date) != Agreement::Conflict {
            continue;
        }
        let claimed = entry.field(&Field::Date).and_then(|state| match &state.shown {
            Shown::Chosen(index) if incident.date.is_none() => incident.claims.get(*index),
            _ => None,
        });
        let place = match claimed {
            Some(claim) => at(incident, claim, "is"),
            None => At::value(&incident.file, &KeyPath::of("date")),
        };
        problems.push(
            Diagnostic::new(
                Code::DateDiffersFromFileName,
                place,
                format!("the file's name says `{}`, the record says `{}`", named.text(), entry.date.text()),
            )
            .help("mend the date, or rename the file and keep the old name under `aliases`"),
        );
    }
    problems
}

/// The date that a file's name begins with: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as it is one.
fn leading_date(name: &str) -> Option<Date> {
    let parts: Vec<&str> = name.split('-').take(3).collect();
    let digits = |part: &&str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let year = parts.first().filter(|part| digits(part, 4))?;
    let month = parts.get(1).filter(|part| digits(part, 2));
    let day = parts.get(2).filter(|part| digits(part, 2));
    let mut tries = Vec::new();
    if let (Some(month), Some(day)) = (month, day) {
        tries.push(format!("{year}-{month}-{day}"));
    }
    if let Some(month) = month.filter(|month| matches!(month.parse::<u8>(), Ok(1..=12))) {
        tries.push(format!("{year}-{month}"));
    }
    tries.push((*year).to_string());
    tries.iter().find_map(|text| Date::parse(text).ok())
}

#[cfg(test)]
mod tests {
    use super::leading_date;

    #[test]
    fn reads_as_much_as_is_a_date() {
        let check = |name: &str, expect: Option<&str>| {
            assert_eq!(leading_date(name).map(|date| date.text().to_owned()).as_deref(), expect, "{name}");
        };
        check("2006-un-sanctions", Some("2006"));
        check("2020-2021-exchange-thefts", Some("2020"));
        check("2022-01-missile-launches", Some("2022-01"));
        check("2022-01-05-launch", Some("2022-01-05"));
        check("2022-02-31-launch", Some("2022-02"));
        check("2021-h2-imports", Some("2021"));
        check("maritime-evasion", None);
    }
}
