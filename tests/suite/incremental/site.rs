//! A site as a value: what lies in its folder, and what the user asked for; and a small one to begin with.

use annals::discover::Inputs;
use annals::model::RecordKind;
use annals::pipeline::Options;
use annals::source_text::{File, Trouble};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file as it was read, or why it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub bytes: Arc<[u8]>,
    pub trouble: Option<Trouble>,
}

impl Held {
    pub fn of(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { bytes: bytes.into(), trouble: None }
    }
}

/// One state of a site.
#[derive(Clone, Debug)]
pub struct State {
    pub files: BTreeMap<String, Held>,
    pub options: Options,
}

impl State {
    /// The site below. Pictures are not drawn: that is slow, and nothing in them depends on the order of edits.
    pub fn start() -> Self {
        let files = START.iter().map(|(path, text)| ((*path).to_owned(), Held::of(text.as_bytes()))).collect();
        Self { files, options: Options { only_check: true, ..Options::default() } }
    }

    pub fn put(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.to_owned(), Held::of(bytes));
    }

    /// The text of a file that is there and is text.
    pub fn text(&self, path: &str) -> Option<String> {
        let held = self.files.get(path)?;
        String::from_utf8(held.bytes.to_vec()).ok()
    }

    /// Writes a text over the first place where `from` stands, which must be there.
    pub fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        self.put(path, text.replacen(from, to, 1).as_bytes());
    }

    /// Sorted into their kinds as [`annals::discover`] does it.
    pub fn inputs(&self) -> Inputs {
        let mut inputs = Inputs::default();
        for (path, held) in &self.files {
            let mut file = File::new(path, held.bytes.clone());
            file.trouble.clone_from(&held.trouble);
            match path.as_str() {
                "content/site.yaml" => inputs.site = Some(file),
                "content/site.yml" if !self.files.contains_key("content/site.yaml") => inputs.site = Some(file),
                path if path.starts_with("templates/") => inputs.templates.push(file),
                path if path.starts_with("static/") => inputs.statics.push(file),
                _ if RecordKind::of(&file.id).is_some() => inputs.records.push(file),
                _ => inputs.strays.push(file),
            }
        }
        inputs
    }
}

