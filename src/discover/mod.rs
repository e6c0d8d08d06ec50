//! The site's folder to files in memory.
//!
//! In: a folder. Out: [`Inputs`], sorted by path, so that nothing later depends on the order in which the disk answers.
//! Must never be here: a look into a file. Nothing outside the folder is read, and no file longer than any limit could allow.

mod folder;

pub use folder::{Folder, Touched};

use crate::config::Limits;
use crate::model::RecordKind;
use crate::source_text::{File, Trouble};
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// The longest file of `static/`: what GitHub takes at most in a repository.
const LARGEST_STATIC: u64 = 100 << 20;

/// Everything that a site is made of.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `content/site.yaml`.
    pub site: Option<File>,
    /// Files that hold records, sorted by path.
    pub records: Vec<File>,
    /// Files in `content/` that are nothing known.
    pub strays: Vec<File>,
    /// The site's own templates; paths begin with `templates/`.
    pub templates: Vec<File>,
    /// What is copied as it is; paths begin with `static/`.
    pub statics: Vec<File>,
}

/// Why a folder could not be read.
#[derive(Debug)]
pub enum Unreadable {
    /// There is no `content/` in it.
    NoContent(PathBuf),
    /// A file or a folder refused.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoContent(path) => write!(
                f,
                "there is no folder `content` in {}; name the folder of a site, or begin one with `annals new`",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads the site in `root`.
///
/// # Errors
/// When there is no `content/`, or when something in the folder cannot be read.
pub fn read(root: &Path) -> Result<Inputs, Unreadable> {
    if !root.join("content").is_dir() {
        return Err(Unreadable::NoContent(root.to_path_buf()));
    }
    let canonical = root.canonicalize().map_err(|error| Unreadable::Io(root.to_path_buf(), error))?;
    let mut inputs = Inputs::default();
    for file in folder(root, &canonical, "content", Limits::MOST.file as u64)? {
        let path = file.id.path();
        if path == "content/site.yaml" || (path == "content/site.yml" && inputs.site.is_none()) {
            inputs.site = Some(file);
        } else if path.split('/').any(is_passed_over) {
            continue;
        } else if RecordKind::of(&file.id).is_some() {
            inputs.records.push(file);
        } else {
            inputs.strays.push(file);
        }
    }
    inputs.templates = folder(root, &canonical, "templates", Limits::MOST.file as u64)?;
    inputs.templates.retain(|file| !is_passed_over(file.id.name()));
    inputs.statics = folder(root, &canonical, "static", LARGEST_STATIC)?;
    Ok(inputs)
}

fn folder(root: &Path, canonical: &Path, name: &str, cap: u64) -> Result<Vec<File>, Unreadable> {
    let top = root.join(name);
    match top.metadata() {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(Unreadable::Io(top, io::ErrorKind::NotADirectory.into())),
        Err(_) if top.is_symlink() => return Ok(vec![File::unread(name, Trouble::DeadLink)]),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Unreadable::Io(top, error)),
    }
    let mut files = Vec::new();
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut walk = walkdir::WalkDir::new(&top).follow_links(true).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&top).to_path_buf();
                // A link that is dead or runs in a circle is the author's mistake, not the machine's.
                if error.loop_ancestor().is_some() || path.is_symlink() {
                    let name = below(root, &path);
                    if !is_passed_over(name.rsplit('/').next().unwrap_or(&name)) {
                        files.push(File::unread(&name, Trouble::DeadLink));
                    }
                    continue;
                }
                let error = error.into_io_error().unwrap_or_else(|| io::Error::other("unreadable"));
                return Err(Unreadable::Io(path, error));
            }
        };
        let path = below(root, entry.path());
        if entry.path().strip_prefix(root).is_ok_and(|rest| rest.to_str().is_none()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            files.push(File::unread(&path, Trouble::NameNotUtf8));
            continue;
        }
        if entry.path_is_symlink() {
            let target =
                entry.path().canonicalize().map_err(|error| Unreadable::Io(entry.path().to_path_buf(), error))?;
            if !target.starts_with(canonical) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                files.push(File::unread(&path, Trouble::LeavesSite));
                continue;
            }
        }
        if entry.file_type().is_dir() {
            continue;
        }
        if entry.file_type().is_file() {
            found.push((path, entry.into_path()));
        } else {
            files.push(File::unread(&path, Trouble::NotAFile));
        }
    }
    let read: Result<Vec<File>, Unreadable> = found
        .into_par_iter()
        .map(|(name, path)| one(&name, &path, cap).map_err(|error| Unreadable::Io(path, error)))
        .collect();
    files.extend(read?);
    files.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(files)
}

fn one(name: &str, path: &Path, cap: u64) -> io::Result<File> {
    use io::Read;
    // The length is asked of the open file and the reading is cut off: a file may grow between the two.
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(length.min(cap) as usize);
    file.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap {
        return Ok(File::unread(name, Trouble::TooLarge(length)));
    }
    Ok(File::new(name, bytes))
}

fn below(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    rest.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether a file of this name in `content/` is nobody's record and nobody's mistake: dot-files, README, what editors leave behind.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.eq_ignore_ascii_case("README.md")
}
