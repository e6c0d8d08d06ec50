//! Edits with a name: which pages they change, named one by one.

use super::site::State;
use annals::pipeline::Edition;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an edit is called, the edit, and the pages that it changes, one word each; `*` is all.
type Named = (&'static str, fn(&mut State), &'static str);

/// `search.html` is among them whenever a word changes that a search may find: it names the index, and the index is named
/// by what it holds.
const EDITS: [Named; 20] = [
    (
        "a typo in a body",
        |site| site.replace("content/incidents/lamp-rule.md", "was written", "was writen"),
        "incidents/lamp-rule.html search.html",
    ),
    (
        "blanks and a comment in front matter",
        |site| site.replace("content/incidents/2019/quay-fire.md", "title: ", "# A note.\ntitle:   "),
        "",
    ),
    (
        // Its own page, its neighbours in time, the one it is a part of; who did it, where, in which year, of which kind.
        "the title of an incident",
        |site| site.replace("content/incidents/rope-theft.md", "theft of ropes", "theft of cables"),
        "entities/night-crew.html figures.html incidents/index.html incidents/long-thefts.html incidents/quay-fire.html \
         incidents/rope-theft.html incidents/smoke-seen.html index.html kinds/theft.html known.html places/old-quay.html \
         search.html sources/daily-paper.html tags/night.html years/2020.html",
    ),
    (
        "the title of an incident of which little is known",
        |site| site.replace("content/incidents/smoke-seen.md", "Smoke is seen", "Smoke was seen"),
        "incidents/index.html incidents/rope-theft.html incidents/smoke-seen.html index.html known.html search.html \
         sources/a-letter.html years/unknown.html",
    ),
    (
        "the title of a source",
        |site| site.replace("content/sources/court-file.yaml", "File of", "The file of"),
        "disputed.html figures.html incidents/long-thefts.html incidents/quay-fire.html search.html \
         sources/court-file.html sources/index.html",
    ),
    (
        "the title of a source of one incident",
        |site| site.replace("content/sources/a-letter.yaml", "A letter", "The letter"),
        "incidents/smoke-seen.html search.html sources/a-letter.html sources/index.html",
    ),
    (
        "a note on a source",
        |site| site.replace("content/sources/a-letter.yaml", "kind: other", "kind: other\nnote: Unsigned."),
        "search.html sources/a-letter.html",
    ),
    (
        "a new tag",
        |site| site.replace("content/incidents/lamp-rule.md", "kind: rule", "kind: rule\ntags: [smoke]"),
        "incidents/lamp-rule.html index.html search.html tags/index.html tags/smoke.html",
    ),
    (
        "the name of an entity",
        |site| site.replace("content/entities/coast-state.yaml", "the Coast", "the coast"),
        "entities/coast-state.html entities/index.html entities/port-office.html search.html",
    ),
    (
        "the name of a place",
        |site| site.replace("content/places/port-city.yaml", "Port City", "Port Town"),
        "incidents/lamp-rule.html index.html places/index.html places/old-quay.html places/port-city.html search.html",
    ),
    (
        "a claim",
        |site| site.replace("content/incidents/2019/quay-fire.md", "is: a lamp,", "is: a match,"),
        "incidents/quay-fire.html search.html sources/daily-paper.html",
    ),
    (
        "a correction",
        |site| site.replace("content/incidents/2019/quay-fire.md", "It counted again", "It counted anew"),
        "corrections.html incidents/quay-fire.html search.html",
    ),
    (
        "a new incident",
        |site| {
            let text = "---\ntitle: A new one\ndate: 2012\nsources: [harbour-minutes]\n---\n";
            site.put("content/incidents/a-new-one.md", text.as_bytes());
        },
        "incidents/a-new-one.html incidents/index.html incidents/lamp-rule.html incidents/long-thefts.html index.html \
         known.html search.html sources/harbour-minutes.html years/2012.html years/index.html",
    ),
    ("a draft that nobody sees", |site| site.replace("content/incidents/new-lamps.md", "New lamps", "Newer lamps"), ""),
    (
        "the body of a plain page",
        |site| site.replace("content/pages/about.md", "# First", "# Begin"),
        "about.html search.html",
    ),
    ("the title of a plain page", |site| site.replace("content/pages/about.md", "title: About", "title: Method"), "*"),
    (
        "the levels of problems",
        |site| site.replace("content/site.yaml", "lints: {", "lints: {unused-record: note, "),
        "",
    ),
    ("an image", |site| site.put("static/map.png", *b"other bytes"), ""),
    ("an image more", |site| site.put("static/new.png", *b"bytes"), ""),
    // Its fingerprint stands in its name, and its name in every page.
    ("a style", |site| site.put("static/annals.css", *b"main { color: red; }"), "*"),
];

