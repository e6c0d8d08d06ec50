//! A page's view and the templates to bytes.
//!
//! In: views as values that can be serialised, templates as text. Out: HTML, or where in which template it failed.
//! Must never be here: a record, the settings, a look at the disk; a function by which a template could look anything up.

mod builtin;
mod fault;
mod manifest;

pub use fault::Fault;

use crate::diagnostic::Diagnostic;
use crate::output::{Entry, Origin, OutPath, Stage};
use crate::source_text::{File, FileId, Fingerprint};
use fault::BUILT_IN;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every template sees beside its view; converted once.
#[derive(Debug, Default, Serialize)]
pub struct Globals {
    /// About the site.
    pub site: SiteGlobals,
    /// Paths of built-in assets below the output folder, by their paths below `static/`.
    pub assets: BTreeMap<String, String>,
    /// The words that templates say themselves, in the language of the site.
    pub t: serde_json::Map<String, serde_json::Value>,
}

/// What every template sees of the site.
#[derive(Debug, Default, Serialize)]
pub struct SiteGlobals {
    /// The site's name.
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The same as others write it, `en_GB`, when it names a region.
    pub locale: Option<String>,
    /// SPDX.
    pub licence: Option<String>,
    /// `owner/name` on GitHub.
    pub repository: Option<String>,
    /// Ways to take part, when there is a repository.
    pub contribute: Option<crate::page::Contribute>,
    /// Where it will be published.
    pub base_url: Option<String>,
    /// Whether it is built to be reviewed.
    pub preview: bool,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Plain pages, in their order; addresses below the output folder.
    pub pages: Vec<PageLink>,
    /// The program and its version.
    pub generator: &'static str,
    /// What counts as today: `YYYY-MM-DD`. Nothing when neither the user nor the content names a day.
    pub now: Option<String>,
    /// Whether there is anything on the page of corrections.
    pub has_corrections: bool,
    /// Whether there is anything on the page of disputes.
    pub has_disputed: bool,
}

/// A plain page in the navigation.
#[derive(Debug, Serialize)]
pub struct PageLink {
    /// Its title.
    pub title: String,
    /// Its address below the output folder.
    pub url: String,
}

/// The templates of a site: its own over the built-in ones.
#[derive(Debug)]
pub struct Theme {
    tera: tera::Tera,
    sources: BTreeMap<FileId, File>,
    assets: std::collections::BTreeSet<String>,
}

