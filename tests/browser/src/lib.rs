//! The built site in a real browser: what the tests of `tests/browser.rs` stand on.
//!
//! A test asks [`sites`] for a site, which is built once and served by [`server`], and drives a [`Browser`] over its
//! pages. What is looked for on every page alike stands in [`checks`]; what comes from npm is found by [`npm`].

mod browser;
pub mod checks;
mod driver;
pub mod npm;
pub mod server;
pub mod sites;

pub use browser::{Browser, alone, browse};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the package stands two folders below the repository").to_path_buf()
}

/// The folder for everything that the tests build; git ignores it.
#[must_use]
pub fn workshop() -> PathBuf {
    repository().join("target/browser-sites")
}

/// What was found on many pages, each thing told once.
#[derive(Default)]
pub struct Findings {
    found: BTreeMap<String, Vec<String>>,
}

impl Findings {
    /// Notes what is wrong at a place, such as a page in a mode.
    pub fn note(&mut self, place: &str, found: Vec<String>) {
        for what in found {
            self.found.entry(what).or_default().push(place.to_owned());
        }
    }

    /// Panics with all that was found, unless it is nothing.
    pub fn assert_none(self) {
        let list = self.found.iter().map(|(what, places)| {
            let more = if places.len() > 3 { format!(" and {} more", places.len() - 3) } else { String::new() };
            format!("{what}\n    at {}{more}", places[..places.len().min(3)].join("; "))
        });
        let list: Vec<_> = list.collect();
        assert!(list.is_empty(), "{} things are wrong:\n\n{}\n", list.len(), list.join("\n"));
    }
}
