//! By keyboard alone: everything can be reached, and a reader sees where they are.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, browse, sites};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Lists what Tab should stop at, and writes down where it does stop.
const LISTEN: &str = "
    const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
    const stops = [...document.querySelectorAll('a[href], area[href], button, input, select, textarea, summary, [tabindex]')].filter((node) =>
      seen(node) && node.tabIndex >= 0 && !node.disabled && !node.closest('[inert]') &&
      // Of radio buttons of one name Tab stops at the chosen one alone.
      !(node.type === 'radio' && !node.checked));
    const name = (node) => `${node.localName}.${[...node.classList].join('.')} (${(node.textContent || node.getAttribute('aria-label') || node.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40)})`;
    // A ring around a shape of any form is drawn by the shapes themselves: they look otherwise than before.
    const drawn = (node) => [...node.querySelectorAll('*')].map((part) => {
      const { outlineStyle, stroke, strokeWidth, fill, opacity, display, visibility } = getComputedStyle(part);
      return [outlineStyle, stroke, strokeWidth, fill, opacity, display, visibility].join();
    }).join('; ');
    const before = new Map(stops.filter((node) => node instanceof SVGElement).map((node) => [node, drawn(node)]));
    const ringed = (node) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || (before.has(node) && before.get(node) !== drawn(node));
    };
    window.walk = { stops: stops.map(name), met: [], hidden: [], round: false };
    document.addEventListener('focusin', ({ target }) => {
      const place = stops.indexOf(target);
      if (place === 0 && window.walk.met.includes(0)) window.walk.round = true;
      if (place >= 0 && !window.walk.met.includes(place)) window.walk.met.push(place);
      if (!ringed(target)) window.walk.hidden.push(`${name(target)} shows no ring when it has the focus`);
      // What has the focus is brought into sight after this event.
      requestAnimationFrame(() => {
        if (document.activeElement !== target) return;
        const box = target.getBoundingClientRect();
        if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) window.walk.hidden.push(`${name(target)} is out of sight when it has the focus`);
      });
    });
    return stops.length;";

/// Where Tab has not been, what it did not show, and whether it came round.
const TELL: &str = "
    const { stops, met, hidden, round } = window.walk;
    const missed = stops.filter((_, place) => !met.includes(place)).slice(0, 5).map((stop) => `${stop} is never reached`);
    const order = met.some((place, at) => at > 0 && place < met[at - 1]) ? ['the order of Tab is not that of the page'] : [];
    return [...new Set([...missed, ...order, ...hidden, ...(round ? [] : ['the focus never comes round: it is caught somewhere'])])];";

/// What is wrong for those who go through the page with Tab.
pub async fn walk(browser: &Browser, url: &str) -> Vec<String> {
    browser.go(url).await;
    let stops = browser.script(LISTEN, &[]).await.as_u64().unwrap_or_default();
    // Regions that scroll are stops of the browser's own; besides, it goes through its own surroundings once.
    let most = stops * 3 / 2 + 30;
    let mut pressed = 0;
    while pressed < most && browser.script("return window.walk.round", &[]).await != true {
        browser.press(Key::Tab, 20).await;
        pressed += 20;
    }
    browser.texts(TELL, &[]).await
}

fn walk_all(site: &'static Site, width: u32) {
    browse(async |browser| {
        let mut findings = Findings::default();
        browser.size(width, 800).await;
        browser.media("screen", "light").await;
        for page in site.kinds() {
            findings.note(&format!("{} {page} ({width} px)", site.name), walk(browser, &site.url(page)).await);
        }
        findings.assert_none();
    });
}

#[test]
fn first_site_is_walked_by_keyboard_on_a_desktop() {
    walk_all(sites::first(), 1280);
}

#[test]
fn everything_is_walked_by_keyboard_on_a_phone() {
    walk_all(sites::everything(), 360);
}

#[test]
fn the_first_stop_skips_to_the_content() {
    let focus = "
        const node = document.activeElement;
        const box = node.getBoundingClientRect();
        return { skips: node.matches('a.skip'), shown: box.top >= 0 && box.left >= 0 && box.width > 0 };";
    browse(async |browser| {
        let site = sites::first();
        browser.size(1280, 800).await;
        browser.media("screen", "light").await;
        for page in site.kinds() {
            browser.go(&site.url(page)).await;
            browser.press(Key::Tab, 1).await;
            assert_eq!(browser.script(focus, &[]).await, json!({"skips": true, "shown": true}), "{page}");
            browser.press(Key::Enter, 1).await;
            browser.until("the content to have the focus", "return document.activeElement.matches('main')", &[]).await;
            browser.press(Key::Tab, 1).await;
            let next = "
                const main = document.querySelector('main');
                const within = main.querySelector('a[href], button:not([hidden]), summary, input') !== null;
                return main.contains(document.activeElement) || !within;";
            assert_eq!(browser.script(next, &[]).await, Value::Bool(true), "{page}: Tab does not go on in the content");
        }
    });
}

#[test]
fn the_menu_of_a_phone_opens_by_keyboard() {
    browse(async |browser| {
        let site = sites::first();
        browser.size(360, 800).await;
        browser.media("screen", "light").await;
        browser.go(&site.url("index.html")).await;
        let on_menu = "return document.activeElement.matches('.menu > summary')";
        for _ in 0..10 {
            if browser.script(on_menu, &[]).await == true {
                break;
            }
            browser.press(Key::Tab, 1).await;
        }
        assert_eq!(browser.script(on_menu, &[]).await, Value::Bool(true), "Tab does not come to the menu");
        browser.press(Key::Enter, 1).await;
        browser.press(Key::Tab, 2).await;
        let link = "return document.activeElement.closest('.menu li') && document.activeElement.getAttribute('href')";
        assert_eq!(browser.script(link, &[]).await, json!("disputed.html"));
        browser.press(Key::Enter, 1).await;
        browser.until("the page that was chosen", "return location.pathname.endsWith('/disputed.html')", &[]).await;
    });
}
