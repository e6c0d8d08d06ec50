use super::*;
use crate::config::Config;
use crate::model::Record;
use crate::source_text::File;

struct State {
    site: Site,
    texts: HashMap<FileId, Arc<str>>,
}

const OTHERS: &[(&str, &str)] = &[
    ("content/sources/s.yaml", "title: The Paper\n"),
    ("content/sources/t.yaml", "title: The Other\n"),
    ("content/entities/e.yaml", "name: Ann\n"),
    ("content/entities/f.yaml", "name: Bob\n"),
    ("content/places/p.yaml", "name: Town\n"),
    ("content/incidents/b.md", "---\ntitle: B\ndate: 2020\nsources: [s]\n---\n"),
    ("content/incidents/c.md", "---\ntitle: C\ndate: 2020\nsources: [s]\n---\n"),
];

fn state(files: &[(&str, &str)]) -> State {
    let mut all: HashMap<&str, &str> = OTHERS.iter().copied().collect();
    all.extend(files.iter().copied());
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_unstable();
    let settings = all.iter().find(|(path, _)| path.ends_with("site.yaml"));
    let settings = settings.map(|(path, text)| File::new(path, text.as_bytes()));
    let config = settings.as_ref().map_or_else(Config::default, |file| crate::parse::site(Some(file)).0);
    let config = Arc::new(config);
    let mut texts = HashMap::new();
    let records: Vec<Record> = all
        .iter()
        .filter_map(|(path, text)| {
            let file = File::new(path, text.as_bytes());
            let parsed = crate::parse::record(RecordKind::of(&file.id)?, &file, &config);
            assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
            texts.insert(file.id, parsed.body.text.clone());
            Some(parsed.record)
        })
        .collect();
    State { site: crate::resolve::site(&records, &config).0, texts }
}

fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let (before, after) = (state(before), state(after));
    let changes = between(
        Side { site: &before.site, published: &before.site, texts: &before.texts },
        Side { site: &after.site, published: &after.site, texts: &after.texts },
    );
    let groups = changes.records.iter().flat_map(|group| group.changes.iter());
    groups.chain(&changes.settings).map(|change| format!("{}: {}", change.subject, change.said(100))).collect()
}

/// Two front matters of one incident.
#[track_caller]
fn check(was: &str, now: &str, expect: &[&str]) {
    let text = |more: &str| format!("---\ntitle: A\ndate: 2020\nsources: [s#1]\n{more}\n---\nText.\n");
    let (was, now) = (text(was), text(now));
    let path = "content/incidents/a.md";
    assert_eq!(told(&[(path, &was)], &[(path, &now)]), expect);
    let back = told(&[(path, &now)], &[(path, &was)]);
    assert_eq!(back.is_empty(), expect.is_empty(), "{back:?}");
}

/// Two texts of one file.
#[track_caller]
fn check_file(path: &str, was: &str, now: &str, expect: &[&str]) {
    assert_eq!(told(&[(path, was)], &[(path, now)]), expect);
}

#[test]
fn fields_without_claims() {
    check("", "kind: fire", &["kind: Fire"]);
    check("kind: fire", "kind: flood", &["kind: Fire → Flood"]);
    check("status: alleged", "status: retracted", &["status: alleged → retracted"]);
    check("count: {ships: 3}", "count: {ships: at least 3}", &["count.ships: 3 → at least 3 (no longer exact)"]);
    check("count: {ships: 3}", "", &["count.ships: 3 → nothing"]);
    check("actors: {by: [e]}", "actors: {by: [f, e]}", &["actors.by: added Bob"]);
    check("actors: {by: [e, f]}", "actors: {by: [f, e]}", &[]);
    check("actors: {by: [e]}", "actors: {target: [e]}", &["actors.target: Ann", "actors.by: Ann → nothing"]);
    check("places: [p]", "", &["places: Town → nothing"]);
    check("tags: [a, b]", "tags: [b, c]", &["tags: added c; removed a"]);
    check("summary: one", "summary: other", &["summary: one → other"]);
    check("date_as: soon", "date_as: late", &["date_as: soon → late"]);
    check("amount: unknown", "amount: over USD 5", &["amount: unknown → over USD 5"]);
    check("amount: EUR 5", "amount: USD 5", &["amount: EUR 5 → USD 5 (another currency)"]);
    check("aliases: [old]", "", &["old address old: leads nowhere now"]);
}

