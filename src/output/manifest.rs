//! The list of the files that are ours: who may be replaced and removed.
//!
//! A line that says what it is, then one path a line, sorted. While an update is at work it lists the old files and the new
//! ones, afterwards the new ones alone. It is read with distrust: it lies in a folder that others can write to.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::path::OutPath;

/// The first line.
const HEADER: &str = "annals manifest 1";

/// What was read from a manifest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// The files that are ours.
    pub paths: BTreeSet<OutPath>,
    /// What was passed over, in words.
    pub note: Option<String>,
}

/// The bytes of a manifest that lists `paths`.
pub(super) fn format<'p>(paths: impl Iterator<Item = &'p OutPath>) -> String {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        let _ = writeln!(text, "{path}");
    }
    text
}

/// Reads a manifest; lines that are no paths below the output folder are passed over.
///
/// A last line without its end counts as none: what a crash of the machine has cut short may be the name of another file.
pub(super) fn parse(bytes: &[u8]) -> Listed {
    let mut lines = bytes.split_inclusive(|&byte| byte == b'\n');
    if lines.next().and_then(|line| line.strip_suffix(b"\n")) != Some(HEADER.as_bytes()) {
        let note =
            "`.annals/manifest` is not a manifest; no file in the folder counts as written by a build".to_owned();
        return Listed { note: Some(note), ..Listed::default() };
    }
    let mut listed = Listed::default();
    let (mut passed_over, mut first) = (0_usize, None);
    for (line, number) in lines.zip(2_usize..) {
        let path = line.strip_suffix(b"\n").and_then(|line| str::from_utf8(line).ok());
        match path.map(OutPath::new) {
            Some(Ok(path)) => _ = listed.paths.insert(path),
            _ => {
                passed_over += 1;
                first.get_or_insert((number, line));
            }
        }
    }
    listed.note = first.map(|(number, line)| {
        let line = String::from_utf8_lossy(line);
        let line: String = line.trim_end().chars().take(80).collect();
        let lines = if passed_over == 1 { "1 line" } else { &format!("{passed_over} lines") };
        format!(
            "{lines} of `.annals/manifest` passed over, because no build writes such a path: `{}` (line {number})",
            line.escape_debug()
        )
    });
    listed
}
