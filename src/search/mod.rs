//! The site to what a reader's browser searches: a table for the filters, an index for full text.
//!
//! In: the site, the words of its language. Out: scripts that hand over their data by a call, so that they work from
//! a disk too, and where they lie.
//! Must never be here: a page, a template, the disk.
//!
//! Files are named by their content: a page and the data that it was made with always fit together.

mod document;
mod filters;
pub mod index;
mod script;
pub mod words;

use crate::output::{Entry, OutPath};
use crate::phrase::lexicon::Lexicon;
use crate::resolve::{Choices, Site};
use std::sync::Arc;

/// The bodies of records without markup, a line for each block; empty where there is none.
#[derive(Clone, Copy)]
pub struct Bodies<'a> {
    /// That of the incident of a number.
    pub incident: &'a (dyn Fn(usize) -> &'a str + Sync),
    /// That of the plain page of a number.
    pub page: &'a (dyn Fn(usize) -> &'a str + Sync),
}

/// The table of the filters; nothing when there is nothing to choose from.
pub fn filters(site: &Site, choices: &Choices, lexicon: &'static Lexicon) -> Option<(OutPath, Entry)> {
    filters::file(site, choices, lexicon)
}

/// The full-text index. Of `known`, parts of an earlier one by their place, those are taken over that were made of the same
/// records; what they were made of must not have changed.
pub fn index<'a>(
    site: &'a Site,
    lexicon: &'static Lexicon,
    bodies: Bodies<'a>,
    known: &[Option<Arc<index::Part>>],
) -> index::Index {
    let documents = document::Documents::new(site, lexicon, bodies);
    index::index(&documents, &lexicon.terms.search_kinds, known)
}
