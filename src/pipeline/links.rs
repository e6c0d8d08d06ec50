//! Where the links and images of bodies lead.

use super::heads::Heads;
use super::records::Records;
use crate::diagnostic::Code;
use crate::diagnostic::nearest::Names;
use crate::model::{Id, RecordKind};
use crate::prose::{self, Destination, Heading, Prose, Scheme, Settings, Target};
use crate::resolve::{Site, routes};
use crate::source_text::{File, FileId};
use foldhash::fast::RandomState;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// For how many links of a body a near name is looked for: beyond that nobody reads on, and it takes time.
const GUESSES: usize = 100;

/// All that a body can link to.
#[derive(Debug)]
pub(super) struct Links<'a> {
    site: &'a Site,
    texts: &'a Records,
    /// Where each file of `static/` lies below the output folder, by its path below `static/`.
    statics: HashMap<&'a str, &'a str>,
    routes: &'a HashMap<String, usize, RandomState>,
    /// For guesses; sorted when the first is needed.
    names: OnceLock<BTreeMap<RecordKind, Names<'a>>>,
    /// Of bodies to whose headings somebody links: read once each.
    headings: Mutex<HashMap<FileId, Arc<BTreeMap<String, Heading>>>>,
}

impl<'a> Links<'a> {
    /// Made once for each state of the site.
    pub fn new(
        heads: &'a Heads,
        texts: &'a Records,
        statics: &'a [File],
        assets: &'a BTreeMap<String, String>,
    ) -> Self {
        Self {
            site: &heads.site,
            texts,
            statics: statics
                .iter()
                .filter(|file| file.trouble.is_none())
                .filter_map(|file| file.id.path().strip_prefix("static/"))
                .map(|name| (name, name))
                // An asset lies under its fingerprint, whoever wrote it.
                .chain(assets.iter().map(|(name, path)| (name.as_str(), path.as_str())))
                .collect(),
            routes: &heads.routes,
            names: OnceLock::new(),
            headings: Mutex::default(),
        }
    }

    /// A body as HTML; `root` is the way from its page to the output folder.
    pub fn prose(&self, body: &str, file: &FileId, root: &str, settings: &Settings) -> Prose {
        let guesses = Cell::new(GUESSES);
        let mut prose = prose::render(body, settings, &|to| self.target(to, file, root, settings, &guesses));
        // All bodies are held until the last page is rendered.
        prose.html.shrink_to_fit();
        prose.text.shrink_to_fit();
        prose
    }

    /// Whether everything that a text asked for would be answered as it was.
    pub fn still_hold(&self, prose: &Prose, file: &FileId, root: &str, settings: &Settings) -> bool {
        let guesses = Cell::new(GUESSES);
        prose.asked.iter().all(|(to, answer)| self.target(to, file, root, settings, &guesses) == *answer)
    }

    /// The records to which a body in `file` leads.
    pub fn linked(&self, prose: &Prose, file: &FileId) -> Vec<(RecordKind, Id)> {
        let of = |to: &Destination| match to {
            Destination::Record { scheme, id, .. } => Some((kind_of(*scheme), Id::new(id))),
            Destination::Relative { path, .. } => {
                let whole = joined(file.folder(), path)?;
                self.texts.record(&whole).map(|record| (record.kind(), record.id().clone()))
            }
            Destination::Rooted { .. } | Destination::Fragment(_) => None,
        };
        prose.asked.iter().filter_map(|(to, _)| of(to)).collect()
    }

    fn target(
        &self,
        to: &Destination,
        file: &FileId,
        root: &str,
        settings: &Settings,
        guesses: &Cell<usize>,
    ) -> Target {
        match to {
            Destination::Record { scheme, id, fragment } => {
                self.record(kind_of(*scheme), &Id::new(id), fragment.as_deref(), root, settings, guesses)
            }
            Destination::Fragment(fragment) => self.own_fragment(file, fragment),
            Destination::Relative { path, fragment, image } => {
                let whole = joined(file.folder(), path);
                let name = whole.as_deref().and_then(|whole| whole.strip_prefix("static/"));
                if let Some(path) = name.and_then(|name| self.statics.get(name)) {
                    return Target::Url(address(root, path, fragment.as_deref()));
                }
                let known = whole.as_deref().and_then(|whole| self.texts.record(whole));
                match known {
                    Some(known) if !image => {
                        self.record(known.kind(), known.id(), fragment.as_deref(), root, settings, guesses)
                    }
                    _ => missing(*image, path),
                }
            }
            Destination::Rooted { path, fragment, image } => {
                let name = path.trim_start_matches('/');
                match self.statics.get(name) {
                    Some(path) => Target::Url(address(root, path, fragment.as_deref())),
                    None if !image && self.routes.contains_key(name) => {
                        Target::Url(address(root, name, fragment.as_deref()))
                    }
                    None => missing(*image, path),
                }
            }
        }
    }

