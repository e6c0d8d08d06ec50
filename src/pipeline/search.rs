//! What a browser searches, made when the first page names it.

use super::bodies::Bodies;
use super::heads::Heads;
use crate::noted::{Later, Part};
use crate::output::{Entry, OutPath};
use crate::page::SearchData;
use crate::prose::Prose;
use crate::search;
use std::sync::{Arc, OnceLock};

/// Files of the output, made when somebody asks.
type Files = Arc<OnceLock<Vec<(OutPath, Entry)>>>;

/// The table of the filters and the index, with the files that they are.
#[derive(Debug)]
pub(super) struct Search {
    pub data: Arc<SearchData>,
    filters: Files,
    index: Files,
}

impl Search {
    /// Of a site and its texts. What `last` has made of the same is taken over.
    pub fn new(heads: &Arc<Heads>, bodies: &Bodies, last: Option<(&Self, &Arc<Heads>, &Bodies)>) -> Self {
        let same_heads = last.filter(|(_, known, _)| Arc::ptr_eq(known, heads));
        let same_all = same_heads.filter(|(.., known)| known.say_the_same(bodies));
        let (site, lexicon) = (heads.site.clone(), heads.lexicon);
        let (filters, filters_path) = match same_heads {
            Some((last, ..)) => (last.filters.clone(), last.data.filters.clone()),
            None => {
                let (files, site): (Files, _) = (Arc::default(), site.clone());
                let kept = files.clone();
                let path = Later::new(Part::FilterTable, move || {
                    let files = kept.get_or_make(|| search::filters(&site, lexicon).into_iter().collect());
                    files.first().map(|(path, _)| path.as_str().to_owned()).unwrap_or_default()
                });
                (files, path)
            }
        };
        let (index, index_path) = match same_all {
            Some((last, ..)) => (last.index.clone(), last.data.index.clone()),
            None => {
                let files = Files::default();
                let kept = files.clone();
                let texts = (bodies.incidents(), bodies.pages());
                let path = Later::new(Part::SearchIndex, move || {
                    let bodies = search::Bodies { incidents: lines(&texts.0), pages: lines(&texts.1) };
                    let (files, path) = search::index(&site, lexicon, &bodies);
                    kept.get_or_make(|| files);
                    path
                });
                (files, path)
            }
        };
        Self { data: Arc::new(SearchData { filters: filters_path, index: index_path }), filters, index }
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = &(OutPath, Entry)> {
        let _ = (self.data.filters.get(), self.data.index.get());
        self.known()
    }

    /// The files that somebody has asked for.
    pub fn known(&self) -> impl Iterator<Item = &(OutPath, Entry)> {
        [&self.filters, &self.index].into_iter().filter_map(|files| files.get()).flatten()
    }
}

fn lines(texts: &[Arc<Prose>]) -> Vec<&str> {
    texts.iter().map(|prose| prose.text.as_str()).collect()
}

/// What is made is made before the place is taken, so that nobody waits for work that may be shared out to those who wait.
trait Fill<T> {
    fn get_or_make(&self, make: impl FnOnce() -> T) -> &T;
}

impl<T> Fill<T> for OnceLock<T> {
    fn get_or_make(&self, make: impl FnOnce() -> T) -> &T {
        match self.get() {
            Some(value) => value,
            None => {
                let made = make();
                self.get_or_init(|| made)
            }
        }
    }
}
