//! Paths, maps, manifests: values without a disk. And the folders that are refused.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::super::manifest;
use super::super::{Changes, Clash, Entry, Fault, Map, Origin, OutPath, Stage, compare, refuse};
use super::map;

#[test]
fn a_path_stays_below_the_folder() {
    #[track_caller]
    fn check(path: &str, expect: &str) {
        assert_eq!(OutPath::new(path).map_or_else(|error| error.to_string(), |_| "fine".into()), expect);
    }
    for path in ["a", ".nojekyll", "a/b.c/d", "tags/été.html", "ab:c", "a..b", "x.annals/y", "a/.annals"] {
        check(path, "fine");
    }
    check("", "the path is empty");
    check("/a", "`/a` begins at a root or a drive");
    check("C:/a", "`C:/a` begins at a root or a drive");
    check("a//b", "`a//b` has an empty part");
    check("a/", "`a/` has an empty part");
    check("a/../b", "`a/../b` has a part of nothing but dots");
    check("./b", "`./b` has a part of nothing but dots");
    check("a/.. /b", "`a/.. /b` has a part of nothing but dots");
    check("a\\b", "`a\\\\b` holds a backslash");
    check("a\0b", "`a\\0b` holds a control character");
    check("a\nb", "`a\\nb` holds a control character");
    check(".Annals/manifest", "`.Annals/manifest` lies in `.annals`, which is kept for the manifest");
    check(&"x".repeat(255), "fine");
    for long in ["x".repeat(256), "x/".repeat(400) + "x"] {
        assert_eq!(OutPath::new(&long).unwrap_err().fault, Fault::TooLong);
    }
}

#[test]
fn a_path_knows_its_folders() {
    let path = OutPath::new("a/b/c").unwrap();
    assert_eq!((path.folder(), path.name()), ("a/b", "c"));
    assert_eq!(path.folders().collect::<Vec<_>>(), ["a/b", "a"]);
    assert_eq!(OutPath::new("c").unwrap().folders().count(), 0);
}

#[test]
fn a_map_refuses_paths_that_do_not_fit() {
    #[track_caller]
    fn check(first: &str, second: &str, expect: Option<(Clash, &str)>) {
        let entry = |what| Entry::new(Stage::Page, *b"", Origin::of_every_site(what));
        let mut map = Map::new();
        map.insert(OutPath::new("other").unwrap(), entry("another")).unwrap();
        map.insert(OutPath::new(first).unwrap(), entry("a page")).unwrap();
        let collision = map.insert(OutPath::new(second).unwrap(), entry("a static file")).err();
        let message = collision.as_ref().map(|collision| (collision.clash, collision.to_string()));
        assert_eq!(message, expect.map(|(clash, text)| (clash, text.to_owned())));
        assert_eq!(map.len(), if expect.is_some() { 2 } else { 3 });
        assert_eq!(map.get(first).unwrap().origin.what, "a page");
    }
    check("a", "b", None);
    check("a", "ab", None);
    check("a/b", "a-b", None);
    check("a/b", "a/c", None);
    check("a.b", "a/b", None);
    check("a", "a", Some((Clash::Same, "`a` would be written twice: as a page and as a static file")));
    check(
        "x/Ab",
        "x/aB",
        Some((Clash::Case, "`x/Ab` (a page) and `x/aB` (a static file) differ only in the case of letters")),
    );
    let folder = "`a` (a page) would have to be a file, and a folder for `a/b/c` (a static file)";
    check("a", "a/b/c", Some((Clash::Folder, folder)));
    let file = "`a` (a static file) would have to be a file, and a folder for `a/b/c` (a page)";
    check("a/b/c", "a", Some((Clash::Folder, file)));
    let case = "`A` (a static file) would have to be a file, and a folder for `a/b` (a page)";
    check("a/b", "A", Some((Clash::Folder, case)));
}

#[test]
fn stages_have_their_order() {
    assert!(Stage::Asset < Stage::Page && Stage::Page < Stage::Index);
}

