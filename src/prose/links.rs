//! What becomes of each link and image: who is asked, and what is allowed.

use super::headings::Outline;
use super::read::Piece;
use super::target::{Aim, aim};
use super::{Destination, Target, quoted};
use crate::diagnostic::{Code, nearest::nearest};
use crate::source_text::Span;
use pulldown_cmark::{Event, LinkType, Tag};
use std::collections::BTreeMap;

/// What becomes of a link or an image.
pub(super) enum Verdict {
    /// It leads to an address within the site, to mail, or to what the caller found.
    Inside(String),
    /// It leads to another host.
    Outside(String),
    /// Its text stays.
    Plain,
    /// Its text stays, and this is wrong.
    Wrong { code: Code, message: String, help: Vec<String> },
}

/// Settles destinations, asking the caller once for each that only it can know.
pub(super) struct Links<'a> {
    pub outline: Outline,
    resolve: &'a dyn Fn(&Destination) -> Target,
    asked: BTreeMap<Destination, Target>,
    /// How many more fragments are compared with every heading to guess what was meant: thousands of
    /// them against thousands of headings would take minutes.
    guesses: usize,
}

impl<'a> Links<'a> {
    pub fn new(outline: Outline, resolve: &'a dyn Fn(&Destination) -> Target) -> Self {
        Self { outline, resolve, asked: BTreeMap::new(), guesses: 10 }
    }

    /// What becomes of a link to `destination`.
    pub fn link(&mut self, destination: &str) -> Verdict {
        match aim(destination, false) {
            Aim::Outside(url) if url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) => {
                Verdict::Inside(url)
            }
            Aim::Outside(url) => Verdict::Outside(url),
            Aim::Fragment(name) => self.fragment(&name),
            Aim::Inside(destination) => verdict(self.ask(destination)),
            Aim::Refused { code, message, help, meant } => self.refused(code, message, help, meant),
        }
    }

    /// What becomes of an image at `source`: shown from [`Verdict::Inside`], linked to at [`Verdict::Outside`].
    pub fn image(&mut self, source: &str) -> Verdict {
        match aim(source, true) {
            Aim::Outside(url) if !url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) => {
                Verdict::Outside(url)
            }
            Aim::Inside(asked @ (Destination::Relative { .. } | Destination::Rooted { .. })) => {
                verdict(self.ask(asked))
            }
            Aim::Refused { code, message, help, .. } => Verdict::Wrong { code, message, help: vec![help] },
            Aim::Outside(_) | Aim::Fragment(_) | Aim::Inside(_) => Verdict::Wrong {
                code: Code::MissingFile,
                message: format!("{} is no file that could be shown as an image", quoted(source)),
                help: vec!["name a file of `static/` by its path, as in `/picture.png`".to_owned()],
            },
        }
    }

    /// The questions and their answers, in order.
    pub fn into_parts(self) -> (Outline, Vec<(Destination, Target)>) {
        (self.outline, self.asked.into_iter().collect())
    }

    fn ask(&mut self, destination: Destination) -> Target {
        let resolve = self.resolve;
        self.asked.entry(destination).or_insert_with_key(resolve).clone()
    }

    fn fragment(&mut self, name: &str) -> Verdict {
        if let Some(id) = self.outline.find(name) {
            return Verdict::Inside(format!("#{id}"));
        }
        let mut verdict = verdict(self.ask(Destination::Fragment(name.to_owned())));
        if let Verdict::Wrong { help, .. } = &mut verdict
            && self.guesses > 0
        {
            self.guesses -= 1;
            let near = nearest(name, self.outline.slugs());
            help.splice(0..0, near.map(|slug| format!("did you mean `#{slug}`?")));
        }
        verdict
    }

    fn refused(&mut self, code: Code, message: String, help: String, meant: Option<Destination>) -> Verdict {
        let mut lines = Vec::new();
        if let Some(Destination::Record { scheme, id, fragment }) = &meant {
            let part = fragment.as_ref().map(|part| format!("#{part}")).unwrap_or_default();
            lines.push(format!("did you mean {}?", quoted(&format!("{}:{id}{part}", scheme.name()))));
        }
        // A guess is only made when it leads somewhere.
        if !meant.is_some_and(|meant| matches!(self.ask(meant), Target::Url(_))) {
            lines.clear();
        }
        lines.push(help);
        Verdict::Wrong { code, message, help: lines }
    }
}

fn verdict(target: Target) -> Verdict {
    match target {
        Target::Plain => Verdict::Plain,
        Target::Missing { code, message, help } => Verdict::Wrong { code, message, help },
        // The caller is trusted to find, not to judge what is safe.
        Target::Url(url) => match aim(&url, false) {
            Aim::Refused { message, help, .. } => Verdict::Wrong { code: Code::UnsafeUrl, message, help: vec![help] },
            Aim::Inside(Destination::Record { .. }) => Verdict::Plain,
            _ => Verdict::Inside(url),
        },
    }
}

/// Where the destination of the link or image that starts at piece `index` stands in `body`; the
/// whole link when it is not written there as it reads.
pub(super) fn place(body: &str, pieces: &[Piece], index: usize) -> Span {
    let Some(piece) = pieces.get(index) else { return Span::default() };
    let Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) = &piece.event
    else {
        return piece.span;
    };
    let whole = piece.span;
    if matches!(link_type, LinkType::Autolink | LinkType::Email) {
        return Span::new(whole.start + 1, whole.end.saturating_sub(1));
    }
    if dest_url.is_empty() {
        return whole;
    }
    // Past the text of the link, which often repeats the destination; past the label of a definition.
    let (from, end) = match piece.definition {
        Some(definition) => {
            let text = body.get(definition.start..definition.end).unwrap_or_default();
            (definition.start + text.find("]:").unwrap_or(0), definition.end)
        }
        None => {
            let last = piece.close.checked_sub(1).filter(|last| *last > index).and_then(|last| pieces.get(last));
            (last.map_or(whole.start, |last| last.span.end), whole.end)
        }
    };
    let found = body.get(from..end).and_then(|text| text.find(dest_url.as_ref()));
    found.map_or(whole, |at| Span::new(from + at, from + at + dest_url.len()))
}
