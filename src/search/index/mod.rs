//! The full-text index, in parts of which a search loads those that it needs.
//!
//! - `search/terms-<n>.<hash>.js`: words and where they stand. One text: entries `<word> <places>`, sorted by the units
//!   of UTF-16 as JavaScript sorts, `|` between them. Places are groups `<weight>:<records>`, a space between them: the
//!   weight is a hexadecimal digit, the sum of `weight`; the records are their numbers in base 36, each
//!   as its distance to the one before (the first from 0), a comma between them.
//! - `search/texts-<n>.<hash>.js`: what a result shows, a row a record:
//!   `[kind, title, url, [details], [lines], draft]`.
//! - `search/index.<hash>.js`: how many records there are, the words for their kinds, of each file of words its first
//!   word and its hash, of each file of texts its first record and its hash.

use super::document::{Document, Documents, weight};
use super::script::{Script, literal};
use super::words::words;
use crate::model::RecordKind;
use crate::noted::{Reads, noting};
use crate::output::{Entry, OutPath};
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

/// Bytes of words after which the next file begins: a query for a word loads one file of them.
const WORDS: usize = 64 << 10;

/// Bytes of texts after which the next file begins: each result shown may need another one.
const TEXTS: usize = 16 << 10;

/// The most bytes of a record's text that are kept to be shown. What stands further down is found all the same.
const SHOWN: usize = 2400;

/// Records of which one thread makes the words at a time.
const AT_ONCE: usize = 128;

/// What the list of parts says.
#[derive(Serialize)]
struct Manifest<'a> {
    records: usize,
    kinds: &'a [&'a str],
    terms: Vec<(&'a str, &'a str)>,
    texts: Vec<(usize, &'a str)>,
}

/// A word and the records that hold it, with the weights of the places.
type Found = (Box<str>, Vec<(u32, u8)>);

/// Words and rows of a few records: what takes long about an index.
#[derive(Debug)]
pub struct Part {
    records: Vec<(RecordKind, usize)>,
    /// What it was made of.
    pub reads: Reads,
    /// Sorted.
    found: Vec<Found>,
    rows: Vec<String>,
}

/// A full-text index.
#[derive(Debug, Default)]
pub struct Index {
    /// Its files.
    pub files: Vec<(OutPath, Entry)>,
    /// Where the list of its parts lies, below the output folder.
    pub path: String,
    /// What it was made from, for the next one.
    pub parts: Vec<Arc<Part>>,
}

/// Makes the index. Parts of `known` that are of the same records are taken over.
pub(super) fn index(documents: &Documents<'_>, kinds: &[&str], known: &[Option<Arc<Part>>]) -> Index {
    let parts = (0..documents.len().div_ceil(AT_ONCE)).into_par_iter().map(|number| {
        let records = number * AT_ONCE..((number + 1) * AT_ONCE).min(documents.len());
        match known.get(number) {
            Some(Some(part)) if part.records == documents.names(records.clone()) => part.clone(),
            _ => Arc::new(part(documents, records)),
        }
    });
    let parts: Vec<Arc<Part>> = parts.collect();
    let mut found: Vec<&Found> = parts.iter().flat_map(|part| &part.found).collect();
    // Stable: the records of a word stay in their order.
    found.par_sort_by(|(a, _), (b, _)| compare(a, b));
    let entries: Vec<(&str, String)> =
        found.par_chunk_by(|(a, _), (b, _)| a == b).filter_map(|same| Some((&*same.first()?.0, entry(same)))).collect();
    let terms = cut(&entries, WORDS, |(_, entry)| entry.len() + 1);
    let terms = terms.into_par_iter().enumerate().filter_map(|(number, entries)| {
        let text: Vec<&str> = entries.iter().map(|(_, entry)| entry.as_str()).collect();
        Some((entries.first()?.0, Script::part("terms", number, &literal(&text.join("|")))?))
    });
    let terms: Vec<(&str, Script)> = terms.collect();
    let rows: Vec<(usize, &String)> = parts.iter().flat_map(|part| &part.rows).enumerate().collect();
    let texts = cut(&rows, TEXTS, |(_, row)| row.len() + 1);
    let texts = texts.into_par_iter().enumerate().filter_map(|(number, rows)| {
        let text: Vec<&str> = rows.iter().map(|(_, row)| row.as_str()).collect();
        Some((rows.first()?.0, Script::part("texts", number, &format!("[\n{}\n]", text.join(",\n")))?))
    });
    let texts: Vec<(usize, Script)> = texts.collect();
    let manifest = Manifest {
        records: documents.len(),
        kinds,
        terms: terms.iter().map(|(first, script)| (*first, script.hash.as_str())).collect(),
        texts: texts.iter().map(|(first, script)| (*first, script.hash.as_str())).collect(),
    };
    let manifest = Script::new("index", &manifest);
    let path = manifest.as_ref().map(|script| script.path.to_string()).unwrap_or_default();
    let scripts = terms.into_iter().map(|(_, script)| script).chain(texts.into_iter().map(|(_, script)| script));
    let files = scripts.chain(manifest).map(|script| (script.path, script.entry)).collect();
    Index { files, path, parts }
}

