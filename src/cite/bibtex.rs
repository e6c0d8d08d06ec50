//! References as BibTeX.

use super::{Issued, Name, Reference, Work};
use crate::model::date::Precision;
use crate::model::vocabulary::SourceKind;
use crate::phrase::date;
use crate::phrase::lexicon::Lexicon;
use crate::phrase::pattern::fill;

/// The names by which every style knows the months, whatever its language.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One entry, without a line end behind it.
///
/// ```
/// use annals::cite::{Name, Reference, Work, bibtex};
///
/// let reference = Reference {
///     key: "incident-x".into(),
///     work: Work::Record,
///     title: "Profits & losses".into(),
///     authors: vec![Name::Whole("A site".into())],
///     publisher: None,
///     date: None,
///     url: Some("https://example.org/x_1.html".into()),
///     language: None,
///     note: None,
/// };
/// assert_eq!(
///     bibtex::entry(&reference, &annals::phrase::ENGLISH),
///     "@misc{incident-x,\n  author = {{A site}},\n  title = {{Profits \\& losses}},\n  url = {https://example.org/x_1.html}\n}"
/// );
/// ```
pub fn entry(reference: &Reference, lexicon: &Lexicon) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: String| fields.push((name, value));
    let mut notes: Vec<String> = reference.note.iter().map(|note| escape(note)).collect();
    let authors: Vec<String> = reference.authors.iter().map(name).collect();
    if !authors.is_empty() {
        add("author", format!("{{{}}}", authors.join(" and ")));
    }
    // A second pair of braces keeps the capitals as they are.
    add("title", format!("{{{{{}}}}}", escape(&reference.title)));
    let (kind, home) = kind(reference);
    if let Some(publisher) = &reference.publisher {
        add(home, format!("{{{{{}}}}}", escape(publisher)));
    }
    if let Some(date) = &reference.date {
        let issued = Issued::of(date, lexicon);
        let words = date::words(date, lexicon);
        let single = match issued.parts.as_slice() {
            [single] if issued.season.is_none() => single.as_slice(),
            _ => &[],
        };
        match single {
            [year, rest @ ..] if *year > 0 => {
                add("year", format!("{{{year}}}"));
                let month = rest.first().and_then(|month| usize::try_from(month - 1).ok());
                if let Some(month) = month.and_then(|month| MONTHS.get(month)) {
                    add("month", (*month).to_owned());
                }
                if date.precision() == Some(Precision::Day) && !issued.circa {
                    add("date", format!("{{{date}}}"));
                }
            }
            _ => add("year", format!("{{{{{}}}}}", escape(&words))),
        }
        if reference.work == Work::Record {
            notes.insert(0, escape(&fill(lexicon.terms.cite_as_of, &[("date", &words)])));
        } else if issued.circa && !single.is_empty() {
            notes.insert(0, escape(&words));
        }
    }
    if let Some(url) = &reference.url {
        add("url", format!("{{{}}}", address(url)));
    }
    if let Some(language) = &reference.language {
        add("language", format!("{{{}}}", escape(language)));
    }
    if !notes.is_empty() {
        add("note", format!("{{{}}}", notes.join(lexicon.terms.cite_separator)));
    }
    let lines: Vec<String> = fields.into_iter().map(|(name, value)| format!("  {name} = {value}")).collect();
    format!("@{kind}{{{},\n{}\n}}", reference.key, lines.join(",\n"))
}

/// References as one file.
pub fn file<'a>(references: impl IntoIterator<Item = &'a Reference>, lexicon: &Lexicon) -> String {
    references.into_iter().map(|reference| format!("{}\n", entry(reference, lexicon))).collect::<Vec<_>>().join("\n")
}

/// The kind of entry, and the field in which its publisher stands.
fn kind(reference: &Reference) -> (&'static str, &'static str) {
    // An article without a journal and a report without an institution lack what they must have.
    match (reference.work, &reference.publisher) {
        (Work::Source(Some(SourceKind::News)), Some(_)) => ("article", "journal"),
        (Work::Source(Some(SourceKind::Report)), Some(_)) => ("techreport", "institution"),
        _ => ("misc", "howpublished"),
    }
}

/// A name in braces is taken as it stands, so that neither a comma nor an "and" within parts it. A given name stands
/// without: styles may shorten it.
fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => format!("{{{}}}", escape(name)),
        Name::Person { family, given } if given.to_lowercase().split_whitespace().any(|word| word == "and") => {
            format!("{{{}}}, {{{}}}", escape(family), escape(given))
        }
        Name::Person { family, given } => format!("{{{}}}, {}", escape(family), escape(given)),
    }
}

/// Text as TeX prints it. Braces are spelt out: BibTeX counts them even behind a backslash.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '#' | '_' | '$' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address stands as it is, but for what would end its field.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => address.push_str("%7B"),
            '}' => address.push_str("%7D"),
            '\\' => address.push_str("%5C"),
            c if c.is_control() || c == ' ' => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}
