//! The sites that the tests read, each built once in a run and served below a path.

use crate::server::Server;
use crate::{repository, workshop};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// How many records the large site has: what the measures of the home page are promised for.
pub const LARGE: usize = 10_000;

/// A built site.
pub struct Site {
    /// What messages call it.
    pub name: &'static str,
    /// Where it was written.
    pub folder: PathBuf,
    server: Server,
    pages: Vec<String>,
    redirects: Vec<String>,
}

impl Site {
    /// The address of a page or another file, by its path in the site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.server.url() + path
    }

    /// The address of a file on the disk.
    #[must_use]
    pub fn file_url(&self, path: &str) -> String {
        format!("file://{}", self.folder.join(path).display())
    }

    /// The bytes of a file, by its path in the site.
    #[must_use]
    pub fn read(&self, path: &str) -> Vec<u8> {
        let file = self.folder.join(path);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// The paths of all pages that have something to read, in order.
    #[must_use]
    pub fn pages(&self) -> &[String] {
        &self.pages
    }

    /// The paths of the pages that only lead on to another.
    #[must_use]
    pub fn redirects(&self) -> &[String] {
        &self.redirects
    }

    /// The largest page of each kind.
    #[must_use]
    pub fn kinds(&self) -> Vec<&str> {
        let mut largest: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for page in &self.pages {
            let text = String::from_utf8_lossy(&self.read(page)).into_owned();
            let kind = text.split("<body class=\"page-").nth(1).and_then(|rest| rest.split('"').next());
            let kind = kind.unwrap_or_else(|| panic!("{} {page}: the body does not name its kind", self.name));
            let size = (text.len(), page.as_str());
            largest.entry(kind.to_owned()).and_modify(|old| *old = size.max(*old)).or_insert(size);
        }
        largest.into_values().map(|(_, page)| page).collect()
    }

    fn new(name: &'static str, source: &Path, mount: &str) -> Self {
        let folder = workshop().join(name);
        build(source, &folder);
        let mut files = Vec::new();
        list(&folder, &folder, &mut files);
        files.retain(|path| path.ends_with(".html"));
        files.sort();
        assert!(!files.is_empty(), "{}: no page was built", folder.display());
        let (redirects, pages) = files.into_iter().partition(|path| {
            let file = folder.join(path);
            fs::read_to_string(&file).is_ok_and(|text| text.contains("http-equiv=\"refresh\""))
        });
        Self { name, server: Server::start(&folder, mount), folder, pages, redirects }
    }
}

/// The site of this repository.
pub fn first() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::new("first", &repository(), "/annals/"))
}

/// The made site with every field of every kind of record, without the look of its own that it has for other tests.
pub fn everything() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let source = workshop().join("everything-content");
        renew(&source);
        in_the_built_in_theme(&repository().join("tests/sites/everything/site"), &source);
        Site::new("everything", &source, "/made/")
    })
}

/// The smallest site; without an address of its own it stands at the root of its host.
pub fn five_lines() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| Site::new("five-lines", &repository().join("tests/sites/five-lines/site"), "/"))
}

/// A made-up site with [`LARGE`] records.
pub fn large() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let source = workshop().join("large-content");
        generate(&source);
        Site::new("large", &source, "/annals/")
    })
}

/// The sites whose pages are all read.
#[must_use]
pub fn small() -> [&'static Site; 3] {
    [first(), everything(), five_lines()]
}

/// The program that `ANNALS` names, else the one that cargo builds first, to be run in the repository's folder.
#[must_use]
pub fn program() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        env::var_os("ANNALS").map(PathBuf::from).unwrap_or_else(|| {
            // Its own path, since what `cargo run` has started outlives a cargo that is killed.
            run(cargo().args(["build", "--quiet", "--locked", "--bin", "annals", "--target-dir", "target"]));
            repository().join("target/debug").join(format!("annals{}", env::consts::EXE_SUFFIX))
        })
    });
    let mut command = Command::new(program);
    command.current_dir(repository());
    command
}

fn build(source: &Path, folder: &Path) {
    run(program().arg("build").arg(source).arg("--out").arg(folder));
}

/// Copies what a site says, but none of the files that take the place of the built-in theme's.
fn in_the_built_in_theme(site: &Path, to: &Path) {
    let copy = |from: &Path, to: &Path| {
        let done = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to));
        done.unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    };
    for folder in ["content", "static"] {
        let mut files = Vec::new();
        list(site, &site.join(folder), &mut files);
        for file in files.iter().filter(|file| !repository().join(file).is_file() || folder == "content") {
            copy(&site.join(file), &to.join(file));
        }
    }
}

fn renew(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    }
}

/// Writes the made-up site with the generator of the benchmarks, which alone knows how.
fn generate(folder: &Path) {
    renew(folder);
    let mut cargo = cargo();
    cargo
        .args([
            "bench",
            // Half a minute less to build than with optimisation, for a second more to run.
            "--profile",
            "dev",
            "--quiet",
            "--locked",
            "--bench",
            "site",
            "--",
            "generate",
            &LARGE.to_string(),
        ])
        .arg(folder);
    run(&mut cargo);
}

/// A cargo for the program's own package: nothing of this one's settings follows it there.
fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(repository());
    cargo
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{told}", output.status);
}

/// The paths of all files in a folder, from the root.
fn list(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            list(root, &path, files);
        } else {
            let path = path.strip_prefix(root).expect("it was found below it");
            files.push(path.to_str().expect("paths in sites are plain").to_owned());
        }
    }
}
