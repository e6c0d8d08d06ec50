//! How much room words take.
//!
//! A page is drawn with the fonts of whoever reads it, which nobody knows when the picture is made. So this guesses, on
//! the wide side: a label that is given too much room is better than two that cover each other.

/// The width of a line at this size of letters, in pixels: a guess that is rather too wide.
///
/// ```
/// use annals::draw::text::width;
///
/// assert!(width("Millimetre", 12.0) > width("illicit", 12.0));
/// assert!(width("北朝鮮", 12.0) >= 36.0);
/// ```
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// As much of the words as fits in `room` pixels, an ellipsis where something is left out; nothing when not even a few
/// letters fit.
pub fn fitted(text: &str, size: f64, room: f64) -> Option<String> {
    if width(text, size) <= room {
        return Some(text.to_owned());
    }
    let mut left = room / size - advance('…');
    let mut kept = String::new();
    for c in text.chars() {
        left -= advance(c);
        if left < 0.0 {
            break;
        }
        kept.push(c);
    }
    // Rather whole words than half of one, when that costs no more than half.
    if let Some((words, _)) = kept.rsplit_once(' ')
        && words.len() * 2 >= kept.len()
    {
        kept.truncate(words.len());
    }
    let kept = kept.trim_end_matches([' ', ',', ':', ';', '.', '-', '–']);
    (kept.chars().count() >= 4).then(|| format!("{kept}…"))
}

/// Part of the size of letters that a letter takes.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '’' | '.' | ',' | ':' | ';' | '|' | '!' => 0.32,
        'f' | 't' | 'r' | 'I' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' | '“' | '”' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 1.0,
        'A'..='Z' => 0.74,
        // Combining marks stand over what is before them.
        '\u{300}'..='\u{36f}' => 0.0,
        c if c < '\u{2e80}' => 0.6,
        _ => 1.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitting() {
        let check =
            |text: &str, room: f64, expect: Option<&str>| assert_eq!(fitted(text, 10.0, room).as_deref(), expect);
        check("Sanctions", 100.0, Some("Sanctions"));
        check("Nine missile launches in one month", 120.0, Some("Nine missile…"));
        check("Nine missile launches in one month", 20.0, None);
        check("", 0.0, Some(""));
    }
}
