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
    let help = match file.id.path() {
        "content/site.yaml" | "content/site.yml" => "shorten it",
        path if path.starts_with("static/") => "keep files of this size elsewhere, and link to them",
        _ if file.trouble.is_some() => "divide the record into several",
        _ => "divide the record into several, or raise `limits.file` in `content/site.yaml`",
    };
    let too_large = |length: u64| {
        Diagnostic::new(
            Code::TooLarge,
            At::file(&file.id),
            // A file of `static/` knows no limit but that of `discover`.
            if limit == usize::MAX {
                format!("the file has {length} bytes, more than is read")
            } else {
                format!("the file has {length} bytes, the limit is {limit}")
            },
        )
        .help(help)
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
        Some(Trouble::NameNotUtf8) => {
            let what = "the file's name is not UTF-8, so that no address could name it";
            return Err(Diagnostic::new(Code::InvalidId, At::file(&file.id), what)
                .help("rename the file: small letters, digits and `-`"));
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
        let (message, help) = if file.bytes.starts_with(b"\xFF\xFE") || file.bytes.starts_with(b"\xFE\xFF") {
            ("the file is UTF-16".to_owned(), "save the file as UTF-8")
        } else {
            (format!("the byte {byte:#04x} is not UTF-8"), "save the file as UTF-8; it may be Windows-1252 now")
        };
        Diagnostic::new(Code::NotUtf8, At::bytes(&file.id, Span::new(at, at + 1)), message).help(help)
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
        let end = mark + first.split('\r').next().unwrap_or_default().trim_end().len();
        let (message, help) = if after_mark.trim_start().starts_with("---\n") {
            ("the front matter does not begin on the first line", "remove the empty lines before `---`")
        } else if after_mark.contains('\r') && !after_mark.contains('\n') {
            ("the lines of the file end as nothing reads them", "save the file with line ends of Unix (LF)")
        } else {
            (
                "the file does not begin with front matter",
                "begin it with a line `---`, then the fields, then a line `---` again",
            )
        };
        return Err(Diagnostic::new(Code::YamlSyntax, At::bytes(&file.id, Span::new(mark, end)), message).help(help));
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
        check("\n---\na: b\n---\n", Err("the front matter does not begin on the first line"));
        check("---\ra: b\r---\r", Err("the lines of the file end as nothing reads them"));
    }
}
