//! Sources: one for every few incidents, and each is named by these.

use super::random::Random;
use super::{Corpus, INCIDENTS_A_SOURCE, cast, quoted, text};
use annals::model::id::slug;
use chrono::{Datelike, Days};

/// Of so many sources, the last is one that nobody here has seen.
const UNSEEN_OF: usize = 10;

/// The first few sources are named by incidents of all years, as a yearly report is.
const NAMED_BY_ALL: usize = 8;

impl Corpus {
    /// Whether the editors have seen the source. One that they have not is only named on the way to one that they have.
    pub fn is_seen(self, number: usize) -> bool {
        // The last source of all may have no incident with claims, and only claims name what was not seen.
        number % UNSEEN_OF != UNSEEN_OF - 1 || (number + 1) * INCIDENTS_A_SOURCE > self.records
    }

    /// The source in which the incident of this number was read first.
    pub fn own_source(self, incident: usize) -> usize {
        self.seen_before(incident / INCIDENTS_A_SOURCE)
    }

    /// The unseen source on which this incident's claims rest, when there is one.
    pub fn unseen_source(self, incident: usize) -> Option<usize> {
        let number = incident / INCIDENTS_A_SOURCE;
        (!self.is_seen(number)).then_some(number)
    }

    /// Some source that was seen: one of those of the same time, now and then one that everybody names.
    pub fn some_source(self, random: &mut Random, incident: usize) -> usize {
        let number = if random.chance(4) {
            random.below(NAMED_BY_ALL)
        } else {
            (incident / INCIDENTS_A_SOURCE + random.below(40)).saturating_sub(20)
        };
        self.seen_before(number.min(self.sources().saturating_sub(1)))
    }

    fn seen_before(self, number: usize) -> usize {
        if self.is_seen(number) { number } else { number - 1 }
    }

    /// Its path below `content/`, and its text.
    pub fn source_file(self, number: usize) -> (String, String) {
        let id = source_id(number);
        let random = &mut Random::new(self.seed, "source", number);
        let day = self.day(number * INCIDENTS_A_SOURCE);
        let day = day.checked_add_days(Days::new(random.within(3, 40) as u64)).unwrap_or(day);
        let publisher = number % self.cast().publishers;
        let host = slug(cast::publisher(publisher));
        let mut file = format!("title: {}\n", quoted(&text::title(random)));
        match random.below(4) {
            0 => file.push_str(&format!("publisher: Office {} of {host}\n", random.below(90))),
            _ => file.push_str(&format!("publisher: {host}\n")),
        }
        // Each publisher has one that names it, whatever was drawn.
        if number < self.cast().publishers {
            file = format!("title: {}\npublisher: {host}\n", quoted(&text::title(random)));
        }
        if random.chance(30) {
            file.push_str(&format!(
                "authors: [{} Ash, {} Birch]\n",
                random.pick(&["A.", "B."]),
                random.pick(&["C.", "D."])
            ));
        }
        let kind = random.pick(&["news", "news", "news", "report", "statement", "dataset", "court", "post"]);
        file.push_str(&format!("kind: {kind}\n"));
        match random.below(10) {
            0 => file.push_str(&format!("published: {}-{:02}\nbasis: inferred\n", day.year(), day.month())),
            _ => file.push_str(&format!("published: {day}\n")),
        }
        let url = format!("https://{host}.example/{}/{:02}/{id}", day.year(), day.month());
        file.push_str(&format!("url: {url}\n"));
        if self.is_seen(number) {
            file.push_str(&format!("archive:\n  - url: https://archive.example/{url}\n    on: {day}\n"));
            if random.chance(20) {
                file.push_str(&format!("sha256: {}\n", random.pick(&["0a", "1b", "2c", "3d", "4e", "5f"]).repeat(32)));
            }
        } else {
            file.push_str("seen: false\n");
        }
        if random.chance(40) {
            file.push_str(&format!("reliability: {}\n", random.pick(&["A", "B", "C", "D", "E", "F"])));
        }
        if number > 0 && random.chance(15) {
            // Always an earlier one: sources that rest on each other in a ring are an error.
            file.push_str(&format!("cites: [{}]\n", source_id(number - random.within(1, number.min(30)))));
        }
        if random.chance(10) {
            file.push_str(&format!("note: {}\n", quoted(&text::plain(random))));
        }
        (format!("sources/{id}.yaml"), file)
    }
}

/// The id of a source.
pub fn source_id(number: usize) -> String {
    format!("s{:05}", number + 1)
}
