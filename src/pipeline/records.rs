//! Files to records, each read once.

use crate::config::Config;
use crate::diagnostic::{At, Code, Diagnostic};
use crate::discover::Inputs;
use crate::model::{Body, Record, RecordKind};
use crate::parse::{self, Parsed};
use crate::source_text::{File, FileId};
use foldhash::fast::RandomState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The records of all files, in the order of their paths.
#[derive(Debug)]
pub(super) struct Records {
    config: Arc<Config>,
    read: Vec<(File, Arc<Parsed>)>,
    /// Where each file stands in `read`.
    places: Arc<HashMap<FileId, usize, RandomState>>,
}

impl Records {
    /// Reads the files. What `last` has read of the same bytes under the same settings is taken over; and where other bytes
    /// say the same, the record is the very same one, so that later stages see by its address that nothing has changed.
    pub fn new(inputs: &Inputs, config: &Arc<Config>, last: Option<&Self>) -> Self {
        let same_settings = last.is_some_and(|last| last.config == *config);
        let read: Vec<(File, Arc<Parsed>)> = inputs
            .records
            .par_iter()
            .filter_map(|file| {
                let kind = RecordKind::of(&file.id)?;
                let before = last.and_then(|last| last.at(&file.id));
                if let Some((known, parsed)) = before
                    && same_settings
                    && known.same_content(file)
                {
                    return Some((file.clone(), parsed.clone()));
                }
                let mut parsed = parse::record(kind, file, config);
                if let Some((_, before)) = before
                    && before.record == parsed.record
                {
                    parsed.record = before.record.clone();
                }
                Some((file.clone(), Arc::new(parsed)))
            })
            .collect();
        let ids = |read: &[(File, Arc<Parsed>)], other: &[(File, Arc<Parsed>)]| {
            read.iter().map(|(file, _)| &file.id).eq(other.iter().map(|(file, _)| &file.id))
        };
        let places = match last {
            Some(last) if ids(&last.read, &read) => last.places.clone(),
            _ => Arc::new(read.iter().enumerate().map(|(at, (file, _))| (file.id.clone(), at)).collect()),
        };
        Self { config: config.clone(), read, places }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.read.len()
    }

    /// The records alone.
    pub fn records(&self) -> Vec<Record> {
        self.read.iter().map(|(_, parsed)| parsed.record.clone()).collect()
    }

    /// The record of a file, by its path.
    pub fn record(&self, path: &str) -> Option<&Record> {
        self.at(&FileId::new(path)).map(|(_, parsed)| &parsed.record)
    }

    /// The long text of the record in a file.
    pub fn body(&self, file: &FileId) -> Option<&Body> {
        self.at(file).map(|(_, parsed)| &parsed.body)
    }

    /// The long texts, by the files of their records.
    pub fn texts(&self) -> HashMap<FileId, Arc<str>> {
        self.read.iter().map(|(file, parsed)| (file.id.clone(), parsed.body.text.clone())).collect()
    }

    /// What is wrong with the shape of the records.
    pub fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        self.read.iter().flat_map(|(_, parsed)| parsed.problems.iter().cloned())
    }

    fn at(&self, file: &FileId) -> Option<&(File, Arc<Parsed>)> {
        self.places.get(file).and_then(|at| self.read.get(*at))
    }
}

/// What is wrong with files that hold no records.
pub(super) fn others(inputs: &Inputs) -> impl Iterator<Item = Diagnostic> {
    let unread = inputs.statics.iter().filter(|file| file.trouble.is_some());
    let unread = unread.filter_map(|file| parse::front_matter::text(file, usize::MAX).err());
    inputs.strays.iter().map(stray).chain(unread)
}

fn stray(file: &File) -> Diagnostic {
    // A link out of the site is the graver matter.
    if file.trouble.is_some()
        && let Err(problem) = parse::front_matter::text(file, usize::MAX)
    {
        return problem;
    }
    let extension = file.id.extension();
    let stands_for_a_folder =
        RecordKind::ALL.iter().any(|kind| file.id.path().strip_prefix("content/") == Some(kind.folder()));
    let help = if stands_for_a_folder {
        "make a folder of this name, and put the records into it"
    } else if matches!(extension, "md" | "yaml" | "yml" | "json") {
        "put it into `incidents`, `sources`, `entities`, `places` (`.yaml`) or `pages` (`.md`)"
    } else {
        "put images and other files into `static/`"
    };
    Diagnostic::new(Code::StrayFile, At::file(&file.id), "nothing reads this file").help(help)
}
