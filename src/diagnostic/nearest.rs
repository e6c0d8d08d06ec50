//! Guesses for "did you mean …?".

/// The one of `known` that `given` most likely stands for, or nothing when none is near.
///
/// The distance is Damerau-Levenshtein (optimal string alignment) over characters, after folding case;
/// near is at most a third of the length. Ties go to the first.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = fold(given);
    if given.is_empty() || given.len() > 100 {
        return None;
    }
    // In a word of one or two letters any edit makes another word.
    let limit = if given.len() < 3 { 0 } else { given.len() / 3 };
    let letters = letters(given.iter().copied());
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        // Each edit changes at most two of the letters that occur: most names are far off at one look.
        let theirs = self::letters(candidate.chars().map(fold_one));
        if (letters ^ theirs).count_ones() as usize > 2 * limit {
            continue;
        }
        let folded = fold(candidate);
        if folded.len().abs_diff(given.len()) > limit {
            continue;
        }
        let distance = distance(&given, &folded);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Names to guess from, many times over: a site of 100,000 records may have as many broken links.
#[derive(Clone, Debug, Default)]
pub struct Names<'a> {
    forward: Vec<&'a str>,
    backward: Vec<(String, &'a str)>,
}

impl<'a> Names<'a> {
    /// Among more names than this, only those are compared that begin or end like the one given.
    const FEW: usize = 200;

    /// Sorts the names once.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forward: Vec<&str> = names.into_iter().collect();
        forward.sort_unstable();
        let mut backward: Vec<(String, &str)> = Vec::new();
        if forward.len() > Self::FEW {
            backward = forward.iter().map(|name| (name.chars().rev().collect(), *name)).collect();
            backward.sort_unstable();
        }
        Self { forward, backward }
    }

    /// The name that `given` most likely stands for, as [`nearest`] finds it.
    pub fn nearest(&self, given: &str) -> Option<&'a str> {
        if self.forward.len() <= Self::FEW {
            return nearest(given, self.forward.iter().copied());
        }
        let around = |at: usize| (at.saturating_sub(Self::FEW / 4), Self::FEW / 2);
        let (skip, take) = around(self.forward.partition_point(|name| *name < given));
        let alike = self.forward.iter().skip(skip).take(take).copied();
        let reversed: String = given.chars().rev().collect();
        let (skip, take) = around(self.backward.partition_point(|(name, _)| *name < reversed));
        let rhyming = self.backward.iter().skip(skip).take(take).map(|(_, name)| *name);
        nearest(given, alike.chain(rhyming))
    }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().map(fold_one).collect()
}

fn fold_one(c: char) -> char {
    match c {
        '_' => '-',
        // The first of its lower-case letters stands for it; only a few have more.
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Which letters occur, of each 64 that are alike in their lowest bits.
fn letters(text: impl Iterator<Item = char>) -> u64 {
    text.fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

#[expect(clippy::indexing_slicing, reason = "three rows of fixed length, walked by their own lengths")]
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let change = usize::from(a[i] != b[j]);
            row[j + 1] = (last[j] + change).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Names, nearest};

    #[test]
    fn finds_it_among_many() {
        let names: Vec<String> = (0..20_000).map(|n| format!("record-{n:05}-of-many")).collect();
        let names = Names::new(names.iter().map(String::as_str));
        assert_eq!(names.nearest("recrod-12345-of-many"), Some("record-12345-of-many"));
        assert_eq!(names.nearest("record-12345-of-mny"), Some("record-12345-of-many"));
        assert_eq!(names.nearest("nothing-like-it"), None);
    }

    #[test]
    fn finds_what_was_meant() {
        let keys = ["title", "date", "sources", "date_as"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Date", keys), Some("date"));
        assert_eq!(nearest("date-as", keys), Some("date_as"));
        assert_eq!(nearest("source", keys), Some("sources"));
        assert_eq!(nearest("casualties", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("b", ["a"]), None);
        assert_eq!(nearest("US", ["us"]), Some("us"));
    }
}
