//! `tests/diagnostics/<code>.md`: what each code means, held to what the program does.
//!
//! A file is the explanation of one code, the documentation, and the test. Its form:
//!
//! - `# code`, then one line with its level, then the sections `## What it means`, `## Why it matters`, `## Example`
//!   (or `## Examples`) and `## How to mend it`.
//! - A paragraph that is nothing but a path in backticks names the fenced block after it: a file of a small site. The
//!   block's language says how its bytes are made: `latin-1` and `utf-16` encode it so, `symlink` makes it a link to
//!   something outside the site, anything else is UTF-8.
//! - A block of the language `console` ends an example. It is all that `annals check` says of the site, no line less;
//!   the code must be in it. The next example begins empty.
//! - The named blocks of `## How to mend it` replace files of the last example. Of the site that comes of that, `check`
//!   says nothing at all. A block with `(nothing)` in it removes the file.
//!
//! What does not matter to an example may be left out: [`BASE`] has a `content/site.yaml`, and records that are there
//! when a file of the example has their id as a word in it and the example does not give the file itself.
//!
//! `UPDATE=1` writes what the program says into the `console` blocks. Read the difference before you commit it.

use annals::diagnostic::render::human;
use annals::diagnostic::{Code, Located};
use annals::discover::Inputs;
use annals::model::RecordKind;
use annals::pipeline::{self, Options};
use annals::source_text::{File, FileId, Trouble};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Files that an example need not give.
const BASE: &[(&str, &str)] = &[
    ("content/site.yaml", "title: Example\nbase_url: https://example.org/\n"),
    ("content/sources/daily-news.yaml", "title: Ships seized\n"),
    ("content/sources/evening-post.yaml", "title: What was in the ships\n"),
    ("content/entities/coast-guard.yaml", "name: the Coast Guard\n"),
    ("content/places/harbour.yaml", "name: the harbour\n"),
    ("content/incidents/seizure.md", "---\ntitle: A ship is seized\ndate: 2022-01\nsources: [daily-news#1]\n---\n"),
];

/// How long a file may be: more is not read in a terminal.
const MOST_LINES: usize = 80;

