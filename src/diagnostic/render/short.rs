//! One line a problem: `path:line:column: level[code]: message`.

use crate::diagnostic::Located;

/// All problems, a line each.
pub fn render(problems: &[Located]) -> String {
    problems.iter().flat_map(|problem| [line(problem), "\n".to_owned()]).collect()
}

/// One problem, without a line feed.
pub(super) fn line(problem: &Located) -> String {
    let place = &problem.place;
    format!(
        "{}:{}:{}: {}[{}]: {}",
        one_line(place.file.path()),
        place.start.line,
        place.start.column,
        problem.level.name(),
        problem.code.name(),
        one_line(&problem.message)
    )
}

/// A message without anything that would end its line or move a terminal's cursor.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || ends_a_line(c) || turns(c) { ' ' } else { c }).collect()
}

/// Whether a character that is no control ends a line all the same.
fn ends_a_line(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character makes a terminal show the others in another order (Unicode Annex 9).
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("a\nb\u{1b}[31m\u{9b}\u{202e}c\td"), "a b [31m  c d");
    }
}
