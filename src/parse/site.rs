//! What an author writes in `content/site.yaml`, and its reading.

use super::leaf;
use super::reader::{Reader, Way, refusal};
use super::yaml::{Named, Text};
use crate::config::{Config, Limits};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, Level, list};
use crate::model::vocabulary::ValueType;
use crate::model::{Currencies, Id, id};
use schemars::JsonSchema;
use serde::Deserialize;

/// The settings of a site; all optional.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals site")]
pub struct SiteYaml {
    /// The site's name.
    title: Text,
    /// What the site is, in a sentence or two.
    description: Text,
    /// Where it will be published: `https://owner.github.io/name/`. Default: from `repository`.
    #[schemars(with = "leaf::UrlText")]
    base_url: Text,
    /// `owner/name` on GitHub.
    #[schemars(extend("pattern" = "^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"))]
    repository: Text,
    /// The branch of `repository` that links for editing lead to; default `HEAD`, which is its default branch.
    #[schemars(extend("pattern" = "^[^ ~^:?*\\[\\\\]+$", "maxLength" = 200))]
    branch: Text,
    /// The language of the site (BCP 47); default `en`.
    language: Text,
    /// The licence of the content: an SPDX identifier such as `CC-BY-4.0`.
    licence: Text,
    /// Kinds of incident and their labels, in the order of the lanes: `theft: Theft`.
    kinds: Named<Text>,
    /// Roles and the words before an actor's name: `target: against`.
    roles: Named<Text>,
    /// Tickers beside ISO 4217, and their names: `BTC: bitcoin`.
    currencies: Named<Text>,
    /// The types of free labels: `covers: date`.
    #[schemars(with = "Named<leaf::ValueTypeWord>")]
    labels: Named<Text>,
    /// The site's own fields and their types: `casualties: count`.
    #[schemars(with = "Named<leaf::ValueTypeWord>")]
    extra: Named<Text>,
    /// Levels by code: `single-unseen-source: off`. Errors of shape and identity may not be lowered.
    #[schemars(with = "Named<leaf::LevelWord>")]
    lints: Named<Text>,
    /// How much stands on one page.
    timeline: TimelineYaml,
    /// Which data files are made.
    data: DataYaml,
    /// Whether social cards are made; default: one for the site, and one for each incident unless there are more of them
    /// than `timeline.inline`.
    #[schemars(with = "leaf::Flag")]
    cards: Text,
    /// Caps on what is read.
    limits: LimitsYaml,
    /// Settings of the STIX export.
    stix: StixYaml,
}

/// How much stands on one page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct TimelineYaml {
    /// The most records that the home page shows whole; default 300.
    #[schemars(with = "leaf::Whole")]
    inline: Text,
    /// The most rows of a list before it continues on another page; default 500.
    #[schemars(with = "leaf::Whole")]
    page: Text,
}

/// Which data files are made.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct DataYaml {
    /// A JSON file beside each record; default true.
    #[schemars(with = "leaf::Flag")]
    per_record: Text,
    /// Small pages for other sites; default true.
    #[schemars(with = "leaf::Flag")]
    embeds: Text,
}

/// Caps on what is read.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct LimitsYaml {
    /// Bytes of a file; default 1048576.
    #[schemars(with = "leaf::Whole")]
    file: Text,
    /// Bytes of a body; default 262144.
    #[schemars(with = "leaf::Whole")]
    body: Text,
    /// Levels of nesting; default 64.
    #[schemars(with = "leaf::Whole")]
    depth: Text,
}

/// Settings of the STIX export.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct StixYaml {
    /// Kinds whose actors in the role `by` are threat actors.
    #[schemars(with = "Vec<leaf::IdText>")]
    threat_actor_kinds: Option<Vec<Text>>,
}

/// Reads the settings.
pub fn read(reader: &mut Reader<'_>, yaml: &SiteYaml) -> Config {
    let root = Way::Root;
    let default = Config::default();
    let repository = repository(reader, &yaml.repository);
    let base_url = base_url(reader, yaml, repository.as_deref());
    if yaml.title.get().is_none() && !reader.is_told(&root.key("title").path()) {
        reader.problems.push(missing_title(reader.file));
    }
    let limits = limits(reader, &yaml.limits);
    let timeline_way = root.key("timeline");
    Config {
        title: reader.text(&yaml.title).unwrap_or(default.title),
        description: reader.text(&yaml.description),
        base_url,
        repository,
        branch: branch(reader, &yaml.branch).unwrap_or(default.branch),
        language: language(reader, &yaml.language).unwrap_or(default.language),
        licence: reader.text(&yaml.licence),
        kinds: kinds(reader, &yaml.kinds),
        roles: named(reader, "roles", "role", &yaml.roles),
        currencies: currencies(reader, &yaml.currencies),
        labels: types(reader, "labels", "label", &yaml.labels),
        extra: types(reader, "extra", "field", &yaml.extra),
        lints: lints(reader, &yaml.lints),
        timeline: crate::config::Timeline {
            inline: whole(
                reader,
                &timeline_way.key("inline"),
                &yaml.timeline.inline,
                default.timeline.inline,
                (0, 100_000),
            ),
            page: whole(reader, &timeline_way.key("page"), &yaml.timeline.page, default.timeline.page, (1, 100_000)),
        },
        data: crate::config::Data {
            per_record: reader.flag(&root.key("data").key("per_record"), &yaml.data.per_record, true),
            embeds: reader.flag(&root.key("data").key("embeds"), &yaml.data.embeds, true),
        },
        cards: yaml.cards.get().is_some().then(|| reader.flag(&root.key("cards"), &yaml.cards, true)),
        limits,
        threat_actor_kinds: threat_actor_kinds(reader, yaml),
    }
}

