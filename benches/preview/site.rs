//! A copy of a site, its records, and edits to them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy that may be edited.
#[derive(Debug)]
pub struct Site {
    folder: TempDir,
    /// Incidents with a body, sorted by id.
    pub incidents: Vec<Incident>,
}

/// What of an incident an edit needs to know.
#[derive(Clone, Debug)]
pub struct Incident {
    pub file: PathBuf,
    pub id: String,
    pub kind: Option<String>,
    /// The ids of its sources.
    pub sources: Vec<String>,
}

/// How an editor saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Save {
    /// Into a new file, which then takes the place of the old one.
    ByRename,
    /// Over the old one.
    InPlace,
}

impl Save {
    /// One and the other in turn.
    pub fn of(number: usize) -> Self {
        if number.is_multiple_of(2) { Self::ByRename } else { Self::InPlace }
    }
}

impl Site {
    /// Copies a site into a new folder below that of temporary files.
    pub fn copy(from: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("annals-preview-").tempdir()?;
        copy(from, folder.path())?;
        let mut incidents = Vec::new();
        collect(&folder.path().join("content/incidents"), &mut incidents)?;
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        if incidents.is_empty() {
            return Err(io::Error::other(format!("{}: no incidents", from.display())));
        }
        Ok(Self { folder, incidents })
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Incidents that lie far apart, another one for each number.
    pub fn incident(&self, number: usize) -> io::Result<&Incident> {
        // Coprime to any number of records that is not a multiple of it.
        let at = number.wrapping_mul(7919) % self.incidents.len();
        self.incidents.get(at).ok_or_else(|| io::Error::other("no incident"))
    }

    /// The file of a source.
    pub fn source(&self, id: &str) -> PathBuf {
        self.folder.path().join(format!("content/sources/{id}.yaml"))
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            // What an earlier build left behind is no part of it.
            if name != "public" && name != "resources" {
                copy(&entry.path(), &to.join(name))?;
            }
        } else {
            // Written and not copied: the corpus may be read-only, and modes are copied with files.
            fs::write(to.join(name), fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

fn collect(folder: &Path, incidents: &mut Vec<Incident>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let (kind, file) = entry.map(|entry| (entry.file_type(), entry.path()))?;
        if kind?.is_dir() {
            collect(&file, incidents)?;
        } else if let (Some(id), Some("md")) =
            (file.file_stem().and_then(|id| id.to_str()), file.extension().and_then(|ending| ending.to_str()))
            && !id.starts_with('_')
        {
            let text = fs::read_to_string(&file)?;
            let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
            let list = value("sources:").unwrap_or_default().trim_matches(['[', ']']);
            let sources = list.split(',').map(|item| item.trim().trim_matches('"'));
            let sources = sources.map(|item| item.split('#').next().unwrap_or(item).to_owned());
            let sources = sources.filter(|id| !id.is_empty()).collect();
            incidents.push(Incident {
                id: id.to_owned(),
                kind: value("kind:").map(str::to_owned),
                sources,
                file: file.clone(),
            });
        }
    }
    Ok(())
}

/// A word that stands nowhere else; no edit leaves that of the one before it.
pub fn marker(number: usize) -> String {
    format!("Kq{number}zv")
}

/// A paragraph at the end of the body.
pub fn with_body(text: &str, marker: &str) -> String {
    let text = text.rsplit_once("\n\nChanged: Kq").map_or(text, |(before, _)| before);
    format!("{}\n\nChanged: {marker}.\n", text.trim_end())
}

/// A word more in the title.
pub fn with_title(text: &str, marker: &str) -> String {
    let mut is_done = false;
    let line = |line: &str| {
        let Some(title) = line.strip_prefix("title:").filter(|_| !is_done) else { return line.to_owned() };
        is_done = true;
        let title = title.trim();
        let (title, quote) = title.strip_suffix('"').map_or((title, ""), |title| (title, "\""));
        let title = title.rsplit_once(" Kq").map_or(title, |(before, _)| before);
        format!("title: {title} {marker}{quote}\n")
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Saves as an editor would.
pub fn save(file: &Path, text: &str, way: Save) -> io::Result<()> {
    match way {
        Save::InPlace => fs::write(file, text),
        Save::ByRename => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let beside = file.with_file_name(format!(".{name}.swp"));
            fs::write(&beside, text)?;
            fs::rename(beside, file)
        }
    }
}

/// Reads a file, changes it, saves it.
pub fn change(file: &Path, way: Save, change: impl FnOnce(&str) -> String) -> io::Result<()> {
    save(file, &change(&fs::read_to_string(file)?), way)
}
