//! Which files of the site a page shows under names that stay the same.
//!
//! A picture that is drawn anew keeps its address, and the page that shows it all of its bytes. Whoever looks at the page
//! wants to see the new one all the same.

use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// The files below the output folder that the page at `route` shows, apart from scripts, whose names change with them.
pub(super) fn pictures(html: &[u8], route: &str) -> BTreeSet<String> {
    const BEFORE: &[u8] = b" src=\"";
    let mut found = BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.windows(BEFORE.len()).position(|window| window == BEFORE) {
        rest = rest.get(at + BEFORE.len()..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'"').unwrap_or(rest.len());
        let address = rest.get(..end).and_then(|address| std::str::from_utf8(address).ok());
        found.extend(address.and_then(|address| path(address, route)));
    }
    found
}

/// The path below the output folder of a relative address on the page at `route`.
fn path(address: &str, route: &str) -> Option<String> {
    let address = address.split(['?', '#']).next()?;
    if address.is_empty() || address.starts_with('/') || address.contains(':') || address.ends_with(".js") {
        return None;
    }
    let address = percent_decode_str(address).decode_utf8().ok()?;
    let mut parts: Vec<&str> = route.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::pictures;

    #[track_caller]
    fn check(html: &str, route: &str, expect: &[&str]) {
        assert_eq!(pictures(html.as_bytes(), route).iter().map(String::as_str).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn of_pages_in_folders_and_above() {
        check(
            "<img src=\"../a%20map.png\" alt=\"\"><img src=\"b.svg?x#y\">",
            "incidents/x.html",
            &["a map.png", "incidents/b.svg"],
        );
        check("<img src=\"maps/a.png\"> src=\"maps/a.png\"", "index.html", &["maps/a.png"]);
    }

    #[test]
    fn what_lies_elsewhere_or_names_itself_anew_does_not_count() {
        check("<img src=\"https://example.org/a.png\"><img src=\"data:,\"><img src=\"/a.png\">", "index.html", &[]);
        check(
            "<img src=\"../../a.png\"><script src=\"../assets/x.0123456789.js\"><img src=\"",
            "incidents/x.html",
            &[],
        );
    }
}
