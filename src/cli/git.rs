//! Sites as they stand in revisions of a git repository, by the installed `git`.
//!
//! Only objects are read: no command here touches the index, the work tree or the network, runs a hook or a filter.

use super::Failure;
use crate::config::Limits;
use crate::discover::{Inputs, LARGEST_STATIC, TOPS};
use crate::source_text::{File, Trouble};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// The most links that are followed from one to the next.
const MOST_LINKS: usize = 8;

/// The repository in which a site lies.
#[derive(Debug)]
pub(super) struct Repository {
    site: PathBuf,
    /// Contents that were read, by their names: what two revisions share is read once.
    blobs: HashMap<String, Arc<[u8]>>,
}

/// What a tree holds at a path.
#[derive(Debug)]
struct Entry {
    kind: Kind,
    object: String,
    bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    /// Another repository.
    Other,
    /// Something whose name is no text.
    Nameless,
}

impl Repository {
    /// The repository around the folder of a site.
    pub fn of(site: &Path) -> Result<Self, Failure> {
        let repository = Self { site: site.to_path_buf(), blobs: HashMap::new() };
        let found = repository.git(["rev-parse", "--git-dir"])?;
        if found.status.success() {
            return Ok(repository);
        }
        let message = format!("{} is in no git repository that can be read: {}", site.display(), complaint(&found));
        Err(Failure::new(message).help("name two folders to compare them without git: `annals diff OLD NEW`"))
    }

    /// Whether git knows `name` as a revision.
    pub fn knows(&self, name: &str) -> bool {
        self.commit(name).is_ok()
    }

    /// The commit that `name` stands for.
    pub fn commit(&self, name: &str) -> Result<String, Failure> {
        let wanted = format!("{name}^{{commit}}");
        let found = self.git(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        if found.status.success() {
            return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
        }
        Err(self.unknown(name))
    }

    /// The newest commit that both come from.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, Failure> {
        let (a, b) = (self.commit(one)?, self.commit(other)?);
        let found = self.git(["merge-base", &a, &b])?;
        if found.status.success() {
            return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
        }
        let failure = Failure::new(format_args!("`{one}` and `{other}` have no common ancestor here"));
        Err(match self.is_shallow() {
            true => failure
                .help("this clone has only the newest commits: run `git fetch --unshallow`")
                .help("or compare the two as they are: `annals diff BASE HEAD`"),
            false => failure.help("compare the two as they are: `annals diff BASE HEAD`"),
        })
    }

    /// The site as it stands in a commit; nothing when it has no `content/` there.
    pub fn inputs(&mut self, commit: &str) -> Result<Option<Inputs>, Failure> {
        let tree = self.tree(commit)?;
        if !tree.keys().any(|path| path.starts_with("content/")) {
            return Ok(None);
        }
        let wanted =
            |path: &str, entry: &Entry| matches!(entry.kind, Kind::File | Kind::Link) && entry.bytes <= cap(path);
        let mut names: Vec<&str> =
            tree.iter().filter(|(path, entry)| wanted(path, entry)).map(|(_, e)| e.object.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !self.blobs.contains_key(*name));
        let read = self.read(&names)?;
        self.blobs.extend(read);
        Ok(Some(self.resolved(&tree).into_iter().collect()))
    }

    /// How many files outside the site differ between two commits.
    pub fn others(&self, before: &str, after: &str) -> Result<usize, Failure> {
        let prefix = self.asked(["rev-parse", "--show-prefix"])?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
        let names =
            self.asked(["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--full-index", before, after])?;
        let is_outside = |path: &&[u8]| {
            let inside = path.strip_prefix(prefix.as_bytes());
            !inside.is_some_and(|rest| {
                TOPS.iter().any(|top| rest.strip_prefix(top.as_bytes()).is_some_and(|r| r.first() == Some(&b'/')))
            })
        };
        Ok(names.split(|byte| *byte == 0).filter(|path| !path.is_empty()).filter(is_outside).count())
    }

