//! One state of the site, whose pages are made when somebody asks for them.

use super::bodies::Bodies;
use super::heads::Heads;
use super::links::Links;
use super::look::Look;
use super::pages::{Makers, Pages};
use super::records::{self, Records};
use super::search::Search;
use super::shelf::{self, Shelf};
use super::{Counts, Options, Outcome, globals, locate};
use crate::cards;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level, Located};
use crate::discover::Inputs;
use crate::model::{Id, RecordKind};
use crate::noted::{Part, Table};
use crate::output::{Entry, OutPath};
use crate::page::World;
use crate::render::Fault;
use crate::resolve::{Site, routes};
use crate::source_text::FileId;
use crate::{parse, prose};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What one state of the site's files comes to.
///
/// An edition never changes: what it answers for a path is the same whenever it is asked. Pages are made when they are
/// asked for; from an earlier edition it takes over what would come out the same.
#[derive(Debug)]
pub struct Edition {
    inputs: Arc<Inputs>,
    options: Options,
    config: Arc<Config>,
    records: Records,
    heads: Arc<Heads>,
    bodies: Bodies,
    shelf: Arc<Shelf>,
    search: Search,
    world: World,
    look: Arc<Look>,
    pages: Pages,
    /// All problems but those that are met when pages are made.
    problems: Vec<Diagnostic>,
    /// Social cards that somebody has asked for, by their paths.
    drawn: Mutex<BTreeMap<OutPath, Arc<[u8]>>>,
}

/// What an edition has at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File(Arc<[u8]>),
    /// A page whose template failed; the problem is among [`Edition::problems`] now.
    Fault,
    /// Nothing.
    Nothing,
}

/// What was done for an edition so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The pages that were rendered, sorted by path, each with the reason: what it shows that is not as it was.
    pub rendered: Vec<(String, String)>,
    /// Pages that were looked at again and came out the same without rendering.
    pub looked_at: usize,
}

