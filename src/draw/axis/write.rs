//! Lanes to SVG.

use super::density::days;
use super::frame::{Frame, gap};
use super::key::{Body, column, diamond, strip as strip_of};
use super::place::Spot;
use super::plan::{self, Form, PADDING, Planned, STRIP, has_strip};
use super::sheet::Sheet;
use super::{Bar, End, Lane, Mark, Over, Picture, Shape, Words};
use crate::draw::svg::{Px, Svg};
use crate::draw::text::{fitted, width};
use crate::draw::time::TimeLine;
use std::collections::BTreeSet;

/// The axis on one sheet. Nothing when nothing has a day.
pub(super) fn picture(
    sheet: &Sheet,
    label: &str,
    lanes: &[Lane],
    marks: &[Mark<'_>],
    drawn: &[usize],
    words: &dyn Words,
) -> Option<Picture> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); lanes.len()];
    for number in drawn {
        if let Some(lane) = marks.get(*number).and_then(|mark| members.get_mut(mark.lane)) {
            lane.push(*number);
        }
    }
    let spans: Vec<_> = members.iter().flatten().filter_map(|number| marks.get(*number)?.days()).collect();
    let (start, end) = sheet.line();
    let mut line = TimeLine::new(&spans, start, end)?;
    let mut planned = plan::lanes(sheet, &line, marks, &members);
    if planned.iter().all(|lane| matches!(lane.form, Form::Bars(_))) {
        // Bars count what begins, so the line need not reach on to the end of a decade that somebody is unsure of.
        let starts: Vec<_> = spans.iter().map(|(first, _)| (*first, *first)).collect();
        line = TimeLine::new(&starts, start, end)?;
        planned = plan::counted(sheet, &line, marks, &members);
    }
    let frame = Frame::new(sheet, &line, words);
    let mut edges = vec![frame.top()];
    let mut y = frame.top();
    for lane in &planned {
        y += lane.height(sheet);
        edges.push(y);
    }
    let height = y + frame.foot(y - frame.top());
    let mut writer = Writer {
        svg: Svg::new(),
        sheet,
        line: &line,
        marks,
        words,
        shapes: BTreeSet::new(),
        // All bars of a picture have one scale, so that lanes can be compared.
        most: planned.iter().flat_map(Planned::columns).map(|bar| bar.count).max().unwrap_or(1),
        links: 0,
    };
    let view_box = format!("0 0 {} {}", Px(sheet.width), Px(height));
    writer
        .svg
        .open("svg", &[("class", &sheet.class), ("viewBox", &view_box), ("role", &"group"), ("aria-label", &label)]);
    frame.behind(&mut writer.svg, &edges);
    frame.breaks(&mut writer.svg, y, &mut writer.shapes);
    for (planned, top) in planned.iter().zip(&edges) {
        if let Some(lane) = lanes.get(planned.lane) {
            writer.lane(lane, planned, *top);
        }
    }
    Some(Picture { svg: writer.svg.finish(), shapes: writer.shapes, links: writer.links })
}

impl Planned {
    /// Its bars, but for what stands in a strip above them.
    fn columns(&self) -> impl Iterator<Item = &Bar> {
        let bars: &[Bar] = match &self.form {
            Form::Bars(bars) => bars,
            Form::Titled(_) | Form::Plain(_) => &[],
        };
        let strip = has_strip(bars);
        bars.iter().filter(move |bar| !(strip && matches!(bar.over, Over::Years(..))))
    }
}

struct Writer<'a> {
    svg: Svg,
    sheet: &'a Sheet,
    line: &'a TimeLine,
    marks: &'a [Mark<'a>],
    words: &'a dyn Words,
    shapes: BTreeSet<Shape>,
    most: usize,
    links: usize,
}

/// The thickness of a span.
const BODY: f64 = 8.0;

/// From the top of a row with a title to its span.
const BELOW_TITLE: f64 = 17.5;

