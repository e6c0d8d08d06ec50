//! What is seen by looking at every file again and again.

use super::survey::{self, Met};
use crate::discover::Touched;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was seen to change is looked at again after this, and told when it stays; longer than the finest step in which
/// systems write down times, so that what changed in the same step is read before it is told.
const SETTLE: Duration = Duration::from_millis(20);

/// How long changes that go on may keep somebody waiting.
const LONGEST: Duration = Duration::from_millis(250);

/// Where times are written down in whole seconds, or two, files that changed are told again after this.
const COARSE: Duration = Duration::from_millis(2_100);

/// At most one part of so many of the time is spent on looking.
const SHARE: u32 = 4;

/// A watch that looks at every file.
#[derive(Debug)]
pub struct Polled {
    root: PathBuf,
    interval: Duration,
    state: Mutex<State>,
}

/// Everything that was seen, by paths. As paths they would be compared part by part, which takes several times as long.
type All = BTreeMap<OsString, Seen>;

#[derive(Debug, Default)]
struct State {
    seen: All,
    touched: BTreeSet<PathBuf>,
    first: Option<Instant>,
    /// When to look again; at once when nothing is said.
    look: Option<Instant>,
    /// What is to be told again, and when.
    again: Vec<(Instant, BTreeSet<PathBuf>)>,
}

/// What is compared of a file. A time that was set back is another time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    length: u64,
    times: [(i64, i64); 2],
    identity: (u64, u64),
    mode: u32,
    /// For a link: what it says, and what is seen at its end.
    end: Option<(PathBuf, Option<Box<Seen>>)>,
}

impl Polled {
    /// Looks at all files of the site in `root`, an absolute path, and from then on in this interval.
    pub fn new(root: &Path, interval: Duration) -> Self {
        let began = Instant::now();
        let seen = look(root);
        let state = State { seen, look: Some(rest(began, interval)), ..State::default() };
        Self { root: root.to_path_buf(), interval, state: Mutex::new(state) }
    }

    /// As [`Watch::next`](super::Watch::next).
    pub fn next(&self, until: Option<Instant>) -> Option<Touched> {
        loop {
            let look_at = self.state.lock().unwrap_or_else(PoisonError::into_inner).look;
            let now = Instant::now();
            if let Some(look_at) = look_at.filter(|at| *at > now) {
                if until.is_some_and(|until| until <= now) {
                    return None;
                }
                let wake = until.map_or(look_at, |until| until.min(look_at));
                std::thread::sleep(wake.saturating_duration_since(now));
                continue;
            }
            if let Some(touched) = self.step() {
                return Some(touched);
            }
        }
    }

    /// Looks once; gives what is to be told.
    fn step(&self) -> Option<Touched> {
        let began = Instant::now();
        let now = look(&self.root);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = differences(&state.seen, &now);
        state.seen = now;
        if !changed.is_empty() {
            state.touched.extend(changed);
            let first = *state.first.get_or_insert(began);
            if first.elapsed() < LONGEST {
                state.look = Some(Instant::now() + SETTLE);
                return None;
            }
        }
        state.look = Some(rest(began, self.interval));
        state.first = None;
        let mut touched = std::mem::take(&mut state.touched);
        let is_coarse = |path: &PathBuf| state.seen.get(path.as_os_str()).is_some_and(Seen::is_coarse);
        let coarse: BTreeSet<PathBuf> = touched.iter().filter(|path| is_coarse(path)).cloned().collect();
        if !coarse.is_empty() {
            state.again.push((Instant::now() + COARSE, coarse));
        }
        state.again.retain_mut(|(at, paths)| {
            let is_due = *at <= began;
            if is_due {
                touched.append(paths);
            }
            !is_due
        });
        (!touched.is_empty()).then_some(Touched::Paths(touched))
    }
}

/// When to look again after a look that began at `began`.
fn rest(began: Instant, interval: Duration) -> Instant {
    let now = Instant::now();
    now + interval.max((now - began) * (SHARE - 1))
}

fn differences(before: &All, now: &All) -> BTreeSet<PathBuf> {
    if before == now {
        return BTreeSet::new();
    }
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now.iter().filter(|(path, seen)| before.get(*path) != Some(seen)).map(|(path, _)| path);
    gone.chain(other).map(PathBuf::from).collect()
}

fn look(root: &Path) -> All {
    let mut all = BTreeMap::new();
    let Ok(root) = root.canonicalize() else { return all };
    let Ok(()) = survey::all(&root, &mut |met| {
        let path = match met {
            Met::Folder(path) | Met::Link(path) | Met::File(path) => path,
            Met::Around(_) => return Ok::<(), Infallible>(()),
        };
        if let Ok(found) = path.symlink_metadata() {
            let mut seen = Seen::of(&found);
            if let Met::Link(_) = met {
                let end = path.metadata().ok().map(|found| Box::new(Seen::of(&found)));
                seen.end = path.read_link().ok().map(|says| (says, end));
            }
            all.insert(path.as_os_str().to_owned(), seen);
        }
        Ok(())
    });
    all
}

impl Seen {
    fn of(found: &Metadata) -> Self {
        let mut seen = Self::of_any(found);
        if found.is_dir() {
            // Its length and times tell of what lies in it, which is seen there.
            (seen.length, seen.times) = (0, [(0, 1); 2]);
        }
        seen
    }

    #[cfg(unix)]
    fn of_any(found: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            length: found.size(),
            times: [(found.mtime(), found.mtime_nsec()), (found.ctime(), found.ctime_nsec())],
            identity: (found.dev(), found.ino()),
            mode: found.mode(),
            end: None,
        }
    }

    #[cfg(not(unix))]
    fn of_any(found: &Metadata) -> Self {
        let modified = found.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = modified.unwrap_or_default();
        let modified = (i64::try_from(modified.as_secs()).unwrap_or_default(), i64::from(modified.subsec_nanos()));
        let mode = u32::from(found.is_dir()) + 2 * u32::from(found.permissions().readonly());
        Self { length: found.len(), times: [modified; 2], identity: (0, 0), mode, end: None }
    }

    /// Whether its times are whole seconds, so that another change in the same second could not be told from it.
    fn is_coarse(&self) -> bool {
        self.times.iter().all(|(_, nanoseconds)| *nanoseconds == 0)
    }
}
