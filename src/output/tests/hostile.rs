//! Links and manifests that want to lead the writer astray.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use super::super::{Map, Report};
use super::{map, put, refused, tree, write};

/// A folder `public` beside a folder `outside`, which holds the file `x/treasure`.
struct Trap {
    _dir: tempfile::TempDir,
    public: PathBuf,
    outside: PathBuf,
}

impl Trap {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (public, outside) = (dir.path().join("public"), dir.path().join("outside"));
        fs::create_dir(&public).unwrap();
        put(&outside, "x/treasure", "treasure");
        Self { _dir: dir, public, outside }
    }

    #[track_caller]
    fn treasure_is_safe(&self) {
        let expect = [("x/", ""), ("x/treasure", "treasure")];
        assert_eq!(tree(&self.outside), expect.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    }
}

const NEVER: &str = "is a symbolic link, and the output never follows one";

#[test]
fn links_are_never_followed_to_write() {
    let trap = Trap::new();
    symlink(&trap.outside, trap.public.join("folder")).unwrap();
    symlink(trap.outside.join("x/treasure"), trap.public.join("file")).unwrap();
    symlink(trap.outside.join("new"), trap.public.join("dangling")).unwrap();
    for (path, link) in
        [("folder/x/treasure", "folder"), ("folder/y", "folder"), ("file", "file"), ("dangling", "dangling")]
    {
        assert_eq!(refused(&map([("a", "1"), (path, "treasure")]), &trap.public), format!("`OUT/{link}` {NEVER}"));
        assert!(!trap.public.join("a").exists());
    }
    trap.treasure_is_safe();
}

#[test]
fn the_folder_itself_and_what_is_ours_may_be_no_links() {
    let trap = Trap::new();
    let link = trap.public.with_file_name("link");
    symlink(&trap.outside, &link).unwrap();
    assert_eq!(refused(&map([("a", "1")]), &link.join("")), format!("`{}` {NEVER}", link.display()));
    assert_eq!(refused(&map([("a", "1")]), &link), format!("`OUT` {NEVER}"));

    let hidden = trap.public.join(".annals");
    symlink(&trap.outside, &hidden).unwrap();
    assert_eq!(refused(&map([("a", "1")]), &trap.public), format!("`OUT/.annals` {NEVER}"));
    fs::remove_file(&hidden).unwrap();
    for name in ["manifest", "lock"] {
        fs::create_dir(&hidden).unwrap();
        symlink(trap.outside.join("x/new"), hidden.join(name)).unwrap();
        assert_eq!(refused(&map([("a", "1")]), &trap.public), format!("`OUT/.annals/{name}` {NEVER}"));
        fs::remove_dir_all(&hidden).unwrap();
    }
    trap.treasure_is_safe();
}

#[test]
fn a_link_beside_a_new_folder_is_not_followed() {
    let trap = Trap::new();
    fs::remove_dir(&trap.public).unwrap();
    symlink(trap.outside.join("lock"), trap.public.with_file_name(".public.annals-lock")).unwrap();
    assert!(refused(&map([("a", "1")]), &trap.public).ends_with(&format!(".public.annals-lock` {NEVER}")));
    fs::remove_file(trap.public.with_file_name(".public.annals-lock")).unwrap();
    symlink(&trap.outside, trap.public.with_file_name(".public.annals-new-1-1")).unwrap();
    write(&map([("a", "1")]), &trap.public).unwrap();
    trap.treasure_is_safe();
}

