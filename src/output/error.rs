//! Why the output was not written, in words for people.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why [`write()`](super::write()) did not write.
///
/// The folder still holds a site that works: the old one, or when the cause came up amid the renames, one whose files are each
/// old or new and which the next build completes.
#[derive(Debug)]
pub enum WriteError {
    /// The path of the output folder is taken by something else, or has no name.
    NotAFolder(PathBuf),
    /// A symbolic link stands where the output has a file or a folder; it is never followed.
    Link(PathBuf),
    /// A file that no build has written stands where the output has one with other bytes.
    Foreign {
        /// The first of these files.
        path: PathBuf,
        /// How many there are besides.
        more: usize,
    },
    /// Something that is not ours and cannot be replaced stands where the output has a file or a folder.
    Occupied {
        /// Where the output has something.
        path: PathBuf,
        /// What stands there or within: itself or something below it.
        by: PathBuf,
    },
    /// The system refused.
    Io {
        /// What was tried: an infinitive without `to`.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl WriteError {
    /// The cure, in the imperative.
    pub fn help(&self) -> String {
        match self {
            Self::NotAFolder(_) => "name another output folder with `--out`".into(),
            Self::Link(_) => "remove the link, or name the folder it leads to with `--out`".into(),
            Self::Foreign { .. } | Self::Occupied { .. } => {
                "move it away, or name another output folder with `--out`; what no build has written is never replaced"
                    .into()
            }
            Self::Io { cause, .. } => {
                let first = match cause.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space",
                    io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                        "make the folder writable, or name another with `--out`,"
                    }
                    io::ErrorKind::InvalidFilename => "shorten the name, or the path of the output folder,",
                    _ => "mend the cause",
                };
                format!("{first} and build again; a site that was in the folder still works")
            }
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => write!(f, "`{}` is not a folder", path.display()),
            Self::Link(path) => write!(f, "`{}` is a symbolic link, and the output never follows one", path.display()),
            Self::Foreign { path, more } => {
                write!(f, "`{}` would be overwritten, but no build has written it", path.display())?;
                match more {
                    0 => Ok(()),
                    1 => f.write_str(" (nor one other file)"),
                    more => write!(f, " (nor {more} other files)"),
                }
            }
            Self::Occupied { path, by } if path == by => {
                write!(f, "`{}` stands in the way, and no build has written it", path.display())
            }
            Self::Occupied { path, by } => {
                write!(
                    f,
                    "the folder `{}` would become a file, but no build has written `{}` in it",
                    path.display(),
                    by.display()
                )
            }
            Self::Io { doing, path, cause } => write!(f, "cannot {doing} `{}`: {}", path.display(), words(cause)),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// Gives what the system said the words that only the caller knows.
pub(super) trait While<T> {
    /// An error becomes one of `doing` something with `path`.
    fn when(self, doing: &'static str, path: &Path) -> Result<T, WriteError>;
}

impl<T> While<T> for io::Result<T> {
    fn when(self, doing: &'static str, path: &Path) -> Result<T, WriteError> {
        self.map_err(|cause| WriteError::Io { doing, path: path.to_path_buf(), cause })
    }
}

fn words(cause: &io::Error) -> String {
    let known = match cause.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "the quota of disk space is used up",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::NotADirectory => "a part of the path is not a folder",
        io::ErrorKind::DirectoryNotEmpty => "the folder is not empty",
        io::ErrorKind::InvalidFilename => "the name is too long or not allowed here",
        io::ErrorKind::CrossesDevices => "a part of the output folder lies on another file system",
        _ => return cause.to_string(),
    };
    known.to_owned()
}
