//! What a browser searches, made when the first page names it.

use super::bodies::Bodies;
use super::heads::Heads;
use crate::noted::{Changes, Later, Part, Table};
use crate::output::{Entry, OutPath};
use crate::page::SearchData;
use crate::prose::Prose;
use crate::search;
use std::sync::{Arc, OnceLock};

/// The file of the filters, when there is one.
type FilterFile = Arc<OnceLock<Option<(OutPath, Entry)>>>;

/// Parts of an index, by their places.
type Parts = Vec<Option<Arc<search::index::Part>>>;

/// The table of the filters and the index, with the files that they are.
#[derive(Debug)]
pub(super) struct Search {
    pub data: Arc<SearchData>,
    filters: FilterFile,
    index: Arc<OnceLock<search::index::Index>>,
    /// Parts of the index of an earlier state that are as they would be made now.
    carried: Arc<OnceLock<Parts>>,
}

impl Search {
    /// Of a site and its texts. What `last` has made of the same is taken over.
    pub fn new(heads: &Arc<Heads>, bodies: &Bodies, last: Option<(&Self, &Arc<Heads>, &Bodies)>) -> Self {
        let same_heads = last.filter(|(_, known, _)| Arc::ptr_eq(known, heads));
        let same_all = same_heads.filter(|(.., known)| known.say_the_same(bodies));
        let filters = same_heads.map(|(last, ..)| (last.filters.clone(), last.data.filters.clone()));
        let (filters, filters_path) = filters.unwrap_or_else(|| of_filters(heads));
        let index = same_all.map(|(last, ..)| (last.index.clone(), last.carried.clone(), last.data.index.clone()));
        let (index, carried, index_path) = index.unwrap_or_else(|| of_index(heads, bodies));
        Self { data: Arc::new(SearchData { filters: filters_path, index: index_path }), filters, index, carried }
    }

    /// Takes over from `last`, under the same settings, the parts of the index that were made of what has not changed.
    pub fn carry(&self, last: &Self, changes: &Changes) {
        if Arc::ptr_eq(&self.carried, &last.carried) {
            return;
        }
        let made = last.index.get().map(|index| index.parts.iter().cloned().map(Some).collect());
        let known: Option<Parts> = made.or_else(|| last.carried.get().cloned());
        let holds = |part: &Arc<search::index::Part>| changes.first_among(&part.reads).is_none();
        let known = known.unwrap_or_default().into_iter().map(|part| part.filter(holds)).collect();
        // Nobody has asked for anything yet.
        let _ = self.carried.set(known);
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = &(OutPath, Entry)> {
        let _ = (self.data.filters.get(), self.data.index.get());
        self.known()
    }

    /// The files that somebody has asked for.
    pub fn known(&self) -> impl Iterator<Item = &(OutPath, Entry)> {
        let filters = self.filters.get().into_iter().flatten();
        filters.chain(self.index.get().into_iter().flat_map(|index| &index.files))
    }
}

fn of_filters(heads: &Heads) -> (FilterFile, Later<String>) {
    let file = FilterFile::default();
    let (kept, site, lexicon) = (file.clone(), heads.site.clone(), heads.lexicon);
    let choices = heads.choices.clone();
    let path = Later::new(Part::FilterTable, move || {
        let made = search::filters(&site, choices.get(), lexicon);
        let path = made.as_ref().map(|(path, _)| path.as_str().to_owned()).unwrap_or_default();
        // Somebody may have been faster; theirs is the same.
        let _ = kept.set(made);
        path
    });
    (file, path)
}

type IndexOf = (Arc<OnceLock<search::index::Index>>, Arc<OnceLock<Parts>>, Later<String>);

fn of_index(heads: &Heads, bodies: &Bodies) -> IndexOf {
    let (index, carried): (Arc<OnceLock<search::index::Index>>, Arc<OnceLock<Parts>>) = Default::default();
    let (kept, known, site, lexicon) = (index.clone(), carried.clone(), heads.site.clone(), heads.lexicon);
    let incidents = Table::new(Part::IncidentBodies, bodies.incidents());
    let pages = Table::new(Part::PageBodies, bodies.pages());
    let path = Later::new(Part::SearchIndex, move || {
        let (incident, page) = (|number| text(&incidents, number), |number| text(&pages, number));
        let bodies = search::Bodies { incident: &incident, page: &page };
        let made = search::index(&site, lexicon, bodies, known.get().map_or(&[], Vec::as_slice));
        let path = made.path.clone();
        let _ = kept.set(made);
        path
    });
    (index, carried, path)
}

fn text(texts: &Table<Arc<Prose>>, number: usize) -> &str {
    texts.get(number).map(|prose| prose.text.as_str()).unwrap_or_default()
}
