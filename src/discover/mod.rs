//! The site's folder to files in memory.
//!
//! In: a folder. Out: [`Inputs`], sorted by path, so that nothing later depends on the order in which the disk answers.
//! Must never be here: a look into a file. Nothing outside the folder is read, and no file longer than any limit could allow.

mod folder;
mod shelves;
mod walk;
mod wanted;

pub use folder::{Folder, Touched};

use crate::source_text::File;
use shelves::Shelves;
use std::io;
use std::path::{Path, PathBuf};
use wanted::Wanted;

/// The folders that make a site.
pub const TOPS: [&str; 3] = ["content", "static", "templates"];

/// The longest file of `static/`: what GitHub takes at most in a repository.
pub const LARGEST_STATIC: u64 = 100 << 20;

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

impl FromIterator<File> for Inputs {
    /// Sorts files that were read elsewhere than in a folder: in a revision of a repository.
    fn from_iter<T: IntoIterator<Item = File>>(files: T) -> Self {
        files.into_iter().collect::<Shelves>().into_inputs()
    }
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
/// What vanishes while it is read is not there.
///
/// # Errors
/// When there is no `content/`, or when something in the folder cannot be read.
pub fn read(root: &Path) -> Result<Inputs, Unreadable> {
    let walked = walk::walk(root, &canonical(root)?, &Wanted::everything())?;
    Ok(walked.files.into_iter().collect())
}

/// Reads what lies in `content/` of the site in `root`, and nothing else of it: settings, records and strays.
///
/// # Errors
/// As [`read`].
pub fn read_content(root: &Path) -> Result<Inputs, Unreadable> {
    let mut wanted = Wanted::default();
    wanted.add(Path::new("content"));
    let walked = walk::walk(root, &canonical(root)?, &wanted)?;
    Ok(walked.files.into_iter().collect::<Shelves>().into_inputs())
}

/// The path of the site without links, when it has a `content/`.
fn canonical(root: &Path) -> Result<PathBuf, Unreadable> {
    if !root.join("content").is_dir() {
        return Err(Unreadable::NoContent(root.to_path_buf()));
    }
    root.canonicalize().map_err(|error| Unreadable::Io(root.to_path_buf(), error))
}

/// Whether a file of this name in `content/` is nobody's record and nobody's mistake: dot-files, README, what editors leave behind.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.eq_ignore_ascii_case("README.md")
}

#[cfg(test)]
mod tests;
