//! A folder as a value: the paths below it, and the bytes of its files.

use annals::discover;
use annals::pipeline::{self, Options, Outcome};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The repository, which is itself the first site.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder below `tests/sites`.
pub fn case(path: &str) -> PathBuf {
    repository().join("tests/sites").join(path)
}

/// The site in `folder`, through the whole line, in memory.
pub fn build(folder: &Path, options: &Options) -> Outcome {
    let inputs = discover::read(folder).unwrap_or_else(|error| panic!("{error}"));
    pipeline::run(&inputs, options, &|_| ())
}

/// The output of a site that has no error.
pub fn built(folder: &Path, options: &Options) -> Tree {
    let outcome = build(folder, options);
    let errors = outcome.problems.iter().filter(|problem| problem.level == annals::diagnostic::Level::Error);
    let errors: Vec<_> = errors.map(|problem| format!("{}: {}", problem.place.file, problem.message)).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", folder.display());
    of(&outcome.output)
}

/// An output as a tree.
pub fn of(output: &annals::output::Map) -> Tree {
    output.iter().map(|(path, entry)| (path.as_str().to_owned(), entry.bytes.to_vec())).collect()
}

/// The files below `folder`, without what the program keeps for itself in `.annals`.
pub fn read(folder: &Path) -> Tree {
    fn walk(folder: &Path, prefix: &str, tree: &mut Tree) {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let entry = entry.unwrap();
            let path = format!("{prefix}{}", entry.file_name().to_str().expect("a name in UTF-8"));
            if entry.file_type().unwrap().is_dir() {
                if path != ".annals" {
                    walk(&entry.path(), &format!("{path}/"), tree);
                }
            } else if entry.file_type().unwrap().is_symlink() {
                tree.insert(path, format!("-> {}", fs::read_link(entry.path()).unwrap().display()).into_bytes());
            } else {
                tree.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut tree = Tree::new();
    walk(folder, "", &mut tree);
    tree
}

/// Writes one file and the folders above it.
pub fn put(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let place = folder.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

/// How `got` differs from `expected`, by path and first differing line; nothing when they are the same.
pub fn difference(expected: &Tree, got: &Tree) -> Option<String> {
    let mut text = String::new();
    let paths = expected.keys().chain(got.keys().filter(|path| !expected.contains_key(*path)));
    for path in paths {
        match (expected.get(path), got.get(path)) {
            (Some(expected), Some(got)) if expected == got => {}
            (Some(expected), Some(got)) => _ = writeln!(text, "{path}{}", first_line(expected, got)),
            (Some(_), None) => _ = writeln!(text, "{path}: expected, and not there"),
            (None, _) => _ = writeln!(text, "{path}: there, and not expected"),
        }
    }
    (!text.is_empty()).then_some(text)
}

fn first_line(expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(got));
    let (mut left, mut right) = (expected.split('\n'), got.split('\n'));
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (left, right) if left == right => {}
            (left, right) => {
                let show = |line: Option<&str>| line.map_or("(the end)".to_owned(), str::to_owned);
                return format!(":{number}\n  expected: {}\n  got:      {}", show(left), show(right));
            }
        }
    }
    ": bytes differ that are not UTF-8".to_owned()
}
