//! Where on a card each part stands.
//!
//! It is seen at a third of its size beside other people's words, and cut off at its edges by some who show it: large
//! letters, little of them, wide margins.

use super::content::Content;
use super::face::{Face, Faces};
use super::{HEIGHT, WIDTH};
use crate::draw::svg::{Px, Svg};

/// The family of the letters.
pub(super) const FAMILY: &str = "Annals Card";
/// The colours of the style sheet, for light.
const PAPER: &str = "#fff";
const INK: &str = "#1c1b19";
const MUTED: &str = "#5c5950";
const RULE: &str = "#d9d5ca";
const ACCENT: &str = "#8c1d18";
const MARK: &str = "#764000";
const MARK_PAPER: &str = "#fcf1dd";

/// From the edges of the card.
const MARGIN: f64 = 80.0;
/// Between the margins.
const ROOM: f64 = 1200.0 - 2.0 * MARGIN;
/// From one line to the next, in sizes of the letters: of a title, of a text.
const TIGHT: f64 = 1.14;
const LOOSE: f64 = 1.3;
/// Between facts; spaces that no reader of XML makes one.
const BETWEEN: &str = "\u{a0}\u{a0}·\u{a0}\u{a0}";
/// The lines at the foot.
const FIGURE_LINE: f64 = 480.0;
const RULE_LINE: f64 = 512.0;
const FACTS_LINE: f64 = 567.0;

/// The card as SVG.
pub(super) fn svg(content: &Content, faces: &Faces) -> String {
    let (width, height) = (f64::from(WIDTH), f64::from(HEIGHT));
    let mut sheet = Sheet { svg: Svg::new(), faces };
    sheet.svg.open(
        "svg",
        &[("xmlns", &"http://www.w3.org/2000/svg"), ("width", &WIDTH), ("height", &HEIGHT), ("font-family", &FAMILY)],
    );
    sheet.area(0.0, 0.0, width, height, PAPER);
    sheet.area(0.0, 0.0, width, 16.0, ACCENT);
    let mut top = 76.0;
    if let Some(site) = &content.site {
        for line in faces.regular.cut(site, 32.0, ROOM, 1) {
            sheet.line(&line, Look { size: 32.0, is_bold: false, colour: MUTED }, MARGIN, 98.0);
        }
        top = 126.0;
    }
    top = sheet.title(&content.title, top);
    if let Some(date) = &content.date {
        // A date that is cut off may say the opposite: it is small rather, and on two lines.
        top = sheet.paragraph(date, &[(38.0, 1), (32.0, 1), (27.0, 2)], top + 14.0);
    }
    if let Some(text) = &content.text {
        sheet.paragraph(text, &[(36.0, 4), (31.0, 5)], top + 24.0);
    }
    let figure = content.figure.as_ref().and_then(|figure| {
        // A number that is cut off is another number: it fits, or is not there.
        let size = [48.0, 40.0, 34.0].into_iter().find(|size| faces.bold.width(figure, *size) <= ROOM)?;
        Some((figure, size))
    });
    if let Some((figure, size)) = figure {
        sheet.line(figure, Look { size, is_bold: true, colour: INK }, MARGIN, FIGURE_LINE);
    }
    sheet.area(MARGIN, RULE_LINE, ROOM, 2.0, RULE);
    sheet.foot(content);
    sheet.svg.finish()
}

/// How a line looks.
#[derive(Clone, Copy)]
struct Look {
    size: f64,
    is_bold: bool,
    colour: &'static str,
}

struct Sheet<'f> {
    svg: Svg,
    faces: &'f Faces,
}

