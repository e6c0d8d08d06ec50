//! How to cite what a page shows, in three forms.

use super::World;
use crate::cite::{Reference, bibtex, csl};
use serde::Serialize;

/// The forms of a reference.
#[derive(Debug, Serialize)]
pub(super) struct CiteView {
    text: String,
    bibtex: String,
    csl: String,
}

/// The forms of `reference`.
pub(super) fn view(world: &World, reference: &Reference) -> CiteView {
    CiteView {
        text: reference.text(world.lexicon),
        bibtex: bibtex::entry(reference, world.lexicon),
        csl: csl::file([reference], world.lexicon),
    }
}
