//! What several claims say of one value, each a bar on a line that they share.
//!
//! Shape tells what a bound is: a bar that ends in a stroke has it in, a ring leaves it out, a bar that fades is not
//! exact there, an arrow goes on. The kind of outline tells what is shown from what stands against it, as words do.

use super::svg::{Px, Svg};
use super::text::{fitted, width};
use super::wide::{NARROW, Part, shape};

/// Bars on one line.
#[derive(Debug)]
pub struct Bounds {
    /// What the picture shows, for those who do not see it.
    pub name: String,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Marks of the line, from left to right: place and words.
    pub ticks: Vec<(Part, String)>,
    /// Where the line is cut.
    pub cuts: Vec<(Part, Part)>,
}

/// What a claim says.
#[derive(Debug)]
pub struct Row {
    /// In words.
    pub words: String,
    /// How it stands among the others.
    pub standing: Standing,
    /// Where it lies; nothing when it has no place on the line.
    pub bar: Option<Bar>,
}

/// How a claim stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is shown.
    Shown,
    /// It stands against what is shown.
    Rival,
    /// It is not believed.
    Deprecated,
}

/// A stretch of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The lower end.
    pub start: End,
    /// The upper end.
    pub end: End,
    /// The one value that is named, where it is no bound.
    pub point: Option<Part>,
    /// Whether it is one moment somewhere within, and not the whole stretch.
    pub once: bool,
}

/// An end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// There, and itself within.
    Closed(Part),
    /// There, and itself left out.
    Ring(Part),
    /// About there.
    Faded(Part),
    /// Nowhere: it goes on.
    Away,
}

/// Size of letters.
const LETTERS: f64 = 13.0;
/// Size of the letters of marks.
const MARKS: f64 = 12.0;
/// What keeps the words of two marks apart.
const GAP: f64 = 6.0;
/// Height of a row, of which the words take the upper part.
const ROW: f64 = 42.0;
/// Where the middle of a bar stands in its row.
const BAR: f64 = 28.0;
/// Half the height of a bar.
const HALF: f64 = 5.0;
/// Where the line begins and ends, so that what goes on has room for its arrow.
const ENDS: (f64, f64) = (0.03, 0.97);
/// Room under the rows for the words of the line.
const FOOT: f64 = 26.0;

/// The length of the line of values on the narrowest picture.
pub const LINE: f64 = NARROW * (ENDS.1 - ENDS.0);

/// The place on the picture of a place on the line, from 0 to [`LINE`].
pub fn place(at: f64) -> Part {
    Part(ENDS.0 + at / NARROW)
}

/// What the words of a mark need from one mark to the next.
pub fn room(words: &str) -> f64 {
    width(words, MARKS) + GAP
}

impl Bounds {
    /// The picture.
    pub fn draw(&self) -> String {
        let rows = (0_u32..).zip(&self.rows).map(|(at, row)| (f64::from(at) * ROW, row));
        let foot = rows.clone().last().map_or(0.0, |(top, _)| top + ROW);
        let height = foot + FOOT;
        let mut svg = Svg::new();
        svg.open(
            "svg",
            &[
                ("class", &"bounds"),
                ("paint-order", &"stroke"),
                ("role", &"img"),
                ("aria-label", &self.name),
                ("width", &"100%"),
                ("height", &Px(height)),
            ],
        );
        for (at, _) in &self.ticks {
            line(&mut svg, "grid", (*at, 4.0), (*at, foot + 4.0));
        }
        for (top, row) in rows {
            let class = match row.standing {
                Standing::Shown => "bounds-shown",
                Standing::Rival => "bounds-rival",
                Standing::Deprecated => "bounds-deprecated",
            };
            svg.open("g", &[("class", &class)]);
            let words = fitted(&row.words, LETTERS, NARROW).unwrap_or_default();
            svg.element("text", &[("y", &Px(top + 15.0))], &words);
            if let Some(bar) = &row.bar {
                draw_bar(&mut svg, bar, row.standing, top + BAR);
            }
            svg.close();
        }
        line(&mut svg, "line", (Part(0.0), foot + 4.0), (Part(1.0), foot + 4.0));
        for (from, to) in &self.cuts {
            let middle = Part(f64::midpoint(from.0, to.0));
            shape(&mut svg, "cut", middle, foot + 4.0, "M-5 5L-1 -5M1 5L5 -5");
        }
        for ((anchor, at), words) in labels(&self.ticks) {
            let attributes: [(&str, &dyn std::fmt::Display); 4] =
                [("class", &"tick"), ("x", &at), ("y", &Px(foot + 20.0)), ("text-anchor", &anchor)];
            svg.element("text", &attributes, words);
        }
        svg.finish()
    }
}

