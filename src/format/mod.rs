//! A file of a site in its canonical style.
//!
//! In: one file's bytes and the site's settings. Out: the text that the file should have, or why it has to stay as it is.
//! Must never be here: the disk, a look into a body, an opinion about what a record says.
//!
//! # The style
//!
//! - **Order.** Keys stand in the order of the schema, keys that no schema knows after them. Where the author chooses the
//!   keys (`count`, `kinds`, `extra` …), and in lists, the order is the author's.
//! - **Spacing.** Two spaces a level, lists below their key too; one space after a colon, two before a remark; at most one
//!   blank line, none at the start and the end of a collection; nothing at the end of a line; one line end at the end.
//! - **Brackets** stay where an author chose them, as long as they fit into [`WIDTH`] columns and hold no remark; else
//!   their elements stand below each other.
//! - **Quotation marks.** What stands without them stays without. Around a single word that no reader of YAML could take
//!   for anything else they go; around several words they stay, for the next edit may put a colon in. They are `"`, unless
//!   `'` spares a backslash.
//! - **Texts of several lines** keep their lines as they were broken, whether in `|`, in `>`, in quotation marks or
//!   without: only the indentation changes. So every text is the same to the last space.
//! - **Remarks** stay word for word. Those above an element move with it, except fields that are commented out: such a
//!   block stays together, below what it stood below.
//!
//! # The promise
//!
//! What comes out says what went in: it is read again, and unless record, body and every remark are the same and nothing
//! would change a second time, the file is left alone.

mod arrange;
mod brackets;
pub mod difference;
mod hold;
mod print;
mod scalar;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Record, RecordKind};
use crate::parse::concrete::{self, Collection};
use crate::parse::{self, front_matter};
use crate::source_text::File;

/// So wide may a line with brackets be, in characters.
pub const WIDTH: usize = 100;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the style.
    Fine,
    /// It should have this text.
    Changed(String),
    /// It cannot be read, for these reasons, and stays as it is.
    Unreadable(Vec<Diagnostic>),
    /// The new text would not say the same; it stays as it is.
    Unsafe,
}

/// Brings a file, a record or `content/site.yaml`, into the style. Never fails, and never changes what a file says.
pub fn file(original: &File, config: &Config) -> Outcome {
    let file = &ended(original, config);
    let meaning = Meaning::of(file, config);
    let unreadable: Vec<_> =
        meaning.problems.iter().filter(|problem| keeps_from_reading(problem.code)).cloned().collect();
    if !unreadable.is_empty() {
        return Outcome::Unreadable(unreadable);
    }
    let before = match Parts::of(file, config) {
        Ok(before) => before,
        Err(problems) => return Outcome::Unreadable(problems),
    };
    let arranged = before.arranged(file);
    let text = before.with(&print::document(&arranged));
    if text.as_bytes() == &*original.bytes {
        return Outcome::Fine;
    }
    let new = File::new(file.id.path(), text.as_bytes());
    let Ok(after) = Parts::of(&new, config) else { return Outcome::Unsafe };
    let is_held = meaning.is_that_of(&Meaning::of(&new, config))
        && before.body == after.body
        && hold::is_same(&arranged, &after.tree)
        && hold::comments(&before.tree) == hold::comments(&after.tree)
        && concrete::is_same_to_others(before.yaml, after.yaml)
        && after.with(&print::document(&after.arranged(&new))) == text;
    if is_held { Outcome::Changed(text) } else { Outcome::Unsafe }
}

/// The file with an end to its last line. Readers of YAML differ about a text in `|` or `>` whose last line has none.
fn ended(file: &File, config: &Config) -> File {
    let bytes = &*file.bytes;
    let has_end = bytes.is_empty() || bytes.ends_with(b"\n") || file.id.extension() == "md";
    if has_end || file.trouble.is_some() || bytes.len() >= config.limits.file {
        return file.clone();
    }
    let is_crlf = bytes.windows(2).any(|pair| pair == b"\r\n");
    let end: &[u8] = if is_crlf { b"\r\n" } else { b"\n" };
    File::new(file.id.path(), [bytes, end].concat())
}

fn keeps_from_reading(code: Code) -> bool {
    use Code as C;
    matches!(code, C::YamlSyntax | C::TooDeep | C::DuplicateKey | C::NotUtf8 | C::TooLarge | C::LeavesSite)
}

/// What a file says, as all that comes after parsing sees it.
struct Meaning {
    record: Option<Record>,
    settings: Option<Config>,
    problems: Vec<Diagnostic>,
}

impl Meaning {
    fn of(file: &File, config: &Config) -> Self {
        match RecordKind::of(&file.id) {
            Some(kind) => {
                let parsed = parse::record(kind, file, config);
                Self { record: Some(parsed.record), settings: None, problems: parsed.problems }
            }
            None => {
                let (settings, problems) = parse::site(Some(file));
                Self { record: None, settings: Some(settings), problems }
            }
        }
    }

    /// The same, and nothing more to say about it: what stands elsewhere now is told at another place, in another order.
    fn is_that_of(&self, other: &Self) -> bool {
        let told = |meaning: &Self| {
            let mut codes: Vec<_> = meaning.problems.iter().map(|problem| problem.code.name()).collect();
            codes.sort_unstable();
            codes
        };
        self.record == other.record && self.settings == other.settings && told(self) == told(other)
    }
}

/// A file's text, divided and read.
struct Parts<'a> {
    yaml: &'a str,
    body: Option<&'a str>,
    /// Whether each of its lines ends as on Windows.
    is_crlf: bool,
    tree: Collection<'a>,
}

impl<'a> Parts<'a> {
    fn of(file: &'a File, config: &Config) -> Result<Self, Vec<Diagnostic>> {
        let text = front_matter::text(file, config.limits.file).map_err(|problem| vec![problem])?;
        let parts = front_matter::split(file, text).map_err(|problem| vec![problem])?;
        let head = text.get(..parts.body_start).unwrap_or_default();
        let tree = concrete::read(&file.id, parts.yaml, parts.yaml_start, config.limits.depth)?;
        let is_crlf = head.contains('\n') && head.matches('\n').count() == head.matches("\r\n").count();
        Ok(Self { yaml: parts.yaml, body: parts.body, is_crlf, tree })
    }

    fn arranged(&self, file: &File) -> Collection<'a> {
        let mut tree = self.tree.clone();
        arrange::document(&mut tree, parse::shape_for(&file.id));
        brackets::settle(&mut tree, 0);
        tree
    }

    /// The text of the file with `yaml` in place of its own.
    fn with(&self, yaml: &str) -> String {
        let head = if self.body.is_some() { format!("---\n{yaml}---\n") } else { yaml.to_owned() };
        let mut text = if self.is_crlf { head.replace('\n', "\r\n") } else { head };
        text.push_str(self.body.unwrap_or_default());
        text
    }
}

#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;
