//! One browser with one window, and what the tests do with it.

use crate::driver::{self, Driver};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::ops::AsyncFnOnce;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;
use url::Url;

/// The longest that one test may take. A page that hangs fails its test, not the whole run.
const LIMIT: Duration = Duration::from_secs(600);

/// Held by those that measure time against all others.
static QUIET: RwLock<()> = RwLock::new(());

/// Runs a test in a browser of its own.
pub fn browse(test: impl AsyncFnOnce(&Browser)) {
    let _shared = QUIET.read().unwrap_or_else(PoisonError::into_inner);
    run(test);
}

/// Runs a test in a browser while no other test of this program has one: for what measures time.
pub fn alone(test: impl AsyncFnOnce(&Browser)) {
    let _exclusive = QUIET.write().unwrap_or_else(PoisonError::into_inner);
    run(test);
}

fn run(test: impl AsyncFnOnce(&Browser)) {
    // Declared first, it is dropped last: a test that panics stops its browser too.
    let driver = Driver::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let done = runtime.block_on(async {
        let whole = async {
            let browser = Browser::open(&driver).await;
            test(&browser).await;
        };
        tokio::time::timeout(LIMIT, whole).await
    });
    assert!(done.is_ok(), "the test took more than {} seconds", LIMIT.as_secs());
}

/// A browser, as a reader has one.
pub struct Browser {
    client: Client,
}

