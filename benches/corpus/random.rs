//! Numbers that look like chance and are the same on every machine.

/// A small generator of pseudo-random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Everything that is drawn has a generator of its own, made from the seed, a name and a number. So a record can be made
/// without those before it, in any order and on any thread, and a change of one does not move the others.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator for the thing `name` of the number `number`.
    pub fn new(seed: u64, name: &str, number: usize) -> Self {
        let mut random = Self(seed);
        for word in name.bytes().map(u64::from).chain([number as u64]) {
            random.0 = random.next() ^ word;
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0, below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub fn within(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One word of a list; empty when the list is.
    pub fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }

    /// Some different numbers below `end`, sorted; fewer when there are not so many.
    pub fn some(&mut self, count: usize, end: usize) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::with_capacity(count);
        for _ in 0..count {
            let number = self.below(end);
            if number < end && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.sort_unstable();
        numbers
    }
}
