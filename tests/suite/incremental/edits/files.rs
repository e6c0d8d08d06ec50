//! Edits by which files come, go and move.

use super::{FOLDERS, id, pick, records_of, rename_file, some_id};
use crate::incremental::random::Random;
use crate::incremental::site::{Held, State};
use annals::source_text::Trouble;

pub fn create(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "incidents", "incidents", "sources", "entities", "places", "pages"]);
    let name = format!("{}-{}", random.one(&["new", "2020-02", "alpha", "zulu"]), random.below(6));
    let (ending, text) = match folder {
        "incidents" => {
            let source = some_id(random, state, "sources");
            let year = 2015 + random.below(8);
            (
                "md",
                format!(
                    "---\ntitle: New {name}\ndate: {year}-02\nsources: [{source}#2]\nkind: fire\n---\n\nNew words.\n"
                ),
            )
        }
        "sources" => ("yaml", format!("title: Source {name}\nkind: report\n")),
        "pages" => ("md", format!("---\ntitle: Page {name}\n---\n\n## First\n\nWords.\n")),
        _ => ("yaml", format!("name: the {name}\n")),
    };
    let within = random.one(&["", "", "deep/er/"]);
    state.put(&format!("content/{folder}/{within}{name}.{ending}"), text.as_bytes());
}

/// Writes `to` over every whole word `from` of all content.
fn rewrite(state: &mut State, from: &str, to: &str) {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    let paths: Vec<String> = state.files.keys().filter(|path| path.starts_with("content/")).cloned().collect();
    for path in paths {
        let Some(text) = state.text(&path) else { continue };
        let (mut written, mut rest) = (String::new(), text.as_str());
        while let Some(at) = rest.find(from) {
            let (before, after) = (&rest[..at], &rest[at + from.len()..]);
            let whole = !is_part(before.chars().next_back()) && !is_part(after.chars().next());
            written.push_str(before);
            written.push_str(if whole { to } else { from });
            rest = after;
        }
        written.push_str(rest);
        if written != text {
            state.put(&path, written.as_bytes());
        }
    }
}

/// Another name for some record; gives the path before and after.
fn renamed(random: &mut Random, state: &mut State) -> Option<(String, String)> {
    let folder = random.one(&FOLDERS);
    let (path, _) = pick(random, state, folder)?;
    let (before, ending) = path.rsplit_once('.')?;
    let to = match random.below(3) {
        0 => format!("{before}-{}.{ending}", random.below(5)),
        1 => format!("{}/{}-{}.{ending}", before.rsplit_once('/')?.0, random.one(&["a", "z"]), id(&path)),
        _ => format!("{}/name-{}.{ending}", before.rsplit_once('/')?.0, random.below(5)),
    };
    (!state.files.contains_key(&to)).then(|| rename_file(state, &path, &to))?;
    Some((path, to))
}

pub fn rename(random: &mut Random, state: &mut State) {
    let Some((from, to)) = renamed(random, state) else { return };
    let (from, to) = (id(&from).to_owned(), id(&to).to_owned());
    rewrite(state, &from, &to);
}

pub fn rename_alone(random: &mut Random, state: &mut State) {
    renamed(random, state);
}

pub fn move_away(random: &mut Random, state: &mut State) {
    let folder = random.one(&FOLDERS);
    let Some((path, _)) = pick(random, state, folder) else { return };
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let to = format!("content/{folder}/{}{name}", random.one(&["", "moved/", "2019/", "2020/a/"]));
    if !state.files.contains_key(&to) {
        rename_file(state, &path, &to);
    }
}

pub fn delete(random: &mut Random, state: &mut State) {
    let folder = random.one(&FOLDERS);
    let Some((path, _)) = pick(random, state, folder) else { return };
    state.files.remove(&path);
}

pub fn twice(random: &mut Random, state: &mut State) {
    let folder = random.one(&FOLDERS);
    let Some((path, text)) = pick(random, state, folder) else { return };
    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
    let to = format!("content/{folder}/{}/{name}", random.one(&["copy", "zz"]));
    state.put(&to, text.replace("title: ", "title: Copy of ").as_bytes());
}

pub fn stray(random: &mut Random, state: &mut State) {
    let path = random.one(&["content/notes.txt", "content/incidents/a.txt", "content/other/b.md", "content/incidents"]);
    if state.files.remove(path).is_none() {
        state.put(path, *b"Notes.\n");
    }
}

/// Found, and not read: too long, a link out of the site, a link to nothing; or what was so is gone again.
pub fn unreadable(random: &mut Random, state: &mut State) {
    let mut paths = records_of(state, "");
    paths.extend([
        "content/incidents/out.md".to_owned(),
        "static/map.png".to_owned(),
        "templates/page.html".to_owned(),
    ]);
    let path = random.one(&paths);
    if state.files.get(&path).is_some_and(|held| held.trouble.is_some()) {
        state.files.remove(&path);
        return;
    }
    let trouble = match random.below(4) {
        0 => Trouble::TooLarge(20 << 20),
        1 => Trouble::LeavesSite,
        2 => Trouble::DeadLink,
        _ => Trouble::NotAFile,
    };
    state.files.insert(path, Held { bytes: [].into(), trouble: Some(trouble) });
}
