//! Long texts in two states: how many words differ, and which when they are few.

use super::change::{Change, Code};
use super::wording::{Differing, FEW, differing};
use super::words::counted;

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
