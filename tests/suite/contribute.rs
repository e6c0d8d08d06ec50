//! The ways from a page to a change of it: what is filled in is valid, and the forms have the fields that links name.

use super::html::Page;
use super::program::run;
use super::tree::{self, put};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A copy of a site of `tests/sites` with these settings and no others.
fn copy(case: &str, settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree::read(&tree::case(case)) {
        put(folder.path(), &path, bytes);
    }
    put(folder.path(), "content/site.yaml", settings);
    folder
}

fn five_lines(more: &str) -> TempDir {
    let settings = format!("title: A site\nbase_url: https://example.org/a/\nrepository: o-w/n.m\n{more}");
    copy("five-lines/site", &settings)
}

/// The pages of a site by their paths.
fn pages(site: &Path) -> BTreeMap<String, Page> {
    let outcome = tree::build(site, &annals::pipeline::Options::default());
    let files = tree::of(&outcome.output);
    let pages = files.into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, Page::read(std::str::from_utf8(&bytes).unwrap()).unwrap())).collect()
}

/// Where the links of a page lead that lead to GitHub.
fn links(page: &Page) -> Vec<String> {
    let links = page.all("a").filter_map(|link| link.get("href")).map(|url| url.replace("&amp;", "&"));
    links.filter(|url| url.starts_with("https://github.com/")).collect()
}

fn only<'l>(links: &'l [String], start: &str) -> &'l str {
    let mut found = links.iter().filter(|link| link.starts_with(start));
    let (first, second) = (found.next(), found.next());
    assert!(first.is_some() && second.is_none(), "{start}: {links:?}");
    first.unwrap()
}

/// The fields of an address, decoded.
fn fields(address: &str) -> BTreeMap<String, String> {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// Saves what the link fills in where the link says, as GitHub would on its branch.
fn save(site: &Path, link: &str, folder: &str) -> String {
    let fields = fields(link);
    let path = format!("content/{folder}/{}", fields["filename"]);
    put(site, &path, &fields["value"]);
    path
}

#[test]
fn a_new_record_is_valid_as_it_is_filled_in() {
    for language in ["en", "de"] {
        let site = five_lines(&format!("language: {language}\nlints: {{unused-record: warning}}\n"));
        let at = site.path();
        assert!(run(at, &["check"]).expect(0).err.ends_with(" no problems\n"));
        let all = pages(at);
        let incident =
            only(&links(&all["index.html"]), "https://github.com/o-w/n.m/new/HEAD/content/incidents?").to_owned();
        let path = save(at, &incident, "incidents");
        let said = run(at, &["check"]).expect(0).err;
        assert!(said.ends_with(" no problems\n"), "{said}");
        let text = fs::read_to_string(at.join(&path)).unwrap();
        assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), 5, "{text}");
        let source =
            only(&links(&all["sources/index.html"]), "https://github.com/o-w/n.m/new/HEAD/content/sources?").to_owned();
        let added = save(at, &source, "sources");
        let cited = text.replace(
            "sources: [",
            &format!("sources: [{}#2, ", added.rsplit('/').next().unwrap().trim_end_matches(".yaml")),
        );
        put(at, &path, &cited);
        let said = run(at, &["check"]).expect(0).err;
        assert!(said.ends_with(" no problems\n"), "{said}");
        // What it offers in comments is valid too.
        let offered = fs::read_to_string(at.join(&added)).unwrap();
        let taken: Vec<&str> = offered.lines().skip(3).map(|line| line.trim_start_matches("# ")).collect();
        assert_eq!(taken.len(), 3);
        put(at, &added, format!("title: T\n{}\n", taken.join("\n")));
        assert!(run(at, &["check"]).expect(0).err.ends_with(" no problems\n"));
    }
}

#[test]
fn every_page_has_the_ways_and_every_address_an_end() {
    let site = copy("everything/site", &fs::read_to_string(tree::case("everything/site/content/site.yaml")).unwrap());
    let title = "\"&<script>\u{202e} ".to_owned() + &"ñ🚢".repeat(2000);
    let name = "a".repeat(100);
    let long =
        format!("---\ntitle: {}\ndate: 2021\nsources: [{}]\n---\n", serde_json::to_string(&title).unwrap(), "daily#1");
    put(site.path(), "content/sources/daily.yaml", "title: Daily\n");
    put(site.path(), &format!("content/incidents/{}/{name}.md", "ü".repeat(80)), long);
    let all = pages(site.path());
    assert!(all.contains_key(&format!("incidents/{name}.html")));
    let mut records = 0;
    for (path, page) in &all {
        let links = links(page);
        assert!(links.iter().all(|link| link.len() < 4000), "{path}");
        only(&links, "https://github.com/example/made/new/HEAD/content/incidents?");
        only(&links, "https://github.com/example/made/issues/new?template=incident.yml&");
        let reports: Vec<&String> = links.iter().filter(|link| link.contains("?template=error.yml")).collect();
        // The footer's is on every page, that of the record on the pages of records.
        let of_page = fields(reports.last().unwrap());
        if path != "404.html" {
            assert!(of_page["page"].starts_with("https://") && of_page["body"].starts_with(&of_page["page"]), "{path}");
        }
        if let [of_record, _] = reports.as_slice() {
            let fields = fields(of_record);
            assert_eq!(fields["page"], of_page["page"], "{path}");
            let (folder, id) = fields["record"].split_once('/').unwrap();
            // A long list goes on under a number.
            assert!(path.starts_with(&format!("{folder}/{id}")), "{path}: {id}");
            assert!(!fields["title"].is_empty());
            records += 1;
        }
    }
    assert!(records > 5, "{records}");
    // Nothing of it without a repository.
    let plain = copy("five-lines/site", "title: A site\nbase_url: https://example.org/\n");
    assert!(pages(plain.path()).values().all(|page| links(page).is_empty()));
}

