//! Whether the program speaks the language of the site.

use crate::diagnostic::{At, Code, Diagnostic, KeyPath, list};
use crate::phrase;
use crate::source_text::FileId;

/// `missing-words`. Pages name the language of the content as their own, so English words between would be read out in
/// the wrong voice; no page can mend that, and whoever publishes it has to know.
pub(super) fn missing(language: &str) -> Option<Diagnostic> {
    if phrase::known(language).is_some() {
        return None;
    }
    let at = At::value(&FileId::new("content/site.yaml"), &KeyPath::of("language"));
    let message =
        format!("there are no words for the language `{language}`; labels, dates and sentences are in English");
    let known = list(phrase::LANGUAGES.iter().map(|lexicon| lexicon.language));
    Some(
        Diagnostic::new(Code::MissingWords, at, message).help(format!(
            "choose one of {known}, or bring at least the labels in `templates/strings/{language}.json`"
        )),
    )
}