    /// The files of the site in a commit, by their paths below the site's folder.
    fn tree(&self, commit: &str) -> Result<BTreeMap<String, Entry>, Failure> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "-l", commit, "--"];
        arguments.extend(TOPS);
        let listed = self.asked(arguments)?;
        let mut tree = BTreeMap::new();
        for row in listed.split(|byte| *byte == 0).filter(|row| !row.is_empty()) {
            let Some((about, path)) = split_at_tab(row) else { continue };
            let about = String::from_utf8_lossy(about);
            let mut words = about.split_ascii_whitespace();
            let (Some(mode), Some(_), Some(object), size) = (words.next(), words.next(), words.next(), words.next())
            else {
                continue;
            };
            let kind = match mode {
                "120000" => Kind::Link,
                "160000" => Kind::Other,
                _ => Kind::File,
            };
            let bytes = size.and_then(|size| size.parse().ok()).unwrap_or_default();
            let kind = if std::str::from_utf8(path).is_ok() { kind } else { Kind::Nameless };
            let path = String::from_utf8_lossy(path).into_owned();
            tree.insert(path, Entry { kind, object: object.to_owned(), bytes });
        }
        Ok(tree)
    }

    /// The files of a tree; links within the site are followed, as they are on disk.
    fn resolved(&self, tree: &BTreeMap<String, Entry>) -> Vec<File> {
        let mut files = Vec::new();
        for (path, entry) in tree {
            match entry.kind {
                Kind::File => files.push(self.file(path, path, entry)),
                Kind::Other => {}
                Kind::Nameless => files.push(File::unread(path, Trouble::NameNotUtf8)),
                Kind::Link => self.follow(tree, path, entry, &mut files),
            }
        }
        files
    }

    fn follow(&self, tree: &BTreeMap<String, Entry>, path: &str, entry: &Entry, files: &mut Vec<File>) {
        let mut end = path.to_owned();
        let mut entry = entry;
        for _ in 0..MOST_LINKS {
            let text = self.blobs.get(&entry.object).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let Some(target) = text.and_then(|target| joined(&end, &target)) else {
                return files.push(File::unread(path, Trouble::LeavesSite));
            };
            end = target;
            match tree.get(&end) {
                Some(found) if found.kind == Kind::Link => entry = found,
                Some(found) if found.kind == Kind::File => return files.push(self.file(path, &end, found)),
                Some(_) => return,
                None => {
                    let below = format!("{end}/");
                    // A link to what it lies in would never end.
                    let is_around = path.starts_with(&below);
                    let inside = tree.range(below.clone()..).take_while(|(name, _)| name.starts_with(&below));
                    let before = files.len();
                    if !is_around {
                        for (name, found) in inside.filter(|(_, found)| found.kind == Kind::File) {
                            let rest = name.strip_prefix(&below).unwrap_or_default();
                            files.push(self.file(&format!("{path}/{rest}"), name, found));
                        }
                    }
                    if files.len() == before {
                        files.push(File::unread(path, Trouble::DeadLink));
                    }
                    return;
                }
            }
        }
        files.push(File::unread(path, Trouble::DeadLink));
    }

    fn file(&self, path: &str, place: &str, entry: &Entry) -> File {
        match self.blobs.get(&entry.object) {
            Some(bytes) if entry.bytes <= cap(path).min(cap(place)) => File::new(path, bytes.clone()),
            _ => File::unread(path, Trouble::TooLarge(entry.bytes)),
        }
    }

    /// The contents of objects, by their names.
    fn read(&self, names: &[&str]) -> Result<HashMap<String, Arc<[u8]>>, Failure> {
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let broken = |error: std::io::Error| Failure::new(format_args!("git cannot be talked to: {error}"));
        let mut git = self
            .command(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| absent(&error))?;
        let (stdin, stdout) = (git.stdin.take(), git.stdout.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
            return Err(Failure::new("git cannot be talked to"));
        };
        let asked: String = names.iter().flat_map(|name| [*name, "\n"]).collect();
        // Asked for beside the reading: both pipes are shorter than what goes through them.
        let asking = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
        let mut answers = BufReader::with_capacity(1 << 16, stdout);
        let mut contents = HashMap::with_capacity(names.len());
        for name in names {
            let mut head = String::new();
            answers.read_line(&mut head).map_err(broken)?;
            let Some(length) =
                head.trim_end().strip_prefix(name).and_then(|rest| rest.rsplit(' ').next()?.parse().ok())
            else {
                let _ = git.kill();
                let _ = git.wait();
                return Err(self.missing(name));
            };
            let mut bytes = vec![0; length];
            answers.read_exact(&mut bytes).map_err(broken)?;
            answers.read_exact(&mut [0]).map_err(broken)?;
            contents.insert((*name).to_owned(), bytes.into());
        }
        let _ = asking.join();
        drop(answers);
        let _ = git.wait();
        Ok(contents)
    }

    fn unknown(&self, name: &str) -> Failure {
        let failure = Failure::new(format_args!("git knows no revision `{name}` here"));
        if !self.is_shallow() {
            return failure
                .help("`git log --oneline` and `git branch -a` show what there is; a folder has to hold a `content/`");
        }
        // What is behind the edge of a shallow clone, and what was never asked for.
        let fetch = match name.split_once(['^', '~']) {
            Some(_) => "git fetch --deepen=50".to_owned(),
            None => match name.strip_prefix("origin/") {
                Some(branch) => format!("git fetch --depth=1 origin {branch}:refs/remotes/{name}"),
                None => format!("git fetch --depth=1 origin {name}"),
            },
        };
        let simple = name.chars().all(|c| c.is_alphanumeric() || "/._-^~".contains(c));
        let failure = failure.help("this clone has only the newest commits");
        let failure = if simple {
            failure.help(format_args!("run `{fetch}`, or `git fetch --unshallow` for all"))
        } else {
            failure.help("run `git fetch --unshallow`")
        };
        failure.help("in a workflow: give `actions/checkout` a larger `fetch-depth` (0 is everything)")
    }

    fn missing(&self, object: &str) -> Failure {
        Failure::new(format_args!("the content of a file is not in this clone (object {object})"))
            .help("it was cloned without the contents of old files: run `git fetch --refetch --no-filter`")
    }

    fn is_shallow(&self) -> bool {
        let found = self.git(["rev-parse", "--is-shallow-repository"]);
        found.is_ok_and(|found| found.stdout.starts_with(b"true"))
    }

    /// What git answers, when it does.
    fn asked<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, Failure> {
        let found = self.git(arguments)?;
        if found.status.success() {
            return Ok(found.stdout);
        }
        let said = complaint(&found);
        let failure = Failure::new(format_args!("git cannot read the revision: {said}"));
        Err(if said.contains("missing") || said.contains("promis") || said.contains("not a tree") {
            failure.help(
                "something is not in this clone: run `git fetch --refetch --no-filter`, or `git fetch --unshallow`",
            )
        } else {
            failure
        })
    }

    fn git<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, Failure> {
        self.command(arguments).stdin(Stdio::null()).output().map_err(|error| absent(&error))
    }

    fn command<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.site).args(["--no-pager", "-c", "core.fsmonitor=false"]);
        command.args(arguments.into_iter().map(OsStr::new));
        let settings =
            [("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0")];
        command.envs(settings);
        command
    }
}

