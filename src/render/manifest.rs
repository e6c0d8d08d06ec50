//! What a telephone wants to know of a site that is put among its programs.

use serde::Serialize;
use std::collections::BTreeMap;

/// Its name among the assets.
pub(super) const NAME: &str = "manifest.webmanifest";

/// The format of the World Wide Web Consortium; addresses are relative to the file, which lies beside the other assets.
#[derive(Serialize)]
struct Manifest<'a> {
    name: &'a str,
    lang: &'a str,
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    background_color: &'static str,
    theme_color: &'static str,
    icons: Vec<Icon<'a>>,
}

#[derive(Serialize)]
struct Icon<'a> {
    src: &'a str,
    sizes: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The file, of a site whose assets lie at `paths`.
pub(super) fn json(title: &str, language: &str, paths: &BTreeMap<String, String>) -> String {
    let icon = |name: &str, sizes, kind| {
        let path = paths.get(name)?;
        Some(Icon { src: path.rsplit('/').next().unwrap_or(path), sizes, kind })
    };
    let icons = [icon("favicon.svg", "any", "image/svg+xml"), icon("apple-touch-icon.png", "180x180", "image/png")];
    let manifest = Manifest {
        name: title,
        lang: language,
        start_url: "../index.html",
        scope: "../",
        // With the browser's own ways to go back, to share and to see the address.
        display: "browser",
        background_color: "#ffffff",
        theme_color: "#ffffff",
        icons: icons.into_iter().flatten().collect(),
    };
    // A structure without maps cannot fail.
    serde_json::to_string_pretty(&manifest).unwrap_or_default()
}
