//! Builds killed at any moment, in processes of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::PoisonError;
use std::thread;
use std::time::Duration;

use super::super::{Map, write};
use super::{STARTING, map, nobody_starts, put, tree, tree_of};

/// Tells the process that is to be killed where to write.
const FOLDER: &str = "ANNALS_TEST_KILL_FOLDER";
/// Tells it whether to make the folder anew each time.
const ANEW: &str = "ANNALS_TEST_KILL_ANEW";

/// One version of a site: a list, pages that lead to each other, an asset of its own. Each version has pages that the other
/// has not; every page leads to pages of its version alone.
fn version(name: &str, numbers: std::ops::Range<usize>) -> Map {
    let page = |number: usize| format!("p{}/{number}.html", number / 30);
    let asset = format!("assets/style.{name}.css");
    let mut files = vec![(asset.clone(), name.to_owned())];
    for number in numbers.clone() {
        let next = if number + 1 < numbers.end { number + 1 } else { numbers.start };
        let far = numbers.start + (number * 7 + 13) % numbers.len();
        let links = [&asset, &page(next), &page(far), "index.html"].map(|to| format!("-> {to}\n")).concat();
        files.push((page(number), format!("{name} {number}\n{links}")));
    }
    let links = numbers.map(|number| format!("-> {}\n", page(number))).collect::<String>();
    files.push(("index.html".to_owned(), format!("{name}\n-> {asset}\n{links}")));
    map(files)
}

fn versions() -> [Map; 2] {
    [version("a", 0..300), version("b", 150..450)]
}

/// Not a test of its own: what the processes do that the tests start. Without the variable it does nothing.
#[test]
fn write_until_killed() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let versions = versions();
    writeln!(std::io::stdout(), "\nready").unwrap();
    for number in 0.. {
        let folder = if env::var_os(ANEW).is_some() { folder.join(number.to_string()) } else { folder.clone() };
        for version in &versions {
            write(version, &folder, &mut || ()).unwrap();
            if env::var_os(ANEW).is_some() {
                break;
            }
        }
    }
}

/// Starts a process that writes into `folder`, waits until it is ready and `until` holds, and kills it some time `after`.
fn kill(folder: &Path, anew: bool, until: impl Fn() -> bool, after: Duration) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "output::tests::kill::write_until_killed", "--nocapture"]).env(FOLDER, folder);
    if anew {
        command.env(ANEW, "1");
    }
    let mut child = {
        let _guard = STARTING.write().unwrap_or_else(PoisonError::into_inner);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
    };
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "ready"), "the process died before it was ready");
    let mut lives = || assert!(child.try_wait().unwrap().is_none(), "the process must not end by itself");
    while !until() {
        lives();
    }
    thread::sleep(after);
    lives();
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Writes after a build was killed, which holds no lock any more.
fn finish(map: &Map, folder: &Path) {
    let _guard = nobody_starts();
    write(map, folder, &mut || panic!("a killed build holds no lock")).unwrap();
}

/// Moments below `limit`, spread without a pattern: multiples of the golden section.
fn moment(round: u32, limit: Duration) -> Duration {
    limit * (round.wrapping_mul(0x9E37_79B9) >> 16) / 0x1_0000
}

/// Every file is of one version, byte for byte, and from every page that both versions have every link leads somewhere.
fn check_whole(found: &BTreeMap<String, String>, [one, two]: &[BTreeMap<String, String>; 2]) {
    for (path, text) in found.iter().filter(|(path, _)| !path.ends_with('/')) {
        assert!([one, two].iter().any(|version| version.get(path) == Some(text)), "`{path}` is of neither version");
    }
    let both = one.keys().filter(|path| two.contains_key(*path) && !path.ends_with('/'));
    let mut next: Vec<&str> = both.map(String::as_str).collect();
    let mut seen: BTreeSet<&str> = next.iter().copied().collect();
    while let Some(path) = next.pop() {
        let text = found.get(path).unwrap_or_else(|| panic!("a link leads to `{path}`, which is not there"));
        let links = text.lines().filter_map(|line| line.strip_prefix("-> "));
        next.extend(links.filter(|link| seen.insert(link)));
    }
}

