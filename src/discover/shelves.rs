//! Which file goes into which list of the inputs.

use super::{Inputs, is_passed_over};
use crate::model::RecordKind;
use crate::source_text::{File, FileId};
use std::collections::BTreeSet;

const SITE: &str = "content/site.yaml";
const SITE_SHORT: &str = "content/site.yml";

/// More changes than these are cheaper to sort in than to find a place for, one by one.
const FEW: usize = 32;

/// The files of [`Inputs`] in lists in which a file's place depends on its path alone; each sorted by path, no path twice.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    /// `content/site.yaml`, `content/site.yml`, or both.
    settings: Vec<File>,
    records: Vec<File>,
    strays: Vec<File>,
    templates: Vec<File>,
    statics: Vec<File>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shelf {
    Settings,
    Records,
    Strays,
    Templates,
    Statics,
}

impl Shelves {
    /// The file that is known by this path.
    pub fn get(&self, id: &FileId) -> Option<&File> {
        let list = self.list(shelf(id)?);
        list.binary_search_by(|file| file.id.cmp(id)).ok().and_then(|at| list.get(at))
    }

    /// Whether a file by this path has a place among the inputs.
    pub fn takes(id: &FileId) -> bool {
        shelf(id).is_some()
    }

    /// The files at `place` and below it.
    pub fn at<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a File> {
        let folder = format!("{place}/");
        let own = self.get(&FileId::new(place));
        let lists = [&self.settings, &self.records, &self.strays, &self.templates, &self.statics];
        own.into_iter().chain(lists.into_iter().flat_map(move |list| {
            let start = list.partition_point(|file| file.id.path() < folder.as_str());
            let rest = list.get(start..).unwrap_or_default();
            let end = rest.partition_point(|file| file.id.path().starts_with(&folder));
            rest.get(..end).unwrap_or_default()
        }))
    }

    /// Takes out the files by the paths `gone` and puts in those that `came`, in place of others by the same path.
    pub fn change(&mut self, gone: &[FileId], came: Vec<File>) {
        if gone.len() + came.len() > FEW {
            return self.change_many(gone, came);
        }
        for id in gone {
            let Some(list) = shelf(id).map(|shelf| self.list_mut(shelf)) else { continue };
            if let Ok(at) = list.binary_search_by(|file| file.id.cmp(id)) {
                list.remove(at);
            }
        }
        for file in came {
            let Some(list) = shelf(&file.id).map(|shelf| self.list_mut(shelf)) else { continue };
            match list.binary_search_by(|other| other.id.cmp(&file.id)) {
                Ok(at) => list.get_mut(at).into_iter().for_each(|old| *old = file.clone()),
                Err(at) => list.insert(at, file),
            }
        }
    }

    fn change_many(&mut self, gone: &[FileId], came: Vec<File>) {
        let stale: BTreeSet<&FileId> = gone.iter().chain(came.iter().map(|file| &file.id)).collect();
        let lists = [&mut self.settings, &mut self.records, &mut self.strays, &mut self.templates, &mut self.statics];
        for list in lists {
            list.retain(|file| !stale.contains(&file.id));
        }
        for file in came {
            if let Some(shelf) = shelf(&file.id) {
                self.list_mut(shelf).push(file);
            }
        }
        let lists = [&mut self.settings, &mut self.records, &mut self.strays, &mut self.templates, &mut self.statics];
        for list in lists {
            list.sort_by(|a, b| a.id.cmp(&b.id));
        }
    }

    /// What a site is made of.
    pub fn into_inputs(self) -> Inputs {
        let Self { settings, records, mut strays, templates, statics } = self;
        let mut settings = settings.into_iter();
        let site = settings.next();
        for file in settings {
            let at = strays.partition_point(|other| other.id < file.id);
            strays.insert(at, file);
        }
        Inputs { site, records, strays, templates, statics }
    }

    fn list(&self, shelf: Shelf) -> &Vec<File> {
        match shelf {
            Shelf::Settings => &self.settings,
            Shelf::Records => &self.records,
            Shelf::Strays => &self.strays,
            Shelf::Templates => &self.templates,
            Shelf::Statics => &self.statics,
        }
    }

    fn list_mut(&mut self, shelf: Shelf) -> &mut Vec<File> {
        match shelf {
            Shelf::Settings => &mut self.settings,
            Shelf::Records => &mut self.records,
            Shelf::Strays => &mut self.strays,
            Shelf::Templates => &mut self.templates,
            Shelf::Statics => &mut self.statics,
        }
    }
}

impl FromIterator<File> for Shelves {
    fn from_iter<T: IntoIterator<Item = File>>(files: T) -> Self {
        let mut shelves = Self::default();
        shelves.change_many(&[], files.into_iter().collect());
        shelves
    }
}

/// The list for a file; nothing for one that is passed over.
fn shelf(id: &FileId) -> Option<Shelf> {
    if id.path() == SITE || id.path() == SITE_SHORT {
        return Some(Shelf::Settings);
    }
    match id.path().split('/').next() {
        Some("static") => Some(Shelf::Statics),
        Some("templates") => (!is_passed_over(id.name())).then_some(Shelf::Templates),
        _ if id.path().split('/').any(is_passed_over) => None,
        _ if RecordKind::of(id).is_some() => Some(Shelf::Records),
        _ => Some(Shelf::Strays),
    }
}
