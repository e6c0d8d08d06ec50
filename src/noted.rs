//! Values that note who reads them, so that what was made of them is made again only when they differ.
//!
//! In: lists and single values of which pages are made. Out: the same, with a note of each reading while somebody takes
//! notes: [`noting`]; and what differs between two states of them: [`Changes`].
//! Must never be here: what an incident is; a rule about what depends on what. Nobody writes dependencies down: a page
//! depends on what its view has read, and on nothing else.
//!
//! Why it is sound: a view is a pure function of values that are all [`Table`]s or [`Noted`], apart from settings, whose
//! change is a change of everything. A function that reads the same values takes the same way and gives the same result.
//! A number of an item counts as its name: an item that moved is another one.
//!
//! Notes are taken by the thread that reads. What is read by other threads for it is not noted; so no view may hand out work.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// Declares the parts once, so that none is without its words.
macro_rules! parts {
    ($($part:ident => $words:literal,)*) => {
        /// The lists and values that are noted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Part {
            $(#[doc = concat!("When ", $words, ".")] $part,)*
        }

        impl Part {
            const ALL: [Self; [$($words),*].len()] = [$(Self::$part),*];

            /// What a reader of it is told.
            fn words(self) -> &'static str {
                match self {
                    $(Self::$part => $words,)*
                }
            }
        }
    };
}

parts! {
    Incidents => "the list of incidents differs",
    Sources => "the list of sources differs",
    Entities => "the list of entities differs",
    Places => "the list of places differs",
    Pages => "a plain page differs",
    Aliases => "an alias differs",
    Hidden => "a draft came or went",
    Broken => "a record can or cannot be read now",
    IncidentNames => "an incident came, went or moved",
    SourceNames => "a source came, went or moved",
    EntityNames => "an entity came, went or moved",
    PlaceNames => "a place came, went or moved",
    PageNames => "a plain page came, went or moved",
    IncidentBodies => "the text of an incident differs",
    PageBodies => "the text of a plain page differs",
    Kinds => "the incidents of a kind differ",
    Tags => "the incidents of a tag differ",
    Years => "the incidents of a year differ",
    CountOfClaims => "the number of claims differs",
    CountOfDisputes => "the number of disputed points differs",
    Figures => "the figures differ",
    Totals => "a total differs",
    Disputes => "the disputed points differ",
    Corrections => "the corrections differ",
    Known => "when something became known differs",
    Touched => "what rests on a source differs",
    SourceOrder => "the order of the sources differs",
    EntityOrder => "the order of the entities differs",
    PlaceOrder => "the order of the places differs",
    Choices => "by what incidents can be chosen differs",
    FilterTable => "the table of the filters differs",
    SearchIndex => "the search index differs",
    SiteCard => "the card of the site differs",
    IncidentCards => "the card of an incident differs",
}

impl Part {
    const COUNT: usize = Self::ALL.len();
}

/// One reading: of an item of a list, or of a list or value as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Read(u32);

impl Read {
    const BITS: u32 = 26;
    const WHOLE: u32 = (1 << Self::BITS) - 1;
    /// Beyond this number items are not told apart.
    const LAST: u32 = Self::WHOLE - 1;

    fn item(part: Part, number: usize) -> Self {
        let number = u32::try_from(number).unwrap_or(Self::LAST).min(Self::LAST);
        Self((part as u32) << Self::BITS | number)
    }

    fn whole(part: Part) -> Self {
        Self((part as u32) << Self::BITS | Self::WHOLE)
    }

    fn part(self) -> usize {
        (self.0 >> Self::BITS) as usize
    }

    /// The number of the item; nothing for a whole.
    pub fn number(self) -> Option<usize> {
        let number = self.0 & Self::WHOLE;
        (number < Self::LAST).then_some(number as usize)
    }

