//! Several builds at once, and one seen from outside.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Barrier, mpsc};
use std::thread;

use super::super::{Map, write};
use super::{hidden_of, map, tree, tree_of, walk};

fn pages(version: &str, count: usize) -> Map {
    let page = |number| (format!("p{}/{number}.html", number % 5), format!("{version} {number}"));
    map((0..count).map(page).chain([("index.html".to_owned(), version.to_owned())]))
}

/// Holds the lock at `path`, starts a build, and lets go when the build says that it waits.
#[track_caller]
fn check_waits(lock: &Path, folder: &Path, map: &Map) {
    let holder = File::create(lock).unwrap();
    holder.lock().unwrap();
    let (waits, waiting) = mpsc::channel();
    thread::scope(|scope| {
        let build = scope.spawn(move || write(map, folder, &mut || waits.send(()).unwrap()));
        waiting.recv().unwrap();
        assert!(!folder.join("index.html").exists());
        assert!(!build.is_finished());
        // As a build does that is done with a new folder; after which the one that waits has a lock on nothing.
        if lock.parent() == folder.parent() {
            fs::remove_file(lock).unwrap();
        }
        drop(holder);
        assert!(build.join().unwrap().unwrap().waited);
        assert_eq!(waiting.iter().count(), 0, "told once");
    });
    assert_eq!(tree(folder), tree_of(map));
}

#[test]
fn a_second_build_waits_for_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let map = pages("1", 5);
    let folder = dir.path().join("public");
    check_waits(&dir.path().join(".public.annals-lock"), &folder, &map);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing stays beside the folder");

    let there = dir.path().join("there");
    fs::create_dir_all(there.join(".annals")).unwrap();
    check_waits(&there.join(".annals/lock"), &there, &map);
}

#[test]
fn many_builds_at_once_leave_one_output() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let maps: Vec<Map> = (0..8).map(|version| pages(&version.to_string(), 40 + version)).collect();
    for round in 0..3 {
        let start = Barrier::new(maps.len());
        thread::scope(|scope| {
            for map in &maps {
                scope.spawn(|| {
                    start.wait();
                    write(map, &folder, &mut || ()).unwrap();
                });
            }
        });
        let found = tree(&folder);
        let version: usize = found["index.html"].parse().unwrap();
        assert_eq!(found, tree_of(&maps[version]), "round {round}");
        let mut hidden = std::collections::BTreeMap::new();
        walk(&folder.join(".annals"), "", &mut hidden);
        assert_eq!(hidden, hidden_of(&maps[version]));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_new_folder_is_never_seen_in_part() {
    let dir = tempfile::tempdir().unwrap();
    let map = pages("1", 800);
    let done = AtomicBool::new(false);
    let seen = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (map, done, seen) = (&map, &done, &seen);
        for round in 0..5 {
            let folder = dir.path().join(round.to_string());
            let watched = folder.clone();
            done.store(false, Ordering::SeqCst);
            let watch = scope.spawn(move || {
                while !done.load(Ordering::SeqCst) {
                    if watched.exists() {
                        assert_eq!(tree(&watched), tree_of(map));
                        seen.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
            write(map, &folder, &mut || ()).unwrap();
            while seen.load(Ordering::SeqCst) <= round && !watch.is_finished() {
                thread::yield_now();
            }
            done.store(true, Ordering::SeqCst);
            watch.join().unwrap();
        }
    });
}

#[test]
fn what_a_killed_build_left_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let litter = || {
        for name in [".public.annals-new-12-0/x/y", ".public.annals-lock", "public/.annals/new-7-3/1"] {
            super::put(dir.path(), name, "");
        }
        // Not ours, however much it looks like it.
        for name in [".public.annals-new-x/y", ".public.annals-new-1-2-3/y", ".other.annals-new-1-2/y"] {
            super::put(dir.path(), name, "");
        }
    };
    let names = || {
        let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let expect = [".other.annals-new-1-2", ".public.annals-new-1-2-3", ".public.annals-new-x", "public"];
    litter();
    fs::remove_dir_all(&folder).unwrap();
    write(&pages("1", 3), &folder, &mut || ()).unwrap();
    assert_eq!(names(), expect);
    litter();
    write(&pages("1", 3), &folder, &mut || ()).unwrap();
    assert_eq!(names(), expect);
    assert_eq!(fs::read_dir(folder.join(".annals")).unwrap().count(), 2);
}