impl Writer<'_> {
    fn lane(&mut self, lane: &Lane, planned: &Planned, top: f64) {
        let class = lane.class.as_ref().map_or_else(|| "lane".to_owned(), |class| format!("lane {class}"));
        self.svg.open("g", &[("class", &class)]);
        let y = top + PADDING;
        self.name(lane, planned, y);
        let y = y + self.sheet.heading();
        match &planned.form {
            Form::Titled(spots) => self.marks(spots, y, self.sheet.titled_row, BELOW_TITLE),
            Form::Plain(spots) => {
                self.marks(spots, y, self.sheet.plain_row, (self.sheet.plain_row - BODY) / 2.0);
            }
            Form::Bars(bars) => self.bars(bars, y),
        }
        self.svg.close();
    }

    /// The name of a lane and the number of what is in it: at its left, or above it.
    fn name(&mut self, lane: &Lane, planned: &Planned, y: f64) {
        let Sheet { letters, target, gutter, width: whole, .. } = *self.sheet;
        let count = self.words.count(planned.count);
        let above = gutter <= 0.0;
        let counted = width(&count, letters) + 10.0;
        let room = if above { whole - counted } else { gutter - 6.0 };
        // Bold letters are wider.
        let name = fitted(&lane.label, letters * 1.1, room).unwrap_or_default();
        let long = width(&name, letters * 1.1);
        let class = ("class", &"lane-name" as &dyn std::fmt::Display);
        if let Some(url) = &lane.url {
            self.svg.open("a", &[("href", url)]);
            if name != lane.label {
                self.svg.element("title", &[], &lane.label);
            }
            self.target((0.0, long.max(target)), y, target);
            self.svg.element("text", &[class, ("y", &Px(y + 17.0))], &name);
            self.svg.close();
            self.links += 1;
        } else {
            self.svg.element("text", &[class, ("y", &Px(y + 17.0))], &name);
        }
        // The number follows the name where both stand above the lane, and stands below it where there is room.
        let (x, y) = if above { (long + 10.0, y + 17.0) } else { (0.0, y + 17.0 + letters + 4.0) };
        let fits = above || planned.height(self.sheet) >= 2.0 * (letters + 4.0) + 2.0 * PADDING;
        if fits && planned.count > 1 && counted - 10.0 <= whole - x {
            self.svg.element("text", &[("class", &"lane-count"), ("x", &Px(x)), ("y", &Px(y))], &count);
        }
    }

    fn marks(&mut self, spots: &[Spot], top: f64, row: f64, body: f64) {
        for spot in spots {
            let Some(mark) = self.marks.get(spot.mark) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "a few rows")]
            let y = top + row * spot.row as f64;
            let said = self.words.mark(spot.mark);
            self.svg.open("a", &[("href", &said.url)]);
            self.svg.element("title", &[], &said.name);
            self.target(spot.target, y + 1.0, row - 2.0);
            let shape =
                Body { x: spot.body, y: y + body, height: BODY, once: mark.once, start: mark.start, end: mark.end };
            shape.draw(&mut self.svg);
            for fold in self.line.folds() {
                let (from, to) = gap(fold);
                if spot.body.0 < from && to < spot.body.1 {
                    let (x, width) = (Px(from), Px(to - from));
                    let (y, height) = (Px(shape.y - 1.0), Px(BODY + 2.0));
                    self.svg.empty(
                        "rect",
                        &[("class", &"g"), ("x", &x), ("y", &y), ("width", &width), ("height", &height)],
                    );
                }
            }
            if let Some(x) = spot.diamond {
                diamond(&mut self.svg, x, y + body + BODY / 2.0);
            }
            if let Some((x, title)) = &spot.title {
                self.svg.element("text", &[("x", &Px(*x)), ("y", &Px(y + 13.0))], title);
            }
            self.svg.close();
            self.links += 1;
            self.note(mark);
        }
    }

    /// Remembers which shapes a mark has.
    fn note(&mut self, mark: &Mark<'_>) {
        for end in [mark.start, mark.end] {
            self.shapes.insert(match end {
                End::Sharp(_) if mark.once => Shape::Hollow,
                End::Sharp(_) => Shape::Sharp,
                End::Faded(_) | End::Unknown => Shape::Faded,
                End::Beyond(_) | End::Open => Shape::Open,
            });
        }
        if mark.once {
            self.shapes.insert(Shape::Hollow);
        }
        if mark.disputed {
            self.shapes.insert(Shape::Disputed);
        }
    }

    fn bars(&mut self, bars: &[Bar], top: f64) {
        let letters = self.sheet.letters;
        let strip = if has_strip(bars) { STRIP } else { 0.0 };
        let ground = top + strip + self.sheet.bars;
        let room = self.sheet.bars - letters - 4.0;
        for bar in bars {
            let Some((first, last)) = days(bar.over) else { continue };
            let (left, right) = self.between((self.line.start(first), self.line.end(last)));
            let wide = self.target_of((left, right));
            let said = self.words.bar(bar);
            let count = bar.count.to_string();
            self.svg.open("a", &[("href", &said.url)]);
            self.svg.element("title", &[], &said.name);
            let middle = f64::midpoint(left, right) - width(&count, letters) / 2.0;
            if strip > 0.0 && matches!(bar.over, Over::Years(..)) {
                // Known to the year only: over all its months, above them.
                self.target(wide, top, strip - 1.0);
                strip_of(&mut self.svg, (left + 1.0, right - 1.0), top + 18.0);
                self.shapes.insert(Shape::Strip);
                self.svg.element("text", &[("x", &Px(middle)), ("y", &Px(top + 14.0))], &count);
            } else {
                self.target(wide, top + strip, self.sheet.bars);
                self.shapes.insert(Shape::Count);
                if bar.vague > 0 {
                    self.shapes.insert(Shape::CountVague);
                }
                #[expect(clippy::cast_precision_loss, reason = "a part of the height")]
                let height = |count: usize| room * count as f64 / self.most.max(1) as f64;
                let whole = height(bar.count).max(2.0);
                column(&mut self.svg, (left + 1.0, right - 1.0), ground, (whole, height(bar.vague)));
                if width(&count, letters) <= right - left {
                    self.svg.element("text", &[("x", &Px(middle)), ("y", &Px(ground - whole - 4.0))], &count);
                }
            }
            self.svg.close();
            self.links += 1;
        }
    }

    /// Where a bar stands: round years may reach into a fold.
    fn between(&self, (mut left, mut right): (f64, f64)) -> (f64, f64) {
        for fold in self.line.folds() {
            let (from, to) = fold.x;
            if left < from && from < right && from - left >= right - to {
                right = from;
            } else if left < to && to < right {
                left = to;
            }
        }
        (left, right)
    }

    /// A bar that is cut off by the end of the line or by a fold has its target in the empty room there.
    fn target_of(&self, (left, right): (f64, f64)) -> (f64, f64) {
        let missing = (self.sheet.target - (right - left)).clamp(0.0, super::sheet::MARGIN);
        let folds = self.line.folds().iter();
        let (starts, ends): (Vec<f64>, Vec<f64>) =
            folds.map(|fold| (fold.x.1, fold.x.0)).chain([self.line.x()]).unzip();
        let is_at = |edges: &[f64], x: f64| edges.iter().any(|edge| (edge - x).abs() < 0.1);
        if is_at(&starts, left) {
            (left - missing, right)
        } else if is_at(&ends, right) {
            (left, right + missing)
        } else {
            (left, right)
        }
    }

    /// What can be hit of a link: more than what is seen.
    fn target(&mut self, (left, right): (f64, f64), top: f64, height: f64) {
        self.svg.empty(
            "rect",
            &[
                ("class", &"h"),
                ("x", &Px(left)),
                ("y", &Px(top)),
                ("width", &Px(right - left)),
                ("height", &Px(height)),
            ],
        );
    }
}
