//! What an author writes of a plain page, and its reading.

use super::leaf;
use super::reader::{Reader, Way};
use super::yaml::Text;
use crate::diagnostic::Code;
use crate::model::{Id, Page};
use schemars::JsonSchema;
use serde::Deserialize;

/// A plain page of text.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "annals page", extend("required" = ["title"]))]
pub struct PageYaml {
    /// What it is called.
    title: Text,
    /// One sentence for search engines.
    description: Text,
    /// Its place among the pages; smaller comes first.
    #[schemars(with = "leaf::Whole")]
    order: Text,
    /// Earlier ids of this page.
    #[schemars(with = "Vec<leaf::IdText>")]
    aliases: Option<Vec<Text>>,
    /// Keeps the page out of the published site.
    #[schemars(with = "leaf::Flag")]
    draft: Text,
    /// The text, in a `.yaml` file; in a `.md` file it stands below the front matter.
    pub(super) body: Text,
}

/// Reads a page, apart from its text.
pub fn read(reader: &mut Reader<'_>, id: Id, yaml: &PageYaml) -> Page {
    let root = Way::Root;
    let order = yaml.order.get().and_then(|text| {
        let order = text.parse().ok();
        if order.is_none() {
            let message = format!("`{text}` is no whole number");
            reader.report(Code::WrongType, &root.key("order"), message, "write a number: `order: 10`");
        }
        order
    });
    Page {
        title: reader
            .required(&root, "title", &yaml.title, "write what a reader should see above the page: `title: …`")
            .unwrap_or_else(|| id.as_str().to_owned()),
        description: reader.text(&yaml.description),
        order,
        aliases: reader.aliases(yaml.aliases.as_deref().unwrap_or_default()),
        draft: reader.flag(&root.key("draft"), &yaml.draft, false),
        file: reader.file.clone(),
        id,
    }
}
