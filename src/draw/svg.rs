//! SVG as text.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// A picture that is being written: elements, their attributes, their text.
///
/// Names are ours; values and text are escaped.
///
/// ```
/// use annals::draw::svg::{Px, Svg};
///
/// let mut svg = Svg::new();
/// svg.open("a", &[("href", &"x.html?a&b")]);
/// svg.empty("rect", &[("x", &Px(0.25)), ("width", &Px(3.0))]);
/// svg.element("title", &[], "2 < 3");
/// svg.close();
/// assert_eq!(svg.finish(), r#"<a href="x.html?a&amp;b"><rect x="0.3" width="3"/><title>2 &lt; 3</title></a>"#);
/// ```
#[derive(Debug, Default)]
pub struct Svg {
    text: String,
    open: Vec<&'static str>,
}

/// Attributes: names and values.
pub type Attributes<'a> = [(&'static str, &'a dyn Display)];

/// A length or a place in pixels, written to a tenth, so that no rounding of a machine shows.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Px(pub f64);

impl Svg {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(name);
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with text.
    pub fn element(&mut self, name: &'static str, attributes: &Attributes<'_>, text: &str) {
        self.start(name, attributes);
        self.text.push('>');
        self.text.push_str(&escape(text));
        self.end(name);
    }

    /// Text in the element that is open.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(&escape(text));
    }

    /// The picture, with all elements ended.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn start(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            self.text.push_str(&escape(&value.to_string()));
            self.text.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "</{name}>");
    }
}

impl Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Halves go up; an infinite or missing number would be no picture at all.
        let tenths = if self.0.is_finite() { (self.0 * 10.0 + 0.5).floor() } else { 0.0 };
        let tenths = tenths.clamp(-1e9, 1e9);
        #[expect(clippy::cast_possible_truncation, reason = "clamped above")]
        let tenths = tenths as i64;
        let (whole, tenth) = (tenths / 10, (tenths % 10).abs());
        if tenths < 0 && whole == 0 {
            f.write_str("-")?;
        }
        if tenth == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{tenth}") }
    }
}

/// Text for XML: what would be markup is written out, what XML cannot hold is left out.
fn escape(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'') && (c >= ' ' || matches!(c, '\n' | '\t'));
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if is_plain(c) => escaped.push(c),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels() {
        let check = |number: f64, expect: &str| assert_eq!(Px(number).to_string(), expect, "{number}");
        check(0.0, "0");
        check(-0.0, "0");
        check(12.34, "12.3");
        check(12.96, "13");
        check(-0.3, "-0.3");
        check(-0.04, "0");
        check(-12.5, "-12.5");
        check(f64::NAN, "0");
        check(f64::INFINITY, "0");
    }

    #[test]
    fn nothing_escapes_its_place() {
        let mut svg = Svg::new();
        svg.open("g", &[("class", &"\"><script>")]);
        svg.text("</g>\u{0}\u{1b}&");
        assert_eq!(svg.finish(), "<g class=\"&quot;&gt;&lt;script&gt;\">&lt;/g&gt;&amp;</g>");
    }
}
