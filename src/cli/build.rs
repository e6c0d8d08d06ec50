//! `annals build`

use super::{FINE, Failure, Global, PROBLEMS, Screen, run_line, site_folder, summary};
use crate::cards;
use crate::diagnostic::Level;
use crate::output::{self, OutPath};
use crate::parse::site::tidy_base_url;
use crate::pipeline::Options;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder of the site
    #[arg(value_name = "SITE")]
    folder: Option<PathBuf>,
    /// Where to write (default: public, in SITE)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will be published, in place of base_url in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Publish drafts too, marked
    #[arg(long)]
    drafts: bool,
    /// For review: drafts, a banner, and noindex
    #[arg(long)]
    preview: bool,
}

impl Build {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        let started = Instant::now();
        let folder = site_folder(self.folder.as_deref(), global);
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| if folder == Path::new(".") { "public".into() } else { folder.join("public") });
        output::refuse(&out, &folder).map_err(|refusal| Failure::new(&refusal).help(refusal.help()))?;
        let options = Options {
            drafts: self.drafts || self.preview,
            preview: self.preview,
            base_url: self.base_url.clone(),
            now: super::now(global)?,
            kept: kept(&out),
            only_check: false,
        };
        let (inputs, outcome) = run_line(&folder, &options, screen)?;
        // Notes are for those who ask: `check` shows them, `build` counts them.
        screen.problems(&inputs, &outcome, Level::Warning);
        let words = summary(&outcome).words();
        if outcome.count(Level::Error) > 0 {
            screen.say(format_args!("nothing was written: {words} in {} records", outcome.counts.records));
            return Ok(PROBLEMS);
        }
        let report = output::write(&outcome.output, &out, &mut || {
            screen.tell(format_args!("waiting for another build into {}", out.display()));
        })
        .map_err(|error| Failure::new(&error).help(error.help()))?;
        for note in &report.notes {
            screen.say(format_args!("note: {note}"));
        }
        let counts = outcome.counts;
        screen.tell(format_args!(
            "{}: {} pages, {} files written, {} unchanged, {} removed; {} records, {} claims, {} disputed {}; {words}; {:.2} s",
            out.display(),
            counts.pages,
            report.written(),
            report.unchanged,
            report.removed,
            counts.records,
            counts.claims,
            counts.disputed,
            if counts.disputed == 1 { "field" } else { "fields" },
            started.elapsed().as_secs_f64(),
        ));
        // The process ends here: the system takes gigabytes back at once, one small thing at a time takes a second.
        std::mem::forget((inputs, outcome));
        Ok(FINE)
    }
}

/// The social cards that the last build has left: drawing them takes time.
fn kept(out: &Path) -> Arc<BTreeMap<OutPath, Arc<[u8]>>> {
    OutPath::new(cards::FOLDER).map(|folder| Arc::new(output::kept(out, &folder))).unwrap_or_default()
}

fn base_url(text: &str) -> Result<String, String> {
    tidy_base_url(text)
        .ok_or_else(|| "write the address of the site's folder: https://owner.github.io/name/".to_owned())
}
