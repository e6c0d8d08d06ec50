//! Values in words: the only place with sentences for readers.
//!
//! A language is added by tables alone: a file here with its [`Lexicon`] (English is the example, German the one with
//! cases), its row in [`LANGUAGES`], and `templates/strings/<language>.json` with the words of the templates. Tests name
//! every word that is missing, every place of a pattern that is not filled, and every English word that a page still
//! shows. Where a table cannot say what a language needs, a pattern gets a further place or [`pattern::Forms`]; no code
//! asks which language it speaks.
//!
//! In: values of `model`. Out: text without markup (or pieces of it that may lead somewhere), in the language of a [`Lexicon`].
//! Must never be here: a record, a template, HTML; a word of any language outside its table.

pub mod amount;
pub mod attribution;
pub mod date;
mod english;
pub mod figures;
mod german;
pub mod lexicon;
pub mod pattern;
pub mod piece;
pub mod terms;

pub use english::ENGLISH;
pub use german::GERMAN;
pub use lexicon::Lexicon;
pub use terms::Terms;

/// Every language, in the order in which they were added.
pub const LANGUAGES: &[&Lexicon] = &[&ENGLISH, &GERMAN];

/// The table for a language tag of BCP 47: of `en-GB` the first part decides, and English stands for what is not there.
///
/// ```
/// assert_eq!(annals::phrase::lexicon("en-GB").language, "en");
/// assert_eq!(annals::phrase::lexicon("tlh").language, "en");
/// ```
pub fn lexicon(language: &str) -> &'static Lexicon {
    known(language).unwrap_or(&ENGLISH)
}

/// The same, or nothing where there is no table.
pub fn known(language: &str) -> Option<&'static Lexicon> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|lexicon| lexicon.language.eq_ignore_ascii_case(primary)).copied()
}

#[cfg(test)]
mod tests;
