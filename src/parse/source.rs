//! What an author writes of a source, and its reading.

use super::leaf;
use super::reader::{Reader, Way};
use super::yaml::Text;
use crate::diagnostic::Code;
use crate::model::vocabulary::{Basis, Reliability, SourceKind};
use crate::model::{Archive, Id, Publisher, Source};
use schemars::JsonSchema;
use serde::Deserialize;

/// A document that claims are read in, or that is only quoted by others.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals source", extend("required" = ["title"]))]
pub struct SourceYaml {
    /// Its title.
    title: Text,
    /// Who published it: an entity's id, or a name (with a space, a capital or a dot). Left out: not known.
    publisher: Text,
    /// Who wrote it.
    authors: Option<Vec<Text>>,
    /// What kind of document.
    #[schemars(with = "leaf::SourceKindWord")]
    kind: Text,
    /// When it was published: an EDTF date.
    #[schemars(with = "leaf::DateText")]
    published: Text,
    /// How that date came to be known.
    #[schemars(with = "leaf::BasisWord")]
    basis: Text,
    /// Its address.
    #[schemars(with = "leaf::UrlText")]
    url: Text,
    /// Kept copies.
    #[schemars(with = "Vec<ArchiveYaml>")]
    archive: Option<Vec<ArchiveYaml>>,
    /// SHA-256 of the text that the editors hold: 64 hexadecimal digits.
    #[schemars(extend("pattern" = "^[0-9a-fA-F]{64}$"))]
    sha256: Text,
    /// The language of the document (BCP 47): `en`, `ko`.
    language: Text,
    /// `false` when the editors know it only from others; pages then say "as cited in".
    #[schemars(with = "leaf::Flag")]
    seen: Text,
    /// The Admiralty letter, A (reliable) to F (cannot be judged).
    #[schemars(with = "leaf::ReliabilityWord")]
    reliability: Text,
    /// What it rests on itself: ids of sources.
    #[schemars(with = "Vec<leaf::IdText>")]
    cites: Option<Vec<Text>>,
    /// What else a reader should know.
    note: Text,
    /// Earlier ids of this record.
    #[schemars(with = "Vec<leaf::IdText>")]
    aliases: Option<Vec<Text>>,
    /// Keeps the record out of the published site.
    #[schemars(with = "leaf::Flag")]
    draft: Text,
}

/// A kept copy.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, extend("required" = ["url"]))]
pub struct ArchiveYaml {
    /// Where it is.
    #[schemars(with = "leaf::UrlText")]
    url: Text,
    /// The day it was made.
    #[schemars(with = "leaf::DateText")]
    on: Text,
}

/// Reads a source.
pub fn read(reader: &mut Reader<'_>, id: Id, yaml: &SourceYaml) -> Source {
    let root = Way::Root;
    let title = reader
        .required(&root, "title", &yaml.title, "write the document's title: `title: …`")
        .unwrap_or_else(|| id.as_str().to_owned());
    let archive_way = root.key("archive");
    let mut archive = Vec::new();
    for (index, copy) in yaml.archive.iter().flatten().enumerate() {
        let way = archive_way.index(index);
        let on = copy.on.get().and_then(|_| super::day(reader, &way.key("on"), &copy.on));
        if reader.required(&way, "url", &copy.url, "write the address of the copy: `url: https://…`").is_some()
            && let Some(url) = reader.url(&way.key("url"), &copy.url)
        {
            archive.push(Archive { url, on });
        }
    }
    Source {
        title,
        publisher: yaml.publisher.get().map(Publisher::parse),
        authors: reader.texts(yaml.authors.as_deref().unwrap_or_default()),
        kind: reader.word(&root.key("kind"), &yaml.kind, SourceKind::WORDS, SourceKind::parse),
        published: reader.date(&root.key("published"), &yaml.published),
        basis: reader.word(&root.key("basis"), &yaml.basis, Basis::WORDS, Basis::parse),
        url: reader.url(&root.key("url"), &yaml.url),
        archive,
        sha256: sha256(reader, yaml),
        language: reader.text(&yaml.language),
        seen: reader.flag(&root.key("seen"), &yaml.seen, true),
        reliability: reader.word(&root.key("reliability"), &yaml.reliability, Reliability::WORDS, Reliability::parse),
        cites: reader.references(&root.key("cites"), yaml.cites.as_deref().unwrap_or_default()),
        note: reader.text(&yaml.note),
        aliases: reader.aliases(yaml.aliases.as_deref().unwrap_or_default()),
        draft: reader.flag(&root.key("draft"), &yaml.draft, false),
        file: reader.file.clone(),
        id,
    }
}

fn sha256(reader: &mut Reader<'_>, yaml: &SourceYaml) -> Option<String> {
    let text = yaml.sha256.get()?;
    if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    let message =
        format!("`{text}` is no SHA-256: it has {} characters of 64 hexadecimal digits", text.chars().count());
    reader.report(
        Code::WrongType,
        &Way::Root.key("sha256"),
        message,
        "write what `sha256sum FILE` prints before the file's name",
    );
    None
}
