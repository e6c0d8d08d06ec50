//! What a beginning looks like: a record, and a whole site.
//!
//! In: what the author gave, and what the site has already. Out: texts, with the paths where they belong.
//! Must never be here: the disk, a question to the author, a judgement about what is there.

mod record;
pub mod site;

pub use record::{Given, Known, path, scalar, text};
