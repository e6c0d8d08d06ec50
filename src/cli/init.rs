//! `annals init`

use super::{FINE, Failure, Screen};
use crate::scaffold::site::{self, Action, Repository, Setup};
use clap::Args;
use std::borrow::Cow;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the new site; it is made when it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Its repository on GitHub: pages then link to their records, and the site has an address
    #[arg(long, value_name = "OWNER/NAME", value_parser = repository)]
    repository: Option<Repository>,
    /// Where its workflows get annals from: a repository on GitHub that has the source, and a commit or tag of it
    #[arg(long, value_name = "OWNER/NAME@COMMIT", value_parser = action)]
    action: Option<Action>,
}

/// What makes a folder a site, or the folder of something that is none: a new site is not mixed into either.
const TAKEN: [&str; 3] = ["content", "templates", "static"];

impl Init {
    pub fn run(&self, screen: &Screen) -> Result<u8, Failure> {
        // Without a slash at its end, which would hide that it is a link.
        let folder: PathBuf = self.folder.components().collect();
        free(&folder)?;
        let action = self.action.clone().or_else(Action::published);
        let setup = Setup { repository: self.repository.clone(), action };
        let files = site::files(&setup);
        let (new, kept) = sorted(&folder, &files)?;
        write(&folder, &new)?;

        screen.tell(format_args!("wrote {} files to {}", new.len(), folder.display()));
        for path in &kept {
            screen.tell(format_args!("  kept {path}, which was there"));
        }
        if setup.action.is_none() {
            screen.tell("  the workflows stop at their first step, and say so, until they know where annals comes from: --action");
        }
        if let Some(above) = repository_above(&folder) {
            let above = above.display();
            screen
                .tell(format_args!("  it lies within the repository {above}; GitHub reads workflows at the top alone"));
        }
        let site = folder.display();
        let look = if cfg!(feature = "serve") { format!("serve {site} --open") } else { format!("build {site}") };
        let read_me = folder.join("README.md");
        screen.tell(format_args!(
            "next:\n  annals {look}\n  read {}: how to write a record, and propose a change\n  push it to GitHub, and choose \
             there Settings, Pages, Source: GitHub Actions",
            read_me.display(),
        ));
        Ok(FINE)
    }
}

fn repository(text: &str) -> Result<Repository, String> {
    Repository::parse(text).ok_or_else(|| "write `owner/name`, as in its address on GitHub".to_owned())
}

fn action(text: &str) -> Result<Action, String> {
    Action::parse(text).ok_or_else(|| "write `owner/name@commit`, as in its address on GitHub".to_owned())
}

/// Refuses a folder in which a new site has no place.
fn free(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    let refuse = |why: &str| Err(Failure::new(format_args!("`{shown}` {why}")).help("nothing was written"));
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound && folder != Path::new("") => Ok(()),
        Err(error) => Err(Failure::new(format_args!("`{shown}` cannot be read: {error}"))),
        Ok(there) if there.is_symlink() => refuse("is a symbolic link; name the folder itself"),
        Ok(there) if !there.is_dir() => refuse("is a file"),
        Ok(_) => match TAKEN.iter().find(|name| fs::symlink_metadata(folder.join(name)).is_ok()) {
            Some(name) => refuse(&format!("has a `{name}` already")),
            None => Ok(()),
        },
    }
}

/// The files that are to be written, and the paths of those that are there and stay as they are.
type Sorted<'a> = (Vec<(&'static str, &'a str)>, Vec<&'static str>);

fn sorted<'a>(folder: &Path, files: &'a [(&'static str, Cow<'static, str>)]) -> Result<Sorted<'a>, Failure> {
    let (mut new, mut kept) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let target = folder.join(path);
        // What is on the way to it must be a folder of this one: a link could lead anywhere.
        let on_the_way = target.ancestors().skip(1).take_while(|above| *above != folder);
        for above in on_the_way {
            if fs::symlink_metadata(above).is_ok_and(|there| !there.is_dir()) {
                let message = format!("`{}` is in the way of `{path}`: it is no folder", above.display());
                return Err(Failure::new(message).help("nothing was written"));
            }
        }
        match fs::symlink_metadata(&target) {
            Ok(there) if there.is_dir() => {
                let message = format!("`{}` is a folder, where a file is to be", target.display());
                return Err(Failure::new(message).help("nothing was written"));
            }
            Ok(_) => kept.push(*path),
            Err(_) => new.push((*path, text.as_ref())),
        }
    }
    Ok((new, kept))
}

/// Writes all of them, or none: what was made before a failure is taken away again.
fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let mut made = Made::default();
    for (path, text) in files {
        let target = folder.join(path);
        if let Err(error) = made.file(&target, text) {
            made.undo();
            let message = format!("{} cannot be written: {error}", target.display());
            return Err(Failure::new(message).help("nothing is left of what was written before"));
        }
    }
    Ok(())
}

/// What was made, in that order.
#[derive(Debug, Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, target: &Path, text: &str) -> std::io::Result<()> {
        if let Some(parent) = target.parent() {
            self.folder(parent)?;
        }
        // Never over a file that is there, not even one that appeared a moment ago.
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(target)?;
        self.files.push(target.to_owned());
        file.write_all(text.as_bytes())
    }

    fn folder(&mut self, folder: &Path) -> std::io::Result<()> {
        if folder == Path::new("") || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.folder(parent)?;
        }
        fs::create_dir(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// What cannot be taken away stays; the failure that led here is the one to tell.
    fn undo(&self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The git repository in which the folder lies below the top, if it does.
fn repository_above(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let is_top = |folder: &Path| fs::symlink_metadata(folder.join(".git")).is_ok();
    if is_top(&folder) {
        return None;
    }
    folder.ancestors().skip(1).find(|above| is_top(above)).map(Path::to_owned)
}
