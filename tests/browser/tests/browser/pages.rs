//! Every page of the small sites: what must hold on each, in the four modes.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Findings, browse, checks, sites};

/// All pages of a site in a window of this width, in light and in dark.
fn read(site: &'static Site, width: u32) {
    browse(async |browser| {
        let mut findings = Findings::default();
        browser.size(width, 800).await;
        for page in site.pages() {
            let place = |mode: &str| format!("{} {page} ({mode}, {width} px)", site.name);
            browser.media("screen", "light").await;
            browser.go(&site.url(page)).await;
            findings.note(&place("loading"), checks::silence(browser, &site.url("")).await);
            findings.note(&place("light"), checks::axe(browser).await);
            findings.note(&place("moved while loading"), checks::shifts(browser).await);
            browser.media("screen", "dark").await;
            findings.note(&place("dark"), checks::axe(browser).await);
            findings.note(&place("dark"), checks::overflow(browser).await);
            if width < 400 {
                browser.size(320, 800).await;
                findings.note(&place("cut to 320 px"), checks::overflow(browser).await);
                browser.size(width, 800).await;
            }
        }
        findings.assert_none();
    });
}

#[test]
fn first_site_on_a_desktop() {
    read(sites::first(), 1280);
}

#[test]
fn first_site_on_a_phone() {
    read(sites::first(), 360);
}

#[test]
fn everything_on_a_desktop() {
    read(sites::everything(), 1280);
}

#[test]
fn everything_on_a_phone() {
    read(sites::everything(), 360);
}

#[test]
fn five_lines_on_a_desktop() {
    read(sites::five_lines(), 1280);
}

#[test]
fn five_lines_on_a_phone() {
    read(sites::five_lines(), 360);
}

#[test]
fn old_addresses_lead_to_pages() {
    browse(async |browser| {
        let mut findings = Findings::default();
        for site in sites::small() {
            for old in site.redirects() {
                browser.go(&site.url(old)).await;
                let arrived = "return !location.href.endsWith(arguments[0]) && document.querySelector('h1') !== null";
                browser.until(&format!("{} {old} to lead on", site.name), arrived, &[old.as_str().into()]).await;
                findings.note(old, checks::silence(browser, &site.url("")).await);
            }
        }
        findings.assert_none();
    });
}
