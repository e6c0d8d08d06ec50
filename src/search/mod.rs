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

/// What a browser searches.
#[derive(Debug, Default)]
pub struct Data {
    /// The files.
    pub files: Vec<(OutPath, Entry)>,
    /// Where the table of the filters lies, below the output folder.
    pub filters: String,
    /// Where the list of the parts of the full-text index lies, below the output folder.
    pub index: String,
}

/// The bodies of records without markup, a line for each block.
#[derive(Debug, Default)]
pub struct Bodies<'a> {
    /// Those of incidents, in the order of the timeline.
    pub incidents: Vec<&'a str>,
    /// Those of plain pages, in their order.
    pub pages: Vec<&'a str>,
}

/// Makes the data of a site.
pub fn data(site: &Site, lexicon: &'static Lexicon, bodies: &Bodies<'_>) -> Data {
    let documents = document::Documents::new(site, lexicon, bodies);
    let (mut files, index) = index::files(&documents, &lexicon.terms.search_kinds);
    let table = filters::file(site, lexicon);
    let filters = table.as_ref().map(|(path, _)| path.as_str().to_owned()).unwrap_or_default();
    files.extend(table);
    Data { files, filters, index }
}