impl Browser {
    async fn open(driver: &Driver) -> Self {
        let arguments = [
            "--headless=new",
            // Whoever runs the tests as root, as machines for tests do, has no sandbox.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--no-first-run",
            "--disable-sync",
            "--disable-extensions",
            "--disable-component-update",
            "--disable-background-networking",
            // Nothing leaves this machine, whatever a page may ask for.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--window-size=1280,900",
            "--lang=en-GB",
        ];
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": driver::chromium(),
                "args": arguments,
                "perfLoggingPrefs": {"enableNetwork": true, "enablePage": false},
            },
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is written above") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.address())
            .await
            .unwrap_or_else(|error| panic!("chromedriver cannot start {}: {error}", driver::chromium().display()));
        let browser = Self { client };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": include_str!("witness.js")})).await;
        browser
    }

    /// The commands that need no name of their own here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to an address and waits until the page has loaded. What was logged before is forgotten.
    pub async fn go(&self, url: &str) {
        self.console().await;
        self.requests().await;
        // A way that differs in its fragment alone would load nothing.
        self.client.goto("about:blank").await.unwrap_or_else(|error| panic!("about:blank: {error}"));
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Runs a script in the page; its value is that of `return`.
    pub async fn script(&self, source: &str, arguments: &[Value]) -> Value {
        let done = self.client.execute(source, arguments.to_vec()).await;
        done.unwrap_or_else(|error| panic!("{error}\nin the script: {}", &source[..source.len().min(400)]))
    }

    /// The texts that a script returns as a list.
    pub async fn texts(&self, source: &str, arguments: &[Value]) -> Vec<String> {
        strings(&self.script(source, arguments).await)
    }

    /// The element that a script returns, if it returns one.
    pub async fn element(&self, source: &str, arguments: &[Value]) -> Option<Element> {
        let found = self.script(source, arguments).await;
        // The key is the one that the WebDriver standard gives to references to elements.
        let id = found.get("element-6066-11e4-a52e-4f735466cecf")?.as_str()?;
        Some(Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())))
    }

    /// A command of the DevTools protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("goog/cdp/execute", body).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The size of the window's inside, in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// The medium (`screen` or `print`) and the colour scheme (`light` or `dark`). Motion is reduced, so that what is
    /// looked at stands still.
    pub async fn media(&self, medium: &str, scheme: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({"media": medium, "features": features})).await;
    }

    /// Switches the scripts of pages off or on, for the pages that are loaded from now on.
    pub async fn scripting(&self, on: bool) {
        self.cdp("Emulation.setScriptExecutionDisabled", json!({"value": !on})).await;
    }

    /// What the browser complained about since the last look: errors of scripts, loads that failed, what the content
    /// security policy stopped.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let bad = entries.iter().filter(|entry| ["SEVERE", "WARNING"].contains(&text(entry, "level")));
        bad.map(|entry| format!("{} {}: {}", text(entry, "level"), text(entry, "source"), text(entry, "message")))
            .collect()
    }

    /// The addresses that were asked for since the last look, those within the page (`data:`, `blob:`) left out.
    pub async fn requests(&self) -> Vec<String> {
        let mut addresses = Vec::new();
        for entry in self.log("performance").await {
            let message: Value = serde_json::from_str(text(&entry, "message")).expect("a message of the log is JSON");
            if message["message"]["method"] == "Network.requestWillBeSent" {
                let address = message["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
                if !["data:", "blob:", "about:"].iter().any(|scheme| address.starts_with(scheme)) {
                    addresses.push(address.to_owned());
                }
            }
        }
        addresses
    }

    /// Presses a key so many times, as a keyboard does: it goes to whatever has the focus.
    pub async fn press(&self, key: Key, times: usize) {
        let key = char::from(key).to_string();
        let stroke = [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let strokes: Vec<_> = stroke.iter().cycle().take(2 * times).collect();
        self.act(json!({"type": "key", "id": "keyboard", "actions": strokes})).await;
    }

    /// Types a text, one key after the other.
    pub async fn type_text(&self, text: &str) {
        for letter in text.chars() {
            let stroke = [json!({"type": "keyDown", "value": letter}), json!({"type": "keyUp", "value": letter})];
            self.act(json!({"type": "key", "id": "keyboard", "actions": stroke})).await;
        }
    }

    /// Clicks the first element that the selector names.
    pub async fn click(&self, selector: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        let element = found.unwrap_or_else(|error| panic!("there is no `{selector}`: {error}"));
        self.click_at(&element).await;
    }

    /// Clicks in the middle of an element's first line, as a mouse does: what lies there gets the click.
    pub async fn click_at(&self, element: &Element) {
        let middle = "
            const [node] = arguments;
            node.scrollIntoView({ block: 'center', behavior: 'instant' });
            const [box] = node.getClientRects();
            if (!box) return 'it is not shown';
            const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
            const hit = document.elementFromPoint(x, y);
            return node.contains(hit) ? { x, y } : `${hit?.outerHTML.slice(0, 80)} lies over it`;";
        let node = serde_json::to_value(element).expect("a reference is JSON");
        let place = self.script(middle, &[node]).await;
        assert!(place.is_object(), "an element cannot be clicked: {place}");
        let actions = json!([
            {"type": "pointerMove", "x": place["x"], "y": place["y"], "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]);
        self.act(json!({"type": "pointer", "id": "mouse", "actions": actions})).await;
    }

    async fn act(&self, source: Value) {
        let done = self.post("actions", json!({"actions": [source]})).await;
        done.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Waits until a script returns true; fails after some seconds and says what was waited for.
    pub async fn until(&self, what: &str, source: &str, arguments: &[Value]) {
        for _ in 0..200 {
            if self.script(source, arguments).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("waited in vain: {what}");
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("a page has an address").into()
    }

    async fn log(&self, name: &str) -> Vec<Value> {
        let entries = self.post("se/log", json!({"type": name})).await;
        let Ok(Value::Array(entries)) = entries else { panic!("the log `{name}`: {entries:?}") };
        entries
    }

    async fn post(&self, command: &'static str, body: Value) -> Result<Value, fantoccini::error::CmdError> {
        self.client.issue_cmd(Post { command, body: body.to_string() }).await
    }
}

/// The texts in a list; what is no text is written as JSON.
pub(crate) fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect()
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_default()
}

/// A command that the client does not know: the browser's own.
#[derive(Debug)]
struct Post {
    command: &'static str,
    body: String,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.command))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.clone()))
    }
}
