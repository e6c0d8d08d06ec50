//! Every language that the program speaks: the same words in every table, and none of another language on a page.

use super::html::Page;
use super::tree;
use annals::diagnostic::Code;
use annals::discover::{self, Inputs};
use annals::phrase::{ENGLISH, GERMAN, LANGUAGES, Lexicon};
use annals::pipeline::{self, Options, Outcome};
use annals::source_text::File;
use std::collections::{BTreeMap, BTreeSet};

type Strings = BTreeMap<String, String>;

/// The words of the templates in a language.
fn strings(language: &str) -> Strings {
    let path = tree::repository().join(format!("templates/strings/{language}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The places of a pattern.
fn places(pattern: &str) -> BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}

#[test]
fn every_language_has_the_words_of_the_templates() {
    let english = strings("en");
    let mut wrong = Vec::new();
    for lexicon in LANGUAGES {
        let (language, own) = (lexicon.language, strings(lexicon.language));
        for (key, text) in &english {
            match own.get(key) {
                None => wrong.push(format!("{language}.json lacks `{key}`: {text:?}")),
                Some(own) if places(own) != places(text) => {
                    wrong.push(format!("{language}.json fills other places in `{key}`: {own:?} for {text:?}"));
                }
                Some(own) if own.is_empty() => wrong.push(format!("{language}.json leaves `{key}` empty: {text:?}")),
                Some(_) => {}
            }
        }
        let unknown = own.keys().filter(|key| !english.contains_key(*key));
        wrong.extend(unknown.map(|key| format!("{language}.json has `{key}`, which en.json has not")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A site built in another language than that of its settings.
fn built(mut inputs: Inputs, language: &str, options: &Options) -> Outcome {
    let unset = || b"title: A title\nlanguage: en-GB\n".as_slice().into();
    let settings = inputs.site.map_or_else(unset, |file| file.bytes);
    let text = String::from_utf8(settings.to_vec()).unwrap();
    assert!(text.contains("language: en-GB"), "{text}");
    let text = text.replace("language: en-GB", &format!("language: {language}"));
    inputs.site = Some(File::new("content/site.yaml", text.as_bytes()));
    pipeline::run(&inputs, options, &|_| ())
}

fn case(name: &str) -> Inputs {
    discover::read(&tree::case(name)).unwrap()
}

/// Words and pieces of sentences that a language has and German does not.
fn foreign(strings: &Strings, lexicon: &Lexicon) -> BTreeSet<String> {
    let quoted = |lexicon: &Lexicon| -> Vec<String> {
        format!("{lexicon:?}").split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let pieces = |patterns: Vec<String>| -> BTreeSet<String> {
        let parts = patterns.iter().flat_map(|pattern| pattern.split(['{', '}']).step_by(2));
        parts.map(|part| part.trim().to_owned()).filter(|part| part.chars().any(char::is_alphabetic)).collect()
    };
    let all = |strings: &Strings, lexicon| pieces(strings.values().cloned().chain(quoted(lexicon)).collect());
    all(strings, lexicon).difference(&all(&self::strings("de"), &GERMAN)).cloned().collect()
}

/// What of `foreign` a file shows: as a sentence anywhere, or as the whole of what an element or an attribute of a page
/// says.
fn found<'f>(path: &str, text: &str, foreign: &'f BTreeSet<String>) -> Vec<&'f str> {
    let mut alone = BTreeSet::new();
    if path.ends_with(".html") {
        let page = Page::read(text).unwrap();
        alone.extend(page.elements.iter().map(|element| page.text(element)));
        let spoken = |name| ["aria-label", "title", "alt", "content", "placeholder"].contains(&name);
        let attributes = page.elements.iter().flat_map(|element| element.attributes());
        let attributes = attributes.filter(|(name, _)| spoken(*name) || name.starts_with("data-"));
        alone.extend(attributes.map(|(_, value)| value.to_owned()));
    }
    let is_sentence = |words: &str| words.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count() > 1;
    let shown = |words: &&str| alone.contains(*words) || (is_sentence(words) && text.contains(*words));
    foreign.iter().map(String::as_str).filter(shown).collect()
}

#[test]
fn a_german_site_is_german() {
    let english = foreign(&strings("en"), &ENGLISH);
    let preview = Options { drafts: true, preview: true, ..Options::default() };
    let mut wrong = Vec::new();
    for (name, language, options) in [
        ("everything/site", "de", Options::default()),
        ("everything/site", "de-AT", preview),
        ("five-lines/site", "de", Options::default()),
    ] {
        // Templates of the site's own have words of their own, and what records say is in their language.
        let site = Inputs { templates: Vec::new(), ..case(name) };
        let said: String = site.records.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
        let mut english = english.clone();
        english.retain(|words| !said.contains(words.as_str()));
        assert!(english.len() > 250, "{}", english.len());
        let outcome = built(site, language, &options);
        let files = tree::of(&outcome.output);
        assert!(files.contains_key("search.html") && files.contains_key("404.html"));
        // Assets are the same in every language.
        for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with("assets/")) {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            if path.ends_with(".html") && !text.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")) {
                wrong.push(format!("{path} is not marked as German"));
            }
            wrong.extend(found(path, text, &english).into_iter().map(|words| format!("{path} says {words:?}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_language_without_words_is_told() {
    let outcome = built(case("everything/site"), "tlh", &Options::default());
    let told: Vec<_> = outcome.problems.iter().filter(|problem| problem.code == Code::MissingWords).collect();
    assert_eq!(told.len(), 1);
    let html = tree::of(&outcome.output)["disputed.html"].clone();
    let html = String::from_utf8(html).unwrap();
    assert!(html.contains(r#"<html lang="tlh""#) && html.contains("Disputed points"));
}

#[test]
fn words_of_the_site_stand_over_those_of_the_program() {
    let own = |path: &str, text: &str| File::new(path, text.as_bytes());
    let templates = vec![
        own("templates/strings/de-AT.json", r#"{"nav_figures": "Ziffern"}"#),
        own("templates/strings/de.json", r#"{"nav_figures": "Beträge", "nav_places": "Plätze"}"#),
        own("templates/strings/fr.json", r#"{"nav_kinds": "Types"}"#),
    ];
    let site = Inputs { templates, ..case("everything/site") };
    let outcome = built(site, "de-AT", &Options::default());
    let html = String::from_utf8(tree::of(&outcome.output)["disputed.html"].clone()).unwrap();
    for words in [">Ziffern<", ">Plätze<", ">Arten<"] {
        assert!(html.contains(words), "{words}");
    }
}
