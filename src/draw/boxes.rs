//! Figures over time: each a box from its first to its last day and from its least to its most.
//!
//! Boxes may lie over each other, and that is what a reader should see: they are glass with an outline. Their numbers
//! and labels never do; a number for which there is no room is left out, since the table has all of them.

use super::svg::{Px, Svg};
use super::text::{fitted, width};
use super::wide::{NARROW, Part, shape};
use std::fmt::Display;

/// Boxes on two lines, of time and of values.
#[derive(Debug)]
pub struct Boxes {
    /// What the picture shows, for those who do not see it.
    pub name: String,
    /// In the order of their numbers.
    pub boxes: Vec<Figure>,
    /// Marks of the values: place from the top, and words.
    pub values: Vec<(f64, String)>,
    /// Marks of time: place and words.
    pub times: Vec<(Part, String)>,
    /// Where time is cut.
    pub cuts: Vec<(Part, Part)>,
}

/// A figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its number in the table.
    pub number: String,
    /// Words for screens that have room, the best first.
    pub labels: Vec<String>,
    /// What it is, in words, for a link.
    pub name: String,
    /// Where the link leads.
    pub url: String,
    /// From when to when.
    pub x: (Part, Part),
    /// Its most and its least, as places from the top.
    pub y: (f64, f64),
    /// Whether it goes on before, after, above, below.
    pub goes_on: [bool; 4],
    /// Whether its most, its least is itself left out.
    pub left_out: [bool; 2],
    /// Whether it is only about there.
    pub about: bool,
}

/// Where values stand: from the largest to the smallest, in pixels from the top.
pub const VALUES: (f64, f64) = (24.0, 300.0);
/// The height of a picture.
pub(super) const HEIGHT: f64 = 336.0;
/// Where the words of time stand.
pub(super) const TIMES: f64 = 326.0;

/// A place must be so wide for labels to be shown; the style sheet knows it too.
const ROOMY: f64 = 660.0;
/// The size of letters.
const LETTERS: f64 = 12.0;
/// The width and height of a number: a target for fingers.
const TARGET: f64 = 24.0;
/// The longest labels that are tried.
const LABELS: [f64; 2] = [420.0, 220.0];

/// Room that is taken: from and to in pixels around a place, and from and to in pixels from the top.
#[derive(Clone, Copy, Debug)]
struct Spot {
    x: Part,
    around: (f64, f64),
    y: (f64, f64),
}

impl Spot {
    /// Whether the two are apart on a picture of this width and on every wider one: the further left stays left.
    fn clear_of(&self, other: &Self, wide: f64) -> bool {
        let before = |a: &Self, b: &Self| a.x <= b.x && b.around.0 + (b.x.0 - a.x.0) * wide >= a.around.1;
        self.y.1 <= other.y.0 || other.y.1 <= self.y.0 || before(self, other) || before(other, self)
    }

    /// Whether it is within a picture of this width and of every greater.
    fn is_within(&self, wide: f64) -> bool {
        let inside = self.x.0 * wide + self.around.0 >= 0.0 && self.x.0 * wide + self.around.1 <= wide;
        inside && self.y.0 >= VALUES.0 - 20.0 && self.y.1 <= VALUES.1
    }
}

/// Where the number of a figure stands, and its label.
#[derive(Clone, Debug)]
struct Placed {
    number: Option<Spot>,
    /// Its words, and whether they end at the number instead of beginning there.
    label: Option<(String, bool)>,
}

