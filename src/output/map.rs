//! Everything that is published, as one value: path to bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use super::path::OutPath;
use crate::diagnostic::At;

/// When a file takes its place in an update; the order is that of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// What pages load and what is downloaded: leads nowhere itself.
    Asset,
    /// A page.
    Page,
    /// A page that lists other pages.
    Index,
}

/// Where a file of the output comes from, for those who must mend a collision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// A lower-case phrase: `the page of the incident`, `the static file`.
    pub what: Cow<'static, str>,
    /// The place in the site's files that brought it about; none for what every site has.
    pub at: Option<At>,
}

impl Origin {
    /// What no file of the site asked for: `the timeline`, `the feed`.
    pub fn of_every_site(what: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), at: None }
    }

    /// What the site's file at `at` brought about.
    pub fn new(what: impl Into<Cow<'static, str>>, at: At) -> Self {
        Self { what: what.into(), at: Some(at) }
    }
}

/// One file of the output.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it takes its place in an update.
    pub stage: Stage,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Entry {
    /// A file with these bytes.
    pub fn new(stage: Stage, bytes: impl Into<Arc<[u8]>>, origin: Origin) -> Self {
        Self { stage, bytes: bytes.into(), origin }
    }

    /// Whether both have the same bytes.
    pub fn same_bytes(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes
    }
}

/// The output: files by their paths, which fit beside each other on every file system.
///
/// No two paths are equal when the case of ASCII letters is passed over, and none is a folder of another.
///
/// ```
/// use annals::output::{Clash, Entry, Map, Origin, OutPath, Stage};
///
/// let page = |what| Entry::new(Stage::Page, *b"<!doctype html>", Origin::of_every_site(what));
/// let mut map = Map::new();
/// map.insert(OutPath::new("tags/ransom.html")?, page("the page of a tag"))?;
/// let collision = map.insert(OutPath::new("tags/Ransom.html")?, page("a static file")).unwrap_err();
/// assert_eq!(collision.clash, Clash::Case);
/// assert_eq!(collision.first.1.what, "the page of a tag");
/// assert_eq!(map.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Map {
    files: BTreeMap<OutPath, Entry>,
    /// The same paths in lower case: what a file system that passes over case would compare.
    folded: BTreeMap<Box<str>, OutPath>,
}

impl Map {
    /// An output without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When its path does not fit beside one that is there, the map stays as it was and the [`Collision`] names both.
    pub fn insert(&mut self, path: OutPath, entry: Entry) -> Result<(), Box<Collision>> {
        if let Some(collision) = self.collision(&path, &entry) {
            return Err(collision);
        }
        self.folded.insert(path.as_str().to_ascii_lowercase().into(), path.clone());
        self.files.insert(path, entry);
        Ok(())
    }

    /// Gives the file at `path` its bytes; nothing happens when there is none.
    pub fn fill(&mut self, path: &str, bytes: Arc<[u8]>) {
        if let Some(entry) = self.files.get_mut(path) {
            entry.bytes = bytes;
        }
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
        self.folded.remove(path.to_ascii_lowercase().as_str());
    }

    /// What would stand in the way of a file at `path`.
    pub fn collision(&self, path: &OutPath, entry: &Entry) -> Option<Box<Collision>> {
        let folded = path.as_str().to_ascii_lowercase();
        let (clash, first) = self.clash(path, &folded)?;
        let origin = self.files.get(first).map(|entry| entry.origin.clone());
        let origin = origin.unwrap_or_else(|| Origin::of_every_site("another file"));
        Some(Box::new(Collision {
            clash,
            first: (first.clone(), origin),
            second: (path.clone(), entry.origin.clone()),
        }))
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)
    }

    /// Whether there is a file at `path`.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The files by their paths, in the order of the bytes of these.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&OutPath, &Entry)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What `path` collides with.
    fn clash(&self, path: &OutPath, folded: &str) -> Option<(Clash, &OutPath)> {
        if let Some(there) = self.folded.get(folded) {
            let clash = if there == path { Clash::Same } else { Clash::Case };
            return Some((clash, there));
        }
        let above = std::iter::successors(super::path::parent(folded), |folder| super::path::parent(folder));
        if let Some(there) = above.filter_map(|folder| self.folded.get(folder)).next() {
            return Some((Clash::Folder, there));
        }
        let inside = format!("{folded}/");
        let (next, there) = self.folded.range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded)).next()?;
        next.starts_with(&inside).then_some((Clash::Folder, there))
    }
}

/// How two paths collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// They are the same.
    Same,
    /// They differ only in the case of letters, which many file systems pass over.
    Case,
    /// One is a folder of the other.
    Folder,
}

/// Two files of the output that cannot stand beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// How they collide.
    pub clash: Clash,
    /// The one that was there, and its origin.
    pub first: (OutPath, Origin),
    /// The one that came later, and its origin.
    pub second: (OutPath, Origin),
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = (&self.first, &self.second);
        match self.clash {
            Clash::Same => {
                write!(f, "`{}` would be written twice: as {} and as {}", first.0, first.1.what, second.1.what)
            }
            Clash::Case => write!(
                f,
                "`{}` ({}) and `{}` ({}) differ only in the case of letters",
                first.0, first.1.what, second.0, second.1.what
            ),
            Clash::Folder => {
                let (file, inner) =
                    if first.0.as_str().len() < second.0.as_str().len() { (first, second) } else { (second, first) };
                write!(
                    f,
                    "`{}` ({}) would have to be a file, and a folder for `{}` ({})",
                    file.0, file.1.what, inner.0, inner.1.what
                )
            }
        }
    }
}

impl std::error::Error for Collision {}
