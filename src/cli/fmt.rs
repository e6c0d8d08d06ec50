//! `annals fmt`

use super::{FINE, Failure, Global, PROBLEMS, Screen, site_folder};
use crate::diagnostic::Diagnostic;
use crate::discover::{self, Inputs};
use crate::format::{self, Outcome, difference};
use crate::pipeline;
use crate::source_text::File;
use clap::Args;
use rayon::prelude::*;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// The folder of the site
    #[arg(value_name = "SITE")]
    folder: Option<PathBuf>,
    /// Write nothing; show what would change, and exit with 1 when something would
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        let folder = site_folder(self.folder.as_deref(), global);
        let inputs = discover::read_content(&folder).map_err(Failure::new)?;
        let (config, _) = crate::parse::site(inputs.site.as_ref());
        let files: Vec<&File> = inputs.site.iter().chain(&inputs.records).collect();
        let outcomes: Vec<Outcome> = files.par_iter().map(|file| format::file(file, &config)).collect();
        let (mut changed, mut left, mut problems) = (0_usize, 0_usize, Vec::new());
        for (file, outcome) in files.iter().zip(outcomes) {
            match outcome {
                Outcome::Fine => {}
                Outcome::Changed(text) => {
                    changed += 1;
                    if self.check {
                        show(file, &text, screen);
                    } else {
                        write(&folder, file, &text)?;
                    }
                }
                Outcome::Unreadable(found) => {
                    left += 1;
                    problems.extend(found);
                }
                Outcome::Unsafe => {
                    left += 1;
                    screen.say(format_args!(
                        "{}: left as it is: in the canonical style it would not say the same",
                        file.id
                    ));
                    screen.say("  help: write it more plainly: one `key: value` a line, no character that ends a line unseen\n");
                }
            }
        }
        self.report(&problems, &inputs, &config, screen);
        screen.tell(self.summary(files.len(), changed, left));
        Ok(if left > 0 || (self.check && changed > 0) { PROBLEMS } else { FINE })
    }

    fn report(&self, problems: &[Diagnostic], inputs: &Inputs, config: &crate::config::Config, screen: &Screen) {
        let located = pipeline::located(problems, inputs, config);
        screen.snippets(&located, |id| inputs.site.iter().chain(&inputs.records).find(|file| file.id == *id));
    }

    fn summary(&self, all: usize, changed: usize, left: usize) -> String {
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let fine = all.saturating_sub(changed + left);
        let mut text = if self.check {
            format!("{} would change, {fine} fine", files(changed))
        } else {
            format!("formatted {}, {fine} fine", files(changed))
        };
        if left > 0 {
            text.push_str(&format!(", {left} left as {}", if left == 1 { "it is" } else { "they are" }));
        }
        text
    }
}

/// What would change, so that somebody without the program can change it.
fn show(file: &File, text: &str, screen: &Screen) {
    let before = String::from_utf8_lossy(&file.bytes);
    screen.say(format_args!("{}: not in the canonical style", file.id));
    for line in difference::first(&before, text).lines() {
        screen.say(format!("  {line}").trim_end());
    }
}

/// Writes `text` in place of `file`, as a whole or not at all; who may read it stays as it was.
fn write(folder: &Path, file: &File, text: &str) -> Result<(), Failure> {
    let shown = folder.join(file.id.path());
    let failed = |error: std::io::Error| {
        Failure::new(format_args!("{} cannot be written: {error}", shown.display()))
            .help("files before it in the order of their paths are formatted already")
    };
    // Through a link, so that it stays one.
    let real = shown.canonicalize().map_err(failed)?;
    if !real.starts_with(folder.canonicalize().map_err(failed)?) {
        return Err(Failure::new(format_args!("{} leads out of the site's folder", shown.display())));
    }
    if *fs::read(&real).map_err(failed)? != *file.bytes {
        return Err(Failure::new(format_args!("{} was changed by somebody else meanwhile", shown.display()))
            .help("run `annals fmt` again"));
    }
    let name = format!(".{}.{}.tmp", file.id.name(), std::process::id());
    let beside = real.with_file_name(name);
    let written = (|| {
        let mut temporary = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        temporary.write_all(text.as_bytes())?;
        fs::set_permissions(&beside, fs::metadata(&real)?.permissions())?;
        fs::rename(&beside, &real)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
