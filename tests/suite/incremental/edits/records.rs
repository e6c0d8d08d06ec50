//! Edits to what records say.

use super::{FOLDERS, has_yaml_alone, pick, put_key, set, some_id};
use crate::incremental::random::Random;
use crate::incremental::site::State;

const WORDS: [&str; 12] =
    ["ropes", "lamp", "Smoke", "quay", "über", "ship — two", "“night”", "a < b", "*tide*", "`port`", "3.5", "ash"];
const DATES: [&str; 14] = [
    "2006",
    "2019-03-05",
    "2019-03",
    "2020~",
    "\"2018?\"",
    "2019/2020-06~",
    "2021-22",
    "201X",
    "unknown",
    "../2019",
    "2020-02-29",
    "-0043-03-15",
    "\"[2018-01..2019-02]\"",
    "2021-05-01",
];
const AMOUNTS: [&str; 8] = [
    "USD 50M",
    "over USD 50M",
    "about EUR 2M",
    "USD 3M to 5M",
    "unknown",
    "up to JPY 400k",
    "almost USD 1.5B",
    "at least USD 7",
];
const COUNTS: [&str; 4] = ["at least 3", "exactly 2", "about 40", "unknown"];
const LOCATORS: [&str; 6] = ["", "#4", "#9", "#p12", "\"#s=The night\"", "#t=1:02"];
const TAGS: [&str; 6] = ["night", "Fire & smoke", "fire-smoke", "Überfall", "ropes", "2019"];
const LINKS: [&str; 19] = [
    "[x](incident:quay-fire)",
    "[x](incident:quay-fire#more)",
    "[x](incident:lamp-rule#h-why)",
    "[x](incident:lamp-rule#why)",
    "[x](incident:quay-fire#h-what-happened)",
    "[x](source:court-file)",
    "[x](entity:night-crew)",
    "[x](place:old-quay)",
    "[x](page:about)",
    "[x](page:about#first)",
    "[x](../lamp-rule.md)",
    "[x](rope-theft.md#first)",
    "[x](/docs/plan.txt)",
    "[x](/tags/night.html)",
    "![a map](/map.png)",
    "![a map](../../static/map.png)",
    "![](/map.png)",
    "Raw <b>markup</b> and ![one from elsewhere](https://example.org/x.png)",
    "[x](/annals.css) and [y](incident:harbour-fire) and [z](https://example.org/)",
];

pub fn body_words(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "incidents", "pages"]);
    let Some((path, text)) = pick(random, state, folder) else { return };
    let word = random.one(&WORDS);
    append(state, &path, &text, &format!("{word} and {}", random.below(1000)));
}

/// Writes a paragraph to the end of a body.
fn append(state: &mut State, path: &str, text: &str, words: &str) {
    let text = text.trim_end();
    if !has_yaml_alone(path) {
        state.put(path, format!("{text}\n\n{words}\n").as_bytes());
    } else if text.contains("\nbody: |\n") {
        state.put(path, format!("{text}\n\n  {words}\n").as_bytes());
    }
}

pub fn title(random: &mut Random, state: &mut State) {
    let folder = random.one(&FOLDERS);
    let Some((path, _)) = pick(random, state, folder) else { return };
    let key = if ["entities", "places"].contains(&folder) { "name" } else { "title" };
    let title =
        format!("\"{} of {} {}\"", random.one(&["Words", "Ropes", "The <b>night</b>"]), folder, random.below(100));
    put_key(state, &path, key, Some(&title));
}

pub fn date(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    put_key(state, &path, "date", Some(random.one(&DATES)));
}

pub fn value(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let (key, value) = match random.below(7) {
        0 => ("amount", (random.one(&AMOUNTS)).to_owned()),
        1 => ("count", format!("{{workers: {}, ships: {}}}", random.one(&COUNTS), random.one(&COUNTS))),
        2 => ("status", (random.one(&["alleged", "confirmed", "disputed", "retracted"])).to_owned()),
        3 => ("summary", format!("A summary with {}.", random.below(100))),
        4 => ("places", format!("[{}]", some_id(random, state, "places"))),
        5 => ("extra", format!("{{weather: rain {}}}", random.below(10))),
        _ => ("date_as", "in the night".to_owned()),
    };
    let value = random.percent(80).then_some(value);
    put_key(state, &path, key, value.as_deref());
}

/// `source#locator`, quoted where it must be.
fn reference(random: &mut Random, state: &State) -> String {
    let locator = random.one(&LOCATORS);
    let source = some_id(random, state, "sources");
    match locator.strip_prefix('"') {
        Some(locator) => format!("\"{source}{locator}"),
        None => format!("{source}{locator}"),
    }
}