/// Everything once: every kind of record and reference, rivals, drafts, aliases, lists that are cut into parts, a template
/// and a file of the site's own. Each key stands on a line, so that edits need no parser.
const START: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: Harbour\n\
         description: What happened at a harbour.\n\
         base_url: https://example.org/harbour/\n\
         repository: example/harbour\n\
         language: en\n\
         kinds: {fire: Fire, theft: Theft, rule: Rule}\n\
         roles: {by: by, target: against}\n\
         labels: {cause: text, closed: date}\n\
         extra: {weather: text, insured: amount}\n\
         timeline: {inline: 20, page: 20}\n\
         cards: false\n\
         lints: {single-origin: note, relation-cycle: warning}\n",
    ),
    (
        "content/incidents/2019/quay-fire.md",
        "---\n\
         title: Fire at the quay\n\
         date: 2019-03-05\n\
         summary: Who set it is disputed.\n\
         kind: fire\n\
         status: alleged\n\
         amount: over USD 50M\n\
         count: {workers: at least 3}\n\
         actors: {by: [night-crew], target: [port-office]}\n\
         places: [old-quay]\n\
         tags: [night, Fire & smoke]\n\
         sources: [daily-paper#4, court-file#p12]\n\
         claims:\n\
         \x20 - {id: more, about: amount, is: over USD 50M, by: port-office, via: [log-book], in: daily-paper#4, said: 2019-03-06, kind: estimate, rank: preferred, why: It counted the ships.}\n\
         \x20 - {id: flat, about: amount, is: USD 40M, in: court-file#p12, kind: stated}\n\
         \x20 - {about: cause, is: a lamp, in: daily-paper#7}\n\
         \x20 - {about: closed, is: 2019-04, in: court-file#p14}\n\
         relations:\n\
         \x20 - {follows: lamp-rule, in: daily-paper#11}\n\
         corrections:\n\
         \x20 - {on: 2019-03-08, field: amount, was: USD 40M, now: over USD 50M, why: It counted again.}\n\
         aliases: [harbour-fire]\n\
         extra: {weather: wind and rain, insured: almost EUR 3M}\n\
         ---\n\
         \n\
         ## What happened\n\
         \n\
         The [office](entity:port-office) and [the paper](source:daily-paper) speak of [a rule](incident:lamp-rule#h-why).\n\
         \n\
         ![The map](/map.png)\n",
    ),
    (
        "content/incidents/lamp-rule.md",
        "---\n\
         title: The rule against lamps\n\
         date: 2006/..\n\
         kind: rule\n\
         sources: [harbour-minutes]\n\
         places: [port-city]\n\
         ---\n\
         \n\
         ## Why\n\
         \n\
         Nothing was written down[^1], see [the page](page:about).\n\
         \n\
         [^1]: Later it was.\n",
    ),
    (
        "content/incidents/rope-theft.md",
        "---\n\
         title: A theft of ropes\n\
         date: \"2020?\"\n\
         kind: theft\n\
         status: confirmed\n\
         amount: about USD 2M\n\
         actors: {by: [night-crew]}\n\
         places: [old-quay]\n\
         tags: [night]\n\
         sources: [daily-paper#9]\n\
         relations: [{part-of: long-thefts}]\n\
         ---\n\
         \n\
         Told on [another page](2019/quay-fire.md).\n",
    ),
    (
        "content/incidents/long-thefts.yaml",
        "title: Thefts of two years\n\
         date: 2019/2020-06~\n\
         kind: theft\n\
         amount: USD 3M to 5M\n\
         sources: [court-file#p2]\n\
         tags: [night]\n\
         body: |\n\
         \x20 Told without front matter.\n",
    ),
    (
        "content/incidents/smoke-seen.md",
        "---\n\
         title: Smoke is seen\n\
         date: unknown\n\
         sources: [a-letter]\n\
         ---\n",
    ),
    (
        "content/incidents/new-lamps.md",
        "---\n\
         title: New lamps\n\
         date: 2021-05-01\n\
         kind: rule\n\
         sources: [harbour-minutes#2]\n\
         draft: true\n\
         ---\n\
         \n\
         Not [yet](incident:lamp-rule).\n",
    ),
    (
        "content/sources/daily-paper.yaml",
        "title: The harbour burns\n\
         publisher: Daily Paper\n\
         authors: [A. Author]\n\
         kind: news\n\
         published: 2019-03-06\n\
         url: https://example.org/burns?a=1&b=2\n\
         cites: [log-book]\n",
    ),
    ("content/sources/court-file.yaml", "title: File of the court\nkind: court\npublished: 2021~\n"),
    ("content/sources/log-book.yaml", "title: Log of the harbour\npublisher: port-office\nseen: false\n"),
    ("content/sources/a-letter.yaml", "title: A letter\nkind: other\nseen: false\n"),
    (
        "content/sources/harbour-minutes.yaml",
        "title: Minutes of the harbour\npublished: 2006-02\naliases: [old-minutes]\n",
    ),
    (
        "content/entities/port-office.yaml",
        "name: Port Office\nkind: organisation\naka: [the office]\npart_of: coast-state\nids: {wikidata: Q42}\n",
    ),
    ("content/entities/night-crew.yaml", "name: the night crew\nkind: group\n"),
    ("content/entities/coast-state.yaml", "name: the Coast\nkind: state\n"),
    ("content/places/old-quay.yaml", "name: the Old Quay\nkind: point\nlat: -12.5\nlon: 130.8\nwithin: port-city\n"),
    ("content/places/port-city.yaml", "name: Port City\nkind: city\n"),
    (
        "content/pages/about.md",
        "---\n\
         title: About\n\
         description: What this is.\n\
         order: 1\n\
         ---\n\
         \n\
         # First\n\
         \n\
         See [the fire](incident:quay-fire#more) and [a plan](/docs/plan.txt).\n",
    ),
    (
        "templates/404.html",
        "{% extends \"base.html\" %}\n{%- block main -%}\n<p>Nothing at this address.</p>\n{%- endblock main %}\n",
    ),
    ("static/map.png", "not really a picture"),
    ("static/docs/plan.txt", "A plan.\n"),
];
