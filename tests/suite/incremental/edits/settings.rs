//! Edits to `site.yaml`, and to what the user asked for.

use super::put_key;
use crate::incremental::random::Random;
use crate::incremental::site::State;

const SITE: &str = "content/site.yaml";

pub fn setting(random: &mut Random, state: &mut State) {
    let (key, value) = random.one(&[
        ("title", "Another harbour"),
        ("title", "\"Everything & <more>\""),
        ("description", "Something else."),
        ("base_url", "https://example.org/"),
        ("base_url", "https://example.com/a/b/"),
        ("repository", "other/harbour"),
        ("branch", "release/v1"),
        ("licence", "CC0-1.0"),
        ("language", "de"),
        ("language", "en-GB"),
        ("language", "ko"),
        ("kinds", "{theft: Robbery, fire: Blaze, rule: Law, empty: Never used}"),
        ("kinds", "{rule: Rule, fire: Fire, theft: Theft}"),
        ("roles", "{by: done by, target: done to}"),
        ("currencies", "{BTC: bitcoin}"),
        ("labels", "{cause: text}"),
        ("extra", "{weather: text, insured: amount, berths: places}"),
        ("timeline", "{inline: 2, page: 2}"),
        ("timeline", "{inline: 0, page: 1}"),
        ("timeline", "{inline: 300, page: 3}"),
        ("lints", "{single-origin: \"off\", unused-record: \"off\"}"),
        ("lints", "{unused-record: error}"),
        ("lints", "{broken-link: warning, rivals-without-preferred: note, missing-file: warning}"),
        ("limits", "{body: 60}"),
        ("limits", "{file: 400, depth: 4}"),
        ("limits", "{depth: 16}"),
        ("cards", "true"),
        ("data", "{per_record: false}"),
    ]);
    // A missing key is as good a setting as any; `cards` is there to spare the time.
    let there = key == "cards" || random.percent(85);
    put_key(state, SITE, key, there.then_some(value));
    if key == "cards" && random.percent(80) {
        put_key(state, SITE, key, Some("false"));
    }
}

pub fn broken(random: &mut Random, state: &mut State) {
    match random.below(7) {
        0 => put_key(state, SITE, "titel", Some("A word")),
        1 => put_key(state, SITE, "base_url", Some("www.example.org")),
        2 => put_key(state, SITE, "timeline", Some("{inline: many}")),
        3 => put_key(state, SITE, "kinds", Some("{Fire: x, 1: [}")),
        4 => put_key(state, SITE, "lints", Some("{yaml-syntax: warning}")),
        5 => state.put(SITE, *b"title: [\n"),
        _ => _ = state.files.remove(SITE),
    }
}

pub fn options(random: &mut Random, state: &mut State) {
    let options = &mut state.options;
    match random.below(5) {
        0 => options.drafts = !options.drafts,
        1 => {
            options.preview = !options.preview;
            options.drafts |= options.preview;
        }
        2 => {
            let day = chrono::NaiveDate::from_ymd_opt(2030, 2, 1 + u32::try_from(random.below(28)).unwrap());
            options.now = if options.now.is_none() { day } else { None };
        }
        3 => options.only_check = !options.only_check,
        _ => {
            let url = "http://127.0.0.1:1111/".to_owned();
            options.base_url = if options.base_url.is_none() { Some(url) } else { None };
        }
    }
}
