//! What a reader waits for: bytes on the wire, the first words on the screen, nothing that moves.

use annals_browser_tests::server::Server;
use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, alone, browse, checks, sites, workshop};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::fs;
use std::io::Write;

/// The bytes of what a page asks for while it loads, compressed as servers do it: all of HTML, CSS and JavaScript, and
/// JavaScript alone.
async fn weigh(browser: &Browser, site: &Site, page: &str) -> (usize, usize) {
    let home = site.url("");
    browser.go(&site.url(page)).await;
    let mut asked = browser.requests().await;
    asked.sort();
    asked.dedup();
    let files =
        asked.iter().filter_map(|url| url.strip_prefix(&home)).map(|path| path.split(['?', '#']).next().unwrap());
    let (mut all, mut scripts) = (0, 0);
    for file in files {
        let size = compressed(&site.read(file));
        if [".html", ".css", ".js"].iter().any(|kind| file.ends_with(kind)) {
            println!("{} {page}: {file} {size}", site.name);
            all += size;
        }
        if file.ends_with(".js") {
            scripts += size;
        }
    }
    assert!(all > 0, "{page} asked for nothing");
    (all, scripts)
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn within(site: &'static Site, most: usize) {
    browse(async |browser| {
        let (all, scripts) = weigh(browser, site, "index.html").await;
        assert!(all <= most, "the home page of {} weighs {all} bytes, more than {most}", site.name);
        assert!(scripts <= 25_000, "the scripts of the home page of {} weigh {scripts} bytes", site.name);
    });
}

#[test]
fn the_home_page_is_light() {
    within(sites::first(), 60_000);
}

#[test]
fn the_home_page_stays_light_with_ten_thousand_records() {
    within(sites::large(), 120_000);
}

#[test]
fn ten_thousand_records_are_as_well_to_read() {
    browse(async |browser| {
        let mut findings = Findings::default();
        let site = sites::large();
        let incident = site.pages().iter().find(|page| page.starts_with("incidents/") && !page.contains("index"));
        for width in [1280, 360] {
            browser.size(width, 800).await;
            for page in ["index.html", "figures.html", "disputed.html", "years/index.html", incident.unwrap()] {
                let place = format!("{} {page} ({width} px)", site.name);
                browser.media("screen", "light").await;
                browser.go(&site.url(page)).await;
                findings.note(&place, checks::silence(browser, &site.url("")).await);
                findings.note(&place, checks::axe(browser).await);
                findings.note(&place, checks::shifts(browser).await);
                findings.note(&place, checks::overflow(browser).await);
            }
        }
        findings.assert_none();
    });
}

/// One frame at four times the time: what passes between two chances to paint, and so is chance alone.
const FRAME: f64 = 1000.0 / 60.0 * 4.0;

/// The time to the first words, in milliseconds.
async fn first_words(browser: &Browser, url: &str) -> f64 {
    browser.go(url).await;
    let painted = "return performance.getEntriesByName('first-contentful-paint').length > 0";
    browser.until("the first words", painted, &[]).await;
    let time = "return performance.getEntriesByName('first-contentful-paint')[0].startTime";
    browser.script(time, &[]).await.as_f64().unwrap()
}

/// The fastest: what else the machine does only ever makes a page slower.
fn best(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

/// An empty page of the site: the head of its home page, with all that this loads, and one word.
fn empty_page(site: &Site) -> Server {
    let folder = workshop().join(format!("empty-{}", site.name));
    fs::create_dir_all(folder.join("assets")).unwrap();
    for entry in fs::read_dir(site.folder.join("assets")).unwrap() {
        let file = entry.unwrap().path();
        if file.is_file() {
            fs::copy(&file, folder.join("assets").join(file.file_name().unwrap())).unwrap();
        }
    }
    let home = String::from_utf8(site.read("index.html")).unwrap();
    let head = home.split("</head>").next().unwrap();
    fs::write(folder.join("index.html"), format!("{head}</head><body><p>Empty</p></body></html>")).unwrap();
    Server::start(&folder, "/empty/")
}

#[test]
fn the_first_words_come_as_fast_as_on_an_empty_page() {
    let pairs =
        [sites::first(), sites::large()].map(|site| (site.name, site.url("index.html"), empty_page(site).url()));
    alone(async |browser| {
        browser.size(360, 800).await;
        browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
        for (name, home, empty_page) in &pairs {
            // The first load of a browser is slower than all others.
            first_words(browser, empty_page).await;
            let (mut empty, mut full) = (Vec::new(), Vec::new());
            // In turns, so that what else the machine does falls on both.
            for _ in 0..9 {
                empty.push(first_words(browser, empty_page).await);
                full.push(first_words(browser, home).await);
            }
            let told = format!("{name}: {full:.0?} ms, an empty page {empty:.0?} ms");
            println!("{told}");
            assert!(best(&full) <= 1.5 * best(&empty) + FRAME, "the first words come late: {told}");
        }
    });
}
