//! How long a site takes, stage by stage, and how much memory. See `README.md` beside this file.

mod corpus;
mod edits;
mod gauge;
mod measure;

use corpus::Corpus;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo bench --bench site -- [RECORDS] [--seed S] [--in DIR]
       cargo bench --bench site -- edits [RECORDS] [--seed S] [--in DIR]
       cargo bench --bench site -- generate RECORDS DIR [--seed S]
";

fn main() -> ExitCode {
    let done = match Asked::read(std::env::args().skip(1)) {
        Some(Asked::Measure(corpus, within)) => measure::run(corpus, &within).and_then(|table| print(&table)),
        Some(Asked::Edit(corpus, within)) => edits::run(corpus, &within).and_then(|table| print(&table)),
        Some(Asked::Generate(corpus, folder)) => generate(corpus, &folder),
        None => {
            let _ = io::stderr().write_all(USAGE.as_bytes());
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the user wants.
enum Asked {
    /// Measure a corpus, in a folder of its own below this one.
    Measure(Corpus, PathBuf),
    /// Measure what edits of it cost.
    Edit(Corpus, PathBuf),
    /// Write it into this folder, and nothing else.
    Generate(Corpus, PathBuf),
}

impl Asked {
    fn read(arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut seed = 1;
        let mut within = None;
        let mut words = Vec::new();
        // `--bench` is what cargo itself passes.
        let mut arguments = arguments.filter(|argument| argument != "--bench");
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--seed" => seed = arguments.next()?.parse().ok()?,
                "--in" => within = Some(PathBuf::from(arguments.next()?)),
                word if word.starts_with('-') => return None,
                _ => words.push(argument),
            }
        }
        let corpus = |records: &str| {
            let records = records.replace('_', "").parse().ok().filter(|records| *records > 0)?;
            Some(Corpus { records, seed })
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => Some(Self::Measure(corpus("10000")?, within.unwrap_or_else(fast_folder))),
            ["edits"] => Some(Self::Edit(corpus("10000")?, within.unwrap_or_else(fast_folder))),
            ["edits", records] => Some(Self::Edit(corpus(records)?, within.unwrap_or_else(fast_folder))),
            ["generate", records, folder] => Some(Self::Generate(corpus(records)?, PathBuf::from(folder))),
            [records] => Some(Self::Measure(corpus(records)?, within.unwrap_or_else(fast_folder))),
            _ => None,
        }
    }
}

/// A file system in memory where there is one, so that the disk is not what is measured; else the temporary folder.
fn fast_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() }
}

fn generate(corpus: Corpus, folder: &Path) -> io::Result<()> {
    let made = corpus.write(folder)?;
    print(&format!("{}: {} files, {} bytes\n", folder.display(), made.files, made.bytes))
}

fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}
