//! The preview: a page that follows what its author saves, and says what is wrong.

use annals_browser_tests::sites::program;
use annals_browser_tests::{Browser, assert_none, browse, checks, workshop};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;

const FIRE: &str = "content/incidents/fire.md";

/// A site below a path, with one record that is longer than the window.
fn site(name: &str) -> PathBuf {
    let at = workshop().join("preview").join(name);
    let _ = fs::remove_dir_all(&at);
    put(&at, "content/site.yaml", "title: A site\nbase_url: https://example.org/name/\n");
    put(&at, "content/sources/daily.yaml", "title: Daily\n");
    put(&at, FIRE, &fire("2021", "The first text."));
    at
}

fn fire(date: &str, text: &str) -> String {
    let long = "A paragraph of many words that fills the window.\n\n".repeat(60);
    format!("---\ntitle: Fire\ndate: {date}\nsources: [daily#1]\n---\n\n{text}\n\n{long}\n")
}

fn put(at: &Path, path: &str, text: &str) {
    let file = at.join(path);
    fs::create_dir_all(file.parent().expect("it lies in the site")).expect("the folder can be made");
    fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// A running `annals serve`; dropped, it ends.
struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn start(at: &Path, port: &str) -> Self {
        let mut command = program();
        command.arg("serve").arg(at).args(["--port", port]).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
        let line = lines.find(|line| line.starts_with("http://")).expect("it says where it listens");
        // Nobody reads the rest, but a full pipe would stop the program.
        thread::spawn(move || lines.for_each(drop));
        Self { child, url: line.split(' ').next().expect("a line has a first word").to_owned() }
    }

    fn port(&self) -> &str {
        self.url.split('/').nth(2).and_then(|host| host.rsplit(':').next()).expect("an address has a port")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Of the panel, by a selector, when it is there and can be seen: its text.
const SHOWN: &str = "
    const root = document.querySelector('annals-preview:not([hidden])')?.shadowRoot;
    const found = root?.querySelector(arguments[0]);
    return found?.checkVisibility() ? found.textContent : null;";

async fn shown(browser: &Browser, selector: &str) -> Option<String> {
    browser.script(SHOWN, &[json!(selector)]).await.as_str().map(str::to_owned)
}

async fn until_shown(browser: &Browser, selector: &str, text: &str) {
    let source = format!("return ((...arguments) => {{ {SHOWN} }})(arguments[0])?.includes(arguments[1]) === true");
    browser.until(&format!("`{selector}` to say {text:?}"), &source, &[json!(selector), json!(text)]).await;
}

async fn until_gone(browser: &Browser, selector: &str) {
    let source = format!("return ((...arguments) => {{ {SHOWN} }})(arguments[0]) === null");
    browser.until(&format!("`{selector}` to go"), &source, &[json!(selector)]).await;
}

async fn until_text(browser: &Browser, text: &str) {
    let source = "return document.querySelector('main')?.textContent.includes(arguments[0]) === true";
    browser.until(&format!("the page to say {text:?}"), source, &[json!(text)]).await;
}

/// Waits until the page listens: only then is what follows told to it, instead of found when it asks.
async fn until_listening(browser: &Browser) {
    let source = "return performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/preview.js')) && document.readyState === 'complete'";
    browser.until("the page to listen", source, &[]).await;
}

#[test]
fn an_open_page_follows_what_is_saved() {
    browse(async |browser| {
        let at = site("follows");
        let served = Served::start(&at, "0");
        assert!(served.url.ends_with("/name/"), "{}", served.url);
        for (fragment, text) in [("", "The second text."), ("#s-facts", "The third text.")] {
            browser.go(&format!("{}incidents/fire.html{fragment}", served.url)).await;
            until_listening(browser).await;
            browser.script("scrollTo({ top: 700, behavior: 'instant' }); window.before = true", &[]).await;
            put(&at, FIRE, &fire("2021", text));
            until_text(browser, text).await;
            let stays = "return window.before === undefined && Math.abs(scrollY - 700) < 2";
            browser.until("the page to be where it was", stays, &[]).await;
            assert!(browser.address().await.ends_with(&format!("/name/incidents/fire.html{fragment}")));
        }
        assert_none("a page that follows", &browser.console().await);
    });
}

#[test]
fn other_style_sheets_come_without_a_reload() {
    browse(async |browser| {
        let at = site("styles");
        let served = Served::start(&at, "0");
        browser.go(&served.url).await;
        until_listening(browser).await;
        browser.script("window.before = true", &[]).await;
        for colour in ["rgb(1, 2, 3)", "rgb(4, 5, 6)"] {
            put(&at, "static/annals.css", &format!("body {{ color: {colour} }}"));
            let applied = "return getComputedStyle(document.body).color === arguments[0] && document.querySelectorAll('link[rel=stylesheet]').length === 1";
            browser.until("the other style sheet", applied, &[json!(colour)]).await;
            assert_eq!(browser.script("return window.before", &[]).await, true);
        }
        assert_none("other style sheets", &browser.console().await);
    });
}

#[test]
fn what_is_wrong_lies_over_the_page_until_it_is_mended() {
    browse(async |browser| {
        let at = site("wrong");
        let served = Served::start(&at, "0");
        browser.go(&format!("{}incidents/fire.html", served.url)).await;
        until_listening(browser).await;
        assert_eq!(shown(browser, ".toggle").await, None);
        put(&at, FIRE, &fire("May", "A text that is not to be seen."));
        until_shown(browser, ".where", &format!("{FIRE}:3:7")).await;
        until_shown(browser, ".what", "May").await;
        until_shown(browser, ".toggle", "1 error").await;
        until_shown(browser, ".stale", "last good version").await;
        until_shown(browser, ".snippet mark", "May").await;
        until_text(browser, "The first text.").await;
        // Folded, it stays so on this page and on others, until something else is wrong.
        browser.press(Key::Escape, 1).await;
        until_gone(browser, ".sheet").await;
        browser.go(&format!("{}index.html", served.url)).await;
        until_shown(browser, ".toggle", "1 error").await;
        until_gone(browser, ".sheet").await;
        put(&at, FIRE, &fire("June", "Nor this one."));
        until_shown(browser, ".sheet .what", "June").await;
        // By keyboard alone: the bar is reached, closes and opens.
        let focus = "document.querySelector('annals-preview').shadowRoot.querySelector('.toggle').focus()";
        browser.script(focus, &[]).await;
        browser.press(Key::Enter, 1).await;
        until_gone(browser, ".sheet").await;
        browser.press(Key::Enter, 1).await;
        until_shown(browser, ".sheet", "June").await;
        for (width, scheme) in [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")] {
            browser.size(width, 800).await;
            browser.media("screen", scheme).await;
            assert_none("the panel", &checks::axe(browser).await);
            assert_none("the panel", &checks::overflow(browser).await);
        }
        browser.media("print", "light").await;
        assert_eq!(shown(browser, ".toggle").await, None, "it is printed");
        browser.media("screen", "light").await;
        // The way to the record's page is a link.
        let link = "return document.querySelector('annals-preview').shadowRoot.querySelector('.problem a').pathname";
        assert_eq!(browser.script(link, &[]).await, "/name/incidents/fire.html");
        browser.go(&format!("{}incidents/fire.html", served.url)).await;
        put(&at, FIRE, &fire("2021", "The text that was mended."));
        until_text(browser, "The text that was mended.").await;
        until_gone(browser, ".toggle").await;
        until_gone(browser, ".sheet").await;
        assert_none("what is wrong", &browser.console().await);
    });
}

#[test]
fn a_site_that_was_never_right_comes_by_itself() {
    browse(async |browser| {
        let at = site("never");
        put(&at, FIRE, &fire("<b>May</b>", "The text."));
        let served = Served::start(&at, "0");
        browser.go(&format!("{}incidents/fire.html", served.url)).await;
        until_text(browser, &format!("{FIRE}:3:7")).await;
        assert_eq!(browser.script("return document.querySelectorAll('main b').length", &[]).await, json!(0));
        assert_none("the page of problems", &checks::axe(browser).await);
        assert_none("the page of problems", &checks::overflow(browser).await);
        put(&at, FIRE, &fire("2021", "The text."));
        until_text(browser, "The text.").await;
        // The page that leads nowhere comes by itself too, once it leads somewhere.
        browser.go(&format!("{}incidents/fires.html", served.url)).await;
        until_text(browser, "There is no such page").await;
        assert_none("the page that is not there", &checks::axe(browser).await);
        let near = "return [...document.querySelectorAll('.near a')].map((link) => link.pathname)";
        let near = browser.texts(near, &[]).await;
        assert_eq!(near.first().map(String::as_str), Some("/name/incidents/fire.html"), "{near:?}");
        put(&at, "content/incidents/fires.md", &fire("2022", "Several."));
        until_text(browser, "Several.").await;
    });
}

#[test]
fn a_lost_server_is_told_of_and_found_again() {
    browse(async |browser| {
        let at = site("lost");
        let served = Served::start(&at, "0");
        let port = served.port().to_owned();
        browser.go(&format!("{}incidents/fire.html", served.url)).await;
        until_listening(browser).await;
        drop(served);
        until_shown(browser, ".gone", "preview stopped").await;
        put(&at, FIRE, &fire("2021", "Written in between."));
        let _served = Served::start(&at, &port);
        until_text(browser, "Written in between.").await;
        until_gone(browser, ".gone").await;
    });
}

#[test]
fn a_page_that_nobody_sees_keeps_no_connection() {
    browse(async |browser| {
        let at = site("hidden");
        let served = Served::start(&at, "0");
        // More than the connections that a browser keeps to one server.
        let page = format!("{}incidents/fire.html", served.url);
        browser.go(&page).await;
        until_listening(browser).await;
        let first = browser.client().window().await.unwrap();
        for _ in 0..8 {
            let tab = browser.client().new_window(true).await.unwrap();
            browser.client().switch_to_window(tab.handle).await.unwrap();
            browser.client().goto(&page).await.unwrap();
        }
        put(&at, FIRE, &fire("2021", "The text for all."));
        until_text(browser, "The text for all.").await;
        browser.client().switch_to_window(first).await.unwrap();
        until_text(browser, "The text for all.").await;
        assert_eq!(browser.script("return document.hidden", &[]).await, Value::Bool(false));
    });
}
