//! `annals diff`

use super::git::{Repository, differing};
use super::{FINE, Failure, Global, PROBLEMS, Screen, site_folder};
use crate::diagnostic::Level;
use crate::diff::{self, Files, Pages, Report, Side};
use crate::discover::{self, Inputs};
use crate::pipeline::{Edition, Found, Options};
use crate::source_text::FileId;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The earlier state: a git revision or a folder; BASE...HEAD compares from where the two parted
    #[arg(value_name = "BASE")]
    base: String,
    /// The later state (default: the work tree)
    #[arg(value_name = "HEAD")]
    head: Option<String>,
    /// How to show the changes, on standard output
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// Exit with 1 when anything differs
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a comment or the summary of a workflow; cut where GitHub would
    Markdown,
    /// For programs
    Json,
}

/// Where a state of the site is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Revision { name: String, commit: String },
    Folder(PathBuf),
}

impl Diff {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        let site = site_folder(None, global);
        let (base, head) = self.places(&site)?;
        let mut git = None;
        let old = read(&base, &site, &mut git)?;
        let new = read(&head, &site, &mut git)?;
        if old.is_none() && new.is_none() {
            return Err(Failure::new(format_args!(
                "there is no folder `content` in {}, nor in {}",
                base.name(),
                head.name()
            ))
            .help("name the folder of the site: `--site DIR`"));
        }
        let other = match (&base, &head, &git) {
            (Place::Revision { commit: a, .. }, Place::Revision { commit: b, .. }, Some(git)) => {
                Some(git.others(a, b)?)
            }
            _ => None,
        };
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let files = Files {
            templates: differing(&old.templates, &new.templates),
            statics: differing(&old.statics, &new.statics),
            other,
        };
        let now = super::now(global)?;
        let mut report = report(old, new, now, screen);
        (report.base, report.head, report.files) = (base.name(), head.name(), files);
        match self.format {
            Format::Text => screen.print_text(&diff::text::render(&report)),
            Format::Markdown => screen.print_text(&diff::markdown::render(&report)),
            Format::Json => screen.print(&diff::json::render(&report)),
        }
        let is_same = report.changes.is_empty()
            && report.pages == Pages::default()
            && (files.templates, files.statics, files.other.unwrap_or_default()) == (0, 0, 0);
        Ok(if self.exit_code && !is_same { PROBLEMS } else { FINE })
    }

    fn places(&self, site: &Path) -> Result<(Place, Place), Failure> {
        let worktree = || Place::Folder(site.to_path_buf());
        match (&self.head, self.base.split_once("..")) {
            (Some(head), None) => Ok((place(&self.base, site)?, place(head, site)?)),
            // A folder may have such a name: `../old`.
            (head, Some(_)) if folder(&self.base).is_some() => {
                let base = place(&self.base, site)?;
                Ok((base, head.as_ref().map_or_else(|| Ok(worktree()), |head| place(head, site))?))
            }
            (Some(_), Some(_)) => Err(Failure::new(format_args!("`{}` names two revisions already", self.base))
                .help("leave out the second argument")),
            (None, None) => Ok((place(&self.base, site)?, worktree())),
            (None, Some((base, head))) => {
                let git = Repository::of(site)?;
                let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
                let (base, from_parting) = (or_head(base), head.starts_with('.'));
                let head = or_head(head.strip_prefix('.').unwrap_or(head));
                let commit = if from_parting { git.merge_base(&base, &head)? } else { git.commit(&base)? };
                let base = Place::Revision { name: base, commit };
                let commit = git.commit(&head)?;
                Ok((base, Place::Revision { name: head, commit }))
            }
        }
    }
}

impl Place {
    fn name(&self) -> String {
        match self {
            Self::Revision { name, commit } if name == commit => name.chars().take(12).collect(),
            Self::Revision { name, .. } => name.clone(),
            Self::Folder(path) if path == Path::new(".") => "the work tree".to_owned(),
            Self::Folder(path) => path.display().to_string(),
        }
    }
}

/// The folder of a site by that name.
fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    path.join("content").is_dir().then(|| path.to_path_buf())
}

/// What a name on the command line stands for.
fn place(name: &str, site: &Path) -> Result<Place, Failure> {
    let is_path = name.starts_with(['.', '/']) || Path::new(name).is_absolute();
    match (folder(name), is_path) {
        (Some(folder), true) => Ok(Place::Folder(folder)),
        (None, true) => Err(Failure::new(format_args!("there is no folder `content` in {name}"))
            .help("name the folder of a site, or a git revision")),
        (Some(folder), false) => match Repository::of(site) {
            Ok(git) if git.knows(name) => Err(Failure::new(format_args!("`{name}` is a folder and a git revision"))
                .help(format_args!("write `./{name}` for the folder, `refs/heads/{name}` for the branch"))),
            _ => Ok(Place::Folder(folder)),
        },
        (None, false) => {
            let commit = Repository::of(site)?.commit(name)?;
            Ok(Place::Revision { name: name.to_owned(), commit })
        }
    }
}

