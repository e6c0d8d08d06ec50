//! `annals serve`

use super::{FINE, Failure, Global, Screen, site_folder};
use crate::diagnostic::render::{Summary, human};
use crate::pipeline::Options;
use crate::serve::{self, News, Rebuilt, Settings, Shown, Way};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// As many reasons are given, and for each as many pages are named.
const REASONS: usize = 20;
const PAGES: usize = 5;

/// As many files are named.
const NAMED: usize = 3;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The folder of the site
    #[arg(value_name = "SITE")]
    folder: Option<PathBuf>,
    /// The port; 0 for any free one (default: 8000, or the next free one)
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen at; others than this machine's own let everyone on the network read drafts
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: String,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Look at every file in this interval, in milliseconds, where the file system does not tell of changes
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "500",
          value_parser = clap::value_parser!(u64).range(10..=3_600_000))]
    poll: Option<u64>,
    /// Say of each page that was rendered why
    #[arg(long)]
    explain_rebuild: bool,
}

impl Serve {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        let options = Options { drafts: true, now: super::now(global)?, ..Options::default() };
        let settings = Settings {
            root: site_folder(self.folder.as_deref(), global),
            host: self.host.clone(),
            port: self.port,
            way: self.poll.map_or(Way::Told, |interval| Way::Polled(Duration::from_millis(interval))),
            options,
        };
        let done = serve::run(settings, &mut |news| match news {
            News::Listening { url, open_to_others } => self.listening(&url, open_to_others, screen),
            News::Rebuilt(rebuilt) => self.rebuilt(&rebuilt, screen),
            News::Note(note) => screen.say(format_args!("note: {note}")),
        });
        done.map_err(|failed| Failure::new(&failed).help(failed.help()))?;
        Ok(FINE)
    }

    fn listening(&self, url: &str, open_to_others: bool, screen: &Screen) {
        if open_to_others {
            screen.say("warning: anyone on the network can read this site now, with its drafts");
        }
        screen.tell(format_args!("{url} shows the site with its drafts and follows each save; Ctrl-C ends it"));
        if self.open {
            open(url, screen);
        }
    }

    fn rebuilt(&self, rebuilt: &Rebuilt, screen: &Screen) {
        let Rebuilt { work, summary, .. } = rebuilt;
        let pages = match work.rendered.len() {
            0 if rebuilt.changed.is_empty() => count(rebuilt.edition.counts().pages, "page", "pages"),
            0 => "no page changed".to_owned(),
            rendered => format!("{} rendered, {} looked at", count(rendered, "page", "pages"), work.looked_at),
        };
        let grave = (summary.errors, summary.warnings) != (0, 0);
        let words = Summary { notes: 0, ..*summary }.words();
        let mut line = match rebuilt.shown {
            Shown::This if grave => format!("{pages}; {words}"),
            Shown::This => pages,
            Shown::LastGood => format!("{words}: the last good version is shown"),
            Shown::Problems => format!("{words}: the site is shown when the errors are mended"),
        };
        if !grave && rebuilt.problems.is_some() {
            line.push_str("; no problems any more");
        }
        let what = files(&rebuilt.changed);
        screen.tell(format_args!("{what}: {line}; {} ms", rebuilt.took.as_millis()));
        if self.explain_rebuild {
            for line in reasons(&work.rendered) {
                screen.tell(format_args!("  {line}"));
            }
        }
        let problems = rebuilt.problems.as_deref().unwrap_or_default();
        let text = human::render(problems, &|file| rebuilt.edition.text(file), true);
        if !text.is_empty() {
            screen.say(text.trim_end_matches('\n'));
            screen.say("");
        }
    }
}

/// Why pages were rendered: a line for each reason, with its pages.
fn reasons(rendered: &[(String, String)]) -> Vec<String> {
    let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (page, reason) in rendered {
        pages.entry(reason).or_default().push(page);
    }
    let others = pages.len().saturating_sub(REASONS);
    let line = |(reason, pages): (&str, Vec<&str>)| {
        let named = pages.iter().take(PAGES).copied().collect::<Vec<_>>().join(", ");
        let more = match pages.len().saturating_sub(PAGES) {
            0 => String::new(),
            more => format!(" and {}", count(more, "other page", "other pages")),
        };
        format!("{}: {named}{more}", still(reason))
    };
    let mut lines: Vec<String> = pages.into_iter().take(REASONS).map(line).collect();
    if others > 0 {
        lines.push(format!("and {}", count(others, "other reason", "other reasons")));
    }
    lines
}

fn files(changed: &[String]) -> String {
    match changed {
        [] => "the site".to_owned(),
        [one] => still(one),
        [..] => {
            let named = changed.iter().take(NAMED).map(|name| still(name)).collect::<Vec<_>>().join(", ");
            let more = if changed.len() > NAMED { ", …" } else { "" };
            format!("{} files ({named}{more})", changed.len())
        }
    }
}

/// A name without anything that a terminal would obey.
fn still(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The browser is the user's affair: that it does not open is worth a note and no more.
fn open(url: &str, screen: &Screen) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // It may run for as long as the browser does. Somebody has to take note of its end.
        Ok(mut child) => _ = std::thread::Builder::new().spawn(move || child.wait()),
        Err(error) => screen.say(format_args!("note: no browser could be opened ({error}); the address is above")),
    }
}

#[cfg(test)]
mod tests {
    use super::{files, reasons};

    #[test]
    fn pages_stand_behind_their_reason() {
        let check = |rendered: &[(&str, &str)], expect: &[&str]| {
            let rendered: Vec<_> = rendered.iter().map(|(page, why)| ((*page).to_owned(), (*why).to_owned())).collect();
            assert_eq!(reasons(&rendered), expect);
        };
        check(&[], &[]);
        check(&[("a", "new"), ("b", "old\u{1b}"), ("c", "new")], &["new: a, c", "old : b"]);
        let all = ["a", "b", "c", "d", "e", "f"].map(|page| (page, "new"));
        check(&all, &["new: a, b, c, d, e and 1 other page"]);
    }

    #[test]
    fn files_are_named_while_they_are_few() {
        let check = |names: &[&str], expect: &str| {
            assert_eq!(files(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()), expect);
        };
        check(&[], "the site");
        check(&["content/a.md"], "content/a.md");
        check(&["a", "b"], "2 files (a, b)");
        check(&["a", "b", "c", "d"], "4 files (a, b, c, …)");
    }
}
