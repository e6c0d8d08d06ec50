//! Quotation marks.

use crate::parse::concrete::{Form, Scalar};
use std::borrow::Cow;
use std::fmt::Write;

/// A scalar on one line; nothing when it takes several.
pub fn one_line<'s>(scalar: &'s Scalar<'_>) -> Option<Cow<'s, str>> {
    Some(match &scalar.form {
        Form::Plain(lines) => Cow::Borrowed(single(lines)?),
        Form::Single(lines) => {
            let raw = single(lines)?;
            if is_word(&scalar.text) {
                Cow::Borrowed(&scalar.text)
            } else if scalar.text.contains(['"', '\\']) || scalar.text.chars().any(is_odd) {
                Cow::Borrowed(raw)
            } else {
                Cow::Owned(format!("\"{}\"", scalar.text))
            }
        }
        Form::Double(lines) => {
            let raw = single(lines)?;
            Cow::Borrowed(if is_word(&scalar.text) { &scalar.text } else { raw })
        }
        Form::Block { .. } => return None,
    })
}

/// A key, which always stands on one line.
pub fn key<'s>(scalar: &'s Scalar<'_>) -> Cow<'s, str> {
    one_line(scalar).unwrap_or_else(|| Cow::Owned(escaped(&scalar.text)))
}

fn single<'a>(lines: &[&'a str]) -> Option<&'a str> {
    match lines {
        [line] => Some(line),
        _ => None,
    }
}

/// Characters that readers of YAML do not agree about: line ends to some, forbidden to others.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if is_odd(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether `text` is one word that every reader of YAML takes for that text, within brackets and without.
///
/// To YAML 1.1 `no` is a truth value, `012` an octal number, `1_000` a thousand, `1e5` a fraction and `2021-03-05` a time;
/// what begins with a digit is a word only when it has a letter that none of those can have.
fn is_word(text: &str) -> bool {
    const TAKEN: [&str; 9] = ["null", "yes", "no", "on", "off", "y", "n", "true", "false"];
    let Some(first) = text.chars().next() else { return false };
    let is_name = |c: char| c.is_alphabetic() && !"abcdefotxzABCDEFOTXZ".contains(c);
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#'))
        && (first.is_alphabetic() || (first.is_ascii_digit() && text.chars().any(is_name)))
        && !TAKEN.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words_to_every_reader() {
        for word in ["letter", "daily-news#3", "court-file#p12", "2021-crypto-thefts", "Überfall", "a/b.c", "Q42"] {
            assert!(is_word(word), "{word}");
        }
        for other in [
            "",
            "~",
            "no",
            "NO",
            "Off",
            "y",
            "null",
            "12",
            "012",
            "1_000",
            "1e5",
            "0x1F",
            "2021-03-05",
            "12:30:00",
            "2021-03-05T06:30:00Z",
            "2022-02?",
            "-a",
            ".nan",
            "a b",
            "a: b",
            "a,b",
            "[a",
            "#a",
            "@a",
            "a\u{2028}b",
            "=",
        ] {
            assert!(!is_word(other), "{other}");
        }
    }
}