/// The same for templates, of which an engine need not know which pages they come into.
const TEMPLATES: [Named; 3] = [
    ("the template of one page", |site| site.replace("templates/404.html", "Nothing", "No page"), "404.html"),
    (
        "the template of a kind of page",
        |site| {
            let text =
                "{% extends \"__builtin/incident.html\" %}\n{%- block end %}\n<p>The end.</p>\n{%- endblock end %}\n";
            site.put("templates/incident.html", text.as_bytes());
        },
        "incidents/lamp-rule.html incidents/long-thefts.html incidents/quay-fire.html incidents/rope-theft.html \
         incidents/smoke-seen.html",
    ),
    ("words of all pages", |site| site.put("templates/strings/en.json", *b"{\"skip\": \"Skip\"}"), "*"),
];

fn made(site: &State, last: Option<&Edition>) -> Edition {
    let edition = Edition::new(Arc::new(site.inputs()), &site.options, last, &|_| ());
    assert!(edition.make_all(&|| false));
    edition
}

fn after(edit: fn(&mut State)) -> State {
    let mut site = State::start();
    edit(&mut site);
    site
}

/// All pages of an edition.
fn pages(edition: &Edition) -> BTreeSet<String> {
    edition.paths().into_iter().filter(|path| path.ends_with(".html")).map(str::to_owned).collect()
}

/// The pages of `to` that are not as they were, or were not there.
fn changed(from: &Edition, to: &Edition) -> BTreeSet<String> {
    pages(to).into_iter().filter(|path| from.file(path) != to.file(path)).collect()
}

fn named(words: &str, edition: &Edition) -> BTreeSet<String> {
    match words {
        // A page that sends its reader on shows nothing, but it too is drawn by the style.
        "*" => pages(edition),
        words => words.split_whitespace().map(str::to_owned).collect(),
    }
}

#[test]
fn an_edit_changes_the_pages_that_show_it() {
    let start = made(&State::start(), None);
    for (name, edit, words) in EDITS.into_iter().chain(TEMPLATES) {
        let edition = made(&after(edit), None);
        assert!(edition.is_fit(), "{name}: {:?}", edition.problems());
        assert_eq!(changed(&start, &edition), named(words, &edition), "{name}");
    }
}

/// The pages that were rendered for an edition; each has its reason.
fn rendered(edition: &Edition) -> BTreeSet<String> {
    let work = edition.work();
    assert!(work.rendered.iter().all(|(_, reason)| !reason.is_empty()), "{work:?}");
    assert!(work.rendered.is_sorted_by(|(a, _), (b, _)| a < b), "{work:?}");
    work.rendered.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn an_edition_from_nothing_renders_every_page_once() {
    let start = made(&State::start(), None);
    assert_eq!(rendered(&start), pages(&start));
}

#[test]
fn an_edit_renders_the_pages_that_show_it_and_no_other() {
    let start = made(&State::start(), None);
    for (name, edit, words) in EDITS {
        let edition = made(&after(edit), Some(&start));
        assert_eq!(rendered(&edition), named(words, &edition), "{name}");
        assert_eq!(changed(&edition, &made(&after(edit), None)), BTreeSet::new(), "{name}");
    }
}

#[test]
fn a_template_renders_at_least_the_pages_that_use_it() {
    let start = made(&State::start(), None);
    for (name, edit, words) in TEMPLATES {
        let edition = made(&after(edit), Some(&start));
        assert!(rendered(&edition).is_superset(&named(words, &edition)), "{name}: {:?}", edition.work());
        assert_eq!(changed(&edition, &made(&after(edit), None)), BTreeSet::new(), "{name}");
    }
}

#[test]
fn what_was_broken_and_is_repaired_renders_nothing() {
    let start = made(&State::start(), None);
    let broken: [fn(&mut State); 4] = [
        |site| site.put("content/incidents/lamp-rule.md", *b"---\ntitle: [\n"),
        |site| site.put("content/sources/court-file.yaml", *b"\xFF"),
        |site| site.put("templates/incident.html", *b"{% if"),
        |site| site.put("content/site.yaml", *b"title: [\n"),
    ];
    for edit in broken {
        assert!(!made(&after(edit), Some(&start)).is_fit());
        // The server takes over from the last one that is fit.
        let repaired = made(&State::start(), Some(&start));
        assert!(repaired.is_fit());
        assert_eq!(rendered(&repaired), BTreeSet::new());
    }
}

#[test]
fn a_page_that_nobody_asks_for_is_not_rendered() {
    let edition = Edition::new(Arc::new(State::start().inputs()), &State::start().options, None, &|_| ());
    assert_eq!(rendered(&edition), BTreeSet::new());
    edition.file("incidents/lamp-rule.html");
    edition.file("incidents/lamp-rule.html");
    assert_eq!(rendered(&edition), named("incidents/lamp-rule.html", &edition));
}
