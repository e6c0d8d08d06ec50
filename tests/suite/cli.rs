//! The program as a user meets it: streams, exit statuses, files. What is said in detail is tested where it is made.

use super::program::{answer, command, run};
use super::tree::{self, put};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A site with one record of each kind, of which nothing is to be said.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(
        at,
        "content/site.yaml",
        "title: A site\nbase_url: https://example.org/\nkinds: {fire: Fire}\nroles: {by: by}\n",
    );
    put(at, "content/sources/daily.yaml", "title: Daily\n");
    put(at, "content/entities/coast.yaml", "name: Coast\n");
    put(at, "content/places/harbour.yaml", "name: Harbour\n");
    put(at, "content/pages/about.md", "---\ntitle: About\n---\nText.\n");
    let record =
        "---\ntitle: Fire\ndate: 2021\nkind: fire\nactors: {by: [coast]}\nplaces: [harbour]\nsources: [daily#1]\n---\n";
    put(at, "content/incidents/fire.md", record);
    folder
}

/// The same with an error and a warning.
fn faulty() -> TempDir {
    let folder = site();
    put(folder.path(), "content/incidents/bad.md", "---\ntitle: Bad\ndate: May\nsources: [daily]\n---\n<b>x\n");
    folder
}

#[test]
fn a_build_says_what_it_wrote_to_people_only() {
    let folder = site();
    let first = run(folder.path(), &["build"]).expect(0);
    assert_eq!(first.out, "");
    assert!(first.err.lines().count() == 1 && first.err.contains(" 0 unchanged"), "{}", first.err);
    assert!(folder.path().join("public/incidents/fire.html").is_file());
    let second = run(folder.path(), &["build"]).expect(0);
    assert!(second.err.contains(" 0 files written"), "{}", second.err);
    assert_eq!(run(folder.path(), &["build", "--quiet"]).expect(0).err, "");
    assert_eq!(run(folder.path(), &["check", "-q"]).expect(0).err, "");
    let check = run(folder.path(), &["check"]).expect(0);
    assert_eq!((check.out.as_str(), check.err.as_str()), ("", "checked 5 records: no problems\n"));
}

#[test]
fn problems_go_to_the_stream_of_their_readers() {
    let folder = faulty();
    let human = run(folder.path(), &["check"]).expect(1);
    assert_eq!(human.out, "");
    assert!(human.err.contains("error[invalid-date]") && human.err.contains("1 error, 1 warning"), "{}", human.err);
    let short = run(folder.path(), &["check", "--format", "short"]).expect(1);
    assert_eq!(short.out.lines().count(), 2);
    assert!(short.out.starts_with("content/incidents/bad.md:3:7: error[invalid-date]: "), "{}", short.out);
    assert_eq!(short.err.lines().count(), 1);
    let quiet = run(folder.path(), &["check", "--format", "json", "--quiet"]).expect(1);
    assert_eq!(quiet.err, "");
    assert_eq!(quiet.out, run(folder.path(), &["check", "--format", "json"]).expect(1).out);
}

#[test]
fn json_says_everything_and_counts_it() {
    let folder = faulty();
    let json = run(folder.path(), &["check", "--format", "json"]).expect(1).out;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&report), "diagnostics summary");
    assert_eq!(report["summary"], serde_json::json!({"errors": 1, "warnings": 1, "notes": 0, "records": 6}));
    let problems = report["diagnostics"].as_array().unwrap();
    assert_eq!(problems.len(), 2);
    for problem in problems {
        assert_eq!(keys(problem), "code level message path line column end_line end_column labels help");
    }
    assert_eq!(problems[0]["code"], "invalid-date");
    assert_eq!(
        (&problems[0]["line"], &problems[0]["column"], &problems[0]["end_column"]),
        (&3.into(), &7.into(), &10.into())
    );
    let clean: serde_json::Value =
        serde_json::from_str(&run(site().path(), &["check", "--format", "json"]).expect(0).out).unwrap();
    assert_eq!(clean["diagnostics"], serde_json::json!([]));
}

