//! What differs between two states.

use super::{Noted, Part, Read, Reads, Table};

/// What differs between two states.
#[derive(Clone, Debug)]
pub struct Changes([Change; Part::COUNT]);

#[derive(Clone, Debug, Default)]
enum Change {
    #[default]
    Nothing,
    /// Every item counts as another one.
    Whole,
    /// The items of these numbers, one bit each, and so the whole.
    Items(Vec<u64>),
}

impl Default for Changes {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Change::Nothing))
    }
}

impl Changes {
    /// Holds two states of a list against each other.
    pub fn table<T>(&mut self, old: &Table<T>, new: &Table<T>, same: impl Fn(&T, &T) -> bool) {
        let mut bits = vec![0_u64; old.items.len().max(new.items.len()).div_ceil(64)];
        let mut differs = old.items.len() != new.items.len();
        let common = old.items.len().min(new.items.len());
        let more = common..old.items.len().max(new.items.len());
        let others = old.items.iter().zip(&new.items).enumerate().filter(|(_, (old, new))| !same(old, new));
        for number in others.map(|(number, _)| number).chain(more) {
            differs = true;
            if let Some(word) = bits.get_mut(number / 64) {
                *word |= 1 << (number % 64);
            }
        }
        if differs {
            self.set(new.part, Change::Items(bits));
        }
    }

    /// Holds two states of a value against each other.
    pub fn value<T>(&mut self, old: &Noted<T>, new: &Noted<T>, same: impl Fn(&T, &T) -> bool) {
        if !same(&old.value, &new.value) {
            self.whole(new.part);
        }
    }

    /// Takes a part for changed as a whole.
    pub fn whole(&mut self, part: Part) {
        self.set(part, Change::Whole);
    }

    /// The first of these readings that would give something else now; nothing when all would give the same.
    pub fn first_among(&self, reads: &Reads) -> Option<Read> {
        // What is named says more than "all of them".
        let mut others = reads.iter().filter(|read| self.touches(*read));
        let first = others.next()?;
        Some(std::iter::once(first).chain(others).find(|read| read.number().is_some()).unwrap_or(first))
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|change| matches!(change, Change::Nothing))
    }

    fn touches(&self, read: Read) -> bool {
        match (self.0.get(read.part()), read.number()) {
            (None | Some(Change::Nothing), _) => false,
            (Some(Change::Whole), _) | (Some(Change::Items(_)), None) => true,
            (Some(Change::Items(bits)), Some(number)) => {
                bits.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
            }
        }
    }

    fn set(&mut self, part: Part, change: Change) {
        if let Some(place) = self.0.get_mut(part as usize) {
            *place = change;
        }
    }
}
