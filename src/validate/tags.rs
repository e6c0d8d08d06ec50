//! Tags become addresses.

use crate::diagnostic::{At, Code, Diagnostic, KeyPath};
use crate::resolve::{Site, routes};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// `output-collision` for tags whose slugs meet, `invalid-id` for tags that have none.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut first: BTreeMap<String, (&str, At)> = BTreeMap::new();
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    // Most tags stand in many records.
    let mut slugs: HashMap<&str, Option<String>, RandomState> = HashMap::default();
    for entry in &site.incidents {
        let incident = &entry.incident;
        for (number, tag) in incident.tags.iter().enumerate().filter(|(_, tag)| !tag.is_empty()) {
            let place = || At::value(&incident.file, &KeyPath::of("tags").index(number));
            let Some(slug) = slugs.entry(tag).or_insert_with(|| routes::tag_slug(tag)) else {
                problems.push(
                    Diagnostic::new(
                        Code::InvalidId,
                        place(),
                        format!("the tag `{tag}` has no letter and no digit for an address"),
                    )
                    .help("use at least one small letter (a to z) or digit"),
                );
                continue;
            };
            match first.get(slug) {
                None => {
                    first.insert(slug.clone(), (tag, place()));
                }
                Some((other, at)) if *other != tag.as_str() => {
                    if !told.insert((*other, tag.as_str())) {
                        continue;
                    }
                    problems.push(
                        Diagnostic::new(
                            Code::OutputCollision,
                            place(),
                            format!("the tags `{other}` and `{tag}` would have one page, `{}`", routes::tag(slug)),
                        )
                        .label(at.clone(), "first written here")
                        .help(format!("write one of the two everywhere: `{other}`")),
                    );
                }
                Some(_) => {}
            }
        }
    }
    problems
}
