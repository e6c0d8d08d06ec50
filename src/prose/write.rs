//! The pieces of a body as HTML: what begins and ends each block.

use super::footnotes::Footnotes;
use super::headings::Outline;
use super::links::Links;
use super::read::Piece;
use super::table::Table;
use super::{Destination, Problem, Prose, Target, Words, escape, quoted};
use crate::diagnostic::Code;
use crate::source_text::Span;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::fmt::Write;

/// Writes `pieces`, which are those of `body`.
pub(super) fn write(body: &str, pieces: &[Piece], words: &Words, resolve: &dyn Fn(&Destination) -> Target) -> Prose {
    let mut writer = Writer {
        body,
        pieces,
        words,
        links: Links::new(Outline::of(pieces), resolve),
        notes: Footnotes::of(pieces),
        html: String::with_capacity(body.len() + body.len() / 2),
        text: String::with_capacity(body.len()),
        problems: Vec::new(),
        anchors: Vec::new(),
        anchored: false,
        table: Table::default(),
        tables: 0,
        raw_said: false,
    };
    writer.range(0, pieces.len());
    let mut number = 1;
    while let Some((note, start)) = writer.notes.numbered(number) {
        let before = std::mem::take(&mut writer.html);
        let close = pieces.get(start).map_or(start, |piece| piece.close);
        writer.range(start + 1, close);
        let html = std::mem::replace(&mut writer.html, before);
        writer.notes.fill(note, html);
        number += 1;
    }
    writer.notes.list(words, &mut writer.html);
    writer.finish()
}

/// The state of writing one body.
pub(super) struct Writer<'a> {
    pub body: &'a str,
    pub pieces: &'a [Piece<'a>],
    words: &'a Words,
    pub links: Links<'a>,
    notes: Footnotes,
    pub html: String,
    pub text: String,
    pub problems: Vec<Problem>,
    /// For each open link, whether it was written as one.
    pub anchors: Vec<bool>,
    /// Whether one of them was: links do not stand within links.
    pub anchored: bool,
    table: Table,
    tables: usize,
    /// Whether the block's raw HTML has been reported.
    raw_said: bool,
}