#[test]
fn evidence() {
    let claim = |more: &str| format!("claims:\n  - {{id: x, about: cause, is: a lamp, in: s#2{more}}}");
    let one = |was: &str, now: &str, expect: &str| check(&claim(was), &claim(now), &[expect]);
    one("", ", by: e", "claim x (cause: a lamp), who says so: Ann (new)");
    one(", by: e", ", by: f", "claim x (cause: a lamp), who says so: Ann → Bob");
    one(", by: e", "", "claim x (cause: a lamp), who says so: Ann → nothing");
    one("", ", via: [t]", "claim x (cause: a lamp), how it reached us: “The Other” (new)");
    one(", said: 2021", ", said: 2021-05", "claim x (cause: a lamp), when it was said: 2021 → May 2021");
    one("", ", kind: denial", "claim x (cause: a lamp), kind: denial (new)");
    one("", ", confidence: low", "claim x (cause: a lamp), confidence: low (new)");
    one("", ", note: so", "claim x (cause: a lamp), note: so (new)");
    one("", ", as: a light", "claim x (cause: a lamp), words of the source: a light (new)");
    let rank = ", rank: preferred, why: w";
    one(rank, ", rank: preferred, why: v", "claim x (cause: a lamp), why: w → v");
    one("", rank, "claim x (cause: a lamp): preferred now: w");
    check(
        &claim(""),
        &claim(", rank: deprecated, why: w"),
        &["cause: disputed now", "claim x (cause: a lamp): rejected now: w"],
    );
    check(
        &claim(""),
        &claim("").replace("s#2", "t"),
        &["claim x (cause: a lamp), read in: “The Paper”, paragraph 2 → “The Other”"],
    );
    check(&claim(""), &claim("").replace("a lamp", "a candle"), &["claim x (cause): a lamp → a candle"]);
    check(&claim(""), &claim("").replace("id: x", "id: z"), &["claim z (cause: a lamp), address on the page: #x → #z"]);
    check(&claim(""), &claim("").replace("cause", "origin"), &["claim x (origin: a lamp): about cause → about origin"]);
    check(&claim(""), &claim("").replace("{id: x, ", "{"), &[]);
    // A claim beside the value that it supports.
    check(
        "amount: USD 5",
        "amount: USD 5\nclaims:\n  - {about: amount, is: USD 5, in: s#2}",
        &["new claim about amount: USD 5, as read in “The Paper”, paragraph 2 (shown)"],
    );
}

#[test]
fn what_a_record_names() {
    let path = "content/incidents/a.md";
    let text = |more: &str| format!("---\ntitle: A\ndate: 2020\n{more}\n---\n");
    let pair = |was: &str, now: &str, expect: &[&str]| check_file(path, &text(was), &text(now), expect);
    pair("sources: [s#1]", "sources: [s#2]", &["sources: “The Paper”, paragraph 1 → “The Paper”, paragraph 2"]);
    pair("sources: [s#1]", "sources: [s#1, t]", &["source cited: “The Other”"]);
    pair("sources: [s, t]", "sources: [t]", &["source no longer cited: “The Paper”"]);
    let relation = |more: &str| format!("sources: [s]\nrelations:\n  - {{follows: b{more}}}");
    pair("sources: [s]", &relation(""), &["new relation: Came after “B”"]);
    pair(&relation(""), "sources: [s]", &["relation removed: Came after “B”"]);
    pair(&relation(""), &relation(", rank: deprecated, why: w"), &["relation Came after “B”: rejected now: w"]);
    pair(
        &relation(", in: s#1"),
        &relation(", in: s#2"),
        &["relation Came after “B”: read in: “The Paper”, paragraph 1 → “The Paper”, paragraph 2"],
    );
    let correction =
        "sources: [s]\ncorrections:\n  - {on: 2022-03-01, field: amount, was: USD 5, now: USD 6, why: a slip}";
    let said = "on 1 March 2022, amount: USD 5 → USD 6 (a slip)";
    pair("sources: [s]", correction, &[&format!("new correction: {said}")]);
    pair(correction, "sources: [s]", &[&format!("published correction removed: {said}")]);
}

#[test]
fn other_records_and_settings() {
    check_file(
        "content/sources/s.yaml",
        "title: The Paper\npublished: 2021\nreliability: B\n",
        "title: The Paper\npublished: 2021-05\nreliability: E\npublisher: e\ncites: [t]\n",
        &[
            "publisher: Ann",
            "published: 2021 → May 2021 (more precise)",
            "reliability: B → E",
            "cites: added “The Other”",
        ],
    );
    check_file(
        "content/entities/e.yaml",
        "name: Ann\naka: [A]\n",
        "name: Anne\nkind: person\nids: {wikidata: Q1}\npart_of: f\n",
        &["name: Ann → Anne", "kind: person", "aka: removed A", "part_of: Bob", "ids.wikidata: Q1"],
    );
    check_file("content/places/p.yaml", "name: Town\n", "name: Town\nlat: 1\nlon: 2\n", &["lat: 1", "lon: 2"]);
    check_file(
        "content/pages/x.md",
        "---\ntitle: X\n---\na b\n",
        "---\ntitle: X\norder: 2\n---\na c\n",
        &["order: 2", "text: 1 word changed; “b” → “c”"],
    );
    check_file(
        "content/site.yaml",
        "title: T\nkinds: {a: A, b: B}\n",
        "title: T\nkinds: {b: B, a: AA}\nlints: {single-origin: off}\n",
        &["kinds.a: A → AA", "lints.single-origin: note → off", "kinds: a, b → b, a (the order of the lanes)"],
    );
}
