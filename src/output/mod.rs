//! The output as a value, and its meeting with the disk.
//!
//! In: paths and bytes, put into a [`Map`] with the origin of each. Out: a folder that holds exactly them, by [`write()`]; or the
//! difference of two maps, by [`compare`]; what an earlier build has left there, by [`kept()`].
//! Must never be here: what a page or a record is, a decision about what is published, printing, the clock.
//!
//! # What is promised about the folder
//!
//! - A folder that does not exist appears by one rename, whole.
//! - In a folder that exists each file is whole at every moment: files are written aside and renamed. All bytes are written
//!   before the first rename, so that a full disk is met while the old site is still untouched.
//! - Whoever starts at a page that outlives the update finds every link leading somewhere at every moment: files that are new
//!   come before files that change, files that go are removed when nothing leads to them any more; among the new and among the
//!   changed the order is that of [`Stage`]. Changed data wait for the new pages too, because they name them. The one
//!   exception is a path that turns from a file into a folder or back, which no order can hide.
//! - Only files that an earlier build wrote are replaced or removed. The manifest says which; it is written *before* the first
//!   change, as the union of old and new, so that a build that was killed is finished by the next.
//! - Files whose bytes do not change are not touched.
//! - Of two builds at once the second waits.
//!
//! What is ours apart from the site lies in the folder `.annals`: `manifest`, `lock` (empty), and while a build is at work
//! `new-…` with the files to come. Their bytes depend on nothing but the map.

mod compare;
mod error;
mod fresh;
mod kept;
mod lock;
mod manifest;
mod map;
mod path;
mod refuse;
mod survey;
mod update;
mod write;

pub use compare::{Changes, compare};
pub use error::WriteError;
pub use kept::kept;
pub use map::{Clash, Collision, Entry, Map, Origin, Stage};
pub use path::{Fault, OutPath, PathError};
pub use refuse::{Refusal, refuse};
pub use write::{Report, write};

/// The folder in the output folder that holds what is ours and is not the site.
const HIDDEN: &str = ".annals";

#[cfg(test)]
mod tests;
