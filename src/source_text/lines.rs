//! From byte offsets to lines and columns.

/// A place as people and editors name it: both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

impl Position {
    /// The first place of a file.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Where the lines of a text begin.
///
/// Works on bytes, so that a file that is not UTF-8 can be pointed into as well: there a column
/// counts every byte that does not continue a character.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads `text` once. Lines end with `\n`; a `\r` before it belongs to its line.
    pub fn new(text: &[u8]) -> Self {
        let mut starts = vec![0];
        starts.extend(text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
        Self { starts }
    }

    /// The place of byte `offset` of the text that this index was made of.
    ///
    /// An offset past the end gives the end. A byte-order mark at the start counts as no column.
    pub fn position(&self, text: &[u8], offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let mut start = self.starts.get(line - 1).copied().unwrap_or(0);
        if start == 0 && text.starts_with(b"\xEF\xBB\xBF") {
            start = 3.min(offset);
        }
        let before = text.get(start..offset).unwrap_or_default();
        let column = 1 + before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Position { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, line: usize, column: usize) {
        let index = LineIndex::new(text.as_bytes());
        assert_eq!(index.position(text.as_bytes(), offset), Position { line, column });
    }

    #[test]
    fn columns_count_characters() {
        check("título: x\nb", 0, 1, 1);
        check("título: x\nb", 8, 1, 8); // í takes two bytes
        check("título: x\nb", 11, 2, 1);
        check("a\r\nb", 3, 2, 1);
    }

    #[test]
    fn ends_and_marks() {
        check("", 0, 1, 1);
        check("a", 99, 1, 2);
        check("a\n", 2, 2, 1);
        check("\u{feff}title: x", 3, 1, 1);
        check("\u{feff}title: x", 5, 1, 3);
    }
}