/// The words of some records, and the row of each.
fn part(documents: &Documents<'_>, numbers: std::ops::Range<usize>) -> Part {
    let ((found, rows), reads) = noting(|| read(documents, numbers.clone()));
    Part { records: documents.names(numbers).to_vec(), reads, found, rows }
}

/// The words of some records, sorted, and the row of each record.
fn read(documents: &Documents<'_>, numbers: std::ops::Range<usize>) -> (Vec<Found>, Vec<String>) {
    let mut found: HashMap<Box<str>, Vec<(u32, u8)>> = HashMap::new();
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some(document) = documents.get(number) else { continue };
        let id = u32::try_from(number).unwrap_or(u32::MAX);
        let title = std::iter::once((weight::TITLE, document.title.as_str()));
        let texts = document.lines.iter().chain(&document.hidden).map(|(weight, text)| (*weight, text.as_str()));
        for (weight, text) in title.chain(texts) {
            words(text, &mut |word| match found.get_mut(word) {
                Some(places) => match places.last_mut() {
                    Some((last, weights)) if *last == id => *weights |= weight,
                    _ => places.push((id, weight)),
                },
                None => _ = found.insert(word.into(), vec![(id, weight)]),
            });
        }
        rows.push(row(&document));
    }
    let mut found: Vec<Found> = found.into_iter().collect();
    found.sort_unstable_by(|(a, _), (b, _)| compare(a, b));
    (found, rows)
}

/// The order of JavaScript.
fn compare(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

fn row(document: &Document) -> String {
    let mut left = SHOWN;
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for (_, line) in &document.lines {
        if line.len() > left {
            let end = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= left).last().unwrap_or_default();
            let start = line.get(..end).unwrap_or_default();
            // No word is cut in two where words can be told.
            let start = start.rsplit_once(' ').map_or(start, |(start, _)| start);
            lines.push(format!("{start} …").into());
            break;
        }
        left -= line.len();
        lines.push(line.into());
    }
    literal(&(document.kind, &document.title, &document.url, &document.details, lines, u8::from(document.draft)))
}

/// A word with its places.
fn entry(same: &[&Found]) -> String {
    let mut entry = same.first().map(|(word, _)| word.to_string()).unwrap_or_default();
    let places = || same.iter().flat_map(|found| &found.1);
    for weight in (1..16).rev() {
        let mut last = 0;
        let mut separator = ' ';
        for (id, _) in places().filter(|(_, weights)| *weights == weight) {
            if separator == ' ' {
                let _ = write!(entry, " {weight:x}:");
            } else {
                entry.push(separator);
            }
            push_base36(&mut entry, id - last);
            last = *id;
            separator = ',';
        }
    }
    entry
}

fn push_base36(text: &mut String, number: u32) {
    if number >= 36 {
        push_base36(text, number / 36);
    }
    text.extend(char::from_digit(number % 36, 36));
}

/// The list in pieces of about `most`, none of them empty.
fn cut<T>(list: &[T], most: usize, size: impl Fn(&T) -> usize) -> Vec<&[T]> {
    let mut sum = 0;
    let mut pieces = Vec::new();
    let mut rest = list;
    let mut count = 0;
    for item in list {
        let size = size(item);
        if count > 0 && sum + size > most {
            let (piece, after) = rest.split_at(count);
            pieces.push(piece);
            (rest, sum, count) = (after, 0, 0);
        }
        sum += size;
        count += 1;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests;
