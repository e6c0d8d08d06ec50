//! One build at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{While, WriteError};

/// Tells, once, that another build is waited for.
pub(super) struct Waiting<'f> {
    tell: &'f mut dyn FnMut(),
    /// Whether it was told.
    pub waited: bool,
}

impl<'f> Waiting<'f> {
    pub fn new(tell: &'f mut dyn FnMut()) -> Self {
        Self { tell, waited: false }
    }

    fn tell(&mut self) {
        if !self.waited {
            self.waited = true;
            (self.tell)();
        }
    }
}

/// A lock that is held until this is dropped, or by the system until the process ends.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Whether the file system knows locks. Where it does not, two builds at once are not told apart, and nothing that might
    /// be another's is tidied up.
    pub held: bool,
}

impl Lock {
    /// Takes the lock on the file at `path`, which is made when it is not there; waits for whoever has it.
    pub fn take(path: &Path, waiting: &mut Waiting<'_>) -> Result<Self, WriteError> {
        loop {
            let lock = Self::open(path)?;
            let held = match lock.file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => {
                    waiting.tell();
                    wait(&lock.file).when("lock", path)?;
                    true
                }
                Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => false,
                Err(TryLockError::Error(cause)) => return Err(cause).when("lock", path),
            };
            // Whoever had it may have removed the file: then this is a lock on nothing.
            if is_at(&lock.file, path) {
                return Ok(Self { held, ..lock });
            }
        }
    }

    /// Takes the lock if its file is there and nobody has it.
    pub fn take_left_over(path: &Path) -> Option<Self> {
        if !fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file()) {
            return None;
        }
        let lock = Self::open(path).ok()?;
        lock.file.try_lock().ok()?;
        is_at(&lock.file, path).then_some(Self { held: true, ..lock })
    }

    /// Removes the file, and only then lets go, so that nobody else can have taken it.
    pub fn remove(self) {
        // What stays behind is an empty file that the next build takes over.
        let _ = fs::remove_file(&self.path);
    }

    fn open(path: &Path) -> Result<Self, WriteError> {
        match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => return Err(WriteError::Link(path.to_path_buf())),
            Ok(meta) if !meta.is_file() => {
                return Err(WriteError::Occupied { path: path.to_path_buf(), by: path.to_path_buf() });
            }
            _ => {}
        }
        let file = File::options().create(true).truncate(false).write(true).open(path).when("open", path)?;
        Ok(Self { file, path: path.to_path_buf(), held: false })
    }
}

fn wait(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(file), Ok(there)) => (file.dev(), file.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Without the identity of a file at hand its presence must do: what is lost is the order of three builds that start a new
/// folder in the same instant, of which the last to rename then brings up to date what the first has made.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
