//! The shapes, each drawn once in the axis and once beside the words that explain it.

use super::End;
use super::frame::Torn;
use super::place::DIAMOND;
use crate::draw::svg::{Px, Svg};
use chrono::NaiveDate;

/// A shape of the axis that a reader may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A span with sharp ends.
    Sharp,
    /// A span with a faded end.
    Faded,
    /// A hollow span: once, somewhere within.
    Hollow,
    /// The head of an arrow: it goes on.
    Open,
    /// A diamond: something of it is disputed.
    Disputed,
    /// A bar that counts.
    Count,
    /// The part of it that is not sharp.
    CountVague,
    /// A strip over all bars of a year: in none of them.
    Strip,
    /// Years that are left out.
    Break,
}

/// The fades, which the pictures of a page share: to stand on it once, where it is always shown.
pub fn definitions() -> String {
    let mut svg = Svg::new();
    svg.open("svg", &[("class", &"axis-fades"), ("width", &0), ("height", &0), ("aria-hidden", &"true")]);
    for (id, stops) in [
        ("s-fade-start", &[("0", 0), (".4", 1)][..]),
        ("s-fade-end", &[(".6", 1), ("1", 0)]),
        ("s-fade-both", &[("0", 0), (".35", 1), (".65", 1), ("1", 0)]),
    ] {
        svg.open("linearGradient", &[("id", &id)]);
        for (offset, opacity) in stops {
            svg.empty("stop", &[("offset", offset), ("stop-opacity", opacity)]);
        }
        svg.close();
    }
    svg.finish()
}

impl Shape {
    /// The shape alone, to stand beside its words.
    pub fn drawn(self) -> String {
        let mut svg = Svg::new();
        svg.open(
            "svg",
            &[
                ("class", &"axis-key"),
                ("viewBox", &"0 0 44 16"),
                ("width", &44),
                ("height", &16),
                ("aria-hidden", &"true"),
            ],
        );
        let day = NaiveDate::default();
        let (sharp, faded) = (End::Sharp(day), End::Faded(day));
        let body = Body { x: (4.0, 40.0), y: 4.0, height: 8.0, once: false, start: sharp, end: sharp };
        match self {
            Self::Sharp => body.draw(&mut svg),
            Self::Faded => Body { end: faded, ..body }.draw(&mut svg),
            Self::Hollow => Body { once: true, ..body }.draw(&mut svg),
            Self::Open => Body { end: End::Open, ..body }.draw(&mut svg),
            Self::Disputed => {
                diamond(&mut svg, 9.0, 8.0);
                Body { x: (16.0, 40.0), ..body }.draw(&mut svg);
            }
            Self::Count => column(&mut svg, (14.0, 30.0), 15.0, (14.0, 0.0)),
            Self::CountVague => column(&mut svg, (14.0, 30.0), 15.0, (14.0, 8.0)),
            Self::Strip => strip(&mut svg, (4.0, 40.0), 6.0),
            Self::Break => {
                body.draw(&mut svg);
                let torn = Torn { x: (15.0, 26.0), y: (-1.0, 18.0) };
                svg.open("g", &[("class", &"axis-break")]);
                svg.empty("path", &[("d", &torn.sheet())]);
                svg.empty("path", &[("class", &"axis-torn"), ("d", &torn.edges())]);
            }
        }
        svg.finish()
    }
}

/// The shape of a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    pub x: (f64, f64),
    pub y: f64,
    pub height: f64,
    pub once: bool,
    pub start: End,
    pub end: End,
}

impl Body {
    pub fn draw(&self, svg: &mut Svg) {
        let is_faded = |end: End| matches!(end, End::Faded(_) | End::Unknown);
        let fade = match (is_faded(self.start), is_faded(self.end)) {
            (false, false) => None,
            (true, false) => Some("url(#s-fade-start)"),
            (false, true) => Some("url(#s-fade-end)"),
            (true, true) => Some("url(#s-fade-both)"),
        };
        let (x, width) = (Px(self.x.0), Px(self.x.1 - self.x.0));
        let class: &str = if self.once { "o" } else { "b" };
        // What fades has no colour of its own in the style sheet.
        let fading: &str = if self.once { "of" } else { "bf" };
        if self.start.goes_on() || self.end.goes_on() {
            let arrow = self.arrow();
            match fade {
                Some(fade) => svg.empty("path", &[("class", &fading), (self.paint(), &fade), ("d", &arrow)]),
                None => svg.empty("path", &[("class", &class), ("d", &arrow)]),
            }
            return;
        }
        let (y, height) = (Px(self.y), Px(self.height));
        match fade {
            Some(fade) => svg.empty(
                "rect",
                &[
                    ("class", &fading),
                    (self.paint(), &fade),
                    ("x", &x),
                    ("y", &y),
                    ("width", &width),
                    ("height", &height),
                ],
            ),
            None => {
                svg.empty("rect", &[("class", &class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
            }
        }
    }

    fn paint(&self) -> &'static str {
        if self.once { "stroke" } else { "fill" }
    }

    /// The outline with a head at each open end.
    fn arrow(&self) -> String {
        let (left, right) = (Px(self.x.0), Px(self.x.1));
        let (top, bottom, middle) = (Px(self.y), Px(self.y + self.height), Px(self.y + self.height / 2.0));
        let (inner_left, inner_right) = (Px(self.x.0 + 9.0), Px(self.x.1 - 9.0));
        let start = match self.start {
            start if start.goes_on() => {
                format!("M{inner_left} {bottom}v3L{left} {middle}L{inner_left} {}V{top}", Px(self.y - 3.0))
            }
            _ => format!("M{left} {bottom}V{top}"),
        };
        let end = match self.end {
            end if end.goes_on() => {
                format!("H{inner_right}v-3L{right} {middle}L{inner_right} {}V{bottom}z", Px(self.y + self.height + 3.0))
            }
            _ => format!("H{right}V{bottom}z"),
        };
        start + &end
    }
}

/// The mark of what is disputed, around its middle.
pub(super) fn diamond(svg: &mut Svg, x: f64, y: f64) {
    let half = DIAMOND;
    svg.empty(
        "path",
        &[("class", &"d"), ("d", &format!("M{} {}l{half} {half}-{half} {half}-{half}-{half}z", Px(x), Px(y - half)))],
    );
}

/// A strip for what lies in no part of a year.
pub(super) fn strip(svg: &mut Svg, (left, right): (f64, f64), y: f64) {
    let (x, width) = (Px(left), Px(right - left));
    svg.empty("rect", &[("class", &"b"), ("x", &x), ("y", &Px(y)), ("width", &width), ("height", &Px(3.0))]);
}

/// A bar that counts, on its ground; `heights` are of the whole and of the part that is not sharp.
pub(super) fn column(svg: &mut Svg, (left, right): (f64, f64), ground: f64, (whole, vague): (f64, f64)) {
    let (x, width) = (Px(left), Px(right - left));
    let firm = whole - vague;
    if firm > 0.0 {
        svg.empty(
            "rect",
            &[("class", &"b"), ("x", &x), ("y", &Px(ground - firm)), ("width", &width), ("height", &Px(firm))],
        );
    }
    if vague > 0.0 {
        // The line of the outline stays within the bar.
        svg.empty(
            "rect",
            &[
                ("class", &"o"),
                ("x", &Px(left + 0.8)),
                ("y", &Px(ground - whole + 0.8)),
                ("width", &Px(right - left - 1.6)),
                ("height", &Px((vague - 0.8).max(1.0))),
            ],
        );
    }
}