impl Boxes {
    /// The picture.
    pub fn draw(&self) -> String {
        let mut svg = Svg::new();
        svg.open(
            "svg",
            &[
                ("class", &"chart"),
                ("paint-order", &"stroke"),
                ("role", &"group"),
                ("aria-label", &self.name),
                ("width", &"100%"),
                ("height", &Px(HEIGHT)),
            ],
        );
        lines(&mut svg, &self.values, &self.times, &self.cuts);
        // The largest lie below, so that none is hidden from a pointer.
        let mut order: Vec<&Figure> = self.boxes.iter().collect();
        let size = |figure: &Figure| (figure.x.1.0 - figure.x.0.0) * NARROW * (figure.y.1 - figure.y.0);
        order.sort_by(|a, b| size(b).total_cmp(&size(a)));
        for figure in order {
            figure.draw(&mut svg);
        }
        words(&mut svg, &self.values, &self.times);
        for (figure, placed) in self.boxes.iter().zip(self.placed()) {
            let Some(spot) = placed.number else { continue };
            let middle = f64::midpoint(spot.around.0, spot.around.1);
            svg.open("svg", &[("x", &spot.x), ("y", &Px(f64::midpoint(spot.y.0, spot.y.1))), ("overflow", &"visible")]);
            svg.open("a", &[("href", &figure.url), ("aria-label", &figure.name)]);
            let (left, wide) = (Px(spot.around.0), Px(spot.around.1 - spot.around.0));
            let (top, high) = (Px(-TARGET / 2.0), Px(TARGET));
            svg.empty("rect", &[("class", &"hit"), ("x", &left), ("y", &top), ("width", &wide), ("height", &high)]);
            let (x, y) = (Px(middle), Px(4.0));
            svg.element(
                "text",
                &[("class", &"number"), ("x", &x), ("y", &y), ("text-anchor", &"middle")],
                &figure.number,
            );
            svg.close();
            // Beside the link, not in it: words in a link must be in its name, and these are often cut short.
            if let Some((label, before)) = &placed.label {
                let (x, anchor) = if *before { (spot.around.0, "end") } else { (spot.around.1, "start") };
                let x = Px(x);
                let attributes: [(&str, &dyn Display); 5] =
                    [("class", &"label"), ("x", &x), ("y", &y), ("text-anchor", &anchor), ("aria-hidden", &"true")];
                svg.element("text", &attributes, label);
            }
            svg.close();
        }
        svg.finish()
    }

    /// Places for the numbers and labels, first come, first served.
    fn placed(&self) -> Vec<Placed> {
        let mut taken: Vec<Spot> = self
            .values
            .iter()
            .map(|(y, words)| Spot { x: Part(0.0), around: (0.0, width(words, LETTERS)), y: (y - 16.0, *y) })
            .collect();
        // What is no larger than a dot would be gone below words.
        taken.extend(self.boxes.iter().filter_map(Figure::dot));
        let mut placed: Vec<Placed> = Vec::new();
        for figure in &self.boxes {
            let free = |spot: &Spot| spot.is_within(NARROW) && taken.iter().all(|other| spot.clear_of(other, NARROW));
            let number = figure.spots().into_iter().find(free);
            taken.extend(number);
            placed.push(Placed { number, label: None });
        }
        for (figure, placed) in self.boxes.iter().zip(&mut placed) {
            let Some(number) = placed.number else { continue };
            let words: Vec<String> = figure
                .labels
                .iter()
                .flat_map(|label| LABELS.map(|room| fitted(label, LETTERS, room)))
                .flatten()
                .collect();
            // Words behind the number lie over its own box, those before it over others: rather few there than many here.
            let tries = [false, true].into_iter().flat_map(|before| words.iter().map(move |words| (words, before)));
            let spot = |words: &str, before: bool| {
                let long = width(words, LETTERS) + 4.0;
                let (from, to) = number.around;
                Spot { around: if before { (from - long, from) } else { (to, to + long) }, ..number }
            };
            // Its own number touches it.
            let free = |spot: &Spot| spot.is_within(ROOMY) && taken.iter().all(|other| spot.clear_of(other, ROOMY));
            let found = tries.map(|(words, before)| (spot(words, before), words, before)).find(|(spot, ..)| free(spot));
            if let Some((spot, words, before)) = found {
                placed.label = Some((words.clone(), before));
                taken.push(spot);
            }
        }
        placed
    }
}

impl Figure {
    /// The room that it takes when it is no larger than a dot.
    fn dot(&self) -> Option<Spot> {
        let y = f64::midpoint(self.y.0, self.y.1);
        let is_dot = (self.x.1.0 - self.x.0.0) * NARROW < 6.0 && self.y.1 - self.y.0 < 6.0;
        let x = Part(f64::midpoint(self.x.0.0, self.x.1.0));
        is_dot.then_some(Spot { x, around: (-5.0, 5.0), y: (y - 2.0, y + 2.0) })
    }

