//! Records to a site.
//!
//! In: the records of all files, and the settings. Out: [`Site`]: who refers to whom, what is shown, what is disputed,
//! in which order, at which address; and the problems of identity: what is defined twice, what is named and not there.
//! Must never be here: a change of a record; a page; a judgement about evidence (that is `validate`'s).

pub mod backlinks;
pub mod fields;
pub mod references;
pub mod routes;
pub mod site;

pub use fields::{FieldState, Shown, Standing};
pub use site::{Alias, EntityEntry, IncidentEntry, PlaceEntry, Site, SourceEntry};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Record;
use std::sync::Arc;

/// Builds the site from its records, which come sorted by path. Drafts are in it; they stay marked.
pub fn site(records: &[Record], config: &Arc<Config>) -> (Site, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut site = site::collect(records, config, &mut problems);
    references::check(&site, &mut problems);
    backlinks::draw(&mut site);
    (site, problems)
}

/// The site as its readers see it: without drafts. Reports what is published and names a draft.
pub fn without_drafts(mut site: Site) -> (Site, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    site::hide_drafts(&mut site);
    references::check_drafts(&site, &mut problems);
    backlinks::draw(&mut site);
    (site, problems)
}
