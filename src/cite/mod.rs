//! Records and sources to references, as somebody who cites them needs them.
//!
//! In: the site, a record or a source of it, the words of its language. Out: a [`Reference`], and from it a line of
//! text ([`Reference::text`]), BibTeX ([`bibtex`]), an item of CSL-JSON ([`csl::Item`]).
//! Must never be here: HTML, a template; the day of the clock: a reference is the same whenever it is made.
//!
//! Whoever cites a record adds the day on which they read it; we do not know it. What we know is how new the evidence
//! is that the record rests on, and that is the date of its reference.

pub mod bibtex;
pub mod csl;
mod issued;
mod text;

pub use issued::Issued;

use crate::model::vocabulary::SourceKind;
use crate::model::{Date, Publisher, RecordKind, Source};
use crate::phrase::lexicon::Lexicon;
use crate::phrase::pattern::fill;
use crate::phrase::terms::capital;
use crate::resolve::{IncidentEntry, Site, SourceEntry, routes};
use std::collections::BTreeSet;

/// What a reference is made of, whatever its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its key: ASCII, unique on the site, the same in every form.
    pub key: String,
    /// What is cited.
    pub work: Work,
    /// The title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// Who published it, if that is another than the authors.
    pub publisher: Option<String>,
    /// When it was published; of a record, how new its evidence is. No finer than it was written.
    pub date: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// Its language, BCP 47.
    pub language: Option<String>,
    /// What a reader of the reference must know, a sentence without its full stop.
    pub note: Option<String>,
}

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// An incident of the site.
    Record,
    /// A source, of a kind if that is known.
    Source(Option<SourceKind>),
}

/// The name of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// As it stands, of a person or of an organisation: nobody told which part is which.
    Whole(String),
    /// Written as "family, given".
    Person {
        /// The family's name.
        family: String,
        /// The given name.
        given: String,
    },
}

impl Name {
    /// A name with one comma is a family's and a given name; any other stands as it is.
    ///
    /// ```
    /// use annals::cite::Name;
    ///
    /// assert_eq!(Name::read("Doe, Jane"), Name::Person { family: "Doe".into(), given: "Jane".into() });
    /// assert_eq!(Name::read("Associated Press"), Name::Whole("Associated Press".into()));
    /// ```
    pub fn read(text: &str) -> Self {
        match text.split_once(',').map(|(family, given)| (family.trim(), given.trim())) {
            Some((family, given)) if !family.is_empty() && !given.is_empty() && !given.contains(',') => {
                Self::Person { family: family.to_owned(), given: given.to_owned() }
            }
            _ => Self::Whole(text.trim().to_owned()),
        }
    }
}

impl Reference {
    /// The reference of a record. Its author is the site.
    pub fn of_incident(site: &Site, entry: &IncidentEntry, lexicon: &Lexicon) -> Self {
        let incident = &entry.incident;
        let route = routes::record(RecordKind::Incident, &incident.id);
        let url = site.config.base_url.as_ref().map(|base| format!("{base}{route}"));
        let named = || fill(lexicon.terms.cite_record, &[("id", incident.id.as_str())]);
        Self {
            key: key("incident", incident.id.as_str()),
            work: Work::Record,
            title: incident.title.clone(),
            authors: vec![Name::Whole(site.config.title.clone())],
            publisher: None,
            date: evidence_of(site, entry),
            // Without an address the id alone finds it again.
            note: url.is_none().then(named),
            url,
            language: Some(site.config.language.clone()),
        }
    }

    /// The reference of a source. One that the editors have not seen is cited as another cites it.
    pub fn of_source(site: &Site, entry: &SourceEntry, lexicon: &Lexicon) -> Self {
        let source = &entry.source;
        let copy = || source.archive.first().map(|copy| copy.url.clone());
        Self {
            key: key("source", source.id.as_str()),
            work: Work::Source(source.kind),
            title: source.title.clone(),
            authors: source.authors.iter().map(|name| Name::read(name)).collect(),
            publisher: publisher(site, source),
            date: source.published.clone().filter(|date| !date.is_unknown()),
            url: source.url.clone().or_else(copy),
            language: source.language.clone(),
            note: (!source.seen).then(|| unseen(site, entry, lexicon)),
        }
    }
}

/// Letters, digits and dashes, as ids have them; the kind in front, since a source may have the id of an incident.
fn key(kind: &str, id: &str) -> String {
    let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{kind}-{id}")
}

fn publisher(site: &Site, source: &Source) -> Option<String> {
    Some(match source.publisher.as_ref()? {
        Publisher::Name(name) => name.clone(),
        Publisher::Entity(id) => site.entity(id).map_or_else(|| id.to_string(), |entry| entry.entity.name.clone()),
    })
}

fn unseen(site: &Site, entry: &SourceEntry, lexicon: &Lexicon) -> String {
    let terms = &lexicon.terms;
    let citing = entry.cited_by.iter().filter_map(|at| site.sources.get(*at)).find(|citing| citing.source.seen);
    match citing {
        Some(citing) => fill(terms.cite_cited_in, &[("title", &terms.quote(&citing.source.title))]),
        None => capital(terms.not_seen),
    }
}

/// The newest date of what a record rests on: its corrections, what was said, what it was read in.
///
/// When something happened says nothing of how new the record of it is.
fn evidence_of(site: &Site, entry: &IncidentEntry) -> Option<Date> {
    let incident = &entry.incident;
    let read: BTreeSet<_> =
        incident.sources.iter().chain(incident.claims.iter().map(|claim| &claim.citation)).map(|c| &c.source).collect();
    let published = read.into_iter().filter_map(|id| site.source(id)?.source.published.as_ref());
    let said = incident.claims.iter().filter_map(|claim| claim.said.as_ref());
    let corrected = incident.corrections.iter().map(|correction| &correction.on);
    let mut newest: Option<&Date> = None;
    for date in corrected.chain(said).chain(published) {
        let day = |date: &Date| date.latest().or_else(|| date.earliest());
        if day(date).is_some() && newest.is_none_or(|known| day(date) > day(known)) {
            newest = Some(date);
        }
    }
    newest.cloned()
}

#[cfg(test)]
mod tests;
