//! A folder that is told of changes equals one that is read anew.

use super::*;
use crate::source_text::Trouble;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

/// Files with paths, troubles and bytes, list by list.
type Told = Vec<(&'static str, String, Option<Trouble>, Vec<u8>)>;

fn told(inputs: &Inputs) -> Told {
    let Inputs { site, records, strays, templates, statics } = inputs;
    let lists = [
        ("site", site.as_slice()),
        ("records", records),
        ("strays", strays),
        ("templates", templates),
        ("statics", statics),
    ];
    let file = |list, file: &File| (list, file.id.path().to_owned(), file.trouble.clone(), file.bytes.to_vec());
    lists.into_iter().flat_map(|(list, files)| files.iter().map(move |one| file(list, one))).collect()
}

fn put(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

fn paths<const N: usize>(paths: [&str; N]) -> Touched {
    Touched::Paths(paths.map(PathBuf::from).into())
}

/// A site of some files, and its folder.
fn site() -> (tempfile::TempDir, Folder) {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "content/site.yaml", "title: T\n");
    put(root.path(), "content/incidents/a.md", "a");
    put(root.path(), "content/incidents/b.md", "b");
    put(root.path(), "content/sources/s.yaml", "s");
    put(root.path(), "templates/page.html", "p");
    put(root.path(), "static/style.css", "c");
    let folder = Folder::open(root.path()).unwrap();
    (root, folder)
}

/// After the refresh that gives `changed`, the folder is as if it had been read anew.
#[track_caller]
fn check(root: &Path, folder: &mut Folder, touched: &Touched, changed: &[&str]) {
    let before = folder.inputs().clone();
    assert_eq!(folder.refresh(touched).unwrap(), changed);
    assert_eq!(told(folder.inputs()), told(&read(root).unwrap()));
    assert_eq!(Arc::ptr_eq(&before, folder.inputs()), changed.is_empty());
    let old: BTreeMap<_, _> = all(&before).map(|file| (&file.id, file)).collect();
    for file in all(folder.inputs()).filter(|file| !changed.contains(&file.id.path())) {
        assert!(Arc::ptr_eq(&file.bytes, &old[&file.id].bytes), "{:?} was allocated anew", file.id);
    }
}

fn all(inputs: &Inputs) -> impl Iterator<Item = &File> {
    let Inputs { site, records, strays, templates, statics } = inputs;
    site.iter().chain(records).chain(strays).chain(templates).chain(statics)
}

#[test]
fn what_was_touched_is_read_and_nothing_else() {
    let (root, mut folder) = site();
    check(root.path(), &mut folder, &paths(["content/incidents/a.md", "public", ".git/index"]), &[]);
    put(root.path(), "content/incidents/a.md", "A");
    check(root.path(), &mut folder, &paths(["content/incidents/a.md"]), &["content/incidents/a.md"]);
    put(root.path(), "content/incidents/b.md", "B");
    assert_eq!(folder.refresh(&paths(["content/incidents/a.md", "static"])).unwrap(), [""; 0]);
    check(root.path(), &mut folder, &paths(["content/incidents"]), &["content/incidents/b.md"]);
    let absolute = root.path().join("content/./sources/s.yaml");
    fs::remove_file(&absolute).unwrap();
    check(root.path(), &mut folder, &Touched::Paths([absolute].into()), &["content/sources/s.yaml"]);
    put(root.path(), "templates/.page.html.swp", "litter");
    put(root.path(), "templates/page.html~", "litter");
    put(root.path(), "content/incidents/.#a.md", "litter");
    check(
        root.path(),
        &mut folder,
        &paths(["templates/.page.html.swp", "templates/page.html~", "content/incidents/.#a.md"]),
        &[],
    );
    put(root.path(), "content/pages/deep/deeper/p.md", "p");
    check(root.path(), &mut folder, &paths(["content/pages"]), &["content/pages/deep/deeper/p.md"]);
    put(root.path(), "content/pages/q.md", "q");
    check(root.path(), &mut folder, &Touched::Anything, &["content/pages/q.md"]);
    fs::remove_dir_all(root.path().join("content/pages/deep")).unwrap();
    let below = paths(["content/pages/deep/deeper/p.md", "content/pages/deep/deeper/none.md"]);
    check(root.path(), &mut folder, &below, &["content/pages/deep/deeper/p.md"]);
    check(root.path(), &mut folder, &paths([".."]), &[]);
}

#[test]
fn an_equal_length_in_the_same_moment_hides_nothing() {
    let (root, mut folder) = site();
    let path = root.path().join("content/incidents/a.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    put(root.path(), "content/incidents/a.md", "z");
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    check(root.path(), &mut folder, &paths(["content/incidents/a.md"]), &["content/incidents/a.md"]);
}

#[test]
fn settings_have_two_names() {
    let (root, mut folder) = site();
    put(root.path(), "content/site.yml", "title: U\n");
    check(root.path(), &mut folder, &paths(["content/site.yml"]), &["content/site.yml"]);
    assert_eq!(folder.inputs().strays.len(), 1);
    fs::remove_file(root.path().join("content/site.yaml")).unwrap();
    check(root.path(), &mut folder, &paths(["content/site.yaml"]), &["content/site.yaml"]);
    assert_eq!(folder.inputs().site.as_ref().unwrap().id.path(), "content/site.yml");
    put(root.path(), "content/site.yaml", "title: T\n");
    check(root.path(), &mut folder, &paths(["content/site.yaml"]), &["content/site.yaml"]);
    fs::remove_file(root.path().join("content/site.yaml")).unwrap();
    fs::remove_file(root.path().join("content/site.yml")).unwrap();
    check(root.path(), &mut folder, &paths(["content"]), &["content/site.yaml", "content/site.yml"]);
    assert!(folder.inputs().site.is_none());
}

#[test]
fn what_could_not_be_read_is_read_later() {
    let (root, mut folder) = site();
    let before = folder.inputs().clone();
    fs::rename(root.path().join("content"), root.path().join("away")).unwrap();
    assert!(matches!(folder.refresh(&paths(["content", "away"])), Err(Unreadable::NoContent(_))));
    put(root.path(), "away/incidents/a.md", "A");
    fs::rename(root.path().join("away"), root.path().join("content")).unwrap();
    assert!(Arc::ptr_eq(&before, folder.inputs()));
    check(root.path(), &mut folder, &paths([]), &["content/incidents/a.md"]);

    fs::rename(root.path().join("static"), root.path().join("away")).unwrap();
    put(root.path(), "static", "no folder");
    put(root.path(), "content/incidents/b.md", "B");
    for touched in [paths(["static", "content/incidents/b.md"]), paths(["content/incidents/a.md"])] {
        assert!(matches!(folder.refresh(&touched), Err(Unreadable::Io(..))));
    }
    fs::remove_file(root.path().join("static")).unwrap();
    check(root.path(), &mut folder, &paths(["static"]), &["content/incidents/b.md", "static/style.css"]);
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_touched_by_its_own_path() {
    use std::os::unix::fs::symlink;
    let (root, mut folder) = site();
    put(root.path(), "data/one.md", "1");
    put(root.path(), "notes.txt", "n");
    symlink("../../data", root.path().join("content/incidents/linked")).unwrap();
    symlink("hop", root.path().join("static/far")).unwrap();
    symlink("../data/later", root.path().join("static/hop")).unwrap();
    symlink("../notes.txt", root.path().join("static/notes.txt")).unwrap();
    let made = ["content/incidents/linked/one.md", "static/far", "static/hop", "static/notes.txt"];
    check(root.path(), &mut folder, &paths(["content/incidents/linked", "static"]), &made);
    put(root.path(), "data/one.md", "2");
    check(root.path(), &mut folder, &paths(["data/one.md"]), &["content/incidents/linked/one.md"]);
    put(root.path(), "notes.txt", "N");
    check(root.path(), &mut folder, &paths(["notes.txt"]), &["static/notes.txt"]);
    put(root.path(), "data/later", "found");
    check(
        root.path(),
        &mut folder,
        &paths(["data/later"]),
        &["content/incidents/linked/later", "static/far", "static/hop"],
    );
    fs::remove_file(root.path().join("static/hop")).unwrap();
    put(root.path(), "static/hop", "no link");
    check(root.path(), &mut folder, &paths(["static/hop"]), &["static/far", "static/hop"]);
    put(root.path(), "static/hop", "said");
    check(root.path(), &mut folder, &paths(["static/hop"]), &["static/far", "static/hop"]);
    fs::remove_file(root.path().join("static/hop")).unwrap();
    symlink("../data/later", root.path().join("static/hop")).unwrap();
    check(root.path(), &mut folder, &paths(["static/hop"]), &["static/far", "static/hop"]);
    fs::rename(root.path().join("data"), root.path().join("gone")).unwrap();
    let gone = ["content/incidents/linked", "content/incidents/linked/later", "content/incidents/linked/one.md"];
    check(root.path(), &mut folder, &paths(["data", "gone"]), &[&gone[..], &["static/far", "static/hop"]].concat());
    // A link to what holds it is a circle, and no second site.
    symlink("../..", root.path().join("content/sources/up")).unwrap();
    check(root.path(), &mut folder, &paths(["content/sources/up"]), &["content/sources/up"]);
    assert_eq!(folder.inputs().strays.last().unwrap().trouble, Some(Trouble::DeadLink));
}

#[cfg(unix)]
#[test]
fn links_that_multiply_are_refused() {
    use std::os::unix::fs::symlink;
    let (root, mut folder) = site();
    for level in 0..30 {
        let at = root.path().join(format!("static/{level}"));
        fs::create_dir(&at).unwrap();
        for link in ["a", "b"] {
            symlink(format!("../{}", level + 1), at.join(link)).unwrap();
        }
    }
    fs::create_dir(root.path().join("static/30")).unwrap();
    let error = folder.refresh(&paths(["static"])).unwrap_err();
    assert!(error.to_string().contains("symbolic links lead into more than"), "{error}");
    fs::remove_dir_all(root.path().join("static/0")).unwrap();
    for level in 1..25 {
        fs::remove_dir_all(root.path().join(format!("static/{level}"))).unwrap();
    }
    folder.refresh(&paths([])).unwrap();
}

/// Numbers that look random, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed >> 33) as usize % end
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.below(of.len());
        &of[at]
    }
}

/// One operation on the disk, and the paths of which a system would tell: those of the folders without links.
#[cfg(target_os = "linux")]
fn operate(root: &Path, dice: &mut Dice, touched: &mut BTreeSet<PathBuf>) {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folders =
        ["content", "content/incidents", "content/incidents/x", "content/sources", "content/.git", "templates"];
    let more = ["templates/x", "static", "static/x", "static/x/y", "data", "data/x", "content/l", "static/l", ""];
    let names: [&[u8]; 13] = [
        b"a.md",
        b"b.yaml",
        b"x",
        b"y",
        b"l",
        b"site.yaml",
        b"site.yml",
        b".#a",
        b"a~",
        b"\xff",
        b"\xfe.md",
        "\u{fffd}".as_bytes(),
        b"README.md",
    ];
    let ends =
        ["a.md", "../a.md", "x", "..", "../..", "l", "../l", "../../data", "../data/x", "/etc", "nowhere", "../static"];
    let mut place = || {
        let folder = root.join(dice.one(&[&folders[..], &more[..]].concat()));
        let top = root.join(dice.one(&["content", "static", "templates", "data"]));
        let name = *dice.one(&names);
        if dice.below(12) == 0 { top } else { folder.join(OsStr::from_bytes(name)) }
    };
    let (path, other) = (place(), place());
    let real = |path: &Path| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    let (Some(told), Some(told_other)) = (real(&path), real(&other)) else { return };
    let outside = root.canonicalize().unwrap();
    if !told.starts_with(&outside) || !told_other.starts_with(&outside) {
        return;
    }
    let text = format!("{}", dice.below(3));
    let _ = match dice.below(12) {
        0..=2 => {
            // What is written through a link is told by the path of the file itself.
            touched.extend(path.canonicalize());
            if path.is_file() || !path.exists() { fs::write(&path, text) } else { Ok(()) }
        }
        3 => fs::remove_file(&path),
        4 => fs::remove_dir_all(&path),
        5 => fs::create_dir_all(&path),
        6..=7 => symlink(dice.one(&ends), &path),
        8 => {
            touched.insert(told_other);
            fs::rename(&path, &other)
        }
        9 => fs::File::create(&path).and_then(|file| file.set_len(17 << 20)),
        // Neither a file nor a folder. A path may be too long for it.
        10 => {
            let _ = std::os::unix::net::UnixListener::bind(&path);
            Ok(())
        }
        _ => fs::remove_dir(&path),
    };
    touched.extend(path.canonicalize());
    touched.insert(told);
}

#[cfg(target_os = "linux")]
#[test]
fn after_any_operations_it_is_as_if_read_anew() {
    let mut compared = 0;
    for seed in 0..60 {
        let (root, mut folder) = site();
        fs::create_dir(root.path().join("data")).unwrap();
        let mut dice = Dice(seed);
        for batch in 0..14 {
            let mut touched = BTreeSet::new();
            for _ in 0..=dice.below(6) {
                operate(root.path(), &mut dice, &mut touched);
            }
            let told_of = if dice.below(20) == 0 { Touched::Anything } else { Touched::Paths(touched) };
            let (anew, again) = (read(root.path()), folder.refresh(&told_of));
            match (&anew, &again) {
                (Ok(anew), Ok(_)) => {
                    assert_eq!(told(folder.inputs()), told(anew), "seed {seed}, batch {batch}: {told_of:?}");
                    compared += 1;
                }
                (Err(_), Err(_)) => {}
                _ => panic!("seed {seed}, batch {batch}: {anew:?} {again:?} {told_of:?}"),
            }
        }
    }
    assert!(compared > 400, "only {compared} states could be read");
}
