//! The filters of the home page: what they leave, what they say, and what the address keeps.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, alone, assert_none, browse, checks, sites};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// The number of incidents that the filters say they leave; nothing before the table is there.
const LEFT: &str = "
    const { one, many, separator } = document.getElementById('s-filters').dataset;
    const said = document.getElementById('s-filters-status').textContent;
    const number = /\\d+/.exec(separator ? said.replaceAll(separator, '') : said);
    const incidents = (count) => (count === 1 ? one : many).replace(/\\{n(:,)?\\}/, String(count).replace(/\\B(?=(\\d{3})+$)/g, separator));
    return number && said === incidents(Number(number[0])) ? Number(number[0]) : null;";

const ROWS: &str = "return [...document.querySelectorAll('#s-filters-rows h3')].map((title) => title.textContent)";

const THEFTS: &str = "Thefts from at least three crypto exchanges";
const ATTACKS: &str = "Attacks on crypto companies, 2021";

const ESTIMATE: &str = "UN monitors put North Korea's cyber proceeds at an estimated two billion dollars";

/// Goes to the home page with this query, and opens the filters.
async fn open(browser: &Browser, home: &str, query: &str) {
    browser.go(&format!("{home}index.html{query}")).await;
    browser.until("the filters", "return document.getElementById('s-filters').checkVisibility()", &[]).await;
    if browser.script("return !document.getElementById('s-filters-fold').open", &[]).await == true {
        browser.click("#s-filters-fold > summary").await;
    }
    browser.until("the table of incidents", &format!("return (() => {{ {LEFT} }})() !== null"), &[]).await;
}

async fn left(browser: &Browser) -> u64 {
    let left = browser.script(LEFT, &[]).await;
    left.as_u64().unwrap_or_else(|| panic!("the filters say no number: {left}"))
}

async fn query(browser: &Browser) -> String {
    browser.script("return decodeURIComponent(location.search)", &[]).await.as_str().unwrap_or_default().to_owned()
}

/// Waits until the rows are these.
async fn rows_are(browser: &Browser, expect: &[&str]) {
    for _ in 0..80 {
        if browser.texts(ROWS, &[]).await == expect {
            assert_eq!(left(browser).await, expect.len() as u64, "the number that is said");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(browser.texts(ROWS, &[]).await, expect, "at {}", query(browser).await);
}

fn choice(key: &str, value: &str) -> String {
    format!("#s-filters input[name={key}][value='{value}']")
}

fn narrow(home: &str, is_served: bool) {
    browse(async |browser| {
        browser.size(1280, 900).await;
        open(browser, home, "").await;
        assert_eq!(left(browser).await, 13);
        browser.click(&choice("kind", "theft")).await;
        rows_are(browser, &[THEFTS, ATTACKS]).await;
        browser.click("#s-filters-q").await;
        browser.press_text("exchanges").await;
        rows_are(browser, &[THEFTS]).await;
        let hidden = "return [...document.querySelectorAll('.timeline a')].every((link) => !link.checkVisibility())";
        assert_eq!(browser.script(hidden, &[]).await, Value::Bool(true), "the whole list stands beside what fits");
        if is_served {
            browser.until("the address to say it", "return location.search === '?q=exchanges&kind=theft'", &[]).await;
        }
        // Each thing that was chosen can be taken off by itself, and all at once.
        browser.click("#s-filters-chosen button").await;
        rows_are(browser, &[THEFTS, ATTACKS]).await;
        browser.click("#s-filters-clear").await;
        rows_are_gone(browser).await;
        assert_eq!(query(browser).await, "");
        assert_none("the filters", &checks::silence(browser, home).await);
    });
}

async fn rows_are_gone(browser: &Browser) {
    let whole = "return !document.getElementById('s-filters-results').checkVisibility() && document.querySelector('.timeline a').checkVisibility()";
    browser.until("the whole list", whole, &[]).await;
}

#[test]
fn filters_narrow_the_list() {
    narrow(&sites::first().url(""), true);
}

#[test]
fn filters_narrow_the_list_from_disk() {
    narrow(&sites::first().file_url(""), false);
}

/// Each choice, alone: the number beside it is the number of incidents that are then left.
fn counts(site: &'static Site) {
    browse(async |browser| {
        let mut findings = Findings::default();
        browser.size(1280, 900).await;
        open(browser, &site.url(""), "").await;
        let all = left(browser).await;
        let list = "
            return [...document.querySelectorAll('#s-filters .filters-choice')].filter((label) => label.querySelector('.filters-count')).map((label) => {
              const { name, value } = label.querySelector('input');
              return [name, value, label.querySelector('.filters-count').textContent];
            });";
        let choices = browser.script(list, &[]).await;
        let choices = choices.as_array().unwrap();
        assert!(choices.len() > 10, "{choices:?}");
        let press = "
            const [name, value] = arguments;
            const input = [...document.querySelectorAll(`#s-filters input[name=${name}]`)].find((input) => input.value === value);
            input.click();
            return input.checked;";
        for one in choices {
            let (name, value) = (one[0].clone(), one[1].clone());
            assert_eq!(browser.script(press, &[name.clone(), value.clone()]).await, Value::Bool(true), "{one}");
            let number = left(browser).await;
            if one[2] != json!(number.to_string()) {
                findings.note(site.name, vec![format!("{one} leaves {number} incidents")]);
            }
            browser.script(press, &[name, value]).await;
            assert_eq!(left(browser).await, all, "{one} was taken off again");
        }
        findings.assert_none();
    });
}

#[test]
fn the_number_beside_a_choice_is_what_it_leaves() {
    counts(sites::first());
}

#[test]
fn the_number_beside_a_choice_is_what_it_leaves_of_everything() {
    counts(sites::everything());
}

#[test]
fn an_address_holds_what_was_chosen() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 900).await;
        for (query, expect) in [
            ("?kind=theft", &[THEFTS, ATTACKS] as &[_]),
            ("?kind=theft&from=2020&to=2020", &[THEFTS]),
            ("?kind=theft&from=2020&to=2020&certain=1", &[]),
            ("?kind=theft&from=2020&to=2021&certain=1", &[THEFTS, ATTACKS]),
            // More than 50 million may be more than a billion; almost 400 million is not.
            ("?min=1bn", &[ESTIMATE, THEFTS]),
            ("?place=europe", &[THEFTS]),
            ("?actor=chainalysis&role=alleged_by", &[ATTACKS]),
            ("?q=exchan+three", &[THEFTS]),
            ("?status=disputed", &[ESTIMATE]),
            ("?kind=no-such-kind", &[]),
        ] {
            open(browser, &site.url(""), query).await;
            rows_are(browser, expect).await;
            assert_none(query, &checks::silence(browser, &site.url("")).await);
        }
        open(browser, &site.url(""), "?kind=theft&from=2020&to=2020").await;
        let filled = "
            const { elements } = document.getElementById('s-filters');
            return [elements.from.value, elements.to.value, document.querySelector('#s-filters input[value=theft]').checked, document.querySelector('.filters-perhaps').checkVisibility()]";
        assert_eq!(browser.script(filled, &[]).await, json!(["2020", "2020", true, true]));
    });
}

