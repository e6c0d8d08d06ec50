//! The way of the output to the disk.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::{While, WriteError};
use super::lock::Waiting;
use super::map::Map;
use super::{fresh, update};

/// What [`write()`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new.
    pub added: usize,
    /// Files whose bytes are others than before.
    pub changed: usize,
    /// Files that were as they should be and were not touched.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
    /// Whether another build was waited for.
    pub waited: bool,
    /// What was passed over or left, in lower-case words for people.
    pub notes: Vec<String>,
}

impl Report {
    /// Files that were written: new and changed ones.
    pub fn written(&self) -> usize {
        self.added + self.changed
    }
}

/// Makes `folder` hold the files of `map`, beside what others have put there.
///
/// What is promised at every moment of it stands at the head of [this room](super). Parent folders are made as needed.
/// `on_wait` is called, at most once, before another build on the same folder is waited for. It works in the rayon pool of the
/// caller. Not its business: whether `folder` is a wise choice, which [`refuse`](super::refuse()) knows.
///
/// # Errors
/// A [`WriteError`] that names the path. Nothing in the site has changed, unless it is a [`WriteError::Io`] that came up amid
/// the renames.
///
/// ```
/// use annals::output::{self, Entry, Map, Origin, OutPath, Stage};
///
/// let dir = tempfile::tempdir()?;
/// let folder = dir.path().join("public");
/// let mut map = Map::new();
/// let index = Entry::new(Stage::Index, *b"<!doctype html>", Origin::of_every_site("the timeline"));
/// map.insert(OutPath::new("index.html")?, index)?;
///
/// assert_eq!(output::write(&map, &folder, &mut || ())?.written(), 1);
/// assert_eq!(output::write(&map, &folder, &mut || ())?.unchanged, 1);
/// assert_eq!(std::fs::read(folder.join("index.html"))?, b"<!doctype html>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(map: &Map, folder: &Path, on_wait: &mut dyn FnMut()) -> Result<Report, WriteError> {
    // Without a slash at the end, behind which the system would follow a link before we see it.
    let mut root: PathBuf = folder.components().collect();
    if root.as_os_str().is_empty() {
        root.push(".");
    }
    let mut waiting = Waiting::new(on_wait);
    loop {
        match kind(&root)? {
            Kind::Folder => return update::update(map, &root, &mut waiting),
            Kind::Link => return Err(WriteError::Link(root)),
            Kind::File | Kind::Other => return Err(WriteError::NotAFolder(root)),
            // None: somebody else has made it meanwhile.
            Kind::Nothing => {
                if let Some(report) = fresh::fresh(map, &root, &mut waiting)? {
                    return Ok(report);
                }
            }
        }
    }
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    Folder,
    File,
    Link,
    /// A pipe, a device.
    Other,
}

/// What stands at `path`; a link is not followed.
pub(super) fn kind(path: &Path) -> Result<Kind, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(of(&meta)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Kind::Nothing),
        Err(cause) => Err(cause).when("look at", path),
    }
}

/// What `meta` describes.
pub(super) fn of(meta: &fs::Metadata) -> Kind {
    if meta.is_symlink() {
        Kind::Link
    } else if meta.is_dir() {
        Kind::Folder
    } else if meta.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// `prefix` with the number of this process and a running one: a name that no build at work has.
pub(super) fn numbered(prefix: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{prefix}{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Removes the folders in `folder` that [`numbered`] has named and whose builds were killed. For holders of the lock only.
pub(super) fn sweep(folder: &Path, prefix: &OsStr) -> Result<(), WriteError> {
    for item in fs::read_dir(folder).when("read the folder", folder)? {
        let item = item.when("read the folder", folder)?;
        let name = item.file_name();
        let number = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
        let is_numbered = number.is_some_and(|number| {
            let mut parts = number.split(|&byte| byte == b'-');
            let digits =
                |part: Option<&[u8]>| part.is_some_and(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit));
            digits(parts.next()) && digits(parts.next()) && parts.next().is_none()
        });
        let path = item.path();
        if is_numbered && kind(&path)? == Kind::Folder {
            fs::remove_dir_all(&path).when("remove what a killed build has left,", &path)?;
        }
    }
    Ok(())
}

/// A folder that is removed with all that is in it, unless it was [kept](Self::keep).
pub(super) struct Scratch {
    path: PathBuf,
    kept: bool,
}

impl Scratch {
    /// Makes the folder at `path`.
    pub fn make(path: PathBuf) -> Result<Self, WriteError> {
        fs::create_dir(&path).when("make the folder", &path)?;
        Ok(Self { path, kept: false })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves it where it is, or where it was renamed to.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.kept {
            // What stays behind is swept by the next build.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