#[test]
fn an_update_that_is_killed_leaves_a_site_that_works() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("public");
    let versions = versions();
    let trees = [tree_of(&versions[0]), tree_of(&versions[1])];
    let foreign = ["CNAME", "p3/mine.txt", "p12/mine.txt"];
    for path in foreign {
        put(&folder, path, "mine");
    }
    write(&versions[0], &folder, &mut || ()).unwrap();
    let mut amid = 0;
    let mut rounds = 0..;
    // More rounds when the machine is so busy that none has met the renames.
    while let Some(round) = rounds.next().filter(|round| *round < 30 || (amid == 0 && *round < 120)) {
        // A third at any moment; the others soon after the journal has shown that the renames begin.
        let journal = || {
            let list = fs::read_to_string(folder.join(".annals/manifest")).unwrap_or_default();
            round % 3 == 0 || ["a", "b"].iter().all(|name| list.contains(&format!("assets/style.{name}.css\n")))
        };
        let limit = if round % 3 == 0 { 200 } else { 30 };
        kill(&folder, false, journal, moment(round, Duration::from_millis(limit)));
        let mut found = tree(&folder);
        for path in foreign {
            assert_eq!(found.remove(path).as_deref(), Some("mine"), "`{path}` is not ours");
        }
        check_whole(&found, &trees);
        found.retain(|path, _| !path.ends_with('/'));
        let is =
            |tree: &BTreeMap<String, String>| found.iter().eq(tree.iter().filter(|(path, _)| !path.ends_with('/')));
        amid += usize::from(!trees.iter().any(is));

        // Every other time the next build finishes the work; else the next victim does, with what it finds.
        if round % 2 == 0 {
            let version = usize::try_from(round / 2 % 2).unwrap();
            finish(&versions[version], &folder);
            let mut expect = tree_of(&versions[version]);
            expect.extend(foreign.map(|path| (path.to_owned(), "mine".to_owned())));
            expect.extend(["p3/", "p12/"].map(|path| (path.to_owned(), String::new())));
            assert_eq!(tree(&folder), expect);
            assert_eq!(fs::read_dir(folder.join(".annals")).unwrap().count(), 2);
        }
    }
    assert!(amid > 0, "no build was killed amid the renames: the test shows nothing");
}

#[test]
fn a_new_folder_whose_build_is_killed_is_there_or_not() {
    let dir = tempfile::tempdir().unwrap();
    let [one, _] = versions();
    let expect = tree_of(&one);
    let mut whole = 0;
    let mut rounds = 0..;
    // More and longer rounds when the machine is so busy that no folder was made in time.
    while let Some(round) = rounds.next().filter(|round| *round < 15 || (whole == 0 && *round < 45)) {
        let parent = dir.path().join(round.to_string());
        let limit = Duration::from_millis(200) * (1 + round / 15 * 10);
        kill(&parent, true, || true, moment(round, limit));
        let mut last = 0;
        for item in fs::read_dir(&parent).map(|items| items.map(Result::unwrap).collect()).unwrap_or(vec![]) {
            if let Ok(number) = item.file_name().to_str().unwrap().parse::<usize>() {
                assert_eq!(tree(&item.path()), expect);
                whole += 1;
                last = last.max(number + 1);
            }
        }
        // Whether the last or the one after it was amid: both are finished, and nothing stays beside them.
        for number in [last.saturating_sub(1), last] {
            let folder = parent.join(number.to_string());
            finish(&one, &folder);
            assert_eq!(tree(&folder), expect);
        }
        let names = fs::read_dir(&parent).unwrap().map(|item| item.unwrap().file_name());
        assert!(names.into_iter().all(|name| !name.to_str().unwrap().starts_with('.')));
    }
    assert!(whole > 0, "every build was killed before its first folder was there: the test shows nothing");
}