#[test]
fn colour_is_for_terminals_and_never_under_no_color() {
    let folder = faulty();
    let coloured = |arguments: &[&str], around: &[(&str, &str)]| {
        let mut command = command(folder.path());
        let answer = answer(command.args(arguments).envs(around.iter().copied())).expect(1);
        assert!(!answer.out.contains('\u{1b}'));
        answer.err.contains('\u{1b}')
    };
    let force = ("CLICOLOR_FORCE", "1");
    assert!(!coloured(&["check"], &[]));
    assert!(coloured(&["check"], &[force]));
    assert!(!coloured(&["check"], &[force, ("NO_COLOR", "1")]));
    assert!(!coloured(&["check", "--color", "never"], &[force]));
    assert!(coloured(&["check", "--color", "always"], &[]));
    assert!(!coloured(&["check", "--color", "always", "--format", "short", "-q"], &[]));
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let folder = site();
    let elsewhere = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    for arguments in [
        vec!["--quiet", "--site", at, "--now", "2030-01-01", "--jobs", "1", "--color", "never", "build"],
        vec!["build", "--quiet", "--site", at, "--now", "2030-01-01", "--jobs", "1", "--color", "never"],
        vec!["--jobs", "2", "build", at, "-q"],
        vec!["--site", "/nowhere", "check", at, "-q"],
        vec!["-q", "check", "--site", at],
    ] {
        let answer = run(elsewhere.path(), &arguments).expect(0);
        assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", ""), "{arguments:?}");
    }
    assert!(folder.path().join("public/index.html").is_file());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn wrong_usage_is_status_2_and_says_why() {
    let folder = site();
    let empty = tempfile::tempdir().unwrap();
    for arguments in [
        "",
        "frob",
        "build --nope",
        "build a b",
        "build --jobs 0",
        "build --jobs many",
        "build --now 2020-13-01",
        "build --now today",
        "build --base-url ftp://example.org/",
        "build --base-url example",
        "build --base-url https://example.org/?x",
        "check --format xml",
        "check --explain",
        "check --explain nope",
        "schema thing",
        "schema",
        "completions tcsh",
        "new",
        "new thing x",
        "new source Bad_Id --title T",
        "build nowhere",
        "check nowhere",
        "--site nowhere new source x --title T",
        "--color sometimes build",
    ] {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let answer = run(folder.path(), &arguments).expect(2);
        assert!(answer.out.is_empty() && answer.err.len() > 20, "{arguments:?}: {answer:?}");
    }
    let answer = run(empty.path(), &["build"]).expect(2);
    assert!(answer.err.contains("`content`"), "{}", answer.err);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
    assert!(!folder.path().join("public").exists());
}

#[test]
fn help_and_version_are_answers() {
    let folder = tempfile::tempdir().unwrap();
    let version = run(folder.path(), &["--version"]).expect(0).out;
    assert_eq!(version, concat!("annals ", env!("CARGO_PKG_VERSION"), "\n"));
    for arguments in [vec!["--help"], vec!["help"], vec!["build", "--help"], vec!["check", "-h"], vec!["new", "--help"]]
    {
        let answer = run(folder.path(), &arguments).expect(0);
        assert!(answer.out.contains("Usage: annals") && answer.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn nothing_is_written_while_an_error_stands() {
    let folder = site();
    run(folder.path(), &["build"]).expect(0);
    put(folder.path(), "public/mine.txt", "mine");
    let (site, hidden) = (tree::read(&folder.path().join("public")), folder.path().join("public/.annals/manifest"));
    let manifest = fs::read(&hidden).unwrap();
    let break_it: [(&str, &str); 4] = [
        ("content/incidents/fire.md", "---\ntitle: Other\ndate: May\nsources: [daily]\n---\n"),
        ("content/site.yaml", "titel: x\n"),
        ("content/site.yaml", "title: [\n"),
        ("templates/page.html", "{{ nothing }}"),
    ];
    for (path, text) in break_it {
        let before = fs::read(folder.path().join(path)).ok();
        put(folder.path(), path, text);
        let answer = run(folder.path(), &["build"]).expect(1);
        assert!(answer.err.contains("nothing was written: 1 error"), "{}", answer.err);
        assert_eq!(tree::difference(&site, &tree::read(&folder.path().join("public"))), None);
        assert_eq!(fs::read(&hidden).unwrap(), manifest);
        run(folder.path(), &["build", "--out", "fresh"]).expect(1);
        assert!(!folder.path().join("fresh").exists());
        run(folder.path(), &["check"]).expect(1);
        match before {
            Some(bytes) => put(folder.path(), path, bytes),
            None => fs::remove_file(folder.path().join(path)).unwrap(),
        }
    }
    let answer = run(folder.path(), &["build"]).expect(0);
    assert!(answer.err.contains(" 0 files written"), "{}", answer.err);
}

#[test]
fn what_people_write_is_never_the_output() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("site");
    fs::rename(site().keep(), &folder).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("content"), folder.join("door")).unwrap();
    put(&folder, "a-file", "x");
    let before = tree::read(outer.path());
    let content = folder.join("content/pages");
    for out in [
        ".",
        "..",
        "./",
        "content",
        "content/",
        "content/new",
        "templates",
        "templates/x/y",
        "static",
        "static/public",
        "../site",
        "../site/content",
        "public/../content",
        "CONTENT",
        "a-file",
        "a-file/x",
        content.to_str().unwrap(),
        #[cfg(unix)]
        "door",
        #[cfg(unix)]
        "door/deeper",
    ] {
        let answer = run(&folder, &["build", "--out", out]).expect(2);
        assert!(answer.err.contains(out), "{out}: {}", answer.err);
    }
    assert_eq!(tree::difference(&before, &tree::read(outer.path())), None);
    assert!(!folder.join("templates").exists() && !folder.join("static").exists());
}

#[test]
fn codes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let answer = run(folder.path(), &["check", "--explain", "missing-field"]).expect(0);
    assert!(answer.out.contains("missing-field") && answer.err.is_empty(), "{answer:?}");
    let answer = run(folder.path(), &["check", "--explain", "mising-field"]).expect(2);
    assert!(answer.err.contains("did you mean `missing-field`?"), "{answer:?}");
}

const RECORDS: [(&str, &str, &[&str]); 5] = [
    ("incident", "content/incidents/x-1.md", &["--title", "T", "--date", "2022-01", "--source", "daily#9"]),
    ("source", "content/sources/x-1.yaml", &["--title", "T", "--date", "2022-01?"]),
    ("entity", "content/entities/x-1.yaml", &["--title", "T"]),
    ("place", "content/places/x-1.yaml", &["--title", "T"]),
    ("page", "content/pages/x-1.md", &["--title", "T"]),
];

fn new(folder: &Path, kind: &str, options: &[&str], status: i32) -> super::program::Answer {
    answer(command(folder).args(["new", kind, "x-1"]).args(options)).expect(status)
}

#[test]
fn new_records_pass_the_check_and_are_never_overwritten() {
    for (kind, path, options) in RECORDS {
        let folder = site();
        let answer = new(folder.path(), kind, options, 0);
        assert!(answer.out.is_empty() && answer.err.contains("wrote "), "{answer:?}");
        run(folder.path(), &["check"]).expect(0);
        let text = fs::read(folder.path().join(path)).unwrap();
        let answer = new(folder.path(), kind, &["--title", "Other", "--date", "2021", "--source", "daily"], 2);
        assert!(answer.err.contains("is there already"), "{answer:?}");
        assert_eq!(fs::read(folder.path().join(path)).unwrap(), text);
    }
}

#[test]
fn a_new_id_is_found_taken_wherever_its_file_lies() {
    let folder = site();
    put(folder.path(), "content/sources/deep/er/x-1.yml", "title: X\n");
    let answer = new(folder.path(), "source", &["--title", "T"], 2);
    assert!(answer.err.contains("content/sources/deep/er/x-1.yml"), "{answer:?}");
}

#[test]
fn any_title_survives() {
    for title in [
        "yes",
        "null",
        "2020",
        "a: b",
        "a #b",
        "- a",
        "[a]",
        "{a}",
        "'a'",
        "\"a\" \\ b",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "?",
        "a:",
        " a ",
        "é – 한국",
        "<b>&amp;",
        "{{ x }}",
        "--a",
        "~",
        "1e3",
        "0x1F",
        "=1",
    ] {
        let folder = site();
        let title = format!("--title={title}");
        for (kind, _, options) in RECORDS {
            let rest = &options[2..];
            new(folder.path(), kind, &[&[title.as_str()], rest].concat(), 0);
        }
        let answer = run(folder.path(), &["check", "--format", "short"]).expect(0);
        let wrong = answer.out.lines().filter(|line| !line.contains("[unused-record]"));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new(), "{title}");
        run(folder.path(), &["build", "-q"]).expect(0);
        let page = fs::read_to_string(folder.path().join("public/x-1.html")).unwrap();
        let page = super::html::Page::read(&page).unwrap();
        let heading = page.text(page.all("h1").next().unwrap());
        assert_eq!(heading, title["--title=".len()..].trim());
    }
}