#[test]
fn back_takes_back_a_choice() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 900).await;
        open(browser, &site.url(""), "").await;
        browser.click(&choice("kind", "theft")).await;
        browser.click(&choice("status", "alleged")).await;
        browser.click("#s-filters-q").await;
        browser.press_text("exch").await;
        browser.until("the address to say it", "return location.search.includes('q=exch')", &[]).await;
        rows_are(browser, &[THEFTS]).await;
        // What was typed is no step of its own: it goes with the choice before it.
        browser.client().back().await.unwrap();
        rows_are(browser, &[THEFTS, ATTACKS]).await;
        assert_eq!(query(browser).await, "?kind=theft");
        let checked = "return [...document.querySelectorAll('#s-filters input:checked')].map((input) => input.value)";
        assert_eq!(browser.texts(checked, &[]).await, ["theft"]);
        browser.client().back().await.unwrap();
        rows_are_gone(browser).await;
        browser.client().forward().await.unwrap();
        rows_are(browser, &[THEFTS, ATTACKS]).await;
        // From a page that was found, back leads to what was chosen.
        browser.click("#s-filters-rows h3 a").await;
        browser.until("the incident", "return location.pathname.includes('/incidents/')", &[]).await;
        browser.client().back().await.unwrap();
        browser.until("the filters", &format!("return (() => {{ {LEFT} }})() !== null"), &[]).await;
        rows_are(browser, &[THEFTS, ATTACKS]).await;
    });
}

#[test]
fn filters_are_heard_and_go_by_keyboard() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 900).await;
        browser.go(&site.url("index.html")).await;
        let fold = "document.querySelector('#s-filters-fold > summary').focus()";
        browser.script(fold, &[]).await;
        browser.press(Key::Enter, 1).await;
        browser.until("the table of incidents", &format!("return (() => {{ {LEFT} }})() !== null"), &[]).await;
        let said = "
            window.heard = [];
            const status = document.getElementById('s-filters-status');
            new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
            return status.getAttribute('role');";
        assert_eq!(browser.script(said, &[]).await, json!("status"));
        browser.press(Key::Tab, 1).await;
        browser.press_text("missile").await;
        browser.until("a number to be said", "return window.heard.length > 0", &[]).await;
        let first = "return document.activeElement.type === 'checkbox' && document.activeElement.name";
        browser.press(Key::Tab, 1).await;
        assert_eq!(browser.script(first, &[]).await, json!("kind"));
        browser.press(Key::Space, 1).await;
        assert_eq!(browser.script("return document.activeElement.checked", &[]).await, Value::Bool(true));
        let ring = "return getComputedStyle(document.activeElement).outlineStyle";
        assert_ne!(browser.script(ring, &[]).await, json!("none"));
    });
}

