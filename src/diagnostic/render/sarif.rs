//! SARIF 2.1.0, for code scanning and for editors that read it.
//!
//! The limits are those of GitHub's code scanning, which refuses a file beyond them. Fingerprints are our own
//! (`annalsProblem/v1`): GitHub compares `primaryLocationLineHash` alone, which its `upload-sarif` action makes from the
//! lines of the files, and of which it complains when somebody else has made it.

use super::by_gravity;
use super::github::harmless_json;
use super::short::one_line;
use crate::diagnostic::{Code, Located, Place};
use crate::source_text::Fingerprint;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write;

/// The most results of a run.
const MOST_RESULTS: usize = 25_000;

/// The most other places of a result: what is shown of 1,000 that are taken.
const MOST_RELATED: usize = 100;

/// The most characters of a description.
const LONGEST: usize = 1024;

/// What relative addresses are relative to.
const ROOT: &str = "%SRCROOT%";

/// Where the renderer finds the explanation of a code: Markdown with a section `What it means`.
pub type Explain<'a> = dyn Fn(Code) -> Option<String> + 'a;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    original_uri_base_ids: HashMap<&'static str, Base>,
    /// Columns are counted as in all that this program says.
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Base {
    description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "annalsProblem/v1")]
    problem: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

/// Lines and columns from 1; the end column is one past the end.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The log with one run, and a line feed at its end.
///
/// `root` is the path of the site's folder below the repository's root, as for annotations.
pub fn render(problems: &[Located], root: &str, explain: &Explain<'_>) -> String {
    let mut codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let places: HashMap<Code, usize> = codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    let mut equals = HashMap::new();
    let results = by_gravity(problems)
        .into_iter()
        .take(MOST_RESULTS)
        .map(|problem| {
            let number = equals.entry((problem.code, &problem.place.file, &problem.message)).or_insert(0_usize);
            *number += 1;
            finding(problem, places.get(&problem.code).copied().unwrap_or_default(), *number, root)
        })
        .collect();
    let left_out = problems.len().saturating_sub(MOST_RESULTS);
    let notifications = (left_out > 0).then(|| Notification {
        level: "warning",
        message: said(&format!("{left_out} problems are left out: a run may have {MOST_RESULTS} results")),
    });
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "annals",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.iter().map(|code| rule(*code, explain)).collect(),
                },
            },
            original_uri_base_ids: HashMap::from([(ROOT, Base { description: said("the root of the repository") })]),
            column_kind: "unicodeCodePoints",
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notifications.into_iter().collect(),
            }],
            results,
        }],
    };
    // Strings, numbers and flags only: there is nothing that could fail to become JSON.
    let mut text = harmless_json(&serde_json::to_string_pretty(&log).unwrap_or_default());
    text.push('\n');
    text
}

fn said(text: &str) -> Message {
    Message { text: text.to_owned() }
}

fn finding(problem: &Located, rule_index: usize, number: usize, root: &str) -> Finding {
    let Located { code, level, message, place, labels, help } = problem;
    let mut text = one_line(message);
    for help in help {
        text.push('\n');
        text.push_str(&one_line(help));
    }
    // In a message `[words](address)` is a link, which only the program may make.
    let text = text.replace("](", "] (");
    let same = format!("{}\0{}\0{message}\0{number}", code.name(), place.file.path());
    Finding {
        rule_id: code.name(),
        rule_index,
        level: level.name(),
        message: Message { text },
        locations: [location(place, root, None, None)],
        related_locations: labels
            .iter()
            .take(MOST_RELATED)
            .enumerate()
            .map(|(at, (place, label))| location(place, root, Some(at + 1), Some(said(&one_line(label)))))
            .collect(),
        partial_fingerprints: Fingerprints { problem: Fingerprint::of(same.as_bytes()).short(32) },
    }
}

fn location(place: &Place, root: &str, id: Option<usize>, message: Option<Message>) -> Location {
    let path = if root.is_empty() { place.file.path().to_owned() } else { format!("{root}/{}", place.file.path()) };
    Location {
        id,
        physical_location: Physical {
            artifact_location: Artifact { uri: address(&path), uri_base_id: ROOT },
            region: Region {
                start_line: place.start.line,
                start_column: place.start.column,
                end_line: place.end.line,
                end_column: place.end.column,
            },
        },
        message,
    }
}

