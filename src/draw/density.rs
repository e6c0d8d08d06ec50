//! Too many figures for boxes: how many there are of each time and size.

use super::boxes::{HEIGHT, lines, words};
use super::svg::{Px, Svg};
use super::text::width;
use super::wide::{NARROW, Part};

/// Counts in a field of times and values.
#[derive(Debug)]
pub struct Density {
    /// What the picture shows, for those who do not see it.
    pub name: String,
    /// The cells with something in them.
    pub cells: Vec<Cell>,
    /// Marks of the values: place from the top, and words.
    pub values: Vec<(f64, String)>,
    /// Marks of time: place and words.
    pub times: Vec<(Part, String)>,
}

/// How many figures there are of one time and size.
#[derive(Debug)]
pub struct Cell {
    /// Its middle.
    pub x: Part,
    /// Its middle, in pixels from the top.
    pub y: f64,
    /// How many.
    pub count: usize,
    /// The same in digits.
    pub digits: String,
}

/// The size of letters.
const LETTERS: f64 = 12.0;
/// Half of the largest mark.
const RADIUS: f64 = 13.0;

/// How many columns there may be, so that this many digits fit into each.
pub fn columns(digits: &str) -> usize {
    let many = (NARROW / (width(digits, LETTERS) + 4.0).max(RADIUS * 2.0)).floor();
    (1..=12).rev().find(|n| f64::from(*n) <= many).map_or(1, |n| usize::try_from(n).unwrap_or(1))
}

impl Density {
    /// The picture: the area of a mark grows with its number.
    pub fn draw(&self) -> String {
        let mut svg = Svg::new();
        svg.open(
            "svg",
            &[
                ("class", &"chart density"),
                ("paint-order", &"stroke"),
                ("role", &"img"),
                ("aria-label", &self.name),
                ("width", &"100%"),
                ("height", &Px(HEIGHT)),
            ],
        );
        lines(&mut svg, &self.values, &self.times, &[]);
        #[expect(clippy::cast_precision_loss, reason = "for the size of a mark")]
        let size = |count: usize| count as f64;
        let most = self.cells.iter().map(|cell| size(cell.count)).fold(1.0, f64::max);
        for cell in &self.cells {
            let radius = (RADIUS * (size(cell.count) / most).sqrt()).max(2.0);
            // A number that its circle cannot hold stands over it.
            let below = cell.y + if radius < 8.0 { -radius - 3.0 } else { 4.0 };
            svg.empty("circle", &[("class", &"cell"), ("cx", &cell.x), ("cy", &Px(cell.y)), ("r", &Px(radius))]);
            svg.element(
                "text",
                &[("class", &"number"), ("x", &cell.x), ("y", &Px(below)), ("text-anchor", &"middle")],
                &cell.digits,
            );
        }
        words(&mut svg, &self.values, &self.times);
        svg.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_fit_into_their_columns() {
        for digits in ["8", "88", "888", "8,888", "888,888"] {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            let column = NARROW / columns(digits) as f64;
            assert!(column >= width(digits, LETTERS), "{digits}");
        }
    }

    #[test]
    fn words_are_words() {
        let cell = Cell { x: Part(0.5), y: 100.0, count: 3, digits: "<script>".to_owned() };
        let picture = Density { name: "\"<b>".to_owned(), cells: vec![cell], values: Vec::new(), times: Vec::new() };
        let drawn = picture.draw();
        assert!(!drawn.contains("<script") && !drawn.contains("<b>"), "{drawn}");
    }
}
