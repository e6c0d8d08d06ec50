//! Data as scripts that hand it over by a call.
//!
//! A script can be loaded from a disk, where a page may not fetch anything.

use crate::output::{Entry, Origin, OutPath, Stage};
use crate::source_text::Fingerprint;
use serde::Serialize;

/// A file and the fingerprint in its name.
#[derive(Debug)]
pub(super) struct Script {
    pub path: OutPath,
    pub entry: Entry,
    pub hash: String,
}

impl Script {
    /// The script `search/<name>.<hash>.js`, which hands over `data` by a call of `annals.search.<name>`.
    pub fn new<T: Serialize>(name: &str, data: &T) -> Option<Self> {
        Self::of(name, name, &literal(data))
    }

    /// The same for the part `number` of what is too long for one file, with its number: `search/<name>-<number>.<hash>.js`.
    pub fn part(name: &str, number: usize, data: &str) -> Option<Self> {
        Self::of(&format!("{name}-{number}"), name, &format!("{number},{data}"))
    }

    fn of(name: &str, function: &str, arguments: &str) -> Option<Self> {
        let text = format!("annals.search.{function}({arguments});\n");
        let hash = Fingerprint::of(text.as_bytes()).short(10);
        let path = OutPath::new(&format!("search/{name}.{hash}.js")).ok()?;
        let origin = Origin::of_every_site("a part of the search index");
        Some(Self { path, entry: Entry::new(Stage::Asset, text.into_bytes(), origin), hash })
    }
}

/// A value as JavaScript that may stand in a page, too.
pub(super) fn literal<T: Serialize + ?Sized>(value: &T) -> String {
    // Cannot fail: what is handed over has neither maps with other keys than text nor a serialisation of its own.
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_script() {
        assert_eq!(literal("</script><!--\u{2028}\u{2029}\"\\\n"), r#""\u003c/script>\u003c!--\u2028\u2029\"\\\n""#);
        let script = Script::part("terms", 3, &literal("a<b")).unwrap();
        assert_eq!(&*script.entry.bytes, b"annals.search.terms(3,\"a\\u003cb\");\n");
        assert_eq!(script.path.as_str(), format!("search/terms-3.{}.js", script.hash));
    }
}
