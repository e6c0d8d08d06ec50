//! Markdown to safe HTML.
//!
//! In: the text of a body, [`Settings`], and a function that knows where a [`Destination`] leads.
//! Out: [`Prose`]: HTML that may stand in any page as it is, its headings, its plain text, its problems.
//! Must never be here: records, templates, the disk. Every tag that can come out is written in
//! `write.rs`, `anchor.rs`, `footnotes.rs` or `table.rs` by name; nothing of an author's text passes unescaped.
//!
//! The dialect is CommonMark with tables, strikethrough, footnotes, task lists and alerts
//! (`> [!NOTE]`). Raw HTML is shown as the text that it is. There are no heading attributes, no
//! metadata blocks, no mathematics and no links of other wikis.

mod anchor;
mod caps;
mod escape;
mod footnotes;
mod headings;
mod links;
mod read;
mod table;
mod target;
mod words;
mod write;

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that slices wrongly should fail")]
mod oracle;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that slices wrongly should fail")]
mod tests;

pub use caps::Limits;
pub use headings::Heading;
pub use target::{Destination, Scheme, Target};
pub use words::Words;

use crate::diagnostic::Code;
use crate::source_text::Span;

/// What rendering depends on besides the body and its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// How large and how deeply nested a body may be.
    pub limits: Limits,
    /// The words that the page adds of itself, in the language of the site.
    pub words: Words,
}

/// A problem of a body, pointing into it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// What kind of problem.
    pub code: Code,
    /// Bytes of the body.
    pub span: Span,
    /// One line that names the offending value.
    pub message: String,
    /// The cure.
    pub help: Vec<String>,
}

impl Problem {
    fn new(code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: vec![help.into()] }
    }
}

/// A body as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Balanced HTML without any inline style or script; it can be put into a page as it is.
    pub html: String,
    /// In the order of the source.
    pub problems: Vec<Problem>,
    /// In the order of the source.
    pub headings: Vec<Heading>,
    /// The text without markup, a line for each block, for search and for descriptions.
    pub text: String,
    /// How many words the text has, counted by white space.
    pub words: usize,
    /// What the caller was asked and what it answered, each question once, in order.
    ///
    /// A remembered result holds as long as the body, the settings and these answers are the same.
    pub asked: Vec<(Destination, Target)>,
}

/// Renders `body`, asking `resolve` where the links and images lead that stay within the site.
///
/// `resolve` is asked once for each different [`Destination`]; addresses on the web and fragments
/// that name a heading of the body are settled without it. It must answer the same for the same
/// question. The time is linear in the length of the body. A body beyond [`Settings::limits`] is not
/// rendered at all and gives one problem: `too-large` or `too-deep`.
///
/// Problems: `unsafe-url` (the link becomes its text), `broken-link` (fragments), `raw-html`,
/// `remote-image` (the image becomes a link), `missing-alt`, `missing-file` (an image that cannot be one),
/// and whatever [`Target::Missing`] says.
///
/// ```
/// use annals::prose::{Destination, Scheme, Settings, Target, render};
///
/// let prose = render("See [*that*](incident:2019-heist) <b>now</b>.", &Settings::default(), &|to| match to {
///     Destination::Record { scheme: Scheme::Incident, id, .. } => Target::Url(format!("{id}.html")),
///     _ => Target::Plain,
/// });
/// assert_eq!(prose.html, "<p>See <a href=\"2019-heist.html\"><em>that</em></a> &lt;b&gt;now&lt;/b&gt;.</p>\n");
/// assert_eq!(prose.problems[0].message, "the raw HTML `<b>` is shown as text");
/// assert_eq!(prose.words, 3);
/// ```
pub fn render(body: &str, settings: &Settings, resolve: &dyn Fn(&Destination) -> Target) -> Prose {
    match read(body, settings) {
        Ok(pieces) => write::write(body, &pieces, &settings.words, resolve),
        Err(problem) => Prose { problems: vec![problem], ..Prose::default() },
    }
}

/// The headings that `body` has when it is rendered, for callers that check a fragment of another page.
///
/// Empty when the body is beyond its limits.
///
/// ```
/// let headings = annals::prose::headings("## What we count", &Default::default());
/// assert!(headings[0].answers("what-we-count"));
/// assert_eq!(headings[0].id, "h-what-we-count");
/// ```
pub fn headings(body: &str, settings: &Settings) -> Vec<Heading> {
    read(body, settings).map_or_else(|_| Vec::new(), |pieces| headings::Outline::of(&pieces).into_headings())
}

fn read<'a>(body: &'a str, settings: &Settings) -> Result<Vec<read::Piece<'a>>, Problem> {
    caps::admit(body, settings.limits)?;
    read::pieces(body, settings.limits.depth)
}

/// `text` as a message quotes it: on one line, and cut when it is long.
fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let mut line: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        line.push('…');
    }
    format!("`{line}`")
}