pub fn claim_added(random: &mut Random, state: &mut State) {
    let Some((path, text)) = pick(random, state, "incidents") else { return };
    let (about, is) = match random.below(8) {
        0 | 6 | 7 => ("amount", (random.one(&AMOUNTS)).to_owned()),
        1 => ("date", (random.one(&DATES)).to_owned()),
        2 => ("cause", format!("a {}", random.one(&["lamp", "rope", "match"]))),
        3 => ("count.workers", (random.one(&COUNTS)).to_owned()),
        4 => ("actors.by", format!("[{}]", some_id(random, state, "entities"))),
        _ => ("status", "alleged".to_owned()),
    };
    let mut claim = format!("  - {{about: {about}, is: {is}, in: {}", reference(random, state));
    if random.percent(30) {
        claim.push_str(", rank: preferred, why: \"It is nearer.\"");
    } else if random.percent(30) {
        claim.push_str(", rank: deprecated, why: It is unsigned.");
    }
    if random.percent(40) {
        claim.push_str(&format!(", by: {}, said: 2019-04", some_id(random, state, "entities")));
    }
    claim.push_str("}\n");
    let with = if let Some((before, after)) = text.split_once("claims:\n") {
        format!("{before}claims:\n{claim}{after}")
    } else {
        set(&path, &text, "claims", Some(&format!("\n{}", claim.trim_end())))
    };
    state.put(&path, with.as_bytes());
}

/// The claims of a file, as the numbers of their lines.
fn claims(text: &str) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.contains("about: ") && line.contains("is: "))
        .map(|(at, _)| at)
        .collect()
}

/// Writes what `change` makes of one line that holds a claim.
fn on_claim(random: &mut Random, state: &mut State, change: impl Fn(&str) -> String) {
    let Some((path, text)) = pick(random, state, "incidents") else { return };
    let lines = claims(&text);
    if lines.is_empty() {
        return;
    }
    let chosen = random.one(&lines);
    let lines = text.split_inclusive('\n').enumerate();
    let text: String = lines.map(|(at, line)| if at == chosen { change(line) } else { line.to_owned() }).collect();
    // Without any the key would be empty, which is another thing.
    let text = if claims(&text).is_empty() { set(&path, &text, "claims", None) } else { text };
    state.put(&path, text.as_bytes());
}

pub fn claim_removed(random: &mut Random, state: &mut State) {
    on_claim(random, state, |_| String::new());
}

pub fn rank(random: &mut Random, state: &mut State) {
    on_claim(random, state, |line| {
        if line.contains("rank: preferred") {
            line.replace("rank: preferred", "rank: deprecated")
        } else if line.contains("rank: deprecated") {
            line.replace("rank: deprecated", "rank: normal")
        } else if line.contains("rank: normal") {
            line.replace("rank: normal", "rank: preferred")
        } else {
            line.replace('}', ", rank: preferred, why: It is so.}")
        }
    });
}

pub fn sources(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let list: Vec<String> = (0..1 + random.below(3)).map(|_| reference(random, state)).collect();
    put_key(state, &path, "sources", Some(&format!("[{}]", list.join(", "))));
}

pub fn tags(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let list: Vec<&str> = (0..random.below(4)).map(|_| random.one(&TAGS)).collect();
    let list = format!("[{}]", list.join(", "));
    put_key(state, &path, "tags", random.percent(80).then_some(list.as_str()));
}

pub fn kind(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "incidents", "sources", "entities", "places"]);
    let Some((path, _)) = pick(random, state, folder) else { return };
    let kind = match folder {
        "incidents" => random.one(&["fire", "theft", "rule"]),
        "sources" => random.one(&["news", "report", "court", "other"]),
        "entities" => random.one(&["state", "group", "person"]),
        _ => random.one(&["point", "city", "region"]),
    };
    put_key(state, &path, "kind", random.percent(85).then_some(kind));
}

pub fn actors(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let [a, b] = [0, 1].map(|_| some_id(random, state, "entities"));
    let actors = format!("{{by: [{a}], target: [{b}]}}");
    put_key(state, &path, "actors", random.percent(80).then_some(actors.as_str()));
}

pub fn relations(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let kind = random.one(&["part-of", "follows", "response-to", "contradicts", "same-as"]);
    let other = some_id(random, state, "incidents");
    let rank = if random.percent(25) { ", rank: deprecated, why: They are years apart." } else { "" };
    let relations = format!("[{{{kind}: {other}, in: {}{rank}}}]", reference(random, state));
    put_key(state, &path, "relations", random.percent(80).then_some(relations.as_str()));
}

pub fn correction(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let correction = format!("[{{on: 2022-01-{:02}, why: A name was misspelt.}}]", 1 + random.below(28));
    put_key(state, &path, "corrections", random.percent(75).then_some(correction.as_str()));
}

