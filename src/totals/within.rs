//! Which figures are in others already.

/// How one thing is in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// Both are one.
    Same,
    /// The first reckons the second.
    Estimate,
    /// The first is contained in the second.
    Part,
}

/// Of each thing that counts in which other one it is counted already, and how; nothing when it has to be counted itself.
///
/// `bonds` lead from a thing to that in which it is; what is the same needs a bond in both directions. Through things
/// that do not count bonds go on. Of things in a ring, which all are in each other, the first counts.
pub(super) fn within(counts: &[bool], bonds: &[(usize, usize, Bond)]) -> Vec<Option<(usize, Bond)>> {
    let mut out: Vec<Vec<(usize, Bond)>> = vec![Vec::new(); counts.len()];
    for (from, to, bond) in bonds {
        if *to < counts.len()
            && let Some(list) = out.get_mut(*from)
        {
            list.push((*to, *bond));
        }
    }
    let rings = rings(&out);
    let mut ring_of = vec![0; counts.len()];
    for (number, ring) in rings.iter().enumerate() {
        for thing in ring {
            if let Some(place) = ring_of.get_mut(*thing) {
                *place = number;
            }
        }
    }
    let mut answer = vec![None; counts.len()];
    // For each ring what a thing that leads into it is counted in. Rings come after all those to which they lead.
    let mut counted: Vec<Option<usize>> = Vec::with_capacity(rings.len());
    for (number, ring) in rings.iter().enumerate() {
        let bonds = || ring.iter().filter_map(|thing| out.get(*thing)).flatten();
        let outwards = bonds()
            .filter(|(to, _)| ring_of.get(*to) != Some(&number))
            .filter_map(|(to, bond)| Some(((*counted.get(*ring_of.get(*to)?)?)?, *bond)));
        let inner = bonds().filter(|(to, _)| ring_of.get(*to) == Some(&number)).map(|(_, bond)| *bond).max();
        let around = outwards.min_by_key(|(to, bond)| (std::cmp::Reverse(*bond), *to));
        let members = || ring.iter().copied().filter(|thing| counts.get(*thing) == Some(&true));
        let first = members().min();
        for thing in members() {
            let holder = match (around, first, inner) {
                (Some(around), ..) => Some(around),
                (None, Some(first), Some(inner)) if first != thing => Some((first, inner)),
                _ => None,
            };
            if let Some(place) = answer.get_mut(thing) {
                *place = holder;
            }
        }
        counted.push(around.map(|(to, _)| to).or(first));
    }
    answer
}

