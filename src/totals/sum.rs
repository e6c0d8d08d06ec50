//! What figures come to together: two bounds, never a number between.

use crate::model::amount::Quantity;
use crate::model::decimal::Decimal;

/// A bound, and whether it is itself left out. Of equal lower bounds the one that is left out says more.
pub type Limit = (Decimal, bool);

/// A figure with its bounds and its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<D> {
    /// Its lower bound.
    pub least: Option<Limit>,
    /// Its upper bound.
    pub most: Option<Limit>,
    /// Its first day; nothing when that side is open or not known.
    pub from: Option<D>,
    /// Its last day.
    pub to: Option<D>,
}

/// The bounds of several figures together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The lower one.
    pub least: Option<Limit>,
    /// The upper one.
    pub most: Option<Limit>,
    /// Those that are not in the lower bound although they have one, by their numbers, in order.
    pub overlapping: Vec<usize>,
}

impl<D> Item<D> {
    /// A figure in its time.
    pub(super) fn new(quantity: &Quantity, from: Option<D>, to: Option<D>) -> Self {
        Self {
            least: quantity.min().filter(|min| !min.is_zero()).map(|min| (min, quantity.min_open())),
            most: quantity.max().map(|max| (max, quantity.max_open())),
            from,
            to,
        }
    }
}

/// Adds figures of which none is part of another.
///
/// The lower bound is the largest sum of figures whose times do not meet: whatever was counted in days that another
/// figure does not touch cannot be in that figure too. The upper bound is the sum of all; without one of theirs there
/// is none, nor when it has more digits than can be held.
pub(super) fn sum<D: Ord + Copy>(items: &[Item<D>]) -> Sum {
    let all = items.iter().map(|item| item.most).reduce(|a, b| add(a?, b?)).flatten();
    let (least, chosen) = largest_apart(items);
    let missing = |at: &usize| chosen.binary_search(at).is_err() && items.get(*at).is_some_and(|i| i.least.is_some());
    Sum { least, most: all, overlapping: (0..items.len()).filter(missing).collect() }
}

/// The largest sum of lower bounds of figures whose times do not meet, and which those are.
fn largest_apart<D: Ord + Copy>(items: &[Item<D>]) -> (Option<Limit>, Vec<usize>) {
    let mut order: Vec<(usize, &Item<D>, Limit)> =
        items.iter().enumerate().filter_map(|(at, item)| Some((at, item, item.least?))).collect();
    // By the last day; an open end comes after all days. What else they say keeps the order of records out of it.
    let end = |item: &Item<D>| (item.to.is_none(), item.to);
    order.sort_by_key(|(at, item, least)| (end(item), *least, item.from, *at));
    // The best of the first so many, and whether the last of those is in it.
    let mut best: Vec<Option<Limit>> = vec![None];
    let mut taken: Vec<Option<usize>> = Vec::new();
    for (number, (_, item, least)) in order.iter().enumerate() {
        let before = item.from.map_or(0, |from| {
            order
                .get(..number)
                .unwrap_or_default()
                .partition_point(|(_, other, _)| other.to.is_some_and(|to| to < from))
        });
        let with = match best.get(before).copied().flatten() {
            // A sum of too many digits is no reason to lose what it already is.
            Some(rest) => add(rest, *least).or(Some(rest)).max(Some(*least)),
            None => Some(*least),
        };
        let without = best.last().copied().flatten();
        let is_better = with > without;
        taken.push(is_better.then_some(before));
        best.push(if is_better { with } else { without });
    }
    let mut chosen = Vec::new();
    let mut number = order.len();
    while let Some(last) = number.checked_sub(1) {
        number = match taken.get(last).copied().flatten() {
            Some(before) => {
                chosen.extend(order.get(last).map(|(at, ..)| *at));
                before
            }
            None => last,
        };
    }
    chosen.sort_unstable();
    (best.last().copied().flatten(), chosen)
}

