//! What was touched since somebody asked, and when it is over.

use crate::discover::{TOPS, Touched};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// More paths than these are not remembered one by one.
const MOST: usize = 10_000;

/// How long a burst may keep somebody waiting.
const LONGEST: Duration = Duration::from_millis(250);

/// How long the end of a file's writing is waited for when nothing else happens.
const WRITING: Duration = Duration::from_millis(50);

/// A burst of touches, none at first.
#[derive(Debug)]
pub struct Burst {
    /// The site's folder without links.
    pub root: PathBuf,
    /// Whether a link was seen in the site, so that what lies beside the site's folders may belong to it.
    pub has_links: bool,
    touched: BTreeSet<PathBuf>,
    is_anything: bool,
    /// What may be a folder that is not watched yet.
    fresh: BTreeSet<PathBuf>,
    is_all_fresh: bool,
    /// Files of this burst that somebody has open.
    open: BTreeSet<PathBuf>,
    first: Option<Instant>,
    last: Option<Instant>,
}

/// What may hold folders that are not watched yet.
#[derive(Debug, PartialEq, Eq)]
pub enum Fresh {
    /// Nothing.
    None,
    /// These.
    Paths(BTreeSet<PathBuf>),
    /// All folders.
    All,
}

impl Burst {
    /// Nothing was touched yet in `root`, a path without links.
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            has_links: false,
            touched: BTreeSet::new(),
            is_anything: false,
            fresh: BTreeSet::new(),
            is_all_fresh: false,
            open: BTreeSet::new(),
            first: None,
            last: None,
        }
    }

    /// Something was done at `path`; `may_be_folder` says whether a folder may have come there.
    pub fn touch(&mut self, path: &Path, may_be_folder: bool) {
        let Ok(below) = path.strip_prefix(&self.root) else { return self.touch_anything() };
        if below.as_os_str().is_empty() {
            return self.touch_anything();
        }
        if !self.has_links && !TOPS.iter().any(|top| below.starts_with(top)) {
            return;
        }
        self.stamp();
        if may_be_folder {
            self.fresh.insert(path.to_path_buf());
        }
        if !self.is_anything {
            self.touched.insert(path.to_path_buf());
        }
        if self.touched.len() > MOST || self.fresh.len() > MOST {
            self.touch_anything();
        }
    }

    /// Nobody knows what was done.
    pub fn touch_anything(&mut self) {
        self.stamp();
        (self.is_anything, self.is_all_fresh) = (true, true);
        self.touched.clear();
        self.fresh.clear();
        self.open.clear();
    }

    fn stamp(&mut self) {
        let now = Instant::now();
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// Somebody opened the file at `path`, perhaps to write; counts for files of this burst.
    pub fn open(&mut self, path: &Path) {
        if self.touched.contains(path) {
            self.open.insert(path.to_path_buf());
        }
    }

    /// The file at `path` was closed, or is not there any more.
    pub fn close(&mut self, path: &Path) {
        self.open.remove(path);
    }

    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// When the burst is over, if nothing else happens.
    pub fn over(&self) -> Option<Instant> {
        let quiet = match self.touched.len() {
            _ if self.is_anything => 40,
            0..=4 => 5,
            5..=16 => 10,
            17..=64 => 20,
            _ => 40,
        };
        let quiet = Duration::from_millis(quiet).max(if self.open.is_empty() { Duration::ZERO } else { WRITING });
        Some((self.last? + quiet).min(self.first? + LONGEST))
    }

    /// Takes what may be folders that are not watched yet.
    pub fn take_fresh(&mut self) -> Fresh {
        let paths = std::mem::take(&mut self.fresh);
        match std::mem::take(&mut self.is_all_fresh) {
            true => Fresh::All,
            false if paths.is_empty() => Fresh::None,
            false => Fresh::Paths(paths),
        }
    }

    /// Takes the whole burst; the next begins with the next touch.
    pub fn take(&mut self) -> Touched {
        let touched = std::mem::take(&mut self.touched);
        self.open.clear();
        (self.first, self.last) = (None, None);
        if std::mem::take(&mut self.is_anything) { Touched::Anything } else { Touched::Paths(touched) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_the_site_is_not_kept() {
        let mut burst = Burst::new("/site".into());
        burst.touch(Path::new("/site/public/index.html"), true);
        burst.touch(Path::new("/site/.git"), true);
        assert!(burst.is_empty() && burst.over().is_none() && burst.take_fresh() == Fresh::None);
        burst.has_links = true;
        burst.touch(Path::new("/site/data/a"), false);
        assert_eq!(burst.take(), Touched::Paths(["/site/data/a".into()].into()));
        burst.touch(Path::new("/site"), false);
        assert_eq!((burst.take_fresh(), burst.take()), (Fresh::All, Touched::Anything));
    }

    #[test]
    fn the_quiet_grows_with_what_was_touched_and_has_an_end() {
        let mut burst = Burst::new("/site".into());
        let wait = |burst: &Burst| burst.over().unwrap() - burst.last.unwrap();
        let ms = Duration::from_millis;
        let path = |at: usize| PathBuf::from(format!("/site/content/{at}"));
        burst.touch(&path(0), false);
        assert_eq!(wait(&burst), ms(5));
        burst.open(&path(0));
        burst.open(&path(1));
        assert_eq!(wait(&burst), ms(50));
        burst.close(&path(0));
        assert_eq!(wait(&burst), ms(5));
        for (count, quiet) in [(5, 10), (17, 20), (65, 40)] {
            (0..count).for_each(|at| burst.touch(&path(at), false));
            // The first may lie back already, on a machine that is busy.
            burst.first = burst.last;
            assert_eq!(wait(&burst), ms(quiet));
        }
        burst.last = Some(burst.first.unwrap() + ms(249));
        assert_eq!(wait(&burst), ms(1));
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut burst = Burst::new("/site".into());
        for at in 0..=MOST {
            burst.touch(&PathBuf::from(format!("/site/static/{at}")), at % 2 == 0);
        }
        assert!(burst.touched.is_empty() && burst.fresh.is_empty());
        burst.touch(Path::new("/site/static/more"), false);
        assert_eq!((burst.take_fresh(), burst.take()), (Fresh::All, Touched::Anything));
        assert!(burst.is_empty());
    }
}