#[test]
fn what_new_lacks_is_named() {
    let folder = site();
    put(folder.path(), "content/sources/weekly.yaml", "title: Weekly\n");
    let answer = new(folder.path(), "incident", &[], 2);
    for word in ["--title", "--date", "--source", "`daily`", "`weekly`"] {
        assert!(answer.err.contains(word), "{word}: {}", answer.err);
    }
    let answer = new(folder.path(), "incident", &["--title", "T", "--source", "daily#1"], 2);
    assert!(answer.err.contains("--date is missing") && !answer.err.contains("--title"), "{}", answer.err);
    for (option, words) in [
        (["--date", "January 2022", "--source", "daily"], "2022-01"),
        (["--date", "2022", "--source", "dayly#1"], "did you mean `daily`?"),
        (["--date", "2022", "--source", "daily#0"], "--source"),
    ] {
        let answer = new(folder.path(), "incident", &[&["--title", "T"], &option[..]].concat(), 2);
        assert!(answer.err.contains(words), "{}", answer.err);
    }
    assert!(!folder.path().join("content/incidents/x-1.md").exists());
    let nothing = tempfile::tempdir().unwrap();
    let answer = new(nothing.path(), "incident", &["--title", "T", "--date", "2022"], 2);
    assert!(answer.err.contains("annals new source"), "{}", answer.err);
    assert_eq!(fs::read_dir(nothing.path()).unwrap().count(), 0);
    new(nothing.path(), "source", &["--title", "T"], 0);
    run(nothing.path(), &["check"]).expect(0);
}

