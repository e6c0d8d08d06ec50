//! A folder that exists: brought up to date file by file.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{While, WriteError};
use super::lock::{Lock, Waiting};
use super::manifest::{self, Listed};
use super::map::Map;
use super::path::OutPath;
use super::survey::{Case, Survey, Turn, survey};
use super::write::{Kind, Report, Scratch, kind, numbered, sweep};
use super::{HIDDEN, fresh};

/// What the folders with the files to come are called, before their numbers.
const NEW: &str = "new-";

/// Brings the folder `root` up to date.
pub(super) fn update(map: &Map, root: &Path, waiting: &mut Waiting<'_>) -> Result<Report, WriteError> {
    let hidden = root.join(HIDDEN);
    let lock = lock(root, &hidden, waiting)?;
    let list = hidden.join("manifest");
    let done = under_lock(map, root, &hidden, &list, lock.held);
    if done.is_err() && kind(&list).is_ok_and(|kind| kind == Kind::Nothing) {
        // A folder in which no build has ever written, and none will now: leave it as it was found.
        lock.remove();
        let _ = fs::remove_dir(&hidden);
    }
    done.map(|report| Report { waited: waiting.waited, ..report })
}

fn lock(root: &Path, hidden: &Path, waiting: &mut Waiting<'_>) -> Result<Lock, WriteError> {
    loop {
        match kind(hidden)? {
            Kind::Folder => {}
            Kind::Nothing => match fs::create_dir(hidden) {
                Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(cause).when("make the folder", hidden);
                }
                _ => {}
            },
            Kind::Link => return Err(WriteError::Link(hidden.to_path_buf())),
            Kind::File | Kind::Other => {
                return Err(WriteError::Occupied { path: hidden.to_path_buf(), by: hidden.to_path_buf() });
            }
        }
        match Lock::take(&hidden.join("lock"), waiting) {
            // Another build has just left the folder as it found it.
            Err(WriteError::Io { cause, .. })
                if cause.kind() == io::ErrorKind::NotFound
                    && kind(hidden)? == Kind::Nothing
                    && kind(root)? == Kind::Folder => {}
            taken => return taken,
        }
    }
}

fn under_lock(map: &Map, root: &Path, hidden: &Path, list: &Path, alone: bool) -> Result<Report, WriteError> {
    if alone {
        sweep(hidden, OsStr::new(NEW))?;
        fresh::tidy(root);
    }
    let on_disk = match kind(list)? {
        Kind::Nothing => None,
        Kind::File => Some(fs::read(list).when("read", list)?),
        Kind::Link => return Err(WriteError::Link(list.to_path_buf())),
        Kind::Folder | Kind::Other => {
            return Err(WriteError::Occupied { path: list.to_path_buf(), by: list.to_path_buf() });
        }
    };
    let old = on_disk.as_deref().map_or_else(Listed::default, manifest::parse);
    // The lock is there; whether it is there under this name too tells what the file system makes of case.
    let case = if kind(&hidden.join("LOCK"))? == Kind::Nothing { Case::Told } else { Case::PassedOver };
    let survey = survey(map, root, &old.paths, case)?;

    let complete = manifest::format(survey.ours.iter().copied());
    if !survey.todo.is_empty() || on_disk.as_deref() != Some(complete.as_bytes()) {
        let scratch = Scratch::make(hidden.join(numbered(NEW)))?;
        let manifest = Manifest { list, scratch: scratch.path().join("manifest") };
        survey.write_aside(scratch.path())?;
        let either: BTreeSet<&OutPath> = old.paths.iter().chain(survey.ours.iter().copied()).collect();
        let journal = manifest::format(either.into_iter());
        if on_disk.as_deref() != Some(journal.as_bytes()) {
            manifest.replace(&journal)?;
        }
        survey.carry_out(root, scratch.path())?;
        if complete != journal {
            manifest.replace(&complete)?;
        }
    }
    let of_turn = |turn| survey.todo.iter().filter(|todo| todo.turn == turn).count();
    Ok(Report {
        added: of_turn(Turn::New) + of_turn(Turn::Swapped),
        changed: of_turn(Turn::Changed),
        unchanged: survey.unchanged,
        removed: survey.stale.len() + survey.in_the_way.len(),
        waited: false,
        notes: old.note.into_iter().chain(survey.note).collect(),
    })
}

/// The manifest and where its next version is written.
struct Manifest<'p> {
    list: &'p Path,
    scratch: PathBuf,
}

impl Manifest<'_> {
    fn replace(&self, text: &str) -> Result<(), WriteError> {
        fs::write(&self.scratch, text).when("write", &self.scratch)?;
        fs::rename(&self.scratch, self.list).when("replace", self.list)
    }
}

impl Survey<'_> {
    /// Writes the bytes of all files that are to come into the folder `scratch`, each under its number.
    fn write_aside(&self, scratch: &Path) -> Result<(), WriteError> {
        self.todo.par_iter().enumerate().try_for_each(|(number, todo)| {
            let aside = scratch.join(number.to_string());
            fs::write(&aside, todo.bytes).when("write", &aside)
        })
    }

    /// Gives everything its place, in the order that keeps every link leading somewhere.
    fn carry_out(&self, root: &Path, scratch: &Path) -> Result<(), WriteError> {
        make_folders(root, &self.folders)?;
        self.place(Turn::New, root, scratch)?;
        remove_files(root, &self.in_the_way)?;
        remove_folders(root, &self.folders_in_the_way);
        make_folders(root, &self.swapped_folders)?;
        self.place(Turn::Swapped, root, scratch)?;
        self.place(Turn::Changed, root, scratch)?;
        remove_files(root, &self.stale)?;
        remove_folders(root, &self.emptied);
        Ok(())
    }

    /// Renames the files of one turn to their places: what leads nowhere first, what lists others last.
    fn place(&self, turn: Turn, root: &Path, scratch: &Path) -> Result<(), WriteError> {
        let start = self.todo.partition_point(|todo| todo.turn < turn);
        let end = self.todo.partition_point(|todo| todo.turn <= turn);
        let mut number = start;
        for stage in self.todo.get(start..end).unwrap_or_default().chunk_by(|a, b| a.stage == b.stage) {
            stage.par_iter().enumerate().try_for_each(|(within, todo)| {
                let place = todo.path.below(root);
                fs::rename(scratch.join((number + within).to_string()), &place).when("replace", &place)
            })?;
            number += stage.len();
        }
        Ok(())
    }
}

/// Makes all folders or none.
fn make_folders(root: &Path, folders: &[&str]) -> Result<(), WriteError> {
    for (number, folder) in folders.iter().enumerate() {
        let place = root.join(folder);
        if let Err(cause) = fs::create_dir(&place) {
            let made: Vec<_> = folders.iter().take(number).rev().map(|folder| (*folder).to_owned()).collect();
            remove_folders(root, &made);
            return Err(cause).when("make the folder", &place);
        }
    }
    Ok(())
}

fn remove_files(root: &Path, files: &[OutPath]) -> Result<(), WriteError> {
    files.par_iter().try_for_each(|file| {
        let place = file.below(root);
        match fs::remove_file(&place) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause).when("remove", &place),
            _ => Ok(()),
        }
    })
}

/// Removes those folders in which nothing is.
fn remove_folders(root: &Path, folders: &[String]) {
    for folder in folders {
        // One that holds a file of somebody else stays.
        let _ = fs::remove_dir(root.join(folder));
    }
}
