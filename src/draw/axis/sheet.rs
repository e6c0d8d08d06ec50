//! The measures of the two drawings, in pixels as drawn.
//!
//! The wide one is never shown smaller than it is drawn, the narrow one hardly; so letters stay above 12 pixels and
//! targets above 24.

/// The measures of a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sheet {
    /// The class of the picture.
    pub class: &'static str,
    /// The whole width.
    pub width: f64,
    /// Room for the names of lanes at the left. Without any they stand above their lanes.
    pub gutter: f64,
    /// The size of letters.
    pub letters: f64,
    /// The height of a row of marks with titles.
    pub titled_row: f64,
    /// The height of a row of marks alone.
    pub plain_row: f64,
    /// The height of the bars of a lane, with the numbers above them.
    pub bars: f64,
    /// The least width of what can be hit.
    pub target: f64,
    /// The height beyond which lanes are drawn in a smaller form, where they have one.
    pub height: f64,
}

/// Rows of marks with titles in one of so many lanes, at most.
pub(super) fn titled_rows(lanes: usize) -> usize {
    (14 / lanes.max(1)).max(7)
}

/// Rows of marks alone in one of so many lanes, at most.
pub(super) fn plain_rows(lanes: usize) -> usize {
    (10 / lanes.max(1)).max(4)
}

/// Room beside the line for what begins before its first day is drawn: the diamond, the fade, the head of an arrow.
pub(super) const MARGIN: f64 = 18.0;

pub(super) const WIDE: Sheet = Sheet {
    class: "axis-wide",
    width: 920.0,
    gutter: 128.0,
    letters: 13.0,
    titled_row: 30.0,
    plain_row: 26.0,
    bars: 56.0,
    target: 25.0,
    height: 560.0,
};

pub(super) const NARROW: Sheet = Sheet {
    class: "axis-narrow",
    width: 328.0,
    gutter: 0.0,
    letters: 14.0,
    titled_row: 33.0,
    plain_row: 30.0,
    bars: 56.0,
    target: 28.0,
    height: 760.0,
};

impl Sheet {
    /// Where the line begins and ends.
    pub fn line(&self) -> (f64, f64) {
        (self.gutter + MARGIN, self.width - MARGIN)
    }

    /// What a mark, its title and its target stay within.
    pub fn plot(&self) -> (f64, f64) {
        (self.gutter, self.width)
    }

    /// The height of a lane's name, where it stands above the lane.
    pub fn heading(&self) -> f64 {
        if self.gutter > 0.0 { 0.0 } else { 28.0 }
    }
}
