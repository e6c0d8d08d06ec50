//! The order of the stages, written down once.
//!
//! In: files in memory and what the user asked for. Out: the output as a map from paths to bytes, and all problems.
//! Must never be here: the disk, printing, the clock.

mod edition;
mod links;
mod locate;
mod words;

pub use edition::{Edition, Found, Work};

use crate::cards;
use crate::config::Config;
use crate::diagnostic::{At, Code, Diagnostic, Level, Located};
use crate::discover::Inputs;
use crate::model::{BodyPlace, Id, Record, RecordKind};
use crate::output::{Collision, Entry, Map, Origin, OutPath, Stage};
use crate::page::{self, Facets, KINDS, Kind, SearchData, Slot, SocialCards, World};
use crate::parse::{self, Parsed};
use crate::prose::{self, Prose};
use crate::render::{self, Fault, Globals, SiteGlobals, Theme};
use crate::resolve::{self, Site};
use crate::search;
use crate::source_text::{File, FileId};
use crate::{phrase, validate};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the user asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Publish drafts, marked.
    pub drafts: bool,
    /// Build to be reviewed: a banner, `noindex`.
    pub preview: bool,
    /// In place of the settings' address.
    pub base_url: Option<String>,
    /// What counts as today; nothing = the newest date in the content.
    pub now: Option<chrono::NaiveDate>,
    /// Files of the last build: those that would be made again just so are taken over.
    pub kept: Arc<BTreeMap<OutPath, Arc<[u8]>>>,
    /// Nothing will be written: pictures, in which no problem can be found, are left out of the output.
    pub only_check: bool,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// All files of the site. Not to be published while an error stands.
    pub output: Map,
    /// All problems, sorted, with their places.
    pub problems: Vec<Located>,
    /// What the site holds.
    pub counts: Counts,
    /// The built-in templates' texts by their names in messages, for snippets.
    pub theme: Arc<Theme>,
}

/// What a site holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records of all kinds.
    pub records: usize,
    /// Incidents that are published.
    pub incidents: usize,
    /// Their claims.
    pub claims: usize,
    /// Fields on which claims differ.
    pub disputed: usize,
    /// HTML pages.
    pub pages: usize,
}

impl Outcome {
    /// The number of problems of a level.
    pub fn count(&self, level: Level) -> usize {
        self.problems.iter().filter(|problem| problem.level == level).count()
    }
}