#[test]
fn a_date_that_is_none_is_told_and_leaves_nothing_out() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 900).await;
        open(browser, &site.url(""), "").await;
        browser.click("#s-filters-from").await;
        browser.press_text("last year").await;
        browser.press(Key::Tab, 1).await;
        let told = "
            const field = document.getElementById('s-filters-from');
            const fault = document.getElementById('s-filters-from-fault');
            return field.getAttribute('aria-invalid') === 'true' && fault.checkVisibility() && fault.textContent !== '';";
        browser.until("the fault to be told", told, &[]).await;
        assert_eq!(left(browser).await, 13);
    });
}

#[test]
fn a_link_to_what_was_chosen_is_copied() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 900).await;
        let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
        browser.cdp("Browser.grantPermissions", permissions).await;
        open(browser, &site.url(""), "?kind=theft").await;
        browser.click("#s-filters-copy").await;
        browser.until("word of it", "return document.getElementById('s-filters-told').textContent !== ''", &[]).await;
        let read =
            "const [done] = arguments; navigator.clipboard.readText().then(done, (error) => done(String(error)))";
        let copied = browser.client().execute_async(read, Vec::new()).await.unwrap();
        assert_eq!(copied, json!(site.url("index.html?kind=theft")));
    });
}

#[test]
fn a_hostile_address_stays_a_text() {
    browse(async |browser| {
        let site = sites::first();
        let hostile = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
        open(
            browser,
            &site.url(""),
            &format!("?q={hostile}&kind={hostile}&from={hostile}&min={hostile}&tag=__proto__"),
        )
        .await;
        assert_eq!(browser.script("return document.querySelectorAll('main img').length", &[]).await, json!(0));
        assert_eq!(browser.texts(ROWS, &[]).await.len(), 0);
        assert_none("a hostile address", &checks::silence(browser, &site.url("")).await);
    });
}

fn well_made(site: &'static Site, queries: &[&str]) {
    browse(async |browser| {
        let mut findings = Findings::default();
        for (width, scheme) in [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")] {
            browser.size(width, 900).await;
            browser.media("screen", scheme).await;
            for query in queries {
                let place = format!("{} index.html{query} ({scheme}, {width} px)", site.name);
                browser.go(&site.url(&format!("index.html{query}"))).await;
                let there = format!("return (() => {{ {LEFT} }})() !== null");
                browser.until("what fits", &there, &[]).await;
                findings.note(&place, checks::shifts(browser).await);
                let fold = "document.getElementById('s-filters-fold').open = true";
                browser.script(fold, &[]).await;
                // A row out of sight is laid out in a box of estimated size, and would seem to lie over the next one.
                let lay_out = "for (const row of document.querySelectorAll('#s-filters-rows > *')) row.style.contentVisibility = 'visible'";
                browser.script(lay_out, &[]).await;
                findings.note(&place, checks::axe(browser).await);
                findings.note(&place, checks::overflow(browser).await);
                if width < 400 {
                    browser.size(320, 900).await;
                    findings.note(&place, checks::overflow(browser).await);
                    browser.size(width, 900).await;
                }
            }
        }
        findings.assert_none();
    });
}

#[test]
fn what_fits_is_as_good_as_every_page() {
    well_made(sites::first(), &["?kind=theft&from=2020&to=2020&q=exch", "?kind=no-such-kind&from=never"]);
}

#[test]
fn what_fits_of_everything_is_as_good_as_every_page() {
    well_made(sites::everything(), &["?q=a&disputed=1", "?from=1900"]);
}

#[test]
fn what_fits_of_ten_thousand_is_as_good_as_every_page() {
    well_made(sites::large(), &["?q=harbour"]);
}

/// Milliseconds from each letter that is typed to the page that shows what fits it, laid out.
const TYPE: &str = "
    const [text, done] = arguments;
    const box = document.getElementById('s-filters-q');
    const times = [];
    const type = (end) => {
      if (end > text.length) return done(times);
      // As a reader's browser: letters come one by one, with time between them.
      setTimeout(() => {
        const begun = performance.now();
        box.value = text.slice(0, end);
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        // The page asked for the next frame first, so that it has drawn when this runs.
        requestAnimationFrame(() => {
          document.body.getBoundingClientRect();
          times.push(performance.now() - begun);
          type(end + 1);
        });
      }, 150);
    };
    type(1);";

#[test]
fn each_letter_among_ten_thousand_is_answered_at_once() {
    let site = sites::large();
    alone(async |browser| {
        browser.size(1280, 900).await;
        open(browser, &site.url(""), "").await;
        let folded = "return annals.filters.table.text.length > 0 && !annals.filters.table.text.includes(undefined)";
        browser.until("the texts to be made ready", folded, &[]).await;
        browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await;
        let mut times: Vec<f64> = Vec::new();
        for text in ["harbour", "elmspit mint", "the auditor asked"] {
            let typed = browser.client().execute_async(TYPE, vec![json!(text)]).await.unwrap();
            times.extend(typed.as_array().unwrap().iter().map(|time| time.as_f64().unwrap()));
        }
        println!("milliseconds a letter: {times:.0?}");
        times.sort_by(f64::total_cmp);
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        assert!(median <= 100.0, "a letter takes {median:.0} ms: {times:.0?}");
        // One in between may meet the browser clearing up.
        assert!(worst <= 250.0, "a letter takes up to {worst:.0} ms: {times:.0?}");
    });
}
