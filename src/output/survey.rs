//! What an update has to do, found out before anything is changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Bound;
use std::path::Path;

use rayon::prelude::*;

use super::error::{While, WriteError};
use super::map::{Entry, Map, Stage};
use super::path::{OutPath, parent};
use super::write::{Kind, kind, of};

/// When a file takes its place; the order is that of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Nothing stands there. First, because files that change may lead to it, and nothing does as yet.
    New,
    /// A file of ours becomes a folder, or a folder of ours a file: the old must go before the new can come.
    Swapped,
    /// A file of ours with other bytes stands there.
    Changed,
}

/// A file that is to be written.
pub(super) struct Todo<'m> {
    pub turn: Turn,
    pub stage: Stage,
    pub path: &'m OutPath,
    pub bytes: &'m [u8],
}

/// What is to be done with a folder that exists.
#[derive(Default)]
pub(super) struct Survey<'m> {
    /// In the order in which they take their places.
    pub todo: Vec<Todo<'m>>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// The files of this build that are ours, sorted: all but those that somebody else has put there, alike to the byte.
    pub ours: Vec<&'m OutPath>,
    /// Folders to make at first, each after the one that holds it.
    pub folders: Vec<&'m str>,
    /// Folders to make where a file of ours was, or within, each after the one that holds it.
    pub swapped_folders: Vec<&'m str>,
    /// Files of ours to remove before [`Turn::Swapped`].
    pub in_the_way: Vec<OutPath>,
    /// Folders to remove before [`Turn::Swapped`], each before the one that holds it.
    pub folders_in_the_way: Vec<String>,
    /// Files of ours to remove at last.
    pub stale: Vec<OutPath>,
    /// Folders to remove at last if nothing is in them, each before the one that holds it.
    pub emptied: Vec<String>,
    /// What is left, in words.
    pub note: Option<String>,
}

/// Whether the file system tells upper case from lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Told,
    PassedOver,
}

impl Case {
    /// The path as the file system compares it.
    fn key(self, path: &OutPath) -> OutPath {
        match self {
            Self::Told => path.clone(),
            Self::PassedOver => path.folded(),
        }
    }

    fn text(self, path: &str) -> Cow<'_, str> {
        match self {
            Self::Told => Cow::Borrowed(path),
            Self::PassedOver => Cow::Owned(path.to_lowercase()),
        }
    }
}

/// Looks at the folder `root`, whose files of ours are `old`, and changes nothing.
///
/// # Errors
/// When something stands in the way that is not ours.
pub(super) fn survey<'m>(
    map: &'m Map,
    root: &Path,
    old: &BTreeSet<OutPath>,
    case: Case,
) -> Result<Survey<'m>, WriteError> {
    let owned = Owned { paths: old.iter().map(|path| case.key(path)).collect(), case };
    let new: BTreeSet<OutPath> = map.iter().map(|(path, _)| case.key(path)).collect();
    let stale: Vec<&OutPath> = old.iter().filter(|path| !new.contains(&case.key(path))).collect();

    let needed: BTreeSet<&'m str> = map.iter().flat_map(|(path, _)| path.folders()).collect();
    let needed_keys: BTreeSet<Cow<'_, str>> = needed.iter().map(|folder| case.text(folder)).collect();
    let of_stale: BTreeSet<&str> = stale.iter().flat_map(|path| path.folders()).collect();
    let stands = Stands::of(root, needed.union(&of_stale).copied())?;

    let mut survey = Survey::default();
    survey.look_at_folders(&needed, &stands, &owned, root)?;
    survey.look_at_files(map, &stands, &owned, root)?;
    survey.look_at_stale(&stale, &stands, root)?;
    let emptied = of_stale.iter().rev().filter(|folder| stands.of_folder(folder) == Kind::Folder);
    let emptied = emptied.filter(|folder| !needed_keys.contains(&case.text(folder)));
    survey.emptied = emptied.map(|folder| (*folder).to_owned()).collect();
    Ok(survey)
}