/// The words of the marks with their anchors and places; those that would collide are left out, their marks are not.
fn labels(ticks: &[(Part, String)]) -> Vec<((&'static str, Part), &str)> {
    let mut labels = Vec::new();
    let mut reached = f64::NEG_INFINITY;
    for (at, words) in ticks {
        let long = width(words, MARKS);
        let (anchor, place) = anchor(*at, long);
        let from = match anchor {
            "start" => 0.0,
            "end" => NARROW - long,
            _ => place.0 * NARROW - long / 2.0,
        };
        if from >= reached {
            labels.push(((anchor, place), words.as_str()));
            reached = from + long + GAP;
        }
    }
    labels
}

/// Words under a mark stand in its middle, at the ends of the picture within it.
fn anchor(at: Part, width: f64) -> (&'static str, Part) {
    let half = width / 2.0 / NARROW;
    match at.0 {
        at if at < half => ("start", Part(0.0)),
        at if at > 1.0 - half => ("end", Part(1.0)),
        _ => ("middle", at),
    }
}

fn draw_bar(svg: &mut Svg, bar: &Bar, standing: Standing, y: f64) {
    if let (End::Closed(start), End::Closed(end)) = (bar.start, bar.end)
        && (end.0 - start.0).abs() < 1e-9
    {
        // One value and no other.
        return mark_point(svg, standing, start, y);
    }
    let start = match bar.start {
        End::Closed(at) | End::Ring(at) | End::Faded(at) => at.0,
        End::Away => 0.02,
    };
    let end = match bar.end {
        End::Closed(at) | End::Ring(at) | End::Faded(at) => at.0,
        End::Away => 0.98,
    };
    let (start, end) = (start.min(end), end.max(start));
    // Up to where a bar is as strong as it can be: a faded end takes its part from there on.
    let fade = (end - start) * 0.25;
    let core =
        |faded: bool, far: f64| if faded { bar.point.map_or(far, |point| point.0.clamp(start, end)) } else { far };
    let from = if matches!(bar.start, End::Faded(_)) { core(true, start + fade) } else { start };
    let to = if matches!(bar.end, End::Faded(_)) { core(true, end - fade) } else { end };
    if bar.once {
        line(svg, "once", (Part(start), y), (Part(end), y));
    } else {
        steps(svg, (from, start), y);
        if to > from {
            rect(svg, (from, to), y, None);
        }
        steps(svg, (to, end), y);
    }
    for (bound, at, out) in [(bar.start, start, -1.0), (bar.end, end, 1.0)] {
        match bound {
            End::Closed(at) => line(svg, "end", (at, y - HALF - 3.0), (at, y + HALF + 3.0)),
            End::Ring(at) => svg.empty("circle", &[("class", &"ring"), ("cx", &at), ("cy", &Px(y)), ("r", &Px(5.0))]),
            End::Faded(_) => {}
            End::Away => {
                let arrow = if out < 0.0 { "M-6 0L4 -8V8Z" } else { "M6 0L-4 -8V8Z" };
                shape(svg, "arrow", Part(at), y, arrow);
            }
        }
    }
    if let Some(point) = bar.point {
        mark_point(svg, standing, point, y);
    }
}

/// One value: a disc is shown, a diamond stands against it, a cross is not believed. A ring is no value at all.
fn mark_point(svg: &mut Svg, standing: Standing, at: Part, y: f64) {
    match standing {
        Standing::Shown => svg.empty("circle", &[("class", &"point"), ("cx", &at), ("cy", &Px(y)), ("r", &Px(6.0))]),
        Standing::Rival => shape(svg, "point", at, y, "M0 -7.5L7.5 0L0 7.5L-7.5 0Z"),
        Standing::Deprecated => shape(svg, "cross", at, y, "M-5 -5L5 5M-5 5L5 -5"),
    }
}

/// Pieces that grow weaker from the first place to the second.
fn steps(svg: &mut Svg, (from, to): (f64, f64), y: f64) {
    const STRENGTHS: [f64; 6] = [0.8, 0.7, 0.5, 0.4, 0.2, 0.1];
    let step = (to - from) / 6.0;
    if step.abs() < 1e-6 {
        return;
    }
    for (n, strength) in (0_u32..).zip(STRENGTHS) {
        let (a, b) = (from + step * f64::from(n), from + step * f64::from(n + 1));
        rect(svg, (a.min(b), a.max(b)), y, Some(strength));
    }
}

fn rect(svg: &mut Svg, (from, to): (f64, f64), y: f64, strength: Option<f64>) {
    let (x, width, top, height) = (Part(from), Part(to - from), Px(y - HALF), Px(HALF * 2.0));
    let class = if strength.is_some() { "fade" } else { "bar" };
    let strength = strength.map(Px);
    let mut attributes: Vec<(&'static str, &dyn std::fmt::Display)> =
        vec![("class", &class), ("x", &x), ("y", &top), ("width", &width), ("height", &height)];
    if let Some(strength) = &strength {
        attributes.push(("opacity", strength));
    }
    svg.empty("rect", &attributes);
}

fn line(svg: &mut Svg, class: &'static str, from: (Part, f64), to: (Part, f64)) {
    let (y1, y2) = (Px(from.1), Px(to.1));
    svg.empty("line", &[("class", &class), ("x1", &from.0), ("y1", &y1), ("x2", &to.0), ("y2", &y2)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(start: End, end: End, point: Option<f64>) -> String {
        let mut svg = Svg::new();
        draw_bar(&mut svg, &Bar { start, end, point: point.map(Part), once: false }, Standing::Shown, 28.0);
        svg.finish()
    }

    #[track_caller]
    fn check(picture: &str, expect: &[(&str, usize)]) {
        for (class, times) in expect {
            assert_eq!(picture.matches(&format!("class=\"{class}\"")).count(), *times, "{class} in {picture}");
        }
    }

    #[test]
    fn a_bound_has_its_shape() {
        let (low, high) = (Part(0.2), Part(0.8));
        check(&bar(End::Closed(low), End::Closed(high), None), &[("end", 2), ("bar", 1), ("ring", 0)]);
        check(&bar(End::Ring(low), End::Away, None), &[("ring", 1), ("arrow", 1), ("end", 0)]);
        let about = bar(End::Faded(low), End::Faded(high), Some(0.5));
        check(&about, &[("fade", 12), ("bar", 0), ("point", 1), ("end", 0)]);
        check(&bar(End::Closed(low), End::Closed(low), None), &[("point", 1), ("end", 0), ("bar", 0)]);
        check(&bar(End::Closed(low), End::Faded(high), None), &[("fade", 6), ("bar", 1), ("end", 1)]);
    }

    #[test]
    fn words_are_words() {
        let picture = Bounds {
            name: "\"><script>".to_owned(),
            rows: vec![Row { words: "</text><b>".to_owned(), standing: Standing::Rival, bar: None }],
            ticks: vec![(Part(0.5), "<i>&".to_owned())],
            cuts: vec![(Part(0.1), Part(0.2))],
        };
        let drawn = picture.draw();
        for hostile in ["<script", "<b>", "<i>", "style="] {
            assert!(!drawn.contains(hostile), "{drawn}");
        }
        assert!(drawn.contains("&lt;i&gt;&amp;") && drawn.ends_with("</svg>"));
    }

    #[test]
    fn words_of_marks_keep_apart() {
        let ticks: Vec<(Part, String)> =
            [0.03, 0.2, 0.55, 0.97].map(|at| (Part(at), "US$400 million".to_owned())).into();
        let places: Vec<Part> = labels(&ticks).iter().map(|((_, place), _)| *place).collect();
        assert_eq!(places, [Part(0.0), Part(0.55)]);
    }

    #[test]
    fn words_stay_within_the_picture() {
        assert_eq!(anchor(Part(0.03), 60.0), ("start", Part(0.0)));
        assert_eq!(anchor(Part(0.97), 60.0), ("end", Part(1.0)));
        assert_eq!(anchor(Part(0.5), 60.0), ("middle", Part(0.5)));
    }
}
