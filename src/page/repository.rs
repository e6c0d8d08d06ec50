//! Ways from a page to the repository: the file of the record, a change of it, a report of a mistake in it.

use super::parts::{Head, Link};
use super::{RecordKind, World};
use crate::model::Id;
use crate::phrase::pattern::fill;
use crate::source_text::FileId;
use serde::Serialize;
use std::fmt::Write;

/// Where the file of a record lies and how to have it changed.
#[derive(Debug, Serialize)]
pub(super) struct RepositoryView {
    /// The file, by its path.
    pub file: Link,
    /// Where it can be edited, which begins a proposal.
    pub edit: String,
    /// Where a mistake can be reported: title and text are filled in.
    pub report: String,
}

/// The most characters of a title and of a path in a report: addresses have an end.
const LONGEST: usize = 120;

/// The ways to the file of a record; nothing when the settings name no repository.
pub(super) fn view(
    world: &World,
    head: &Head,
    kind: RecordKind,
    id: &Id,
    file: &FileId,
    title: &str,
) -> Option<RepositoryView> {
    let repository = world.site.config.repository.as_deref()?;
    let terms = world.terms;
    let path = path(file.path());
    let record = format!("{}/{id}", kind.folder());
    let lines = [
        Some(fill(terms.report_record, &[("id", &record), ("file", &cut(file.path()))])),
        head.canonical.as_ref().map(|url| fill(terms.report_page, &[("url", url)])),
        Some(String::new()),
        Some(terms.report_question.to_owned()),
        Some(String::new()),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    let subject = fill(terms.report_title, &[("title", &cut(title))]);
    Some(RepositoryView {
        file: Link {
            text: file.path().to_owned(),
            url: Some(format!("https://github.com/{repository}/blob/HEAD/{path}")),
        },
        edit: format!("https://github.com/{repository}/edit/HEAD/{path}"),
        report: format!(
            "https://github.com/{repository}/issues/new?title={}&body={}",
            encoded(&subject),
            encoded(&lines.join("\n"))
        ),
    })
}

/// The beginning of a long text, with an ellipsis.
fn cut(text: &str) -> String {
    let mut chars = text.chars();
    let mut kept: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        kept.push('…');
    }
    kept
}

/// A path with what is not plain in its parts encoded.
fn path(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// Text as a part of an address: all but letters, digits and `-._~` percent-encoded as UTF-8.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn encoding() {
        let check = |input: &str, expect: &str| assert_eq!(encoded(input), expect);
        check("Thefts 2020–21", "Thefts%202020%E2%80%9321");
        check("a&body=x#y?z\"<script>\n", "a%26body%3Dx%23y%3Fz%22%3Cscript%3E%0A");
        check("%20", "%2520");
        assert_eq!(path("content/incidents/a b/c#d.md"), "content/incidents/a%20b/c%23d.md");
    }

    #[test]
    fn long_titles_are_cut() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut(&"ä".repeat(121)), format!("{}…", "ä".repeat(120)));
    }

    proptest! {
        #[test]
        fn nothing_leaves_its_place(text in "\\PC{0,60}|[&?#=%/\"'<>\n ]{0,20}") {
            let encoded = encoded(&text);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let mut bytes = Vec::new();
            let mut rest = encoded.bytes();
            while let Some(byte) = rest.next() {
                bytes.push(if byte == b'%' {
                    let digits: String = rest.by_ref().take(2).map(char::from).collect();
                    u8::from_str_radix(&digits, 16).unwrap()
                } else {
                    byte
                });
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}