    /// Places for its number, the best first: inside of the box near its least, then around it.
    fn spots(&self) -> Vec<Spot> {
        let half = (width(&self.number, LETTERS) + 8.0).max(TARGET) / 2.0;
        let ((left, right), (top, bottom)) = (self.x, self.y);
        let middle = Part(f64::midpoint(left.0, right.0));
        let (in_y, mid_y) = (TARGET / 2.0 + 2.0, f64::midpoint(top, bottom));
        let mut spots = Vec::new();
        let mut add = |x: Part, dx: f64, y: f64| {
            spots.push(Spot { x, around: (dx - half, dx + half), y: (y - TARGET / 2.0, y + TARGET / 2.0) });
        };
        if (right.0 - left.0) * NARROW >= half * 2.0 + 4.0 && bottom - top >= TARGET + 4.0 {
            for y in [bottom - in_y, top + in_y, mid_y] {
                add(left, half + 2.0, y);
                add(right, -half - 2.0, y);
                add(middle, 0.0, y);
            }
        }
        if bottom - top < TARGET {
            // A label beside a thin box would be struck out by it.
            for y in [top - in_y, bottom + in_y] {
                add(left, half, y);
                add(middle, 0.0, y);
                add(right, -half, y);
            }
        }
        for y in [mid_y, bottom - in_y, top + in_y] {
            add(right, half + 4.0, y);
            add(left, -half - 4.0, y);
        }
        for x in [left, middle, right] {
            add(x, 0.0, top - in_y - 2.0);
            add(x, 0.0, bottom + in_y + 2.0);
        }
        for y in [top - in_y, bottom + in_y] {
            add(right, half + 4.0, y);
            add(left, -half - 4.0, y);
        }
        spots
    }

    fn draw(&self, svg: &mut Svg) {
        let [before, after, above, below] = self.goes_on;
        let ((left, right), (top, bottom)) = (self.x, self.y);
        let exact = bottom - top < 6.0;
        let middle_y = f64::midpoint(top, bottom);
        let (top, bottom) = if exact { (middle_y - 3.0, middle_y + 3.0) } else { (top, bottom) };
        let class = match (exact, self.about) {
            (true, _) => "exact",
            (false, true) => "about",
            (false, false) => "box",
        };
        // For a pointer alone: the number is the link for all others.
        svg.open("a", &[("href", &self.url), ("tabindex", &"-1"), ("aria-hidden", &"true")]);
        let (y, high) = (Px(top), Px(bottom - top));
        svg.empty(
            "rect",
            &[("class", &class), ("x", &left), ("y", &y), ("width", &Part(right.0 - left.0)), ("height", &high)],
        );
        if (right.0 - left.0) * NARROW < 6.0 {
            // A day of ten years would be thinner than a hair.
            svg.open("svg", &[("x", &left), ("y", &y), ("overflow", &"visible")]);
            svg.empty("rect", &[("class", &class), ("x", &"-2"), ("width", &"6"), ("height", &high)]);
            svg.close();
        }
        if !exact && !self.about {
            let mut edge = |from: (Part, f64), to: (Part, f64), class: &'static str| line(svg, class, from, to);
            let kind = |left_out: bool| if left_out { "edge edge-out" } else { "edge" };
            if !above {
                edge((left, top), (right, top), kind(self.left_out[0]));
            }
            if !below {
                edge((left, bottom), (right, bottom), kind(self.left_out[1]));
            }
            if !before {
                edge((left, top), (left, bottom), "side");
            }
            if !after {
                edge((right, top), (right, bottom), "side");
            }
        }
        let middle = Part(f64::midpoint(left.0, right.0));
        let arrows = [
            (before, left, middle_y, "M-4 0L6 -7V7Z"),
            (after, right, middle_y, "M4 0L-6 -7V7Z"),
            (above, middle, top, "M0 -8L-7 2H7Z"),
            (below, middle, bottom, "M0 8L-7 -2H7Z"),
        ];
        for (_, x, y, path) in arrows.into_iter().filter(|(there, ..)| *there) {
            shape(svg, "arrow", x, y, path);
        }
        svg.close();
    }
}

/// The lines of both directions, which lie below all.
pub(super) fn lines(svg: &mut Svg, values: &[(f64, String)], times: &[(Part, String)], cuts: &[(Part, Part)]) {
    for (y, _) in values {
        line(svg, "grid", (Part(0.0), *y), (Part(1.0), *y));
    }
    line(svg, "line", (Part(0.0), VALUES.1 + 6.0), (Part(1.0), VALUES.1 + 6.0));
    for (from, to) in cuts {
        let (y, high) = (Px(VALUES.0 - 16.0), Px(VALUES.1 - VALUES.0 + 16.0));
        svg.empty(
            "rect",
            &[("class", &"fold"), ("x", from), ("y", &y), ("width", &Part(to.0 - from.0)), ("height", &high)],
        );
        let middle = Part(f64::midpoint(from.0, to.0));
        shape(svg, "cut", middle, VALUES.1 + 6.0, "M-5 5L-1 -5M1 5L5 -5");
    }
    for (x, _) in times {
        line(svg, "line", (*x, VALUES.1 + 6.0), (*x, VALUES.1 + 11.0));
    }
}

