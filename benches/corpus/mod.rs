//! A valid site of any size, made up from a seed.
//!
//! In: how many incidents, and a seed. Out: a folder with `content/`, always the same bytes for the same two numbers.
//! Nothing is kept in memory: what the incident or the source of a number looks like follows from that number alone, so
//! that another can name it without its having been made.

mod cast;
mod incident;
mod random;
mod source;
mod text;
mod value;

use cast::Cast;
use chrono::{Days, NaiveDate};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The first day of the timeline, and how many days it has.
const FIRST_DAY: (i32, u32, u32) = (2005, 1, 1);
const DAYS: usize = 20 * 365;

/// One source is for so many incidents.
const INCIDENTS_A_SOURCE: usize = 5;

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// How many incidents.
    pub records: usize,
    /// What everything is drawn from.
    pub seed: u64,
}

/// What was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Files.
    pub files: usize,
    /// Bytes in them.
    pub bytes: u64,
}

impl Corpus {
    /// Writes the site into the folder `site`.
    ///
    /// # Errors
    /// When `site` holds a `content/` already, or cannot be written.
    pub fn write(self, site: &Path) -> io::Result<Made> {
        let content = site.join("content");
        fs::create_dir_all(site)?;
        fs::create_dir(&content)?;
        let folders = ["entities", "pages", "places", "sources"].map(str::to_owned);
        let years = (0..=DAYS / 365).map(|year| format!("incidents/{}", FIRST_DAY.0 + year as i32));
        for folder in folders.into_iter().chain(years) {
            fs::create_dir_all(content.join(folder))?;
        }
        let bytes = AtomicU64::new(0);
        let put = |(path, text): (String, String)| {
            bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
            fs::write(content.join(path), text)
        };
        let cast = self.cast().files();
        let pages = cast::pages();
        let files = self.records + self.sources() + cast.len() + pages.len();
        cast.into_iter().chain(pages).try_for_each(put)?;
        (0..self.sources()).into_par_iter().try_for_each(|number| put(self.source_file(number)))?;
        (0..self.records).into_par_iter().try_for_each(|number| put(self.incident_file(number)))?;
        Ok(Made { files, bytes: bytes.into_inner() })
    }

    fn cast(self) -> Cast {
        Cast::new(self.records, self.sources())
    }

    fn sources(self) -> usize {
        self.records.div_ceil(INCIDENTS_A_SOURCE)
    }

    /// The day around which the incident of this number happened: they are numbered in the order of time.
    fn day(self, number: usize) -> NaiveDate {
        let (year, month, day) = FIRST_DAY;
        let offset = number * DAYS / self.records.max(1);
        let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        first.checked_add_days(Days::new(offset as u64)).unwrap_or(first)
    }
}

/// Text as a YAML scalar: in quotes, unless nothing in it can be taken for anything else.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-'));
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
