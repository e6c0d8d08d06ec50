//! The theme that is embedded in the program.

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "*.html"]
#[include = "*.json"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "static"]
#[exclude = "schema/*"]
struct Static;

/// The built-in templates, by name, sorted.
pub(super) fn templates() -> Vec<(String, String)> {
    files::<Templates>().filter(|(name, _)| name.ends_with(".html")).map(|(name, bytes)| (name, text(bytes))).collect()
}

/// The first part of a language tag of BCP 47, which decides on the words: `de` of `de-AT`.
pub(super) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The words of the built-in templates in a language: English ones, with those of the language over them.
pub(super) fn strings(language: &str) -> serde_json::Map<String, serde_json::Value> {
    let mut strings = serde_json::Map::new();
    for name in ["en", &primary(language)] {
        if let Some(file) = Templates::get(&format!("strings/{name}.json"))
            && let Ok(own) = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&file.data)
        {
            strings.extend(own);
        }
    }
    strings
}

/// The built-in assets, by path below `static/`, sorted.
pub(super) fn assets() -> Vec<(String, Vec<u8>)> {
    files::<Static>().collect()
}

fn files<E: RustEmbed>() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut names: Vec<_> = E::iter().collect();
    names.sort();
    names.into_iter().filter_map(|name| Some((name.to_string(), E::get(&name)?.data.into_owned())))
}

/// Built-in templates are text; a test renders every one of them.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
