//! Errors of the template engine as problems at their places.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{At, Code, Diagnostic, list};
use crate::source_text::{File, FileId, Span};
use std::collections::BTreeMap;

/// The folder under which messages name built-in templates.
pub(super) const BUILT_IN: &str = "built-in/templates/";

/// How many pages a problem of a template names.
const NAMED_PAGES: usize = 3;

/// A template that could not be read or rendered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Its name in the engine.
    pub template: String,
    /// What kind of problem.
    pub code: Code,
    /// Its file.
    pub file: FileId,
    /// Bytes of the file.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The cure.
    pub help: Vec<String>,
    /// Whether it only comes of a fault in another template, which is told of by itself.
    pub dragged: bool,
}

impl Fault {
    /// As a diagnostic; `pages` are the records whose pages needed the template.
    pub fn into_diagnostic(self, pages: &[FileId]) -> Diagnostic {
        let mut problem = Diagnostic::new(self.code, At::bytes(&self.file, self.span), self.message);
        problem.help = self.help;
        for page in pages.iter().take(NAMED_PAGES) {
            problem = problem.label(At::file(page), "while making the page of this record");
        }
        if pages.len() > NAMED_PAGES {
            problem = problem.help(format!("{} more pages fail alike", pages.len() - NAMED_PAGES));
        }
        problem
    }

    /// All faults of which an error of the engine tells.
    pub(super) fn all_of(error: &tera::Error, sources: &BTreeMap<FileId, File>) -> Vec<Self> {
        match error.kind() {
            tera::ErrorKind::SyntaxError(report) => {
                let mut fault = Self::of_report(report);
                // Whatever the engine's words: a text that is no template is a matter of its syntax.
                fault.code = Code::TemplateSyntax;
                if fault.message == "unknown tag" {
                    fault.message = "this tag has no place here".to_owned();
                    fault.help =
                        vec!["close first what was opened last, as by `{% endif %}`; or mend the name".to_owned()];
                }
                vec![fault]
            }
            tera::ErrorKind::RenderingError(report) => {
                let mut fault = Self::of_report(report);
                // What can be rendered was read before.
                if fault.code == Code::TemplateSyntax {
                    fault.code = Code::TemplateFailed;
                }
                vec![fault]
            }
            tera::ErrorKind::MissingParent { current, parent } => {
                let help = name_help(parent, sources);
                let message = format!("there is no template `{parent}` to extend");
                let mut fault = Self::about(current, Code::TemplateUnknownName, message, sources, parent, &help);
                fault.dragged = sources.contains_key(&file_of(parent));
                vec![fault]
            }
            tera::ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | tera::ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                // The built-in templates lead to an end; what bends the way back is a template of the site.
                let own = std::iter::once(tpl).chain(chain).find(|name| !name.starts_with("__builtin/"));
                let tpl = own.unwrap_or(tpl);
                vec![Self::about(
                    tpl,
                    Code::TemplateFailed,
                    "the template leads back to itself".to_owned(),
                    sources,
                    tpl,
                    &format!("extend the built-in template of this name: `{{% extends \"__builtin/{tpl}\" %}}`"),
                )]
            }
            tera::ErrorKind::Msg(text) => Self::of_text(text, sources),
            _ => Vec::new(),
        }
    }

    /// A fault of which nothing more is known.
    pub(super) fn unknown(template: &str, error: &tera::Error) -> Self {
        Self {
            template: template.to_owned(),
            code: Code::TemplateFailed,
            file: file_of(template),
            span: Span::default(),
            message: lower(error.to_string().lines().next().unwrap_or_default()),
            help: vec!["compare the template with the built-in one of its name".to_owned()],
            dragged: false,
        }
    }

    pub(super) fn of_report(report: &tera::ReportError) -> Self {
        let message = report.message();
        let range = &report.span().range;
        Self {
            template: report.filename().to_owned(),
            code: code_of(message),
            file: file_of(report.filename()),
            span: Span::new(range.start, range.end),
            message: lower(first_of(message)),
            help: help_of(message),
            dragged: false,
        }
    }

    /// Unknown filters, functions, components and includes come as one text, with a place for each.
    fn of_text(text: &str, sources: &BTreeMap<FileId, File>) -> Vec<Self> {
        let mut faults = Vec::new();
        let mut message = "";
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("error: ") {
                message = rest;
            } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
                let mut parts = place.rsplitn(3, ':');
                let column = parts.next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                let row = parts.next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                let name = parts.next().unwrap_or_default();
                let file = file_of(name);
                let start = sources.get(&file).map_or(0, |file| offset(&file.bytes, row, column));
                faults.push(Self {
                    template: name.to_owned(),
                    code: match code_of(message) {
                        Code::TemplateFailed => Code::TemplateUnknownName,
                        code => code,
                    },
                    span: Span::new(start, start + token(sources.get(&file), start)),
                    file,
                    message: lower(first_of(message)),
                    help: match named(message) {
                        Some(("template", name)) => vec![name_help(name, sources)],
                        _ => help_of(message),
                    },
                    dragged: is_dragged(message, sources),
                });
            }
        }
        if faults.is_empty() {
            // `Component … is defined in both …` and the like: they name templates, and no place.
            let named = sources
                .keys()
                .find(|file| file.path().strip_prefix("templates/").is_some_and(|name| text.contains(name)));
            let file = named.cloned().unwrap_or_else(|| FileId::new("templates"));
            let template = file.path().strip_prefix("templates/").unwrap_or_default().to_owned();
            faults.push(Self {
                template,
                code: Code::TemplateFailed,
                file,
                span: Span::default(),
                message: lower(text.lines().next().unwrap_or_default()),
                help: vec!["give one of them another name".to_owned()],
                dragged: false,
            });
        }
        faults
    }

    fn about(
        template: &str,
        code: Code,
        message: String,
        sources: &BTreeMap<FileId, File>,
        at: &str,
        help: &str,
    ) -> Self {
        let file = file_of(template);
        let text = sources.get(&file).map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
        let start = text.find(at).unwrap_or(0);
        let end = if text.is_empty() { 0 } else { start + at.len() };
        Self {
            template: template.to_owned(),
            code,
            file,
            span: Span::new(start, end),
            message,
            help: vec![help.to_owned()],
            dragged: false,
        }
    }
}

