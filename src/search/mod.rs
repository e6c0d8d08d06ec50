//! The site to what a reader's browser searches: a table for the filters, an index for full text.
//!
//! In: the site, the words of its language. Out: scripts that hand over their data by a call, so that they work from
//! a disk too, and where they lie.
//! Must never be here: a page, a template, the disk.
//!
//! Files are named by their content: a page and the data that it was made with always fit together.

mod document;
mod filters;
mod index;
mod script;
pub mod words;

use crate::output::{Entry, OutPath};
use crate::phrase::lexicon::Lexicon;
use crate::resolve::Site;

/// The bodies of records without markup, a line for each block.
#[derive(Debug, Default)]
pub struct Bodies<'a> {
    /// Those of incidents, in the order of the timeline.
    pub incidents: Vec<&'a str>,
    /// Those of plain pages, in their order.
    pub pages: Vec<&'a str>,
}

/// The table of the filters; nothing when there is nothing to choose from.
pub fn filters(site: &Site, lexicon: &'static Lexicon) -> Option<(OutPath, Entry)> {
    filters::file(site, lexicon)
}

/// The files of the full-text index, and where the list of its parts lies, below the output folder.
pub fn index(site: &Site, lexicon: &'static Lexicon, bodies: &Bodies<'_>) -> (Vec<(OutPath, Entry)>, String) {
    let documents = document::Documents::new(site, lexicon, bodies);
    index::files(&documents, &lexicon.terms.search_kinds)
}