#[test]
fn a_record_rests_on_a_source_that_somebody_has_read() {
    let site = five_lines("");
    let ways = |at: &Path| links(&pages(at)["index.html"]);
    for (path, _) in tree::read(&site.path().join("content/sources")) {
        let text = fs::read_to_string(site.path().join("content/sources").join(&path)).unwrap();
        put(site.path(), &format!("content/sources/{path}"), format!("{text}seen: false\n"));
    }
    assert!(!ways(site.path()).iter().any(|link| link.contains("/new/HEAD/content/incidents?")));
    put(site.path(), "content/sources/zz.yaml", "title: Read\n");
    put(site.path(), "content/sources/aa.yaml", "title: Not yet\ndraft: true\n");
    let links = ways(site.path());
    let fields = fields(only(&links, "https://github.com/o-w/n.m/new/HEAD/content/incidents?"));
    assert!(fields["value"].contains("\nsources: [zz#1]\n"), "{fields:?}");
}

#[test]
fn links_lead_to_the_branch_of_the_settings() {
    let site = five_lines("branch: release/v1#ü\n");
    let all = pages(site.path());
    let incident = all.iter().find(|(path, _)| path.starts_with("incidents/2")).map(|(_, page)| links(page));
    let incident = incident.unwrap_or_else(|| panic!("{:?}", all.keys()));
    for way in ["new", "edit", "blob"] {
        let start = format!("https://github.com/o-w/n.m/{way}/release/v1%23%C3%BC/content/incidents");
        only(&incident, &start);
    }
    for branch in ["a b", "a..b", "/a", "a/", "a//b", "\"a\\\\b\"", "a?b", ".a", "a:b"] {
        let site = five_lines(&format!("branch: {branch}\n"));
        let said = run(site.path(), &["check", "--format", "short"]).expect(1);
        assert!(said.out.contains("content/site.yaml:4:9: error[wrong-type]: "), "{branch}: {said:?}");
    }
}

/// The forms of the repository: by file, the ids of their fields.
fn forms() -> BTreeMap<String, BTreeSet<String>> {
    let mut forms = BTreeMap::new();
    for (name, bytes) in tree::read(&tree::repository().join(".github/ISSUE_TEMPLATE")) {
        let form: Value = serde_yaml::from_slice(&bytes).unwrap();
        let text = |value: &Value, key: &str| {
            value[key].as_str().unwrap_or_else(|| panic!("{name}: {key} in {value:?}")).to_owned()
        };
        if name == "config.yml" {
            assert_eq!(form["blank_issues_enabled"], Value::Bool(true));
            continue;
        }
        let keys: Vec<&str> = form.as_mapping().unwrap().keys().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(keys, ["name", "description", "title", "body"], "{name}");
        let mut ids = BTreeSet::new();
        for element in form["body"].as_sequence().unwrap() {
            let kind = text(element, "type");
            let attributes = &element["attributes"];
            if kind == "markdown" {
                assert!(!text(attributes, "value").is_empty());
                continue;
            }
            let id = text(element, "id");
            assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{name}: {id}");
            // What an address gives the form itself cannot be a field.
            assert!(
                !["title", "body", "template", "labels", "assignees", "projects", "milestone"].contains(&id.as_str())
            );
            assert!(!text(attributes, "label").is_empty() && ids.insert(id));
            let known: &[&str] = match kind.as_str() {
                "input" | "textarea" => &["label", "description", "placeholder"],
                "dropdown" => &["label", "options"],
                other => panic!("{name}: {other}"),
            };
            for key in attributes.as_mapping().unwrap().keys() {
                assert!(known.contains(&key.as_str().unwrap()), "{name}: {key:?}");
            }
            if let Value::Mapping(rules) = &element["validations"] {
                assert!(rules.iter().all(|(rule, set)| rule == "required" && set.is_bool()));
            }
        }
        forms.insert(name, ids);
    }
    forms
}

#[test]
fn the_forms_have_the_fields_that_links_fill_in() {
    let forms = forms();
    assert_eq!(forms.keys().collect::<Vec<_>>(), ["error.yml", "incident.yml"]);
    let mut named = BTreeSet::new();
    let site = five_lines("");
    for page in pages(site.path()).values() {
        for link in links(page).iter().filter(|link| link.contains("/issues/new?")) {
            let fields = fields(link);
            let form = &forms[&fields["template"]];
            // Title and body serve the plain form of a repository that has no such form.
            for name in fields.keys().filter(|name| !["template", "title", "body"].contains(&name.as_str())) {
                assert!(form.contains(name), "{link}: {name}");
                named.insert(name.clone());
            }
            assert!(!fields["body"].is_empty(), "{link}");
        }
    }
    assert_eq!(named, BTreeSet::from(["page".to_owned(), "record".to_owned()]));
}
