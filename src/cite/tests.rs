use super::*;
use crate::config::Config;
use crate::model::Record;
use crate::phrase::ENGLISH;
use crate::source_text::File;
use proptest::prelude::*;
use std::sync::Arc;

const FILES: &[(&str, &str)] = &[
    ("content/entities/agency.yaml", "name: Some Agency\nkind: organisation\n"),
    (
        "content/sources/article.yaml",
        "title: 50 % of it_all\npublisher: The Paper\nkind: news\nauthors: ['Doe, Jane', A. and B. Inc.]\n\
         published: 2022-02-05\nurl: https://example.org/a_b?c=%20d#e\nlanguage: en\ncites: [report]\n",
    ),
    (
        "content/sources/report.yaml",
        "title: A report\npublisher: agency\nkind: report\npublished: '2022-01?'\nseen: false\n",
    ),
    ("content/sources/undated.yaml", "title: Undated\nseen: false\n"),
    (
        "content/incidents/theft.md",
        "---\ntitle: A theft\ndate: 2023\nsources: [article#2]\n\
         claims: [{about: amount, is: USD 5, in: article#3, via: [report], said: 2022-01}]\n---\n",
    ),
    ("content/incidents/plain.md", "---\ntitle: Plain\ndate: 2023\nsources: [undated]\n---\n"),
];

fn site(base_url: Option<&str>) -> Site {
    let config =
        Arc::new(Config { title: "The site".to_owned(), base_url: base_url.map(str::to_owned), ..Config::default() });
    let records: Vec<Record> = FILES
        .iter()
        .filter_map(|(path, text)| {
            let file = File::new(path, text.as_bytes());
            let parsed = crate::parse::record(RecordKind::of(&file.id)?, &file, &config);
            assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
            Some(parsed.record)
        })
        .collect();
    crate::resolve::site(&records, &config).0
}

fn incident(site: &Site, id: &str) -> Reference {
    let at = site.incident(&crate::model::Id::new(id)).unwrap();
    Reference::of_incident(site, site.incidents.get(at).unwrap(), &ENGLISH)
}

fn source(site: &Site, id: &str) -> Reference {
    Reference::of_source(site, site.source(&crate::model::Id::new(id)).unwrap(), &ENGLISH)
}

#[test]
fn as_text() {
    let online = site(Some("https://example.org/t/"));
    let check = |reference: Reference, expect: &str| assert_eq!(reference.text(&ENGLISH), expect);
    check(
        incident(&online, "theft"),
        "The site. “A theft”. As of 5 February 2022. https://example.org/t/incidents/theft.html",
    );
    check(incident(&online, "plain"), "The site. “Plain”. https://example.org/t/incidents/plain.html");
    check(incident(&site(None), "plain"), "The site. “Plain”. Record plain.");
    check(
        source(&online, "article"),
        "Doe, Jane and A. and B. Inc. “50 % of it_all”. The Paper. 5 February 2022. https://example.org/a_b?c=%20d#e",
    );
    check(
        source(&online, "report"),
        "“A report”. Some Agency. January 2022 (uncertain). As cited in “50 % of it_all”.",
    );
    check(source(&online, "undated"), "“Undated”. Not seen by the editors.");
}

#[test]
fn as_bibtex() {
    let site = site(Some("https://example.org/t/"));
    let check = |reference: Reference, expect: &str| assert_eq!(bibtex::entry(&reference, &ENGLISH), expect);
    check(
        incident(&site, "theft"),
        "@misc{incident-theft,
  author = {{The site}},
  title = {{A theft}},
  year = {2022},
  month = feb,
  date = {2022-02-05},
  url = {https://example.org/t/incidents/theft.html},
  language = {en},
  note = {As of 5 February 2022}
}",
    );
    check(
        source(&site, "article"),
        "@article{source-article,
  author = {{Doe}, Jane and {A. and B. Inc.}},
  title = {{50 \\% of it\\_all}},
  journal = {{The Paper}},
  year = {2022},
  month = feb,
  date = {2022-02-05},
  url = {https://example.org/a_b?c=%20d#e},
  language = {en}
}",
    );
    check(
        source(&site, "report"),
        "@techreport{source-report,
  title = {{A report}},
  institution = {{Some Agency}},
  year = {2022},
  month = jan,
  note = {January 2022 (uncertain). As cited in “50 \\% of it\\_all”}
}",
    );
}

