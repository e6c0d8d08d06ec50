use super::*;
use crate::config::Config;
use crate::model::Record;
use crate::noted::Part;
use crate::phrase::ENGLISH;
use crate::source_text::File;
use serde_json::Value as Json;

const FILES: &[(&str, &str)] = &[
    ("content/entities/police.yaml", "name: the police\n"),
    ("content/entities/crew.yaml", "name: The crew\n"),
    ("content/sources/report.yaml", "title: A report\nkind: report\nseen: false\n"),
    ("content/sources/agency.yaml", "title: Wire\nkind: news\npublisher: An Agency\nseen: false\ncites: [report]\n"),
    ("content/sources/one.yaml", "title: One\nkind: news\npublisher: The One\ncites: [agency]\n"),
    ("content/sources/two.yaml", "title: Two\ncites: [report]\n"),
    ("content/sources/alone.yaml", "title: Alone\n"),
    (
        "content/incidents/theft.md",
        "---\ntitle: 'Theft & \"loss\" #1?'\ndate: 2020\nsources: [one#1, two#1]\nstatus: alleged\n\
         actors: {by: [crew], alleged_by: [police]}\nclaims:\n\
         - {id: a, about: amount, is: USD 5, by: police, via: [report, agency], in: one#2, kind: estimate, \
         said: 2021, rank: preferred, why: x}\n\
         - {id: b, about: amount, is: USD 6, via: [report], in: two#3}\n\
         - {id: c, about: count.ships, is: 5, in: one#2}\n---\n",
    ),
    ("content/incidents/plain.md", "---\ntitle: Plain\ndate: 2021\nsources: [alone]\nactors: {by: [crew]}\n---\n"),
];

/// The view of a page as its template sees it.
fn view(route: &str) -> Json {
    let config = Arc::new(Config {
        repository: Some("owner/name".to_owned()),
        base_url: Some("https://example.org/".to_owned()),
        ..Config::default()
    });
    let records: Vec<Record> = FILES
        .iter()
        .filter_map(|(path, text)| {
            let file = File::new(path, text.as_bytes());
            let parsed = crate::parse::record(RecordKind::of(&file.id)?, &file, &config);
            assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
            Some(parsed.record)
        })
        .collect();
    let (site, _) = crate::resolve::site(&records, &config);
    let facets = Facets::of(&site);
    let world = World {
        incident_bodies: Table::new(Part::IncidentBodies, Vec::new()),
        page_bodies: Table::new(Part::PageBodies, Vec::new()),
        lexicon: &ENGLISH,
        terms: &ENGLISH.terms,
        cards: Arc::new(Cards::of(site.incidents.len())),
        choices: Later::new(Part::Choices, Choices::default),
        facets: Arc::new(facets),
        site: Arc::new(site),
        preview: false,
        search: Arc::new(SearchData {
            filters: Later::new(Part::FilterTable, String::new),
            index: Later::new(Part::SearchIndex, String::new),
        }),
        social: Arc::new(SocialCards {
            site: Noted::new(Part::SiteCard, None),
            incidents: Table::new(Part::IncidentCards, Vec::new()),
        }),
    };
    let mut slots = KINDS
        .iter()
        .flat_map(|kind| (kind.slots)(&world.site, &world.facets).into_iter().map(move |slot| (kind, slot)));
    let (kind, slot) = slots.find(|(_, slot)| slot.route == route).unwrap();
    serde_json::to_value(&*(kind.view)(&world, &slot)).unwrap()
}

fn texts(pieces: &Json) -> String {
    pieces.as_array().unwrap().iter().map(|piece| piece["text"].as_str().unwrap()).collect()
}

#[test]
fn the_way_of_a_disputed_claim_is_drawn() {
    let page = view("incidents/theft.html");
    let amount = page["facts"].as_array().unwrap().iter().find(|field| field["id"] == "amount").unwrap();
    let steps: Vec<String> = amount["shown"][0]["chain"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            let parts = ["role", "name", "detail", "unseen"].map(|part| step[part].as_str().unwrap_or("-"));
            parts.join(" | ")
        })
        .collect();
    assert_eq!(
        steps,
        [
            "estimates | the police | 2021 | -",
            "report | A report | - | not seen",
            "reported by | An Agency | - | not seen",
            "read in | The One | paragraph 2 | -",
        ]
    );
    // From one that passed it on to where it was read: the sentence is as plain.
    assert_eq!(amount["rivals"][0]["chain"].as_array().map(Vec::len), Some(0));
    assert_eq!(texts(&amount["common"]), "All of these claims go back to “A report”, which the editors have not seen.");
    let count = page["facts"].as_array().unwrap().iter().find(|field| field["id"] == "count.ships").unwrap();
    assert_eq!(count["shown"][0]["chain"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_mistake_can_be_reported() {
    let page = view("incidents/theft.html");
    assert_eq!(page["edit"].as_str(), Some("https://github.com/owner/name/edit/HEAD/content/incidents/theft.md"));
    let report = page["report"].as_str().unwrap();
    let title = "title=Error%20in%20%E2%80%9CTheft%20%26%20%22loss%22%20%231%3F%E2%80%9D&record=incidents%2Ftheft&page=https%3A%2F%2F";
    assert!(report.starts_with("https://github.com/owner/name/issues/new?") && report.contains(title), "{report}");
    let body = "&body=Record%3A%20incidents%2Ftheft%20%28content%2Fincidents%2Ftheft.md%29%0APage%3A%20https%3A%2F%2Fexample.org%2Fincidents%2Ftheft.html%0A%0A";
    assert!(report.contains(body), "{report}");
}

#[test]
fn what_would_be_left_without_a_source() {
    let check = |route: &str, behind: &str, without: &[&str]| {
        let page = view(route);
        assert_eq!(page["behind"], behind, "{route}");
        assert_eq!(page["without"], serde_json::json!(without), "{route}");
    };
    check(
        "sources/report.html",
        "It stands behind 2 claims in 1 incident.",
        &["Without it one of their 6 points would have no source.", "No incident would be left without any."],
    );
    check(
        "sources/alone.html",
        "It stands behind 1 incident.",
        &["Without it 2 of their 2 points would have no source.", "One incident would have no source left at all."],
    );
    check(
        "sources/two.html",
        "It stands behind 1 claim in 1 incident.",
        &["Every point would keep another source without it."],
    );
    assert_eq!(view("sources/alone.html")["only"][0]["all"], true);
}

#[test]
fn who_cites_whom() {
    let page = view("sources/report.html");
    let nodes = page["citing"]["cited_by"]["nodes"].as_array().unwrap();
    let names: Vec<&str> = nodes.iter().map(|node| node["source"]["text"].as_str().unwrap()).collect();
    assert_eq!(names, ["Wire", "Two"]);
    assert_eq!(nodes[0]["beyond"][0]["source"]["text"], "One");
    assert_eq!(view("sources/alone.html")["citing"], Json::Null);
}

#[test]
fn what_was_done_comes_before_what_was_told() {
    let page = view("entities/crew.html");
    let roles: Vec<&str> =
        page["roles"].as_array().unwrap().iter().map(|role| role["heading"].as_str().unwrap()).collect();
    assert_eq!(roles, ["By The crew", "Allegedly by The crew"]);
    assert_eq!(page["incidents"], "2 incidents");
}
