//! What a build leaves on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use proptest::prelude::*;

use super::super::survey::{Case, Turn, survey};
use super::super::{Map, OutPath, Report, WriteError};
use super::{hidden_of, map, put, refused, tree, tree_of, walk, write};

fn hidden(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    walk(&folder.join(".annals"), "", &mut all);
    all
}

#[track_caller]
fn holds(folder: &Path, map: &Map) {
    assert_eq!(tree(folder), tree_of(map));
    assert_eq!(hidden(folder), hidden_of(map));
}

#[test]
fn a_new_folder_and_one_brought_up_to_date_are_alike() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("deep/public");
    let one = map([("index.html", "1"), ("a/b/c.html", "1"), ("assets/x.1.css", "1"), ("same.html", "1")]);
    let two = map([("index.html", "2"), ("a/d.html", "2"), ("assets/x.2.css", "2"), ("same.html", "1")]);
    assert_eq!(write(&one, &folder).unwrap(), Report { added: 4, ..Report::default() });
    holds(&folder, &one);
    assert_eq!(fs::read_dir(dir.path().join("deep")).unwrap().count(), 1);

    let report = write(&two, &folder).unwrap();
    assert_eq!(report, Report { added: 2, changed: 1, unchanged: 1, removed: 2, ..Report::default() });
    assert_eq!(report.written(), 3);
    holds(&folder, &two);

    assert_eq!(write(&two, &folder).unwrap(), Report { unchanged: 4, ..Report::default() });
    holds(&folder, &two);
    assert_eq!(write(&Map::new(), &folder).unwrap(), Report { removed: 4, ..Report::default() });
    holds(&folder, &Map::new());
}

#[test]
fn a_slash_at_the_end_and_an_empty_folder_do() {
    let dir = tempfile::tempdir().unwrap();
    let one = map([("index.html", "1")]);
    write(&one, &dir.path().join("public/")).unwrap();
    holds(&dir.path().join("public"), &one);
    fs::create_dir(dir.path().join("empty")).unwrap();
    write(&one, &dir.path().join("empty/")).unwrap();
    holds(&dir.path().join("empty"), &one);
}

#[test]
fn what_does_not_change_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    write(&map([("a", "1"), ("b", "1")]), &folder).unwrap();
    let stamp = |name: &str| {
        let meta = fs::metadata(folder.join(name)).unwrap();
        #[cfg(unix)]
        let id = std::os::unix::fs::MetadataExt::ino(&meta);
        #[cfg(not(unix))]
        let id = 0_u64;
        (meta.modified().unwrap(), id)
    };
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    for name in ["a", "b", ".annals/manifest"] {
        fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(old).unwrap();
    }
    let before = (stamp("a"), stamp("b"), stamp(".annals/manifest"));
    write(&map([("a", "1"), ("b", "1")]), &folder).unwrap();
    assert_eq!((stamp("a"), stamp("b"), stamp(".annals/manifest")), before);
    write(&map([("a", "1"), ("b", "2")]), &folder).unwrap();
    assert_eq!(stamp("a"), before.0);
    assert_ne!(stamp("b"), before.1);
    assert_eq!(stamp(".annals/manifest"), before.2);
}

#[test]
fn files_of_others_stay() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    put(folder, "CNAME", "example.org");
    put(folder, "a/note.txt", "mine");
    write(&map([("a/b.html", "1"), ("index.html", "1")]), folder).unwrap();
    write(&map([("index.html", "1")]), folder).unwrap();
    let expect = [("CNAME", "example.org"), ("a/", ""), ("a/note.txt", "mine"), ("index.html", "1")];
    assert_eq!(tree(folder), expect.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
}

#[test]
fn files_of_others_are_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    put(folder, "index.html", "mine");
    put(folder, "same.html", "1");
    let one = map([("a.html", "1"), ("index.html", "1"), ("same.html", "1")]);
    let before = tree(folder);
    assert_eq!(refused(&one, folder), "`OUT/index.html` would be overwritten, but no build has written it");
    assert_eq!(tree(folder), before);
    assert!(!folder.join(".annals").exists(), "the folder is left as it was found");

    fs::remove_file(folder.join("index.html")).unwrap();
    assert_eq!(write(&one, folder).unwrap(), Report { added: 2, unchanged: 1, ..Report::default() });
    // The one that was alike is still not ours.
    let two = map([("index.html", "2"), ("same.html", "2")]);
    assert_eq!(refused(&two, folder), "`OUT/same.html` would be overwritten, but no build has written it");
    assert_eq!(tree(folder), tree_of(&one));
    write(&map([("index.html", "2")]), folder).unwrap();
    assert!(folder.join("same.html").exists());

    put(folder, "x", "mine");
    put(folder, "y", "mine");
    let many = map([("x", "1"), ("y", "1"), ("same.html", "2")]);
    let expect = "`OUT/same.html` would be overwritten, but no build has written it (nor 2 other files)";
    assert_eq!(refused(&many, folder), expect);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let file = map([("x", "1"), ("index.html", "1")]);
    let inner = map([("x/y/z", "2"), ("x/w", "2"), ("index.html", "2")]);
    write(&file, &folder).unwrap();
    assert_eq!(write(&inner, &folder).unwrap(), Report { added: 2, changed: 1, removed: 1, ..Report::default() });
    holds(&folder, &inner);
    assert_eq!(write(&file, &folder).unwrap(), Report { added: 1, changed: 1, removed: 2, ..Report::default() });
    holds(&folder, &file);

    write(&inner, &folder).unwrap();
    put(&folder, "x/y/mine", "mine");
    let before = tree(&folder);
    let expect = "the folder `OUT/x` would become a file, but no build has written `OUT/x/y/mine` in it";
    assert_eq!(refused(&file, &folder), expect);
    assert_eq!(tree(&folder), before);
}

