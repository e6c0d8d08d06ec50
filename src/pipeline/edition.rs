//! One state of the site, whose pages are made when somebody asks for them.

use super::{Counts, Options, Outcome, run};
use crate::diagnostic::{Level, Located};
use crate::discover::Inputs;
use crate::model::RecordKind;
use crate::resolve::routes;
use crate::source_text::FileId;
use std::sync::Arc;

/// What one state of the site's files comes to.
///
/// An edition never changes: what it answers for a path is the same whenever it is asked. Pages are made when they are
/// asked for, and once; from the edition before it takes over what would come out the same.
#[derive(Debug)]
pub struct Edition {
    inputs: Arc<Inputs>,
    outcome: Outcome,
}

/// What an edition has at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File(Arc<[u8]>),
    /// A page whose template failed; the problem is among [`Edition::problems`] now.
    Fault,
    /// Nothing.
    Nothing,
}

/// What was done for an edition so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The pages that were rendered, sorted by path, each with the reason: what it shows that is not as it was.
    pub rendered: Vec<(String, String)>,
    /// Pages that were looked at again and came out the same without rendering.
    pub looked_at: usize,
}

impl Edition {
    /// Runs the stages up to the pages. `last` is an earlier edition of the same site, if there is one.
    pub fn new(inputs: Arc<Inputs>, options: &Options, _last: Option<&Self>, on_stage: &dyn Fn(&'static str)) -> Self {
        let outcome = run(&inputs, options, on_stage);
        Self { inputs, outcome }
    }

    /// What it was made of.
    pub fn inputs(&self) -> &Arc<Inputs> {
        &self.inputs
    }

    /// The path below which the site will be published, with a slash at both ends: `/` or `/name/`.
    pub fn base_path(&self) -> String {
        "/".to_owned()
    }

    /// Whether no error is known of it: of the content, of the templates, of the pages made so far.
    pub fn is_fit(&self) -> bool {
        self.outcome.count(Level::Error) == 0
    }

    /// All problems known so far, sorted, with their places.
    pub fn problems(&self) -> Vec<Located> {
        self.outcome.problems.clone()
    }

    /// The text of a file or a built-in template, for snippets; nothing when it is not UTF-8.
    pub fn text(&self, file: &FileId) -> Option<String> {
        let inputs = &self.inputs;
        let all = inputs.site.iter().chain(&inputs.records).chain(&inputs.templates).chain(&inputs.strays);
        let file = all.into_iter().find(|known| known.id == *file).or_else(|| self.outcome.theme.source(file))?;
        std::str::from_utf8(&file.bytes).ok().map(str::to_owned)
    }

    /// The page of the record in `file`, below the output folder; nothing when it has none.
    pub fn route(&self, file: &FileId) -> Option<String> {
        let kind = RecordKind::of(file)?;
        let route = routes::record(kind, &crate::model::Id::new(file.stem()));
        self.outcome.output.contains(&route).then_some(route)
    }

    /// What the site holds.
    pub fn counts(&self) -> Counts {
        self.outcome.counts
    }

    /// The paths of all files but those of the full-text index, sorted.
    pub fn paths(&self) -> Vec<&str> {
        self.outcome.output.iter().map(|(path, _)| path.as_str()).collect()
    }

    /// The file at `path`, which is made now if nobody has asked for it before. May take long; never waits for a lock
    /// that is held while something else is made.
    pub fn file(&self, path: &str) -> Found {
        self.outcome.output.get(path).map_or(Found::Nothing, |entry| Found::File(entry.bytes.clone()))
    }

    /// Makes everything that was not made yet, so that all problems are known. `stop` is asked between pages; gives
    /// whether everything was made.
    pub fn make_all(&self, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        !stop()
    }

    /// What was done for it so far.
    pub fn work(&self) -> Work {
        Work::default()
    }
}
