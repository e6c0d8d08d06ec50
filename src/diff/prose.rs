//! Long texts in two states: how many words differ, and which when they are few.

use super::change::{Change, Code};
use super::words::counted;
use imara_diff::{Algorithm, Diff, InternedInput};

/// So many places that differ are shown.
const FEW: usize = 3;
/// So many words of one place are shown.
const SHORT: usize = 6;

/// What changed about a text; nothing when its words are the same. White space is none of them.
pub(super) fn change(was: &str, now: &str) -> Option<Change> {
    let (before, after): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    if before == after {
        return None;
    }
    let mut change = Change::new(Code::TextChanged, "text");
    change.field = Some("body".to_owned());
    if before.is_empty() || after.is_empty() {
        let (many, says) = if before.is_empty() { (after.len(), "added") } else { (before.len(), "removed") };
        return Some(change.note(format!("{} {says}", counted(many, "word", "words"))));
    }
    let Differing { changed, added, removed, places } = differing(&before, &after);
    let counts = [(changed, "changed"), (added, "added"), (removed, "removed")];
    let counts = counts.into_iter().filter(|(many, _)| *many > 0).enumerate().map(|(at, (many, says))| match at {
        0 => format!("{} {says}", counted(many, "word", "words")),
        _ => format!("{many} {says}"),
    });
    change.notes.push(counts.collect::<Vec<_>>().join(", "));
    if places.len() <= FEW {
        change.notes.extend(places.into_iter().flatten());
    }
    Some(change)
}

/// The words in which two texts differ, each with what stands in its place; nothing when they are many.
pub(super) fn few_words(was: &str, now: &str) -> Option<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    let places = differing(&before, &after).places;
    if places.is_empty() || places.len() > FEW {
        return None;
    }
    places.into_iter().collect::<Option<Vec<String>>>().map(|places| places.join(", "))
}

/// How many words differ.
struct Differing {
    changed: usize,
    added: usize,
    removed: usize,
    /// The first places that differ, one more than [`FEW`]; nothing in place of a long one.
    places: Vec<Option<String>>,
}

fn differing(before: &[&str], after: &[&str]) -> Differing {
    let mut input = InternedInput::default();
    input.update_before(before.iter().copied());
    input.update_after(after.iter().copied());
    // The heuristics of this algorithm bound what hostile texts cost.
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut found = Differing { changed: 0, added: 0, removed: 0, places: Vec::new() };
    for hunk in diff.hunks() {
        let (gone, came) = (hunk.before.len(), hunk.after.len());
        found.changed += gone.min(came);
        found.added += came.saturating_sub(gone);
        found.removed += gone.saturating_sub(came);
        if found.places.len() <= FEW {
            let words = |words: &[&str], range: &std::ops::Range<u32>| {
                let words = words.get(range.start as usize..range.end as usize).unwrap_or_default();
                match words.len() {
                    0 => Some("nothing".to_owned()),
                    1..=SHORT => Some(format!("“{}”", words.join(" "))),
                    _ => None,
                }
            };
            let both = words(before, &hunk.before).zip(words(after, &hunk.after));
            found.places.push(both.map(|(was, now)| format!("{was} → {now}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(was: &str, now: &str, expect: &str) {
        let change = super::change(was, now);
        assert_eq!(change.map(|change| change.notes.join("; ")).unwrap_or_default(), expect);
    }

    #[test]
    fn words_are_counted() {
        check("a b c", "a  b\nc\n", "");
        check("We recieved it.", "We received it.", "1 word changed; “recieved” → “received”");
        check("a b", "a x b", "1 word added; nothing → “x”");
        check("a x b", "a b", "1 word removed; “x” → nothing");
        check("", "a b", "2 words added");
        check("a b", "", "2 words removed");
        check("a b c d e f g", "1 b 2 d 3 f 4", "4 words changed");
        check("a b", "1 2 3 b", "1 word changed, 2 added; “a” → “1 2 3”");
    }

    #[test]
    fn hostile_texts_take_no_long_time() {
        let was: String = (0..40_000).map(|n| format!("{} ", n % 7)).collect();
        let now: String = (0..40_000).map(|n| format!("{} ", (n * n) % 11)).collect();
        let started = std::time::Instant::now();
        assert!(super::change(&was, &now).is_some());
        assert!(started.elapsed().as_secs() < 20);
    }
}
