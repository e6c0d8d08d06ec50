//! The folders, files and links of a site that somebody has to have an eye on.

use crate::discover::TOPS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most links that lead to one another before they count as a circle; what Linux allows.
const MOST_HOPS: usize = 40;

/// What a survey comes by.
#[derive(Clone, Copy, Debug)]
pub enum Met<'a> {
    /// A folder, which will be looked into after this.
    Folder(&'a Path),
    /// A folder outside, in which there is something that a link needs, or would need.
    Around(&'a Path),
    /// A link.
    Link(&'a Path),
    /// A file, a pipe, whatever.
    File(&'a Path),
}

/// Surveys all of the site in `root`, a path without links.
pub fn all<E>(root: &Path, visit: &mut dyn FnMut(Met<'_>) -> Result<(), E>) -> Result<(), E> {
    visit(Met::Around(root))?;
    let mut seen = BTreeSet::new();
    TOPS.iter().try_for_each(|top| from(root, root.join(top), &mut seen, visit))
}

/// Surveys `start` and what lies below it; no folder twice, by whatever links it is reached.
///
/// What cannot be read is left out: whoever reads the site will say so.
pub fn from<E>(
    root: &Path,
    start: PathBuf,
    seen: &mut BTreeSet<PathBuf>,
    visit: &mut dyn FnMut(Met<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut ahead = Vec::from_iter(start.symlink_metadata().ok().map(|found| (start, found.file_type())));
    while let Some((path, kind)) = ahead.pop() {
        if kind.is_symlink() {
            visit(Met::Link(&path))?;
            if let Some(end) = hops(root, &path, visit)? {
                // Into the site's folder itself nothing follows it: there lie `public` and what not.
                if let Some(found) = end.metadata().ok().filter(|found| found.is_dir() && !root.starts_with(&end)) {
                    ahead.push((end, found.file_type()));
                }
            }
        } else if !kind.is_dir() {
            visit(Met::File(&path))?;
        } else if !seen.contains(&path) {
            visit(Met::Folder(&path))?;
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            ahead.extend(entries.filter_map(|entry| Some((entry.path(), entry.file_type().ok()?))));
            seen.insert(path);
        }
    }
    Ok(())
}

/// Follows a link to its end within the site.
fn hops<E>(root: &Path, link: &Path, visit: &mut dyn FnMut(Met<'_>) -> Result<(), E>) -> Result<Option<PathBuf>, E> {
    let mut at = link.to_path_buf();
    for _ in 0..MOST_HOPS {
        let Ok(target) = fs::read_link(&at) else { break };
        let next = at.parent().unwrap_or(root).join(target);
        // Where even the folder is not there, it may come into what there is of the way to it.
        let Some((real, place)) = next.ancestors().skip(1).find_map(|place| Some((place.canonicalize().ok()?, place)))
        else {
            break;
        };
        if !real.starts_with(root) {
            break;
        }
        visit(Met::Around(&real))?;
        match next.file_name() {
            Some(name) if next.parent() == Some(place) => at = real.join(name),
            _ => break,
        }
    }
    Ok(link.canonicalize().ok().filter(|end| end.starts_with(root)))
}