impl Sheet<'_> {
    fn face(&self, look: Look) -> &Face {
        if look.is_bold { &self.faces.bold } else { &self.faces.regular }
    }

    fn area(&mut self, x: f64, y: f64, width: f64, height: f64, colour: &'static str) {
        self.svg.empty(
            "rect",
            &[("x", &Px(x)), ("y", &Px(y)), ("width", &Px(width)), ("height", &Px(height)), ("fill", &colour)],
        );
    }

    fn line(&mut self, text: &str, look: Look, x: f64, y: f64) {
        let weight = if look.is_bold { 700 } else { 400 };
        self.svg.element(
            "text",
            &[
                ("x", &Px(x)),
                ("y", &Px(y)),
                ("font-size", &Px(look.size)),
                ("font-weight", &weight),
                ("fill", &look.colour),
            ],
            text,
        );
    }

    /// Lines from `top` down; where they end.
    fn lines(&mut self, lines: &[String], look: Look, mut top: f64) -> f64 {
        for line in lines {
            // The letters stand on a line at four fifths of their size.
            self.line(line, look, MARGIN, top + look.size * 0.8);
            top += look.size * if look.is_bold { TIGHT } else { LOOSE };
        }
        top
    }

    /// The title, as large as it can be.
    fn title(&mut self, title: &str, top: f64) -> f64 {
        let sizes = [(84.0, 2), (66.0, 3), (54.0, 4)];
        let fits =
            sizes.into_iter().find_map(|(size, most)| Some((size, self.faces.bold.lines(title, size, ROOM, most)?)));
        let (size, lines) = fits.unwrap_or_else(|| (54.0, self.faces.bold.cut(title, 54.0, ROOM, 4)));
        self.lines(&lines, Look { size, is_bold: true, colour: INK }, top)
    }

    /// Words in one of these sizes, each with its number of lines, or cut off at the last.
    fn paragraph(&mut self, text: &str, sizes: &[(f64, usize)], top: f64) -> f64 {
        let face = &self.faces.regular;
        let fits = sizes.iter().find_map(|(size, most)| Some((*size, face.lines(text, *size, ROOM, *most)?)));
        let last = || sizes.last().map(|(size, most)| (*size, face.cut(text, *size, ROOM, *most)));
        let Some((size, lines)) = fits.or_else(last) else { return top };
        self.lines(&lines, Look { size, is_bold: false, colour: MUTED }, top)
    }

    /// The marks in frames, then the facts; what does not fit beside the others is left out.
    fn foot(&mut self, content: &Content) {
        let (mark, fact) =
            (Look { size: 30.0, is_bold: true, colour: MARK }, Look { size: 32.0, is_bold: false, colour: MUTED });
        let mut x = MARGIN;
        for text in &content.marks {
            let width = self.face(mark).width(text, mark.size) + 32.0;
            if x + width > MARGIN + ROOM {
                continue;
            }
            self.svg.empty(
                "rect",
                &[
                    ("x", &Px(x + 1.0)),
                    ("y", &Px(FACTS_LINE - 35.0)),
                    ("width", &Px(width - 2.0)),
                    ("height", &Px(48.0)),
                    ("rx", &Px(6.0)),
                    ("fill", &MARK_PAPER),
                    ("stroke", &MARK),
                    ("stroke-width", &Px(2.0)),
                ],
            );
            self.line(text, mark, x + 16.0, FACTS_LINE);
            x += width + 24.0;
        }
        let room = MARGIN + ROOM - x;
        let face = self.face(fact);
        let facts = (1..=content.facts.len()).rev().filter_map(|most| Some(content.facts.get(..most)?.join(BETWEEN)));
        let fits = facts.into_iter().find(|facts| face.width(facts, fact.size) <= room);
        if let Some(facts) = fits {
            self.line(&facts, fact, x, FACTS_LINE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../static/annals.css");
        for (name, colour) in [
            ("paper", PAPER),
            ("ink", INK),
            ("muted", MUTED),
            ("rule", RULE),
            ("accent", ACCENT),
            ("dispute", MARK),
            ("dispute-paper", MARK_PAPER),
        ] {
            assert!(sheet.contains(&format!("  --{name}: var(--light, {colour})")), "{name}");
        }
    }
}
