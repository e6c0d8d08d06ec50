//! `annals new`

use super::{FINE, Failure, Global, Screen, site_folder};
use crate::discover;
use crate::model::{Citation, Date, Record, RecordKind, id};
use crate::scaffold::{self, Given, Known};
use crate::source_text::FileId;
use clap::{Args, ValueEnum};
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

#[derive(Debug, Args)]
pub(super) struct New {
    /// What to begin
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
    /// Its id: the name of its file and of its page
    #[arg(value_name = "ID")]
    id: String,
    /// Its title, or the name of an entity or a place
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// When an incident happened, or a source was published: an EDTF date such as 2022-01 or unknown
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// What an incident rests on: the id of a source, with a place in it, such as bitcoin-com-2022#9
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Incident,
    Source,
    Entity,
    Place,
    Page,
}

impl New {
    pub fn run(&self, global: &Global, screen: &Screen) -> Result<u8, Failure> {
        let kind = match self.kind {
            Kind::Incident => RecordKind::Incident,
            Kind::Source => RecordKind::Source,
            Kind::Entity => RecordKind::Entity,
            Kind::Place => RecordKind::Place,
            Kind::Page => RecordKind::Page,
        };
        let noun = kind.noun();
        if !id::is_valid(&self.id) {
            let slug = id::slug(&self.id);
            let failure = Failure::new(format_args!(
                "`{}` cannot be an id: small letters, digits and `-`, at most {} characters",
                self.id,
                id::LONGEST
            ));
            return Err(if slug.is_empty() {
                failure
            } else {
                failure.help(format_args!("try `annals new {noun} {slug}`"))
            });
        }
        let folder = site_folder(None, global);
        let (known, taken) = known(&folder, kind, &self.id)?;
        if let Some(file) = taken {
            return Err(Failure::new(format_args!("the {noun} `{}` is there already: {file}", self.id))
                .help("nothing was changed"));
        }
        let given = self.given(kind, &known)?;
        let path = scaffold::path(kind, &self.id);
        let target = folder.join(&path);
        let text = scaffold::text(kind, &given, &known);
        create(&target, &text)?;
        screen.tell(format_args!("wrote {}", target.display()));
        if !folder.join("static/schema").join(format!("{noun}.json")).exists() {
            screen
                .tell(format_args!("  for completion in an editor: mkdir -p static/schema && annals schema {noun} > static/schema/{noun}.json"));
        }
        Ok(FINE)
    }

    /// What the options say, checked; what they leave out is asked for on a terminal.
    fn given(&self, kind: RecordKind, known: &Known) -> Result<Given, Failure> {
        let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let mut missing = Vec::new();
        let mut get = |option: &Option<String>, flag: &'static str, question: &str| {
            match option {
                Some(text) => text.trim().to_owned(),
                None if asks => ask(question),
                None => String::new(),
            }
            .pipe_missing(flag, &mut missing)
        };
        let named = matches!(kind, RecordKind::Entity | RecordKind::Place);
        let title = get(&self.title, "--title", if named { "Name" } else { "Title" });
        let (mut date, mut source) = (self.date.clone().map(|date| date.trim().to_owned()), None);
        if kind == RecordKind::Incident {
            date = Some(get(&self.date, "--date", "When it happened (2022-01-05, 2022-01, 2022, unknown)"));
            let question = format!("What it rests on, source#paragraph{}", examples(known));
            source = Some(get(&self.source, "--source", &question));
        }
        if !missing.is_empty() {
            let mut failure = Failure::new(format_args!(
                "{} {} missing",
                missing.join(" and "),
                if missing.len() == 1 { "is" } else { "are" }
            ));
            if missing.contains(&"--source") {
                failure = failure.help(if known.sources.is_empty() {
                    "there is no source yet; begin with one: annals new source ID --title TEXT".to_owned()
                } else {
                    format!(
                        "the sources are {}",
                        crate::diagnostic::list(known.sources.iter().take(30).map(String::as_str))
                    )
                });
            }
            return Err(failure);
        }
        if let Some(text) = date.as_deref() {
            Date::parse(text)
                .map_err(|error| Failure::new(format_args!("--date: {}", error.message)).help(error.help))?;
        }
        if let Some(text) = source.as_deref() {
            let citation = Citation::parse(text)
                .map_err(|error| Failure::new(format_args!("--source: {}", error.message)).help(error.help))?;
            if !known.sources.iter().any(|source| source == citation.source.as_str()) {
                let failure = Failure::new(format_args!("there is no source `{}`", citation.source));
                let near = crate::diagnostic::nearest::nearest(
                    citation.source.as_str(),
                    known.sources.iter().map(String::as_str),
                );
                return Err(match near {
                    Some(guess) => failure.help(format_args!("did you mean `{guess}`?")),
                    None => {
                        failure.help(format_args!("begin it: annals new source {}", id::slug(citation.source.as_str())))
                    }
                });
            }
        }
        if title.chars().any(char::is_control) {
            return Err(Failure::new("--title has a line break or another control character in it"));
        }
        Ok(Given { title, date, source })
    }
}

trait Missing {
    fn pipe_missing(self, flag: &'static str, missing: &mut Vec<&'static str>) -> Self;
}

impl Missing for String {
    fn pipe_missing(self, flag: &'static str, missing: &mut Vec<&'static str>) -> Self {
        if self.is_empty() {
            missing.push(flag);
        }
        self
    }
}

/// What the site has already, and the file of the record of that name if there is one.
fn known(folder: &Path, kind: RecordKind, id: &str) -> Result<(Known, Option<FileId>), Failure> {
    let inputs = match discover::read(folder) {
        Ok(inputs) => inputs,
        // The first record of a site makes its folder; a folder that is not there at all is a slip of the pen.
        Err(discover::Unreadable::NoContent(_)) if folder.is_dir() => return Ok((Known::default(), None)),
        Err(error) => return Err(Failure::new(error)),
    };
    let (config, _) = crate::parse::site(inputs.site.as_ref());
    let mut known = Known {
        kinds: config.kinds.iter().map(|(kind, _)| kind.to_string()).collect(),
        roles: config.roles.iter().map(|(role, _)| role.clone()).collect(),
        ..Known::default()
    };
    let mut taken = None;
    for file in &inputs.records {
        let Some(of) = RecordKind::of(&file.id) else { continue };
        if of == kind && file.id.stem() == id {
            taken = Some(file.id.clone());
        }
        let parsed = crate::parse::record(of, file, &config);
        if matches!(parsed.record, Record::Broken(..)) || parsed.record.is_draft() {
            continue;
        }
        let list = match of {
            RecordKind::Source => &mut known.sources,
            RecordKind::Entity => &mut known.entities,
            RecordKind::Place => &mut known.places,
            RecordKind::Incident => &mut known.incidents,
            RecordKind::Page => continue,
        };
        list.push(file.id.stem().to_owned());
    }
    Ok((known, taken))
}

fn create(target: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format_args!("{} cannot be written: {error}", target.display()));
    if let Some(parent) = target.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    // Never over a file that is there, not even one that appeared a moment ago.
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(target).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

fn ask(question: &str) -> String {
    let mut err = std::io::stderr();
    let _ = write!(err, "{question}: ");
    let _ = err.flush();
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    line.trim().to_owned()
}

fn examples(known: &Known) -> String {
    match known.sources.as_slice() {
        [] => String::new(),
        sources => {
            format!(" (sources: {})", sources.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", "))
        }
    }
}
