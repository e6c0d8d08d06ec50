//! Where a link or an image leads: what its text says, before anyone looks whether it is there.

use crate::diagnostic::{Code, nearest::nearest};
use std::borrow::Cow;

/// A kind of record that a body can link to by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `incident:id`
    Incident,
    /// `source:id`
    Source,
    /// `entity:id`
    Entity,
    /// `place:id`
    Place,
    /// `page:id`
    Page,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: &[Self] = &[Self::Incident, Self::Source, Self::Entity, Self::Place, Self::Page];

    /// What stands before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Source => "source",
            Self::Entity => "entity",
            Self::Place => "place",
            Self::Page => "page",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scheme| scheme.name() == name)
    }
}

/// A question to the caller: where within the site does this lead?
///
/// Paths and fragments are percent-decoded, so that they can be compared with names of files and ids.
/// They are an author's text: look them up, never open them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// `incident:2019-heist#f12a`
    Record {
        /// The kind of record.
        scheme: Scheme,
        /// What follows the colon, up to the fragment.
        id: String,
        /// What follows the `#`.
        fragment: Option<String>,
    },
    /// `../2021/other.md#part`, from the file that holds the body.
    Relative {
        /// Up to the fragment; never empty.
        path: String,
        /// What follows the `#`.
        fragment: Option<String>,
        /// Whether an image is to be shown there.
        image: bool,
    },
    /// `/x.png`, from the root of the site.
    Rooted {
        /// Up to the fragment, with its leading slash.
        path: String,
        /// What follows the `#`.
        fragment: Option<String>,
        /// Whether an image is to be shown there.
        image: bool,
    },
    /// `#f12a` when no heading of the body is called so: an id that the page may have beside it.
    Fragment(
        /// What follows the `#`.
        String,
    ),
}

/// Where a destination leads, as the caller found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The address to link to, ready to be written: relative, or on the web.
    Url(String),
    /// The text stays, without a link (a draft).
    Plain,
    /// There is nothing: the text stays, with a problem that points at the destination.
    Missing {
        /// For example [`Code::BrokenLink`] or [`Code::MissingFile`].
        code: Code,
        /// One line that names the destination.
        message: String,
        /// The cure.
        help: Vec<String>,
    },
}

/// What the text of a destination says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// An address on the web, or a mail address, that is safe to link to.
    Outside(String),
    /// A place in this page.
    Fragment(String),
    /// Something within the site.
    Inside(Destination),
    /// Nothing that may be linked to.
    Refused {
        code: Code,
        message: String,
        help: String,
        /// What may have been meant; to be suggested when it is there.
        meant: Option<Destination>,
    },
}

/// Reads `destination` as it stands after Markdown has taken away its escapes.
///
/// Browsers drop tabs and line ends anywhere in an address and everything up to U+0020 around it
/// (URL Standard, "basic URL parser"); so does this, before anything is judged.
pub(super) fn aim(destination: &str, image: bool) -> Aim {
    let address = clean(destination);
    let mut start = address.chars();
    if let (Some('/' | '\\'), Some('/' | '\\')) = (start.next(), start.next()) {
        return refused(Code::UnsafeUrl, &address, "names a host but no scheme", "begin the address with `https://`");
    }
    if let Some((scheme, rest)) = split_scheme(&address) {
        return with_scheme(&address, &scheme, rest);
    }
    let (path, fragment) = split_fragment(&address);
    match (path.is_empty(), fragment) {
        (true, Some(fragment)) if !fragment.is_empty() => Aim::Fragment(fragment),
        (true, _) => {
            refused(Code::BrokenLink, &address, "leads nowhere", "write an address, or take the brackets away")
        }
        (false, fragment) if path.starts_with('/') => {
            Aim::Inside(Destination::Rooted { path: decoded(path), fragment, image })
        }
        (false, fragment) => Aim::Inside(Destination::Relative { path: decoded(path), fragment, image }),
    }
}

fn with_scheme(address: &str, scheme: &str, rest: &str) -> Aim {
    match scheme {
        "http" | "https" => {
            let host = rest.strip_prefix("//").unwrap_or_default();
            if host.is_empty() || host.starts_with(['/', '\\', '?', '#']) {
                let help = "write the whole address, as in `https://example.org/page`";
                return refused(Code::BrokenLink, address, "names no host", help);
            }
            Aim::Outside(address.to_owned())
        }
        "mailto" => Aim::Outside(address.to_owned()),
        _ => {
            let record = |scheme| {
                let (id, fragment) = split_fragment(rest);
                Destination::Record { scheme, id: id.to_owned(), fragment }
            };
            if let Some(scheme) = Scheme::named(scheme) {
                return Aim::Inside(record(scheme));
            }
            let names = Scheme::ALL.iter().map(|scheme| scheme.name());
            Aim::Refused {
                code: Code::UnsafeUrl,
                message: format!("{} may not be linked to: its scheme is `{scheme}:`", super::quoted(address)),
                help:
                    "link to `http:`, `https:` or `mailto:`, to a record (`incident:`, `source:`, `entity:`, `place:`, \
                       `page:`), or to a file by its relative path"
                        .to_owned(),
                meant: nearest(scheme, names).and_then(Scheme::named).map(record),
            }
        }
    }
}

fn refused(code: Code, address: &str, what: &str, help: &str) -> Aim {
    Aim::Refused { code, message: format!("{} {what}", super::quoted(address)), help: help.to_owned(), meant: None }
}

fn clean(destination: &str) -> Cow<'_, str> {
    let around = |c: char| c <= ' ';
    if destination.contains(['\t', '\n', '\r']) {
        let kept: String = destination.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        return Cow::Owned(kept.trim_matches(around).to_owned());
    }
    Cow::Borrowed(destination.trim_matches(around))
}

/// The scheme in lower case and what follows its colon (RFC 3986, section 3.1).
fn split_scheme(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let mut bytes = scheme.bytes();
    let proper = bytes.next()?.is_ascii_alphabetic()
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    proper.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn split_fragment(address: &str) -> (&str, Option<String>) {
    match address.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (address, None),
    }
}

/// Without its percent escapes; as it is when they do not make UTF-8.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let digit =
        |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, digit(after.first()), digit(after.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
