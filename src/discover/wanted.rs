//! What of the site's folder a walk is to look at.

use super::TOPS;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The deepest place that is told from others; what lies deeper is looked at with all that lies around it.
const DEEPEST: usize = 64;

/// A tree of names, some of which are wanted with everything below them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    is_whole: bool,
    below: BTreeMap<OsString, Wanted>,
}

impl Wanted {
    /// The whole site.
    pub fn everything() -> Self {
        let mut wanted = Self::default();
        TOPS.iter().for_each(|top| wanted.add(Path::new(top)));
        wanted
    }

    /// Adds `path`, which begins with one of the site's folders, and what lies below it.
    ///
    /// Where a name is no text, or looks like what such a name is shown as, everything around it is added: files are
    /// known by the texts of their names.
    pub fn add(&mut self, path: &Path) {
        let mut at = self;
        for (depth, name) in path.iter().enumerate() {
            let is_plain = name.to_str().is_some_and(|name| !name.contains(char::REPLACEMENT_CHARACTER));
            if at.is_whole {
                return;
            }
            if !is_plain || depth == DEEPEST {
                break;
            }
            at = at.below.entry(name.to_owned()).or_default();
        }
        at.is_whole = true;
        at.below.clear();
    }

    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        !self.is_whole && self.below.is_empty()
    }

    /// Whether everything from here on is wanted.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// What is wanted at `name`, if anything is.
    pub fn below(&self, name: &OsStr) -> Option<&Self> {
        if self.is_whole { Some(self) } else { self.below.get(name) }
    }

    /// The names of which something is wanted, when it is not everything.
    pub fn children(&self) -> impl Iterator<Item = (&OsStr, &Self)> {
        self.below.iter().map(|(name, wanted)| (name.as_os_str(), wanted))
    }
}
