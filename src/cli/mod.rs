//! What the user typed to what the user sees. The only place that prints.
//!
//! In: the arguments, the environment, folders. Out: text on the two streams, files, an exit status.
//! Must never be here: what a problem is, what a page shows; anything that another front could need too.
//!
//! Machine formats go to standard output, everything for people to standard error. Exit status: 0 fine; 1 problems of
//! level error in the content or the templates; 2 wrong usage or the environment.

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod fmt;
mod git;
mod init;
mod new;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod workflow;

use crate::diagnostic::render::{Summary, github, human};
use crate::diagnostic::{Level, Located};
use crate::discover::{self, Inputs};
use crate::pipeline::{Options, Outcome};
use crate::source_text::{File, FileId};
use anstream::ColorChoice;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::collections::HashMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Fine.
pub const FINE: u8 = 0;
/// Problems of level error in the content or the templates.
pub const PROBLEMS: u8 = 1;
/// Wrong usage, or the environment.
pub const FAILED: u8 = 2;

/// Incident timelines in which every figure has a source.
#[derive(Debug, Parser)]
#[command(name = "annals", version, about, long_about = None, max_term_width = 100)]
struct Typed {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options of every command; before or after its name.
#[derive(Debug, Args)]
struct Global {
    /// The folder of the site, where it is not an argument
    #[arg(long, global = true, value_name = "DIR")]
    site: Option<PathBuf>,
    /// The date that counts as today: YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else the newest date in the content)
    #[arg(long, global = true, value_name = "DATE", value_parser = today)]
    now: Option<chrono::NaiveDate>,
    /// How many threads to use (default: one for each processor)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Say nothing but problems
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the site and write it; nothing is written while an error stands
    Build(build::Build),
    /// Show the site in the browser as it stands after each save; write nothing
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    /// Show all problems; write nothing
    Check(check::Check),
    /// Show what changed between two states of the site, in the terms of its readers
    Diff(diff::Diff),
    /// Bring records and settings into one style; meaning, remarks and bodies stay as they are
    Fmt(fmt::Fmt),
    /// Begin a new site: an example, settings, and what GitHub and editors read; overwrite nothing
    Init(init::Init),
    /// Write a valid starting record
    New(new::New),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(schema::Schema),
    /// Print the completions of a shell
    Completions(completions::Completions),
}

/// Runs the command that `arguments` name, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    let typed = match Typed::try_parse_from(arguments) {
        Ok(typed) => typed,
        Err(error) => {
            // Help and version are answers, and go where answers go.
            let status = if error.use_stderr() { FAILED } else { FINE };
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    let screen = Screen::new(&typed.global);
    if let Some(jobs) = typed.global.jobs {
        // Fails only when a pool was made before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    let result = match &typed.command {
        Command::Build(command) => command.run(&typed.global, &screen),
        #[cfg(feature = "serve")]
        Command::Serve(command) => command.run(&typed.global, &screen),
        Command::Check(command) => command.run(&typed.global, &screen),
        Command::Diff(command) => command.run(&typed.global, &screen),
        Command::Fmt(command) => command.run(&typed.global, &screen),
        Command::Init(command) => command.run(&screen),
        Command::New(command) => command.run(&typed.global, &screen),
        Command::Schema(command) => command.run(&screen),
        Command::Completions(command) => command.run(&screen),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            screen.failure(&failure);
            ExitCode::from(FAILED)
        }
    }
}

/// Why a command could not do its work: a sentence for the user, and what to do.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Vec<String>,
}

impl Failure {
    fn new(message: impl Display) -> Self {
        Self { message: message.to_string(), help: Vec::new() }
    }

    fn help(mut self, help: impl Display) -> Self {
        let help = help.to_string();
        if !help.is_empty() {
            self.help.push(help);
        }
        self
    }
}

/// Where text for people and for machines goes.
#[derive(Debug)]
struct Screen {
    quiet: bool,
    colour: ColorChoice,
    /// Whether a runner of GitHub reads along, which takes some lines for commands.
    in_workflow: bool,
}