fn absent(error: &std::io::Error) -> Failure {
    Failure::new(format_args!("git cannot be run: {error}"))
        .help("install git, or name two folders to compare them without it: `annals diff OLD NEW`")
}

/// The first line of what git complains of.
fn complaint(found: &Output) -> String {
    let text = String::from_utf8_lossy(&found.stderr).into_owned();
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("fatal: ").chars().filter(|c| !c.is_control()).collect()
}

fn split_at_tab(row: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = row.iter().position(|byte| *byte == b'\t')?;
    Some((row.get(..at)?, row.get(at + 1..)?))
}

/// The longest file that is read at a path, as on disk.
fn cap(path: &str) -> u64 {
    if path.starts_with("static/") { LARGEST_STATIC } else { Limits::MOST.file as u64 }
}

/// Where a link at `path` leads; nothing when that is outside the site.
fn joined(path: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The names of those files of either side that differ.
pub(super) fn differing(before: &[File], after: &[File]) -> usize {
    let old: HashMap<&str, &File> = before.iter().map(|file| (file.id.path(), file)).collect();
    let mut same: HashSet<&str> = HashSet::new();
    for file in after {
        if old.get(file.id.path()).is_some_and(|known| known.same_content(file)) {
            same.insert(file.id.path());
        }
    }
    let paths: HashSet<&str> = old.keys().copied().chain(after.iter().map(|file| file.id.path())).collect();
    paths.len() - same.len()
}
