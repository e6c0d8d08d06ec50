//! Values in words: the only place with sentences for readers.
//!
//! In: values of `model`. Out: text without markup (or pieces of it that may lead somewhere), in the language of a [`Lexicon`].
//! Must never be here: a record, a template, HTML; a word of any language outside its table.

pub mod amount;
pub mod attribution;
pub mod date;
mod english;
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
const LANGUAGES: &[&Lexicon] = &[&ENGLISH, &GERMAN];

/// The table for a language tag of BCP 47; of `en-GB` the first part decides, and English stands for what is not there.
///
/// ```
/// assert_eq!(annals::phrase::lexicon("en-GB").language, "en");
/// assert_eq!(annals::phrase::lexicon("tlh").language, "en");
/// ```
pub fn lexicon(language: &str) -> &'static Lexicon {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|lexicon| lexicon.language.eq_ignore_ascii_case(primary)).copied().unwrap_or(&ENGLISH)
}

#[cfg(test)]
mod tests;
