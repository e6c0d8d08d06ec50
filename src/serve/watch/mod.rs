//! What tells that files of the site were touched.

mod burst;
mod polled;
mod survey;
mod told;

use crate::discover::Touched;
use polled::Polled;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use told::Told;

/// The interval at which files are looked at when the system stops to tell of them.
const FALL_BACK: Duration = Duration::from_secs(1);

/// How a [`Watch`] learns of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The system tells.
    Told,
    /// Every file is looked at in this interval, for file systems that do not tell: of networks, of virtual machines.
    Polled(Duration),
}

/// Why a folder cannot be watched.
#[derive(Debug)]
pub enum WatchError {
    /// The folder is not there, or cannot be entered.
    Folder(PathBuf, io::Error),
    /// The system watches no more folders.
    MostFolders,
    /// The system lets no more programs watch.
    MostPrograms,
    /// The system says something else.
    System(String),
}

impl std::fmt::Display for WatchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, setting) = match self {
            Self::Folder(path, error) => return write!(f, "{} cannot be watched: {error}", path.display()),
            Self::System(error) => {
                return write!(
                    f,
                    "the site cannot be watched: {error}; --poll looks at the files in intervals instead"
                );
            }
            Self::MostFolders => ("folders that are watched", "fs.inotify.max_user_watches=1048576"),
            Self::MostPrograms => ("programs that watch", "fs.inotify.max_user_instances=1024"),
        };
        write!(
            f,
            "the system's limit of {what} is reached; raise it by `sudo sysctl {setting}`, or look at the files in \
             intervals with --poll"
        )
    }
}

impl std::error::Error for WatchError {}

/// A site's folder under watch: `content`, `templates`, `static`, and what links in them lead to within the site.
///
/// Begin to watch first and read the folder then: what changes between the two is told, and read once too often at
/// worst. What is told was touched and may still be the same; nothing that changed is not told. What happens while
/// nobody asks is kept for the next who does. `public` and `.git` are not watched. Nothing is left of it when dropped.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    told: Option<Told>,
    polled: OnceLock<Polled>,
    lapse: OnceLock<WatchError>,
}

impl Watch {
    /// Begins to watch the site in `root`; its folders may appear, vanish and come again later, and so may `root`.
    ///
    /// # Errors
    /// When there is no such folder, or the system watches no more; the message says what to do.
    pub fn new(root: &Path, way: Way) -> Result<Self, WatchError> {
        let failed = |error| WatchError::Folder(root.to_path_buf(), error);
        if !root.metadata().map_err(failed)?.is_dir() {
            return Err(failed(io::ErrorKind::NotADirectory.into()));
        }
        let root = std::path::absolute(root).map_err(failed)?;
        let (told, polled) = match way {
            Way::Told => (Some(Told::new(&root)?), OnceLock::new()),
            Way::Polled(interval) => (None, OnceLock::from(Polled::new(&root, interval))),
        };
        Ok(Self { root, told, polled, lapse: OnceLock::new() })
    }

    /// Waits until something was touched and the burst is over, or until `until`; nothing when none was over until then.
    ///
    /// A burst is over after a few milliseconds of quiet, more the more was touched and while a file is still being
    /// written, and after a quarter of a second at the latest.
    pub fn next(&self, until: Option<Instant>) -> Option<Touched> {
        if let Some(polled) = self.polled.get() {
            return polled.next(until);
        }
        match self.told.as_ref()?.next(until) {
            Ok(touched) => touched,
            Err(error) => {
                let _ = self.lapse.set(error);
                let _ = self.polled.set(Polled::new(&self.root, FALL_BACK));
                Some(Touched::Anything)
            }
        }
    }

    /// Why the system tells no more and files are looked at every second; nothing while all is well.
    pub fn lapse(&self) -> Option<&WatchError> {
        self.lapse.get()
    }
}

#[cfg(test)]
mod tests;
