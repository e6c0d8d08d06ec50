//! The same inputs give the same bytes, whatever the order, the threads and the machine around them.

use super::program::{answer, command};
use super::tree::{self, Tree};
use annals::discover::{self, Inputs};
use annals::pipeline::{self, Options};
use annals::source_text::File;
use std::path::Path;

/// Another order of the same things, by multiples of the golden section.
fn shuffle(files: &mut [File], round: u64) {
    let mut state = round;
    for at in (1..files.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let other = (state ^ (state >> 31)) % (at as u64 + 1);
        files.swap(at, usize::try_from(other).unwrap());
    }
}

fn said_and_built(inputs: &Inputs) -> (String, Tree) {
    let outcome = pipeline::run(inputs, &Options::default(), &|_| ());
    (annals::diagnostic::render::short::render(&outcome.problems), tree::of(&outcome.output))
}

#[track_caller]
fn same((said, built): &(String, Tree), again: &(String, Tree)) {
    assert_eq!(*said, again.0);
    assert_eq!(tree::difference(built, &again.1), None);
}

#[test]
fn in_any_order_of_the_files() {
    for site in [tree::case("everything/site"), tree::repository().to_owned()] {
        let inputs = discover::read(&site).unwrap();
        let expected = said_and_built(&inputs);
        for round in 1..4 {
            let mut inputs = inputs.clone();
            for list in [&mut inputs.records, &mut inputs.strays, &mut inputs.templates, &mut inputs.statics] {
                shuffle(list, round);
            }
            same(&expected, &said_and_built(&inputs));
        }
    }
}

#[test]
fn in_any_order_in_which_the_disk_answers() {
    let site = tree::read(&tree::case("everything/site"));
    let write = |files: &mut dyn Iterator<Item = (&String, &Vec<u8>)>| {
        let folder = tempfile::tempdir().unwrap();
        files.for_each(|(path, bytes)| tree::put(folder.path(), path, bytes));
        said_and_built(&discover::read(folder.path()).unwrap())
    };
    same(&write(&mut site.iter()), &write(&mut site.iter().rev()));
}

#[test]
fn on_any_number_of_threads() {
    let inputs = discover::read(&tree::case("everything/site")).unwrap();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| said_and_built(&inputs))
    };
    let expected = with(1);
    for threads in [2, 7] {
        same(&expected, &with(threads));
    }
}

/// A build by the program with `around` as its environment, from the folder `at`.
fn program(at: &Path, site: &str, out: &Path, arguments: &[&str], around: &[(&str, &str)]) -> Tree {
    let mut command = command(at);
    command.args(["build", site, "--out"]).arg(out).args(arguments).envs(around.iter().copied());
    answer(&mut command).expect(0);
    tree::read(&at.join(out))
}

#[test]
fn on_any_machine() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let site = tree::case("everything/site");
    let expected = tree::built(&site, &Options::default());
    let (path, parent) = (site.to_str().unwrap(), site.parent().unwrap());
    let here = [("TZ", "UTC"), ("LC_ALL", "C"), ("HOME", "/")];
    let there = [("TZ", "Asia/Pyongyang"), ("LC_ALL", "tr_TR.UTF-8"), ("HOME", "/nowhere"), ("COLUMNS", "20")];
    for (number, got) in [
        program(folder, path, Path::new("one"), &[], &here),
        program(parent, "site", &folder.join("a/folder of/its own"), &["--jobs", "1"], &there),
        program(&site, ".", &folder.join("three"), &["--jobs", "3"], &there),
        program(&site.join("content"), "..", &folder.join("four"), &["--quiet", "--color", "always"], &[]),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(tree::difference(&expected, got), None, "build {number}");
    }
}

#[test]
fn today_is_what_is_said_and_never_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let site = tree::case("everything/site");
    let today = |arguments: &[&str], around: &[(&str, &str)]| {
        let out = folder.path().join("out");
        let built = program(folder.path(), site.to_str().unwrap(), &out, arguments, around);
        let home = String::from_utf8(built["index.html"].clone()).unwrap();
        let (_, rest) = home.split_once("<p>As of ").expect("the made site shows it");
        rest.split_once('<').unwrap().0.to_owned()
    };
    // Half an hour past midnight in one place is the day before in another.
    let epoch = ("SOURCE_DATE_EPOCH", "1700006400");
    assert_eq!(today(&[], &[]), "2022-12-31");
    assert_eq!(today(&[], &[epoch]), "2023-11-15");
    assert_eq!(today(&[], &[epoch, ("TZ", "America/Los_Angeles")]), "2023-11-15");
    assert_eq!(today(&["--now", "2030-02-28"], &[epoch]), "2030-02-28");
    let refused = answer(command(&site).args(["build", "--out"]).arg(folder.path().join("none")).env(epoch.0, "soon"));
    assert!(refused.expect(2).err.contains("`soon`"));
}