/// The blocks of lines that a new record has as comments, without the marks.
fn offers(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let front = text.trim_start_matches("---\n").split("\n---\n").next().unwrap();
    for line in front.lines().filter(|line| !line.contains("yaml-language-server") && !line.contains("is optional")) {
        let Some(line) = line.strip_prefix("# ") else { continue };
        match blocks.last_mut() {
            Some(block) if line.starts_with(' ') => block.push_str(&format!("{line}\n")),
            _ => blocks.push(format!("{line}\n")),
        }
    }
    blocks
}

#[test]
fn what_a_new_record_offers_can_be_taken() {
    let sites = [site(), tempfile::tempdir().unwrap()];
    put(sites[1].path(), "content/sources/daily.yaml", "title: Daily\n");
    for folder in &sites {
        for (kind, path, options) in RECORDS {
            new(folder.path(), kind, options, 0);
            let text = fs::read_to_string(folder.path().join(path)).unwrap();
            let offers = offers(&text);
            assert!(offers.len() > 2, "{text}");
            let all = offers.concat();
            for taken in offers.iter().chain([&all]) {
                let (head, body) = text.trim_start_matches("---\n").split_once("---\n").unwrap_or((&text, ""));
                let text = if kind == "incident" || kind == "page" {
                    format!("---\n{head}{taken}---\n{body}")
                } else {
                    format!("{text}{taken}")
                };
                put(folder.path(), path, &text);
                let answer = run(folder.path(), &["check", "--format", "short"]);
                assert_eq!(answer.status, 0, "{text}\n{}", answer.out);
            }
            fs::remove_file(folder.path().join(path)).unwrap();
        }
    }
}

#[test]
fn schemas_know_the_fields_of_new_records() {
    let folder = site();
    let schema = |kind: &str| -> serde_json::Value {
        let answer = run(folder.path(), &["schema", kind]).expect(0);
        assert_eq!(answer.err, "");
        serde_json::from_str(&answer.out).unwrap()
    };
    assert!(schema("site")["properties"]["base_url"].is_object());
    for (kind, path, options) in RECORDS {
        let schema = schema(kind);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        new(folder.path(), kind, options, 0);
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        let written =
            text.lines().filter(|line| !line.starts_with(['#', '-', ' ']) && line.contains(": ")).map(str::to_owned);
        let mut fields = 0;
        for line in written.chain(offers(&text)) {
            let (field, _) = line.split_once(':').unwrap();
            assert!(schema["properties"][field].is_object(), "{kind}: {field}");
            fields += 1;
        }
        assert!(fields > 3);
    }
    let claims = &schema("incident")["properties"]["claims"]["items"]["properties"];
    for field in ["id", "about", "is", "by", "via", "in", "said", "kind", "rank", "why", "as", "confidence", "note"] {
        assert!(claims[field].is_object(), "{field}");
    }
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let answer = run(Path::new("/"), &["completions", shell]).expect(0);
        assert!(answer.out.contains("annals") && answer.out.contains("base-url") && answer.err.is_empty(), "{shell}");
    }
}
