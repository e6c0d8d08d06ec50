//! A quotation is a few words; more is somebody's text.

use super::rivals::at;
use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::resolve::Site;

/// The most words that `as` and `date_as` may have.
const MOST: usize = 3;

/// `long-quotation`.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut judge = |text: Option<&String>, at: &dyn Fn() -> At| {
        let text = text.map(String::as_str).unwrap_or_default();
        let words = text.split_whitespace().count();
        if words > MOST {
            problems.push(
                Diagnostic::new(
                    Code::LongQuotation,
                    at(),
                    format!("the quotation `{} …` has {words} words, the most are {MOST}", start(text)),
                )
                .help("keep the words that matter, and say the rest in your own"),
            );
        }
    };
    for entry in &site.incidents {
        let incident = &*entry.incident;
        judge(incident.date_as.as_ref(), &|| At::value(&incident.file, &KeyPath::of("date_as")));
        for claim in &incident.claims {
            judge(claim.quote.as_ref(), &|| at(incident, claim, "as"));
        }
    }
    problems
}

/// The first words of a quotation, for a message of one line.
fn start(text: &str) -> String {
    const CHARACTERS: usize = 60;
    let words: Vec<&str> = text.split_whitespace().take(MOST).collect();
    words.join(" ").chars().take(CHARACTERS).collect()
}
