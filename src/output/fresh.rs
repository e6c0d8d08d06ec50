//! A folder that does not exist yet: made aside, shown by one rename.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{While, WriteError};
use super::lock::{Lock, Waiting};
use super::map::Map;
use super::write::{Kind, Report, Scratch, kind, numbered, sweep};
use super::{HIDDEN, manifest};

/// Makes the folder `root`; none when it is there by the time that it is our turn.
pub(super) fn fresh(map: &Map, root: &Path, waiting: &mut Waiting<'_>) -> Result<Option<Report>, WriteError> {
    let Some(beside) = Beside::of(root) else { return Err(WriteError::NotAFolder(root.to_path_buf())) };
    fs::create_dir_all(&beside.parent).when("make the folder", &beside.parent)?;
    let lock = Lock::take(&beside.lock(), waiting)?;
    let made = if kind(root)? == Kind::Nothing { make(map, root, &beside, lock.held) } else { Ok(None) };
    lock.remove();
    let report = Report { added: map.len(), waited: waiting.waited, ..Report::default() };
    Ok(made?.map(|()| report))
}

/// Removes what a build that was killed has left beside the folder `root`.
pub(super) fn tidy(root: &Path) {
    let Some(beside) = Beside::of(root) else { return };
    // The lock is there as long as anything else is.
    if let Some(lock) = Lock::take_left_over(&beside.lock()) {
        // It is litter, no hindrance: whoever cannot remove it can still build.
        let _ = sweep(&beside.parent, &beside.prefix());
        lock.remove();
    }
}

fn make(map: &Map, root: &Path, beside: &Beside, alone: bool) -> Result<Option<()>, WriteError> {
    if alone {
        sweep(&beside.parent, &beside.prefix())?;
    }
    let scratch = Scratch::make(beside.parent.join(beside.numbered()))?;
    fill(map, scratch.path())?;
    match fs::rename(scratch.path(), root) {
        Ok(()) => {
            scratch.keep();
            Ok(Some(()))
        }
        Err(_) if kind(root)? != Kind::Nothing => Ok(None),
        Err(cause) => Err(cause).when("make the folder", root),
    }
}

/// Writes everything into the folder `root`, which is empty and which nobody looks at yet.
fn fill(map: &Map, root: &Path) -> Result<(), WriteError> {
    let files: Vec<_> = map.iter().collect();
    // Sorted, so that each folder comes after the one that holds it.
    let folders: BTreeSet<&str> = files.iter().flat_map(|(path, _)| path.folders()).chain([HIDDEN]).collect();
    for folder in folders {
        let folder = root.join(folder);
        fs::create_dir(&folder).when("make the folder", &folder)?;
    }
    files.par_iter().try_for_each(|(path, entry)| {
        let path = path.below(root);
        fs::write(&path, &entry.bytes).when("write", &path)
    })?;
    let hidden = root.join(HIDDEN);
    let list = hidden.join("manifest");
    fs::write(&list, manifest::format(map.iter().map(|(path, _)| path))).when("write", &list)?;
    let lock = hidden.join("lock");
    File::create(&lock).when("write", &lock)?;
    Ok(())
}

/// The names beside an output folder.
struct Beside {
    parent: PathBuf,
    name: OsString,
}

impl Beside {
    /// None when the folder has no name of its own, as `..` or a root.
    fn of(root: &Path) -> Option<Self> {
        let name = root.file_name()?.to_owned();
        let parent = root.parent()?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        Some(Self { parent: parent.to_path_buf(), name })
    }

    fn lock(&self) -> PathBuf {
        self.parent.join(self.named(".annals-lock"))
    }

    fn prefix(&self) -> OsString {
        self.named(".annals-new-")
    }

    fn numbered(&self) -> OsString {
        self.named(&numbered(".annals-new-"))
    }

    fn named(&self, end: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(end);
        name
    }
}
