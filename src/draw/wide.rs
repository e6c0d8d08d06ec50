//! Pictures that are as wide as their place.
//!
//! Letters and marks keep their size on every screen; places from left to right are parts of the width. What does not
//! collide at [`NARROW`] pixels does not collide on a wider screen.

use super::svg::{Px, Svg};
use std::fmt::{Display, Formatter, Result};

/// The narrowest place for a picture, in pixels: a small phone without the margins of the page.
pub const NARROW: f64 = 288.0;

/// A place or a width as a part of the picture's own, from 0 to 1; written in per cent, to a tenth.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Part(pub f64);

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}%", Px(self.0 * 100.0))
    }
}

/// A shape that keeps its size, its middle at this place; `path` is drawn around 0, 0.
pub(super) fn shape(svg: &mut Svg, class: &'static str, x: Part, y: f64, path: &str) {
    svg.open("svg", &[("x", &x), ("y", &Px(y)), ("overflow", &"visible")]);
    svg.empty("path", &[("class", &class), ("d", &path)]);
    svg.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let check = |part: f64, expect: &str| assert_eq!(Part(part).to_string(), expect);
        check(0.0, "0%");
        check(1.0, "100%");
        check(0.123_45, "12.3%");
        check(f64::NAN, "0%");
    }
}