impl Screen {
    fn new(global: &Global) -> Self {
        let colour = match global.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self { quiet: global.quiet, colour, in_workflow: workflow::is_one() }
    }

    /// For people, on standard error.
    fn say(&self, text: impl Display) {
        let mut stream = anstream::AutoStream::new(std::io::stderr(), self.colour);
        let mut text = text.to_string();
        if self.in_workflow {
            // What is harmless with its colours in it may be a command once they are taken out.
            if stream.current_choice() == ColorChoice::Never {
                text = anstream::adapter::strip_str(&text).to_string();
            }
            text = github::harmless(&text);
        }
        // Whoever closed the stream wants to hear no more.
        let _ = writeln!(stream, "{text}");
    }

    /// For people who want to hear of success.
    fn tell(&self, text: impl Display) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// For machines, on standard output.
    fn print(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// For machines that read lines, on standard output; a runner of GitHub finds no command in them.
    fn print_text(&self, text: &str) {
        if self.in_workflow { self.print(&github::harmless(text)) } else { self.print(text) }
    }

    fn failure(&self, failure: &Failure) {
        self.say(format_args!("error: {}", failure.message));
        for help in &failure.help {
            self.say(format_args!("  help: {help}"));
        }
    }

    /// Problems with their snippets, down to the level `least`.
    fn problems(&self, inputs: &Inputs, outcome: &Outcome, least: Level) {
        let all = inputs.site.iter().chain(&inputs.records).chain(&inputs.templates).chain(&inputs.strays);
        let files: HashMap<&FileId, &File> = all.map(|file| (&file.id, file)).collect();
        let problems: Vec<_> = outcome.problems.iter().filter(|problem| problem.level <= least).cloned().collect();
        self.snippets(&problems, |id| files.get(id).copied().or_else(|| outcome.theme.source(id)));
    }

    /// Problems with their snippets, cut from the files that `file` gives.
    fn snippets<'a>(&self, problems: &[Located], file: impl Fn(&FileId) -> Option<&'a File>) {
        // What is not UTF-8 cannot be cut at the same bytes once it is shown.
        let texts = |id: &FileId| std::str::from_utf8(&file(id)?.bytes).ok().map(str::to_owned);
        let text = human::render(problems, &texts, true);
        if !text.is_empty() {
            self.say(text.trim_end_matches('\n'));
            self.say("");
        }
    }

    fn is_terminal(&self) -> bool {
        std::io::stderr().is_terminal() && !self.quiet
    }
}

/// The folder of the site: the argument, else `--site`, else the current folder.
fn site_folder(argument: Option<&Path>, global: &Global) -> PathBuf {
    argument.or(global.site.as_deref()).unwrap_or_else(|| Path::new(".")).to_path_buf()
}

/// Reads the site and runs it through the line, with a word on what is going on when it takes long.
fn run_line(folder: &Path, options: &Options, screen: &Screen) -> Result<(Inputs, Outcome), Failure> {
    let started = std::time::Instant::now();
    let inputs = discover::read(folder).map_err(Failure::new)?;
    let outcome = crate::pipeline::run(&inputs, options, &|stage| {
        if screen.is_terminal() && started.elapsed().as_secs() >= 1 {
            screen.say(format_args!("  {stage} …"));
        }
    });
    Ok((inputs, outcome))
}

fn summary(outcome: &Outcome) -> Summary {
    Summary::of(&outcome.problems, outcome.counts.records)
}

/// What counts as today: `--now`, else `SOURCE_DATE_EPOCH`. Nothing: the newest date in the content. Never the clock.
fn now(global: &Global) -> Result<Option<chrono::NaiveDate>, Failure> {
    if global.now.is_some() {
        return Ok(global.now);
    }
    let Ok(seconds) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let day = seconds.trim().parse().ok().and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    day.map(|time| Some(time.date_naive())).ok_or_else(|| {
        Failure::new(format_args!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds"))
            .help("unset it, or give seconds since 1970-01-01")
    })
}

fn today(text: &str) -> Result<chrono::NaiveDate, String> {
    text.parse().map_err(|_| "write a day: 2026-11-21".to_owned())
}
