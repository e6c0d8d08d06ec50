//! What an edition answers, held against one that was made from nothing.

use super::sequence::{Asked, Last, Step};
use super::site::State;
use crate::tree;
use annals::diagnostic::{Code, Level, Located};
use annals::pipeline::{self, Counts, Edition, Found};
use annals::source_text::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many editions are kept: one more is what [`Last::Before`] may ask for.
const KEPT: usize = 5;

/// Everything that can be asked of an edition, but what it cost.
#[derive(Debug, PartialEq, Eq)]
pub struct Answers {
    paths: Vec<String>,
    files: BTreeMap<String, Found>,
    problems: Vec<Located>,
    counts: Counts,
    is_fit: bool,
    base_path: String,
    /// By file: the route of its page, and its text.
    of_files: BTreeMap<FileId, (Option<String>, Option<String>)>,
}

impl Answers {
    /// Those of an edition of which everything was made. `also` are paths that it need not have.
    pub fn of(edition: &Edition, also: &BTreeSet<String>) -> Self {
        let paths: Vec<String> = edition.paths().into_iter().map(str::to_owned).collect();
        let asked: BTreeSet<String> = paths.iter().chain(also).cloned().collect();
        let inputs = edition.inputs();
        let read = inputs.site.iter().chain(&inputs.records).chain(&inputs.templates).chain(&inputs.strays);
        let problems = edition.problems();
        let files: BTreeSet<FileId> =
            read.map(|file| file.id.clone()).chain(problems.iter().map(|problem| problem.place.file.clone())).collect();
        Self {
            files: asked
                .into_iter()
                .map(|path| (edition.file(&path), path))
                .map(|(found, path)| (path, found))
                .collect(),
            counts: edition.counts(),
            is_fit: edition.is_fit(),
            base_path: edition.base_path(),
            of_files: files.into_iter().map(|id| (id.clone(), (edition.route(&id), edition.text(&id)))).collect(),
            paths: paths.into_iter().filter(|path| !is_of_index(path)).collect(),
            problems,
        }
    }

    /// How `got` differs; nothing when it is the same.
    pub fn difference(&self, got: &Self) -> Option<String> {
        if let Some(text) = lists("paths", self.paths.iter(), got.paths.iter()) {
            return Some(text);
        }
        for (path, expected) in &self.files {
            let got = got.files.get(path).unwrap_or(&Found::Nothing);
            if let Some(text) = file(path, expected, got) {
                return Some(text);
            }
        }
        let [expected, others] = [&self.problems, &got.problems].map(|list| list.iter().map(said).collect::<Vec<_>>());
        if let Some(text) = lists("problems", expected.iter(), others.iter()) {
            return Some(text);
        }
        for (name, expected, got) in [
            ("counts", format!("{:?}", self.counts), format!("{:?}", got.counts)),
            ("is_fit", format!("{:?}", self.is_fit), format!("{:?}", got.is_fit)),
            ("base_path", self.base_path.clone(), got.base_path.clone()),
            ("of files", format!("{:#?}", self.of_files), format!("{:#?}", got.of_files)),
        ] {
            if let Some(text) = lists(name, expected.lines(), got.lines()) {
                return Some(text);
            }
        }
        (self != got).then(|| "what is not told apart above differs".to_owned())
    }
}

/// One file's difference.
fn file(path: &str, expected: &Found, got: &Found) -> Option<String> {
    if expected == got {
        return None;
    }
    let (Found::File(expected), Found::File(got)) = (expected, got) else {
        let name = |found: &Found| match found {
            Found::File(bytes) => format!("a file of {} bytes", bytes.len()),
            other => format!("{other:?}"),
        };
        return Some(format!("{path}: expected {}, got {}", name(expected), name(got)));
    };
    let tree = |bytes: &Arc<[u8]>| tree::Tree::from([(path.to_owned(), bytes.to_vec())]);
    let text = tree::difference(&tree(expected), &tree(got))?;
    let cut = |line: &str| line.chars().take(600).collect::<String>();
    Some(text.lines().map(cut).collect::<Vec<_>>().join("\n"))
}