/// A template that is no text.
pub(super) fn unreadable(file: &File) -> Diagnostic {
    use crate::source_text::Trouble;
    let (code, message, help) = match file.trouble {
        Some(Trouble::TooLarge(length)) => {
            (Code::TooLarge, format!("the template has {length} bytes"), "split the template")
        }
        Some(_) => (
            Code::LeavesSite,
            "this is a link to something that is no file of the site".to_owned(),
            "put the file itself here",
        ),
        None => (Code::NotUtf8, "the template is not UTF-8".to_owned(), "save the file as UTF-8"),
    };
    Diagnostic::new(code, At::file(&file.id), message).help(help)
}

/// Strings that are no JSON.
pub(super) fn strings(file: &File, error: &serde_json::Error) -> Diagnostic {
    let at = offset(&file.bytes, error.line().max(1), error.column().max(1));
    Diagnostic::new(Code::TemplateSyntax, At::bytes(&file.id, Span::new(at, at + 1)), lower(&error.to_string()))
        .help("write one JSON object with a text for each key")
}

fn file_of(template: &str) -> FileId {
    match template.strip_prefix("__builtin/") {
        Some(name) => FileId::new(&format!("{BUILT_IN}{name}")),
        None => FileId::new(&format!("templates/{template}")),
    }
}

fn code_of(message: &str) -> Code {
    let says = |part: &str| message.contains(part);
    if says("nvalid type") || says("rgument") {
        return Code::TemplateFailed;
    }
    if says("is not defined.")
        || says("exists but its value is undefined")
        || says("Field `")
        || says("is undefined")
        || says("an undefined value")
    {
        Code::TemplateUnknownVariable
    } else if says("not found")
        || says("not registered")
        || says("doesn't exist")
        || says("is not defined in any parent")
        || says("Unknown")
        || says("unknown")
    {
        Code::TemplateUnknownName
    } else if says("xpected") || says("nexpected") || says("nclosed") || says("nvalid") {
        Code::TemplateSyntax
    } else {
        Code::TemplateFailed
    }
}

fn help_of(message: &str) -> Vec<String> {
    let mut help = Vec::new();
    let (first, known) = available(message);
    match code_of(message) {
        Code::TemplateUnknownVariable => {
            let wanted = first.split('`').nth(1).unwrap_or_default();
            if let Some(guess) = nearest(wanted, known.iter().copied()) {
                help.push(format!("did you mean `{guess}`?"));
            }
            if !known.is_empty() {
                help.push(format!("there are {}", list(known)));
            }
            help.push("write `a?.b or \"\"` for what may be missing".to_owned());
        }
        Code::TemplateUnknownName => {
            help.push("write a name that tera 2 has, or that a template of the site defines".to_owned());
        }
        Code::TemplateSyntax if first.contains("end of input") => {
            help.push("close what is open: `{% endif %}`, `{% endfor %}`, `{% endblock %}`".to_owned());
        }
        _ => help.push("the template language is that of tera 2".to_owned()),
    }
    help
}

/// What is wrong, without the list of what would be right.
fn first_of(message: &str) -> &str {
    available(message).0
}

/// A message of the engine, and the names that it says there are.
fn available(message: &str) -> (&str, Vec<&str>) {
    let line = message.lines().next().unwrap_or_default();
    let (first, rest) = line.split_once(". Available ").unwrap_or((line, ""));
    let known = rest.split_once(": ").map_or(Vec::new(), |(_, names)| names.split(", ").collect());
    (first.trim_end_matches('.'), known)
}

/// The noun and the name of "unknown template `x.html`".
fn named(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("unknown ").or_else(|| message.strip_prefix("Unknown "))?;
    let (noun, rest) = rest.split_once(" `")?;
    Some((noun, rest.split('`').next()?))
}

/// Whether what is not there is there, in a template that has a fault of its own.
fn is_dragged(message: &str, sources: &BTreeMap<FileId, File>) -> bool {
    match named(message) {
        Some(("template", name)) => sources.contains_key(&file_of(name)),
        Some(("component", name)) => {
            let head = format!("component {name}(");
            sources.values().any(|file| String::from_utf8_lossy(&file.bytes).contains(&head))
        }
        _ => false,
    }
}

fn name_help(name: &str, sources: &BTreeMap<FileId, File>) -> String {
    let folders = ["templates/", BUILT_IN];
    let known = sources.keys().filter_map(|file| folders.iter().find_map(|folder| file.path().strip_prefix(folder)));
    // All end alike, which is no likeness.
    let stems = known.filter_map(|name| name.strip_suffix(".html"));
    match nearest(name.trim_end_matches(".html"), stems) {
        Some(guess) => format!("did you mean `{guess}.html`?"),
        None => "name a template of `templates/`, or a built-in one by its name".to_owned(),
    }
}

fn lower(message: &str) -> String {
    let mut chars = message.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The byte of a line and a column, both from 1, the column in characters.
fn offset(bytes: &[u8], line: usize, column: usize) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// The length of the name that stands at `start`.
fn token(file: Option<&File>, start: usize) -> usize {
    let bytes = file.and_then(|file| file.bytes.get(start..)).unwrap_or_default();
    bytes
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'/' | b'"' | b'-'))
        .count()
        .max(1)
}
