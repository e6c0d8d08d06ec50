//! One built folder works wherever it lies: below the path that it was built for, at the root of a bare server, and opened
//! by double click. Its own files load, and its links lead to what is there.

use annals_browser_tests::server::Server;
use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, browse, checks, sites};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with how the page looks, the places on it, and each address in it that names no host.
const LOOK: &str = "
    const wrong = [];
    const sheets = document.querySelectorAll('link[rel~=stylesheet]');
    if (sheets.length === 0 || [...sheets].some((link) => !link.sheet)) wrong.push('a style sheet is not loaded');
    if (document.querySelector('script[src]') && !document.documentElement.classList.contains('js')) wrong.push('its scripts did not run');
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    const links = [];
    for (const node of document.querySelectorAll('[href], [src]')) {
      const value = node.getAttribute('href') ?? node.getAttribute('src');
      if (/^[a-z][a-z0-9+.-]*:/i.test(value)) continue;
      const url = new URL(value, document.baseURI);
      const fragment = decodeURIComponent(url.hash.slice(1));
      url.hash = '';
      links.push([decodeURI(url.href), fragment, value]);
    }
    return { wrong, ids, links };";

/// The page for addresses that are nowhere. It is shown at any depth, so it knows the site by the path that it was built for.
const NOWHERE: &str = "404.html";

/// What a page has, and where it leads.
struct Page {
    ids: BTreeSet<String>,
    /// The address, the fragment, and both as they are written.
    links: Vec<(String, String, String)>,
}

/// The page that the browser is on, and what is wrong with it; `root` is the address of the site's folder.
async fn look(browser: &Browser, root: &str) -> (Page, Vec<String>) {
    let mut wrong = checks::silence(browser, root).await;
    let look = browser.script(LOOK, &[]).await;
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    };
    wrong.extend(texts(&look["wrong"]));
    let links = look["links"].as_array().unwrap().iter().map(|link| {
        let [address, fragment, value] = <[String; 3]>::try_from(texts(link)).unwrap();
        (address, fragment, value)
    });
    (Page { ids: texts(&look["ids"]).into_iter().collect(), links: links.collect() }, wrong)
}

/// What is wrong with where a page leads; `pages` are those whose places are known.
fn astray(site: &Site, root: &str, page: &Page, pages: &BTreeMap<&str, Page>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (address, fragment, value) in &page.links {
        // A place on the page itself, whose address may be nobody's.
        if value.starts_with('#') && page.ids.contains(fragment) {
            continue;
        }
        let Some(path) = address.strip_prefix(root) else {
            wrong.push(format!("`{value}` leaves the site"));
            continue;
        };
        if !site.folder.join(path).is_file() {
            wrong.push(format!("`{value}` leads to no file"));
        } else if let Some(target) = pages.get(path)
            && !fragment.is_empty()
            && !target.ids.contains(fragment)
        {
            wrong.push(format!("`{value}` leads to a page without that place"));
        }
    }
    wrong
}

/// All pages of a site, with its folder at that address.
async fn at(browser: &Browser, site: &Site, root: &str, findings: &mut Findings) {
    let place = |page: &str| format!("{} {page} below {root}", site.name);
    let mut pages = BTreeMap::new();
    for page in site.pages().iter().filter(|page| *page != NOWHERE) {
        browser.go(&format!("{root}{page}")).await;
        let (seen, wrong) = look(browser, root).await;
        findings.note(&place(page), wrong);
        pages.insert(page.as_str(), seen);
    }
    assert!(pages.len() > 5 && pages.values().any(|page| page.links.len() > 10));
    for (name, page) in &pages {
        findings.note(&place(name), astray(site, root, page, &pages));
    }
}

#[test]
fn first_site_below_its_path_on_a_bare_server_and_from_disk() {
    browse(async |browser| {
        let site = sites::first();
        let mut findings = Findings::default();
        let bare = Server::start(&site.folder, "/");
        assert!(site.url("").ends_with("/annals/") && !bare.url().ends_with("/annals/"));
        for root in [site.url(""), bare.url(), site.file_url("")] {
            at(browser, site, &root, &mut findings).await;
        }
        findings.assert_none();
    });
}

#[test]
fn everything_from_disk() {
    browse(async |browser| {
        let site = sites::everything();
        let mut findings = Findings::default();
        at(browser, site, &site.file_url(""), &mut findings).await;
        findings.assert_none();
    });
}

#[test]
fn the_page_for_nowhere_works_at_any_depth() {
    browse(async |browser| {
        let mut findings = Findings::default();
        // The first lies below a path. The second, without an address of its own, lies at the root, as a bare folder does.
        for site in [sites::first(), sites::five_lines()] {
            let root = site.url("");
            for path in ["nowhere.html", "incidents/nowhere", "a/b/c/d.html", "a/b/", "404.html"] {
                browser.go(&site.url(path)).await;
                let place = format!("{} {path}", site.name);
                let (page, mut wrong) = look(browser, &root).await;
                // That the page itself is not there is what the browser is told, and says.
                wrong.retain(|what| !(what.contains("network: the page") && what.contains("404")));
                findings.note(&place, wrong);
                assert!(page.links.len() > 5, "{place}: {:?}", page.links);
                findings.note(&place, astray(site, &root, &page, &BTreeMap::new()));
                let home = "return document.querySelector('main a').href";
                assert_eq!(browser.script(home, &[]).await, json!(site.url("index.html")), "{place}");
            }
            browser.click("main a").await;
            browser.until("the home page", "return document.body.className === 'page-timeline'", &[]).await;
        }
        findings.assert_none();
    });
}

/// Nothing leads to it there, and it cannot know where its site lies. What it can do is to say what it has to say.
#[test]
fn the_page_for_nowhere_can_be_read_from_disk() {
    browse(async |browser| {
        for site in [sites::first(), sites::five_lines()] {
            browser.go(&site.file_url(NOWHERE)).await;
            let asked = browser.requests().await;
            assert!(asked.iter().all(|address| address.starts_with("file:///")), "{asked:?}");
            let seen =
                "return [...document.querySelectorAll('h1, main p')].filter((node) => node.checkVisibility()).length";
            assert_eq!(browser.script(seen, &[]).await, json!(3), "{}", site.name);
        }
    });
}
