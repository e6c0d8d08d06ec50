//! The home page and the other lists: the axis, the order, and what is said of it.

use super::html::Page;
use super::tree::{self, Tree};
use annals::pipeline::Options;
use std::collections::BTreeSet;
use std::path::Path;

/// A site of incidents: id, date, and further lines of their front matter.
fn site(folder: &Path, incidents: &[(String, String, &str)]) -> Tree {
    tree::put(folder, "content/site.yaml", "title: Made up\nkinds: {fire: Fire, flood: Flood}\n");
    tree::put(folder, "content/sources/s.yaml", "title: S\n");
    for (id, date, more) in incidents {
        let text = format!("title: Title of {id}\ndate: \"{date}\"\nsources: [s#1]\n{more}\n");
        tree::put(folder, &format!("content/incidents/{id}.yaml"), text);
    }
    let built = tree::built(folder, &Options::default());
    assert_eq!(super::links::faults(&built, "/"), [] as [String; 0]);
    built
}

fn page(site: &Tree, path: &str) -> Page {
    Page::read(std::str::from_utf8(&site[path]).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn few(incidents: &[(&str, &str, &'static str)]) -> (tempfile::TempDir, Tree) {
    let folder = tempfile::tempdir().unwrap();
    let incidents: Vec<_> =
        incidents.iter().map(|(id, date, more)| ((*id).to_owned(), (*date).to_owned(), *more)).collect();
    let built = site(folder.path(), &incidents);
    (folder, built)
}

/// The names of the links in a picture, with their addresses.
fn names<'p>(page: &'p Page, class: &str) -> Vec<(String, &'p str)> {
    let picture = page.elements.iter().position(|element| element.get("class") == Some(class)).expect("a picture");
    let inside = page.within(picture);
    let links = inside.iter().enumerate().filter(|(_, element)| element.name == "a");
    let name = |at: usize| inside.get(at + 1).filter(|element| element.name == "title").map(|title| page.text(title));
    links.filter_map(|(at, link)| Some((name(at)?, link.get("href")?))).collect()
}

#[test]
fn every_incident_stands_on_the_axis_or_is_named_under_it() {
    let (_folder, built) = few(&[
        ("one", "2021-03-05", "kind: fire"),
        (
            "span",
            "2020/2021-06~",
            "kind: flood\namount: USD 3M\nclaims:\n  - {id: c1, about: amount, is: USD 4M, in: s#2, rank: deprecated, why: no}\n  - {id: c2, about: amount, is: USD 3M, in: s#1}",
        ),
        ("on", "2006/..", ""),
        ("never", "unknown", ""),
        ("far", "XXXX", "kind: fire"),
    ]);
    let home = page(&built, "index.html");
    for class in ["axis-wide", "axis-narrow"] {
        let names = names(&home, class);
        let expect = [
            ("Title of one: 5 March 2021 (Fire)", "incidents/one.html"),
            ("Title of span: 2020 to about June 2021 (Flood); 1 disputed point", "incidents/span.html"),
            ("Title of on: since 2006", "incidents/on.html"),
        ];
        assert_eq!(names, expect.map(|(name, url)| (name.to_owned(), url)));
    }
    let text = home.all_text();
    assert!(text.contains("Not on the axis, because the day is not known: Title of far; Title of never"), "{text}");
    assert!(text.contains("2007 to 2019: nothing new recorded"), "{text}");
}

#[test]
fn no_day_no_axis() {
    let (_folder, built) = few(&[("never", "unknown", "")]);
    assert!(!String::from_utf8_lossy(&built["index.html"]).contains("axis-wide"));
}

#[test]
fn where_a_span_stands_is_said() {
    let (_folder, built) = few(&[
        ("lasted", "2020/2021-06", ""),
        ("goes-on", "2019-05/..", ""),
        ("ended", "../2018", ""),
        ("once", "[2020-01..2021-06]", ""),
        ("decade", "201X", ""),
        ("before", "[..2017]", ""),
        ("several", "{2020,2022}", ""),
        ("year", "2020", ""),
        ("within", "2020-03/2020-05", ""),
    ]);
    let home = page(&built, "index.html");
    let dates: Vec<String> =
        home.elements.iter().filter(|e| e.get("class") == Some("card-when")).map(|e| home.text(e)).collect();
    let expect = [
        "the 2010s stands under 2010, the earliest that it can be",
        "2017 or earlier stands under 2017, the latest that it can be",
        "until 2018 stands under 2018, when it ended",
        "since May 2019 stands under 2019, when it began",
        "2020",
        "some time between January 2020 and June 2021 stands under 2020, the earliest that it can be",
        "2020 to June 2021 stands under 2020, when it began",
        "2020 and 2022 stands under 2020, the first time",
        "March 2020 to May 2020",
    ];
    let sorted = |texts: &mut dyn Iterator<Item = String>| texts.collect::<BTreeSet<_>>();
    assert_eq!(sorted(&mut dates.into_iter()), sorted(&mut expect.map(str::to_owned).into_iter()));
}

#[test]
fn years_are_parted_by_month_where_months_are_known() {
    let (_folder, built) = few(&[
        ("a", "2020", ""),
        ("b", "2020-02", ""),
        ("c", "2020-02-03/2020-04", ""),
        ("d", "2020-01-09", ""),
        ("e", "2020-05", ""),
        ("f", "2021-01", ""),
        ("g", "2021-02", ""),
    ]);
    for (path, level) in [("index.html", 3), ("years/2020.html", 1)] {
        let page = page(&built, path);
        let headings: Vec<String> = page
            .elements
            .iter()
            .filter(|element| {
                matches!(element.name.as_str(), "h3" | "h4" | "h5" | "h2") && page.text(element) != "At a glance"
            })
            .map(|element| format!("{} {}", element.name, page.text(element)))
            .filter(|heading| heading.contains("20") || heading.contains("Title"))
            .collect();
        let mut expect = vec![
            (1, "Title of a"),
            (1, "January 2020"),
            (2, "Title of d"),
            (1, "February 2020"),
            (2, "Title of b"),
            (2, "Title of c"),
            (1, "May 2020"),
            (2, "Title of e"),
        ];
        if path == "index.html" {
            expect.insert(0, (0, "2020"));
            expect.extend([(0, "2021"), (1, "Title of f"), (1, "Title of g")]);
        }
        let expect: Vec<String> = expect.iter().map(|(deeper, text)| format!("h{} {text}", level + deeper)).collect();
        assert_eq!(headings, expect, "{path}");
        let reason = "3 February 2020 to April 2020 stands under February 2020, when it began";
        assert!(page.all_text().contains(reason), "{path}: {}", page.all_text());
    }
}

#[test]
fn many_are_counted_and_each_number_leads_to_its_list() {
    let folder = tempfile::tempdir().unwrap();
    let incidents: Vec<_> = (0..700)
        .map(|at| {
            let date = format!("{}-{:02}-{:02}", 1980 + at % 40, 1 + at % 12, 1 + at % 28);
            let kind = if at % 3 == 0 { "kind: fire" } else { "kind: flood" };
            (format!("i{at:03}"), if at % 50 == 0 { format!("{date}?") } else { date }, kind)
        })
        .collect();
    let built = site(folder.path(), &incidents);
    let home = page(&built, "index.html");
    let wide = names(&home, "axis-wide");
    let count = |name: &str| -> usize {
        name.split_once(": ").unwrap().1.split_once(' ').unwrap().0.parse().expect("a number of incidents")
    };
    assert_eq!(wide.iter().map(|(name, _)| count(name)).sum::<usize>(), 700, "{wide:?}");
    for (name, url) in &wide {
        assert!(url.starts_with("kinds/") && url.contains(".html#s-"), "{name}: {url}");
    }
    assert!(wide.iter().any(|(name, _)| name.contains("with an uncertain or open date")), "{wide:?}");
    // Forty years are told apart by decade.
    assert!(home.all_text().contains("The 1980s") && home.find("s-years-2010").is_some());
    let theft = page(&built, "kinds/fire.html");
    assert_eq!(names(&theft, "axis-wide").iter().map(|(name, _)| count(name)).sum::<usize>(), 234);
}
