//! How long it takes from saving a file to reading the page, measured from outside. See `README.md` in the folder above.

mod crowd;
mod edits;
mod http;
mod server;
mod site;
mod soak;

use edits::Series;
use server::Server;
use site::Site;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "\
usage: cargo bench --bench preview -- [--site DIR] [--edits N] [--soak REBUILDS] [--clients N [--seconds S]]
                                      [--hugo-site DIR --hugo PROGRAM] [--annals PROGRAM]
";

fn main() -> ExitCode {
    let Some(asked) = Asked::read(std::env::args().skip(1)) else {
        let _ = io::stderr().write_all(USAGE.as_bytes());
        return ExitCode::from(2);
    };
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the user wants.
#[derive(Debug)]
struct Asked {
    site: Option<PathBuf>,
    hugo_site: Option<PathBuf>,
    hugo: Option<PathBuf>,
    /// Another build than the one that was made with this harness.
    annals: Option<PathBuf>,
    edits: usize,
    soak: usize,
    clients: usize,
    seconds: u64,
}

impl Asked {
    fn read(arguments: impl Iterator<Item = String>) -> Option<Self> {
        let (mut site, mut hugo_site, mut hugo, mut annals) = (None, None, None, None);
        let (mut edits, mut soak, mut clients, mut seconds) = (20, 0, 0, 20);
        // `--bench` is what cargo itself passes.
        let mut arguments = arguments.filter(|argument| argument != "--bench");
        while let Some(argument) = arguments.next() {
            let value = arguments.next()?;
            match argument.as_str() {
                "--site" => site = Some(PathBuf::from(value)),
                "--hugo-site" => hugo_site = Some(PathBuf::from(value)),
                "--hugo" => hugo = Some(PathBuf::from(value)),
                "--annals" => annals = Some(PathBuf::from(value)),
                "--edits" => edits = value.parse().ok()?,
                "--soak" => soak = value.parse().ok()?,
                "--clients" => clients = value.parse().ok()?,
                "--seconds" => seconds = value.parse().ok()?,
                _ => return None,
            }
        }
        (site.is_some() || hugo_site.is_some()).then_some(Self {
            site,
            hugo_site,
            hugo,
            annals,
            edits,
            soak,
            clients,
            seconds,
        })
    }
}

fn run(asked: &Asked) -> io::Result<()> {
    let ours = ours(asked)?;
    let hugo = hugo(asked)?;
    if asked.edits > 0 {
        let mut series = Vec::from(edits::bodies(ours.as_ref().map(both), hugo.as_ref().map(both), asked.edits)?);
        let ratios = ratios(&series);
        if let Some((site, server)) = &ours {
            series.extend(edits::titles(site, server, asked.edits)?);
        }
        say(&format!("\n{}{ratios}\n", edits::table(&series)))?;
        if let Some((_, server)) = &ours {
            tell("annals serve after the edits", server)?;
        }
        if let Some((_, server)) = &hugo {
            tell("hugo server after the edits", server)?;
        }
    }
    drop(hugo);
    let Some((site, server)) = &ours else { return Ok(()) };
    if asked.soak > 0 {
        say(&format!("\n{}", soak::run(site, server, asked.soak)?))?;
    }
    if asked.clients > 0 {
        say(&format!("\n{}", crowd::run(site, server, asked.clients, Duration::from_secs(asked.seconds))?))?;
    }
    tell("\nannals serve at the end", server)
}

fn both((site, server): &(Site, Server)) -> (&Site, &Server) {
    (site, server)
}

fn ours(asked: &Asked) -> io::Result<Option<(Site, Server)>> {
    let Some(folder) = &asked.site else {
        say("skipped: annals, since --site was not given\n")?;
        return Ok(None);
    };
    let site = Site::copy(folder)?;
    let server = Server::annals(asked.annals.as_deref(), site.root())?;
    say(&format!("{}: {} incidents\n", folder.display(), site.incidents.len()))?;
    tell("annals serve", &server)?;
    Ok(Some((site, server)))
}

fn hugo(asked: &Asked) -> io::Result<Option<(Site, Server)>> {
    let (Some(folder), Some(program)) = (&asked.hugo_site, &asked.hugo) else {
        say("skipped: hugo, which needs --hugo-site and --hugo\n")?;
        return Ok(None);
    };
    if !program.exists() {
        say(&format!("skipped: hugo, since there is no {}\n", program.display()))?;
        return Ok(None);
    }
    let site = Site::copy(folder)?;
    let server = Server::hugo(program, site.root())?;
    say(&format!("{}: {} incidents\n", folder.display(), site.incidents.len()))?;
    tell("hugo server (pages in memory, fast rendering: its default)", &server)?;
    Ok(Some((site, server)))
}

/// How many times as fast the first series is as the second.
fn ratios(series: &[Series]) -> String {
    let [ours, theirs, ..] = series else { return String::new() };
    let ratio = |part| {
        let (ours, theirs) = ours.percentile(part).zip(theirs.percentile(part))?;
        Some(format!("a body, {part} %: {:.1} times as fast as hugo\n", theirs.as_secs_f64() / ours.as_secs_f64()))
    };
    [50, 95].into_iter().filter_map(ratio).collect()
}

/// A server and its memory.
fn tell(name: &str, server: &Server) -> io::Result<()> {
    let (now, most) = server.memory()?;
    let start = server.start.as_secs_f64();
    say(&format!("{name}: {now} MB, at most {most} MB; first page {start:.2} s after its start\n"))
}

fn say(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}
