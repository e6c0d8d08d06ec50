//! Which item of one list is which of another, in time that grows with their lengths alone.

use std::collections::{HashMap, VecDeque};

/// Items of two lists by their numbers.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// Those that are in both, in the order of the later list.
    pub both: Vec<(usize, usize)>,
    /// Those that are in the earlier list alone.
    pub gone: Vec<usize>,
    /// Those that are in the later list alone.
    pub came: Vec<usize>,
}

/// What an item is known by in one round; nothing when that round is not for it.
pub(super) type Key<'a, T> = &'a dyn Fn(&T) -> Option<String>;

/// Matches what has the same key, round by round; of several with one key the first with the first.
pub(super) fn matching<T>(before: &[T], after: &[T], rounds: &[Key<'_, T>]) -> Matching {
    let mut is_open = vec![true; before.len()];
    let mut found: Vec<Option<usize>> = vec![None; after.len()];
    for key in rounds {
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (number, item) in before.iter().enumerate().filter(|(number, _)| is_open.get(*number) == Some(&true)) {
            if let Some(key) = key(item) {
                waiting.entry(key).or_default().push_back(number);
            }
        }
        if waiting.is_empty() {
            continue;
        }
        for (place, item) in found.iter_mut().zip(after).filter(|(place, _)| place.is_none()) {
            *place = key(item).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(open) = place.and_then(|number| is_open.get_mut(number)) {
                *open = false;
            }
        }
    }
    let numbered = || found.iter().enumerate();
    Matching {
        both: numbered().filter_map(|(now, was)| Some(((*was)?, now))).collect(),
        came: numbered().filter(|(_, was)| was.is_none()).map(|(now, _)| now).collect(),
        gone: is_open.iter().enumerate().filter(|(_, open)| **open).map(|(number, _)| number).collect(),
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(before: &str, after: &str, expect: &str) {
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.split_whitespace().collect(), after.split_whitespace().collect());
        let found = super::matching(
            &before,
            &after,
            &[&|item| Some(item.to_string()), &|item| item.chars().next().map(String::from)],
        );
        let both = found.both.iter().map(|(was, now)| format!("{}={}", before[*was], after[*now]));
        let gone = found.gone.iter().map(|number| format!("-{}", before[*number]));
        let came = found.came.iter().map(|number| format!("+{}", after[*number]));
        assert_eq!(both.chain(gone).chain(came).collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn the_same_first_then_what_is_alike() {
        check("a1 a2 b1", "a2 a3 c1", "a2=a2 a1=a3 -b1 +c1");
        check("a a a", "a a", "a=a a=a -a");
        check("", "a", "+a");
        check("a", "", "-a");
    }
}