pub fn aliases(random: &mut Random, state: &mut State) {
    let folder = random.one(&FOLDERS);
    let Some((path, _)) = pick(random, state, folder) else { return };
    let aliases = format!("[{}]", random.one(&["old-name", "earlier", "harbour-fire, first-name", "quay-fire"]));
    put_key(state, &path, "aliases", random.percent(70).then_some(aliases.as_str()));
}

pub fn draft(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "incidents", "incidents", "sources", "entities", "places", "pages"]);
    let Some((path, text)) = pick(random, state, folder) else { return };
    put_key(state, &path, "draft", (!text.contains("draft: true")).then_some("true"));
}

pub fn link(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "incidents", "pages"]);
    let Some((path, text)) = pick(random, state, folder) else { return };
    let link = random.one(&LINKS);
    append(state, &path, &text, link);
}

pub fn heading(random: &mut Random, state: &mut State) {
    let folder = random.one(&["incidents", "pages"]);
    let Some((path, text)) = pick(random, state, folder) else { return };
    match text.lines().position(|line| line.starts_with('#')) {
        Some(at) => {
            let word = random.one(&["## Why", "## What happened", "# First", "## Elsewhere", "Plain words"]);
            let lines = text.split_inclusive('\n').enumerate();
            let text: String =
                lines.map(|(number, line)| if number == at { format!("{word}\n") } else { line.to_owned() }).collect();
            state.put(&path, text.as_bytes());
        }
        None => append(state, &path, &text, "## First"),
    }
}

pub fn of_source(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "sources") else { return };
    let (key, value) = match random.below(8) {
        0 => ("seen", (random.one(&["true", "false"])).to_owned()),
        1 => ("cites", format!("[{}]", some_id(random, state, "sources"))),
        2 => ("publisher", (random.one(&["Evening Post", "port-office", "port.example"])).to_owned()),
        3 => ("published", (random.one(&DATES)).to_owned()),
        4 => ("url", format!("https://example.org/{}", random.below(10))),
        5 => ("authors", "[\"B. & C. Writer\"]".to_owned()),
        6 => ("reliability", (random.one(&["A", "F"])).to_owned()),
        _ => ("note", format!("Two editions, and {}.", random.below(9))),
    };
    put_key(state, &path, key, random.percent(80).then_some(value.as_str()));
}

pub fn of_entity(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "entities") else { return };
    let (key, value) = match random.below(4) {
        0 => ("part_of", some_id(random, state, "entities")),
        1 => ("aka", "[\"C.L.\", crew]".to_owned()),
        2 => ("ids", "{wikidata: Q43}".to_owned()),
        _ => ("note", format!("Runs the harbour {}.", random.below(9))),
    };
    put_key(state, &path, key, random.percent(80).then_some(value.as_str()));
}

pub fn of_place(random: &mut Random, state: &mut State) {
    let Some((path, _)) = pick(random, state, "places") else { return };
    let (key, value) = match random.below(2) {
        0 => ("within", some_id(random, state, "places")),
        _ => ("lat", format!("{}.5", random.below(80))),
    };
    put_key(state, &path, key, random.percent(80).then_some(value.as_str()));
}

pub fn wrong_value(random: &mut Random, state: &mut State) {
    if random.percent(15) {
        let Some((path, _)) = pick(random, state, "sources") else { return };
        let own = super::id(&path).to_owned();
        return put_key(state, &path, "cites", Some(&format!("[{own}]")));
    }
    let Some((path, _)) = pick(random, state, "incidents") else { return };
    let (key, value) = random.one(&[
        ("date", "January 2022"),
        ("date", "2022-13"),
        ("amount", "$50M"),
        ("titel", "A word"),
        ("kind", "fyre"),
        ("status", "sure"),
        ("sources", "[daily-paper#para4]"),
        ("date_as", "in the middle of the night"),
        ("amount", "no"),
        ("actors", "{buy: [night-crew]}"),
        ("claims", "[{about: date, is: 2011}]"),
        ("title", "a: b"),
        ("places", "{a: [b, {c: d}]}"),
        ("count", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"),
    ]);
    put_key(state, &path, key, Some(value));
}

pub fn dangling(random: &mut Random, state: &mut State) {
    let Some((path, text)) = pick(random, state, "incidents") else { return };
    match random.below(5) {
        0 => put_key(state, &path, "sources", Some("[court-fil#2]")),
        1 => put_key(state, &path, "places", Some("[old-qay]")),
        2 => put_key(state, &path, "relations", Some("[{follows: lamp-rul}]")),
        3 => append(state, &path, &text, "[x](incident:lamp-rul) ![y](/mapp.png) [z](javascript:alert)"),
        _ => append(state, &path, &text, "[x](incident:lamp-rule#h-nothing) and [y](source:dayly-paper)"),
    }
}
