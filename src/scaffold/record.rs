//! Starting records: valid as they are, with the optional fields as comments.

use crate::model::RecordKind;
use std::fmt::Write;

/// What the author gave.
#[derive(Debug, Default)]
pub struct Given {
    /// The title, or the name of an entity or a place.
    pub title: String,
    /// When it happened, or was published.
    pub date: Option<String>,
    /// What an incident rests on.
    pub source: Option<String>,
}

/// What the site has already: the examples in comments name what is there, so that they hold when they are taken over.
#[derive(Debug, Default)]
pub struct Known {
    /// Kinds that `site.yaml` declares.
    pub kinds: Vec<String>,
    /// Roles that it declares.
    pub roles: Vec<String>,
    /// Ids of sources.
    pub sources: Vec<String>,
    /// Ids of entities.
    pub entities: Vec<String>,
    /// Ids of places.
    pub places: Vec<String>,
    /// Ids of incidents.
    pub incidents: Vec<String>,
}

/// Where a new record lies, below the site's folder.
pub fn path(kind: RecordKind, id: &str) -> String {
    let extension = match kind {
        RecordKind::Incident | RecordKind::Page => "md",
        RecordKind::Source | RecordKind::Entity | RecordKind::Place => "yaml",
    };
    format!("content/{}/{id}.{extension}", kind.folder())
}

/// The text of a new record.
pub fn text(kind: RecordKind, given: &Given, known: &Known) -> String {
    match kind {
        RecordKind::Incident => incident(given, known),
        RecordKind::Source => source(given, known),
        RecordKind::Entity => entity(given, known),
        RecordKind::Place => place(given, known),
        RecordKind::Page => page(given),
    }
}

const INVITATION: &str = "# All that follows is optional: take away the `# ` before what you need.\n";

fn modeline(kind: RecordKind) -> String {
    format!("# yaml-language-server: $schema=../../static/schema/{}.json\n", kind.noun())
}

fn incident(given: &Given, known: &Known) -> String {
    let source = given.source.as_deref().unwrap_or_default();
    let mut text = format!("---\n{}", modeline(RecordKind::Incident));
    let _ = writeln!(text, "title: {}", scalar(&given.title));
    let _ = writeln!(text, "date: {}", scalar(given.date.as_deref().unwrap_or("unknown")));
    let _ = writeln!(text, "sources: [{}]", flow(source));
    text.push_str(INVITATION);
    text.push_str("# summary: One sentence that a reader sees in lists.\n");
    if let Some(kind) = known.kinds.first() {
        let _ = writeln!(text, "# kind: {kind}  # one of: {}", known.kinds.join(", "));
    }
    text.push_str("# status: alleged  # alleged, confirmed, disputed, retracted\n");
    text.push_str("# date_basis: inferred  # stated, inferred, external\n");
    text.push_str("# amount: over USD 50M  # over, at least, almost, about, up to; a range: USD 40M to 60M\n");
    text.push_str("# count: {victims: at least 3}\n");
    let role = known.roles.first().map_or("by", String::as_str);
    if let Some(entity) = known.entities.first() {
        let _ = writeln!(text, "# actors: {{{role}: [{entity}]}}");
    }
    if let Some(place) = known.places.first() {
        let _ = writeln!(text, "# places: [{place}]");
    }
    text.push_str("# tags: [example]\n");
    text.push_str("# claims:  # where sources differ: one claim each, one preferred, with the reason\n");
    text.push_str("#   - about: amount\n#     is: over USD 50M\n");
    if let Some(entity) = known.entities.first() {
        let _ = writeln!(text, "#     by: {entity}");
    }
    let _ = writeln!(text, "#     in: {}", scalar(source));
    text.push_str("#     kind: reported  # stated, reported, estimate, allegation, assessment, denial, inference\n");
    text.push_str("#     rank: preferred\n#     why: closest to the wording of the report\n");
    let _ = writeln!(text, "#   - about: amount\n#     is: USD 50M\n#     in: {}", scalar(source));
    if let Some(other) = known.incidents.first() {
        let _ = writeln!(text, "# relations:\n#   - follows: {other}");
    }
    text.push_str("# draft: true\n---\n\nWhat happened, who says so, and what is not known.\n");
    text
}

fn source(given: &Given, known: &Known) -> String {
    let mut text = modeline(RecordKind::Source);
    let _ = writeln!(text, "title: {}", scalar(&given.title));
    if let Some(date) = &given.date {
        let _ = writeln!(text, "published: {}", scalar(date));
    }
    text.push_str(INVITATION);
    match known.entities.first() {
        Some(entity) => {
            let _ = writeln!(text, "# publisher: {entity}  # an entity's id, or a name such as Daily News");
        }
        None => text.push_str("# publisher: Daily News\n"),
    }
    text.push_str("# kind: news  # news, report, statement, dataset, court, post, other\n");
    if given.date.is_none() {
        text.push_str("# published: 2022-01-05\n");
    }
    text.push_str("# basis: stated  # stated, inferred, external\n");
    text.push_str("# url: https://example.org/article\n");
    text.push_str("# archive: [{url: https://archive.example.org/article, on: 2022-01-06}]\n");
    text.push_str("# authors: [A. Author]\n# language: en\n");
    text.push_str("# seen: false  # known only from others; pages then say \"as cited in\"\n");
    text.push_str("# reliability: B  # the Admiralty letter, A to F\n");
    if let Some(other) = known.sources.first() {
        let _ = writeln!(text, "# cites: [{other}]");
    }
    text.push_str("# note: What else a reader should know.\n");
    text
}

fn entity(given: &Given, known: &Known) -> String {
    let mut text = modeline(RecordKind::Entity);
    let _ = writeln!(text, "name: {}", scalar(&given.title));
    text.push_str(INVITATION);
    text.push_str("# kind: organisation  # state, organisation, group, person\n# aka: [Another Name]\n");
    if let Some(whole) = known.entities.first() {
        let _ = writeln!(text, "# part_of: {whole}");
    }
    text.push_str("# ids: {wikidata: Q42}\n# note: What else a reader should know.\n");
    text
}

fn place(given: &Given, known: &Known) -> String {
    let mut text = modeline(RecordKind::Place);
    let _ = writeln!(text, "name: {}", scalar(&given.title));
    text.push_str(INVITATION);
    text.push_str("# kind: country  # point, city, country, region\n# lat: 52.52\n# lon: 13.405\n");
    if let Some(whole) = known.places.first() {
        let _ = writeln!(text, "# within: {whole}");
    }
    text
}

fn page(given: &Given) -> String {
    format!(
        "---\n{}title: {}\n{INVITATION}# description: One sentence for search engines.\n# order: 10\n# draft: true\n---\n\nWrite here.\n",
        modeline(RecordKind::Page),
        scalar(&given.title)
    )
}

/// A text as a YAML scalar: plain when no reader could take it for anything else, else in double quotes.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The same within brackets.
fn flow(text: &str) -> String {
    if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let taken = ["", "~", "null", "yes", "no", "on", "off", "y", "n", "true", "false"].contains(&word.as_str());
    !taken
        && text.starts_with(|c: char| c.is_alphanumeric())
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['"', '\\', '\t'])
        && !text.chars().any(char::is_control)
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
