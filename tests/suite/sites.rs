//! Golden trees: what a site becomes, byte for byte, and what is said of it.
//!
//! `UPDATE=1 cargo test --test suite sites` takes over what comes out now; the diff of the commit is what a reader will see.

use super::tree::{self, Tree};
use annals::diagnostic::render::short;
use annals::pipeline::Options;
use std::fs;
use std::path::Path;

/// Holds the pages named, or all, against what was taken over.
#[track_caller]
fn check(case: &str, site: &Path, expected: &str, options: &Options, pages: &[&str]) {
    let outcome = tree::build(site, options);
    let mut got = tree::of(&outcome.output);
    // A card's name, which stands in its pages, changes with all that is drawn; its pixels tell nobody anything in a diff.
    got.retain(|path, _| !path.starts_with(annals::cards::FOLDER));
    // So are the theme's own files: each is a file of `static/`, byte for byte, under the name that stands in the pages.
    got.retain(|path, bytes| built_in(path).is_none_or(|own| own != *bytes));
    got.retain(|path, _| pages.is_empty() || pages.contains(&path.as_str()));
    got.insert("problems.txt".to_owned(), short::render(&outcome.problems).into_bytes());
    let folder = tree::case(case).join(expected);
    if std::env::var_os("UPDATE").is_some() {
        bless(&folder, &got);
    }
    if let Some(difference) = tree::difference(&tree::read(&folder), &got) {
        panic!("{case}/{expected} differs (UPDATE=1 takes it over)\n{difference}");
    }
}

/// The bytes of the built-in asset that lies at `assets/<name>.<fingerprint>.<extension>`.
fn built_in(path: &str) -> Option<Vec<u8>> {
    let (stem, extension) = path.strip_prefix("assets/")?.rsplit_once('.')?;
    let (name, _) = stem.rsplit_once('.')?;
    fs::read(tree::repository().join(format!("static/{name}.{extension}"))).ok()
}

#[test]
fn the_theme_is_published_as_it_is() {
    let built = tree::built(&tree::case("five-lines/site"), &Options::default());
    let published: Vec<&str> = built
        .iter()
        .filter(|(path, bytes)| built_in(path).as_ref() == Some(*bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    for name in ["annals.", "favicon.", "filters.", "search.", "theme."] {
        assert!(published.iter().any(|path| path.contains(name)), "no asset `{name}…`: {published:?}");
    }
}

/// Makes the folder hold exactly these files; those that are as they should be are not touched.
fn bless(folder: &Path, got: &Tree) {
    fs::create_dir_all(folder).unwrap();
    let there = tree::read(folder);
    for path in there.keys().filter(|path| !got.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, bytes) in got.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes)) {
        tree::put(folder, path, bytes);
    }
}

#[test]
fn the_first_site() {
    check("first", tree::repository(), "expected", &Options::default(), &[]);
}

#[test]
fn five_lines_and_one_source() {
    check("five-lines", &tree::case("five-lines/site"), "expected", &Options::default(), &[]);
}

#[test]
fn every_field_of_every_record() {
    check("everything", &tree::case("everything/site"), "expected", &Options::default(), &[]);
}

#[test]
fn a_preview_shows_drafts() {
    let options = Options { drafts: true, preview: true, ..Options::default() };
    let site = tree::case("everything/site");
    let pages = ["index.html", "incidents/draft.html", "incidents/season.html", "entities/nobody.html", "soon.html"];
    check("everything", &site, "preview", &options, &pages);
    let (plain, preview) = (tree::built(&site, &Options::default()), tree::built(&site, &options));
    assert!(!plain.contains_key("incidents/draft.html") && preview.contains_key("incidents/draft.html"));
    let html = preview.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in html {
        assert!(String::from_utf8_lossy(bytes).contains(r#"<meta name="robots" content="noindex">"#), "{path}");
    }
}
