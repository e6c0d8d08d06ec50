//! The site opened by double click: its own files load, and its links lead to what is there.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, browse, checks, sites};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const LOOK: &str = "
    const wrong = [];
    const sheets = document.querySelectorAll('link[rel~=stylesheet]');
    if (sheets.length === 0 || [...sheets].some((link) => !link.sheet)) wrong.push('a style sheet is not loaded');
    if (document.querySelector('script[src]') && !document.documentElement.classList.contains('js')) wrong.push('its scripts did not run');
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    const links = [];
    for (const node of document.querySelectorAll('[href], [src]')) {
      const value = node.getAttribute('href') ?? node.getAttribute('src');
      const url = new URL(value, document.baseURI);
      if (url.protocol === 'file:') links.push([decodeURI(url.pathname), decodeURIComponent(url.hash.slice(1)), value]);
    }
    return { wrong, ids, links };";

/// What a page has, and where it leads.
struct Page {
    ids: BTreeSet<String>,
    /// The path from the site's folder, the fragment, and the address as it is written.
    links: Vec<(String, String, String)>,
}

async fn look(browser: &Browser, site: &Site, page: &str, findings: &mut Findings) -> Page {
    let place = format!("{} {page}", site.name);
    browser.go(&site.file_url(page)).await;
    findings.note(&place, checks::silence(browser, &site.file_url("")).await);
    let look = browser.script(LOOK, &[]).await;
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    };
    findings.note(&place, texts(&look["wrong"]));
    let links = look["links"].as_array().unwrap().iter().map(|link| {
        let [path, fragment, value] = <[String; 3]>::try_from(texts(link)).unwrap();
        (path, fragment, value)
    });
    Page { ids: texts(&look["ids"]).into_iter().collect(), links: links.collect() }
}

fn from_disk(site: &'static Site) {
    browse(async |browser| {
        let mut findings = Findings::default();
        let mut pages = BTreeMap::new();
        // The page for addresses that are nowhere is meant for servers: it knows the site by its full path.
        for page in site.pages().iter().filter(|page| *page != "404.html") {
            pages.insert(page.as_str(), look(browser, site, page, &mut findings).await);
        }
        let root = format!("{}/", site.folder.display());
        for (name, page) in &pages {
            let mut wrong = Vec::new();
            for (path, fragment, value) in &page.links {
                let Some(path) = path.strip_prefix(&root) else {
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
            findings.note(&format!("{} {name}", site.name), wrong);
        }
        findings.assert_none();
    });
}

#[test]
fn first_site_from_disk() {
    from_disk(sites::first());
}

#[test]
fn everything_from_disk() {
    from_disk(sites::everything());
}

#[test]
fn the_page_for_nowhere_works_at_any_depth() {
    browse(async |browser| {
        let site = sites::first();
        for path in ["nowhere.html", "a/b/c.html"] {
            browser.go(&site.url(path)).await;
            let mut wrong = checks::silence(browser, &site.url("")).await;
            // That the page itself is not there is what the browser is told, and says.
            wrong.retain(|what| !(what.contains("network: the page") && what.contains("404")));
            assert!(wrong.is_empty(), "{path}: {wrong:?}");
            let home = "return document.querySelector('main a').href";
            assert_eq!(browser.script(home, &[]).await, json!(site.url("index.html")), "{path}");
        }
    });
}