#[test]
fn what_is_in_the_way_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    put(folder, "x", "mine");
    fs::create_dir(folder.join("y")).unwrap();
    let way = "stands in the way, and no build has written it";
    assert_eq!(refused(&map([("x/a", "1")]), folder), format!("`OUT/x` {way}"));
    assert_eq!(refused(&map([("y", "1")]), folder), format!("`OUT/y` {way}"));
    let file = folder.join("x");
    assert_eq!(refused(&map([("a", "1")]), &file), "`OUT` is not a folder");
    put(folder, ".annals", "mine");
    assert_eq!(refused(&map([("a", "1")]), folder), format!("`OUT/.annals` {way}"));
}

#[test]
fn where_case_is_passed_over_a_file_keeps_its_owner() {
    let dir = tempfile::tempdir().unwrap();
    // As a file system that passes over case would show what was written as `Tags/A`.
    put(dir.path(), "tags/a", "1");
    let old: BTreeSet<OutPath> = [OutPath::new("Tags/A").unwrap()].into();
    let new = map([("tags/a", "2")]);
    let seen = survey(&new, dir.path(), &old, Case::PassedOver).unwrap();
    assert_eq!(
        seen.todo.iter().map(|todo| (todo.turn, todo.path.as_str())).collect::<Vec<_>>(),
        [(Turn::Changed, "tags/a")]
    );
    assert!(seen.stale.is_empty() && seen.emptied.is_empty());
    assert!(matches!(survey(&new, dir.path(), &old, Case::Told), Err(WriteError::Foreign { more: 0, .. })));
}

#[test]
fn a_name_without_a_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("nope/..");
    assert_eq!(refused(&map([("a", "1")]), &out), "`OUT` is not a folder");
}

#[test]
fn many_files_take_reasonable_time() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let many = |version: &str| {
        let page = |number| (format!("incidents/{number}.html"), format!("{version} {number} {}", "text ".repeat(400)));
        map((0..12_000).map(page))
    };
    let (one, two) = (many("one"), many("two"));
    let mut laps = Vec::new();
    for map in [&one, &one, &two, &Map::new()] {
        let start = Instant::now();
        write(map, &folder).unwrap();
        laps.push(start.elapsed());
    }
    // A slow disk throttles; what this guards against is a step that grows with the square, which would take minutes.
    assert!(laps.iter().all(|lap| lap.as_secs() < 60), "new, unchanged, all changed, all removed: {laps:?}");
}

/// Paths of which some are folders of others.
const PATHS: [&str; 9] = ["a", "a/b", "a/b/c", "a/d", "b", "b/a", "b/c/d", "c", "index.html"];

fn some_map() -> impl Strategy<Value = Map> {
    let files = proptest::collection::vec((proptest::sample::select(&PATHS), "[12]"), 0..7);
    files.prop_map(|files| {
        let mut fitting = Map::new();
        for (path, text) in files {
            for (path, entry) in map([(path, text)]).iter() {
                let _ = fitting.insert(path.clone(), entry.clone());
            }
        }
        fitting
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_output_follows_any_other(maps in proptest::collection::vec(some_map(), 1..6)) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("public");
        for map in maps {
            write(&map, &folder).unwrap();
            prop_assert_eq!(tree(&folder), tree_of(&map));
            prop_assert_eq!(hidden(&folder), hidden_of(&map));
        }
    }

    #[test]
    fn files_of_others_outlive_any_output(others in some_map(), maps in proptest::collection::vec(some_map(), 1..5)) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        for (path, entry) in others.iter() {
            put(folder, path.as_str(), str::from_utf8(&entry.bytes).unwrap());
        }
        let theirs = tree_of(&others);
        for map in maps {
            let before = tree(folder);
            if write(&map, folder).is_ok() {
                let mut expect = tree_of(&map);
                expect.extend(theirs.clone());
                prop_assert_eq!(tree(folder), expect);
            } else {
                prop_assert_eq!(tree(folder), before);
            }
        }
    }
}
