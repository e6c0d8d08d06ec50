//! What was read: files by their path in the site, and places in their text.
//!
//! In: paths and bytes. Out: [`FileId`], [`Span`], [`LineIndex`], [`Fingerprint`].
//! Must never be here: the disk, and anything that knows what an incident is.

mod lines;

pub use lines::{LineIndex, Position};

use std::fmt;
use std::sync::Arc;

/// A file of the site, named by its path below the site's folder with forward slashes.
///
/// The path is the identity: a diagnostic that was remembered with one file's bytes still points
/// at that file when others come and go, which an index into a list would not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(Arc<str>);

impl FileId {
    /// The file at `path`, for example `content/incidents/2006-un-sanctions.md`.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path below the site's folder.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The last component of the path, with its extension.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last component without its extension: a record's id.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What stands after the last dot of the name, or nothing.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, ext)| ext)
    }

    /// The folder that holds the file, without a slash at its end.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From `start` up to, but without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// The BLAKE3 hash of a file's bytes or of a value's serialised form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The first `digits` hexadecimal digits, as in the name of a fingerprinted asset.
    pub fn short(&self, digits: usize) -> String {
        self.hex().chars().take(digits).collect()
    }

    /// All 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        use fmt::Write;
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it lies.
    pub id: FileId,
    /// Its bytes as they are on disk. Empty when [`File::trouble`] says that they were not read.
    pub bytes: Arc<[u8]>,
    /// Why the bytes were not read, when they were not.
    pub trouble: Option<Trouble>,
}

/// Why a file that is there was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is longer than anything that `limits` could allow; its length in bytes.
    TooLarge(u64),
    /// It is a symbolic link to something outside the site's folder.
    LeavesSite,
    /// It is a symbolic link that leads nowhere, or into a circle.
    DeadLink,
    /// It is neither a file nor a folder: a pipe, a device.
    NotAFile,
    /// Its name is not UTF-8, so that nothing could name it.
    NameNotUtf8,
}

impl File {
    /// A file read whole.
    pub fn new(path: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { id: FileId::new(path), bytes: bytes.into(), trouble: None }
    }

    /// Whether another reading of the file gave the same.
    pub fn same_content(&self, other: &Self) -> bool {
        let same_bytes = Arc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes;
        self.id == other.id && self.trouble == other.trouble && same_bytes
    }

    /// A file that was found but not read.
    pub fn unread(path: &str, trouble: Trouble) -> Self {
        Self { id: FileId::new(path), bytes: Arc::default(), trouble: Some(trouble) }
    }
}