#[test]
fn as_csl() {
    let site = site(None);
    let check = |reference: Reference, expect: &str| {
        assert_eq!(serde_json::to_string(&csl::Item::of(&reference, &ENGLISH)).unwrap(), expect);
    };
    check(
        incident(&site, "plain"),
        r#"{"id":"incident-plain","type":"webpage","title":"Plain","author":[{"literal":"The site"}],"language":"en","note":"Record plain"}"#,
    );
    check(
        source(&site, "article"),
        r#"{"id":"source-article","type":"article-newspaper","title":"50 % of it_all","author":[{"family":"Doe","given":"Jane"},{"literal":"A. and B. Inc."}],"container-title":"The Paper","issued":{"date-parts":[[2022,2,5]]},"URL":"https://example.org/a_b?c=%20d#e","language":"en"}"#,
    );
    check(
        source(&site, "report"),
        r#"{"id":"source-report","type":"report","title":"A report","publisher":"Some Agency","issued":{"date-parts":[[2022,1]],"circa":true},"note":"As cited in “50 % of it_all”"}"#,
    );
}

#[test]
fn a_file_of_csl() {
    let site = site(None);
    let (plain, undated) = (incident(&site, "plain"), source(&site, "undated"));
    assert_eq!(
        csl::file([&plain, &undated], &ENGLISH),
        r#"[
  {
    "id": "incident-plain",
    "type": "webpage",
    "title": "Plain",
    "author": [{"literal":"The site"}],
    "language": "en",
    "note": "Record plain"
  },
  {
    "id": "source-undated",
    "type": "document",
    "title": "Undated",
    "note": "Not seen by the editors"
  }
]"#
    );
    assert_eq!(csl::file([], &ENGLISH), "[]");
}

/// Whether the braces of a file are even, counted as BibTeX counts them: behind a backslash too.
fn is_even(bibtex: &str) -> bool {
    let mut depth = 0_i32;
    bibtex.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    }) && depth == 0
}

proptest! {
    #[test]
    fn any_text_stays_in_its_field(
        title in "\\PC{0,30}|[\\\\{}&%#_$~^\"@,\n]{0,12}",
        author in "\\PC{0,20}|[\\\\{},and ]{0,12}",
        url in "https://[a-z]{1,5}/[!-~]{0,20}",
        date in prop::sample::select(vec!["2022", "2021-33", "2020/2021-06~", "2022-02-05", "-0043", "201X"]),
    ) {
        let reference = Reference {
            key: key("source", &title),
            work: Work::Source(Some(SourceKind::News)),
            title: title.clone(),
            authors: vec![Name::read(&author), Name::read(&title)],
            publisher: Some(author.clone()),
            date: Date::parse(date).ok(),
            url: Some(url.clone()),
            language: None,
            note: Some(title.clone()),
        };
        let bibtex = bibtex::entry(&reference, &ENGLISH);
        prop_assert!(is_even(&bibtex), "{bibtex}");
        prop_assert!(reference.key.is_ascii());
        prop_assert_eq!(bibtex.matches("\n  ").count(), bibtex.lines().count() - 2, "{}", bibtex);
        let csl = csl::file([&reference], &ENGLISH);
        let read: serde_json::Value = serde_json::from_str(&csl).unwrap();
        prop_assert_eq!(read[0]["title"].as_str(), Some(title.as_str()));
        prop_assert_eq!(read[0]["URL"].as_str(), Some(url.as_str()));
    }
}
