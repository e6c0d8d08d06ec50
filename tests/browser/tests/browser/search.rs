//! The search page: words to records, from a server and from disk, in the parts of the index that a query needs.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, assert_none, browse, checks, repository, sites};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::fs;

/// The search has answered: what it says is neither empty nor that it is still at work.
const ANSWERED: &str = "
    const said = document.querySelector('.search-count').textContent;
    return said !== '' && said !== document.querySelector('form.search').dataset.waiting;";

const TITLES: &str = "return [...document.querySelectorAll('.results h3')].map((title) => title.textContent)";

async fn ask(browser: &Browser, page: &str, query: &str) -> Vec<String> {
    browser.go(&format!("{page}?q={query}")).await;
    browser.until(&format!("an answer to `{query}`"), ANSWERED, &[]).await;
    browser.texts(TITLES, &[]).await
}

async fn said(browser: &Browser) -> String {
    let said = browser.script("return document.querySelector('.search-count').textContent", &[]).await;
    said.as_str().unwrap_or_default().to_owned()
}

#[test]
fn words_are_cut_as_the_builder_cuts_them() {
    let vectors = fs::read_to_string(repository().join("tests/search/words.json")).unwrap();
    let vectors: Value = serde_json::from_str(&vectors).unwrap();
    assert!(vectors.as_array().is_some_and(|all| all.len() > 20));
    let compare = "
        const wrong = [];
        for (const vector of arguments[0]) {
          const made = { fold: annals.fold(vector.text), words: annals.words(vector.text), asked: annals.asked(vector.text) };
          for (const name of Object.keys(made)) {
            const is = JSON.stringify(made[name]);
            const wanted = JSON.stringify(vector[name]);
            if (wanted !== undefined && is !== wanted) wrong.push(`${name} of ${JSON.stringify(vector.text)}: ${is} instead of ${wanted}`);
          }
        }
        return wrong;";
    browse(async |browser| {
        browser.go(&sites::first().url("search.html")).await;
        assert_none("words that differ from the builder's", &browser.texts(compare, &[vectors]).await);
    });
}

fn finds(home: &str) {
    browse(async |browser| {
        let page = format!("{home}search.html");
        let titles = ask(browser, &page, "exchange%20thefts").await;
        assert_eq!(
            titles.first().map(String::as_str),
            Some("Thefts from at least three crypto exchanges"),
            "{titles:?}"
        );
        assert!(said(browser).await.starts_with(&titles.len().to_string()), "{}", said(browser).await);
        let marked = browser
            .texts("return [...document.querySelectorAll('.results mark')].map((mark) => mark.textContent)", &[])
            .await;
        assert!(marked.iter().any(|mark| mark == "Thefts"), "{marked:?}");
        // The beginning of a word, a name, and a word of a source's title.
        for (query, title) in [
            ("chainal", "Chainalysis"),
            ("KIM JONG", "Kim Jong-un"),
            ("petroleum", "Illicit refined petroleum imports rise"),
            ("hits exchanges", "North Korea Hits Cryptocurrency Exchanges, Sanctions Monitors Say"),
        ] {
            let titles = ask(browser, &page, &query.replace(' ', "%20")).await;
            assert!(titles.iter().any(|found| found == title), "`{query}` finds {titles:?}");
        }
        // What is found is there: a link opens the page that it names.
        ask(browser, &page, "petroleum").await;
        browser.click(".results h3 a").await;
        let arrived = "return document.querySelector('h1')?.textContent.includes('petroleum') === true";
        browser.until("the page that was found", arrived, &[]).await;
        let none = ask(browser, &page, "zzyzx").await;
        assert!(none.is_empty() && said(browser).await.contains("zzyzx"), "{}", said(browser).await);
        assert_none(&page, &checks::silence(browser, home).await);
    });
}

#[test]
fn search_finds_what_is_there() {
    finds(&sites::first().url(""));
}

#[test]
fn search_finds_from_disk() {
    finds(&sites::first().file_url(""));
}

#[test]
fn a_hostile_query_stays_a_text() {
    browse(async |browser| {
        let site = sites::first();
        ask(browser, &site.url("search.html"), "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%22%27%25{n}{words}").await;
        let grown = "return document.querySelectorAll('main img, main script').length";
        assert_eq!(browser.script(grown, &[]).await, json!(0));
        assert!(said(browser).await.contains("<img src=x onerror=alert(1)>"), "{}", said(browser).await);
        assert_none("a hostile query", &checks::silence(browser, &site.url("")).await);
    });
}

#[test]
fn search_goes_by_keyboard_and_back() {
    browse(async |browser| {
        let site = sites::first();
        browser.go(&site.url("search.html")).await;
        let in_box = "return document.activeElement.matches('form.search input')";
        browser.press_text("/").await;
        browser.until("`/` to lead into the box", in_box, &[]).await;
        browser.press_text("missile").await;
        browser.until("an answer", ANSWERED, &[]).await;
        browser.until("the address to say what is asked", "return location.search === '?q=missile'", &[]).await;
        let all = browser.texts(TITLES, &[]).await.len();
        browser.press(Key::Enter, 1).await;
        browser.press_text(" zzyzx").await;
        browser.press(Key::Enter, 1).await;
        browser.until("no result", "return document.querySelectorAll('.results h3').length === 0", &[]).await;
        browser.client().back().await.unwrap();
        let again = "return document.querySelector('form.search input').value === 'missile' && document.querySelectorAll('.results h3').length === arguments[0]";
        browser.until("the way back to the first query", again, &[json!(all)]).await;
        browser.click("form.search input").await;
        browser.press(Key::Down, 2).await;
        let second = "return [...document.querySelectorAll('.results h3 a')].indexOf(document.activeElement)";
        assert_eq!(browser.script(second, &[]).await, json!(1));
        browser.press(Key::Escape, 1).await;
        assert_eq!(browser.script(in_box, &[]).await, Value::Bool(true));
        browser.press(Key::Down, 1).await;
        browser.press(Key::Enter, 1).await;
        browser.until("the first result to open", "return !location.pathname.endsWith('/search.html')", &[]).await;
    });
}

#[test]
fn the_page_of_results_is_as_good_as_every_other() {
    browse(async |browser| {
        let site = sites::first();
        let mut wrong = Vec::new();
        for (width, scheme) in [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")] {
            browser.size(width, 800).await;
            browser.media("screen", scheme).await;
            for query in ["north%20korea", "zzyzx"] {
                ask(browser, &site.url("search.html"), query).await;
                wrong.extend(checks::axe(browser).await);
                wrong.extend(checks::overflow(browser).await);
            }
        }
        assert_none("the page of results", &wrong);
    });
}

/// How much of the index a query loads: the number of files, and of those there are.
async fn parts(browser: &Browser, site: &Site) -> (usize, usize) {
    let home = site.url("search/");
    let asked = browser.requests().await.iter().filter(|url| url.starts_with(&home)).count();
    (asked, fs::read_dir(site.folder.join("search")).unwrap().count())
}

#[test]
fn a_query_among_ten_thousand_loads_a_small_part() {
    browse(async |browser| {
        let site = sites::large();
        let page = site.url("search.html");
        browser.go(&page).await;
        assert_eq!(parts(browser, site).await.0, 0, "the page loads the index before anybody asks");
        let titles = ask(browser, &page, "elmspit%20mint").await;
        let (asked, all) = parts(browser, site).await;
        assert!(asked * 4 < all, "a query loads {asked} of {all} parts");
        assert!(!titles.is_empty(), "no record of the made-up site has the word");
        assert_none("search", &browser.console().await);
    });
}