impl Theme {
    /// Reads the templates. Those with a fault are left out, so that all faults of all templates come out in one run;
    /// a site must not be published then.
    ///
    /// `own` are the files of the site's `templates/`.
    pub fn new(own: &[File], mut globals: Globals) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut sources = BTreeMap::new();
        let mut texts: Vec<(String, String)> = Vec::new();
        for (name, text) in builtin::templates() {
            let file = File::new(&format!("{BUILT_IN}{name}"), text.as_bytes());
            sources.insert(file.id.clone(), file);
            texts.push((format!("__builtin/{name}"), text));
        }
        let language = &globals.site.language;
        let mut strings = builtin::strings(language);
        // Those for all who speak a language, then those for one region of it.
        let string_files = [builtin::primary(language), language.clone()].map(|name| format!("strings/{name}.json"));
        let mut own_strings = Vec::new();
        for file in own {
            sources.insert(file.id.clone(), file.clone());
            let text = match std::str::from_utf8(&file.bytes) {
                Ok(text) if file.trouble.is_none() => text,
                _ => {
                    problems.push(fault::unreadable(file));
                    continue;
                }
            };
            let name = file.id.path().strip_prefix("templates/").unwrap_or(file.id.path());
            if name.ends_with(".html") {
                match syntax(name, text) {
                    Some(problem) => problems.push(problem.into_diagnostic(&[])),
                    None => texts.push((name.to_owned(), text.to_owned())),
                }
            } else if let Some(rank) = string_files.iter().position(|file| file == name) {
                match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) {
                    Ok(own) => own_strings.push((rank, own)),
                    Err(error) => problems.push(fault::strings(file, &error)),
                }
            }
        }
        own_strings.sort_by_key(|(rank, _)| *rank);
        strings.extend(own_strings.into_iter().flat_map(|(_, own)| own));
        globals.t = strings;
        let mut tera = empty();
        // One batch, so that templates may name each other in any order.
        loop {
            match tera.add_raw_templates(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
                Ok(()) => break,
                Err(error) => {
                    let faults = Fault::all_of(&error, &sources);
                    let before = texts.len();
                    texts.retain(|(name, _)| !faults.iter().any(|fault| fault.template == *name));
                    let own = faults.into_iter().filter(|fault| !fault.dragged);
                    problems.extend(own.map(|fault| fault.into_diagnostic(&[])));
                    if texts.len() == before {
                        break;
                    }
                    tera = empty();
                }
            }
        }
        let context = tera.global_context();
        context.insert("site", &globals.site);
        context.insert("assets", &globals.assets);
        context.insert("t", &globals.t);
        let assets = globals.assets.into_keys().collect();
        (Self { tera, sources, assets }, problems)
    }

    /// Renders a view into `bytes`, after what is there.
    ///
    /// The caller brings the buffer so that one serves many pages: pages grow in it, and none has to carry its slack.
    ///
    /// # Errors
    /// Where in which template it failed; `bytes` then ends in a part of the page.
    pub fn render(&self, template: &str, view: &dyn erased_serde::Serialize, bytes: &mut Vec<u8>) -> Result<(), Fault> {
        let mut context = tera::Context::new();
        context.insert("page", view);
        self.tera.render_to(template, &context, bytes).map_err(|error| {
            Fault::all_of(&error, &self.sources).into_iter().next().unwrap_or_else(|| Fault::unknown(template, &error))
        })
    }

    /// Whether a path below `static/` is that of a built-in asset.
    pub fn has_asset(&self, name: &str) -> bool {
        self.assets.contains(name)
    }

    /// The text of a template, for messages.
    pub fn source(&self, file: &FileId) -> Option<&File> {
        self.sources.get(file)
    }
}

fn empty() -> tera::Tera {
    let mut tera = tera::Tera::default();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    // Cannot fail: no template has been added yet.
    let _ = tera.set_fallback_prefixes(["__builtin/"]);
    tera
}

/// What is wrong with the syntax of one template, apart from the names of others.
fn syntax(name: &str, text: &str) -> Option<Fault> {
    let error = empty().add_raw_template(name, text).err()?;
    match error.kind() {
        tera::ErrorKind::SyntaxError(_) => Fault::all_of(&error, &BTreeMap::new()).into_iter().next(),
        _ => None,
    }
}

/// The built-in assets, each with its fingerprint in its name; `own` files of the same path take their place.
///
/// Gives the entries and, by path below `static/`, where each lies.
pub fn assets(own: &[File], title: &str, language: &str) -> (Vec<(OutPath, Entry)>, BTreeMap<String, String>) {
    let own: BTreeMap<&str, &File> =
        own.iter().filter_map(|file| Some((file.id.path().strip_prefix("static/")?, file))).collect();
    let mut entries = Vec::new();
    let mut paths = BTreeMap::new();
    let mut add = |name: String, bytes: Vec<u8>, paths: &mut BTreeMap<String, String>| {
        let bytes = own.get(name.as_str()).map_or_else(|| bytes.into(), |file| file.bytes.clone());
        let hash = Fingerprint::of(&bytes).short(10);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name.as_str(), "bin"));
        let to = format!("assets/{stem}.{hash}.{extension}");
        if let Ok(out) = OutPath::new(&to) {
            entries.push((out, Entry::new(Stage::Asset, bytes, Origin::of_every_site(format!("the asset `{name}`")))));
            paths.insert(name, to);
        }
    };
    for (name, bytes) in builtin::assets() {
        // Who has a sign of their own does not want ours beside it.
        if name == TOUCH_ICON && own.contains_key(ICON) && !own.contains_key(TOUCH_ICON) {
            continue;
        }
        add(name, bytes, &mut paths);
    }
    let manifest = manifest::json(title, language, &paths);
    add(manifest::NAME.to_owned(), manifest.into_bytes(), &mut paths);
    (entries, paths)
}

/// The sign of a site, and the same for telephones, which do not know SVG.
const ICON: &str = "favicon.svg";
const TOUCH_ICON: &str = "apple-touch-icon.png";