/// The first place at which two lists differ.
fn lists<T: PartialEq + std::fmt::Display>(
    name: &str,
    expected: impl Iterator<Item = T>,
    got: impl Iterator<Item = T>,
) -> Option<String> {
    let (expected, got): (Vec<T>, Vec<T>) = (expected.collect(), got.collect());
    let at = (0..expected.len().max(got.len())).find(|at| expected.get(*at) != got.get(*at))?;
    let show = |list: &[T]| list.get(at).map_or("(the end)".to_owned(), ToString::to_string);
    let lengths = format!("{} and {}", expected.len(), got.len());
    Some(format!("{name} ({lengths}) differ at {at}:\n  expected: {}\n  got:      {}", show(&expected), show(&got)))
}

fn said(problem: &Located) -> String {
    format!("{problem:?}")
}

/// Whether a path is one of the full-text index, which editions do not list.
fn is_of_index(path: &str) -> bool {
    ["search/index.", "search/terms-", "search/texts-"].iter().any(|start| path.starts_with(start))
}

/// An edition with everything made, and what it answers, made from nothing. `with_run` holds it against a whole build.
pub fn scratch(state: &State, also: &BTreeSet<String>, with_run: bool) -> Result<Answers, String> {
    let inputs = Arc::new(state.inputs());
    let edition = Edition::new(inputs.clone(), &state.options, None, &|_| ());
    if !edition.make_all(&|| false) {
        return Err("an edition from nothing was not made whole, and nobody stopped it".to_owned());
    }
    if !with_run {
        return Ok(Answers::of(&edition, also));
    }
    let outcome = pipeline::run(&inputs, &state.options, &|_| ());
    let built: BTreeSet<String> = outcome.output.iter().map(|(path, _)| path.as_str().to_owned()).collect();
    let answers = Answers::of(&edition, &also.union(&built).cloned().collect());
    let whole = |path: &&String| answers.files[*path] != Found::Fault;
    let expected = built.iter().filter(|path| !is_of_index(path));
    let found = lists("paths of the build", expected, answers.paths.iter().filter(whole))
        .or_else(|| {
            let mut files = outcome.output.iter();
            files.find_map(|(path, entry)| {
                file(path.as_str(), &Found::File(entry.bytes.clone()), &answers.files[path.as_str()])
            })
        })
        .or_else(|| {
            lists("problems of the build", outcome.problems.iter().map(said), answers.problems.iter().map(said))
        })
        .or_else(|| (outcome.counts != answers.counts).then(|| format!("{:?}, {:?}", outcome.counts, answers.counts)))
        .or_else(|| ((outcome.count(Level::Error) == 0) != answers.is_fit).then(|| "is_fit".to_owned()));
    found.map_or(Ok(answers), |text| Err(format!("from nothing, against the build: {text}")))
}

/// What a sequence came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// What was ever wrong.
    pub codes: BTreeSet<Code>,
    /// Steps whose site had no error.
    pub fit: usize,
    /// Steps.
    pub steps: usize,
}

/// An edition that was made in the course of a sequence.
struct Made {
    edition: Edition,
    /// What it must answer, as long as that was not asked.
    owed: Option<Answers>,
    /// The paths at which something was before.
    before: BTreeSet<String>,
}

impl Made {
    fn settle(&mut self) -> Result<(), String> {
        let Some(expected) = self.owed.take() else { return Ok(()) };
        if !self.edition.make_all(&|| false) {
            return Err("it was not made whole, and nobody stopped it".to_owned());
        }
        expected.difference(&Answers::of(&self.edition, &self.before)).map_or(Ok(()), Err)
    }
}