impl Writer<'_> {
    fn finish(mut self) -> Prose {
        // Ten links by one definition are one mistake, and notes were written out of order.
        self.problems.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.problems.dedup();
        let (outline, asked) = self.links.into_parts();
        let words = self.text.split_whitespace().count();
        self.text.truncate(self.text.trim_end().len());
        let headings = outline.into_headings();
        Prose { html: self.html, problems: self.problems, headings, text: self.text, words, asked }
    }

    /// Writes the pieces from `from` up to `to`, without the definitions of footnotes in them.
    fn range(&mut self, from: usize, to: usize) {
        let pieces = self.pieces;
        let mut index = from;
        while index < to
            && let Some(piece) = pieces.get(index)
        {
            index = match &piece.event {
                Event::Start(tag) => self.start(index, piece, tag),
                Event::End(tag) => {
                    self.end(*tag);
                    index + 1
                }
                event => {
                    self.inline(piece, event);
                    index + 1
                }
            };
        }
    }

    fn inline(&mut self, piece: &Piece, event: &Event) {
        match event {
            Event::Text(text) => self.say(text),
            Event::Html(line) => {
                self.raw_html(first_tag(line, piece.span));
                self.say(line);
            }
            Event::InlineHtml(tag) => {
                self.raw_html(piece.span);
                self.say(tag);
            }
            Event::Code(text) => {
                self.html.push_str("<code>");
                self.say(text);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => self.both("\n", " "),
            Event::HardBreak => self.both("<br>\n", "\n"),
            Event::Rule => {
                self.line();
                self.html.push_str("<hr>\n");
            }
            Event::FootnoteReference(label) => {
                if !self.notes.refer(label, self.words, &mut self.html) {
                    self.say(&format!("[^{label}]"));
                }
            }
            Event::TaskListMarker(done) => {
                self.html.push_str("<input type=\"checkbox\" disabled");
                self.html.push_str(if *done { " checked aria-label=\"" } else { " aria-label=\"" });
                escape::attribute(&mut self.html, if *done { &self.words.done } else { &self.words.open });
                self.html.push_str("\"> ");
            }
            // The dialect has no mathematics.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(text),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// Opens an element; gives the index of the piece to go on with.
    fn start(&mut self, index: usize, piece: &Piece, tag: &Tag) -> usize {
        if matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock | Tag::Table(_) | Tag::Item) {
            self.raw_said = false;
        }
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.block("<p>"),
            Tag::Heading { .. } => {
                self.line();
                if let Some(heading) = self.links.outline.heading(index) {
                    let _ = write!(self.html, "<h{} id=\"", heading.level);
                    escape::attribute(&mut self.html, &heading.id);
                    self.html.push_str("\">");
                }
            }
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.block(if self.is_task(index) { "<li class=\"task\">" } else { "<li>" }),
            // Written when the rest has been: see `footnotes`.
            Tag::FootnoteDefinition(_) => return piece.close + 1,
            Tag::Table(alignments) => {
                self.line();
                self.tables += 1;
                self.table = Table::open(alignments, self.tables, self.words, &mut self.html);
            }
            Tag::TableHead => self.table.open_head(&mut self.html),
            Tag::TableRow => self.table.open_row(&mut self.html),
            Tag::TableCell => {
                if piece.span.start == piece.span.end && piece.close == index + 1 && self.table.skip() {
                    return piece.close + 1;
                }
                self.table.open_cell(&mut self.html);
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(index, *link_type, dest_url, title),
            Tag::Image { dest_url, title, .. } => {
                self.image(index, piece, dest_url, title);
                return piece.close + 1;
            }
            // Not in the dialect; their text, when there is any, is written as such.
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
        index + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.both("</p>\n", "\n"),
            TagEnd::HtmlBlock => {
                self.html.truncate(self.html.trim_end().len());
                self.both("</p>\n", "\n");
            }
            TagEnd::Heading(level) => {
                let level = self.links.outline.written(level as u8);
                let _ = writeln!(self.html, "</h{level}>");
                self.text.push('\n');
            }
            TagEnd::BlockQuote(None) => self.html.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.html.push_str("</div>\n"),
            TagEnd::CodeBlock => self.both("</code></pre>\n", "\n"),
            TagEnd::List(true) => self.html.push_str("</ol>\n"),
            TagEnd::List(false) => self.html.push_str("</ul>\n"),
            TagEnd::Item => self.both("</li>\n", "\n"),
            TagEnd::Table => Table::close(&mut self.html),
            TagEnd::TableHead => {
                self.table.close_head(&mut self.html);
                self.text.push('\n');
            }
            TagEnd::TableRow => {
                self.table.close_row(&mut self.html);
                self.text.push('\n');
            }
            TagEnd::TableCell => {
                self.table.close_cell(&mut self.html);
                self.text.push(' ');
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Link => self.close_link(),
            // Passed over by their starts, or not in the dialect.
            TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::MetadataBlock(_) => {}
            TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {}
            TagEnd::Superscript | TagEnd::Subscript => {}
        }
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &self.words.note),
            BlockQuoteKind::Tip => ("tip", &self.words.tip),
            BlockQuoteKind::Important => ("important", &self.words.important),
            BlockQuoteKind::Warning => ("warning", &self.words.warning),
            BlockQuoteKind::Caution => ("caution", &self.words.caution),
        };
        self.block(&format!("<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">"));
        escape::text(&mut self.html, title);
        self.html.push_str("</p>\n");
    }

    /// Can be reached by keyboard, since it may have to be scrolled.
    fn code_block(&mut self, kind: &CodeBlockKind) {
        self.block("<pre tabindex=\"0\"><code");
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let proper = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '.' | '#');
        if !info.is_empty() && info.chars().all(proper) {
            self.html.push_str(" class=\"language-");
            escape::attribute(&mut self.html, info);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Notes that the tag at `span` is no tag, once for each block.
    pub fn raw_html(&mut self, span: Span) {
        if std::mem::replace(&mut self.raw_said, true) {
            return;
        }
        let tag = self.body.get(span.start..span.end).unwrap_or_default();
        self.problems.push(Problem::new(
            Code::RawHtml,
            span,
            format!("the raw HTML {} is shown as text", quoted(tag)),
            "write Markdown instead; to show a tag, put it between backticks",
        ));
    }

    fn is_task(&self, item: usize) -> bool {
        let event = |index| self.pieces.get(index).map(|piece: &Piece| &piece.event);
        match event(item + 1) {
            Some(Event::Start(Tag::Paragraph)) => matches!(event(item + 2), Some(Event::TaskListMarker(_))),
            first => matches!(first, Some(Event::TaskListMarker(_))),
        }
    }

    /// Writes `text`.
    pub fn say(&mut self, text: &str) {
        escape::text(&mut self.html, text);
        self.text.push_str(text);
    }

    fn both(&mut self, html: &str, text: &str) {
        self.html.push_str(html);
        self.text.push_str(text);
    }

    fn block(&mut self, tag: &str) {
        self.line();
        self.html.push_str(tag);
    }

    fn line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }
}

/// The place of the tag with which `line`, which stands at `span`, begins.
fn first_tag(line: &str, span: Span) -> Span {
    let start = span.start + line.len() - line.trim_start().len();
    let tag = line.trim();
    Span::new(start, start + tag.find('>').map_or(tag.len(), |end| end + 1))
}
