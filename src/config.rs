//! What `content/site.yaml` says, with the defaults for what it does not.

use crate::diagnostic::{Code, Level};
use crate::model::vocabulary::ValueType;
use crate::model::{Currencies, Id};

/// The settings of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// What the site is, in a sentence or two.
    pub description: Option<String>,
    /// Where it will be published, with a slash at its end.
    pub base_url: Option<String>,
    /// `owner/name` on GitHub.
    pub repository: Option<String>,
    /// The branch of it that the site is made from; `HEAD` is its default branch.
    pub branch: String,
    /// BCP 47.
    pub language: String,
    /// SPDX.
    pub licence: Option<String>,
    /// Kinds of incident and their labels, in the order of the lanes; empty when the site declares none.
    pub kinds: Vec<(Id, String)>,
    /// Roles and the words before an actor's name; empty when the site declares none.
    pub roles: Vec<(String, String)>,
    /// Tickers beside ISO 4217 and their names.
    pub currencies: Currencies,
    /// The types of free labels.
    pub labels: Vec<(String, ValueType)>,
    /// The site's own fields and their types.
    pub extra: Vec<(String, ValueType)>,
    /// Levels that differ from the code's own; nothing = off.
    pub lints: Vec<(Code, Option<Level>)>,
    /// How much stands on one page.
    pub timeline: Timeline,
    /// Which data files are made.
    pub data: Data,
    /// Whether social cards are made; nothing = for as many incidents as the home page shows whole.
    pub cards: Option<bool>,
    /// Caps that hold before a parser sees a file.
    pub limits: Limits,
    /// Kinds whose actors in the role `by` are threat actors in the STIX export.
    pub threat_actor_kinds: Vec<Id>,
}

/// How much stands on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The most records that the home page shows whole.
    pub inline: usize,
    /// The most rows of a list before it continues on another page.
    pub page: usize,
}

/// Which data files are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// A JSON file beside each record.
    pub per_record: bool,
    /// Small pages for other sites.
    pub embeds: bool,
}

/// Caps that hold before a parser sees a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file of `content/`.
    pub file: usize,
    /// Bytes of a body.
    pub body: usize,
    /// Levels of nesting, in YAML and in Markdown.
    pub depth: usize,
}

impl Limits {
    /// What `limits` may allow at most.
    pub const MOST: Self = Self { file: 16 << 20, body: 4 << 20, depth: 100 };
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 1 << 20, body: 256 << 10, depth: 64 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Timeline".to_owned(),
            description: None,
            base_url: None,
            repository: None,
            branch: "HEAD".to_owned(),
            language: "en".to_owned(),
            licence: None,
            kinds: Vec::new(),
            roles: Vec::new(),
            currencies: Currencies::iso(),
            labels: Vec::new(),
            extra: Vec::new(),
            lints: Vec::new(),
            timeline: Timeline { inline: 300, page: 500 },
            data: Data { per_record: true, embeds: true },
            cards: None,
            limits: Limits::default(),
            threat_actor_kinds: Vec::new(),
        }
    }
}

impl Config {
    /// The level of a code on this site; nothing when it is off.
    pub fn level(&self, code: Code) -> Option<Level> {
        self.lints.iter().find(|(c, _)| *c == code).map_or(Some(code.level()), |(_, level)| *level)
    }

    /// The words of a kind: its label, else its id with spaces.
    pub fn kind_label(&self, kind: &str) -> String {
        self.kinds
            .iter()
            .find(|(id, _)| id.as_str() == kind)
            .map_or_else(|| sentence_case(&kind.replace('-', " ")), |(_, label)| label.clone())
    }

    /// The words before an actor's name: those of `roles`, else the role with spaces.
    pub fn role_words(&self, role: &str) -> String {
        self.roles
            .iter()
            .find(|(name, _)| name == role)
            .map_or_else(|| role.replace(['_', '-'], " "), |(_, words)| words.clone())
    }

    /// Whether each of so many incidents has a social card of its own.
    pub fn has_incident_cards(&self, incidents: usize) -> bool {
        self.cards.unwrap_or(incidents <= self.timeline.inline)
    }

    /// The type of a free label.
    pub fn label_type(&self, label: &str) -> ValueType {
        self.labels.iter().find(|(name, _)| name == label).map_or(ValueType::Text, |(_, kind)| *kind)
    }

    /// The path below the host at which the site will lie: `/name/`, or `/`.
    pub fn base_path(&self) -> String {
        self.base_url
            .as_deref()
            .and_then(|url| url::Url::parse(url).ok())
            .map_or_else(|| "/".to_owned(), |url| url.path().to_owned())
    }
}

fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