/// Goes through a sequence. The number of the step that failed, and how.
pub fn run(steps: &[Step], every_run: bool) -> Result<Tally, (usize, String)> {
    let reached = AtomicUsize::new(0);
    let done = catch_unwind(AssertUnwindSafe(|| {
        let mut state = State::start();
        let first = Edition::new(Arc::new(state.inputs()), &state.options, None, &|_| ());
        first.make_all(&|| false);
        let before = first.paths().into_iter().map(str::to_owned).collect();
        let mut made = vec![Made { edition: first, owed: None, before }];
        let mut tally = Tally::default();
        for (at, step) in steps.iter().enumerate() {
            reached.store(at, Ordering::Relaxed);
            state.take(step);
            let with_run = every_run || at % 4 == 1;
            one(&state, step, &mut made, with_run, &mut tally).map_err(|text| (at, text))?;
            tally.steps += 1;
        }
        Ok(tally)
    }));
    done.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err((reached.into_inner(), format!("a panic: {}", text.unwrap_or_default())))
    })
}

/// One step.
fn one(state: &State, step: &Step, made: &mut Vec<Made>, with_run: bool, tally: &mut Tally) -> Result<(), String> {
    let newest = made.len() - 1;
    let last = match step.last {
        Last::Fit => made.iter().rev().find(|made| made.edition.is_fit()),
        Last::Newest => made.get(newest),
        Last::Before(steps) => made.get(newest.saturating_sub(steps)),
    };
    let before: BTreeSet<String> = made[newest].edition.paths().into_iter().map(str::to_owned).collect();
    let edition = Edition::new(Arc::new(state.inputs()), &state.options, last.map(|made| &made.edition), &|_| ());
    let expected = scratch(state, &before, with_run)?;
    // From one that is not whole yet has been taken over; that must not have hurt it.
    for made in made.iter_mut() {
        made.settle().map_err(|text| format!("an earlier edition, made whole later: {text}"))?;
    }
    ask(&edition, step.asked, &expected)?;
    if !edition.is_fit() && expected.is_fit {
        return Err("an error is known of it that is none".to_owned());
    }
    tally.fit += usize::from(expected.is_fit);
    tally.codes.extend(expected.problems.iter().map(|problem| problem.code));
    let before = expected.files.keys().cloned().collect();
    let mut new = Made { edition, owed: Some(expected), before };
    match step.asked {
        Asked::All | Asked::Together(_) => new.settle()?,
        // Of every other one, nobody ever asks for the rest.
        Asked::Some(seed) if seed % 2 == 0 => new.owed = None,
        Asked::Half(times) if times % 2 == 0 => new.owed = None,
        Asked::Some(_) | Asked::Half(_) => {}
    }
    made.push(new);
    if made.len() > KEPT {
        made.remove(0);
    }
    Ok(())
}

fn ask(edition: &Edition, asked: Asked, expected: &Answers) -> Result<(), String> {
    let one = |path: &String| {
        let got = edition.file(path);
        if got == Found::Fault && edition.is_fit() {
            return Err(format!("{path} has a fault, and no error is known"));
        }
        file(path, &expected.files[path], &got).map_or(Ok(()), |text| Err(format!("asked before the rest: {text}")))
    };
    let some = |seed: u64, times: usize| {
        let mut random = super::random::Random::new(seed);
        let all: Vec<String> = expected.files.keys().cloned().collect();
        (0..times).try_for_each(|_| one(&random.one(&all)))
    };
    match asked {
        Asked::All => Ok(()),
        Asked::Some(seed) => some(seed, 12),
        Asked::Half(times) => {
            let left = AtomicUsize::new(times);
            let stop = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err();
            edition.make_all(&stop);
            Ok(())
        }
        Asked::Together(seed) => std::thread::scope(|scope| {
            let all = scope.spawn(|| edition.make_all(&|| false));
            let others = [1, 2].map(|add| scope.spawn(move || some(seed + add, 25)));
            others.into_iter().try_for_each(|other| other.join().unwrap())?;
            if all.join().unwrap() { Ok(()) } else { Err("make_all gave up".to_owned()) }
        }),
    }
}