impl<'m> Survey<'m> {
    fn look_at_folders(
        &mut self,
        needed: &BTreeSet<&'m str>,
        stands: &Stands<'_>,
        owned: &Owned,
        root: &Path,
    ) -> Result<(), WriteError> {
        for &folder in needed {
            match stands.of_folder(folder) {
                Kind::Folder => {}
                Kind::Nothing => self.folders.push(folder),
                Kind::File if stands.is_behind(folder) => self.swapped_folders.push(folder),
                Kind::File => match owned.get(folder) {
                    Some(file) => {
                        self.in_the_way.push(file);
                        self.swapped_folders.push(folder);
                    }
                    None => return Err(occupied(root, folder, folder)),
                },
                Kind::Link => return Err(WriteError::Link(root.join(folder))),
                Kind::Other => return Err(occupied(root, folder, folder)),
            }
        }
        Ok(())
    }

    fn look_at_files(
        &mut self,
        map: &'m Map,
        stands: &Stands<'_>,
        owned: &Owned,
        root: &Path,
    ) -> Result<(), WriteError> {
        let files: Vec<_> = map.iter().collect();
        let found: Vec<_> =
            files.par_iter().map(|(path, entry)| find(path, entry, stands, owned, root)).collect::<Result<_, _>>()?;
        let mut foreign = Vec::new();
        for ((path, entry), found) in files.into_iter().zip(found) {
            let turn = match found {
                Found::Foreign => {
                    foreign.push(path);
                    continue;
                }
                Found::Same { ours } => {
                    self.unchanged += 1;
                    if ours {
                        self.ours.push(path);
                    }
                    continue;
                }
                Found::Nothing => Turn::New,
                Found::Changed => Turn::Changed,
                Found::InFile => Turn::Swapped,
                Found::Folder => {
                    self.folders_in_the_way.extend(owned.folders_within(path.as_str(), root)?);
                    Turn::Swapped
                }
            };
            self.ours.push(path);
            self.todo.push(Todo { turn, stage: entry.stage, path, bytes: &entry.bytes });
        }
        if let [first, others @ ..] = foreign.as_slice() {
            return Err(WriteError::Foreign { path: first.below(root), more: others.len() });
        }
        self.todo.sort_by_key(|todo| (todo.turn, todo.stage, todo.path));
        self.folders_in_the_way.sort_unstable_by(|a, b| b.cmp(a));
        Ok(())
    }

    fn look_at_stale(&mut self, stale: &[&OutPath], stands: &Stands<'_>, root: &Path) -> Result<(), WriteError> {
        let gone: BTreeSet<&str> = self.folders_in_the_way.iter().map(String::as_str).collect();
        let swapped: BTreeSet<&str> = self.swapped_folders.iter().copied().collect();
        let found: Vec<Kind> = stale
            .par_iter()
            .map(|path| match stands.of_folder(path.folder()) {
                Kind::Folder => kind(&path.below(root)),
                // Behind a file there is nothing any more.
                Kind::File => Ok(Kind::Nothing),
                other => Ok(other),
            })
            .collect::<Result<_, _>>()?;
        let (mut left, mut first) = (0_usize, None);
        for (&path, found) in stale.iter().zip(found) {
            match found {
                Kind::File if swapped.contains(path.as_str()) => {}
                Kind::File if gone.contains(path.folder()) => self.in_the_way.push(path.clone()),
                Kind::File => self.stale.push(path.clone()),
                // A folder: somebody's, or ours from a build that was killed.
                Kind::Nothing | Kind::Folder => {}
                Kind::Link | Kind::Other => {
                    left += 1;
                    first.get_or_insert(path);
                }
            }
        }
        self.note = first.map(|first| {
            let files = if left == 1 { "1 file" } else { &format!("{left} files") };
            format!("{files} of an earlier build left where a symbolic link or no plain file stands now, for example `{first}`")
        });
        Ok(())
    }
}

/// What stands where a file is to be.
enum Found {
    Nothing,
    /// A file, the same to the byte.
    Same {
        ours: bool,
    },
    /// A file of ours with other bytes.
    Changed,
    /// A file of somebody else with other bytes.
    Foreign,
    /// A folder.
    Folder,
    /// A file of ours stands where its folder is to be.
    InFile,
}

