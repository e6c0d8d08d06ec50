//! From places as stages know them to lines and columns, in the order in which people read them.

use crate::config::Config;
use crate::diagnostic::{At, Code, Diagnostic, Level, Located, Place, Spot};
use crate::discover::Inputs;
use crate::parse;
use crate::render::Theme;
use crate::source_text::{File, FileId, LineIndex, Position, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const SETTINGS: &str = "content/site.yaml";
/// Labels beyond this many are counted, not shown.
const SHOWN_PLACES: usize = 20;
/// The most characters of a message: it names a value, and a value may be a megabyte.
const LONGEST: usize = 300;
/// The most characters of a line of help, which may list all fields of a record.
const LONGEST_HELP: usize = 600;

/// Finds all places, gives each problem its level on this site, sorts, and drops what says the same twice.
pub(super) fn all(problems: &[Diagnostic], inputs: &Inputs, theme: Option<&Theme>, config: &Config) -> Vec<Located> {
    let mut wanted: BTreeMap<&FileId, Vec<&Spot>> = BTreeMap::new();
    for problem in problems {
        for at in std::iter::once(&problem.at).chain(problem.labels.iter().map(|label| &label.at)) {
            wanted.entry(&at.file).or_default().push(&at.spot);
        }
    }
    let files: HashMap<&FileId, &File> = inputs
        .site
        .iter()
        .chain(&inputs.records)
        .chain(&inputs.strays)
        .chain(&inputs.templates)
        .chain(&inputs.statics)
        .filter(|file| wanted.contains_key(&file.id))
        .map(|file| (&file.id, file))
        .collect();
    // One reading of a file for all that is wrong in it.
    let places: HashMap<(&FileId, &Spot), Place> = wanted
        .into_par_iter()
        .flat_map_iter(|(id, spots)| {
            let file = files.get(id).copied().or_else(|| theme?.source(id));
            places(id, file, spots)
        })
        .collect();
    let place = |at: &At| places.get(&(&at.file, &at.spot)).cloned().unwrap_or_else(|| start_of(&at.file));
    let mut ids: HashSet<&At> = HashSet::new();
    let told = Told::new(problems, &files, &place);
    let mut located: Vec<Located> = problems
        .iter()
        .filter(|problem| !told.covers(problem, &place))
        // A name that is no id makes no path either.
        .filter(|problem| problem.code != Code::InvalidId || ids.insert(&problem.at) || problem.at.spot != Spot::File)
        .filter_map(|problem| one(problem, config.level(problem.code)?, &place))
        .collect();
    located.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    located.dedup();
    located
}

fn one(problem: &Diagnostic, level: Level, place: &dyn Fn(&At) -> Place) -> Option<Located> {
    let mut main = place(&problem.at);
    let mut labels: Vec<(Place, String)> =
        problem.labels.iter().map(|label| (place(&label.at), brief(&label.message, LONGEST))).collect();
    if names_nothing(problem.code) {
        // Told once, at the first place of all.
        for (other, _) in &mut labels {
            if *other < main {
                std::mem::swap(other, &mut main);
            }
        }
    }
    labels.sort();
    labels.dedup();
    let more = labels.len().saturating_sub(SHOWN_PLACES);
    labels.truncate(SHOWN_PLACES);
    let mut help: Vec<String> = problem.help.iter().map(|help| brief(help, LONGEST_HELP)).collect();
    if more > 0 {
        help.push(format!("{more} more places are not shown"));
    }
    Some(Located { code: problem.code, level, message: brief(&problem.message, LONGEST), place: main, labels, help })
}

/// What is told already by a graver problem, so that one mistake is one problem.
#[derive(Default)]
struct Told<'a> {
    /// In each file: places of errors, sorted by their beginnings, with the furthest end so far.
    errors: BTreeMap<FileId, Vec<(usize, usize)>>,
    /// Words of files that could not be read whole: whatever they may refer to.
    words: HashSet<&'a [u8]>,
    /// Whether any such file has no text at all.
    blind: bool,
    /// Whether something is wrong with the settings, and whether they could not be read at all.
    settings: bool,
    no_settings: bool,
    /// Words of the settings.
    keys: HashSet<&'a [u8]>,
}

