//! What people do to a site, one row each.

mod files;
mod records;
mod settings;
mod text;
mod theme;

use super::random::Random;
use super::site::{Held, State};

/// Something that is done to a site. What it cannot do here it leaves.
pub type Edit = fn(&mut Random, &mut State);

/// A name, how often it is drawn, what it does. The first table leaves a sound site sound most of the time.
pub const GENTLE: &[(&str, usize, Edit)] = &[
    ("a body's words", 8, records::body_words),
    ("a title", 5, records::title),
    ("a date", 5, records::date),
    ("a value", 4, records::value),
    ("a claim more", 4, records::claim_added),
    ("a claim less", 2, records::claim_removed),
    ("a rank", 3, records::rank),
    ("the sources", 3, records::sources),
    ("the tags", 4, records::tags),
    ("the kind", 3, records::kind),
    ("the actors", 2, records::actors),
    ("the relations", 3, records::relations),
    ("a correction", 2, records::correction),
    ("the aliases", 2, records::aliases),
    ("draft or not", 3, records::draft),
    ("a link", 5, records::link),
    ("a heading", 2, records::heading),
    ("a field of a source", 4, records::of_source),
    ("a field of an entity", 3, records::of_entity),
    ("a field of a place", 3, records::of_place),
    ("blanks and comments", 3, text::blanks),
    ("the ends of lines", 1, text::line_ends),
    ("the same once more", 2, text::nothing),
    ("a new record", 4, files::create),
    ("a new name, everywhere", 4, files::rename),
    ("another folder", 2, files::move_away),
    ("a file nobody reads", 1, files::stray),
    ("a template", 4, theme::template),
    ("words of templates", 2, theme::words),
    ("a template less", 2, theme::template_removed),
    ("an image", 3, theme::image),
    ("a style", 2, theme::style),
    ("a setting", 6, settings::setting),
    ("drafts and the day", 2, settings::options),
];

/// The second table breaks something most of the time.
pub const HARSH: &[(&str, usize, Edit)] = &[
    ("torn", 6, text::torn),
    ("a wrong value", 4, records::wrong_value),
    ("a dangling reference", 3, records::dangling),
    ("a new name, here alone", 3, files::rename_alone),
    ("gone", 4, files::delete),
    ("the same id twice", 2, files::twice),
    ("a file that cannot be read", 2, files::unreadable),
    ("a broken template", 5, theme::template_broken),
    ("two files at one address", 2, theme::collision),
    ("a broken setting", 3, settings::broken),
];

/// Draws a row by its weight.
pub fn draw(random: &mut Random, table: &'static [(&'static str, usize, Edit)]) -> (&'static str, Edit) {
    let mut left = random.below(table.iter().map(|(_, weight, _)| weight).sum());
    for (name, weight, edit) in table {
        if left < *weight {
            return (name, *edit);
        }
        left -= weight;
    }
    unreachable!("the weights were summed")
}

/// The folder of a kind of record, and the ending of its files.
const FOLDERS: [&str; 5] = ["incidents", "sources", "entities", "places", "pages"];

/// The paths of all records of a folder below `content/`, or of all.
fn records_of(state: &State, folder: &str) -> Vec<String> {
    let prefix = format!("content/{folder}");
    let paths = state.files.keys().filter(|path| path.starts_with(&prefix) && !path.starts_with("content/site."));
    paths.cloned().collect()
}

/// One of these files, and its text; nothing when there is none, or when it is no text.
fn pick(random: &mut Random, state: &State, folder: &str) -> Option<(String, String)> {
    let paths = records_of(state, folder);
    if paths.is_empty() {
        return None;
    }
    let path = random.one(&paths);
    let text = state.text(&path)?;
    Some((path, text))
}

/// The id of the record at a path.
fn id(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The id of some record of a folder; sometimes one that is not there.
fn some_id(random: &mut Random, state: &State, folder: &str) -> String {
    let paths = records_of(state, folder);
    if paths.is_empty() || random.percent(4) { "not-there".to_owned() } else { id(&random.one(&paths)).to_owned() }
}

/// Writes a line of front matter over the one of that key, or before the end of the front matter. Lines that belong to the
/// old value go with it; no text, no line.
fn set(path: &str, text: &str, key: &str, value: Option<&str>) -> String {
    let is_front = !has_yaml_alone(path);
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let end = if is_front {
        lines.iter().skip(1).position(|line| line.trim_end() == "---").map_or(lines.len(), |at| at + 1)
    } else {
        lines.len()
    };
    let old = lines[..end].iter().position(|line| line.starts_with(&format!("{key}:")));
    let at = old.unwrap_or(end);
    if old.is_some() {
        let more = lines[at + 1..end].iter().take_while(|line| line.starts_with(' ')).count();
        lines.drain(at..=at + more);
    }
    if let Some(value) = value {
        if at > 0 && !lines[at - 1].ends_with('\n') {
            lines[at - 1].push('\n');
        }
        lines.insert(at, format!("{key}: {value}\n"));
    }
    lines.concat()
}

/// Whether a file is YAML from end to end.
fn has_yaml_alone(path: &str) -> bool {
    !path.ends_with(".md")
}

/// Writes a key of a record.
fn put_key(state: &mut State, path: &str, key: &str, value: Option<&str>) {
    if let Some(text) = state.text(path) {
        state.put(path, set(path, &text, key, value).as_bytes());
    }
}

/// Moves a file, whatever it holds.
fn rename_file(state: &mut State, from: &str, to: &str) {
    if let Some(held) = state.files.remove(from) {
        state.files.insert(to.to_owned(), held);
    }
}

/// A file that is there, whatever it holds.
fn held(state: &State, path: &str) -> Held {
    state.files[path].clone()
}
