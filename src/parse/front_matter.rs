//! Where the YAML of a file stands, and where its Markdown.

use crate::diagnostic::{At, Code, Diagnostic};
use crate::source_text::{File, Span, Trouble};

/// A file's text, divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The YAML.
    pub yaml: &'a str,
    /// Its first byte in the file.
    pub yaml_start: usize,
    /// The Markdown after it; nothing in a YAML file.
    pub body: Option<&'a str>,
    /// Its first byte in the file.
    pub body_start: usize,
}

/// The text of `file`, when it is text and within `limit` bytes.
///
/// # Errors
/// `leaves-site`, `too-large` and `not-utf8`.
pub fn text(file: &File, limit: usize) -> Result<&str, Diagnostic> {
    let too_large = |length: u64| {
        Diagnostic::new(
            Code::TooLarge,
            At::file(&file.id),
            format!("the file has {length} bytes, the limit is {limit}"),
        )
        .help("split the record, or raise `limits.file` in `content/site.yaml`")
    };
    match &file.trouble {
        Some(trouble @ (Trouble::LeavesSite | Trouble::DeadLink | Trouble::NotAFile)) => {
            let what = match trouble {
                Trouble::LeavesSite => "this is a link to something outside the site's folder",
                Trouble::DeadLink => "this is a link that leads nowhere",
                _ => "this is no file but a pipe or a device",
            };
            return Err(Diagnostic::new(Code::LeavesSite, At::file(&file.id), what).help("put the file itself here"));
        }
        Some(Trouble::TooLarge(length)) => return Err(too_large(*length)),
        None => {}
    }
    if file.bytes.len() > limit {
        return Err(too_large(file.bytes.len() as u64));
    }
    std::str::from_utf8(&file.bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = file.bytes.get(at).copied().unwrap_or_default();
        Diagnostic::new(
            Code::NotUtf8,
            At::bytes(&file.id, Span::new(at, at + 1)),
            format!("the byte {byte:#04x} is not UTF-8"),
        )
        .help("save the file as UTF-8")
    })
}

/// Divides the text of a file: `.md` into front matter and body, anything else is YAML whole.
///
/// # Errors
/// `yaml-syntax` when front matter is missing or not closed.
pub fn split<'a>(file: &File, text: &'a str) -> Result<Parts<'a>, Diagnostic> {
    let mark = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let after_mark = text.get(mark..).unwrap_or_default();
    if file.id.extension() != "md" {
        return Ok(Parts { yaml: after_mark, yaml_start: mark, body: None, body_start: text.len() });
    }
    let mut lines = after_mark.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        let end = mark + first.trim_end().len();
        return Err(Diagnostic::new(
            Code::YamlSyntax,
            At::bytes(&file.id, Span::new(mark, end)),
            "the file does not begin with front matter",
        )
        .help("begin it with a line `---`, then the fields, then a line `---` again"));
    }
    let yaml_start = mark + first.len();
    let mut at = yaml_start;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(Parts {
                yaml: text.get(yaml_start..at).unwrap_or_default(),
                yaml_start,
                body: text.get(at + line.len()..),
                body_start: at + line.len(),
            });
        }
        at += line.len();
    }
    Err(Diagnostic::new(
        Code::YamlSyntax,
        At::bytes(&file.id, Span::new(mark, mark + 3)),
        "the front matter that begins here is not closed",
    )
    .help("end it with a line `---` before the text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Result<(&str, Option<&str>), &str>) {
        let file = File::new("content/incidents/a.md", text.as_bytes());
        let got = split(&file, text);
        match (&got, expect) {
            (Ok(parts), Ok((yaml, body))) => assert_eq!((parts.yaml, parts.body), (yaml, body)),
            (Err(problem), Err(message)) => assert_eq!(problem.message, message),
            _ => panic!("{got:?}"),
        }
    }

    #[test]
    fn parts() {
        check("---\na: b\n---\nText\n", Ok(("a: b\n", Some("Text\n"))));
        check("\u{feff}---\r\na: b\r\n---\r\nText", Ok(("a: b\r\n", Some("Text"))));
        check("---\n---", Ok(("", Some(""))));
        check("---\na: b\n", Err("the front matter that begins here is not closed"));
        check("Text", Err("the file does not begin with front matter"));
        check("", Err("the file does not begin with front matter"));
    }
}