fn find(path: &OutPath, entry: &Entry, stands: &Stands<'_>, owned: &Owned, root: &Path) -> Result<Found, WriteError> {
    match stands.of_folder(path.folder()) {
        Kind::Folder => {}
        Kind::File => return Ok(Found::InFile),
        _ => return Ok(Found::Nothing),
    }
    let place = path.below(root);
    let meta = match fs::symlink_metadata(&place) {
        Ok(meta) => meta,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(cause) => return Err(cause).when("look at", &place),
    };
    match of(&meta) {
        Kind::Link => Err(WriteError::Link(place)),
        Kind::Folder => Ok(Found::Folder),
        Kind::File => {
            let ours = owned.get(path.as_str()).is_some();
            let same_length = u64::try_from(entry.bytes.len()).is_ok_and(|length| length == meta.len());
            if same_length && *fs::read(&place).when("read", &place)? == *entry.bytes {
                Ok(Found::Same { ours })
            } else {
                Ok(if ours { Found::Changed } else { Found::Foreign })
            }
        }
        Kind::Nothing | Kind::Other => Err(WriteError::Occupied { path: place.clone(), by: place }),
    }
}

/// What stands where folders are to be.
struct Stands<'f>(BTreeMap<&'f str, (Kind, bool)>);

impl<'f> Stands<'f> {
    /// Looks at each of `folders`, which come each after the one that holds it.
    fn of(root: &Path, folders: impl Iterator<Item = &'f str>) -> Result<Self, WriteError> {
        let mut stands: BTreeMap<&str, (Kind, bool)> = BTreeMap::new();
        for folder in folders {
            let above = parent(folder).and_then(|above| stands.get(above)).map_or(Kind::Folder, |(kind, _)| *kind);
            // Nothing is looked at behind what is no folder: it might be a link to somewhere else.
            let stand = if above == Kind::Folder { (kind(&root.join(folder))?, false) } else { (above, true) };
            stands.insert(folder, stand);
        }
        Ok(Self(stands))
    }

    /// What stands at `folder`, or what there is instead of a folder above it.
    fn of_folder(&self, folder: &str) -> Kind {
        self.0.get(folder).map_or(Kind::Folder, |(kind, _)| *kind)
    }

    /// Whether that stands above `folder`.
    fn is_behind(&self, folder: &str) -> bool {
        self.0.get(folder).is_some_and(|(_, behind)| *behind)
    }
}

/// The files that are ours.
struct Owned {
    /// As the file system compares them.
    paths: BTreeSet<OutPath>,
    case: Case,
}

impl Owned {
    fn get(&self, path: &str) -> Option<OutPath> {
        self.paths.get::<str>(&self.case.text(path)).cloned()
    }

    fn has_within(&self, folder: &str) -> bool {
        let inside = format!("{}/", self.case.text(folder));
        let mut from = self.paths.range::<str, _>((Bound::Included(inside.as_str()), Bound::Unbounded));
        from.next().is_some_and(|path| path.as_str().starts_with(&inside))
    }

    /// The folder `top` and all in it, if nothing in it is somebody else's.
    fn folders_within(&self, top: &str, root: &Path) -> Result<Vec<String>, WriteError> {
        if !self.has_within(top) {
            return Err(occupied(root, top, top));
        }
        let mut folders = vec![top.to_owned()];
        let mut next = 0;
        while let Some(folder) = folders.get(next).cloned() {
            next += 1;
            let place = root.join(&folder);
            for item in fs::read_dir(&place).when("read the folder", &place)? {
                let item = item.when("read the folder", &place)?;
                let path = item.file_name().to_str().map(|name| format!("{folder}/{name}"));
                match (kind(&item.path())?, path) {
                    (Kind::File, Some(path)) if self.get(&path).is_some() => {}
                    (Kind::Folder, Some(path)) if self.has_within(&path) => folders.push(path),
                    _ => return Err(WriteError::Occupied { path: root.join(top), by: item.path() }),
                }
            }
        }
        Ok(folders)
    }
}

fn occupied(root: &Path, path: &str, by: &str) -> WriteError {
    WriteError::Occupied { path: root.join(path), by: root.join(by) }
}
