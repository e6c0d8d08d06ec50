//! The date of a reference, in the parts that citation formats know.

use crate::model::Date;
use crate::model::date::edtf::{self, Edtf, Interval, IntervalEndpoint, YearKind};
use crate::phrase::date;
use crate::phrase::lexicon::Lexicon;
use serde::Serialize;

/// A date variable of CSL-JSON: one date or the two ends of a span in parts, else words.
///
/// What a format cannot say in parts it is told in words: a decade, a half-year, an open side. Nothing is made finer or
/// coarser than it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Issued {
    /// Year, month, day, as far as known; two of them are a span. Years before the common era are negative.
    #[serde(rename = "date-parts", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<i64>>,
    /// Spring to winter, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<u8>,
    /// Whether it is approximate or uncertain.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub circa: bool,
    /// The words, where there are no parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
}

impl Issued {
    /// The parts of a date.
    pub fn of(date: &Date, lexicon: &Lexicon) -> Self {
        let (parts, season) = match date.edtf() {
            Some(Edtf::Date(single)) => (parts(single).into_iter().collect(), season(single)),
            Some(Edtf::DateTime(moment)) => (parts(&moment.date).into_iter().collect(), None),
            Some(Edtf::Interval(interval)) => (ends(interval).unwrap_or_default(), None),
            Some(Edtf::Set(_)) | None => (Vec::new(), None),
        };
        Self {
            literal: parts.is_empty().then(|| date::words(date, lexicon)),
            circa: !parts.is_empty() && (date.is_uncertain() || date.is_approximate()),
            parts,
            season,
        }
    }
}

fn ends(interval: &Interval) -> Option<Vec<Vec<i64>>> {
    let end = |end: &IntervalEndpoint| match end {
        IntervalEndpoint::Date(date) if season(date).is_none() => parts(date),
        _ => None,
    };
    Some(vec![end(&interval.start)?, end(&interval.end)?])
}

/// Year, month and day as far as they are wholly known; nothing when the year is not, or a part of the year is meant
/// that has no name everywhere.
fn parts(date: &edtf::Date) -> Option<Vec<i64>> {
    if date.year.significant_digits.is_some() || !matches!(date.year.kind, YearKind::Standard { .. }) {
        return None;
    }
    let year = date.year.value()?;
    // The year 0 of EDTF is the first before the common era.
    let mut parts = vec![if year > 0 { year } else { year - 1 }];
    match date.month.map(edtf::DateField::value) {
        None | Some(None) => {}
        Some(Some(month @ 1..=12)) => {
            parts.push(month.into());
            parts.extend(date.day.and_then(edtf::DateField::value).map(i64::from));
        }
        Some(Some(21..=24)) => {}
        Some(Some(_)) => return None,
    }
    Some(parts)
}

fn season(date: &edtf::Date) -> Option<u8> {
    match date.month?.value()? {
        month @ 21..=24 => Some(month - 20),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, expect: &str) {
        let issued = Issued::of(&Date::parse(date).unwrap(), &crate::phrase::ENGLISH);
        assert_eq!(serde_json::to_string(&issued).unwrap(), expect, "{date}");
    }

    #[test]
    fn no_finer_and_no_coarser_than_written() {
        check("2022", r#"{"date-parts":[[2022]]}"#);
        check("2022-02", r#"{"date-parts":[[2022,2]]}"#);
        check("2022-02-05", r#"{"date-parts":[[2022,2,5]]}"#);
        check("2022-02-05T10:00:00Z", r#"{"date-parts":[[2022,2,5]]}"#);
        check("2022-02-XX", r#"{"date-parts":[[2022,2]]}"#);
        check("2022-XX-05", r#"{"date-parts":[[2022]]}"#);
        check("2022-02?", r#"{"date-parts":[[2022,2]],"circa":true}"#);
        check("2022~", r#"{"date-parts":[[2022]],"circa":true}"#);
        check("2021-22", r#"{"date-parts":[[2021]],"season":2}"#);
        check("2020/2021-06~", r#"{"date-parts":[[2020],[2021,6]],"circa":true}"#);
        check("-0043", r#"{"date-parts":[[-44]]}"#);
        check("0000", r#"{"date-parts":[[-1]]}"#);
    }

    #[test]
    fn words_where_there_are_no_parts() {
        check("2021-33", r#"{"literal":"first quarter of 2021"}"#);
        check("201X", r#"{"literal":"the 2010s"}"#);
        check("2006/..", r#"{"literal":"since 2006"}"#);
        check("2021-21/2021-22", r#"{"literal":"spring 2021 to summer 2021"}"#);
        check("[2020..2021]", r#"{"literal":"some time between 2020 and 2021"}"#);
        check("Y12000", r#"{"literal":"the year 12,000"}"#);
        check("unknown", r#"{"literal":"date unknown"}"#);
    }
}
