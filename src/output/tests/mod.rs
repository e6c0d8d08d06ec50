//! What the room promises, by area.

mod disk;
mod hostile;
mod kill;
mod together;
mod values;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use super::{Entry, Map, Origin, OutPath, Report, Stage, WriteError};

/// A map of these files: assets below `assets/`, lists called `index.html`, pages else.
fn map<P: AsRef<str>, B: AsRef<str>>(files: impl IntoIterator<Item = (P, B)>) -> Map {
    let mut map = Map::new();
    for (path, bytes) in files {
        let path = OutPath::new(path.as_ref()).unwrap();
        let stage = match path.as_str() {
            text if text.starts_with("assets/") => Stage::Asset,
            _ if path.name() == "index.html" => Stage::Index,
            _ => Stage::Page,
        };
        let entry = Entry::new(stage, bytes.as_ref().as_bytes(), Origin::of_every_site("a file of the test"));
        map.insert(path, entry).unwrap();
    }
    map
}

/// Whether a test starts a process just now. A process holds what its parent has open, locks too, from its start until it
/// has become its own program: whoever writes meanwhile may find a lock held that nobody holds.
static STARTING: RwLock<()> = RwLock::new(());

/// While it lives, no test starts a process. A test that failed with it says nothing about the others.
fn nobody_starts() -> RwLockReadGuard<'static, ()> {
    STARTING.read().unwrap_or_else(PoisonError::into_inner)
}

/// Writes where nobody is waited for.
fn write(map: &Map, folder: &Path) -> Result<Report, WriteError> {
    let _guard = nobody_starts();
    super::write(map, folder, &mut || panic!("nobody to wait for"))
}

/// A line and a cure for people.
fn refused(map: &Map, folder: &Path) -> String {
    let error = write(map, folder).unwrap_err();
    assert!(!error.help().is_empty());
    error.to_string().replace(folder.to_str().unwrap(), "OUT")
}

/// All files and links below `folder` without what is in `.annals`, and the folders, which end with a slash.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    walk(folder, "", &mut all);
    all.retain(|path, _| !path.starts_with(".annals/"));
    all
}

fn walk(folder: &Path, prefix: &str, all: &mut BTreeMap<String, String>) {
    for item in fs::read_dir(folder).unwrap() {
        let item = item.unwrap();
        let path = format!("{prefix}{}", item.file_name().to_str().unwrap());
        let kind = item.file_type().unwrap();
        if kind.is_dir() {
            all.insert(format!("{path}/"), String::new());
            walk(&item.path(), &format!("{path}/"), all);
        } else if kind.is_symlink() {
            all.insert(path, format!("-> {}", fs::read_link(item.path()).unwrap().display()));
        } else {
            all.insert(path, String::from_utf8(fs::read(item.path()).unwrap()).unwrap());
        }
    }
}

/// The same of a map, with the folders that it needs.
fn tree_of(map: &Map) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (path, entry) in map.iter() {
        all.extend(path.folders().map(|folder| (format!("{folder}/"), String::new())));
        all.insert(path.to_string(), String::from_utf8(entry.bytes.to_vec()).unwrap());
    }
    all
}

/// What `.annals` holds after a build of `map` that met no foreign file.
fn hidden_of(map: &Map) -> BTreeMap<String, String> {
    let list = map.iter().map(|(path, _)| format!("{path}\n")).collect::<String>();
    [("lock".into(), String::new()), ("manifest".into(), format!("annals manifest 1\n{list}"))].into()
}

fn put(folder: &Path, path: &str, text: &str) {
    let place = folder.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}
