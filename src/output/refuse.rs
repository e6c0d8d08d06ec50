//! Which folders must not become the output.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::WriteError;

/// The folders of a site that people write.
const WRITTEN_BY_PEOPLE: [&str; 3] = ["content", "templates", "static"];

/// Why a folder must not become the output.
#[derive(Debug)]
pub enum Refusal {
    /// It is the site's folder or holds it.
    Site {
        /// As it was named.
        out: PathBuf,
    },
    /// It is one of the folders that people write, lies in one, or holds one.
    Source {
        /// As it was named.
        out: PathBuf,
        /// Its name: `content`, `templates` or `static`.
        source: &'static str,
    },
    /// Where it lies cannot be found out.
    Unknown(WriteError),
}

impl Refusal {
    /// The cure, in the imperative.
    pub fn help(&self) -> String {
        match self {
            Self::Site { .. } | Self::Source { .. } => "name another folder with `--out`, for example `public`".into(),
            Self::Unknown(error) => error.help(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site { out } => {
                write!(f, "the output folder `{}` is the site's own folder or holds it", out.display())
            }
            Self::Source { out, source } => {
                write!(f, "the output folder `{}` lies in or around `{source}/`, which people write", out.display())
            }
            Self::Unknown(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}

/// Refuses an output folder `out` in or around the folders of `site` that people write.
///
/// Paths are compared as they are on disk, symbolic links resolved; what does not exist yet counts where it would come to lie.
/// A name that differs from `content` only by case is refused on every file system, because the site would not survive a
/// checkout on another.
///
/// # Errors
/// A [`Refusal`] that names `out`.
pub fn refuse(out: &Path, site: &Path) -> Result<(), Refusal> {
    let resolved_out = resolve(out).map_err(Refusal::Unknown)?;
    let resolved_site = resolve(site).map_err(Refusal::Unknown)?;
    if resolved_site.starts_with(&resolved_out) {
        return Err(Refusal::Site { out: out.to_path_buf() });
    }
    let first = resolved_out.strip_prefix(&resolved_site).ok().and_then(|below| below.components().next());
    for source in WRITTEN_BY_PEOPLE {
        let by_name = first.is_some_and(|first| first.as_os_str().eq_ignore_ascii_case(source));
        // It may be a link to somewhere else.
        let place = resolve(&resolved_site.join(source)).map_err(Refusal::Unknown)?;
        if by_name || place.starts_with(&resolved_out) || resolved_out.starts_with(&place) {
            return Err(Refusal::Source { out: out.to_path_buf(), source });
        }
    }
    Ok(())
}

/// The path as it is on disk; what is not there is put behind the nearest folder that is.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let failed = |cause| WriteError::Io { doing: "find", path: path.to_path_buf(), cause };
    let mut there = std::path::absolute(path).map_err(failed)?;
    let mut missing = Vec::new();
    loop {
        match there.canonicalize() {
            Ok(mut resolved) => {
                for part in missing.iter().rev() {
                    match part {
                        None => _ = resolved.pop(),
                        Some(name) => resolved.push(name),
                    }
                }
                return Ok(resolved);
            }
            Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                let last = match there.components().next_back() {
                    Some(Component::Normal(name)) => Some(name.to_owned()),
                    Some(Component::ParentDir) => None,
                    _ => return Err(failed(cause)),
                };
                missing.push(last);
                there.pop();
            }
            Err(cause) => return Err(failed(cause)),
        }
    }
}
