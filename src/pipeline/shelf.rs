//! Which files the output has, before all of them are made.

use super::heads::Heads;
use crate::diagnostic::{At, Code, Diagnostic};
use crate::output::{Collision, Entry, Map, Origin, OutPath, Stage};
use crate::page::Slot;
use crate::render;
use crate::source_text::{File, FileId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The places of all files but those of the search, whose names are not known before they are made.
#[derive(Debug)]
pub(super) struct Shelf {
    statics: Vec<File>,
    named_by: (String, String),
    routes: Vec<String>,
    cards: BTreeSet<String>,
    /// Assets and copied files with their bytes; pages and cards without any.
    pub places: Map,
    /// Where each asset lies, by its path below `static/`.
    pub assets: BTreeMap<String, String>,
    /// What collides, and what has no address.
    pub problems: Vec<Diagnostic>,
}

impl Shelf {
    /// Finds a place for everything, unless `last` was made of the same.
    pub fn new(heads: &Heads, statics: &[File], last: Option<&Arc<Self>>) -> Arc<Self> {
        let config = &heads.site.config;
        let cards = heads.pictures.site.iter().chain(heads.pictures.incidents.values());
        let cards: BTreeSet<String> = cards.map(|card| card.path.clone()).collect();
        let same_files =
            |known: &[File]| known.len() == statics.len() && known.iter().zip(statics).all(|(a, b)| a.same_content(b));
        if let Some(last) = last
            && last.named_by == (config.title.clone(), config.language.clone())
            && last.cards == cards
            && last.routes.iter().eq(heads.slots.iter().map(|(_, slot)| &slot.route))
            && same_files(&last.statics)
        {
            return last.clone();
        }
        let (entries, assets) = render::assets(statics, &config.title, &config.language);
        let mut shelf = Self {
            statics: statics.to_vec(),
            named_by: (config.title.clone(), config.language.clone()),
            routes: heads.slots.iter().map(|(_, slot)| slot.route.clone()).collect(),
            places: Map::new(),
            assets,
            problems: Vec::new(),
            cards,
        };
        for (path, entry) in entries {
            shelf.add(path, entry);
        }
        for (kind, slot) in &heads.slots {
            let stage = if kind.lists { Stage::Index } else { Stage::Page };
            match OutPath::new(&slot.route) {
                Ok(path) => shelf.add(path, Entry::new(stage, Vec::new(), origin(slot))),
                // The page of a record has a bad address only by a bad id, which was reported.
                Err(_) if slot.origin.is_some() => {}
                Err(error) => shelf.problems.push(unwritable(&error.to_string(), None)),
            }
        }
        for file in statics {
            shelf.copy(file);
        }
        if let Ok(path) = OutPath::new(".nojekyll") {
            let origin = Origin::of_every_site("the file `.nojekyll`");
            shelf.add(path, Entry::new(Stage::Asset, Vec::new(), origin));
        }
        Arc::new(shelf)
    }

    /// The paths of the social cards.
    pub fn cards(&self) -> impl Iterator<Item = &str> {
        self.cards.iter().map(String::as_str)
    }

    /// Whether `path` is that of a social card.
    pub fn is_card(&self, path: &str) -> bool {
        self.cards.contains(path)
    }

    /// A file that is copied as it is, but for those that stand for a built-in asset or were not read.
    fn copy(&mut self, file: &File) {
        let name = file.id.path().strip_prefix("static/").unwrap_or(file.id.path());
        if file.trouble.is_some() || self.assets.contains_key(name) {
            return;
        }
        match OutPath::new(name) {
            Ok(path) => {
                let origin = Origin::new(format!("the file `{}`", file.id), At::file(&file.id));
                self.add(path, Entry::new(Stage::Asset, file.bytes.clone(), origin));
            }
            Err(error) => self.problems.push(unwritable(&error.to_string(), Some(&file.id))),
        }
    }

    fn add(&mut self, path: OutPath, entry: Entry) {
        self.problems.extend(add(&mut self.places, path, entry));
    }
}

/// Adds a file to the output; gives what is wrong when there is no place for it.
pub(super) fn add(output: &mut Map, path: OutPath, entry: Entry) -> Option<Diagnostic> {
    output.insert(path, entry).err().map(|collision| collides(&collision))
}

fn origin(slot: &Slot) -> Origin {
    match &slot.origin {
        Some(file) => Origin::new(format!("the page of `{file}`"), At::file(file)),
        None => Origin::of_every_site(format!("the page `{}`", slot.route)),
    }
}

/// Tells of a collision.
pub(super) fn collides(collision: &Collision) -> Diagnostic {
    let (first, second) = (&collision.first.1, &collision.second.1);
    let (at, other) = match (&second.at, &first.at) {
        (Some(at), other) => (at.clone(), other.clone()),
        (None, Some(at)) => (at.clone(), None),
        (None, None) => (At::file(&FileId::new("content/site.yaml")), None),
    };
    let mut problem = Diagnostic::new(Code::OutputCollision, at, collision.to_string());
    if let Some(other) = other {
        problem = problem.label(other, "the other");
    }
    problem.help("rename one of the two; keep the old name of a record under `aliases`")
}

fn unwritable(message: &str, file: Option<&FileId>) -> Diagnostic {
    let nowhere = FileId::new("content/site.yaml");
    Diagnostic::new(Code::InvalidId, At::file(file.unwrap_or(&nowhere)), message)
        .help("rename the file: letters, digits, `-`, `_` and `.`")
}
