//! The body as a list of parser events that can be looked at more than once.

use super::{Problem, caps};
use crate::diagnostic::Code;
use crate::source_text::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// One event of the parser.
pub(super) struct Piece<'a> {
    /// What was found.
    pub event: Event<'a>,
    /// Where.
    pub span: Span,
    /// Of a link by reference, where its definition stands.
    pub definition: Option<Span>,
    /// Of a start, the index of its end; of anything else its own.
    pub close: usize,
}

/// How many cells at the ends of rows may be left out in the tables of a body.
///
/// The parser makes them up, so that a few kilobytes of short rows below a wide head give a quarter of a
/// million of them; past that number it loses its place and puts paragraphs into rows.
const MISSING_CELLS: usize = 1 << 17;

/// Parses `body`; refuses it when elements stand within one another deeper than
/// `depth`, and when its tables are mostly made up.
pub(super) fn pieces(body: &str, depth: usize) -> Result<Vec<Piece<'_>>, Problem> {
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut events = Parser::new_ext(body, dialect).into_offset_iter();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = Vec::new();
    let mut missing = 0;
    while let Some((event, range)) = events.next() {
        let span = Span::new(range.start, range.end);
        let mut definition = None;
        match &event {
            Event::Start(tag) => {
                if open.len() >= depth {
                    return Err(caps::too_deep(depth, span));
                }
                open.push(pieces.len());
                missing += usize::from(*tag == Tag::TableCell && range.is_empty());
                if missing > MISSING_CELLS {
                    return Err(Problem::new(
                        Code::TooLarge,
                        span,
                        format!("the tables lack more than {MISSING_CELLS} cells"),
                        "give each row as many cells as the head of its table, or make the table narrower",
                    ));
                }
                if let Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } = tag
                    && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
                {
                    let found = events.reference_definitions().get(id);
                    definition = found.map(|found| Span::new(found.span.start, found.span.end));
                }
            }
            Event::End(_) => {
                let end = pieces.len();
                if let Some(start) = open.pop().and_then(|start| pieces.get_mut(start)) {
                    start.close = end;
                }
            }
            _ => {}
        }
        pieces.push(Piece { event, span, definition, close: pieces.len() });
    }
    Ok(pieces)
}

/// Appends what `pieces` say without their markup, on one line: the text of a heading or of an image.
///
/// Numbers of footnotes are no part of it.
pub(super) fn plain_text(pieces: &[Piece], out: &mut String) {
    for piece in pieces {
        match &piece.event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
}