/// Runs all stages. `on_stage` hears the name of each as it begins.
pub fn run(inputs: &Inputs, options: &Options, on_stage: &dyn Fn(&'static str)) -> Outcome {
    on_stage("parse");
    let (config, mut problems) = parse::site(inputs.site.as_ref());
    let config = Arc::new(with_options(config, options));
    let parsed: Vec<Arc<Parsed>> = inputs.records.par_iter().filter_map(|file| record(file, &config)).collect();
    problems.extend(parsed.iter().flat_map(|parsed| parsed.problems.iter().cloned()));
    problems.extend(inputs.strays.iter().map(stray));
    problems.extend(
        inputs
            .statics
            .iter()
            .filter(|file| file.trouble.is_some())
            .filter_map(|file| parse::front_matter::text(file, usize::MAX).err()),
    );

    on_stage("resolve");
    let records: Vec<Record> = parsed.iter().map(|parsed| parsed.record.clone()).collect();
    let (all, found) = resolve::site(&records, &config);
    problems.extend(found);

    on_stage("validate");
    problems.extend(validate::site(&all));
    problems.extend(words::missing(&config.language));
    // Drafts are held to the rules like everything else, but they are not there for readers.
    let site = if options.drafts || !records.iter().any(Record::is_draft) {
        all
    } else {
        let (site, found) = resolve::without_drafts(all);
        problems.extend(found);
        site
    };

    on_stage("prose");
    let lexicon = phrase::lexicon(&config.language);
    let mut world = World {
        site: &site,
        incident_bodies: &[],
        page_bodies: &[],
        lexicon,
        terms: &lexicon.terms,
        facets: Facets::of(&site),
        cards: Vec::new(),
        preview: options.preview,
        search: SearchData::default(),
        social: SocialCards::default(),
    };
    let slots: Vec<(&Kind, Slot)> =
        KINDS.iter().flat_map(|kind| (kind.slots)(&world).into_iter().map(move |slot| (kind, slot))).collect();
    let (assets, asset_paths) = render::assets(&inputs.statics, &config.title, &config.language);
    let routes = slots.iter().map(|(_, slot)| slot.route.as_str());
    let links = links::Links::new(&site, &records, &inputs.statics, &asset_paths, routes);
    let settings = prose::Settings {
        limits: prose::Limits { bytes: config.limits.body, depth: config.limits.depth },
        ..prose::Settings::default()
    };
    let incident_bodies: Vec<Arc<Prose>> = site
        .incidents
        .par_iter()
        .map(|entry| Arc::new(links.prose(&entry.incident.body.text, &entry.incident.file, "../", &settings)))
        .collect();
    let page_bodies: Vec<Arc<Prose>> =
        site.pages.par_iter().map(|page| Arc::new(links.prose(&page.body.text, &page.file, "", &settings))).collect();
    let bodies =
        site.incidents.iter().map(|entry| (&entry.incident.file, entry.incident.body.place)).zip(&incident_bodies);
    let pages = site.pages.iter().map(|page| (&page.file, page.body.place)).zip(&page_bodies);
    let mut linked: BTreeSet<(RecordKind, Id)> = BTreeSet::new();
    for ((file, place), prose) in bodies.chain(pages) {
        problems.extend(prose.problems.iter().map(|problem| in_body(file, place, problem)));
        linked.extend(links.linked(prose, file));
    }
    // A record that a text leads to is used; the rule cannot see that, since it knows no texts.
    let is_linked =
        |file: &FileId| RecordKind::of(file).is_some_and(|kind| linked.contains(&(kind, Id::new(file.stem()))));
    problems.retain(|problem| problem.code != Code::UnusedRecord || !is_linked(&problem.at.file));
    world.incident_bodies = &incident_bodies;
    world.page_bodies = &page_bodies;

    on_stage("render");
    world.cards = page::cards(&world);
    let bodies = search::Bodies { incidents: texts(&incident_bodies), pages: texts(&page_bodies) };
    let searched = search::data(&site, lexicon, &bodies);
    world.search = SearchData { filters: searched.filters, index: searched.index };
    let pictures = cards::plan(&site, lexicon);
    world.social = social(&pictures, &config);
    let now = options.now.or_else(|| newest(&site));
    let (theme, found) = Theme::new(&inputs.templates, globals(&world, options, now, asset_paths.clone()));
    let broken_theme = !found.is_empty();
    problems.extend(found);
    // Kept without slack, and made where it is rendered: of many pages the bytes are most of what a build holds.
    let rendered: Vec<Result<Arc<[u8]>, Fault>> = slots
        .par_iter()
        .map_init(Vec::new, |bytes, (kind, slot)| {
            bytes.clear();
            let view = (kind.view)(&world, slot);
            theme.render(kind.template, &*view, bytes)?;
            Ok(Arc::from(bytes.as_slice()))
        })
        .collect();

    on_stage("collect");
    let mut output = Map::new();
    let mut faults: BTreeMap<Fault, Vec<FileId>> = BTreeMap::new();
    for (path, entry) in assets.into_iter().chain(searched.files) {
        add(&mut output, path, entry, &mut problems);
    }
    for ((kind, slot), html) in slots.iter().zip(rendered) {
        match html {
            Ok(html) => {
                let stage = if kind.lists { Stage::Index } else { Stage::Page };
                let origin = origin(slot);
                match OutPath::new(&slot.route) {
                    Ok(path) => add(&mut output, path, Entry::new(stage, html, origin), &mut problems),
                    // The page of a record has a bad address only by a bad id, which was reported.
                    Err(_) if slot.origin.is_some() => {}
                    Err(error) => problems.push(unwritable(&error.to_string(), None)),
                }
            }
            Err(fault) => faults.entry(fault).or_default().extend(slot.origin.clone()),
        }
    }
    // What a broken template drags along is no problem of its own; a name that is not there is one.
    faults.retain(|fault, _| !broken_theme || fault.code == Code::TemplateUnknownVariable);
    problems.extend(faults.into_iter().map(|(fault, pages)| fault.into_diagnostic(&pages)));
    statics(&inputs.statics, &theme, &mut output, &mut problems);
    if let Ok(path) = OutPath::new(".nojekyll") {
        let entry = Entry::new(Stage::Asset, Vec::new(), Origin::of_every_site("the file `.nojekyll`"));
        add(&mut output, path, entry, &mut problems);
    }

    // What is not written need not be drawn, and drawing takes longer than all the rest.
    let is_fit = !problems.iter().any(|problem| config.level(problem.code) == Some(Level::Error));
    if is_fit && !options.only_check {
        on_stage("draw");
        for (path, entry) in cards::draw(&pictures, &options.kept).files {
            add(&mut output, path, entry, &mut problems);
        }
    }

    on_stage("locate");
    let counts = Counts {
        records: parsed.len(),
        incidents: site.incidents.len(),
        claims: world.facets.claims,
        disputed: world.facets.disputed,
        pages: output.iter().filter(|(path, _)| path.as_str().ends_with(".html")).count(),
    };
    // Millions of small things. They are freed beside what comes next instead of before it.
    let World { facets, cards, .. } = world;
    rayon::spawn(move || drop((site, incident_bodies, page_bodies, facets, cards, slots, records, parsed)));
    let theme = Arc::new(theme);
    let problems = locate::all(&problems, inputs, &theme, &config);
    Outcome { output, problems, counts, theme }
}

fn with_options(mut config: Config, options: &Options) -> Config {
    if options.base_url.is_some() {
        config.base_url.clone_from(&options.base_url);
    }
    config
}

fn record(file: &File, config: &Config) -> Option<Arc<Parsed>> {
    RecordKind::of(&file.id).map(|kind| Arc::new(parse::record(kind, file, config)))
}

fn stray(file: &File) -> Diagnostic {
    // A link out of the site is the graver matter.
    if file.trouble.is_some()
        && let Err(problem) = parse::front_matter::text(file, usize::MAX)
    {
        return problem;
    }
    let extension = file.id.extension();
    let stands_for_a_folder =
        RecordKind::ALL.iter().any(|kind| file.id.path().strip_prefix("content/") == Some(kind.folder()));
    let help = if stands_for_a_folder {
        "make a folder of this name, and put the records into it"
    } else if matches!(extension, "md" | "yaml" | "yml" | "json") {
        "put it into `incidents`, `sources`, `entities`, `places` (`.yaml`) or `pages` (`.md`)"
    } else {
        "put images and other files into `static/`"
    };
    Diagnostic::new(Code::StrayFile, At::file(&file.id), "nothing reads this file").help(help)
}

fn texts(bodies: &[Arc<Prose>]) -> Vec<&str> {
    bodies.iter().map(|body| body.text.as_str()).collect()
}

fn in_body(file: &FileId, place: BodyPlace, problem: &prose::Problem) -> Diagnostic {
    let at = match place {
        BodyPlace::After(start) => At::bytes(file, problem.span.shifted(start)),
        BodyPlace::Key | BodyPlace::None => At::part(file, &crate::diagnostic::KeyPath::of("body"), problem.span),
    };
    Diagnostic {
        code: problem.code,
        message: problem.message.clone(),
        at,
        labels: Vec::new(),
        help: problem.help.clone(),
    }
}

fn origin(slot: &Slot) -> Origin {
    match &slot.origin {
        Some(file) => Origin::new(format!("the page of `{file}`"), At::file(file)),
        None => Origin::of_every_site(format!("the page `{}`", slot.route)),
    }
}

fn add(output: &mut Map, path: OutPath, entry: Entry, problems: &mut Vec<Diagnostic>) {
    if let Err(collision) = output.insert(path, entry) {
        problems.push(collides(&collision));
    }
}

fn collides(collision: &Collision) -> Diagnostic {
    let (first, second) = (&collision.first.1, &collision.second.1);
    let (at, other) = match (&second.at, &first.at) {
        (Some(at), other) => (at.clone(), other.clone()),
        (None, Some(at)) => (at.clone(), None),
        (None, None) => (At::file(&FileId::new("content/site.yaml")), None),
    };
    let mut problem = Diagnostic::new(Code::OutputCollision, at, collision.to_string());
    if let Some(other) = other {
        problem = problem.label(other, "the other");
    }
    problem.help("rename one of the two; keep the old name of a record under `aliases`")
}

fn unwritable(message: &str, file: Option<&FileId>) -> Diagnostic {
    let nowhere = FileId::new("content/site.yaml");
    Diagnostic::new(Code::InvalidId, At::file(file.unwrap_or(&nowhere)), message)
        .help("rename the file: letters, digits, `-`, `_` and `.`")
}

/// Files that are copied as they are, but for those that stand for a built-in asset or were not read.
fn statics(files: &[File], theme: &Theme, output: &mut Map, problems: &mut Vec<Diagnostic>) {
    for file in files.iter().filter(|file| file.trouble.is_none()) {
        let name = file.id.path().strip_prefix("static/").unwrap_or(file.id.path());
        if theme.has_asset(name) {
            continue;
        }
        match OutPath::new(name) {
            Ok(path) => {
                let origin = Origin::new(format!("the file `{}`", file.id), At::file(&file.id));
                add(output, path, Entry::new(Stage::Asset, file.bytes.clone(), origin), problems);
            }
            Err(error) => problems.push(unwritable(&error.to_string(), Some(&file.id))),
        }
    }
}

/// The cards as pages name them.
fn social(plan: &cards::Plan, config: &Config) -> SocialCards {
    let base = config.base_url.as_deref().unwrap_or_default();
    let card = |card: &cards::Card| page::parts::SocialCard {
        url: format!("{base}{}", card.path),
        alt: card.words.clone(),
        width: cards::WIDTH,
        height: cards::HEIGHT,
    };
    SocialCards {
        site: plan.site.as_ref().map(card),
        incidents: plan.incidents.iter().map(|(number, own)| (*number, card(own))).collect(),
    }
}

fn globals(
    world: &World<'_>,
    options: &Options,
    now: Option<chrono::NaiveDate>,
    assets: BTreeMap<String, String>,
) -> Globals {
    let config = &world.site.config;
    Globals {
        site: SiteGlobals {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            locale: locale(&config.language),
            licence: config.licence.clone(),
            repository: config.repository.clone(),
            base_url: config.base_url.clone(),
            preview: options.preview,
            drafts: options.drafts,
            pages: pages(world.site),
            generator: concat!("annals ", env!("CARGO_PKG_VERSION")),
            now: now.map(|day| day.to_string()),
            has_corrections: !world.facets.corrections.is_empty(),
            has_disputed: world.facets.disputed > 0,
        },
        assets,
        t: serde_json::Map::new(),
    }
}

/// A language tag as the Open Graph writes it, which wants a language and a region.
fn locale(language: &str) -> Option<String> {
    let mut parts = language.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some(format!("{language}_{}", region.to_ascii_uppercase()))
}

/// The newest day that the content names, so that "today" moves with it and not with the clock.
fn newest(site: &Site) -> Option<chrono::NaiveDate> {
    let happened = site.incidents.iter().map(|entry| &entry.date);
    let claims = site.incidents.iter().flat_map(|entry| &entry.incident.claims);
    let said = claims.filter_map(|claim| claim.said.as_ref());
    let corrected =
        site.incidents.iter().flat_map(|entry| &entry.incident.corrections).map(|correction| &correction.on);
    let published = site.sources.iter().filter_map(|entry| entry.source.published.as_ref());
    let dates = happened.chain(said).chain(corrected).chain(published);
    dates.filter_map(|date| date.latest().or(date.earliest())).max()
}

fn pages(site: &Site) -> Vec<render::PageLink> {
    let pages = site.pages.iter();
    pages
        .map(|page| render::PageLink {
            title: page.title.clone(),
            url: resolve::routes::record(RecordKind::Page, &page.id),
        })
        .collect()
}
