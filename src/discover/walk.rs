//! One walk through the site's folder, the whole of it or what is wanted.

use super::wanted::Wanted;
use super::{LARGEST_STATIC, TOPS, Unreadable, is_passed_over};
use crate::config::Limits;
use crate::source_text::{File, Trouble};
use rayon::prelude::*;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The most folders that are entered through links: with two links to the next in each, thirty folders are a billion.
const MOST_BEHIND_LINKS: usize = 10_000;

/// So few files are read sooner than other threads wake up.
const FEW: usize = 8;

/// What a walk came back with.
#[derive(Debug, Default)]
pub struct Walked {
    /// The places that were looked at; of everything at and below them, what was found is all there is.
    pub places: Vec<String>,
    /// The files there, sorted by path, each path once.
    pub files: Vec<File>,
    /// The symbolic links there, below the site's folder, and where they end; nothing for those that lead nowhere.
    pub links: Vec<(PathBuf, Option<PathBuf>)>,
}

/// A folder on the way down.
struct Step {
    real: PathBuf,
    up: Option<Rc<Step>>,
    is_behind_link: bool,
}

/// A folder to be looked into.
struct Ahead<'a> {
    step: Rc<Step>,
    path: PathBuf,
    name: String,
    wanted: &'a Wanted,
}

struct Walk<'a> {
    root: &'a Path,
    real: &'a Path,
    cap: u64,
    passes_over: bool,
    out: Walked,
    to_read: Vec<(String, PathBuf, u64)>,
    ahead: Vec<Ahead<'a>>,
    behind_links: usize,
}

/// Walks through what is `wanted` of the site in `root`, whose canonical path is `real`.
///
/// What vanishes under the walk is not there. No folder is entered twice on one way down, no link followed that leads
/// out of the site.
pub fn walk(root: &Path, real: &Path, wanted: &Wanted) -> Result<Walked, Unreadable> {
    let mut walk = Walk {
        root,
        real,
        cap: 0,
        passes_over: false,
        out: Walked::default(),
        to_read: Vec::new(),
        ahead: Vec::new(),
        behind_links: 0,
    };
    for top in TOPS {
        if let Some(wanted) = wanted.below(OsStr::new(top)) {
            walk.passes_over = top == "content";
            walk.cap = if top == "static" { LARGEST_STATIC } else { Limits::MOST.file as u64 };
            walk.top(top, wanted)?;
        }
    }
    let Walk { mut out, to_read, .. } = walk;
    let one = |(name, path, cap): (String, PathBuf, u64)| match one(&name, &path, cap) {
        Err(error) if is_gone(&error) => Ok(None),
        other => other.map_err(|error| Unreadable::Io(path, error)),
    };
    let read: Vec<Option<File>> = if to_read.len() < FEW {
        to_read.into_iter().map(one).collect::<Result<_, _>>()?
    } else {
        to_read.into_par_iter().map(one).collect::<Result<_, _>>()?
    };
    out.files.extend(read.into_iter().flatten());
    // Names that are no text may look the same once they are shown as text; what is wrong must not be hidden.
    out.files.sort_by(|a, b| a.id.cmp(&b.id).then(a.trouble.is_none().cmp(&b.trouble.is_none())));
    out.files.dedup_by(|later, first| later.id == first.id);
    Ok(out)
}

impl<'a> Walk<'a> {
    fn top(&mut self, name: &'static str, wanted: &'a Wanted) -> Result<(), Unreadable> {
        let path = self.root.join(name);
        match path.metadata() {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(Unreadable::Io(path, io::ErrorKind::NotADirectory.into())),
            Err(error) if is_gone(&error) || path.is_symlink() => {}
            Err(error) => return Err(Unreadable::Io(path, error)),
        }
        self.look(None, path, name.to_owned(), wanted)?;
        while let Some(next) = self.ahead.pop() {
            if next.wanted.is_whole() {
                self.list(&next)?;
            } else {
                for (child, wanted) in next.wanted.children() {
                    let name = format!("{}/{}", next.name, child.to_string_lossy());
                    self.look(Some(&next.step), next.path.join(child), name, wanted)?;
                }
            }
        }
        Ok(())
    }

