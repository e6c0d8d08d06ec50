//! The small controls that scripts bring: the switch between light and dark, and what copies.

use annals_browser_tests::{Browser, assert_none, browse, checks, sites};
use serde_json::{Value, json};

async fn paper(browser: &Browser) -> String {
    let paper = browser.script("return getComputedStyle(document.documentElement).backgroundColor", &[]).await;
    paper.as_str().unwrap_or_default().to_owned()
}

async fn pressed(browser: &Browser) -> Value {
    browser.script("return document.querySelector('.theme-switch').getAttribute('aria-pressed')", &[]).await
}

#[test]
fn the_switch_turns_the_page_dark_and_remembers_it() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 800).await;
        browser.media("screen", "dark").await;
        browser.go(&site.url("index.html")).await;
        let dark = paper(browser).await;
        assert_eq!(pressed(browser).await, json!("true"), "the system is dark");
        browser.media("screen", "light").await;
        let light = paper(browser).await;
        assert_ne!(light, dark, "the page does not follow the system");
        assert_eq!(pressed(browser).await, json!("false"));
        browser.click(".theme-switch").await;
        assert_eq!((paper(browser).await, pressed(browser).await), (dark.clone(), json!("true")));
        assert_none("chosen dark", &checks::axe(browser).await);
        // On another page it is dark before anything is painted: nothing after the first look changes it.
        browser.go(&site.url("figures.html")).await;
        assert_eq!((paper(browser).await, pressed(browser).await), (dark.clone(), json!("true")));
        assert_none("chosen dark", &checks::axe(browser).await);
        browser.media("print", "light").await;
        assert_eq!(paper(browser).await, light, "paper is white, whatever was chosen");
        browser.media("screen", "light").await;
        browser.click(".theme-switch").await;
        assert_eq!((paper(browser).await, pressed(browser).await), (light, json!("false")));
        // What the system says need not be kept: the page follows it again.
        browser.media("screen", "dark").await;
        assert_eq!(paper(browser).await, dark);
        assert_none("the switch", &checks::silence(browser, &site.url("")).await);
    });
}

#[test]
fn the_choice_holds_before_the_first_paint() {
    browse(async |browser| {
        let site = sites::first();
        browser.media("screen", "light").await;
        browser.go(&site.url("index.html")).await;
        browser.click(".theme-switch").await;
        // The colour of the root as soon as there is a body, which is before there is anything to paint.
        let early = "new MutationObserver((_, watch) => {
              if (document.body) {
                window.early = document.documentElement.dataset.theme;
                watch.disconnect();
              }
            }).observe(document, { childList: true, subtree: true });";
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": early})).await;
        browser.go(&site.url("index.html")).await;
        assert_eq!(browser.script("return window.early", &[]).await, json!("dark"));
    });
}

const INCIDENT: &str = "incidents/2020-2021-exchange-thefts.html";

/// Opens the page and what is folded on it; the numbers of the buttons that copy, among all of these.
async fn buttons(browser: &Browser, page: &str) -> usize {
    browser.go(page).await;
    let open = "
        for (const fold of document.querySelectorAll('main details')) fold.open = true;
        return [...document.querySelectorAll('main [data-copy]')].filter((button) => button.checkVisibility()).length;";
    let buttons = browser.script(open, &[]).await.as_u64().unwrap_or_default();
    usize::try_from(buttons).unwrap_or_default()
}

async fn press(browser: &Browser, number: usize) -> (String, String) {
    let button = "return [...document.querySelectorAll('main [data-copy]')].filter((button) => button.checkVisibility())[arguments[0]]";
    let element = browser.element(button, &[json!(number)]).await.unwrap();
    browser.click_at(&element).await;
    let said =
        format!("{}.parentElement.querySelector('.copy-status')?.textContent", button.replace("return ", "return ("));
    let said = said.replace("[arguments[0]]", "[arguments[0]])");
    browser.until("the button to say what it did", &format!("{said} !== ''"), &[json!(number)]).await;
    let said = browser.script(&said, &[json!(number)]).await;
    let from = "
        const button = [...document.querySelectorAll('main [data-copy]')].filter((button) => button.checkVisibility())[arguments[0]];
        return button.dataset.copy ? document.getElementById(button.dataset.copy).textContent : location.href;";
    let from = browser.script(from, &[json!(number)]).await;
    (said.as_str().unwrap_or_default().to_owned(), from.as_str().unwrap_or_default().to_owned())
}

#[test]
fn references_are_copied_as_they_stand() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 800).await;
        let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
        browser.cdp("Browser.grantPermissions", permissions).await;
        let count = buttons(browser, &site.url(INCIDENT)).await;
        assert!(count >= 3, "{count} buttons copy something on {INCIDENT}");
        for number in 0..count {
            let (said, from) = press(browser, number).await;
            let read =
                "const [done] = arguments; navigator.clipboard.readText().then(done, (error) => done(String(error)))";
            let copied = browser.client().execute_async(read, Vec::new()).await.unwrap();
            assert_eq!(copied, json!(from), "button {number} said `{said}`");
        }
    });
}

#[test]
fn without_a_clipboard_the_text_is_selected() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 800).await;
        let closed = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });";
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": closed})).await;
        let count = buttons(browser, &site.url(INCIDENT)).await;
        assert!(count >= 3, "{count} buttons");
        for number in 0..count {
            let (_, from) = press(browser, number).await;
            let selected = browser.script("return String(getSelection())", &[]).await;
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(plain(selected.as_str().unwrap_or_default()), plain(&from));
        }
    });
}
