//! What the program knows of a GitHub workflow that it runs in, all of it by environment variables.

use super::Screen;
use crate::diagnostic::Located;
use crate::diagnostic::render::Summary;
use crate::diagnostic::render::step_summary::{self, LARGEST};
use std::io::Write;
use std::path::Path;

/// Whether a runner reads what is printed: `GITHUB_ACTIONS`.
pub(super) fn is_one() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The path of the site's folder below the root of the repository, with forward slashes; empty where it is the root.
///
/// The root is `GITHUB_WORKSPACE`. Without it, or for a site outside it, paths stay those of the site.
pub(super) fn root(folder: &Path) -> String {
    let Some(workspace) = std::env::var_os("GITHUB_WORKSPACE").filter(|path| !path.is_empty()) else {
        return String::new();
    };
    let (Ok(workspace), Ok(folder)) = (Path::new(&workspace).canonicalize(), folder.canonicalize()) else {
        return String::new();
    };
    let below = folder.strip_prefix(workspace).unwrap_or(Path::new(""));
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Adds the list of all problems to the page of the run, where `GITHUB_STEP_SUMMARY` says that there is one.
///
/// Another command of the same step may have written to it: what is there stays, and takes of the room.
pub(super) fn summarise(problems: &[Located], summary: Summary, root: &str, screen: &Screen) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    let appended = || {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&path)?;
        let there = usize::try_from(file.metadata()?.len()).unwrap_or(LARGEST);
        let text = step_summary::render(problems, summary, root, LARGEST.saturating_sub(there));
        file.write_all(text.as_bytes())?;
        std::io::Result::Ok(!text.is_empty())
    };
    let path = Path::new(&path).display();
    match appended() {
        Ok(true) => {}
        Ok(false) => screen.say(format_args!("warning: {path} has no room for the list of problems")),
        // The problems are in the log: what comes of the check does not hang on this.
        Err(error) => screen.say(format_args!("warning: {path} cannot be written: {error}")),
    }
}
