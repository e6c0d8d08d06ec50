//! The net itself: faults that are planted in a page must be caught, else silence means nothing.

use super::keyboard::walk;
use annals_browser_tests::server::Server;
use annals_browser_tests::{browse, checks, workshop};
use std::fs;

const FAULTY: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
<title>Faults</title>
<link rel="preconnect" href="https://example.org">
<link rel="stylesheet" href="faulty.css">
<script src="faulty.js"></script>
</head>
<body>
<main>
<h1>Faults</h1>
<p><a href="#a" class="small">a</a><a href="#b" class="small">b</a></p>
<p class="pale">This is too pale.</p>
<p class="wide">This is too wide.</p>
<p><a href="#c" class="ringless">c</a></p>
<div tabindex="-1"><p><a href="#d" class="trap">d</a> <a href="#e">e</a></p></div>
<script>document.title = 'a script in the page';</script>
</main>
</body>
</html>
"##;

const SHEET: &str = ".small { display: inline-block; font-size: 8px; inline-size: 9px; }
.pale { color: #ddd; background: #fff; }
.ringless:focus { outline: none; }
.wide { inline-size: 5000px; }
";

const SCRIPT: &str = "fetch('http://127.0.0.1:9/elsewhere').catch(() => {});
new Image().src = 'https://example.org/pixel.png';
setTimeout(() => document.querySelector('h1').before(document.createElement('hr')), 50);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Tab' && document.activeElement.className === 'trap') event.preventDefault();
});
throw new Error('planted');
";

#[test]
fn planted_faults_are_caught() {
    let folder = workshop().join("faulty");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("index.html", FAULTY), ("faulty.css", SHEET), ("faulty.js", SCRIPT)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let server = Server::start(&folder, "/faulty/");
    browse(async |browser| {
        browser.size(360, 800).await;
        browser.media("screen", "light").await;
        browser.go(&server.url()).await;
        let axe = checks::axe(browser).await.join("\n");
        for rule in ["target-size", "color-contrast"] {
            assert!(axe.contains(rule), "axe-core does not report {rule}: {axe}");
        }
        let overflow = checks::overflow(browser).await.join("\n");
        assert!(overflow.contains("p.wide"), "{overflow}");
        browser.until("a shift", "return window.witness.shifts.length > 0", &[]).await;
        assert!(!checks::shifts(browser).await.is_empty());
        let silence = checks::silence(browser, &server.url()).await.join("\n");
        for part in
            ["script-src-elem stopped inline", "connect-src stopped", "img-src stopped", "planted", "preconnect"]
        {
            assert!(silence.contains(part), "nothing says `{part}`: {silence}");
        }
        let walk = walk(browser, &server.url()).await.join("\n");
        for part in ["a.ringless (c) shows no ring", "a. (e) is never reached", "the focus never comes round"] {
            assert!(walk.contains(part), "nothing says `{part}`: {walk}");
        }
        browser.go(&server.url()).await;
        let elsewhere = checks::silence(browser, "http://127.0.0.1:9/").await.join("\n");
        assert!(elsewhere.contains(&format!("asks for {}", server.url())), "{elsewhere}");
    });
}
