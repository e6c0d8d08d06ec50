//! The index read back, as a browser reads it.

use super::*;
use crate::config::Config;
use crate::model::{Record, RecordKind};
use crate::phrase::ENGLISH;
use crate::resolve::{self, Site};
use crate::search::Bodies;
use crate::search::words::asked;
use crate::source_text::File;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The files of an index as values.
struct Read {
    records: usize,
    /// First word and entries of each file, in their order.
    terms: Vec<(String, Vec<String>)>,
    rows: Vec<Value>,
    sizes: Vec<usize>,
}

impl Read {
    fn of(files: &[(OutPath, Entry)], manifest: &str) -> Self {
        let text = |path: &str| {
            let (_, entry) = files.iter().find(|(known, _)| known.as_str() == path).expect(path);
            std::str::from_utf8(&entry.bytes).unwrap()
        };
        let call = |path: &str, function: &str| -> Value {
            let text = text(path);
            assert!(!text.contains(['<', '\u{2028}', '\u{2029}']), "{path}");
            let inner = text.strip_prefix(&format!("annals.search.{function}(")).unwrap();
            serde_json::from_str(&format!("[{}]", inner.strip_suffix(");\n").unwrap())).unwrap()
        };
        let manifest = call(manifest, "index")[0].clone();
        let parts = |name: &str| -> Vec<(Value, Value)> {
            let parts = manifest[name].as_array().unwrap().iter().enumerate();
            let read = parts.map(|(number, part)| {
                let path = format!("search/{name}-{number}.{}.js", part[1].as_str().unwrap());
                let arguments = call(&path, name);
                assert_eq!(arguments[0], number);
                (part[0].clone(), arguments[1].clone())
            });
            read.collect()
        };
        let mut rows = Vec::new();
        for (first, part) in parts("texts") {
            assert_eq!(first, rows.len());
            rows.extend(part.as_array().unwrap().iter().cloned());
        }
        let terms = parts("terms").into_iter().map(|(first, entries)| {
            let entries: Vec<String> = entries.as_str().unwrap().split('|').map(str::to_owned).collect();
            assert_eq!(entries[0].split(' ').next(), first.as_str());
            (first.as_str().unwrap().to_owned(), entries)
        });
        Self {
            records: manifest["records"].as_u64().unwrap().try_into().unwrap(),
            terms: terms.collect(),
            rows,
            sizes: files.iter().map(|(_, entry)| entry.bytes.len()).collect(),
        }
    }

    /// The files that a word needs: the last that does not begin after it, and those behind it that begin with it.
    fn needed(&self, word: &str) -> std::ops::Range<usize> {
        let first =
            self.terms.partition_point(|(first, _)| compare(first, word) != Ordering::Greater).saturating_sub(1);
        let behind = self.terms.iter().skip(first + 1).take_while(|(first, _)| matches(first, word));
        first..(first + 1 + behind.count()).min(self.terms.len())
    }

    fn scores(&self, word: &str) -> Vec<u32> {
        let mut scores = vec![0; self.records];
        for entry in self.terms[self.needed(word)].iter().flat_map(|(_, entries)| entries) {
            let mut groups = entry.split(' ');
            let term = groups.next().unwrap();
            if !matches(term, word) {
                continue;
            }
            for group in groups {
                let (weight, steps) = group.split_once(':').unwrap();
                let score = u32::from_str_radix(weight, 16).unwrap() * if term == word { 2 } else { 1 };
                let mut record = 0;
                for step in steps.split(',') {
                    record += usize::from_str_radix(step, 36).unwrap();
                    scores[record] = scores[record].max(score);
                }
            }
        }
        scores
    }

    /// The titles of what is found, the best first.
    fn search(&self, text: &str) -> Vec<String> {
        let mut totals: Vec<Option<u32>> = vec![Some(0); self.records];
        for forms in asked(text) {
            let forms: Vec<Vec<u32>> = forms
                .iter()
                .map(|form| {
                    let words: Vec<Vec<u32>> = form.iter().map(|word| self.scores(word)).collect();
                    (0..self.records).map(|record| words.iter().map(|scores| scores[record]).min().unwrap()).collect()
                })
                .collect();
            let best = |record: usize| forms.iter().map(|scores| scores[record]).max().unwrap();
            let having = (0..self.records).filter(|record| best(*record) > 0).count();
            let rarity = self.records.checked_div(having).map_or(0, |share| share.ilog2() + 1);
            for (record, total) in totals.iter_mut().enumerate() {
                *total = total.filter(|_| best(record) > 0).map(|total| total + best(record) * rarity);
            }
        }
        let mut found: Vec<(u32, usize)> =
            totals.iter().enumerate().filter_map(|(record, total)| Some((u32::MAX - (*total)?, record))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, record)| self.rows[record][1].as_str().unwrap().to_owned()).collect()
    }
}