/// The warning for a site without a name.
pub fn missing_title(file: &crate::source_text::FileId) -> Diagnostic {
    Diagnostic::new(Code::MissingTitle, At::file(file), "the site has no title; pages will say “Timeline”")
        .help("write `title: …` in `content/site.yaml`")
}

fn repository(reader: &mut Reader<'_>, text: &Text) -> Option<String> {
    let text = text.get()?;
    let part = |s: &str| {
        !s.is_empty()
            && s.len() <= 100
            && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    if text.split_once('/').is_some_and(|(owner, name)| part(owner) && part(name)) {
        return Some(text.to_owned());
    }
    let message = format!("`{text}` is no repository");
    reader.report(
        Code::WrongType,
        &Way::Root.key("repository"),
        message,
        "write `owner/name`, as in its address on GitHub",
    );
    None
}

/// The name of a branch, as `git check-ref-format` has it apart from what no address could be harmed by.
fn branch(reader: &mut Reader<'_>, text: &Text) -> Option<String> {
    let text = text.get()?;
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.');
    if text.len() <= 200 && !text.contains(is_odd) && !text.contains("..") && text.split('/').all(part) {
        return Some(text.to_owned());
    }
    let message = format!("`{text}` is no name of a branch");
    reader.report(
        Code::WrongType,
        &Way::Root.key("branch"),
        message,
        "write it as GitHub shows it, for example `main`",
    );
    None
}

fn base_url(reader: &mut Reader<'_>, yaml: &SiteYaml, repository: Option<&str>) -> Option<String> {
    let way = Way::Root.key("base_url");
    if yaml.base_url.get().is_some() {
        let url = reader.url(&way, &yaml.base_url)?;
        return match tidy_base_url(&url) {
            Some(url) => Some(url),
            None => {
                let message = format!("`{url}` has a query or a fragment");
                reader.report(
                    Code::UnsafeUrl,
                    &way,
                    message,
                    "write the address of the site's folder: `https://owner.github.io/name/`",
                );
                None
            }
        };
    }
    if let Some((owner, name)) = repository.and_then(|repository| repository.split_once('/')) {
        let owner = owner.to_ascii_lowercase();
        let host = format!("{owner}.github.io");
        return Some(if name.eq_ignore_ascii_case(&host) {
            format!("https://{host}/")
        } else {
            format!("https://{host}/{name}/")
        });
    }
    None
}

/// A base URL with one slash at its end; nothing when it is not the address of a folder.
pub fn tidy_base_url(text: &str) -> Option<String> {
    let mut url = url::Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Some(url.to_string())
}

fn language(reader: &mut Reader<'_>, text: &Text) -> Option<String> {
    let text = text.get()?;
    let sound = text.len() <= 35
        && text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if sound {
        return Some(text.to_owned());
    }
    let message = format!("`{text}` is no language");
    reader.report(Code::WrongType, &Way::Root.key("language"), message, "write a BCP 47 tag: `en`, `de`, `ko`");
    None
}

fn kinds(reader: &mut Reader<'_>, yaml: &Named<Text>) -> Vec<(Id, String)> {
    let list_way = Way::Root.key("kinds");
    let mut kinds = Vec::new();
    for (kind, label) in &yaml.0 {
        if id::is_valid(kind) {
            kinds.push((Id::new(kind), label.get().unwrap_or(kind).to_owned()));
        } else {
            let (message, help) = refusal(kind);
            let at = At::key(reader.file, &list_way.key(kind).path());
            reader.problems.push(Diagnostic::new(Code::InvalidId, at, message).help(help));
        }
    }
    kinds
}

fn named(reader: &mut Reader<'_>, key: &str, what: &str, yaml: &Named<Text>) -> Vec<(String, String)> {
    let list_way = Way::Root.key(key);
    let mut pairs = Vec::new();
    for (name, words) in &yaml.0 {
        if reader.name(&list_way.key(name), name, what) {
            pairs.push((name.clone(), words.get().unwrap_or(name).to_owned()));
        }
    }
    pairs
}

fn currencies(reader: &mut Reader<'_>, yaml: &Named<Text>) -> Currencies {
    let list_way = Way::Root.key("currencies");
    let mut currencies = Currencies::iso();
    for (code, name) in &yaml.0 {
        if let Err(error) = currencies.declare(code, name.get().unwrap_or(code)) {
            let at = At::key(reader.file, &list_way.key(code).path());
            reader.problems.push(Diagnostic::new(Code::InvalidId, at, error.message).help(error.help));
        }
    }
    currencies
}

fn types(reader: &mut Reader<'_>, key: &str, what: &str, yaml: &Named<Text>) -> Vec<(String, ValueType)> {
    let list_way = Way::Root.key(key);
    let mut types = Vec::new();
    for (name, kind) in &yaml.0 {
        let way = list_way.key(name);
        if kind.get().is_none() {
            nothing(reader, &way, ValueType::WORDS);
            continue;
        }
        if reader.name(&way, name, what)
            && let Some(kind) = reader.word(&way, kind, ValueType::WORDS, ValueType::parse)
        {
            types.push((name.clone(), kind));
        }
    }
    types
}

fn nothing(reader: &mut Reader<'_>, way: &Way<'_>, words: &[&str]) {
    let path = way.path();
    if !reader.is_told(&path) {
        let help = format!("write one of {}", list(words.iter().copied()));
        reader.report(Code::WrongType, way, format!("`{path}` is empty"), help);
    }
}

fn lints(reader: &mut Reader<'_>, yaml: &Named<Text>) -> Vec<(Code, Option<Level>)> {
    let list_way = Way::Root.key("lints");
    let mut lints = Vec::new();
    for (name, text) in &yaml.0 {
        let way = list_way.key(name);
        let Some(code) = Code::named(name) else {
            let at = At::key(reader.file, &way.path());
            let mut problem = Diagnostic::new(Code::UnknownField, at, format!("`{name}` is no code of a problem"));
            problem = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
                Some(guess) => problem.help(format!("did you mean `{guess}`?")),
                None => problem.help("`annals check` prints the codes in brackets"),
            };
            reader.problems.push(problem);
            continue;
        };
        const WORDS: &[&str] = &["off", "note", "warning", "error"];
        if text.get().is_none() {
            nothing(reader, &way, WORDS);
            continue;
        }
        let level = reader.word(&way, text, WORDS, |word| match word {
            "off" => Some(None),
            "note" => Some(Some(Level::Note)),
            "warning" => Some(Some(Level::Warning)),
            "error" => Some(Some(Level::Error)),
            _ => None,
        });
        match level {
            Some(level) if code.may_change() || level == Some(Level::Error) => lints.push((code, level)),
            Some(_) => {
                let message = format!("`{name}` is an error of shape or identity and stays one");
                reader.report(Code::WrongType, &way, message, "remove this line, and mend what it reports");
            }
            None => {}
        }
    }
    lints
}