/// A path as a relative reference (RFC 3986): its slashes stay, all but unreserved characters are percent-encoded.
fn address(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn rule(code: Code, explain: &Explain<'_>) -> Rule {
    let explanation = explain(code).unwrap_or_else(|| code.name().to_owned());
    let meaning = section(&explanation, "What it means").unwrap_or(code.name());
    let matter = section(&explanation, "Why it matters").unwrap_or_default();
    Rule {
        id: code.name(),
        short_description: said(&cut(meaning)),
        full_description: said(&cut(format!("{meaning}\n\n{matter}").trim_end())),
        help: Help { text: explanation.clone(), markdown: explanation },
        default_configuration: Configuration { level: code.level().name() },
    }
}

/// The first paragraph below a heading.
fn section<'a>(markdown: &'a str, title: &str) -> Option<&'a str> {
    let (_, below) = markdown.split_once(&format!("\n## {title}\n"))?;
    below.split("\n\n").map(str::trim).find(|paragraph| !paragraph.is_empty())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::source_text::{FileId, Position, Span};
    use serde_json::{Value, json};

    fn problem(message: &str, line: usize) -> Located {
        let file = FileId::new("content/incidents/a b%ü.md");
        let (start, end) = (Position { line, column: 7 }, Position { line, column: 10 });
        Located {
            code: Code::UnsafeUrl,
            level: Level::Warning,
            message: message.to_owned(),
            place: Place { file, start, end, span: Span::default() },
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    fn rendered(problems: &[Located]) -> Value {
        let explain = |_| Some("# x\n\n## What it means\n\nIt is so.\n\n## Why it matters\n\nBecause.\n".to_owned());
        serde_json::from_str(&render(problems, "sites/x", &explain)).unwrap()
    }

    #[test]
    fn one_result_says_everything() {
        let mut found = problem("see [a](javascript:b) ##[group]", 3);
        found.help = vec!["mend\nit".to_owned()];
        found.labels = vec![(found.place.clone(), "here".to_owned())];
        let log = rendered(&[found]);
        let run = &log["runs"][0];
        let place = json!({
            "artifactLocation": {"uri": "sites/x/content/incidents/a%20b%25%C3%BC.md", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 10},
        });
        let print = run["results"][0]["partialFingerprints"].clone();
        assert_eq!(
            run["results"],
            json!([{
                "ruleId": "unsafe-url",
                "ruleIndex": 0,
                "level": "warning",
                "message": {"text": "see [a] (javascript:b) ##[group]\nmend it"},
                "locations": [{"physicalLocation": place}],
                "relatedLocations": [{"id": 1, "physicalLocation": place, "message": {"text": "here"}}],
                "partialFingerprints": print,
            }])
        );
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["shortDescription"]["text"], "It is so.");
        assert_eq!(rule["fullDescription"]["text"], "It is so.\n\nBecause.");
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        assert_eq!((&log["version"], &run["columnKind"]), (&json!("2.1.0"), &json!("unicodeCodePoints")));
    }

    #[test]
    fn a_problem_that_moves_stays_the_same_and_equals_are_told_apart() {
        let prints = |problems: &[Located]| -> Vec<Value> {
            let log = rendered(problems);
            let results = log["runs"][0]["results"].as_array().unwrap();
            results.iter().map(|result| result["partialFingerprints"]["annalsProblem/v1"].clone()).collect()
        };
        let before = prints(&[problem("a", 3), problem("b", 4), problem("a", 5)]);
        assert_eq!(before, prints(&[problem("a", 13), problem("b", 14), problem("a", 25)]));
        assert!(before[0] != before[1] && before[0] != before[2] && before[1] != before[2]);
    }

    #[test]
    fn a_run_has_an_end() {
        let mut many: Vec<Located> = (1..=MOST_RESULTS + 3).map(|line| problem("a", line)).collect();
        many[MOST_RESULTS + 2].level = Level::Error;
        many[0].labels = vec![(many[0].place.clone(), "and here".to_owned()); 2000];
        let log = rendered(&many);
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!((results.len(), &results[0]["level"]), (MOST_RESULTS, &json!("error")));
        assert_eq!(results[1]["relatedLocations"].as_array().unwrap().len(), MOST_RELATED);
        let notice = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(notice, "3 problems are left out: a run may have 25000 results");
        let clean = rendered(&[]);
        assert_eq!(clean["runs"][0]["results"], json!([]));
        assert_eq!(clean["runs"][0]["invocations"], json!([{"executionSuccessful": true}]));
    }
}