/// The words of both directions, hidden from screen readers: each figure says its own.
pub(super) fn words(svg: &mut Svg, values: &[(f64, String)], times: &[(Part, String)]) {
    svg.open("g", &[("aria-hidden", &"true")]);
    for (y, words) in values {
        svg.element("text", &[("class", &"tick"), ("y", &Px(y - 4.0))], words);
    }
    for (x, words) in times {
        // A year begins at its mark, and its words do.
        if x.0 * NARROW + width(words, LETTERS) <= NARROW {
            svg.element("text", &[("class", &"tick"), ("x", x), ("y", &Px(TIMES))], words);
        }
    }
    svg.close();
}

fn line(svg: &mut Svg, class: &'static str, from: (Part, f64), to: (Part, f64)) {
    let (y1, y2) = (Px(from.1), Px(to.1));
    svg.empty("line", &[("class", &class), ("x1", &from.0), ("y1", &y1), ("x2", &to.0), ("y2", &y2)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(number: usize, x: (f64, f64), y: (f64, f64)) -> Figure {
        Figure {
            number: number.to_string(),
            labels: vec!["Thefts from at least three exchanges".to_owned(), "at least three".to_owned()],
            name: "a \"><script> name".to_owned(),
            url: "x.html?\"><script>".to_owned(),
            x: (Part(x.0), Part(x.1)),
            y,
            goes_on: [number.is_multiple_of(2), false, number.is_multiple_of(3), number.is_multiple_of(5)],
            left_out: [false, true],
            about: number.is_multiple_of(4),
        }
    }

    fn boxes(figures: Vec<Figure>) -> Boxes {
        Boxes {
            name: "<b>".to_owned(),
            boxes: figures,
            values: vec![(280.0, "US$10 million".to_owned()), (120.0, "US$100 million".to_owned())],
            times: vec![(Part(0.1), "<i>".to_owned())],
            cuts: vec![(Part(0.4), Part(0.45))],
        }
    }

    #[test]
    fn words_are_words() {
        let drawn = boxes(vec![figure(1, (0.5, 0.8), (40.0, 200.0))]).draw();
        for hostile in ["<script", "<b>", "<i>", "style=", "\"><"] {
            let allowed = hostile == "\"><";
            assert!(allowed || !drawn.contains(hostile), "{drawn}");
        }
        assert!(drawn.contains("class=\"label\"") && drawn.contains("class=\"number\""));
    }

    proptest! {
        #[test]
        fn no_number_and_no_label_lies_over_another(
            figures in proptest::collection::vec((0.0..1.0_f64, 0.0..1.0_f64, 24.0..300.0_f64, 24.0..300.0_f64), 1..40),
        ) {
            let figures: Vec<Figure> = (1..)
                .zip(figures)
                .map(|(n, (a, b, c, d))| figure(n, (a.min(b), a.max(b)), (c.min(d), c.max(d))))
                .collect();
            let picture = boxes(figures);
            let placed = picture.placed();
            for wide in [NARROW, 400.0, ROOMY, 1100.0] {
                let mut taken: Vec<(f64, f64, f64, f64)> = Vec::new();
                for one in &placed {
                    let Some(spot) = one.number else { continue };
                    let x = spot.x.0 * wide;
                    let (mut from, mut to) = (x + spot.around.0, x + spot.around.1);
                    prop_assert!(from >= -1e-9 && to <= wide + 1e-9);
                    if wide >= ROOMY && let Some((words, before)) = &one.label {
                        let long = width(words, LETTERS);
                        if *before { from -= long } else { to += long }
                    }
                    taken.push((from, to, spot.y.0, spot.y.1));
                }
                for (at, a) in taken.iter().enumerate() {
                    for b in &taken[..at] {
                        let apart = a.1 <= b.0 + 1e-9 || b.1 <= a.0 + 1e-9 || a.3 <= b.2 + 1e-9 || b.3 <= a.2 + 1e-9;
                        prop_assert!(apart, "{wide}: {a:?} {b:?}");
                    }
                }
            }
        }
    }
}