fn add(a: Limit, b: Limit) -> Option<Limit> {
    Some((a.0.checked_add(b.0)?, a.1 || b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::amount::Count;
    use proptest::prelude::*;

    fn item(text: &str, from: u32, to: u32) -> Item<u32> {
        Item::new(Count::parse(text).unwrap().quantity(), Some(from), Some(to))
    }

    #[track_caller]
    fn check(items: &[Item<u32>], least: Option<(u64, bool)>, most: Option<(u64, bool)>, overlapping: &[usize]) {
        let limit = |bound: Option<(u64, bool)>| bound.map(|(number, open)| (Decimal::from(number), open));
        let expect = Sum { least: limit(least), most: limit(most), overlapping: overlapping.to_vec() };
        assert_eq!(sum(items), expect);
    }

    #[test]
    fn sums() {
        check(&[item("3", 1, 1), item("4", 2, 2)], Some((7, false)), Some((7, false)), &[]);
        check(&[item("3", 1, 2), item("4", 2, 2)], Some((4, false)), Some((7, false)), &[0]);
        // The outer two do not meet each other, and are together more than the one between.
        check(&[item("3", 1, 2), item("4", 2, 5), item("3", 5, 6)], Some((6, false)), Some((10, false)), &[1]);
        check(&[item("over 50", 1, 3), item("almost 400", 2, 3)], Some((50, true)), None, &[]);
        check(&[item("up to 5", 1, 1), item("under 6", 1, 1)], None, Some((11, true)), &[]);
        check(&[item("at least 3", 1, 1), item("more than 3", 1, 1)], Some((3, true)), None, &[0]);
        check(&[], None, None, &[]);
        let open = Item { to: None, ..item("9", 2, 2) };
        check(&[item("3", 1, 1), open, item("4", 7, 7)], Some((12, false)), Some((16, false)), &[2]);
    }

    #[test]
    fn too_many_digits_are_no_bound() {
        let large = "9".repeat(24);
        let many: Vec<Item<u32>> = (0..40_000).map(|at| item(&large, at, at)).collect();
        let sum = sum(&many);
        assert!(sum.least.is_some() && sum.most.is_none());
    }

    fn items() -> impl Strategy<Value = Vec<Item<u32>>> {
        let words = prop_oneof!["", "over ", "at least ", "up to ", "under ", "almost ", "exactly "];
        let one = (words, 1..50_u32, 0..12_u32, 0..4_u32, any::<bool>(), any::<bool>());
        let one = one.prop_map(|(words, number, from, more, open_start, open_end)| {
            let item = item(&format!("{words}{number}"), from, from + more);
            let keep = |open: bool, day: Option<u32>| day.filter(|_| !open);
            Item { from: keep(open_start, item.from), to: keep(open_end, item.to), ..item }
        });
        proptest::collection::vec(one, 0..9)
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(items in items(), seed in any::<u64>()) {
            let mut mixed: Vec<(u64, Item<u32>)> =
                (1_u64..).zip(&items).map(|(n, item)| (n.wrapping_mul(seed | 1), *item)).collect();
            mixed.sort_by_key(|(key, _)| *key);
            let mixed: Vec<Item<u32>> = mixed.into_iter().map(|(_, item)| item).collect();
            let (one, two) = (sum(&items), sum(&mixed));
            prop_assert_eq!((one.least, one.most), (two.least, two.most));
        }

        #[test]
        fn the_least_is_that_of_the_best_choice(items in items()) {
            let meet = |a: &Item<u32>, b: &Item<u32>| {
                a.from.is_none_or(|from| b.to.is_none_or(|to| from <= to))
                    && b.from.is_none_or(|from| a.to.is_none_or(|to| from <= to))
            };
            let mut best: Option<Limit> = None;
            for choice in 1..1_u32 << items.len() {
                let chosen: Vec<&Item<u32>> =
                    (0_u32..).zip(&items).filter(|(n, i)| choice >> n & 1 == 1 && i.least.is_some()).map(|(_, i)| i).collect();
                let apart = (0..chosen.len()).all(|a| (0..a).all(|b| !meet(chosen[a], chosen[b])));
                if apart {
                    best = best.max(chosen.iter().map(|i| i.least.unwrap()).reduce(|a, b| add(a, b).unwrap()));
                }
            }
            let sum = sum(&items);
            prop_assert_eq!(sum.least, best);
            if let (Some(least), Some(most)) = (sum.least, sum.most) {
                prop_assert!(least.0 <= most.0);
            }
        }
    }
}