impl<'a> Told<'a> {
    fn new(problems: &[Diagnostic], files: &HashMap<&FileId, &'a File>, place: &dyn Fn(&At) -> Place) -> Self {
        let mut told = Self::default();
        let mut torn: BTreeSet<&FileId> = BTreeSet::new();
        for problem in problems {
            if problem.code.level() == Level::Error {
                let span = place(&problem.at).span;
                told.errors.entry(problem.at.file.clone()).or_default().push((span.start, span.end));
            }
            if is_torn(problem.code) && problem.at.file.path().starts_with("content/") {
                torn.insert(&problem.at.file);
            }
            if problem.at.file.path() == SETTINGS && problem.code.level() == Level::Error {
                told.settings = true;
                told.no_settings |= is_whole(problem.code);
            }
        }
        for errors in told.errors.values_mut() {
            errors.sort_unstable();
            let mut furthest = 0;
            for (_, end) in errors {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        for id in torn {
            let file = files.get(id);
            told.blind |= file.is_none_or(|file| file.trouble.is_some() || file.bytes.contains(&0));
            let bytes = file.map_or(&[][..], |file| &file.bytes);
            told.words.extend(words(bytes));
        }
        if told.settings
            && let Some(file) = files.get(&FileId::new(SETTINGS))
        {
            told.keys = words(&file.bytes).collect();
        }
        told
    }

    fn covers(&self, problem: &Diagnostic, place: &dyn Fn(&At) -> Place) -> bool {
        match problem.code {
            // A value that its grammar refuses needs no remark about its quotes.
            Code::AmbiguousYaml => self.errors.get(&problem.at.file).is_some_and(|errors| {
                let span = place(&problem.at).span;
                let before = errors.partition_point(|(start, _)| *start < span.end);
                before.checked_sub(1).and_then(|at| errors.get(at)).is_some_and(|(_, end)| *end > span.start)
            }),
            // What refers to it may stand where nobody could read.
            Code::UnusedRecord => self.blind || self.words.contains(problem.at.file.stem().as_bytes()),
            // It may be what could not be read.
            Code::MissingBaseUrl => self.settings_name(&["base_url", "repository"]),
            Code::MissingTitle => self.settings_name(&["title"]),
            _ => false,
        }
    }

    fn settings_name(&self, keys: &[&str]) -> bool {
        self.no_settings || (self.settings && keys.iter().any(|key| self.keys.contains(key.as_bytes())))
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_')).filter(|word| !word.is_empty())
}

/// Whether a problem of this code leaves some of its file unread.
fn is_torn(code: Code) -> bool {
    is_whole(code)
        || matches!(
            code,
            Code::UnknownField
                | Code::WrongType
                | Code::DuplicateKey
                | Code::DuplicateId
                | Code::InvalidId
                | Code::InvalidDate
                | Code::InvalidAmount
                | Code::InvalidLocator
                | Code::MissingField
        )
}

/// Whether a problem of this code leaves its file unread as a whole.
fn is_whole(code: Code) -> bool {
    matches!(code, Code::YamlSyntax | Code::NotUtf8 | Code::TooLarge | Code::TooDeep | Code::LeavesSite)
}

/// One line, and no more than `most` characters of it.
fn brief(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let mut short = text.get(..end).unwrap_or_default().to_owned();
            // What is cut within a quotation stays one.
            let open = short.matches('`').count() % 2 == 1;
            short.push_str(if open { "…`" } else { "…" });
            short
        }
    }
}

fn names_nothing(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownSource
            | Code::UnknownEntity
            | Code::UnknownPlace
            | Code::UnknownIncident
            | Code::UnknownKind
            | Code::UnknownRole
            | Code::DraftReference
    )
}

fn places<'a>(id: &'a FileId, file: Option<&File>, spots: Vec<&'a Spot>) -> Vec<((&'a FileId, &'a Spot), Place)> {
    let Some(file) = file else {
        return spots.into_iter().map(|spot| ((id, spot), start_of(id))).collect();
    };
    let lines = LineIndex::new(&file.bytes);
    let spans = parse::spans(file, &spots);
    let within = |offset: usize| offset.min(file.bytes.len());
    let offsets = spans.iter().flat_map(|span| [within(span.start), within(span.end)]).collect();
    let positions = positions(&file.bytes, &lines, offsets);
    let position = |offset| positions.get(&offset).copied().unwrap_or(Position::START);
    let place = |span: Span| {
        let span = Span::new(within(span.start), within(span.end));
        Place { file: id.clone(), start: position(span.start), end: position(span.end), span }
    };
    spots.into_iter().zip(spans).map(|(spot, span)| ((id, spot), place(span))).collect()
}

/// The lines and columns of all these bytes, in one walk: a line may be long, and have a thousand mistakes.
fn positions(bytes: &[u8], lines: &LineIndex, offsets: BTreeSet<usize>) -> BTreeMap<usize, Position> {
    let mut found = BTreeMap::new();
    let mut last: Option<(usize, Position)> = None;
    for offset in offsets {
        let position = match last {
            Some((before, position)) if !bytes.get(before..offset).unwrap_or_default().contains(&b'\n') => {
                let between = bytes.get(before..offset).unwrap_or_default();
                let columns = between.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
                Position { line: position.line, column: position.column + columns }
            }
            _ => lines.position(bytes, offset),
        };
        // The mark at the beginning of a file is no column, wherever one begins to count.
        if offset >= 3 {
            last = Some((offset, position));
        }
        found.insert(offset, position);
    }
    found
}

fn start_of(file: &FileId) -> Place {
    Place { file: file.clone(), start: Position::START, end: Position::START, span: Span::default() }
}
