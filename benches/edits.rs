//! What each kind of edit costs the preview, without the watching and the network: stage by stage, in one process.

use super::corpus::Corpus;
use super::gauge::Reading;
use annals::discover::{self, Inputs};
use annals::pipeline::{Edition, Found, Options};
use annals::source_text::File;
use std::cell::RefCell;
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A kind of edit: its name, the folder of its files, what is replaced in them once, and by what.
const EDITS: &[(&str, &str, &str, &str)] = &[
    ("body", "content/incidents/", "\n---\n", "\n---\n\nA word more. "),
    ("title", "content/incidents/", "title: ", "title: More "),
    ("source", "content/sources/", "title: ", "title: More "),
    ("entity", "content/entities/", "name: ", "name: More "),
    ("tag", "content/incidents/", "tags: [", "tags: [new, "),
];
/// How often each is measured.
const ROUNDS: usize = 7;

/// Measures the edits on a corpus in a folder of its own below `within`, as a table.
pub fn run(corpus: Corpus, within: &Path) -> io::Result<String> {
    let folder = tempfile::Builder::new().prefix("annals-bench-").tempdir_in(within)?;
    corpus.write(folder.path())?;
    let options = Options { drafts: true, ..Options::default() };
    let mut inputs = Arc::new(discover::read(folder.path()).map_err(io::Error::other)?);
    let started = Instant::now();
    let mut last = Edition::new(inputs.clone(), &options, None, &|_| ());
    let mut table = format!("first edition {}", milliseconds(started.elapsed()));
    let started = Instant::now();
    last.make_all(&|| false);
    let _ = writeln!(table, ", all of its pages {}\n", milliseconds(started.elapsed()));
    let _ = writeln!(
        table,
        "{:<8}{:>10}{:>10}{:>10}{:>10}{:>10}{:>11}",
        "edit", "edition", "page", "home", "all", "rendered", "looked at"
    );
    let mut stages = String::new();
    for (name, below, from, to) in EDITS {
        let mut times: [Vec<Duration>; 4] = Default::default();
        let mut work = last.work();
        for round in 0..ROUNDS {
            let Some((edited, file)) = edit(&inputs, below, round, from, to) else { continue };
            inputs = edited;
            let marks = RefCell::new(Vec::new());
            let started = Instant::now();
            let next = Edition::new(inputs.clone(), &options, Some(&last), &|stage| {
                marks.borrow_mut().push((stage, started.elapsed()));
            });
            let mut time = |at: usize| {
                if let Some(times) = times.get_mut(at) {
                    times.push(started.elapsed())
                }
            };
            time(0);
            let route = next.route(&file.id).unwrap_or_default();
            if next.is_fit() && !matches!(next.file(&route), Found::File(_)) {
                return Err(io::Error::other(format!("{name}: no page for {}", file.id)));
            }
            time(1);
            let _ = next.file("index.html");
            time(2);
            next.make_all(&|| false);
            time(3);
            work = next.work();
            if round + 1 == ROUNDS {
                let marks: Vec<String> =
                    marks.into_inner().iter().map(|(name, at)| format!("{name} {}", milliseconds(*at))).collect();
                let _ = writeln!(stages, "{name}: {}", marks.join(", "));
            }
            if next.is_fit() {
                last = next;
            }
        }
        let cells: String = times.iter_mut().map(|times| format!("{:>10}", median(times))).collect();
        let _ = writeln!(table, "{name:<8}{cells}{:>10}{:>11}", work.rendered.len(), work.looked_at);
    }
    let memory = Reading::now();
    let megabytes = |bytes: Option<u64>| bytes.map_or(0, |bytes| bytes >> 20);
    let _ = writeln!(
        table,
        "\nstages of the last of each, by their beginnings:\n{stages}\nholds {} MB, at most {} MB",
        megabytes(memory.resident),
        megabytes(memory.peak)
    );
    Ok(table)
}

/// The inputs with one file changed, and that file.
fn edit(inputs: &Inputs, below: &str, round: usize, from: &str, to: &str) -> Option<(Arc<Inputs>, File)> {
    let mut inputs = inputs.clone();
    let mut files: Vec<&mut File> =
        inputs.records.iter_mut().filter(|file| file.id.path().starts_with(below)).collect();
    let at = files.len() * (round + 1) / (ROUNDS + 2);
    let near: Option<&mut &mut File> = files.get_mut(at..)?.iter_mut().find(|file| {
        // Not within quotes, where it would tear the record.
        let quoted = ["\"", "'"].map(|quote| format!("{from}{quote}"));
        let fits = |text: &str| text.contains(from) && !quoted.iter().any(|quoted| text.contains(quoted));
        std::str::from_utf8(&file.bytes).is_ok_and(fits)
    });
    let file = near?;
    let text = std::str::from_utf8(&file.bytes).ok()?.replacen(from, to, 1);
    **file = File::new(file.id.path(), text.into_bytes());
    let file = (**file).clone();
    Some((Arc::new(inputs), file))
}

fn median(times: &mut [Duration]) -> String {
    times.sort_unstable();
    times.get(times.len() / 2).map_or_else(|| "-".to_owned(), |time| milliseconds(*time))
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
