//! Links and images as they are written.

use super::links::{Verdict, place};
use super::read::{Piece, plain_text};
use super::write::Writer;
use super::{Problem, escape, quoted};
use crate::diagnostic::Code;
use pulldown_cmark::{Event, LinkType};

impl Writer<'_> {
    /// Opens a link; [`Writer::close_link`] ends it.
    pub fn link(&mut self, index: usize, kind: LinkType, destination: &str, title: &str) {
        let mail;
        let destination = if kind == LinkType::Email {
            mail = format!("mailto:{destination}");
            &mail
        } else {
            destination
        };
        let verdict = self.links.link(destination);
        let written = match self.judged(verdict, index) {
            Some((url, outside)) if !self.anchored => {
                self.anchor(&url, outside, title);
                true
            }
            _ => false,
        };
        self.anchors.push(written);
        if self.pieces.get(index).is_some_and(|piece| piece.close == index + 1) {
            // `[](address)`: a link without a text could not be seen or named.
            self.say(destination);
        }
    }

    /// Writes an image, the pieces within it included.
    pub fn image(&mut self, index: usize, piece: &Piece, source: &str, title: &str) {
        let inner = self.pieces.get(index + 1..piece.close).unwrap_or_default();
        let mut alt = String::new();
        plain_text(inner, &mut alt);
        let alt = alt.trim();
        if let Some(raw) = inner.iter().find(|piece| matches!(piece.event, Event::InlineHtml(_))) {
            self.raw_html(raw.span);
        }
        let verdict = self.links.image(source);
        if let Verdict::Outside(url) = &verdict {
            self.problems.push(Problem::new(
                Code::RemoteImage,
                place(self.body, self.pieces, index),
                format!("the image {} lies on another host and becomes a link", quoted(url)),
                "put the file into `static/` and name it by its path, as in `/picture.png`",
            ));
        } else if alt.is_empty() {
            self.problems.push(Problem::new(
                Code::MissingAlt,
                piece.span,
                format!("the image {} has no alternative text", quoted(source)),
                "say between the brackets what the image shows, as in `![A map of the region](/map.png)`",
            ));
        }
        match self.judged(verdict, index) {
            Some((url, true)) => {
                let link = !self.anchored;
                if link {
                    self.anchor(&url, true, title);
                }
                self.say(if alt.is_empty() { &url } else { alt });
                if link {
                    self.close_anchor();
                }
            }
            Some((url, false)) => {
                self.html.push_str("<img src=\"");
                escape::address(&mut self.html, &url);
                self.html.push_str("\" alt=\"");
                escape::attribute(&mut self.html, alt);
                self.title(title);
                self.html.push_str("\" loading=\"lazy\">");
                self.text.push_str(alt);
            }
            None => self.say(alt),
        }
    }

    /// Ends the link that was opened last.
    pub fn close_link(&mut self) {
        if self.anchors.pop() == Some(true) {
            self.close_anchor();
        }
    }

    /// The address to write and whether it leads outside; what is wrong is noted.
    fn judged(&mut self, verdict: Verdict, index: usize) -> Option<(String, bool)> {
        match verdict {
            Verdict::Inside(url) => Some((url, false)),
            Verdict::Outside(url) => Some((url, true)),
            Verdict::Plain => None,
            Verdict::Wrong { code, message, help } => {
                self.problems.push(Problem { code, span: place(self.body, self.pieces, index), message, help });
                None
            }
        }
    }

    fn anchor(&mut self, url: &str, outside: bool, title: &str) {
        self.html.push_str("<a href=\"");
        escape::address(&mut self.html, url);
        if outside {
            self.html.push_str("\" rel=\"external noopener");
        }
        self.title(title);
        self.html.push_str("\">");
        self.anchored = true;
    }

    fn close_anchor(&mut self) {
        self.html.push_str("</a>");
        self.anchored = false;
    }

    /// Closes an attribute's value and opens that of `title`, when there is one.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html.push_str("\" title=\"");
            escape::attribute(&mut self.html, title);
        }
    }
}
