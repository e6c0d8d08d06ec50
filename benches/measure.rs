//! One run of the whole line over one corpus, as a table.

use super::corpus::Corpus;
use super::gauge::Reading;
use annals::diagnostic::Level;
use annals::discover;
use annals::output::{self, Map};
use annals::pipeline::{self, Options};
use std::cell::RefCell;
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Makes the corpus in a new folder below `within`, builds it there, and tells what that took.
///
/// # Errors
/// When the folder cannot be written, or when the corpus does not check clean.
pub fn run(corpus: Corpus, within: &Path) -> io::Result<String> {
    let folder = tempfile::Builder::new().prefix("annals-bench-").tempdir_in(within)?;
    let made = corpus.write(folder.path())?;
    let out = folder.path().join("public");

    let marks = RefCell::new(vec![("read", Reading::now())]);
    let mark = |name| marks.borrow_mut().push((name, Reading::now()));
    let inputs = discover::read(folder.path()).map_err(io::Error::other)?;
    let outcome = pipeline::run(&inputs, &Options::default(), &mark);
    mark("write");
    let fresh = output::write(&outcome.output, &out, &mut || ()).map_err(io::Error::other)?;
    mark("write again");
    let again = output::write(&outcome.output, &out, &mut || ()).map_err(io::Error::other)?;
    mark("free");
    let problems = [Level::Error, Level::Warning, Level::Note].map(|level| outcome.count(level));
    let (counts, bytes) = (outcome.counts, bytes(&outcome.output));
    let first = outcome.problems.first().map(|problem| format!("{}: {}", problem.place.file, problem.message));
    drop((inputs, outcome));
    mark("");

    // A site with errors is not built, and one that changes under the same inputs is not what should be measured.
    if problems.first() != Some(&0) {
        return Err(io::Error::other(format!("the corpus has errors; {}", first.unwrap_or_default())));
    }
    if again.written() > 0 {
        return Err(io::Error::other(format!("{} files were written again", again.written())));
    }
    let mut table = format!(
        "{} records, seed {}: {} files, {} MB; {} claims, {} disputed fields; {} problems\n\n",
        corpus.records,
        corpus.seed,
        made.files,
        megabytes(Some(made.bytes)),
        counts.claims,
        counts.disputed,
        problems.iter().sum::<usize>()
    );
    table.push_str(&rows(&marks.into_inner()));
    let _ = write!(table, "\nwrote {} files, {} MB\n", fresh.written(), megabytes(Some(bytes)));
    Ok(table)
}

fn bytes(map: &Map) -> u64 {
    map.iter().map(|(_, entry)| entry.bytes.len() as u64).sum()
}

/// A row for each stage, and one for a build: all stages but those that a build does not have.
fn rows(marks: &[(&str, Reading)]) -> String {
    let mut table = row(["stage", "wall s", "CPU s", "holds MB", "peak MB"].map(str::to_owned));
    let (mut wall, mut cpu) = (Duration::ZERO, Some(Duration::ZERO));
    for (before, after) in marks.iter().zip(marks.iter().skip(1)) {
        let (name, before, after) = (before.0, &before.1, &after.1);
        let (took, worked) = (after.wall_since(before), after.cpu_since(before));
        table.push_str(&row([
            name.to_owned(),
            seconds(Some(took)),
            seconds(worked),
            megabytes(after.resident),
            megabytes(after.peak),
        ]));
        if !matches!(name, "write again" | "free") {
            wall += took;
            cpu = cpu.zip(worked).map(|(cpu, worked)| cpu + worked);
        }
    }
    let peak = marks.last().and_then(|(_, last)| last.peak);
    table.push_str(&row(["build".to_owned(), seconds(Some(wall)), seconds(cpu), String::new(), megabytes(peak)]));
    table
}

fn row([name, cells @ ..]: [String; 5]) -> String {
    let mut line = format!("{name:<12}");
    for cell in cells {
        let _ = write!(line, "{cell:>10}");
    }
    line.push('\n');
    line
}

fn seconds(time: Option<Duration>) -> String {
    time.map_or_else(|| "-".to_owned(), |time| format!("{:.3}", time.as_secs_f64()))
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "-".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1e6))
}