#[test]
fn every_code_is_explained_and_every_explanation_holds() {
    let folder = folder();
    let mut wrong = String::new();
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for name in &names {
        let Some(code) = name.strip_suffix(".md").and_then(Code::named) else {
            let _ = writeln!(wrong, "tests/diagnostics/{name} explains no code");
            continue;
        };
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let (found, blessed) = judge(code, &text);
        if std::env::var_os("UPDATE").is_some() && blessed != text {
            std::fs::write(&path, &blessed).unwrap();
        }
        for complaint in found {
            let _ = writeln!(wrong, "tests/diagnostics/{name}: {complaint}");
        }
    }
    for code in Code::ALL {
        if !names.contains(&format!("{}.md", code.name())) {
            let _ = writeln!(wrong, "`{}` has no file in tests/diagnostics", code.name());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// What is wrong with the explanation `text` of `code`, and the text with the right output in it.
fn judge(code: Code, text: &str) -> (Vec<String>, String) {
    let mut wrong = Vec::new();
    let document = read(text);
    let change = if code.may_change() { "can be changed" } else { "cannot be changed" };
    let level = code.level().name();
    let level = level[..1].to_uppercase() + &level[1..];
    let head = format!("# {}\n\n{level}; {change} under `lints` in `content/site.yaml`.\n", code.name());
    if !text.starts_with(&head) {
        wrong.push(format!("it does not begin with\n{head}"));
    }
    let example = if document.examples.len() > 1 { "Examples" } else { "Example" };
    let sections = &document.sections;
    if *sections != ["What it means", "Why it matters", example, "How to mend it"] {
        wrong.push(format!("its sections are {sections:?}"));
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        wrong.push(format!("it has {lines} lines, the most are {MOST_LINES}"));
    }
    if document.examples.is_empty() {
        wrong.push("it has no example".to_owned());
    }
    let mut blessed: Vec<String> = text.lines().map(str::to_owned).collect();
    for example in document.examples.iter().rev() {
        let (said, problems) = check(&example.files);
        if !problems.iter().any(|problem| problem.code == code) {
            wrong.push(format!("the example at line {} does not give its code:\n{said}", example.start));
        }
        if said != example.expected && std::env::var_os("UPDATE").is_none() {
            wrong
                .push(format!("the example at line {} gives\n{said}\n-- and not\n{}", example.start, example.expected));
        }
        blessed.splice(example.start..example.end, said.lines().map(str::to_owned));
    }
    if let (false, Some(last)) = (document.mended.is_empty(), document.examples.last()) {
        let mut files = last.files.clone();
        for (path, content) in document.mended {
            if content == Content::Text("(nothing)\n".to_owned()) {
                files.remove(&path);
            } else {
                files.insert(path, content);
            }
        }
        let (said, problems) = check(&files);
        if !problems.is_empty() {
            wrong.push(format!("what is mended is still wrong:\n{said}"));
        }
    }
    (wrong, blessed.join("\n") + "\n")
}

/// An explanation, read.
#[derive(Debug, Default)]
pub struct Document {
    sections: Vec<String>,
    /// In their order.
    pub examples: Vec<Example>,
    /// What replaces files of the last example.
    pub mended: BTreeMap<String, Content>,
}

/// A small site.
#[derive(Debug)]
pub struct Example {
    /// By path.
    pub files: BTreeMap<String, Content>,
    /// The lines of the expected output, from 0.
    start: usize,
    end: usize,
    expected: String,
}

/// What a file of an example holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(String),
    Bytes(Vec<u8>),
    Link,
}

/// Reads an explanation.
pub fn read(text: &str) -> Document {
    let mut document = Document::default();
    let mut files = BTreeMap::new();
    let mut name: Option<String> = None;
    let mut mending = false;
    let mut lines = text.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            mending = title == "How to mend it";
            document.sections.push(title.to_owned());
        } else if let Some(fence) = line.strip_prefix("```") {
            // A block that holds fences itself stands in a longer one.
            let ticks = 3 + fence.chars().take_while(|c| *c == '`').count();
            let (language, close) = (fence.trim_start_matches('`'), "`".repeat(ticks));
            let mut block = String::new();
            let mut range = (0, 0);
            for (at, line) in lines.by_ref() {
                if range.0 == 0 {
                    range = (at, at);
                }
                if line == close {
                    range.1 = at;
                    break;
                }
                block.push_str(line);
                block.push('\n');
            }
            if language == "console" {
                let files = std::mem::take(&mut files);
                document.examples.push(Example { files, start: range.0, end: range.1, expected: block });
            } else if let Some(path) = name.take() {
                let content = match language {
                    "latin-1" => Content::Bytes(block.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()),
                    "utf-16" => Content::Bytes(
                        "\u{feff}".encode_utf16().chain(block.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
                    ),
                    "symlink" => Content::Link,
                    _ => Content::Text(block),
                };
                if mending { &mut document.mended } else { &mut files }.insert(path, content);
            }
        } else if let Some(path) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'))
            && path.contains('/')
            && !path.contains(['`', ' '])
        {
            name = Some(path.to_owned());
        } else if !line.is_empty() {
            name = None;
        }
    }
    document
}

/// What `annals check` says of these files and [`BASE`], without colour.
fn check(files: &BTreeMap<String, Content>) -> (String, Vec<Located>) {
    let mut all: Vec<File> = files
        .iter()
        .map(|(path, content)| match content {
            Content::Text(text) => File::new(path, text.as_bytes()),
            Content::Bytes(bytes) => File::new(path, bytes.as_slice()),
            Content::Link => File::unread(path, Trouble::LeavesSite),
        })
        .collect();
    // A record of the base may name another one, which then is there too.
    for (path, text) in BASE.iter().rev() {
        let id = FileId::new(path).stem().to_owned();
        let named = all.iter().any(|file| {
            let text = String::from_utf8_lossy(&file.bytes);
            text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| word == id)
        });
        let given = all.iter().any(|file| file.id.path() == *path);
        if (named || id == "site") && !given {
            all.push(File::new(path, text.as_bytes()));
        }
    }
    let inputs = inputs(all);
    let outcome = pipeline::run(&inputs, &Options::default(), &|_| {});
    let texts = |id: &FileId| {
        let own = inputs.site.iter().chain(&inputs.records).chain(&inputs.strays).chain(&inputs.templates);
        let file = own.into_iter().find(|file| file.id == *id).or_else(|| outcome.theme.source(id))?;
        std::str::from_utf8(&file.bytes).ok().map(str::to_owned)
    };
    let said = human::render(&outcome.problems, &texts, false);
    let said = said.trim_end_matches('\n').lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    (said + "\n", outcome.problems)
}

/// Files as `discover` would sort them.
pub fn inputs(mut files: Vec<File>) -> Inputs {
    files.sort_by(|a, b| a.id.cmp(&b.id));
    let mut inputs = Inputs::default();
    for file in files {
        match file.id.path() {
            "content/site.yaml" => inputs.site = Some(file),
            path if path.starts_with("templates/") => inputs.templates.push(file),
            path if path.starts_with("static/") => inputs.statics.push(file),
            _ if RecordKind::of(&file.id).is_some() => inputs.records.push(file),
            _ => inputs.strays.push(file),
        }
    }
    inputs
}
