//! Guesses for "did you mean …?".

/// The one of `known` that `given` most likely stands for, or nothing when none is near.
///
/// The distance is Damerau-Levenshtein (optimal string alignment) over characters, after folding case;
/// near is at most a third of the length, and at least one edit. Ties go to the first.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = fold(given);
    if given.is_empty() || given.len() > 100 {
        return None;
    }
    let limit = (given.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
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

fn fold(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == '_' { '-' } else { c }).collect()
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
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let keys = ["title", "date", "sources", "date_as"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Date", keys), Some("date"));
        assert_eq!(nearest("date-as", keys), Some("date_as"));
        assert_eq!(nearest("source", keys), Some("sources"));
        assert_eq!(nearest("casualties", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