/// The site at a place; nothing when a revision has none.
fn read(place: &Place, site: &Path, git: &mut Option<Repository>) -> Result<Option<Inputs>, Failure> {
    match place {
        Place::Folder(path) => discover::read(path).map(Some).map_err(Failure::new),
        Place::Revision { commit, .. } => {
            let git = match git {
                Some(git) => git,
                None => git.insert(Repository::of(site)?),
            };
            git.inputs(commit)
        }
    }
}

/// Compares two states. The later takes over what it shares with the earlier.
fn report(old: Inputs, new: Inputs, now: Option<chrono::NaiveDate>, screen: &Screen) -> Report {
    let started = std::time::Instant::now();
    let say = |stage: &'static str| {
        if screen.is_terminal() && started.elapsed().as_secs() >= 1 {
            screen.say(format_args!("  {stage} …"));
        }
    };
    let options = Options { now, only_check: true, ..Options::default() };
    let before = Edition::new(Arc::new(old), &options, None, &say);
    say("pages of the earlier state");
    let shown = pages(&before);
    let after = Edition::new(Arc::new(new), &options, Some(&before), &say);
    say("pages of the later state");
    let pages = compared(&shown, &pages(&after));
    let (all_before, all_after) = (before.with_drafts(), after.with_drafts());
    let (texts_before, texts_after): (Texts, Texts) = (before.texts(), after.texts());
    let changes = diff::between(
        Side { site: &all_before, published: before.site(), texts: &texts_before },
        Side { site: &all_after, published: after.site(), texts: &texts_after },
    );
    let errors = |edition: &Edition| edition.problems().iter().filter(|problem| problem.level == Level::Error).count();
    let errors = (errors(&before), errors(&after));
    Report { changes, pages, errors, ..Report::default() }
}

type Texts = HashMap<FileId, Arc<str>>;

/// The pages, each as a reader sees it; one whose template fails as nothing.
fn pages(edition: &Edition) -> BTreeMap<String, Arc<[u8]>> {
    let paths: Vec<&str> = edition.paths().into_iter().filter(|path| path.ends_with(".html")).collect();
    let page = |path: &str| match edition.file(path) {
        Found::File(bytes) => bytes,
        Found::Fault | Found::Nothing => Arc::default(),
    };
    paths.par_iter().map(|path| ((*path).to_owned(), page(path))).collect()
}

fn compared(before: &BTreeMap<String, Arc<[u8]>>, after: &BTreeMap<String, Arc<[u8]>>) -> Pages {
    let differs = |path: &String, now: &Arc<[u8]>| {
        before.get(path).is_some_and(|was| !Arc::ptr_eq(was, now) && was != now && seen(was) != seen(now))
    };
    Pages {
        new: after.keys().filter(|path| !before.contains_key(*path)).cloned().collect(),
        changed: after.iter().filter(|(path, now)| differs(path, now)).map(|(path, _)| path.clone()).collect(),
        removed: before.keys().filter(|path| !after.contains_key(*path)).cloned().collect(),
    }
}

/// What of a page a reader sees: its title and its body, without the fingerprints in the names of scripts and data, which
/// change with whatever those hold. The rest is for other programs: the social card says how many incidents the site has.
fn seen(page: &[u8]) -> Vec<u8> {
    const DIGITS: usize = 10;
    let title = between(page, b"<title>", b"</title>");
    let body = from(page, b"<body").unwrap_or(page);
    let mut out = title.to_vec();
    let mut rest = body;
    while let [first, after @ ..] = rest {
        out.push(*first);
        let print = after.get(..DIGITS).filter(|_| *first == b'.' && after.get(DIGITS) == Some(&b'.'));
        rest = match print {
            Some(print) if print.iter().all(u8::is_ascii_hexdigit) => after.get(DIGITS..).unwrap_or_default(),
            _ => after,
        };
    }
    out
}

fn from<'a>(page: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    page.get(page.windows(mark.len()).position(|bytes| bytes == mark)?..)
}

fn between<'a>(page: &'a [u8], start: &[u8], end: &[u8]) -> &'a [u8] {
    let Some(rest) = from(page, start) else { return &[] };
    let length = rest.windows(end.len()).position(|bytes| bytes == end);
    rest.get(..length.unwrap_or_default()).unwrap_or_default()
}