    /// Looks into a whole folder.
    fn list(&mut self, folder: &Ahead<'a>) -> Result<(), Unreadable> {
        let failed = |error: io::Error| match is_gone(&error) {
            true => Ok(()),
            false => Err(Unreadable::Io(folder.path.clone(), error)),
        };
        let entries = match fs::read_dir(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return failed(error),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return failed(error),
            };
            let child = entry.file_name();
            if self.passes_over && is_passed_over(&child.to_string_lossy()) {
                continue;
            }
            let name = format!("{}/{}", folder.name, child.to_string_lossy());
            match entry.file_type() {
                Ok(kind) => self.take(Some(&folder.step), entry.path(), name, kind, folder.wanted).map(drop)?,
                Err(error) => failed(error)?,
            }
        }
        Ok(())
    }

    /// Looks at one place that is named, and notes it as one unless only something below it is wanted.
    fn look(
        &mut self,
        up: Option<&Rc<Step>>,
        path: PathBuf,
        name: String,
        wanted: &'a Wanted,
    ) -> Result<(), Unreadable> {
        let is_passed = self.passes_over && is_passed_over(name.rsplit('/').next().unwrap_or(&name));
        let goes_on = match path.symlink_metadata() {
            Ok(_) if is_passed || !is_listed(&path) => false,
            Ok(found) => self.take(up, path, name.clone(), found.file_type(), wanted)?,
            Err(error) if is_gone(&error) => false,
            Err(error) => return Err(Unreadable::Io(path, error)),
        };
        if wanted.is_whole() || !goes_on {
            self.out.places.push(name);
        }
        Ok(())
    }

    /// Takes up what lies at `path`; gives whether it is a folder that will be looked into.
    fn take(
        &mut self,
        up: Option<&Rc<Step>>,
        path: PathBuf,
        name: String,
        mut kind: FileType,
        wanted: &'a Wanted,
    ) -> Result<bool, Unreadable> {
        let own_name = path.file_name().unwrap_or_default();
        let is_link = kind.is_symlink();
        let mut real = up.map_or_else(|| self.real.join(own_name), |up| up.real.join(own_name));
        if is_link {
            // A link that is dead or runs in a circle is the author's mistake, not the machine's.
            let end = path.metadata().and_then(|found| Ok((found.file_type(), path.canonicalize()?))).ok();
            let relative = path.strip_prefix(self.root).unwrap_or(&path).to_path_buf();
            self.out.links.push((relative, end.as_ref().map(|(_, real)| real.clone())));
            match end {
                Some((found, end)) if !(found.is_dir() && self.is_circle(up, &end)) => (kind, real) = (found, end),
                _ => {
                    if !is_passed_over(&own_name.to_string_lossy()) {
                        self.out.files.push(File::unread(&name, Trouble::DeadLink));
                    }
                    return Ok(false);
                }
            }
        }
        let trouble = if own_name.to_str().is_none() {
            Trouble::NameNotUtf8
        } else if is_link && !real.starts_with(self.real) {
            Trouble::LeavesSite
        } else if kind.is_dir() {
            let is_behind_link = is_link || up.is_some_and(|up| up.is_behind_link);
            self.behind_links += usize::from(is_behind_link);
            if self.behind_links > MOST_BEHIND_LINKS {
                let error = format!("symbolic links lead into more than {MOST_BEHIND_LINKS} folders");
                return Err(Unreadable::Io(path, io::Error::other(error)));
            }
            let step = Rc::new(Step { real, up: up.cloned(), is_behind_link });
            self.ahead.push(Ahead { step, path, name, wanted });
            return Ok(true);
        } else if kind.is_file() {
            self.to_read.push((name, path, self.cap));
            return Ok(false);
        } else {
            Trouble::NotAFile
        };
        self.out.files.push(File::unread(&name, trouble));
        Ok(false)
    }

    /// Whether a link in the folder `up` that ends in the folder `end` leads to where it came from.
    fn is_circle(&self, up: Option<&Rc<Step>>, end: &Path) -> bool {
        let holds = |step: &&Rc<Step>| step.real.starts_with(end);
        let own = up.is_none() && self.real.starts_with(end);
        end.starts_with(self.real)
            && (own || std::iter::successors(up, |step| step.up.as_ref()).any(|step| holds(&step)))
    }
}

fn one(name: &str, path: &Path, cap: u64) -> io::Result<Option<File>> {
    use io::Read;
    // The length is asked of the open file and the reading is cut off: a file may grow between the two.
    let file = fs::File::open(path)?;
    let found = file.metadata()?;
    if found.is_dir() {
        return Ok(None);
    }
    let length = found.len();
    if length > cap {
        return Ok(Some(File::unread(name, Trouble::TooLarge(length))));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap {
        return Ok(Some(File::unread(name, Trouble::TooLarge(cap + 1))));
    }
    Ok(Some(File::new(name, bytes)))
}

/// Whether the error says no more than that something is not there.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether the folder lists the name as it is written here: where case does not count, another one is found too.
fn is_listed(path: &Path) -> bool {
    if !cfg!(any(windows, target_vendor = "apple")) {
        return true;
    }
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    entries.is_none_or(|mut all| {
        all.any(|entry| entry.is_ok_and(|entry| Some(entry.file_name().as_os_str()) == path.file_name()))
    })
}