fn limits(reader: &mut Reader<'_>, yaml: &LimitsYaml) -> Limits {
    let (default, most) = (Limits::default(), Limits::MOST);
    let way = Way::Root.key("limits");
    Limits {
        file: whole(reader, &way.key("file"), &yaml.file, default.file, (1, most.file)),
        body: whole(reader, &way.key("body"), &yaml.body, default.body, (1, most.body)),
        depth: whole(reader, &way.key("depth"), &yaml.depth, default.depth, (4, most.depth)),
    }
}

fn whole(reader: &mut Reader<'_>, way: &Way<'_>, text: &Text, default: usize, (least, most): (usize, usize)) -> usize {
    let Some(text) = text.get() else { return default };
    match text.parse::<usize>() {
        Ok(number) if (least..=most).contains(&number) => number,
        _ => {
            let message = format!("`{text}` is no number from {least} to {most}");
            reader.report(Code::WrongType, way, message, format!("write a whole number; the default is {default}"));
            default
        }
    }
}

fn threat_actor_kinds(reader: &mut Reader<'_>, yaml: &SiteYaml) -> Vec<Id> {
    let way = Way::Root.key("stix");
    let way = way.key("threat_actor_kinds");
    let known: Vec<&str> = yaml.kinds.0.iter().map(|(kind, _)| kind.as_str()).collect();
    let mut kinds = Vec::new();
    for (index, text) in yaml.stix.threat_actor_kinds.iter().flatten().enumerate() {
        let Some(kind) = text.get() else { continue };
        if known.is_empty() || known.contains(&kind) {
            kinds.push(Id::new(kind));
        } else {
            let help = nearest(kind, known.iter().copied()).map_or_else(
                || format!("write one of {}", list(known.iter().copied())),
                |guess| format!("did you mean `{guess}`?"),
            );
            reader.report(Code::UnknownKind, &way.index(index), format!("`{kind}` is no kind of this site"), help);
        }
    }
    kinds
}
