//! The HTML validator over all pages of the small sites, in one run.

use annals_browser_tests::{npm, sites};
use std::process::Command;

/// What the validator says and does not mean: the reason beside each.
const PARDONED: [&str; 2] = [
    // Files on a disk have no origin, so that to the validator nothing is `'self'`. That the policy lets the page have
    // its own files, and nothing else, is seen in the browser.
    "Resource violates Content Security Policy \\(meta tag\\): .* blocked by .(style|img|script)-src. directive\\.",
    // The language is a guess from the words, and on a short list of titles a wrong one.
    "This document appears to be written in .* but the .html. start tag has",
];

#[test]
fn the_validator_has_nothing_to_say() {
    let mut java = Command::new("java");
    java.arg("-jar").arg(npm::vnu()).args(["--skip-non-html", "--format", "gnu"]);
    java.args(["--filterpattern", &format!(".*({}).*", PARDONED.join("|"))]);
    for site in sites::small() {
        java.arg(&site.folder);
    }
    let output = java.output().unwrap_or_else(|error| {
        panic!("java: {error}. Install it, on Debian `sudo apt-get install default-jre-headless`.")
    });
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{}\n{told}", output.status);
}
