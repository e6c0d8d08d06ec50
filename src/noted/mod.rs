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

mod changes;
mod part;
mod read;
mod values;

pub use changes::Changes;
pub use part::Part;
pub use read::{Read, Reads, noting, unnoted};
pub use values::{Later, Noted, Table};

#[cfg(test)]
mod tests;
