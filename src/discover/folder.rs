//! The site's folder, held in memory between two looks at it.

use super::{Inputs, Unreadable, read};
use crate::source_text::File;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What may have changed below a site's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// These paths, absolute or below the site's folder, files or folders, and what lies below them.
    Paths(BTreeSet<PathBuf>),
    /// Anything: whoever told has lost count.
    Anything,
}

/// A site's folder as it was read last.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    inputs: Arc<Inputs>,
}

impl Folder {
    /// Opens the site in `root` and reads it whole.
    ///
    /// # Errors
    /// Those of [`read`].
    pub fn open(root: &Path) -> Result<Self, Unreadable> {
        Ok(Self { root: root.to_path_buf(), inputs: Arc::new(read(root)?) })
    }

    /// The site as it was read last; the same allocation until something differs.
    pub fn inputs(&self) -> &Arc<Inputs> {
        &self.inputs
    }

    /// Reads again what was touched; gives the paths of files that came, went or have other bytes, sorted.
    ///
    /// Files whose bytes are as before keep their allocation.
    ///
    /// # Errors
    /// Those of [`read`]; the site stays as it was read last.
    pub fn refresh(&mut self, _touched: &Touched) -> Result<Vec<String>, Unreadable> {
        let mut now = read(&self.root)?;
        let mut before: BTreeMap<_, _> = all(&self.inputs).map(|file| (file.id.clone(), file.clone())).collect();
        let mut changed = Vec::new();
        let Inputs { site, records, strays, templates, statics } = &mut now;
        for file in site.iter_mut().chain(records).chain(strays).chain(templates).chain(statics) {
            match before.remove(&file.id) {
                Some(known) if known.trouble == file.trouble && known.bytes == file.bytes => *file = known,
                _ => changed.push(file.id.path().to_owned()),
            }
        }
        changed.extend(before.into_keys().map(|id| id.path().to_owned()));
        changed.sort();
        if !changed.is_empty() {
            self.inputs = Arc::new(now);
        }
        Ok(changed)
    }
}

fn all(inputs: &Inputs) -> impl Iterator<Item = &File> {
    let Inputs { site, records, strays, templates, statics } = inputs;
    site.iter().chain(records).chain(strays).chain(templates).chain(statics)
}
