//! The order of the stages, written down once.
//!
//! In: files in memory and what the user asked for. Out: an [`Edition`], whose pages are made when they are asked for; or all
//! of it at once, by [`run`]: the output as a map from paths to bytes, and all problems.
//! Must never be here: the disk, printing, the clock; a rule about what has to be made again.
//!
//! # What is taken over from an earlier edition
//!
//! Costly stages are functions of values. Where the values are the same, so is what comes of them, and it is taken over: what
//! was read of a file, by its bytes; all that is made of records without their texts, when each record is the same; a text as
//! HTML, by the text and the answers to what it asked for; the templates, by their bytes and what all of them see; a page, by
//! what its view has read ([`crate::noted`]), and failing that by all that its template sees. Nobody says which edit touches
//! what. That an edition made so is the same as one made from nothing is held by a test over random edits.

mod bodies;
mod edition;
mod globals;
mod heads;
mod links;
mod locate;
mod look;
mod pages;
mod records;
mod search;
mod shelf;
mod words;

pub use edition::{Edition, Found, Work};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Located};
use crate::discover::Inputs;
use crate::output::{Map, OutPath};
use crate::render::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the user asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Publish drafts, marked.
    pub drafts: bool,
    /// Build to be reviewed: a banner, `noindex`.
    pub preview: bool,
    /// In place of the settings' address.
    pub base_url: Option<String>,
    /// What counts as today; nothing = the newest date in the content.
    pub now: Option<chrono::NaiveDate>,
    /// Files of the last build: those that would be made again just so are taken over.
    pub kept: Arc<BTreeMap<OutPath, Arc<[u8]>>>,
    /// Nothing will be written: pictures, in which no problem can be found, are left out of the output.
    pub only_check: bool,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// All files of the site. Not to be published while an error stands.
    pub output: Map,
    /// All problems, sorted, with their places.
    pub problems: Vec<Located>,
    /// What the site holds.
    pub counts: Counts,
    /// The built-in templates' texts by their names in messages, for snippets.
    pub theme: Arc<Theme>,
}

/// What a site holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records of all kinds.
    pub records: usize,
    /// Incidents that are published.
    pub incidents: usize,
    /// Their claims.
    pub claims: usize,
    /// Fields on which claims differ.
    pub disputed: usize,
    /// HTML pages.
    pub pages: usize,
}

impl Outcome {
    /// The number of problems of a level.
    pub fn count(&self, level: Level) -> usize {
        self.problems.iter().filter(|problem| problem.level == level).count()
    }
}

/// Runs all stages. `on_stage` hears the name of each as it begins.
pub fn run(inputs: &Inputs, options: &Options, on_stage: &dyn Fn(&'static str)) -> Outcome {
    Edition::once(Arc::new(inputs.clone()), options, on_stage).into_outcome(on_stage)
}

/// Where `problems` stand in the files of `inputs`, each with its level on the site; sorted, each once.
///
/// For a command that finds problems of its own and runs no stage.
pub fn located(problems: &[Diagnostic], inputs: &Inputs, config: &Config) -> Vec<Located> {
    locate::all(problems, inputs, None, config)
}