#[test]
fn a_manifest_does_not_lead_outside() {
    let trap = Trap::new();
    write(&map([("a", "1")]), &trap.public).unwrap();
    symlink(&trap.outside, trap.public.join("link")).unwrap();
    symlink(trap.outside.join("x/treasure"), trap.public.join("file")).unwrap();
    put(&trap.public, "kept/mine", "mine");
    let absolute = trap.outside.join("x/treasure");
    let lines = format!(
        "annals manifest 1\n../outside/x/treasure\n{}\nlink/x/treasure\nfile\nkept\na\nkept/../../outside/x/treasure\n",
        absolute.display()
    );
    fs::write(trap.public.join(".annals/manifest"), lines).unwrap();
    let report = write(&Map::new(), &trap.public).unwrap();
    let notes = [
        "3 lines of `.annals/manifest` passed over, because no build writes such a path: `../outside/x/treasure` (line 2)",
        "2 files of an earlier build left where a symbolic link or no plain file stands now, for example `file`",
    ];
    assert_eq!(report, Report { removed: 1, notes: notes.map(str::to_owned).into(), ..Report::default() });
    trap.treasure_is_safe();
    assert!(trap.public.join("kept/mine").exists() && trap.public.join("link").is_symlink());
    assert_eq!(fs::read_to_string(trap.public.join(".annals/manifest")).unwrap(), "annals manifest 1\n");
}

#[test]
fn a_corrupt_manifest_makes_nobody_lose_a_file() {
    let trap = Trap::new();
    write(&map([("a", "1"), ("b", "1")]), &trap.public).unwrap();
    fs::write(trap.public.join(".annals/manifest"), "garbage\0\n").unwrap();
    assert_eq!(refused(&map([("a", "2")]), &trap.public), "`OUT/a` would be overwritten, but no build has written it");
    let report = write(&map([("a", "1"), ("c", "1")]), &trap.public).unwrap();
    assert_eq!((report.added, report.unchanged, report.removed, report.notes.len()), (1, 1, 0, 1));
    assert!(trap.public.join("b").exists());
}

#[test]
fn a_pipe_is_not_opened() {
    let trap = Trap::new();
    let made = {
        let _guard = super::STARTING.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::process::Command::new("mkfifo").arg(trap.public.join("a")).status()
    };
    if made.is_ok_and(|status| status.success()) {
        let expect = "`OUT/a` stands in the way, and no build has written it";
        assert_eq!(refused(&map([("a", "1")]), &trap.public), expect);
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let trap = Trap::new();
    write(&map([("a/b", "1"), ("index.html", "1")]), &trap.public).unwrap();
    let before = tree(&trap.public);
    let hidden = trap.public.join(".annals");
    fs::set_permissions(&hidden, fs::Permissions::from_mode(0o500)).unwrap();
    // The super-user may write all the same.
    if fs::write(hidden.join("probe"), "").is_err() {
        let message = refused(&map([("a/b", "2"), ("index.html", "2")]), &trap.public);
        assert!(message.starts_with("cannot make the folder `OUT/.annals/new-"), "{message}");
        assert!(message.ends_with(": permission denied"), "{message}");
        assert_eq!(tree(&trap.public), before);
    }
    fs::set_permissions(&hidden, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_failure_leaves_the_old_site() {
    let dir = tempfile::tempdir().unwrap();
    // So deep that the paths within are longer than the system takes, which shows when the folders are made.
    let parent = dir.path().join(vec!["y".repeat(230); 15].join("/"));
    let inner = format!("{}/z", vec!["z".repeat(250); 3].join("/"));
    let public = parent.join("public");
    write(&map([("index.html", "1")]), &public).unwrap();
    let two = map([("index.html", "2"), ("a.html", "2"), (inner.as_str(), "2")]);
    let message = refused(&two, &public);
    assert!(message.starts_with("cannot make the folder `OUT/zzz"), "{message}");
    assert!(message.ends_with("`: the name is too long or not allowed here"), "{message}");
    let before = [("index.html".to_owned(), "1".to_owned())];
    assert_eq!(tree(&public), before.clone().into());
    assert_eq!(fs::read_dir(public.join(".annals")).unwrap().count(), 2);
    write(&map([("index.html", "1")]), &public).unwrap();
    assert_eq!(tree(&public), before.into());

    let message = refused(&two, &parent.join("fresh"));
    assert!(message.starts_with("cannot make the folder `"), "{message}");
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 1, "no litter beside it");
}
