//! Pages whose addresses are near to one that leads nowhere.

use std::cmp::Ordering;

/// As many are shown.
const MOST: usize = 8;

/// Of an address, as many characters are compared: nobody types more, and an attacker may.
const LONGEST: usize = 120;

/// What is less alike, in thousandths, is nothing like it.
const LEAST: usize = 350;

/// The paths of pages among `known` that are likest to `wanted`, the likest first; those that are nothing like it are left
/// out.
///
/// Likeness is how many of their pairs of neighbouring letters two names share (Dice's coefficient), or how many of their
/// words. Both are counted over sorted numbers, which takes milliseconds for tens of thousands.
pub(super) fn near<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = Name::new(wanted);
    let mut scratch = Name::default();
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|path| path.ends_with(".html"))
        .filter_map(|path| {
            scratch.fill(path);
            let score = wanted.likeness(&scratch);
            (score >= LEAST).then_some((score, path))
        })
        .collect();
    scored.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let best = scored.first().map_or(0, |(score, _)| *score);
    // Beside one that is meant, those that merely share a word are noise.
    scored.iter().filter(|(score, _)| *score * 2 >= best).take(MOST).map(|(_, path)| *path).collect()
}

/// The name of a page in pieces that can be compared quickly.
#[derive(Default)]
struct Name {
    folder: u64,
    pairs: Vec<u64>,
    words: Vec<u64>,
}

impl Name {
    fn new(path: &str) -> Self {
        let mut name = Self::default();
        name.fill(path);
        name
    }

    fn fill(&mut self, path: &str) {
        self.pairs.clear();
        self.words.clear();
        let path = path.strip_suffix(".html").unwrap_or(path);
        let (folder, stem) = path.rsplit_once('/').unwrap_or(("", path));
        self.folder = folder.chars().fold(0, mix);
        let (mut last, mut word) = (' ', 0);
        for letter in stem.chars().take(LONGEST).flat_map(char::to_lowercase).chain([' ']) {
            let letter = if letter.is_alphanumeric() { letter } else { ' ' };
            if letter == ' ' && last == ' ' {
                continue;
            }
            self.pairs.push(u64::from(last) << 32 | u64::from(letter));
            if letter == ' ' {
                self.words.push(word);
                word = 0;
            } else {
                word = mix(word, letter);
            }
            last = letter;
        }
        self.pairs.sort_unstable();
        self.words.sort_unstable();
    }

    /// In thousandths; something on top for the same folder, so that of two alike the one beside comes first.
    fn likeness(&self, other: &Self) -> usize {
        let pairs = 2000 * shared(&self.pairs, &other.pairs) / (self.pairs.len() + other.pairs.len()).max(1);
        let words = 1000 * shared(&self.words, &other.words) / self.words.len().max(other.words.len()).max(1);
        let alike = pairs.max(words);
        if alike < LEAST { 0 } else { alike + if self.folder == other.folder { 50 } else { 0 } }
    }
}

fn mix(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
}

/// How many numbers two sorted lists share, each as often as both have it.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            Ordering::Less => _ = a.next(),
            Ordering::Greater => _ = b.next(),
            Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::near;
    use std::time::{Duration, Instant};

    const KNOWN: [&str; 9] = [
        "corrections.html",
        "entities/lazarus-group.html",
        "incidents/2006-un-sanctions.html",
        "incidents/2019-two-billion.html",
        "incidents/2022-01-missile-launches.html",
        "index.html",
        "sources/bitcoin-com-2022.html",
        "sources/index.html",
        "assets/annals.css",
    ];

    #[track_caller]
    fn check(wanted: &str, expect: &[&str]) {
        assert_eq!(near(wanted, KNOWN), expect, "{wanted}");
    }

    #[test]
    fn what_was_meant() {
        check("incidents/2006-un-sanction.html", &["incidents/2006-un-sanctions.html"]);
        check("2006-UN-sanctions", &["incidents/2006-un-sanctions.html"]);
        check("incidents/missile_launches", &["incidents/2022-01-missile-launches.html"]);
        check("entities/lazarus", &["entities/lazarus-group.html"]);
        check("corections.html", &["corrections.html"]);
        check("sources/", &[]);
        check("zzz.html", &[]);
        check("", &[]);
        check("💥/💥💥", &[]);
    }

    #[test]
    fn many_pages_and_a_long_name_take_little_time() {
        let known: Vec<String> = (0..15_000).map(|n| format!("incidents/{n:05}-launch-of-a-missile.html")).collect();
        let begun = Instant::now();
        let found = near(&"launch-of-a-missile-".repeat(1000), known.iter().map(String::as_str));
        assert!(found.len() <= 8);
        assert_eq!(near("incidents/12345-launch-of-missile", known.iter().map(String::as_str))[0], known[12_345]);
        // A hundred times what it takes: a distance of edits over all of them would take longer.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
