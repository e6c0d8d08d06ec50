//! From places as stages know them to lines and columns, in the order in which people read them.

use crate::config::Config;
use crate::diagnostic::{At, Code, Diagnostic, Located, Place, Spot};
use crate::discover::Inputs;
use crate::parse;
use crate::render::Theme;
use crate::source_text::{File, FileId, LineIndex, Position, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Finds all places, gives each problem its level on this site, sorts, and drops what says the same twice.
pub(super) fn all(problems: Vec<Diagnostic>, inputs: &Inputs, theme: &Theme, config: &Config) -> Vec<Located> {
    let mut wanted: BTreeMap<&FileId, Vec<&Spot>> = BTreeMap::new();
    for problem in &problems {
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
            let file = files.get(id).copied().or_else(|| theme.source(id));
            places(id, file, spots)
        })
        .collect();
    let place = |at: &At| places.get(&(&at.file, &at.spot)).cloned().unwrap_or_else(|| start_of(&at.file));
    let mut located: Vec<Located> = problems
        .iter()
        .filter_map(|problem| {
            let level = config.level(problem.code)?;
            let mut labels: Vec<(Place, String)> =
                problem.labels.iter().map(|label| (place(&label.at), label.message.clone())).collect();
            let mut main = place(&problem.at);
            if names_nothing(problem.code) {
                // Told once, at the first place of all.
                for (other, _) in &mut labels {
                    if *other < main {
                        std::mem::swap(other, &mut main);
                    }
                }
            }
            labels.sort();
            Some(Located {
                code: problem.code,
                level,
                message: problem.message.clone(),
                place: main,
                labels,
                help: problem.help.clone(),
            })
        })
        .collect();
    located.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    located.dedup();
    located
}

fn names_nothing(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownSource | Code::UnknownEntity | Code::UnknownPlace | Code::UnknownIncident | Code::DraftReference
    )
}

fn places<'a>(id: &'a FileId, file: Option<&File>, spots: Vec<&'a Spot>) -> Vec<((&'a FileId, &'a Spot), Place)> {
    let Some(file) = file else {
        return spots.into_iter().map(|spot| ((id, spot), start_of(id))).collect();
    };
    let lines = LineIndex::new(&file.bytes);
    let spans = parse::spans(file, &spots);
    let place = |span: Span| {
        let end = span.end.min(file.bytes.len()).max(span.start.min(file.bytes.len()));
        Place {
            file: id.clone(),
            start: lines.position(&file.bytes, span.start),
            end: lines.position(&file.bytes, end),
            span: Span::new(span.start.min(file.bytes.len()), end),
        }
    };
    spots.into_iter().zip(spans).map(|(spot, span)| ((id, spot), place(span))).collect()
}

fn start_of(file: &FileId) -> Place {
    Place { file: file.clone(), start: Position::START, end: Position::START, span: Span::default() }
}
