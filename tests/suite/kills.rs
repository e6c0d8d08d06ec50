//! The program killed at any moment: what it leaves is whole, and the next build finishes the work.
#![cfg(unix)]

use super::html::Page;
use super::program::{answer, command};
use super::tree::{self, Tree};
use annals::pipeline::Options;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const KILLS: u32 = 30;

/// A site of some hundred records; those of `numbers` are there. Two versions share the records that both have, changed.
/// No cards: they are files like others, and drawing them would take longer than the writing that is to be killed.
fn site(folder: &Path, name: &str, numbers: std::ops::Range<usize>) {
    tree::put(
        folder,
        "content/site.yaml",
        format!("title: Version {name}\nbase_url: https://example.org/\ncards: false\n"),
    );
    for source in 0..10 {
        tree::put(folder, &format!("content/sources/s{source}.yaml"), format!("title: Source {source} of {name}\n"));
    }
    tree::put(folder, &format!("static/{name}.txt"), name);
    for number in numbers.clone() {
        let next = if number + 1 < numbers.end { number + 1 } else { numbers.start };
        let (year, source) = (1900 + number / 4, number % 10);
        let record = format!(
            "---\ntitle: Number {number} of {name}\ndate: {year}\nkind: k{}\nsources: [s{source}#{}]\namount: over USD {number}k\n\
             tags: [t{}]\nclaims:\n  - {{id: c, about: cause, is: it was {number}, in: s{source}#1}}\n---\n\n\
             [The next](incident:i{next}), as {name} has it.\n",
            number % 5,
            number + 1,
            number % 7,
        );
        tree::put(folder, &format!("content/incidents/i{number}.md"), record);
    }
}

/// Two versions of a site, what they become, and how long that takes.
struct Versions {
    folder: tempfile::TempDir,
    trees: [Tree; 2],
    takes: Duration,
}

impl Versions {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        site(&folder.path().join("old"), "old", 0..120);
        site(&folder.path().join("new"), "new", 60..180);
        let trees = ["old", "new"].map(|name| tree::built(&folder.path().join(name), &Options::default()));
        let mut this = Self { folder, trees, takes: Duration::ZERO };
        let started = Instant::now();
        this.build("new", "measured");
        this.takes = started.elapsed();
        this
    }

    fn build(&self, name: &str, out: &str) {
        answer(command(self.folder.path()).args(["build", name, "--quiet", "--out", out])).expect(0);
    }

    /// Starts a build and kills it when `until` holds and some time `after`, if it still lives.
    fn kill(&self, name: &str, out: &str, until: impl Fn() -> bool, after: Duration) {
        let mut child = command(self.folder.path()).args(["build", name, "--quiet", "--out", out]).spawn().unwrap();
        while !until() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(100));
        }
        std::thread::sleep(after);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !["old", "new", "measured"].contains(&name.as_str()));
        names.sort();
        names
    }
}

/// Moments below `limit`, spread without a pattern: multiples of the golden section.
fn moment(round: u32, limit: Duration) -> Duration {
    limit * (round.wrapping_mul(0x9E37_79B9) >> 16) / 0x1_0000
}

#[test]
fn a_new_folder_is_there_whole_or_not_at_all() {
    let versions = Versions::make();
    let out = versions.folder.path().join("out");
    let (mut whole, mut left) = (0, 0);
    for round in 0..KILLS {
        // Half at any moment; the others while the files are being written beside.
        let writes = || round % 2 == 0 || versions.beside().iter().any(|name| name.starts_with(".out.annals-new"));
        let limit = if round % 2 == 0 { versions.takes * 5 / 4 } else { Duration::from_millis(60) };
        versions.kill("new", "out", writes, moment(round, limit));
        left += usize::from(versions.beside().iter().any(|name| name.starts_with(".out.annals-new")));
        if out.exists() {
            whole += 1;
            assert_eq!(tree::difference(&versions.trees[1], &tree::read(&out)), None, "round {round}");
            fs::remove_dir_all(&out).unwrap();
        }
    }
    assert!(left > 0 && whole < KILLS, "no build was killed while it wrote: the test shows nothing");
    versions.build("new", "out");
    assert_eq!(tree::difference(&versions.trees[1], &tree::read(&out)), None);
    assert_eq!(versions.beside(), ["out"], "left-overs");
}

