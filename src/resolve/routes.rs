//! Addresses of pages, below the output folder. A public contract.

use crate::model::{Date, Id, RecordKind, id};
use chrono::Datelike;

/// The page of a record: `incidents/<id>.html`; of a plain page `<id>.html`.
pub fn record(kind: RecordKind, id: &Id) -> String {
    match kind {
        RecordKind::Page => [id.as_str(), ".html"].concat(),
        _ => [kind.folder(), "/", id.as_str(), ".html"].concat(),
    }
}

/// The page of a kind of incident.
pub fn kind(kind: &str) -> String {
    format!("kinds/{kind}.html")
}

/// The slug of a tag; nothing when the tag has no letter and no digit that an address could show.
pub fn tag_slug(tag: &str) -> Option<String> {
    Some(id::slug(tag)).filter(|slug| !slug.is_empty())
}

/// The page of a tag.
pub fn tag(slug: &str) -> String {
    format!("tags/{slug}.html")
}

/// The name of a year's page: four digits at least, a minus before the years before 0.
pub fn year_name(year: i32) -> String {
    if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") }
}

/// The page of a year; nothing = the page of incidents without any day.
pub fn year(year: Option<i32>) -> String {
    format!("years/{}.html", year.map_or_else(|| "unknown".to_owned(), year_name))
}

/// The years on whose pages an incident of that date stands. Nothing = the page for dates without any day.
///
/// A date with one open side stands in the year of the side that is known.
pub fn years(date: &Date) -> Vec<Option<i32>> {
    let years = date.years();
    if !years.is_empty() {
        return years.into_iter().map(Some).collect();
    }
    let known = date.earliest().or_else(|| date.latest());
    vec![known.map(|day| day.year())]
}

/// A continuation of a list: `kinds/theft-2.html`. `part` counts from 0; the first has the plain name.
pub fn part(route: &str, part: usize) -> String {
    match (part, route.strip_suffix(".html")) {
        (0, _) | (_, None) => route.to_owned(),
        (_, Some(stem)) => format!("{stem}-{}.html", part + 1),
    }
}
