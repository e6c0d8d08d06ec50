//! What the system tells.

use super::WatchError;
use super::burst::{Burst, Fresh};
use super::survey::{self, Met};
use crate::discover::{TOPS, Touched};
use notify::event::{AccessKind, DataChange, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Where a watch is for one folder and says when files are closed. Elsewhere one watch is for all that lies below.
const IS_BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// How often it is looked whether the site's folder is still the same: nobody tells of that.
const ROOT_INTERVAL: Duration = Duration::from_secs(1);

/// The most files that a process may have open: `EMFILE`, the system's word for too many watchers.
const TOO_MANY: i32 = 24;

/// A watch by the system's own means.
///
/// The library's own way of watching all that lies below a folder is not used where a watch is for one folder: it loses
/// folders that are reached twice, by a link and without, and the rest of a tree when one folder of it vanishes.
#[derive(Debug)]
pub struct Told {
    /// The site's folder as it was named.
    root: PathBuf,
    shared: Arc<Shared>,
    /// Never locked by whoever holds the burst: the system's thread wants it while a watch is being added.
    watcher: Mutex<RecommendedWatcher>,
    known: Mutex<Known>,
}

/// Which folder the site's folder was, and when that was looked at.
#[derive(Debug)]
struct Known {
    identity: Option<Identity>,
    checked: Instant,
}

#[cfg(unix)]
type Identity = (u64, u64, PathBuf);
#[cfg(not(unix))]
type Identity = PathBuf;

#[derive(Debug)]
struct Shared {
    burst: Mutex<Burst>,
    changed: Condvar,
}

impl Told {
    /// Begins to watch the site in `root`, an absolute path.
    pub fn new(root: &Path) -> Result<Self, WatchError> {
        let real = root.canonicalize().map_err(|error| WatchError::Folder(root.to_path_buf(), error))?;
        let shared = Arc::new(Shared { burst: Mutex::new(Burst::new(real.clone())), changed: Condvar::new() });
        let ear = shared.clone();
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(move |event| ear.hear(event), config).map_err(failed)?;
        let known = Mutex::new(Known { identity: identity(root), checked: Instant::now() });
        let told = Self { root: root.to_path_buf(), shared, watcher: Mutex::new(watcher), known };
        told.watch_all(&real)?;
        Ok(told)
    }

    /// As [`Watch::next`](super::Watch::next).
    ///
    /// # Errors
    /// When the system watches no more; from then on something may be missed.
    pub fn next(&self, until: Option<Instant>) -> Result<Option<Touched>, WatchError> {
        loop {
            self.check_root()?;
            let mut burst = self.shared.lock();
            // What is told of a folder is told when all that lies below is watched: what came there before is read,
            // what comes there after is heard.
            match burst.take_fresh() {
                Fresh::None => {}
                fresh => {
                    let root = burst.root.clone();
                    let has_links = burst.has_links;
                    drop(burst);
                    self.watch_fresh(&root, fresh, has_links)?;
                    continue;
                }
            }
            let now = Instant::now();
            let over = burst.over();
            if over.is_some_and(|over| over <= now) {
                return Ok(Some(burst.take()));
            }
            if until.is_some_and(|until| until <= now) {
                return Ok(None);
            }
            let wake = [over, until, Some(now + ROOT_INTERVAL)].into_iter().flatten().min().unwrap_or(now);
            let waited = self.shared.changed.wait_timeout(burst, wake.saturating_duration_since(now));
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Looks once in a while whether the site's folder was moved away or replaced.
    fn check_root(&self) -> Result<(), WatchError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.checked.elapsed() < ROOT_INTERVAL {
            return Ok(());
        }
        known.checked = Instant::now();
        let identity = identity(&self.root);
        if identity != known.identity {
            known.identity = identity;
            let mut burst = self.shared.lock();
            if let Ok(real) = self.root.canonicalize() {
                burst.root = real;
            }
            burst.touch_anything();
            let root = burst.root.clone();
            drop(burst);
            self.watch_all(&root)?;
        }
        Ok(())
    }

    fn watch_fresh(&self, root: &Path, fresh: Fresh, has_links: bool) -> Result<(), WatchError> {
        if !IS_BY_FOLDER {
            return Ok(());
        }
        let Fresh::Paths(paths) = fresh else { return self.watch_all(root) };
        let kind = |path: &Path| path.symlink_metadata().map(|found| found.file_type()).ok();
        let news = paths.into_iter().filter(|path| kind(path).is_some_and(|kind| kind.is_dir() || kind.is_symlink()));
        let news: Vec<PathBuf> = news.collect();
        if has_links && !news.is_empty() {
            // Any link may lead into it.
            return self.watch_all(root);
        }
        let mut seen = BTreeSet::new();
        for path in news.into_iter().filter(|path| TOPS.iter().any(|top| path.starts_with(root.join(top)))) {
            survey::from(root, path, &mut seen, &mut |met| self.meet(met))?;
        }
        Ok(())
    }

    fn watch_all(&self, root: &Path) -> Result<(), WatchError> {
        if IS_BY_FOLDER {
            return survey::all(root, &mut |met| self.meet(met));
        }
        survey::all(root, &mut |met| if let Met::Link(_) = met { self.meet(met) } else { Ok(()) })?;
        self.watch(root, RecursiveMode::Recursive)
    }

    fn meet(&self, met: Met<'_>) -> Result<(), WatchError> {
        match met {
            Met::Folder(path) | Met::Around(path) => self.watch(path, RecursiveMode::NonRecursive),
            Met::Link(_) => {
                self.shared.lock().has_links = true;
                Ok(())
            }
            Met::File(_) => Ok(()),
        }
    }

    fn watch(&self, path: &Path, mode: RecursiveMode) -> Result<(), WatchError> {
        let added = self.watcher.lock().unwrap_or_else(PoisonError::into_inner).watch(path, mode);
        match added {
            Ok(()) => Ok(()),
            Err(error) => match &error.kind {
                // It went, of which the folder around it tells; or whoever reads the site will say that it cannot.
                notify::ErrorKind::PathNotFound => Ok(()),
                notify::ErrorKind::Io(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::PermissionDenied
                    ) =>
                {
                    Ok(())
                }
                _ => Err(failed(error)),
            },
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Burst> {
        self.burst.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, event: notify::Result<Event>) {
        let mut burst = self.lock();
        match event {
            Ok(event) if event.need_rescan() => burst.touch_anything(),
            Ok(Event { kind, paths, .. }) => {
                for path in &paths {
                    match kind {
                        EventKind::Access(AccessKind::Open(_)) if IS_BY_FOLDER => burst.open(path),
                        EventKind::Access(AccessKind::Close(_)) => burst.close(path),
                        EventKind::Access(_) => {}
                        EventKind::Modify(ModifyKind::Data(DataChange::Any)) if IS_BY_FOLDER => {
                            burst.touch(path, false);
                            burst.open(path);
                        }
                        _ => {
                            burst.close(path);
                            burst.touch(path, true);
                        }
                    }
                }
            }
            Err(_) => burst.touch_anything(),
        }
        if !burst.is_empty() {
            self.changed.notify_all();
        }
    }
}

fn failed(error: notify::Error) -> WatchError {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => WatchError::MostFolders,
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY) && IS_BY_FOLDER => {
            WatchError::MostPrograms
        }
        _ => WatchError::System(error.to_string()),
    }
}

#[cfg(unix)]
fn identity(root: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = root.metadata().ok()?;
    Some((found.dev(), found.ino(), root.canonicalize().ok()?))
}

#[cfg(not(unix))]
fn identity(root: &Path) -> Option<Identity> {
    root.canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_say_what_to_do() {
        let said = |kind| failed(notify::Error::new(kind)).to_string();
        let folders = said(notify::ErrorKind::MaxFilesWatch);
        assert!(folders.contains("fs.inotify.max_user_watches") && folders.contains("--poll"), "{folders}");
        if IS_BY_FOLDER {
            let programs = said(notify::ErrorKind::Io(io::Error::from_raw_os_error(TOO_MANY)));
            assert!(programs.contains("fs.inotify.max_user_instances") && programs.contains("--poll"), "{programs}");
        }
        assert!(said(notify::ErrorKind::Generic("why".to_owned())).contains("why"));
    }
}
