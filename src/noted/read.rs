//! Readings, and who takes notes of them.

use super::Part;
use std::cell::{Cell, RefCell};
use std::fmt;

/// One reading: of an item of a list, or of a list or value as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Read(u32);

impl Read {
    const BITS: u32 = 26;
    const WHOLE: u32 = (1 << Self::BITS) - 1;
    /// Beyond this number items are not told apart.
    const LAST: u32 = Self::WHOLE - 1;
    /// What is left of the number is for the part.
    const FITS: () = assert!(Part::COUNT <= 1 << (u32::BITS - Self::BITS));

    pub(super) fn item(part: Part, number: usize) -> Self {
        let number = u32::try_from(number).unwrap_or(Self::LAST).min(Self::LAST);
        Self((part as u32) << Self::BITS | number)
    }

    pub(super) fn whole(part: Part) -> Self {
        let () = Self::FITS;
        Self((part as u32) << Self::BITS | Self::WHOLE)
    }

    pub(super) fn part(self) -> usize {
        (self.0 >> Self::BITS) as usize
    }

    /// The number of the item; nothing for a whole.
    pub fn number(self) -> Option<usize> {
        let number = self.0 & Self::WHOLE;
        (number < Self::LAST).then_some(number as usize)
    }

    /// What it means that it would give something else now, in words: "the list of incidents differs".
    pub fn part_words(self) -> &'static str {
        Part::ALL.get(self.part()).map_or("something", |part| part.words())
    }

    /// Whether it is a reading of `part`.
    pub fn is_of(self, part: Part) -> bool {
        self.part() == part as usize
    }
}

impl fmt::Debug for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.part(), self.number())
    }
}

/// All that was read, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Box<[Read]>);

impl Reads {
    /// Notes all of it again, for somebody who uses what was made of it.
    pub fn note(&self) {
        if TAKING.get() {
            NOTES.with_borrow_mut(|notes| notes.extend_from_slice(&self.0));
        }
    }

    /// The single readings, sorted.
    pub fn iter(&self) -> impl Iterator<Item = Read> {
        self.0.iter().copied()
    }
}

thread_local! {
    static TAKING: Cell<bool> = const { Cell::new(false) };
    static NOTES: RefCell<Vec<Read>> = const { RefCell::new(Vec::new()) };
}

/// Runs `make` and notes what it reads. Within another `noting`, what is read counts for both.
pub fn noting<T>(make: impl FnOnce() -> T) -> (T, Reads) {
    /// Puts back what was before, also when `make` does not return.
    struct Outer(bool, Vec<Read>);
    impl Drop for Outer {
        fn drop(&mut self) {
            TAKING.set(self.0);
            let outer = std::mem::take(&mut self.1);
            NOTES.with_borrow_mut(|notes| {
                let inner = std::mem::replace(notes, outer);
                if self.0 {
                    notes.extend(inner);
                }
            });
        }
    }
    let outer = Outer(TAKING.replace(true), NOTES.take());
    let made = make();
    let mut reads = NOTES.with_borrow(Vec::clone);
    drop(outer);
    reads.sort_unstable();
    reads.dedup();
    (made, Reads(reads.into()))
}

/// Runs `make` as if nobody took notes: for what is noted as a whole by whoever asks for it.
pub fn unnoted<T>(make: impl FnOnce() -> T) -> T {
    /// Takes up again where it was left.
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            TAKING.set(self.0);
        }
    }
    let _before = Before(TAKING.replace(false));
    make()
}

/// Notes a reading, if somebody takes notes.
pub(super) fn note(read: impl FnOnce() -> Read) {
    if TAKING.get() {
        NOTES.with_borrow_mut(|notes| {
            let read = read();
            // The same thing is often read many times in a row.
            if notes.last() != Some(&read) {
                notes.push(read);
            }
        });
    }
}
