//! The letters of cards: which there are, how wide each is, and how words fall into lines.

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The regular weight.
pub(super) const REGULAR: &[u8] = include_bytes!("font/regular.ttf");
/// The bold weight.
pub(super) const BOLD: &[u8] = include_bytes!("font/bold.ttf");

/// Both weights.
pub(super) struct Faces {
    pub regular: Face,
    pub bold: Face,
}

impl Faces {
    pub fn new() -> Self {
        Self { regular: Face::new(REGULAR), bold: Face::new(BOLD) }
    }
}

/// One weight.
pub(super) struct Face {
    /// Nothing = the file is none, which a test excludes: no letter is there.
    read: Option<(Charmap<'static>, GlyphMetrics<'static>, f64)>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Self {
        let read = FontRef::new(bytes).ok().map(|font| {
            let (size, location) = (Size::unscaled(), LocationRef::default());
            let units = f64::from(font.metrics(size, location).units_per_em);
            (font.charmap(), font.glyph_metrics(size, location), units)
        });
        Self { read }
    }

    /// Whether all letters are there.
    pub fn covers(&self, text: &str) -> bool {
        text.chars().all(|c| self.advance(c).is_some())
    }

    /// The width of a line at this size of letters, in pixels. Letters that are set closer together are not seen here:
    /// it is rather too wide.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        text.chars().filter_map(|c| self.advance(c)).sum::<f64>() * size
    }

    /// The words in at most `most` lines of this width, as even as can be; nothing when they do not fit.
    pub fn lines(&self, text: &str, size: f64, room: f64, most: usize) -> Option<Vec<String>> {
        let widest = self.broken(text, size, room);
        if widest.len() > most || widest.iter().any(|line| self.width(line, size) > room) {
            return None;
        }
        // The narrowest column that takes no more lines.
        let even =
            (1..20).map(|step| room * (1.0 - f64::from(step) / 40.0)).map(|room| self.broken_in(text, size, room));
        let even = even.take_while(|lines| lines.as_ref().is_some_and(|lines| lines.len() == widest.len())).last();
        Some(even.flatten().unwrap_or(widest))
    }

    /// The words in at most `most` lines, with an ellipsis where something is left out.
    pub fn cut(&self, text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
        let mut lines = self.broken(text, size, room);
        let is_whole = lines.len() <= most;
        lines.truncate(most);
        let last = lines.len().saturating_sub(1);
        let ends = |(number, line): (usize, String)| {
            let fits = (is_whole || number < last) && self.width(&line, size) <= room;
            if fits { line } else { self.ended(line, size, room) }
        };
        lines.into_iter().enumerate().map(ends).collect()
    }

    /// As much of a line as there is room for, by whole words if there are several, and an ellipsis.
    fn ended(&self, mut line: String, size: f64, room: f64) -> String {
        while self.width(&line, size) + self.width("…", size) > room {
            match line.rfind(' ') {
                Some(space) => line.truncate(space),
                None if line.pop().is_some() => {}
                None => break,
            }
        }
        format!("{}…", line.trim_end_matches([' ', ',', ':', ';', '.', '-', '–']))
    }

    /// The same as [`Self::broken`], if each word fits.
    fn broken_in(&self, text: &str, size: f64, room: f64) -> Option<Vec<String>> {
        let lines = self.broken(text, size, room);
        lines.iter().all(|line| self.width(line, size) <= room).then_some(lines)
    }

    /// The words in lines, each as long as it can be; a word that is too long for a line has one of its own.
    fn broken(&self, text: &str, size: f64, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(line, size) + self.width(" ", size) + self.width(word, size) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// Part of the size of letters that a letter takes; nothing when there is no such letter.
    fn advance(&self, c: char) -> Option<f64> {
        let (letters, metrics, units) = self.read.as_ref()?;
        let glyph = letters.map(c)?;
        Some(f64::from(metrics.advance_width(glyph)?) / units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_there() {
        let faces = Faces::new();
        for face in [&faces.regular, &faces.bold] {
            for text in
                ["Ünïcode – “quoted” … ‘so’", "US$1.7 million, €3, £4, ₩5, ₽6, ₿7", "Łódź, Kőbánya, Țăndărei, Việt Nam"]
            {
                assert!(face.covers(text), "{text}");
            }
            assert!(
                face.covers("Αθήνα Киев Київ Ђорђе")
                    && !face.covers("平壌")
                    && !face.covers("القدس")
                    && !face.covers("\u{7}")
            );
            assert!(face.width("Millimetre", 10.0) > face.width("illicit", 10.0));
        }
        assert!(faces.bold.width("width", 10.0) > faces.regular.width("width", 10.0));
    }

    #[test]
    fn lines_that_fit() {
        let face = Faces::new().bold;
        let check = |text: &str, room: f64, most: usize, expect: Option<&[&str]>| {
            let lines = face.lines(text, 50.0, room, most);
            assert_eq!(
                lines.as_deref(),
                expect.map(|lines| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()).as_deref()
            );
        };
        check("", 500.0, 2, Some(&[]));
        check("one", 500.0, 2, Some(&["one"]));
        // Even, rather than one word on the last line.
        check("The theft of a great many coins", 600.0, 2, Some(&["The theft of a", "great many coins"]));
        check("The theft of a great many coins", 200.0, 2, None);
        check(&"x".repeat(100), 500.0, 2, None);
    }

    #[test]
    fn what_is_left_out_is_seen() {
        let face = Faces::new().bold;
        let check = |text: &str, most: usize, expect: &[&str]| assert_eq!(face.cut(text, 50.0, 500.0, most), expect);
        check("one two", 1, &["one two"]);
        check("The theft of a great many, many coins", 1, &["The theft of a…"]);
        check("The theft of a great many, many coins", 2, &["The theft of a great", "many, many coins"]);
        check("a", 1, &["a"]);
        let long = face.cut(&"x".repeat(300), 50.0, 500.0, 2);
        assert!(long.len() == 1 && long[0].ends_with('…') && face.width(&long[0], 50.0) <= 500.0, "{long:?}");
    }
}
