//! The path of a file below the output folder.

use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::HIDDEN;

/// The longest name of a file or a folder, in bytes: what common file systems take.
const LONGEST_NAME: usize = 255;

/// The longest path, in bytes: with the output folder before it, it must fit where a system takes no more than 1024.
const LONGEST_PATH: usize = 800;

/// A path below the output folder, with forward slashes.
///
/// It never leads out of that folder, neither by `..` nor by a root or a drive, and never into `.annals`, where the writer
/// keeps its own. Paths are ordered by their bytes. Cloning is cheap.
///
/// ```
/// use annals::output::OutPath;
///
/// let path = OutPath::new("incidents/2006-un-sanctions.html")?;
/// assert_eq!(path.folder(), "incidents");
/// assert_eq!(path.name(), "2006-un-sanctions.html");
/// assert_eq!(OutPath::new("../x.html").unwrap_err().to_string(), "`../x.html` has a part of nothing but dots");
/// # Ok::<(), annals::output::PathError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// The path `path`, if it is one.
    ///
    /// # Errors
    /// The first [`Fault`] found.
    pub fn new(path: &str) -> Result<Self, PathError> {
        match fault(path) {
            None => Ok(Self(path.into())),
            Some(fault) => Err(PathError { path: path.to_owned(), fault }),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder that holds the file, without a slash at its end; empty for the output folder itself.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Every folder above the file, the deepest first, without the output folder itself.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(parent(&self.0), |folder| parent(folder))
    }

    /// The same path below `root`, for the disk.
    pub fn below(&self, root: &Path) -> PathBuf {
        root.join(&*self.0)
    }

    /// The path with the case of its letters taken away, as a file system that does not tell them apart compares it.
    pub(super) fn folded(&self) -> Self {
        Self(self.0.to_lowercase().into())
    }
}

/// The folder that holds the file or the folder `path`; none when that is the output folder itself.
pub(super) fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

impl Borrow<str> for OutPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A text that is no path below the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The text.
    pub path: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing.
    Empty,
    /// It begins at a root or a drive.
    Absolute,
    /// Two slashes follow each other, or it ends with one.
    EmptyPart,
    /// A part is `.` or `..`, or dots and spaces alone, which some systems read as one of these.
    Dots,
    /// It holds a backslash, which some systems read as a slash.
    Backslash,
    /// It holds a control character.
    Control,
    /// It is longer than 800 bytes, or a part of it longer than 255.
    TooLong,
    /// It lies in `.annals`, where the writer keeps its own.
    Reserved,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.fault {
            Fault::Empty => return f.write_str("the path is empty"),
            Fault::Absolute => "begins at a root or a drive",
            Fault::EmptyPart => "has an empty part",
            Fault::Dots => "has a part of nothing but dots",
            Fault::Backslash => "holds a backslash",
            Fault::Control => "holds a control character",
            Fault::TooLong => "is longer than 800 bytes, or has a part longer than 255",
            Fault::Reserved => "lies in `.annals`, which is kept for the manifest",
        };
        // Escaped, because what is wrong may be the very characters that a terminal obeys.
        write!(f, "`{}` {words}", self.path.escape_debug())
    }
}

impl std::error::Error for PathError {}

fn fault(path: &str) -> Option<Fault> {
    if path.is_empty() {
        return Some(Fault::Empty);
    }
    if path.contains('\\') {
        return Some(Fault::Backslash);
    }
    if path.chars().any(char::is_control) {
        return Some(Fault::Control);
    }
    if path.starts_with('/') || matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        return Some(Fault::Absolute);
    }
    if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(HIDDEN)) {
        return Some(Fault::Reserved);
    }
    if path.len() > LONGEST_PATH {
        return Some(Fault::TooLong);
    }
    path.split('/').find_map(|part| {
        if part.is_empty() {
            Some(Fault::EmptyPart)
        } else if part.chars().all(|c| c == '.' || c == ' ') {
            Some(Fault::Dots)
        } else if part.len() > LONGEST_NAME {
            Some(Fault::TooLong)
        } else {
            None
        }
    })
}
