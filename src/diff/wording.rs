//! Which words of two texts differ.

use imara_diff::{Algorithm, Diff, InternedInput};

/// So many places that differ are shown.
pub(super) const FEW: usize = 3;
/// So many words of one place are shown.
const SHORT: usize = 6;

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
pub(super) struct Differing {
    pub changed: usize,
    pub added: usize,
    pub removed: usize,
    /// The first places that differ, one more than [`FEW`]; nothing in place of a long one.
    pub places: Vec<Option<String>>,
}

pub(super) fn differing(before: &[&str], after: &[&str]) -> Differing {
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
