//! With JavaScript off: nothing dead stands about, and ten things are found by links alone.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Browser, Findings, browse, sites};
use serde_json::{Value, json};

/// What a reader asks, the links to click from the home page, and what the page then says about it.
struct Question {
    asks: &'static str,
    clicks: &'static [&'static str],
    answers: &'static [&'static str],
}

const THEFTS: &str = "Thefts from at least three crypto exchanges";

const QUESTIONS: [Question; 12] = [
    Question { asks: "When were the exchanges robbed?", clicks: &[], answers: &["2020 to mid-2021"] },
    Question { asks: "How much was taken?", clicks: &[], answers: &["more than US$50 million"] },
    Question {
        asks: "Who says that it was so much?",
        clicks: &[THEFTS],
        answers: &["according to an unnamed UN member state", "as reported by Reuters"],
    },
    Question {
        asks: "Do the sources agree on it?",
        clicks: &[THEFTS],
        answers: &["differs", "The second article gives the sum without a qualifier"],
    },
    Question { asks: "Why is this shown?", clicks: &[THEFTS], answers: &["is closest to the wording of the report"] },
    Question {
        asks: "What is the source, and where in it is this said?",
        clicks: &[THEFTS],
        answers: &["North Korea Hits Cryptocurrency Exchanges, Sanctions Monitors Say", "paragraph 5"],
    },
    Question {
        asks: "What else rests on that source?",
        clicks: &[THEFTS, "North Korea Hits Cryptocurrency Exchanges, Sanctions Monitors Say"],
        answers: &["What would be missing without it", "Nine ballistic missile launches in one month"],
    },
    Question {
        asks: "Who is Chainalysis?",
        clicks: &["Attacks on crypto companies, 2021", "Chainalysis"],
        answers: &["Chainalysis", "Attacks on crypto companies, 2021"],
    },
    Question {
        asks: "What came after the first nuclear test?",
        clicks: &["First North Korean nuclear test"],
        answers: &["Answered by", "UN sanctions on North Korea begin", "since 2006"],
    },
    Question { asks: "What was corrected?", clicks: &["Corrections"], answers: &["Nothing has been corrected so far"] },
    Question {
        asks: "Which points are disputed?",
        clicks: &["Disputed"],
        answers: &["UN sanctions on North Korea begin", THEFTS, "differs"],
    },
    Question { asks: "What happened in Europe?", clicks: &[THEFTS, "Europe"], answers: &["Europe", THEFTS] },
];

/// Clicks the first link that a reader sees with this text, and says how many clicks that took: where the menu is
/// folded, opening it is one.
async fn follow(browser: &Browser, text: &str) -> Result<usize, String> {
    let find = "
        const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
        const links = [...document.querySelectorAll('a[href]')].filter((link) => link.textContent.trim().replace(/\\s+/g, ' ') === arguments[0]);
        return links.find(seen) ?? (links.length > 0 ? [...document.querySelectorAll('summary')].find((menu) => menu.parentElement.contains(links[0])) ?? null : null);";
    for clicks in 1..=2 {
        let found = browser.element(find, &[json!(text)]).await;
        let element = found.ok_or_else(|| format!("no link says `{text}`"))?;
        let is_link = element.tag_name().await.map_err(|error| error.to_string())? == "a";
        browser.click_at(&element).await;
        if is_link {
            return Ok(clicks);
        }
    }
    Err(format!("no way leads to `{text}`"))
}

/// All that a reader sees of the page's own part.
async fn text(browser: &Browser) -> String {
    let text = browser.script("return document.querySelector('main').innerText", &[]).await;
    text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

async fn answer(browser: &Browser, question: &Question) -> Result<(), String> {
    let mut clicks = 0;
    for link in question.clicks {
        clicks += follow(browser, link).await?;
    }
    if clicks > 2 {
        return Err(format!("it takes {clicks} clicks"));
    }
    let text = text(browser).await;
    let missing = question.answers.iter().find(|answer| !text.contains(&answer.to_lowercase()));
    match missing {
        Some(missing) => Err(format!("{} does not say `{missing}`", browser.address().await)),
        None => Ok(()),
    }
}

fn ask(width: u32) {
    browse(async |browser| {
        let mut findings = Findings::default();
        browser.scripting(false).await;
        browser.size(width, 800).await;
        for question in &QUESTIONS {
            browser.go(&sites::first().url("index.html")).await;
            if let Err(why) = answer(browser, question).await {
                findings.note(&format!("{width} px"), vec![format!("{} {why}", question.asks)]);
            }
        }
        findings.assert_none();
    });
}

#[test]
fn ten_things_are_two_clicks_away_on_a_desktop() {
    ask(1280);
}

#[test]
fn ten_things_are_two_clicks_away_on_a_phone() {
    ask(360);
}

/// What can be pressed, chosen or filled in, though nothing would happen.
const DEAD: &str = "
    const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
    const controls = 'button, input, select, textarea, form, dialog, [contenteditable], [role=button], [role=switch], [role=tab], [role=slider], [role=combobox], [role=searchbox], [role=checkbox]';
    // The boxes of a list of tasks show what is done; they cannot be used with scripts either.
    const dead = [...document.querySelectorAll(controls)].filter((node) => seen(node) && !node.matches('.task input[disabled]'));
    const links = [...document.querySelectorAll('a[href]')].filter((link) => seen(link) && /^(#?$|javascript:)/.test(link.getAttribute('href')));
    return [...dead, ...links].map((node) => `a dead control: ${node.outerHTML.slice(0, 120)}`);";

fn nothing_dead(site: &'static Site) {
    browse(async |browser| {
        let mut findings = Findings::default();
        browser.scripting(false).await;
        browser.size(1280, 800).await;
        for page in site.pages() {
            browser.go(&site.url(page)).await;
            let ran = browser.script("return document.documentElement.classList.contains('js')", &[]).await;
            assert_eq!(ran, Value::Bool(false), "scripts are not off");
            findings.note(&format!("{} {page}", site.name), browser.texts(DEAD, &[]).await);
        }
        findings.assert_none();
    });
}

#[test]
fn first_site_shows_no_dead_control() {
    nothing_dead(sites::first());
}

#[test]
fn everything_shows_no_dead_control() {
    nothing_dead(sites::everything());
}