    /// What was read, in words: "the list of all incidents".
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

fn note(read: impl FnOnce() -> Read) {
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

/// A list that notes which of its items are read.
#[derive(Clone)]
pub struct Table<T> {
    part: Part,
    items: Vec<T>,
}

impl<T> Table<T> {
    /// A list under the name `part`.
    pub fn new(part: Part, items: Vec<T>) -> Self {
        Self { part, items }
    }

    /// The item of a number.
    pub fn get(&self, number: usize) -> Option<&T> {
        let item = self.items.get(number);
        // That there is none is known from the length.
        note(|| if item.is_some() { Read::item(self.part, number) } else { Read::whole(self.part) });
        item
    }

    /// All items: a reading of the whole.
    pub fn as_slice(&self) -> &[T] {
        note(|| Read::whole(self.part));
        &self.items
    }

    /// All items, one by one: a reading of the whole.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.as_slice().iter()
    }

    /// How many there are: a reading of the whole.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there are none: a reading of the whole.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// The items, for those who make the list.
    pub fn items_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A value that notes that it is read.
#[derive(Clone)]
pub struct Noted<T> {
    part: Part,
    value: T,
}

impl<T> Noted<T> {
    /// A value under the name `part`.
    pub fn new(part: Part, value: T) -> Self {
        Self { part, value }
    }
}

impl<T: fmt::Debug> fmt::Debug for Noted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T> Deref for Noted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        note(|| Read::whole(self.part));
        &self.value
    }
}

impl<T> DerefMut for Noted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// A value that is made when it is first read. For what takes long and is seldom read.
pub struct Later<T> {
    part: Part,
    value: Arc<OnceLock<T>>,
    make: Arc<dyn Fn() -> T + Send + Sync>,
}

impl<T> Later<T> {
    /// A value under the name `part` that `make` makes, if need be several times at once: nobody waits for another, so that
    /// `make` may hand out work. What it reads is not noted; the value counts as changed when [`Later::clone`] was not used.
    pub fn new(part: Part, make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { part, value: Arc::default(), make: Arc::new(make) }
    }

    /// The value.
    pub fn get(&self) -> &T {
        note(|| Read::whole(self.part));
        match self.value.get() {
            Some(value) => value,
            None => {
                let made = unnoted(|| (self.make)());
                self.value.get_or_init(|| made)
            }
        }
    }

    /// Notes whether it is another value than an earlier one, without making either.
    pub fn changes(&self, old: &Self, changes: &mut Changes) {
        if !Arc::ptr_eq(&self.value, &old.value) {
            changes.whole(self.part);
        }
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self { part: self.part, value: self.value.clone(), make: self.make.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn table(items: &[u32]) -> Table<u32> {
        Table::new(Part::Incidents, items.to_vec())
    }

    fn changes(old: &[u32], new: &[u32]) -> Changes {
        let mut changes = Changes::default();
        changes.table(&table(old), &table(new), |a, b| a == b);
        changes
    }

    /// Whether what read `old` by `read` has to be made again for `new`.
    #[track_caller]
    fn check(old: &[u32], new: &[u32], read: impl Fn(&Table<u32>), expect: bool) {
        let list = table(old);
        let ((), reads) = noting(|| read(&list));
        assert_eq!(changes(old, new).first_among(&reads).is_some(), expect, "{reads:?}");
    }

    #[test]
    fn an_item_is_its_number() {
        let second = |list: &Table<u32>| _ = list.get(1);
        check(&[1, 2, 3], &[1, 2, 3], second, false);
        check(&[1, 2, 3], &[9, 2, 9], second, false);
        check(&[1, 2, 3], &[1, 9, 3], second, true);
        check(&[1, 2, 3], &[0, 1, 2, 3], second, true);
        check(&[1, 2, 3], &[1], second, true);
    }

    #[test]
    fn what_reads_all_depends_on_all() {
        for read in [
            |list: &Table<u32>| _ = list.len(),
            |list: &Table<u32>| _ = list.iter().next(),
            |list: &Table<u32>| _ = list.is_empty(),
            // That it is missing.
            |list: &Table<u32>| _ = list.get(7),
        ] {
            check(&[1, 2, 3], &[1, 2, 3], read, false);
            check(&[1, 2, 3], &[1, 2, 4], read, true);
            check(&[1, 2, 3], &[1, 2, 3, 4], read, true);
        }
    }

    #[test]
    fn notes_are_taken_where_they_are_wanted() {
        let list = table(&[1, 2, 3]);
        let value = Noted::new(Part::Known, 5);
        _ = list.get(0);
        let (((), inner), outer) = noting(|| {
            let inner = noting(|| _ = (list.get(2), *value + 1));
            unnoted(|| _ = list.get(1));
            inner
        });
        assert_eq!(inner.iter().count(), 2);
        assert_eq!(inner, outer);
        let ((), again) = noting(|| outer.note());
        assert_eq!(again, outer);
        let ((), none) = noting(|| ());
        assert_eq!(none, Reads::default());
    }
}