/// Where the links of a page lead, by its bytes.
fn links(path: &str, bytes: &[u8]) -> BTreeSet<String> {
    let page = Page::read(&String::from_utf8_lossy(bytes)).unwrap_or_else(|message| panic!("{path}: {message}"));
    let all = page.elements.iter().filter(|element| element.get("rel") != Some("canonical"));
    let all = all.filter_map(|element| element.get("href").or(element.get("src")));
    let relative = all.filter(|link| !link.contains(':') && !link.starts_with(['#', '/']));
    relative
        .map(|link| {
            let link = link.split('#').next().unwrap();
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in link.split('/') {
                if part == ".." { _ = parts.pop() } else { parts.push(part) }
            }
            parts.join("/")
        })
        .collect()
}

#[test]
fn an_older_site_stays_whole_and_the_next_build_finishes() {
    let versions = Versions::make();
    let out = versions.folder.path().join("out");
    let foreign = ["CNAME", "incidents/mine.txt", "tags/deep/mine.html"];
    for path in foreign {
        tree::put(&out, path, "<!doctype html>");
    }
    versions.build("old", "out");
    let links: Vec<BTreeMap<&str, BTreeSet<String>>> = versions
        .trees
        .iter()
        .map(|tree| {
            let pages = tree.iter().filter(|(path, _)| path.ends_with(".html"));
            pages.map(|(path, bytes)| (path.as_str(), links(path, bytes))).collect()
        })
        .collect();
    let journal = || {
        let list = fs::read_to_string(out.join(".annals/manifest")).unwrap_or_default();
        ["old.txt", "new.txt"].iter().all(|name| list.lines().any(|line| line.ends_with(name)))
    };
    let mut amid = 0;
    for round in 0..KILLS {
        let to = usize::try_from((round + round / 2 + 1) % 2).unwrap();
        // A third at any moment; the others soon after the journal has shown that the renames begin.
        let limit = if round % 3 == 0 { versions.takes * 5 / 4 } else { Duration::from_millis(25) };
        versions.kill(["old", "new"][to], "out", || round % 3 == 0 || journal(), moment(round, limit));

        let mut found = tree::read(&out);
        for path in foreign {
            assert_eq!(found.remove(path).as_deref(), Some(&b"<!doctype html>"[..]), "`{path}` is not ours");
        }
        amid += usize::from(versions.trees.iter().all(|tree| *tree != found));
        // Which version each file is of.
        let of: BTreeMap<&str, usize> = found
            .iter()
            .map(|(path, bytes)| {
                let of = versions.trees.iter().position(|tree| tree.get(path) == Some(bytes));
                (path.as_str(), of.unwrap_or_else(|| panic!("round {round}: `{path}` is of neither version")))
            })
            .collect();
        // Whoever starts at a page that both versions have finds every link leading somewhere.
        let both = versions.trees[0].keys().filter(|path| versions.trees[1].contains_key(*path));
        let mut next: Vec<&str> = both.map(String::as_str).collect();
        let mut seen: BTreeSet<&str> = next.iter().copied().collect();
        while let Some(path) = next.pop() {
            let of =
                of.get(path).unwrap_or_else(|| panic!("round {round}: a link leads to `{path}`, which is not there"));
            let links = links[*of].get(path).into_iter().flatten();
            next.extend(links.map(String::as_str).filter(|link| seen.insert(link)));
        }

        // Every other time the next build finishes the work; else the next victim goes on from what it finds.
        if round % 2 == 1 {
            continue;
        }
        versions.build(["old", "new"][to], "out");
        let mut finished = tree::read(&out);
        finished.retain(|path, _| !foreign.contains(&path.as_str()));
        assert_eq!(tree::difference(&versions.trees[to], &finished), None, "round {round}");
        let hidden = fs::read_dir(out.join(".annals")).unwrap().count();
        assert_eq!((hidden, versions.beside()), (2, vec!["out".to_owned()]), "round {round}: left-overs");
    }
    assert!(amid > 0, "no build was killed amid the renames: the test shows nothing");
}
