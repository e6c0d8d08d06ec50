//! What must hold on every page alike. Each check returns what is wrong, in words; nothing is right.

use crate::browser::strings;
use crate::{Browser, npm};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// The rules of axe-core that bind, all of them: WCAG 2.2 AA with its size of targets, and good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// What axe-core has against the page as it stands: the rule, the first elements, what is asked for.
pub async fn axe(browser: &Browser) -> Vec<String> {
    static SOURCE: OnceLock<String> = OnceLock::new();
    let source = SOURCE.get_or_init(npm::axe);
    if browser.script("return typeof window.axe", &[]).await != "object" {
        browser.script(source, &[]).await;
    }
    let script = "
        const [tags, done] = arguments;
        axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
          (result) => done(result.violations.map((broken) => {
            const nodes = broken.nodes.slice(0, 3).map((node) => {
              const parts = [...node.any, ...node.all, ...node.none];
              return `${node.target.join(' ')} (${parts.map((part) => part.message).join('; ')})`;
            });
            return `${broken.id}, ${broken.nodes.length} times: ${nodes.join(' | ')}`;
          })),
          (error) => done([`axe-core itself: ${error}`]),
        );";
    let found = browser.client().execute_async(script, vec![json!(RULES)]).await;
    match found {
        Ok(found @ Value::Array(_)) => strings(&found),
        other => vec![format!("axe-core gave no answer: {other:?}")],
    }
}

/// What makes the page wider than its window, or hides that it is.
pub async fn overflow(browser: &Browser) -> Vec<String> {
    let script = "
        const root = document.documentElement;
        const name = (node) => `${node.localName}${node.id ? '#' + node.id : ''}${[...node.classList].map((part) => '.' + part).join('')}`;
        const wrong = [];
        for (const node of [root, document.body]) {
          const { overflowX } = getComputedStyle(node);
          if (overflowX !== 'visible') wrong.push(`${name(node)} has overflow-x: ${overflowX}, which hides what is too wide`);
        }
        if (root.scrollWidth <= root.clientWidth) return wrong;
        const scrolls = (node) => {
          for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
            if (getComputedStyle(up).overflowX !== 'visible') return true;
          }
          return false;
        };
        const wide = [...document.body.querySelectorAll('*')].filter((node) => {
          const box = node.getBoundingClientRect();
          return box.width > 0 && (box.right > root.clientWidth + 0.5 || box.left < -0.5) && !scrolls(node);
        });
        // The innermost ones are what is too wide; the others only hold them.
        const inner = wide.filter((node) => !wide.some((other) => other !== node && node.contains(other)));
        const names = inner.slice(0, 4).map((node) => `${name(node)} (${node.textContent.trim().slice(0, 30)})`);
        wrong.push(`it is ${root.scrollWidth} wide in ${root.clientWidth}: ${names.join(', ')}`);
        return wrong;";
    browser.texts(script, &[]).await
}

/// What the page said to the console or tried against the content security policy since it was opened, and what it
/// asked of anybody but the given site.
pub async fn silence(browser: &Browser, home: &str) -> Vec<String> {
    let mut wrong = browser.texts("return window.witness.violations", &[]).await;
    let page = browser.address().await;
    wrong.extend(browser.console().await.into_iter().map(|message| message.replace(&page, "the page")));
    let requests = browser.requests().await;
    assert!(!requests.is_empty(), "the log holds no request at all, not even that for the page");
    wrong.extend(requests.iter().filter(|url| !url.starts_with(home)).map(|url| format!("asks for {url}")));
    let script = "return [...document.querySelectorAll('link[rel~=preconnect], link[rel~=dns-prefetch]')].map((link) => link.outerHTML)";
    wrong.extend(browser.texts(script, &[]).await);
    if home.starts_with("file:") {
        // To the browser each file on a disk is a stranger to the others, and strangers get no manifest. It is meant
        // for telephones, which put a site among their programs; nobody misses it here.
        wrong.retain(|what| !what.contains(".webmanifest"));
    }
    wrong
}

/// What moved while the page was loading.
pub async fn shifts(browser: &Browser) -> Vec<String> {
    let script = "return window.witness.shifts.map((shift) => `${shift.value.toFixed(5)}: ${shift.moved.join(', ')}`)";
    browser.texts(script, &[]).await
}
