//! Pages, each made when it is asked for, and once.

use super::heads::Heads;
use crate::noted::{Changes, Part, Read, Reads, noting};
use crate::page::{Kind, Slot, World};
use crate::render::{Fault, Theme};
use crate::source_text::{FileId, Fingerprint};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The pages of one state of the site, in the order of their slots.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pages: Vec<Page>,
    /// Whether what comes of them is kept for a later state.
    remember: bool,
    looked_at: AtomicUsize,
}

/// One page.
#[derive(Debug)]
struct Page {
    made: OnceLock<Result<Arc<Rendered>, Fault>>,
    /// The page of an earlier state, to be held against the view.
    old: Option<Arc<Rendered>>,
    why: Why,
    /// Whether it was rendered for this state.
    fresh: OnceLock<()>,
}

/// A page as bytes, and of what it was made.
#[derive(Debug)]
struct Rendered {
    /// What came out, when somebody has asked for it. Otherwise it is rendered again when somebody does: most pages of a
    /// preview are never looked at, and together they are most of what it would hold.
    bytes: OnceLock<Arc<[u8]>>,
    /// Of its template's name and all that the template sees of the page.
    view: Fingerprint,
    /// Of all that every template sees, and the templates.
    theme: Fingerprint,
    reads: Reads,
}

/// Why a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It was not there.
    New,
    /// A template, or what every template sees.
    Theme,
    /// The settings.
    Settings,
    /// It shows another part of a list, or another item.
    Slot,
    /// What its view reads.
    Read(Read),
}

/// What pages are made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Makers<'a> {
    pub heads: &'a Heads,
    pub world: &'a World,
    pub theme: &'a Theme,
    /// Of the templates and all that every template sees.
    pub print: Fingerprint,
}

impl Pages {
    /// The pages, none of them made.
    pub fn new(count: usize, remember: bool) -> Self {
        let page = |_| Page { made: OnceLock::new(), old: None, why: Why::New, fresh: OnceLock::new() };
        Self { pages: (0..count).map(page).collect(), remember, looked_at: AtomicUsize::new(0) }
    }

    /// The pages after `last`, which was made from `before`. Those that would come out the same are taken over.
    pub fn after(last: &Self, before: Makers<'_>, now: Makers<'_>) -> Self {
        let mut changes = Changes::default();
        now.world.changes(before.world, &mut changes);
        let same_settings =
            now.world.site.config == before.world.site.config && now.world.preview == before.world.preview;
        let same_theme = now.print == before.print;
        let page = |(number, (kind, slot)): (usize, &(&'static Kind, Slot))| {
            let number = match before.heads.slots.get(number) {
                Some((_, known)) if known.route == slot.route => Some(number),
                _ => before.heads.routes.get(&slot.route).copied(),
            };
            let old = number.and_then(|number| Some((last.pages.get(number)?, before.heads.slots.get(number)?)));
            let (old, why) = match old {
                None => (None, Some(Why::New)),
                Some((page, (known_kind, known))) => match page.made.get() {
                    None => (page.old.clone(), Some(page.why)),
                    // A page that could not be made may be made now.
                    Some(Err(_)) => (None, Some(page.why)),
                    Some(Ok(rendered)) => {
                        let why = if !same_settings {
                            Some(Why::Settings)
                        } else if !same_theme || rendered.theme != now.print {
                            Some(Why::Theme)
                        } else if known_kind.template != kind.template || known != slot {
                            Some(Why::Slot)
                        } else {
                            changes.first_among(&rendered.reads).map(Why::Read)
                        };
                        (Some(rendered.clone()), why)
                    }
                },
            };
            let made = OnceLock::new();
            let old = match (old, why) {
                (Some(rendered), None) => {
                    let _ = made.set(Ok(rendered));
                    None
                }
                (old, _) => old,
            };
            Page { made, old, why: why.unwrap_or(Why::New), fresh: OnceLock::new() }
        };
        let pages = now.heads.slots.par_iter().enumerate().map(page).collect();
        Self { pages, remember: true, looked_at: AtomicUsize::new(0) }
    }

    /// Whether what comes of them is kept for a later state.
    pub fn remembers(&self) -> bool {
        self.remember
    }

    /// The bytes of a page, which is made now if it was not yet. `buffer` is for the work; its contents are lost.
    pub fn bytes(&self, number: usize, makers: Makers<'_>, buffer: &mut Vec<u8>) -> Option<Result<Arc<[u8]>, Fault>> {
        let (page, slot) = (self.pages.get(number)?, makers.heads.slots.get(number)?);
        let rendered = match self.see_to(page, slot, makers, true, buffer)? {
            Ok(rendered) => rendered,
            Err(fault) => return Some(Err(fault.clone())),
        };
        Some(match rendered.bytes.get() {
            Some(bytes) => Ok(bytes.clone()),
            None => {
                let (kind, slot) = slot;
                buffer.clear();
                let view = (kind.view)(makers.world, slot);
                let made = makers.theme.render(kind.template, &*view, buffer);
                made.map(|()| rendered.bytes.get_or_init(|| Arc::from(buffer.as_slice())).clone())
            }
        })
    }

    /// Makes all that were not made yet, until `stop` says so; gives whether all are made.
    pub fn make_all(&self, makers: Makers<'_>, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        let left: Vec<usize> =
            self.pages.iter().enumerate().filter(|(_, page)| page.made.get().is_none()).map(|(at, _)| at).collect();
        let made = left.into_par_iter().try_for_each_init(Vec::new, |buffer, number| {
            if stop() {
                return Err(());
            }
            if let Some((page, slot)) = self.pages.get(number).zip(makers.heads.slots.get(number)) {
                let _ = self.see_to(page, slot, makers, !self.remember, buffer);
            }
            Ok(())
        });
        made.is_ok()
    }

    /// The faults met so far, each with the records whose pages met it.
    pub fn faults(&self, heads: &Heads) -> BTreeMap<Fault, Vec<FileId>> {
        let mut faults: BTreeMap<Fault, Vec<FileId>> = BTreeMap::new();
        for (page, (_, slot)) in self.pages.iter().zip(&heads.slots) {
            if let Some(Err(fault)) = page.made.get() {
                faults.entry(fault.clone()).or_default().extend(slot.origin.clone());
            }
        }
        faults
    }

    /// The numbers of the pages that were rendered so far, each with the reason in words.
    pub fn rendered(&self, heads: &Heads) -> Vec<(usize, String)> {
        let fresh = self.pages.iter().enumerate().filter(|(_, page)| page.fresh.get().is_some());
        fresh.map(|(number, page)| (number, page.why.words(heads))).collect()
    }

    /// How many pages were looked at again and came out the same.
    pub fn looked_at(&self) -> usize {
        self.looked_at.load(Ordering::Relaxed)
    }

    /// Makes a page that is not made yet; `keep` says whether somebody waits for the bytes.
    fn see_to<'a>(
        &self,
        page: &'a Page,
        slot: &(&'static Kind, Slot),
        makers: Makers<'_>,
        keep: bool,
        buffer: &mut Vec<u8>,
    ) -> Option<&'a Result<Arc<Rendered>, Fault>> {
        if page.made.get().is_none() {
            let made = self.make(page, slot, makers, keep, buffer);
            // Somebody may have been faster. Nobody waits for another: the work may be shared out to threads that wait.
            let _ = page.made.set(made);
        }
        page.made.get()
    }