/// The things in rings, each with those that lead to it and to which it leads; every ring after those to which it leads.
///
/// The algorithm is Tarjan's, with a stack of its own: a chain of ten thousand is no reason to overflow another.
fn rings(out: &[Vec<(usize, Bond)>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut number = vec![NEW; out.len()];
    let mut low = vec![NEW; out.len()];
    let mut is_open = vec![false; out.len()];
    let (mut open, mut rings, mut next) = (Vec::new(), Vec::new(), 0);
    let get = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(NEW);
    for start in 0..out.len() {
        if get(&number, start) != NEW {
            continue;
        }
        // Where we are, and how many of its bonds were followed.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, followed)) = path.last_mut() {
            let at = *at;
            if *followed == 0 {
                for (list, value) in [(&mut number, next), (&mut low, next)] {
                    if let Some(place) = list.get_mut(at)
                        && *place == NEW
                    {
                        *place = value;
                    }
                }
                if is_open.get(at) == Some(&false) {
                    next += 1;
                    open.push(at);
                    if let Some(place) = is_open.get_mut(at) {
                        *place = true;
                    }
                }
            }
            let bond = out.get(at).and_then(|list| list.get(*followed)).copied();
            *followed += 1;
            let lowest = |low: &mut Vec<usize>, value: usize| {
                if let Some(place) = low.get_mut(at) {
                    *place = (*place).min(value);
                }
            };
            match bond {
                Some((to, _)) if get(&number, to) == NEW => path.push((to, 0)),
                Some((to, _)) => {
                    if is_open.get(to) == Some(&true) {
                        lowest(&mut low, get(&number, to));
                    }
                }
                None => {
                    path.pop();
                    if let Some((before, _)) = path.last() {
                        let reached = get(&low, at);
                        if let Some(place) = low.get_mut(*before) {
                            *place = (*place).min(reached);
                        }
                    }
                    if get(&low, at) == get(&number, at) {
                        let from = open.iter().rposition(|thing| *thing == at).unwrap_or_default();
                        let ring = open.split_off(from);
                        for thing in &ring {
                            if let Some(place) = is_open.get_mut(*thing) {
                                *place = false;
                            }
                        }
                        rings.push(ring);
                    }
                }
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(counts: &[bool], bonds: &[(usize, usize, Bond)], expect: &[Option<(usize, Bond)>]) {
        assert_eq!(within(counts, bonds), expect);
    }

    #[test]
    fn parts() {
        check(&[true, true], &[(0, 1, Bond::Part)], &[Some((1, Bond::Part)), None]);
        // Through a whole that gives no figure.
        let chain = [(0, 1, Bond::Part), (1, 2, Bond::Part)];
        check(&[true, false, true], &chain, &[Some((2, Bond::Part)), None, None]);
        check(&[true, true, false], &chain, &[Some((1, Bond::Part)), None, None]);
        check(&[true, true, true], &chain, &[Some((2, Bond::Part)), Some((2, Bond::Part)), None]);
    }

    #[test]
    fn the_same() {
        let same = [(0, 1, Bond::Same), (1, 0, Bond::Same)];
        check(&[true, true], &same, &[None, Some((0, Bond::Same))]);
        check(&[false, true], &same, &[None, None]);
    }

    #[test]
    fn rings_keep_their_first() {
        let ring = [(0, 1, Bond::Part), (1, 2, Bond::Part), (2, 0, Bond::Part)];
        check(&[true; 3], &ring, &[None, Some((0, Bond::Part)), Some((0, Bond::Part))]);
        check(&[true], &[(0, 0, Bond::Part)], &[None]);
    }

    #[test]
    fn a_long_chain_is_no_deep_call() {
        let bonds: Vec<_> = (0..100_000).map(|at| (at, at + 1, Bond::Part)).collect();
        let answer = within(&vec![true; 100_001], &bonds);
        assert_eq!(answer.iter().filter(|holder| holder.is_none()).count(), 1);
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_in_something_counted(
            counts in proptest::collection::vec(any::<bool>(), 1..12),
            bonds in proptest::collection::vec((0..12_usize, 0..12_usize), 0..30),
        ) {
            let bonds: Vec<_> = bonds.into_iter().map(|(from, to)| (from, to, Bond::Part)).collect();
            let answer = within(&counts, &bonds);
            let size = counts.len();
            // Who reaches whom, the slow way.
            let mut reach = vec![vec![false; size]; size];
            for (from, to, _) in bonds.iter().filter(|(from, to, _)| *from < size && *to < size) {
                reach[*from][*to] = true;
            }
            for via in 0..size {
                for from in 0..size {
                    for to in 0..size {
                        reach[from][to] |= reach[from][via] && reach[via][to];
                    }
                }
            }
            for thing in 0..size {
                match answer[thing] {
                    Some((other, _)) => {
                        prop_assert!(counts[thing] && counts[other] && thing != other && reach[thing][other]);
                        prop_assert!(answer[other].is_none());
                    }
                    // Never two of which one is in the other.
                    None if counts[thing] => {
                        for other in (0..size).filter(|other| *other != thing) {
                            let both = counts[other] && answer[other].is_none();
                            prop_assert!(!(both && reach[thing][other]));
                        }
                    }
                    None => {}
                }
            }
        }
    }
}
