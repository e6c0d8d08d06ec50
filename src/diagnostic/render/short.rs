//! One line a problem: `path:line:column: level[code]: message`.

use crate::diagnostic::Located;
use std::fmt::Write;

/// All problems, a line each.
pub fn render(problems: &[Located]) -> String {
    problems.iter().fold(String::new(), |mut text, problem| {
        let place = &problem.place;
        let _ = writeln!(
            text,
            "{}:{}:{}: {}[{}]: {}",
            one_line(place.file.path()),
            place.start.line,
            place.start.column,
            problem.level.name(),
            problem.code.name(),
            one_line(&problem.message)
        );
        text
    })
}

/// A message without anything that would end its line or move a terminal's cursor.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
