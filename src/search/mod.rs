//! The site to what a reader's browser searches: a table for the filters, an index for full text.
//!
//! In: the site, the words of its language. Out: scripts that hand over their data by a call, so that they work from
//! a disk too, and where they lie.
//! Must never be here: a page, a template, the disk.
//!
//! Files are named by their content: a page and the data that it was made with always fit together.

mod filters;

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

/// Makes the data of a site.
pub fn data(site: &Site, lexicon: &Lexicon) -> Data {
    let mut data = Data::default();
    if let Some((path, entry)) = filters::file(site, lexicon) {
        data.filters = path.as_str().to_owned();
        data.files.push((path, entry));
    }
    data
}
