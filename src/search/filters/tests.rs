//! The table, read as a browser would read it.

use super::*;
use crate::config::Config;
use crate::model::{Record, RecordKind};
use crate::phrase::ENGLISH;
use crate::source_text::File;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

const HEAD: &str = "title: T\ndate: 2020\nsources: [s]\n";

fn site(incidents: &[(&str, String)], others: &[(&str, &str)]) -> Site {
    let config = Arc::new(Config::default());
    let incidents =
        incidents.iter().map(|(id, front)| (format!("content/incidents/{id}.md"), format!("---\n{front}---\n")));
    let others = others.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let files = incidents.chain(others).map(|(path, text)| File::new(&path, text.as_bytes()));
    let records: Vec<Record> = files
        .map(|file| crate::parse::record(RecordKind::of(&file.id).unwrap(), &file, &config))
        .inspect(|parsed| assert!(parsed.problems.is_empty(), "{:?}", parsed.problems))
        .map(|parsed| parsed.record)
        .collect();
    let (site, _) = crate::resolve::site(&records, &config);
    let (site, _) = crate::resolve::without_drafts(site);
    site
}

/// The argument of the call.
fn read(site: &Site) -> Value {
    let (path, entry) = file(site, &Choices::of(site), &ENGLISH).unwrap();
    assert!(path.as_str().starts_with("search/filters.") && path.as_str().ends_with(".js"));
    let script = std::str::from_utf8(&entry.bytes).unwrap();
    let data = script.strip_prefix(CALL.0).and_then(|rest| rest.strip_suffix(CALL.1)).unwrap();
    assert!(!data.contains(['<', '\u{2028}', '\u{2029}', '\n']), "{data}");
    serde_json::from_str(data).unwrap()
}

#[track_caller]
fn check(front: &str, column: &str, expect: &Value) {
    let table = read(&site(&[("a", format!("{HEAD}{front}"))], &[]));
    assert_eq!(table[column][0], *expect, "{front}");
}

#[test]
fn a_site_without_incidents_has_no_table() {
    let empty = site(&[], &[]);
    assert!(file(&empty, &Choices::of(&empty), &ENGLISH).is_none());
}

#[test]
fn every_published_incident_stands_in_it_once() {
    let incidents: Vec<(String, String)> =
        (0..40).map(|n| (format!("i{n:02}"), format!("{HEAD}draft: {}\n", n % 4 == 0))).collect();
    let incidents: Vec<(&str, String)> = incidents.iter().map(|(id, text)| (id.as_str(), text.clone())).collect();
    let site = site(&incidents, &[]);
    let table = read(&site);
    let ids: Vec<&str> = table["id"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let expect: Vec<&str> = site.incidents.iter().map(|entry| entry.incident.id.as_str()).collect();
    assert_eq!(ids, expect);
    assert_eq!(ids.len(), 30);
    let lists = ["kinds", "statuses", "confidences", "roles", "actors", "places", "tags", "currencies", "phrases"];
    for (name, column) in table.as_object().unwrap() {
        let is_column = name != "drafts" && !lists.contains(&name.as_str());
        assert!(!is_column || column.as_array().unwrap().len() == 30, "{name}");
    }
}

#[test]
fn days() {
    let dates = ["2020-01-01", "2020-01-03/2020-01-05", "../2019", "2021/..", "unknown"];
    let incidents: Vec<(String, String)> = dates
        .iter()
        .enumerate()
        .map(|(n, d)| (format!("i{n}"), format!("title: T\ndate: {d}\nsources: [s]\n")))
        .collect();
    let incidents: Vec<(&str, String)> = incidents.iter().map(|(id, text)| (id.as_str(), text.clone())).collect();
    let table = read(&site(&incidents, &[]));
    // The open start stands first in the timeline: its last day is counted from 1970.
    assert_eq!(table["id"], json!(["i2", "i0", "i1", "i3", "i4"]));
    assert_eq!(table["first"], json!([null, 18262, 2, 364, null]));
    assert_eq!(table["last"], json!([18261, 0, 2, null, null]));
    assert_eq!(table["when"][4], "date unknown");
}

#[test]
fn amounts() {
    let amount = |amount: &str, expect: Value| check(&format!("amount: {amount}\n"), "amount", &expect);
    amount("USD 50M", json!([0, 50_000_000, 50_000_000, 0]));
    amount("over USD 50M", json!([0, 50_000_000, null, 1]));
    amount("at least USD 50M", json!([0, 50_000_000, null, 0]));
    amount("under USD 20", json!([0, 0, 20, 2]));
    amount("about USD 100", json!([0, 90, 110, 0]));
    amount("almost USD 1", json!([0, 0.9, 1, 0]));
    amount("USD 1.5 to 2.5", json!([0, 1.5, 2.5, 0]));
    amount("USD 100000000 trillion", json!([0, 1e20, 1e20, 0]));
    amount("unknown", json!([]));
    check("", "amount", &json!(0));
}

#[test]
fn numbers_lead_to_words() {
    let front = "title: T\ndate: 2020-05\nkind: theft\nstatus: alleged\nsummary: S\nsources: [s, t]\n\
        count: {exchanges: at least 3}\namount: over USD 50M\nactors: {by: [e]}\nplaces: [p]\ntags: [Big ban]\nclaims:\n  \
        - {about: amount, is: over USD 50M, in: s, rank: preferred, why: w, confidence: low}\n  - {about: amount, is: USD 50M, in: t}\n";
    let others = [("content/entities/e.yaml", "name: E\naka: [Other, Name]\n"), ("content/places/p.yaml", "name: P\n")];
    let table = read(&site(&[("a", front.to_owned())], &others));
    assert_eq!(table["kinds"], json!([["theft", "Theft"]]));
    assert_eq!(table["statuses"], json!([["alleged", "alleged"]]));
    assert_eq!(table["confidences"], json!([["low", "low confidence"]]));
    assert_eq!(table["actors"], json!([["e", "E", "Other", "Name"]]));
    assert_eq!(table["tags"], json!([["big-ban", "Big ban"]]));
    assert_eq!(table["phrases"], json!(["1 disputed point", "2 sources"]));
    assert_eq!(table["figures"], json!([["more than US$50 million", "at least three exchanges"]]));
    for (column, number) in [("kind", 1), ("status", 1), ("confidence", 1), ("disputed", 1), ("sources", 2)] {
        assert_eq!(table[column], json!([number]), "{column}");
    }
    assert_eq!((&table["who"], &table["place"], &table["tag"]), (&json!([[0, 0]]), &json!([[0]]), &json!([[0]])));
}

proptest! {
    #[test]
    fn titles_come_back_as_they_were(title in "\\PC{1,40}|[<>&\"'/\\\\\u{2028}\u{2029}!-]{1,40}") {
        prop_assume!(!title.trim().is_empty());
        // Written raw, they end lines for some readers of YAML and not for others.
        let written = json!(title).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        let site = site(&[("a", format!("title: {written}\ndate: 2020\nsources: [s]\n"))], &[]);
        let table = read(&site);
        prop_assert_eq!(table["title"][0].as_str(), Some(site.incidents.get(0).unwrap().incident.title.as_str()));
    }
}

#[test]
fn hostile_titles_stay_text() {
    for title in ["</script><script>x()</script>", "<!--", "]]>", "\u{2028}\u{2029}", "\\u003c/script>"] {
        let site = site(&[("a", format!("title: {}\ndate: 2020\nsources: [s]\n", json!(format!("x{title}x"))))], &[]);
        assert_eq!(read(&site)["title"][0], site.incidents.get(0).unwrap().incident.title);
    }
}