    fn record(
        &self,
        kind: RecordKind,
        id: &Id,
        fragment: Option<&str>,
        root: &str,
        settings: &Settings,
        guesses: &Cell<usize>,
    ) -> Target {
        let noun = kind.noun();
        if self.site.is_published(kind, id) {
            let Some(fragment) = fragment else {
                return Target::Url(format!("{root}{}", routes::record(kind, id)));
            };
            return match self.anchor(kind, id, fragment, settings) {
                Some(anchor) => Target::Url(format!("{root}{}#{anchor}", routes::record(kind, id))),
                None => Target::Missing {
                    code: Code::BrokenLink,
                    message: format!("the page of the {noun} `{id}` has no place `#{fragment}`"),
                    help: vec!["name a claim by its id or a heading by its words, or leave the `#…` out".to_owned()],
                },
            };
        }
        if self.site.broken.contains(&(kind, id.clone())) {
            // The file was reported already.
            return Target::Plain;
        }
        if self.site.is_defined(kind, id) {
            return Target::Missing {
                code: Code::DraftReference,
                message: format!("the {noun} `{id}` is a draft; its name stays, without a link"),
                help: vec!["publish it by removing its `draft: true`, or make this record a draft too".to_owned()],
            };
        }
        let names = self
            .names
            .get_or_init(|| RecordKind::ALL.into_iter().map(|kind| (kind, Names::new(self.site.ids(kind)))).collect());
        let guess = match guesses.get().checked_sub(1) {
            Some(left) => {
                guesses.set(left);
                names.get(&kind).and_then(|names| names.nearest(id.as_str()))
            }
            None => None,
        };
        let help = match guess {
            Some(guess) => format!("did you mean `{noun}:{guess}`?"),
            None => format!("name a record of `content/{}/`", kind.folder()),
        };
        Target::Missing { code: Code::BrokenLink, message: format!("there is no {noun} `{id}`"), help: vec![help] }
    }

    /// The id of a place on a record's page.
    fn anchor(&self, kind: RecordKind, id: &Id, fragment: &str, settings: &Settings) -> Option<String> {
        let file = match kind {
            RecordKind::Incident => {
                let entry = self.site.incident(id).and_then(|at| self.site.incidents.get(at))?;
                if entry.incident.claims.iter().any(|claim| claim.id.as_str() == fragment) {
                    return Some(fragment.to_owned());
                }
                &entry.incident.file
            }
            RecordKind::Page => {
                let page = self.site.find(RecordKind::Page, id).and_then(|at| self.site.pages.get(at))?;
                &page.file
            }
            RecordKind::Source | RecordKind::Entity | RecordKind::Place => return None,
        };
        let known = self.headings.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
        let headings = known.unwrap_or_else(|| {
            let text = self.texts.body(file).map(|body| &*body.text).unwrap_or_default();
            let headings = prose::headings(text, settings).into_iter().map(|heading| (heading.id.clone(), heading));
            let headings: Arc<BTreeMap<String, Heading>> = Arc::new(headings.collect());
            self.headings.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone(), headings.clone());
            headings
        });
        // By its whole id or by its slug; thousands of links may lead into a body with thousands of headings.
        let ids = [fragment.to_owned(), format!("h-{}", fragment.to_lowercase())];
        let mut found = ids.iter().filter_map(|id| headings.get(id));
        found.find(|heading| heading.answers(fragment)).map(|heading| heading.id.clone())
    }

    fn own_fragment(&self, file: &FileId, fragment: &str) -> Target {
        let own = self.texts.record(file.path()).and_then(|record| match record.kind() {
            RecordKind::Incident => self.site.incident(record.id()).and_then(|at| self.site.incidents.get(at)),
            _ => None,
        });
        if own.is_some_and(|entry| entry.incident.claims.iter().any(|claim| claim.id.as_str() == fragment)) {
            return Target::Url(format!("#{fragment}"));
        }
        Target::Missing {
            code: Code::BrokenLink,
            message: format!("this page has no place `#{fragment}`"),
            help: vec![
                "name a claim by its id, or a heading by its words in small letters with `-` between".to_owned(),
            ],
        }
    }
}

fn kind_of(scheme: Scheme) -> RecordKind {
    match scheme {
        Scheme::Incident => RecordKind::Incident,
        Scheme::Source => RecordKind::Source,
        Scheme::Entity => RecordKind::Entity,
        Scheme::Place => RecordKind::Place,
        Scheme::Page => RecordKind::Page,
    }
}

fn missing(image: bool, path: &str) -> Target {
    if image {
        Target::Missing {
            code: Code::MissingFile,
            message: format!("there is no image `{path}`"),
            help: vec!["put the file into `static/`, and name it `/name.png` or by its path from this file".to_owned()],
        }
    } else {
        Target::Missing {
            code: Code::BrokenLink,
            message: format!("`{path}` leads nowhere"),
            help: vec!["link to a record by `incident:id`, or by the path of its file from this one".to_owned()],
        }
    }
}

fn address(root: &str, name: &str, fragment: Option<&str>) -> String {
    let encoded: String = name
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect();
    match fragment {
        Some(fragment) => format!("{root}{encoded}#{fragment}"),
        None => format!("{root}{encoded}"),
    }
}

/// A path from a folder of the site, without `.` and `..`; nothing when it leaves the site.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths() {
        assert_eq!(joined("content/incidents", "../2021/other.md").as_deref(), Some("content/2021/other.md"));
        assert_eq!(joined("content/incidents", "./a.md").as_deref(), Some("content/incidents/a.md"));
        assert_eq!(joined("content/incidents", "../../static/x.png").as_deref(), Some("static/x.png"));
        assert_eq!(joined("content", "../../../etc/passwd"), None);
    }
}
