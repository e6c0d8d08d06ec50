//! Which room may name which: the import table of the architecture, and other order that the compiler does not keep.

use std::fs;
use std::path::Path;

/// What each room may import besides `diagnostic` and `source_text`; `*` is anything.
const ROOMS: &str = "
main: cli
lib:
diagnostic:
source_text:
noted:
config: model
discover: config model
parse: config model
model:
resolve: config model noted
totals: model resolve
validate: config model resolve
prose: model
phrase: model
draw:
cite: config model phrase resolve
cards: config draw model output phrase resolve
page: cite draw model noted phrase prose resolve totals
render: output page
search: config model noted output phrase resolve
export: config model output phrase resolve
output:
pipeline: cards config discover draw export model noted output page parse phrase prose render resolve search validate
diff: config model phrase resolve totals
serve: discover model output pipeline
import: config model scaffold
format: config model parse
scaffold: model
cli: *
";

/// The rooms in which alone a crate, the disk, the streams or the clock may be named.
const HOMES: &str = "
serde_yaml:: parse
granit_parser:: parse
schemars:: parse
tera:: render
rust_embed:: render cli
pulldown_cmark:: prose
edtf_core:: model
walkdir:: discover
annotate_snippets:: diagnostic
imara_diff:: diff
resvg:: cards
usvg:: cards
tiny_skia:: cards
png:: cards
skrifa:: cards
axum:: serve
tokio:: serve
tokio_stream:: serve
hyper:: serve
hyper_util:: serve
notify:: serve
mime_guess:: serve
percent_encoding:: serve
clap:: cli
clap_complete:: cli
anstream:: cli
url:: config parse
chrono:: draw model phrase resolve pipeline cli
serde:: cite diagnostic diff parse phrase page render search export serve cli
blake3:: source_text
unicode_normalization:: search
fs:: discover output serve import cli
print! cli
println! cli
eprint! cli
eprintln! cli
stdout cli
stderr cli
dbg!
SystemTime
Utc::now
Local::now
";

fn rows(table: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let rows = table.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.split(' ');
        (words.next().unwrap(), words.collect())
    });
    rows.collect()
}

/// A file of `src`: its room, its path, and its code without comments and tests.
struct Source {
    room: String,
    path: String,
    text: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let mut all = super::tree::read(&super::tree::repository().join("src"));
    all.retain(|path, _| path.ends_with(".rs"));
    let mut sources = Vec::new();
    let mut tests = Vec::new();
    for (path, bytes) in all {
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: String = lines.flat_map(|line| [line, "\n"]).collect();
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut kept = code.as_str();
        for (at, _) in code.match_indices("#[cfg(test)]") {
            let item = code[at..].lines().find(|line| line.contains("mod ")).unwrap_or_default();
            let name = item.trim_end_matches([';', '{', ' ']).rsplit(' ').next().unwrap_or_default();
            tests.push(format!("{folder}{name}"));
            if item.ends_with('{') {
                // A room's tests in place stand at the end of their file.
                kept = &code[..at];
                break;
            }
        }
        let room = path.split(['/', '.']).next().unwrap().to_owned();
        sources.push(Source { room, code: kept.to_owned(), path, text });
    }
    sources.retain(|source| {
        let stem = source.path.trim_end_matches(".rs");
        !tests.iter().any(|test| stem == test || Path::new(stem).starts_with(test))
    });
    assert!(sources.len() > 50);
    sources
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text behind each `word` of the code that is not the end of another word or path.
fn behind<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let starts = code.match_indices(word).filter(|(at, _)| !code[..*at].ends_with(|c| is_word(c) || c == ':'));
    starts.map(move |(at, _)| &code[at + word.len()..])
}

/// The first names of the paths that begin with `crate::` or `annals::`, those in braces too.
fn rooms_named(code: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for rest in behind(code, "crate::").chain(behind(code, "annals::")) {
        let Some(group) = rest.strip_prefix('{') else {
            rooms.push(&rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]);
            continue;
        };
        let (mut depth, mut fresh) = (1, true);
        for (at, c) in group.char_indices() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 1 && fresh && is_word(c) {
                let name = &group[at..];
                rooms.push(&name[..name.find(|c| !is_word(c)).unwrap_or(name.len())]);
            }
            fresh = (fresh && !is_word(c)) || (depth == 1 && c == ',');
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

#[test]
fn rooms_import_what_the_table_allows() {
    let (rooms, mut wrong) = (rows(ROOMS), Vec::new());
    for source in sources() {
        let Some((_, allowed)) = rooms.iter().find(|(room, _)| room.trim_end_matches(':') == source.room) else {
            wrong.push(format!("{}: the table has no row for this room", source.path));
            continue;
        };
        for other in rooms_named(&source.code) {
            let always = other == source.room || ["diagnostic", "source_text"].contains(&other);
            if !always && !allowed.contains(&other) && !allowed.contains(&"*") {
                wrong.push(format!("{}: imports `{other}`", source.path));
            }
        }
        // No way around the table by `super`.
        let depth = source.path.trim_end_matches("/mod.rs").split('/').count();
        if source.code.contains(&"super::".repeat(depth)) {
            wrong.push(format!("{}: leaves its room by `super`", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn crates_and_the_world_outside_are_named_in_their_rooms() {
    let (homes, mut wrong) = (rows(HOMES), Vec::new());
    for source in sources() {
        for (name, rooms) in &homes {
            let named = source.code.match_indices(name).any(|(at, _)| {
                let before = source.code[..at].strip_suffix("std::").unwrap_or(&source.code[..at]);
                let before = before.strip_suffix("io::").unwrap_or(before);
                !before.ends_with(|c| is_word(c) || c == ':')
            });
            if named && !rooms.contains(&source.room.as_str()) {
                wrong.push(format!("{}: names `{name}`, at home in {rooms:?}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_has_its_measure_and_every_room_its_door_plate() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.text.lines().count() > 600 {
            wrong.push(format!("{}: over 600 lines; split it by noun", source.path));
        }
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{}: does not begin with what it is", source.path));
        }
        let plate = ["//! In: ", " Out: ", "//! Must never be here: "];
        let is_door = source.path.split_once('/').is_some_and(|(_, rest)| rest == "mod.rs");
        if is_door && !plate.iter().all(|part| source.text.contains(part)) {
            wrong.push(format!("{}: does not say what comes in, what goes out, what must never be here", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_test_is_forgotten() {
    let main = include_str!("main.rs");
    for entry in fs::read_dir(super::tree::repository().join("tests/suite")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".rs");
        let declared = stem == "main" || main.lines().any(|line| line == format!("mod {stem};"));
        assert!(declared, "tests/suite/{name} is not declared in main.rs");
    }
}
