//! `annals fmt`: what it does to a folder. What becomes of a text is tested in its room.

use super::program::run;
use super::tree::{self, put};
use annals::pipeline::Options;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const UGLY: &str = "---\nsources: [ daily#1 ]\n# when\ndate:   2021\ntitle: Fire\n---\n\n  A body. \n\n\n";
const FINE: &str = "---\ntitle: Fire\n# when\ndate: 2021\nsources: [daily#1]\n---\n\n  A body. \n\n\n";

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "content/site.yaml", "title: A site\n");
    put(folder.path(), "content/sources/daily.yaml", "title: Daily\n");
    put(folder.path(), "content/incidents/fire.md", UGLY);
    folder
}

fn copy(from: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree::read(from) {
        let target = folder.path().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    folder
}

#[test]
fn a_check_shows_what_would_change_and_changes_nothing() {
    let folder = site();
    let before = tree::read(folder.path());
    let answer = run(folder.path(), &["fmt", "--check"]).expect(1);
    let shown = "\
content/incidents/fire.md: not in the canonical style
  @@ -1,7 +1,7 @@
   ---
  -sources: [ daily#1 ]
  -# when
  -date:   2021
   title: Fire
  +# when
  +date: 2021
  +sources: [daily#1]
   ---

1 file would change, 2 fine
";
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", shown));
    assert!(run(folder.path(), &["fmt", "--check", "--quiet"]).expect(1).err.ends_with("   ---\n\n"));
    assert!(tree::read(folder.path()) == before);
}

#[test]
fn files_are_brought_into_the_style_once() {
    let folder = site();
    let answer = run(folder.path(), &["fmt"]).expect(0);
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", "formatted 1 file, 2 fine\n"));
    assert_eq!(fs::read_to_string(folder.path().join("content/incidents/fire.md")).unwrap(), FINE);
    assert_eq!(run(folder.path(), &["fmt", "--check"]).expect(0).err, "0 files would change, 3 fine\n");
    assert_eq!(run(folder.path(), &["fmt", "-q"]).expect(0).err, "");
    assert_eq!(tree::read(folder.path()).len(), 3, "nothing is left lying about");
}

#[test]
fn what_cannot_be_read_is_left_and_the_others_are_not() {
    let folder = site();
    put(folder.path(), "content/sources/twice.yaml", "title:  A\ntitle: B\n");
    put(folder.path(), "content/sources/torn.yaml", "title: 'A\n");
    let answer = run(folder.path(), &["fmt"]).expect(1);
    assert!(answer.err.contains("error[duplicate-key]: `title` is given twice"), "{}", answer.err);
    assert!(
        answer.err.contains("error[yaml-syntax]") && answer.err.contains("content/sources/torn.yaml:1:8"),
        "{}",
        answer.err
    );
    assert!(answer.err.ends_with("formatted 1 file, 2 fine, 2 left as they are\n"), "{}", answer.err);
    let at = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(at("content/sources/twice.yaml"), "title:  A\ntitle: B\n");
    assert_eq!(at("content/incidents/fire.md"), FINE);
    run(folder.path(), &["fmt", "--check"]).expect(1);
    assert!(run(folder.path(), &["fmt", "nowhere"]).expect(2).err.contains("no folder `content`"));
}

#[cfg(unix)]
#[test]
fn modes_and_links_stay_what_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = site();
    let record = folder.path().join("content/incidents/fire.md");
    fs::set_permissions(&record, fs::Permissions::from_mode(0o640)).unwrap();
    put(folder.path(), "shared/second.md", UGLY);
    symlink("../../shared/second.md", folder.path().join("content/incidents/second.md")).unwrap();
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "third.md", UGLY);
    symlink(outside.path().join("third.md"), folder.path().join("content/incidents/third.md")).unwrap();

    let answer = run(folder.path(), &["fmt"]).expect(1);
    assert!(
        answer.err.contains("outside the site's folder")
            && answer.err.ends_with("formatted 2 files, 2 fine, 1 left as it is\n"),
        "{}",
        answer.err
    );
    assert_eq!(fs::metadata(&record).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(folder.path().join("content/incidents/second.md").is_symlink());
    assert_eq!(fs::read_to_string(folder.path().join("shared/second.md")).unwrap(), FINE);
    assert_eq!(fs::read_to_string(outside.path().join("third.md")).unwrap(), UGLY);
}

fn pages(folder: &Path) -> tree::Tree {
    tree::built(folder, &Options::default())
}

#[test]
fn a_site_says_the_same_afterwards() {
    for case in ["everything/site", "five-lines/site"] {
        let folder = copy(&tree::case(case));
        let before = pages(folder.path());
        run(folder.path(), &["fmt"]).expect(0);
        run(folder.path(), &["fmt", "--check"]).expect(0);
        let after = pages(folder.path());
        let changed: Vec<_> =
            before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        assert!(before.len() == after.len() && changed.is_empty(), "{case}: {changed:?}");
    }
}

#[test]
fn this_site_is_in_its_own_style() {
    run(tree::repository(), &["fmt", "--check"]).expect(0);
}

#[test]
fn new_records_are_in_the_style() {
    let folder = site();
    put(folder.path(), "content/entities/coast.yaml", "name: Coast\n");
    put(folder.path(), "content/places/bay.yaml", "name: Bay\n");
    for kind in ["incident", "source", "entity", "place", "page"] {
        for (id, title) in [("plain", "A plain title"), ("odd", "no: \"odd\" \\ #1"), ("word", "No")] {
            let mut arguments = vec!["new", kind, id, "--title", title];
            if kind == "incident" {
                arguments.extend(["--date", "2022-01?", "--source", "daily#s=A: b"]);
            }
            run(folder.path(), &arguments).expect(0);
        }
    }
    put(folder.path(), "content/incidents/fire.md", FINE);
    run(folder.path(), &["fmt", "--check"]).expect(0);
}