    fn make(
        &self,
        page: &Page,
        (kind, slot): &(&'static Kind, Slot),
        makers: Makers<'_>,
        keep: bool,
        buffer: &mut Vec<u8>,
    ) -> Result<Arc<Rendered>, Fault> {
        let Makers { world, theme, print, .. } = makers;
        let (view, reads, view_print) = if self.remember {
            let (view, reads) = noting(|| (kind.view)(world, slot));
            let seen = seen(kind.template, &*view, buffer);
            if let Some(old) = &page.old
                && old.view == seen
                && old.theme == print
            {
                self.looked_at.fetch_add(1, Ordering::Relaxed);
                return Ok(Arc::new(Rendered { bytes: old.bytes.clone(), view: seen, theme: print, reads }));
            }
            (view, reads, seen)
        } else {
            ((kind.view)(world, slot), Reads::default(), print)
        };
        buffer.clear();
        theme.render(kind.template, &*view, buffer)?;
        let _ = page.fresh.set(());
        // Kept without slack: of many pages the bytes are most of what a build holds.
        let bytes = if keep { OnceLock::from(Arc::from(buffer.as_slice())) } else { OnceLock::new() };
        Ok(Arc::new(Rendered { bytes, view: view_print, theme: print, reads }))
    }
}

/// The fingerprint of all that a template sees of a page.
fn seen(template: &str, view: &dyn erased_serde::Serialize, buffer: &mut Vec<u8>) -> Fingerprint {
    buffer.clear();
    buffer.extend_from_slice(template.as_bytes());
    buffer.push(0);
    // Cannot fail: views are made of structures, lists and texts.
    let _ = serde_json::to_writer(&mut *buffer, view);
    Fingerprint::of(buffer)
}

impl Why {
    fn words(self, heads: &Heads) -> String {
        let read = match self {
            Self::New => return "it is new".to_owned(),
            Self::Theme => return "a template, an asset or the navigation differs".to_owned(),
            Self::Settings => return "`content/site.yaml` says something else".to_owned(),
            Self::Slot => return "it shows something else under its address".to_owned(),
            Self::Read(read) => read,
        };
        let site = &heads.site;
        let file = |file: Option<&FileId>| file.map_or_else(|| "what is gone".to_owned(), |file| format!("`{file}`"));
        match read.number() {
            Some(at) if read.is_of(Part::Incidents) => {
                format!("it shows {}", file(site.incidents.get(at).map(|entry| &entry.incident.file)))
            }
            Some(at) if read.is_of(Part::Sources) => {
                format!("it shows {}", file(site.sources.get(at).map(|entry| &entry.source.file)))
            }
            Some(at) if read.is_of(Part::Entities) => {
                format!("it shows {}", file(site.entities.get(at).map(|entry| &entry.entity.file)))
            }
            Some(at) if read.is_of(Part::Places) => {
                format!("it shows {}", file(site.places.get(at).map(|entry| &entry.place.file)))
            }
            Some(at) if read.is_of(Part::IncidentBodies) => {
                format!("it shows the text of {}", file(site.incidents.get(at).map(|entry| &entry.incident.file)))
            }
            Some(_) if read.is_of(Part::PageBodies) => "its text differs".to_owned(),
            _ => read.part_words().to_owned(),
        }
    }
}
