//! Edits that know nothing of what a file says.

use super::{has_yaml_alone, held, pick, records_of};
use crate::incremental::random::Random;
use crate::incremental::site::{Held, State};

pub fn blanks(random: &mut Random, state: &mut State) {
    let Some((path, text)) = pick(random, state, "") else { return };
    let line = random.one(&["\n", "# A note.\n", "   \n", "# Ein Wort über Farben: [\n"]);
    let at = if has_yaml_alone(&path) || random.percent(20) { 0 } else { 1 };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.insert(at.min(lines.len()), line);
    state.put(&path, lines.concat().as_bytes());
}

pub fn line_ends(random: &mut Random, state: &mut State) {
    let Some((path, text)) = pick(random, state, "") else { return };
    let text = match random.below(3) {
        0 if text.contains('\r') => text.replace('\r', ""),
        0 | 1 => text.replace('\n', "\r\n"),
        _ => format!("\u{feff}{text}"),
    };
    state.put(&path, text.as_bytes());
}

/// Saved without a change: the same bytes lie elsewhere in memory.
pub fn nothing(random: &mut Random, state: &mut State) {
    let all: Vec<String> = state.files.keys().cloned().collect();
    if all.is_empty() {
        return;
    }
    let path = random.one(&all);
    let old = held(state, &path);
    let fresh = Held { bytes: old.bytes.to_vec().into(), trouble: old.trouble };
    state.files.insert(path, fresh);
}

/// Half a file, a wrong byte, too deep, nothing at all.
pub fn torn(random: &mut Random, state: &mut State) {
    let paths = records_of(state, "");
    if paths.is_empty() {
        return;
    }
    let path = random.one(&paths);
    let mut bytes = held(state, &path).bytes.to_vec();
    match random.below(8) {
        0 => bytes.truncate(bytes.len() / 2),
        1 => bytes.clear(),
        2 => bytes.insert(bytes.len() / 2, 0xFF),
        3 => bytes.splice(..0, *b"\xFF\xFE").for_each(drop),
        4 => bytes.splice(..0, *b"title: [a, {b: c\n").for_each(drop),
        5 => bytes.extend("\nlast: *anchor\n".bytes()),
        6 => bytes.extend("> ".repeat(80).bytes().chain("deep\n".bytes())),
        _ => bytes = String::from_utf8_lossy(&bytes).replacen("title:", "title: x\ntitle:", 1).into_bytes(),
    }
    state.put(&path, bytes);
}
