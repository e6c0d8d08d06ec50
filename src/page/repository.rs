//! Ways from a page to the repository: the file of the record, a change of it, a report of a mistake, something new.
//!
//! Addresses are those of GitHub. Its web editor opens for a new file under `/new/<branch>/<folder>` and takes
//! `filename` and `value`; its form for a new issue takes the name of a form as `template` and the ids of the form's
//! fields, and without such a form `title` and `body`. So both are given: a repository without forms has the plain one.

use super::parts::{Head, Link};
use super::{RecordKind, World};
use crate::model::Id;
use crate::phrase::pattern::fill;
use crate::phrase::terms::Terms;
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
    /// Where a mistake can be reported: the record and its page are filled in.
    pub report: String,
}

/// The ways to take part that every page of a site with a repository offers.
#[derive(Debug, Serialize)]
pub struct Contribute {
    /// GitHub's editor with a new incident that is valid as it stands; nothing while there is no source to rest it on.
    pub add_incident: Option<String>,
    /// GitHub's editor with a new source that is valid as it stands.
    pub add_source: String,
    /// The form for those who propose an incident and do not write YAML.
    pub propose: String,
    /// The form for a mistake; `&page=` and the page's address belong behind it, encoded, then `&body=`.
    pub report: String,
    /// What the text of a report begins with below the page's address, encoded.
    pub report_text: String,
}

/// The most characters of a title and of a path in a report.
const LONGEST: usize = 120;

/// The most characters of an address: browsers and servers cut or refuse somewhere beyond.
const LONGEST_ADDRESS: usize = 4000;

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
    let branch = path(&world.site.config.branch);
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
    let about = [
        ("template", "error.yml"),
        ("title", &subject),
        ("record", &record),
        ("page", head.canonical.as_deref().unwrap_or_default()),
        ("body", &lines.join("\n")),
    ];
    Some(RepositoryView {
        file: Link {
            text: file.path().to_owned(),
            url: Some(format!("https://github.com/{repository}/blob/{branch}/{path}")),
        },
        edit: format!("https://github.com/{repository}/edit/{branch}/{path}"),
        report: address(&format!("https://github.com/{repository}/issues/new"), &about),
    })
}

/// The ways to take part; nothing when the settings name no repository.
pub fn contribute(world: &World) -> Option<Contribute> {
    let config = &world.site.config;
    let repository = config.repository.as_deref()?;
    let terms = world.terms;
    let issue = format!("https://github.com/{repository}/issues/new");
    let new = |folder: &str, name: &str, text: &str| {
        let base = format!("https://github.com/{repository}/new/{}/content/{folder}", path(&config.branch));
        address(&base, &[("filename", name), ("value", text)])
    };
    // The first that the editors have read: a record that rests on hearsay alone would be spoken to.
    let source = world.site.sources.iter().find(|entry| entry.published && entry.source.seen);
    Some(Contribute {
        add_incident: source
            .map(|entry| new("incidents", "new-incident.md", &new_incident(terms, entry.source.id.as_str()))),
        add_source: new("sources", "new-source.yaml", &new_source(terms)),
        propose: address(&issue, &[("template", "incident.yml"), ("body", terms.propose_question)]),
        report: address(&issue, &[("template", "error.yml")]),
        report_text: encoded(terms.report_question),
    })
}

/// An incident of the fewest lines, which says in comments what to write.
fn new_incident(terms: &Terms, source: &str) -> String {
    let [name, date, rests] = terms.add_incident_hints;
    let title = terms.add_incident_title;
    format!("---\n# {name}\ntitle: {title}\n# {date}\ndate: unknown\n# {rests}\nsources: [{source}#1]\n---\n")
}

fn new_source(terms: &Terms) -> String {
    let [name, more] = terms.add_source_hints;
    let title = terms.add_source_title;
    format!(
        "# {name}\ntitle: {title}\n# {more}\n# publisher: Daily News\n# published: 2022-01-05\n# url: https://example.org/article\n"
    )
}

/// An address with what is to be filled in; what would make it too long is left out, and so is what is empty.
fn address(base: &str, fields: &[(&str, &str)]) -> String {
    let mut address = base.to_owned();
    let mut join = '?';
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let value = encoded(value);
        if address.len() + name.len() + value.len() + 2 <= LONGEST_ADDRESS {
            let _ = write!(address, "{join}{name}={value}");
            join = '&';
        }
    }
    address
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

/// A page's address as a value in another one; nothing when that would be too long.
pub(super) fn encoded_page(url: &str) -> Option<String> {
    // It stands there twice, among other things.
    Some(encoded(url)).filter(|encoded| encoded.len() <= LONGEST_ADDRESS / 4)
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

    #[test]
    fn addresses_have_an_end() {
        let long = "ä".repeat(700);
        let check = |fields: &[(&str, &str)], expect: &str| assert_eq!(address("b", fields), expect);
        check(&[("a", "1 2"), ("b", ""), ("c", "&")], "b?a=1%202&c=%26");
        check(&[("a", &long), ("c", "d")], "b?c=d");
        assert_eq!(encoded_page("https://a/?b").as_deref(), Some("https%3A%2F%2Fa%2F%3Fb"));
        assert_eq!(encoded_page(&long), None);
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
