//! The site's folder, held in memory between two looks at it.

use super::shelves::Shelves;
use super::walk::{Walked, walk};
use super::wanted::Wanted;
use super::{Inputs, TOPS, Unreadable, canonical};
use crate::source_text::{File, FileId};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What may have changed below a site's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// These paths, absolute or below the site's folder, files or folders, and what lies below them.
    Paths(BTreeSet<PathBuf>),
    /// Anything: whoever told has lost count.
    Anything,
}

/// A site's folder as it was read last.
///
/// After each [`Folder::refresh`] that was told of all changes it equals what [`read`](super::read) gives at that
/// moment. What a link leads to need not be told by the link's own path.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The root without links.
    real: PathBuf,
    shelves: Shelves,
    inputs: Arc<Inputs>,
    /// Where the symbolic links below the root end; nothing for those that lead nowhere.
    links: BTreeMap<PathBuf, Option<PathBuf>>,
    /// What was touched and could not be read yet.
    owed: Wanted,
}

impl Folder {
    /// Opens the site in `root` and reads it whole.
    ///
    /// # Errors
    /// Those of [`read`](super::read).
    pub fn open(root: &Path) -> Result<Self, Unreadable> {
        let mut folder = Self {
            root: root.to_path_buf(),
            real: canonical(root)?,
            shelves: Shelves::default(),
            inputs: Arc::default(),
            links: BTreeMap::new(),
            owed: Wanted::default(),
        };
        folder.refresh(&Touched::Anything)?;
        Ok(folder)
    }

    /// The site as it was read last; the same allocation until something differs.
    pub fn inputs(&self) -> &Arc<Inputs> {
        &self.inputs
    }

    /// Reads again what was touched; gives the paths of files that came, went or have other bytes, sorted.
    ///
    /// Files whose bytes are as before keep their allocation. Every touched file is read: its time and length could
    /// hide a change. What could not be read is read again the next time, whether it is touched then or not.
    ///
    /// # Errors
    /// Those of [`read`](super::read); [`Folder::inputs`] stays as it is then.
    pub fn refresh(&mut self, touched: &Touched) -> Result<Vec<String>, Unreadable> {
        match touched {
            Touched::Paths(paths) => self.owe(paths),
            Touched::Anything => self.owed = Wanted::everything(),
        }
        let real = canonical(&self.root)?;
        if real != self.real {
            self.owed = Wanted::everything();
            self.real = real;
        }
        if self.owed.is_empty() {
            return Ok(Vec::new());
        }
        let walked = walk(&self.root, &self.real, &self.owed)?;
        self.owed = Wanted::default();
        Ok(self.take(walked))
    }

    /// Adds to what is owed the touched paths, and what they are by the links of the site.
    fn owe(&mut self, paths: &BTreeSet<PathBuf>) {
        let Some(places) = paths.iter().map(|path| self.place(path)).collect::<Option<Vec<_>>>() else {
            self.owed = Wanted::everything();
            return;
        };
        for place in places.iter().filter(|place| TOPS.iter().any(|top| place.starts_with(top))) {
            self.owed.add(place);
        }
        if self.links.is_empty() {
            return;
        }
        let real: BTreeSet<PathBuf> = places.iter().map(|place| self.without_links(place)).collect();
        // While plain files stay plain files, no link ends elsewhere.
        let all_plain = places.iter().all(|place| self.is_plain(place));
        let mut by_end: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for (link, end) in &self.links {
            let stays = all_plain || self.root.join(link).canonicalize().ok() == *end;
            let is_touched = end.iter().flat_map(|end| end.ancestors()).any(|above| real.contains(above));
            if is_touched || !stays {
                self.owed.add(link);
            }
            end.iter().for_each(|end| by_end.entry(end).or_default().push(link));
        }
        for touched in &real {
            for end in touched.ancestors() {
                let rest = touched.strip_prefix(end).unwrap_or(touched);
                by_end.get(end).into_iter().flatten().for_each(|link| self.owed.add(&link.join(rest)));
            }
        }
    }

    /// The path below the root; nothing when it cannot be told, or when it is the root.
    fn place(&self, path: &Path) -> Option<PathBuf> {
        let below = if path.is_absolute() {
            let root = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
            [&root, &self.real].into_iter().find_map(|root| path.strip_prefix(root).ok())?
        } else {
            path
        };
        let parts = below.components().filter(|part| *part != Component::CurDir);
        let place: PathBuf = parts
            .map(|part| if let Component::Normal(name) = part { Some(name) } else { None })
            .collect::<Option<_>>()?;
        (!place.as_os_str().is_empty()).then_some(place)
    }

    /// The absolute path of `place` by which it would be the end of a link.
    fn without_links(&self, place: &Path) -> PathBuf {
        let path = self.real.join(place);
        let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
        folder.zip(path.file_name()).map_or_else(|| path.clone(), |(folder, name)| folder.join(name))
    }

    fn is_plain(&self, place: &Path) -> bool {
        place.to_str().is_some_and(|path| self.shelves.get(&FileId::new(path)).is_some())
            && !self.links.contains_key(place)
            && self.root.join(place).symlink_metadata().is_ok_and(|found| found.is_file())
    }

    fn take(&mut self, walked: Walked) -> Vec<String> {
        let Walked { places, files, links } = walked;
        if !self.links.is_empty() {
            let places: BTreeSet<&Path> = places.iter().map(Path::new).collect();
            self.links.retain(|link, _| !link.ancestors().any(|above| places.contains(above)));
        }
        self.links.extend(links);
        let known = places.iter().flat_map(|place| self.shelves.at(place));
        let gone: Vec<FileId> = known
            .filter(|old| files.binary_search_by(|file| file.id.cmp(&old.id)).is_err())
            .map(|old| old.id.clone())
            .collect();
        let is_new = |file: &File| {
            let old = self.shelves.get(&file.id);
            Shelves::takes(&file.id) && old.is_none_or(|old| old.trouble != file.trouble || old.bytes != file.bytes)
        };
        let came: Vec<File> = files.into_iter().filter(is_new).collect();
        let ids = gone.iter().chain(came.iter().map(|file| &file.id));
        let mut changed: Vec<String> = ids.map(|id| id.path().to_owned()).collect();
        changed.sort();
        if !changed.is_empty() {
            self.shelves.change(&gone, came);
            self.inputs = Arc::new(self.shelves.clone().into_inputs());
        }
        changed
    }
}
