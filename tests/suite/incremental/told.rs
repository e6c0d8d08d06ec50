//! No page changes in silence: where `diff` tells of nothing, the pages are the same.

use super::site::State;
use super::{asked, sequence};
use annals::diff::{self, Changes, Side};
use annals::pipeline::{Edition, Found};
use std::collections::BTreeMap;
use std::sync::Arc;

/// As many as every run of the tests has time for.
const SEQUENCES: u64 = 25;

fn changes(before: &Edition, after: &Edition) -> Changes {
    let (all_before, all_after) = (before.with_drafts(), after.with_drafts());
    let (texts_before, texts_after) = (before.texts(), after.texts());
    diff::between(
        Side { site: &all_before, published: before.site(), texts: &texts_before },
        Side { site: &all_after, published: after.site(), texts: &texts_after },
    )
}

/// The pages without the fingerprints in the names of data and scripts.
fn pages(edition: &Edition) -> BTreeMap<String, String> {
    let masked = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let is_print = |part: &str| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        text.split('.').map(|part| if is_print(part) { "" } else { part }).collect::<Vec<_>>().join(".")
    };
    let all = edition.paths().into_iter().filter(|path| path.ends_with(".html"));
    all.map(|path| match edition.file(path) {
        Found::File(bytes) => (path.to_owned(), masked(&bytes)),
        other => (path.to_owned(), format!("{other:?}")),
    })
    .collect()
}

#[test]
fn no_page_changes_in_silence() {
    let seeds = match (asked("ANNALS_SEED"), asked("ANNALS_SEQUENCES")) {
        (Some(seed), _) => seed..seed + 1,
        (None, number) => 1..1 + number.unwrap_or(SEQUENCES),
    };
    let (mut silent, mut told) = (0, 0);
    for seed in seeds.clone() {
        let mut state = State::start();
        let mut before = Edition::new(Arc::new(state.inputs()), &state.options, None, &|_| ());
        for (at, step) in sequence::of(seed).iter().enumerate() {
            let was = state.clone();
            state.take(step);
            let after = Edition::new(Arc::new(state.inputs()), &state.options, Some(&before), &|_| ());
            let name = format!("seed {seed}, step {at}: {:?}", step.what);
            assert!(changes(&after, &after).is_empty(), "{name}");
            let changes = changes(&before, &after);
            let look = |state: &State| {
                let files = state.files.iter().filter(|(path, _)| !path.starts_with("content/"));
                files.map(|(path, held)| (path.clone(), held.clone())).collect::<Vec<_>>()
            };
            let (old, new) = (pages(&before), pages(&after));
            // A page names the file of its record, which may move to another folder.
            let same_files = was.files.keys().eq(state.files.keys());
            let same_options = format!("{:?}", was.options) == format!("{:?}", state.options);
            if before.is_fit() && after.is_fit() && same_options && same_files && look(&was) == look(&state) {
                if changes.is_empty() {
                    silent += 1;
                    let differing = new.iter().find(|(path, text)| old.get(*path) != Some(text));
                    assert!(differing.is_none(), "{name}: {:?} differs", differing.map(|(path, _)| path));
                    assert_eq!(old.len(), new.len(), "{name}");
                } else {
                    told += 1;
                }
            }
            before = after;
        }
    }
    if seeds.end - seeds.start >= SEQUENCES {
        assert!(silent > 10 && told > 20, "{silent} steps without a change, {told} with one: too few to tell");
    }
}
