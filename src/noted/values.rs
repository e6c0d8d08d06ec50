//! Values that note who reads them.

use super::read::{note, unnoted};
use super::{Changes, Part, Read};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// A list that notes which of its items are read.
#[derive(Clone)]
pub struct Table<T> {
    pub(super) part: Part,
    pub(super) items: Vec<T>,
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
    pub(super) part: Part,
    pub(super) value: T,
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
    pub(super) part: Part,
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