#[test]
fn two_maps_are_compared_by_path_and_bytes() {
    let old = map([("a", "1"), ("b", "1"), ("c", "1")]);
    let new = map([("b", "1"), ("c", "2"), ("d", "1")]);
    let path = |text| OutPath::new(text).unwrap();
    let changes = compare(&old, &new);
    assert_eq!(changes, Changes { added: vec![path("d")], changed: vec![path("c")], removed: vec![path("a")] });
    assert!(compare(&old, &old.clone()).is_empty());
    assert!(!changes.is_empty());
}

#[test]
fn a_manifest_reads_what_it_writes() {
    let map = map([("b/c", ""), ("a", ""), ("b-c", "")]);
    let text = manifest::format(map.iter().map(|(path, _)| path));
    assert_eq!(text, "annals manifest 1\na\nb-c\nb/c\n");
    let listed = manifest::parse(text.as_bytes());
    assert_eq!(listed.note, None);
    assert!(listed.paths.iter().eq(map.iter().map(|(path, _)| path)));
}

#[test]
fn a_manifest_is_read_with_distrust() {
    #[track_caller]
    fn check(text: impl AsRef<[u8]>, paths: &[&str], note: Option<&str>) {
        let listed = manifest::parse(text.as_ref());
        assert_eq!(listed.paths.iter().map(OutPath::as_str).collect::<Vec<_>>(), paths);
        assert_eq!(listed.note.as_deref(), note);
    }
    let none = "`.annals/manifest` is not a manifest; no file in the folder counts as written by a build";
    check("", &[], Some(none));
    check("a\nb\n", &[], Some(none));
    check("annals manifest 1", &[], Some(none));
    check("annals manifest 1\n", &[], None);
    let cut = "1 line of `.annals/manifest` passed over, because no build writes such a path: `b` (line 3)";
    check("annals manifest 1\na\nb", &["a"], Some(cut));
    let out = "3 lines of `.annals/manifest` passed over, because no build writes such a path: `../x` (line 2)";
    check(b"annals manifest 1\n../x\n/etc/passwd\nfine\n\xff\n", &["fine"], Some(out));
}

proptest! {
    #[test]
    fn no_bytes_make_a_manifest_lead_outside(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = [b"annals manifest 1\n".as_slice(), &bytes].concat();
        for path in manifest::parse(&text).paths {
            prop_assert!(path.as_str().split('/').all(|part| !matches!(part, "" | "." | "..")));
        }
    }
}

#[test]
fn folders_of_people_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let site = dir.path().join("site");
    fs::create_dir_all(site.join("content/incidents")).unwrap();
    fs::create_dir_all(site.join("public")).unwrap();
    fs::create_dir_all(dir.path().join("elsewhere")).unwrap();
    let check = |out: &str, expect: Option<&str>| {
        let message = refuse(&site.join(out), &site).err().map(|refusal| refusal.to_string());
        let message = message.map(|text| text.replace(site.to_str().unwrap(), "SITE"));
        assert_eq!(message.as_deref(), expect, "{out}");
    };
    for fine in ["public", "new", "new/deeper", "../other", "contents", "x/content", "../site-2", "content/../public"] {
        check(fine, None);
    }
    let own = |out: &str| format!("the output folder `SITE/{out}` is the site's own folder or holds it");
    for out in ["", ".", "..", "../../..", "content/..", "nope/.."] {
        check(out, Some(&own(out)));
    }
    let source = |out: &str, source: &str| {
        format!("the output folder `SITE/{out}` lies in or around `{source}/`, which people write")
    };
    for out in ["content", "content/x/y", "content/incidents", "nope/../content", "Content", "CONTENT/x"] {
        check(out, Some(&source(out, "content")));
    }
    check("static/site", Some(&source("static/site", "static")));
    check("templates", Some(&source("templates", "templates")));

    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(site.join("content"), site.join("link")).unwrap();
        symlink(dir.path().join("elsewhere"), site.join("static")).unwrap();
        check("link/x", Some(&source("link/x", "content")));
        check("../elsewhere/x", Some(&source("../elsewhere/x", "static")));
        symlink(Path::new("/"), site.join("root")).unwrap();
        check("root", Some(&own("root")));
    }
}