fn matches(term: &str, word: &str) -> bool {
    let is_beginning = word.chars().nth(1).is_some() || word > "\u{3000}";
    if is_beginning { term.starts_with(word) } else { term == word }
}

fn site(files: &[(&str, &str)]) -> Site {
    let config = Arc::new(Config::default());
    let records: Vec<Record> = files
        .iter()
        .map(|(path, text)| {
            let file = File::new(&format!("content/{path}"), text.as_bytes());
            let parsed = crate::parse::record(RecordKind::of(&file.id).unwrap(), &file, &config);
            assert!(parsed.problems.is_empty(), "{path}: {:?}", parsed.problems);
            parsed.record
        })
        .collect();
    resolve::site(&records, &config).0
}

/// Bodies by their numbers.
#[derive(Default)]
struct Texts {
    incidents: Vec<&'static str>,
    pages: Vec<&'static str>,
}

fn index(site: &Site, bodies: &Texts) -> (Vec<(OutPath, Entry)>, String) {
    let body = |texts: &[&'static str], number: usize| texts.get(number).copied().unwrap_or_default();
    let (incident, page) = (|number| body(&bodies.incidents, number), |number| body(&bodies.pages, number));
    let bodies = Bodies { incident: &incident, page: &page };
    let index = super::index(&Documents::new(site, &ENGLISH, bodies), &ENGLISH.terms.search_kinds, &[]);
    (index.files, index.path)
}

fn small() -> Read {
    let site = site(&[
        (
            "incidents/heist.md",
            "---\ntitle: Łódź exchange robbed\ndate: 2020-03\nsummary: Somebody took the ledger.\nstatus: alleged\n\
             tags: [co-operation]\namount: over USD 50M\nactors: {by: [gang]}\nplaces: [north]\nsources: [paper#2]\n\
             claims: [{about: cause, is: An open door, by: gang, in: paper#3, note: Said in court.}]\n---\n",
        ),
        ("incidents/second.md", "---\ntitle: '</script><b>Second</b>'\ndate: 2021\nsources: [paper]\n---\n"),
        ("sources/paper.yaml", "title: The exchange robbed again\npublisher: Daily Lantern\nauthors: [A. Ash]\n"),
        ("entities/gang.yaml", "name: The Gang\naka: [Hidden Otter]\nkind: group\n"),
        ("places/north.yaml", "name: North Pier\n"),
        ("pages/about.md", "---\ntitle: About this\ndescription: Who we are.\n---\n"),
    ]);
    let bodies =
        Texts { incidents: vec!["The exchange of words.\nIt was 2.5 metres.", ""], pages: vec!["Our ledger."] };
    let (files, manifest) = index(&site, &bodies);
    Read::of(&files, &manifest)
}

#[track_caller]
fn check(query: &str, expect: &[&str]) {
    assert_eq!(small().search(query), expect, "{query}");
}

#[test]
fn what_is_found() {
    let heist = "Łódź exchange robbed";
    check("lodz", &[heist]);
    check("ŁÓDŹ", &[heist]);
    check("exch rob", &[heist, "The exchange robbed again"]);
    check("exchange metres", &[heist]);
    check("50,000,000", &[heist]);
    check("50 million", &[heist]);
    check("march 2020", &[heist]);
    check("cooperation", &[heist]);
    check("open door", &[heist]);
    check("court", &[heist]);
    check("otter", &["The Gang"]);
    check("gang", &["The Gang", heist]);
    check("pier", &["North Pier", heist]);
    check("lantern", &["The exchange robbed again"]);
    check("ledger", &[heist, "About this"]);
    check("second", &["</script><b>Second</b>"]);
    check("exchange nowhere", &[]);
    check("g", &[]);
}

#[test]
fn what_a_result_shows() {
    let rows = small().rows;
    assert_eq!(
        rows[0],
        serde_json::json!([
            0,
            "Łódź exchange robbed",
            "incidents/heist.html",
            ["March 2020", "alleged"],
            [
                "Somebody took the ledger.",
                "Amount: more than US$50 million",
                "By: The Gang",
                "Where: North Pier",
                "Cause: An open door (The Gang)",
                "Said in court.",
                "The exchange of words.",
                "It was 2.5 metres.",
            ],
            0
        ])
    );
    assert_eq!(
        rows[3],
        serde_json::json!([2, "The Gang", "entities/gang.html", ["group", "1 incident"], ["Hidden Otter"], 0])
    );
}

#[test]
fn a_long_text_is_shown_as_far_as_a_word_ends() {
    let lines = |lines: &[&str]| {
        let lines = lines.iter().map(|line| (weight::BODY, (*line).to_owned())).collect();
        let row: Value = serde_json::from_str(&row(&Document { lines, ..Document::default() })).unwrap();
        row[4].clone()
    };
    let long = "word ".repeat(500);
    let cut = lines(&["first", &long, "last"]);
    assert_eq!(cut[0], "first");
    let second = cut[1].as_str().unwrap();
    assert!(second.ends_with("word …") && second.len() < SHOWN, "{}", second.len());
    assert_eq!(cut.as_array().unwrap().len(), 2);
    let run = lines(&[&"語".repeat(2000)]);
    assert!(run[0].as_str().unwrap().ends_with("語 …"));
}

/// Many records with words of their own, so that there are many files.
fn large() -> Vec<(String, String)> {
    let name = |number: usize| -> String {
        let mut left = number * 7919 + 1;
        let mut name = String::new();
        while left > 0 {
            name.push(char::from(b'a' + u8::try_from(left % 26).unwrap()));
            left /= 26;
        }
        name
    };
    (0..700)
        .map(|number| {
            let text: Vec<String> = (0..30).map(|at| name(number * 30 + at)).collect();
            let (head, rest) = text.split_at(3);
            let front = format!(
                "---\ntitle: {} é𠮷\ndate: 2020\nsummary: {}\nsources: [s]\n---\n",
                head.join(" "),
                rest.join(" ")
            );
            (format!("incidents/i{number:03}.md"), front)
        })
        .collect()
}

fn large_site() -> Site {
    let files = large();
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    site(&files.chain([("sources/s.yaml", "title: S\n")]).collect::<Vec<_>>())
}

#[test]
fn every_word_of_every_title_finds_its_record() {
    let (files, manifest) = index(&large_site(), &Texts::default());
    let read = Read::of(&files, &manifest);
    assert!(read.terms.len() > 3, "{}", read.terms.len());
    for row in read.rows.iter().step_by(7) {
        let title = row[1].as_str().unwrap();
        for word in title.split(' ') {
            let found = read.search(word);
            assert!(found.iter().any(|found| found == title), "{word} of {title}");
        }
        assert_eq!(read.search(title)[0], title);
    }
}

#[test]
fn a_beginning_needs_the_files_that_have_it_and_no_other() {
    let (files, manifest) = index(&large_site(), &Texts::default());
    let read = Read::of(&files, &manifest);
    let terms: Vec<Vec<&str>> = read
        .terms
        .iter()
        .map(|(_, entries)| entries.iter().map(|entry| entry.split(' ').next().unwrap()).collect())
        .collect();
    let all: Vec<&str> = terms.iter().flatten().copied().collect();
    assert!(all.windows(2).all(|pair| compare(pair[0], pair[1]) == Ordering::Less));
    let prefixes: BTreeSet<&str> =
        all.iter().flat_map(|term| term.char_indices().filter_map(|(at, c)| term.get(..at + c.len_utf8()))).collect();
    for prefix in prefixes.into_iter().step_by(89) {
        let having: Vec<usize> =
            (0..terms.len()).filter(|file| terms[*file].iter().any(|term| matches(term, prefix))).collect();
        let needed: Vec<usize> = read.needed(prefix).collect();
        assert!(having.iter().all(|file| needed.contains(file)), "{prefix}: {having:?}, {needed:?}");
        assert!(needed.len() <= having.len() + 1, "{prefix}: {having:?}, {needed:?}");
    }
}

#[test]
fn files_are_cut_by_their_size() {
    let (files, manifest) = index(&large_site(), &Texts::default());
    let read = Read::of(&files, &manifest);
    assert!(read.sizes.iter().all(|size| *size <= WORDS + 100), "{:?}", read.sizes);
    assert_eq!(cut(&[3, 3, 3, 9, 1], 6, |size| *size), [&[3, 3][..], &[3], &[9], &[1]]);
    assert_eq!(cut(&[0; 0], 6, |size| *size), [&[0; 0][..]; 0]);
}

#[test]
fn the_same_on_any_number_of_threads() {
    let site = large_site();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (files, manifest) = pool.install(|| index(&site, &Texts::default()));
        let files = files.into_iter().map(|(path, entry)| (path.to_string(), entry.bytes));
        (files.collect::<Vec<_>>(), manifest)
    };
    let expected = with(1);
    assert!(expected == with(2) && expected == with(7));
}

#[test]
fn an_empty_site_has_an_index() {
    let (files, manifest) = index(&site(&[]), &Texts::default());
    assert_eq!(files.len(), 1);
    assert_eq!(Read::of(&files, &manifest).search("x"), Vec::<String>::new());
}
