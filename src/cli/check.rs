//! `annals check`

use super::{FINE, Failure, Global, PROBLEMS, Screen, explain, run_line, site_folder, summary, workflow};
use crate::diagnostic::Level;
use crate::diagnostic::render::{github, json, sarif, short};
use crate::pipeline::Options;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder of the site
    #[arg(value_name = "SITE")]
    folder: Option<PathBuf>,
    /// How to show the problems
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Say what a code means, why it matters, and how to mend it
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines they stand in, on standard error
    Human,
    /// path:line:column: level[code]: message, on standard output
    Short,
    /// One JSON object, on standard output
    Json,
    /// Annotations of a GitHub workflow, on standard output, and the list of all in GITHUB_STEP_SUMMARY
    Github,
    /// SARIF 2.1.0, on standard output
    Sarif,
}

impl Check {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        if let Some(code) = &self.explain {
            return explain::run(code, screen);
        }
        let folder = site_folder(self.folder.as_deref(), global);
        // What is published is what must hold; drafts are held to the rules too, but stay drafts.
        let options = Options { now: super::now(global)?, only_check: true, ..Options::default() };
        let in_workflow = Screen { in_workflow: screen.in_workflow || self.format == Format::Github, ..*screen };
        let screen = &in_workflow;
        let (inputs, outcome) = run_line(&folder, &options, screen)?;
        let summary = summary(&outcome);
        match self.format {
            Format::Human => screen.problems(&inputs, &outcome, Level::Note),
            Format::Short => screen.print_text(&short::render(&outcome.problems)),
            Format::Json => screen.print(&json::render(&outcome.problems, summary)),
            Format::Github => {
                let root = workflow::root(&folder);
                screen.print(&github::render(&outcome.problems, summary, &root));
                workflow::summarise(&outcome.problems, summary, &root, screen);
            }
            Format::Sarif => {
                screen.print(&sarif::render(&outcome.problems, &workflow::root(&folder), &explain::explanation));
            }
        }
        screen.tell(format_args!("checked {} records: {}", summary.records, summary.words()));
        Ok(if outcome.count(Level::Error) > 0 { PROBLEMS } else { FINE })
    }
}
