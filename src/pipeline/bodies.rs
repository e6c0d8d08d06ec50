//! Long texts to HTML.

use super::heads::Heads;
use super::links::Links;
use super::records::Records;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::model::{BodyPlace, Id, RecordKind};
use crate::prose::{Prose, Settings};
use crate::source_text::FileId;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The texts of all records that have one, as pages show them.
#[derive(Debug)]
pub(super) struct Bodies {
    settings: Settings,
    incidents: Vec<Text>,
    pages: Vec<Text>,
}

/// One of them.
#[derive(Clone, Debug)]
struct Text {
    file: FileId,
    body: Arc<str>,
    place: BodyPlace,
    prose: Arc<Prose>,
}

/// What earlier texts there are, and where each record's stands among them.
pub(super) type Last<'a> = (&'a Bodies, &'a Heads);

impl Bodies {
    /// Renders the texts. One of `last` is taken over when it is the same and its links lead where they did.
    pub fn new(
        heads: &Heads,
        records: &Records,
        links: &Links<'_>,
        settings: Settings,
        last: Option<Last<'_>>,
    ) -> Self {
        let last = last.filter(|(last, _)| last.settings == settings);
        let text = |kind: RecordKind, number: usize, id: &Id, file: &FileId, root: &str| {
            let (body, place) = records.body(file).map(|body| (body.text.clone(), body.place)).unwrap_or_default();
            let before = last.and_then(|(texts, site)| {
                let texts = if kind == RecordKind::Incident { &texts.incidents } else { &texts.pages };
                // Mostly it has its old number.
                let here = texts.get(number).filter(|text| text.file == *file);
                here.or_else(|| texts.get(site.site.find(kind, id)?)).filter(|text| text.file == *file)
            });
            let prose = match before {
                Some(text) if text.body == body && links.still_hold(&text.prose, file, root, &settings) => {
                    text.prose.clone()
                }
                _ => Arc::new(links.prose(&body, file, root, &settings)),
            };
            Text { file: file.clone(), body, place, prose }
        };
        let site = &heads.site;
        let incidents = site.incidents.as_slice().par_iter().enumerate();
        let pages = site.pages.as_slice().par_iter().enumerate();
        let incidents = incidents
            .map(|(number, entry)| text(RecordKind::Incident, number, &entry.incident.id, &entry.incident.file, "../"));
        let pages = pages.map(|(number, page)| text(RecordKind::Page, number, &page.id, &page.file, ""));
        let (incidents, pages) = (incidents.collect(), pages.collect());
        Self { settings, incidents, pages }
    }

    /// Those of incidents, in their order.
    pub fn incidents(&self) -> Vec<Arc<Prose>> {
        self.incidents.iter().map(|text| text.prose.clone()).collect()
    }

    /// Those of plain pages, in their order.
    pub fn pages(&self) -> Vec<Arc<Prose>> {
        self.pages.iter().map(|text| text.prose.clone()).collect()
    }

    /// Whether they say the same, apart from where their links lead.
    pub fn say_the_same(&self, other: &Self) -> bool {
        let same = |a: &[Text], b: &[Text]| {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(&a.prose, &b.prose) || a.prose.text == b.prose.text)
        };
        same(&self.incidents, &other.incidents) && same(&self.pages, &other.pages)
    }

    /// What is wrong with them.
    pub fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        let all = self.incidents.iter().chain(&self.pages);
        all.flat_map(|text| {
            text.prose.problems.iter().map(|problem| {
                let at = match text.place {
                    BodyPlace::After(start) => At::bytes(&text.file, problem.span.shifted(start)),
                    BodyPlace::Key | BodyPlace::None => At::part(&text.file, &KeyPath::of("body"), problem.span),
                };
                Diagnostic {
                    code: problem.code,
                    message: problem.message.clone(),
                    at,
                    labels: Vec::new(),
                    help: problem.help.clone(),
                }
            })
        })
    }

    /// Takes back that nothing uses a record to which a text leads: the rule knows no texts.
    pub fn pardon_linked(&self, problems: &mut Vec<Diagnostic>, links: &Links<'_>) {
        if !problems.iter().any(|problem| problem.code == Code::UnusedRecord) {
            return;
        }
        let all = self.incidents.iter().chain(&self.pages);
        let linked: BTreeSet<(RecordKind, Id)> = all.flat_map(|text| links.linked(&text.prose, &text.file)).collect();
        let is_linked =
            |file: &FileId| RecordKind::of(file).is_some_and(|kind| linked.contains(&(kind, Id::new(file.stem()))));
        problems.retain(|problem| problem.code != Code::UnusedRecord || !is_linked(&problem.at.file));
    }
}