impl Edition {
    /// Runs the stages up to the pages. `last` is an earlier edition of the same site, if there is one.
    pub fn new(inputs: Arc<Inputs>, options: &Options, last: Option<&Self>, on_stage: &dyn Fn(&'static str)) -> Self {
        Self::made(inputs, options, last, true, on_stage)
    }

    /// The same for somebody who wants all of it once, and no edition after it.
    pub(super) fn once(inputs: Arc<Inputs>, options: &Options, on_stage: &dyn Fn(&'static str)) -> Self {
        Self::made(inputs, options, None, false, on_stage)
    }

    fn made(
        inputs: Arc<Inputs>,
        options: &Options,
        last: Option<&Self>,
        remember: bool,
        on_stage: &dyn Fn(&'static str),
    ) -> Self {
        on_stage("parse");
        let (config, mut problems) = parse::site(inputs.site.as_ref());
        let config = Arc::new(with_options(config, options));
        let records = Records::new(&inputs, &config, last.map(|last| &last.records));
        problems.extend(records.problems());
        problems.extend(records::others(&inputs));

        let known = last.map(|last| &last.heads);
        let heads = Heads::new(records.records(), &config, options.drafts, known, on_stage);
        problems.extend(heads.problems.iter().cloned());

        on_stage("prose");
        let shelf = Shelf::new(&heads, &inputs.statics, last.map(|last| &last.shelf));
        problems.extend(shelf.problems.iter().cloned());
        let links = Links::new(&heads, &records, &inputs.statics, &shelf.assets);
        let settings = prose::Settings {
            limits: prose::Limits { bytes: config.limits.body, depth: config.limits.depth },
            ..prose::Settings::default()
        };
        let before = last.map(|last| (&last.bodies, &*last.heads));
        let bodies = Bodies::new(&heads, &records, &links, settings, before);
        problems.extend(bodies.problems());
        bodies.pardon_linked(&mut problems, &links);
        drop(links);

        on_stage("render");
        let search = Search::new(&heads, &bodies, last.map(|last| (&last.search, &last.heads, &last.bodies)));
        let world = World {
            site: heads.site.clone(),
            incident_bodies: Table::new(Part::IncidentBodies, bodies.incidents()),
            page_bodies: Table::new(Part::PageBodies, bodies.pages()),
            lexicon: heads.lexicon,
            terms: &heads.lexicon.terms,
            facets: heads.facets.clone(),
            choices: heads.choices.clone(),
            cards: heads.rows.clone(),
            preview: options.preview,
            search: search.data.clone(),
            social: heads.social.clone(),
        };
        let seen = globals::globals(&world, options, shelf.assets.clone());
        let look = Look::new(&inputs.templates, seen, last.map(|last| &last.look));
        problems.extend(look.problems.iter().cloned());
        let now = makers(&heads, &world, &look);
        let pages = match last.filter(|last| last.pages.remembers()) {
            Some(last) => {
                let changes = world.changes(&last.world);
                if world.has_settings_of(&last.world) {
                    search.carry(&last.search, &changes);
                }
                Pages::after(&last.pages, last.makers(), now, &changes)
            }
            None => Pages::new(heads.slots.len(), remember),
        };
        let drawn = last.map(|last| {
            let known = last.drawn.lock().unwrap_or_else(PoisonError::into_inner);
            known.iter().filter(|(path, _)| shelf.is_card(path.as_str())).map(|(p, b)| (p.clone(), b.clone())).collect()
        });
        Self {
            inputs,
            options: options.clone(),
            config,
            drawn: Mutex::new(drawn.unwrap_or_default()),
            records,
            heads,
            bodies,
            shelf,
            search,
            world,
            look,
            pages,
            problems,
        }
    }

    /// What it was made of.
    pub fn inputs(&self) -> &Arc<Inputs> {
        &self.inputs
    }

    /// The path below which the site will be published, with a slash at both ends: `/` or `/name/`.
    pub fn base_path(&self) -> String {
        self.config.base_path()
    }

    /// The site as its readers see it.
    pub fn site(&self) -> &Arc<Site> {
        &self.heads.site
    }

    /// The site with its drafts.
    pub fn with_drafts(&self) -> Site {
        crate::resolve::site(&self.records.records(), &self.config).0
    }

    /// The long texts of its records, by their files.
    pub fn texts(&self) -> HashMap<FileId, Arc<str>> {
        self.records.texts()
    }

    /// Whether no error is known of it: of the content, of the templates, of the pages made so far.
    pub fn is_fit(&self) -> bool {
        let problems = self
            .problems
            .iter()
            .chain(&self.late_problems())
            .any(|problem| self.config.level(problem.code) == Some(Level::Error));
        !problems
    }

    /// All problems known so far, sorted, with their places.
    pub fn problems(&self) -> Vec<Located> {
        let late = self.late_problems();
        let all: Vec<Diagnostic> = self.problems.iter().chain(&late).cloned().collect();
        locate::all(&all, &self.inputs, Some(&self.look.theme), &self.config)
    }

    /// The text of a file or a built-in template, for snippets; nothing when it is not UTF-8.
    pub fn text(&self, file: &FileId) -> Option<String> {
        let inputs = &self.inputs;
        let all = inputs.site.iter().chain(&inputs.records).chain(&inputs.templates).chain(&inputs.strays);
        let file = all.into_iter().find(|known| known.id == *file).or_else(|| self.look.theme.source(file))?;
        std::str::from_utf8(&file.bytes).ok().map(str::to_owned)
    }

    /// The page of the record in `file`, below the output folder; nothing when it has none.
    pub fn route(&self, file: &FileId) -> Option<String> {
        let kind = RecordKind::of(file)?;
        let route = routes::record(kind, &Id::new(file.stem()));
        self.heads.routes.contains_key(&route).then_some(route)
    }

    /// What the site holds.
    pub fn counts(&self) -> Counts {
        Counts {
            records: self.records.len(),
            incidents: self.heads.site.incidents.len(),
            claims: *self.heads.facets.claims,
            disputed: *self.heads.facets.disputed,
            pages: self.shelf.places.iter().filter(|(path, _)| path.as_str().ends_with(".html")).count(),
        }
    }

    /// The paths of all files, sorted; of those of the search only what was made so far.
    pub fn paths(&self) -> Vec<&str> {
        let places = self.shelf.places.iter().map(|(path, _)| path.as_str());
        let search = self.search.known().map(|(path, _)| path.as_str());
        let mut paths: Vec<&str> = places.chain(search).chain(self.shelf.cards()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// The file at `path`, which is made now if nobody has asked for it before. May take long; never waits for a lock
    /// that is held while something is made.
    pub fn file(&self, path: &str) -> Found {
        if let Some(number) = self.heads.routes.get(path) {
            return match self.pages.bytes(*number, self.makers(), &mut Vec::new()) {
                Some(Ok(bytes)) => Found::File(bytes),
                Some(Err(_)) => Found::Fault,
                None => Found::Nothing,
            };
        }
        if let Some(entry) = self.shelf.places.get(path) {
            return Found::File(entry.bytes.clone());
        }
        if self.shelf.is_card(path) {
            return self.card(path).map_or(Found::Nothing, Found::File);
        }
        let search = path.starts_with("search/").then(|| self.search.files().find(|(known, _)| known.as_str() == path));
        search.flatten().map_or(Found::Nothing, |(_, entry)| Found::File(entry.bytes.clone()))
    }

    /// Makes everything that was not made yet but the social cards, so that all problems are known. `stop` is asked
    /// between pages; gives whether everything was made.
    pub fn make_all(&self, stop: &(dyn Fn() -> bool + Sync)) -> bool {
        if stop() || !self.pages.make_all(self.makers(), stop) {
            return false;
        }
        let _ = self.search.files().count();
        true
    }

    /// What was done for it so far.
    pub fn work(&self) -> Work {
        let path = |number: usize| self.heads.slots.get(number).map(|(_, slot)| slot.route.clone());
        let rendered = self.pages.rendered(&self.heads).into_iter();
        let mut rendered: Vec<_> = rendered.filter_map(|(number, why)| Some((path(number)?, why))).collect();
        rendered.sort_unstable();
        Work { rendered, looked_at: self.pages.looked_at() }
    }

    /// All of it at once.
    pub(super) fn into_outcome(self, on_stage: &dyn Fn(&'static str)) -> Outcome {
        self.make_all(&|| false);
        on_stage("collect");
        let mut problems = self.late_problems();
        let mut output = self.shelf.places.clone();
        for (route, number) in self.heads.slots.iter().map(|(_, slot)| slot.route.as_str()).zip(0..) {
            match self.pages.bytes(number, self.makers(), &mut Vec::new()) {
                // Of two pages with one path the first has it; the other was reported.
                Some(Ok(bytes)) if self.heads.routes.get(route) == Some(&number) => output.fill(route, bytes),
                Some(Err(_)) => output.remove(route),
                _ => {}
            }
        }
        for (path, entry) in self.search.files() {
            // A collision was reported by `late_problems`.
            let _ = shelf::add(&mut output, path.clone(), entry.clone());
        }
        // What is not written need not be drawn, and drawing takes longer than all the rest.
        let is_error = |problem: &Diagnostic| self.config.level(problem.code) == Some(Level::Error);
        if !self.options.only_check && !self.problems.iter().chain(&problems).any(is_error) {
            on_stage("draw");
            for (path, entry) in cards::draw(&self.heads.pictures, &self.options.kept).files {
                problems.extend(shelf::add(&mut output, path, entry));
            }
        }
        on_stage("locate");
        let counts = self.counts();
        let all: Vec<Diagnostic> = self.problems.iter().chain(&problems).cloned().collect();
        let theme = self.look.theme.clone();
        let problems = locate::all(&all, &self.inputs, Some(&theme), &self.config);
        // Millions of small things. They are freed beside what comes next instead of before it.
        rayon::spawn(move || drop(self));
        Outcome { output, problems, counts, theme }
    }

    /// Problems that are met when things are made.
    fn late_problems(&self) -> Vec<Diagnostic> {
        let mut faults: BTreeMap<Fault, Vec<FileId>> = self.pages.faults(&self.heads);
        // What a broken template drags along is no problem of its own; a name that is not there is one.
        faults.retain(|fault, _| self.look.problems.is_empty() || fault.code == Code::TemplateUnknownVariable);
        let mut problems: Vec<Diagnostic> =
            faults.into_iter().map(|(fault, pages)| fault.into_diagnostic(&pages)).collect();
        for (path, entry) in self.search.known() {
            let Entry { stage, origin, .. } = entry;
            let probe = Entry::new(*stage, Vec::new(), origin.clone());
            problems.extend(self.shelf.places.collision(path, &probe).map(|collision| shelf::collides(&collision)));
        }
        problems
    }

    fn makers(&self) -> Makers<'_> {
        makers(&self.heads, &self.world, &self.look)
    }

    fn card(&self, path: &str) -> Option<Arc<[u8]>> {
        let known = |path: &str| self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known(path).or_else(|| {
            let (path, entry) =
                cards::draw(&self.heads.pictures.only(path), &self.options.kept).files.into_iter().next()?;
            let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
            Some(drawn.entry(path).or_insert(entry.bytes).clone())
        })
    }
}

fn makers<'a>(heads: &'a Heads, world: &'a World, look: &'a Look) -> Makers<'a> {
    Makers { heads, world, theme: &look.theme, print: look.print }
}

fn with_options(mut config: Config, options: &Options) -> Config {
    if options.base_url.is_some() {
        config.base_url.clone_from(&options.base_url);
    }
    config
}
