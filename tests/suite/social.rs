//! What stands beside a shared address: the card, the words, and that cards are drawn once.
#![cfg(feature = "cards")]

use super::html::Page;
use super::program::{answer, command};
use super::tree::{self, Tree};
use annals::cards;
use annals::discover;
use annals::pipeline::{self, Options};
use std::fs;
use std::path::{Path, PathBuf};

fn site(folder: &Path, settings: &str) {
    tree::put(folder, "content/site.yaml", settings);
    tree::put(folder, "content/sources/s.yaml", "title: A source\n");
    for (id, title) in [("a", "A theft"), ("b", "Another")] {
        let text = format!("---\ntitle: {title}\ndate: 2021\nsummary: What came of it.\nsources: [s#1]\n---\n");
        tree::put(folder, &format!("content/incidents/{id}.md"), text);
    }
}

fn cards_of(tree: &Tree) -> Vec<&str> {
    tree.keys().filter(|path| path.starts_with(cards::FOLDER)).map(String::as_str).collect()
}

/// What a page says of itself to others: `og:title` and so on.
fn said(tree: &Tree, path: &str) -> Vec<(String, String)> {
    let page = Page::read(std::str::from_utf8(&tree[path]).unwrap()).unwrap();
    let metas = page.all("meta").filter_map(|meta| {
        let key = meta
            .get("property")
            .or(meta.get("name"))
            .filter(|key| key.starts_with("og:") || key.starts_with("twitter:"))?;
        Some((key.to_owned(), meta.get("content").unwrap().to_owned()))
    });
    metas.collect()
}

#[test]
fn pages_say_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), "title: The site\nbase_url: https://example.org/x/\nlanguage: en-gb\n");
    let built = tree::built(folder.path(), &Options::default());
    assert_eq!(cards_of(&built).len(), 3);
    let incident = said(&built, "incidents/a.html");
    let get = |key: &str| incident.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    assert_eq!(get("og:type"), Some("article"));
    assert_eq!(get("og:title"), Some("A theft"));
    assert_eq!(get("og:description"), Some("What came of it."));
    assert_eq!(get("og:site_name"), Some("The site"));
    assert_eq!(get("og:url"), Some("https://example.org/x/incidents/a.html"));
    assert_eq!(get("og:locale"), Some("en_GB"));
    assert_eq!(get("og:image:width"), Some("1200"));
    assert_eq!(get("og:image:alt"), Some("The site · A theft · 2021 · 1 source"));
    assert_eq!(get("twitter:card"), Some("summary_large_image"));
    for path in ["index.html", "incidents/a.html", "incidents/b.html", "sources/s.html", "figures.html"] {
        let said = said(&built, path);
        let image =
            said.iter().find(|(key, _)| key == "og:image").unwrap().1.strip_prefix("https://example.org/x/").unwrap();
        assert!(built.contains_key(image), "{path}: {image}");
    }
    assert!(said(&built, "404.html").is_empty());
}

#[test]
fn telephones_find_what_they_need() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), "title: The \"site\" </script>\nlanguage: de\n");
    let manifest = |built: &Tree| -> (String, serde_json::Value) {
        let page = Page::read(std::str::from_utf8(&built["incidents/a.html"]).unwrap()).unwrap();
        let path = page.all("script").find_map(|script| script.get("data-manifest")).unwrap().to_owned();
        let json = serde_json::from_slice(&built[path.strip_prefix("../").unwrap()]).unwrap();
        (path, json)
    };
    let icons = |json: &serde_json::Value, built: &Tree| -> Vec<String> {
        let icons = json["icons"].as_array().unwrap().iter().map(|icon| icon["src"].as_str().unwrap().to_owned());
        icons.inspect(|icon| assert!(built.contains_key(&format!("assets/{icon}")), "{icon}")).collect()
    };
    let built = tree::built(folder.path(), &Options::default());
    let (path, json) = manifest(&built);
    assert!(path.starts_with("../assets/manifest.") && path.ends_with(".webmanifest"), "{path}");
    assert_eq!((&json["name"], &json["lang"]), (&"The \"site\" </script>".into(), &"de".into()));
    assert_eq!(icons(&json, &built).len(), 2);
    // Whoever has a sign of their own does not get ours beside it.
    tree::put(folder.path(), "static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let built = tree::built(folder.path(), &Options::default());
    assert_eq!(icons(&manifest(&built).1, &built).len(), 1);
    assert!(!String::from_utf8_lossy(&built["index.html"]).contains("apple-touch-icon"));
}

#[test]
fn nobody_knows_where_a_site_without_address_lies() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), "title: The site\n");
    let built = tree::built(folder.path(), &Options::default());
    assert!(cards_of(&built).is_empty());
    assert!(said(&built, "incidents/a.html").is_empty());
}

#[test]
fn a_check_draws_nothing() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path(), "title: The site\nbase_url: https://example.org/\n");
    let inputs = discover::read(folder.path()).unwrap();
    let drawn = |only_check| {
        let stages = std::cell::RefCell::new(Vec::new());
        let options = Options { only_check, ..Options::default() };
        let outcome = pipeline::run(&inputs, &options, &|stage| stages.borrow_mut().push(stage));
        (cards_of(&tree::of(&outcome.output)).len(), stages.borrow().contains(&"draw"))
    };
    assert_eq!((drawn(true), drawn(false)), ((0, false), (3, true)));
    // A site that will not be published needs no pictures.
    tree::put(folder.path(), "content/incidents/a.md", "---\ntitle: [\n---\n");
    let outcome = pipeline::run(&discover::read(folder.path()).unwrap(), &Options::default(), &|_| ());
    assert!(cards_of(&tree::of(&outcome.output)).is_empty());
}

#[test]
fn a_card_is_drawn_once_and_again_when_it_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    site(folder, "title: The site\nbase_url: https://example.org/\n");
    let build = || answer(command(folder).args(["build", "--out", "out"])).expect(0).err;
    build();
    let first = tree::read(&folder.join("out"));
    assert!(build().contains(" 0 files written"), "{}", build());
    let paths: Vec<PathBuf> = cards_of(&first).iter().map(|path| folder.join("out").join(path)).collect();
    // Changed, and gone.
    let mut changed = fs::read(&paths[0]).unwrap();
    changed[1000] ^= 0xFF;
    fs::write(&paths[0], changed).unwrap();
    fs::remove_file(&paths[1]).unwrap();
    assert!(build().contains(" 2 files written"));
    assert_eq!(tree::difference(&first, &tree::read(&folder.join("out"))), None);
    // What is no longer shown goes.
    site(folder, "title: The site\nbase_url: https://example.org/\ncards: false\n");
    build();
    assert_eq!(cards_of(&tree::read(&folder.join("out"))), [""; 0]);
}
