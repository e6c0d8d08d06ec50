//! What a GitHub workflow gets from `check`: annotations, the list on the page of the run, SARIF.

use super::program::{Answer, answer, command};
use super::tree::put;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A repository with a site in a folder of it: an error, a warning, and what would be commands were it printed as it is.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "sites/x/content/site.yaml", "title: A site\nbase_url: https://example.org/\n");
    put(at, "sites/x/content/sources/daily.yaml", "title: Daily\n");
    put(at, "sites/x/content/incidents/bad.md", "---\ntitle: Bad\ndate: May\nsources: [daily]\n---\n<b>x\n");
    let hostile = "\
---
title: \"##[stop-commands]x\"
\"::add-mask::a ##[error]b\": 1
date: |
  ::error file=a::b
  ##[add-matcher]/etc/passwd
sources: [\"##[group]\\r::error::c\"]
---
::error::d
##[stop-commands]e <img src=x> ##[add-mask]f
";
    put(at, "sites/x/content/incidents/hostile.md", hostile);
    folder
}

fn check(at: &Path, arguments: &[&str], around: &[(&str, &Path)]) -> Answer {
    let mut command = command(at);
    answer(command.arg("check").args(arguments).envs(around.iter().copied()))
}

/// The lines in which a runner would look for a command.
fn commands(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']);
    lines.filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn annotations_name_files_as_the_repository_does() {
    let folder = repository();
    let at = folder.path();
    let found = check(at, &["sites/x", "--format", "github"], &[("GITHUB_WORKSPACE", at)]).expect(1);
    let first = found.out.lines().next().unwrap();
    let start =
        "::error file=sites/x/content/incidents/bad.md,line=3,endLine=3,col=7,endColumn=10,title=invalid-date::";
    assert!(first.starts_with(start) && first.contains("`May`") && first.contains("%0Ahelp: "), "{first}");
    let levels: Vec<&str> =
        found.out.lines().filter_map(|line| line.strip_prefix("::")?.split([' ', ':']).next()).collect();
    let mut sorted = levels.clone();
    sorted
        .sort_by_key(|level| ["error", "warning", "notice", "group", "endgroup"].iter().position(|name| name == level));
    assert_eq!(levels, sorted);
    // Elsewhere the site's own paths have to do.
    let elsewhere = tempfile::tempdir().unwrap();
    for around in [vec![], vec![("GITHUB_WORKSPACE", elsewhere.path())], vec![("GITHUB_WORKSPACE", Path::new(""))]] {
        let found = check(at, &["sites/x", "--format", "github"], &around).expect(1);
        assert!(found.out.starts_with("::error file=content/incidents/bad.md,"), "{}", found.out);
    }
    let at_root = check(&at.join("sites/x"), &["--format", "github"], &[("GITHUB_WORKSPACE", &at.join("sites/x"))]);
    assert!(at_root.out.starts_with("::error file=content/incidents/bad.md,"), "{}", at_root.out);
}

#[test]
fn content_gives_no_commands_in_any_format() {
    let folder = repository();
    let at = folder.path();
    let is_ours = |line: &&str| {
        let names =
            ["error file=content/", "warning file=content/", "notice file=content/", "group::annals: ", "endgroup::"];
        line.strip_prefix("::").is_some_and(|rest| names.iter().any(|name| rest.starts_with(name)))
            && !line.contains("##[")
    };
    for format in ["human", "short", "json", "github", "sarif"] {
        for colour in ["never", "always"] {
            let found = check(
                at,
                &["sites/x", "--format", format, "--color", colour],
                &[("GITHUB_ACTIONS", Path::new("true"))],
            );
            let found = found.expect(1);
            let strange: Vec<&str> =
                commands(&found.out).into_iter().filter(|line| !(format == "github" && is_ours(line))).collect();
            assert!(strange.is_empty() && commands(&found.err).is_empty(), "{format}: {strange:?} {}", found.err);
            assert!(found.out.contains("add-mask") || found.err.contains("add-mask"), "{format}");
        }
    }
    // Without a runner nothing is changed.
    let found = check(at, &["sites/x"], &[]).expect(1);
    assert!(found.err.contains("##[add-mask]f") || found.err.contains("##[error]b"), "{}", found.err);
    let build = answer(command(at).args(["build", "sites/x"]).env("GITHUB_ACTIONS", "true")).expect(1);
    assert!(commands(&build.err).is_empty(), "{}", build.err);
}

#[test]
fn the_page_of_the_run_lists_all_and_keeps_what_is_there() {
    let folder = repository();
    let at = folder.path();
    let page = at.join("summary.md");
    let around = [("GITHUB_WORKSPACE", at), ("GITHUB_STEP_SUMMARY", page.as_path())];
    fs::write(&page, "# Before\n\n").unwrap();
    check(at, &["sites/x", "--format", "github"], &around).expect(1);
    let text = fs::read_to_string(&page).unwrap();
    assert!(
        text.starts_with("# Before\n\n## annals check: ") && text.contains("### `sites/x/content/incidents/bad.md`"),
        "{text}"
    );
    assert!(
        text.contains("**error** `invalid-date`: `May`") && text.contains("the raw HTML `<img src=x>` is"),
        "{text}"
    );
    // Only this format writes there.
    check(at, &["sites/x"], &around).expect(1);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
    for name in ["bad", "hostile"] {
        fs::remove_file(at.join(format!("sites/x/content/incidents/{name}.md"))).unwrap();
    }
    put(at, "sites/x/content/incidents/a.md", "---\ntitle: A\ndate: 2021\nsources: [daily#1]\n---\n");
    fs::remove_file(&page).unwrap();
    let clean = check(at, &["sites/x", "--format", "github"], &around).expect(0);
    assert_eq!((clean.out.as_str(), clean.err.as_str()), ("", "checked 2 records: no problems\n"));
    assert_eq!(fs::read_to_string(&page).unwrap(), "## annals check: no problems\n\nChecked 2 records.\n\n");
}

#[test]
fn a_page_without_room_or_out_of_reach_is_said_and_changes_no_result() {
    let folder = repository();
    let at = folder.path();
    let full = at.join("full.md");
    fs::write(&full, vec![b'x'; 1024 << 10]).unwrap();
    for (page, says) in [(full.as_path(), "no room"), (at, "cannot be written")] {
        let found = check(at, &["sites/x", "--format", "github"], &[("GITHUB_STEP_SUMMARY", page)]).expect(1);
        assert!(found.err.contains(says) && found.out.starts_with("::error "), "{found:?}");
    }
    assert_eq!(fs::metadata(&full).unwrap().len(), 1024 << 10);
}

#[test]
fn sarif_names_rules_results_and_places_that_belong_together() {
    let folder = repository();
    let at = folder.path();
    let found = check(at, &["sites/x", "--format", "sarif"], &[("GITHUB_WORKSPACE", at)]).expect(1);
    let log: Value = serde_json::from_str(&found.out).unwrap();
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!((&log["version"], &driver["name"]), (&"2.1.0".into(), &"annals".into()));
    let rules = driver["rules"].as_array().unwrap();
    let mut prints = Vec::new();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        for text in [&rule["shortDescription"], &rule["fullDescription"], &rule["help"], &result["message"]] {
            assert!(text["text"].as_str().is_some_and(|text| !text.is_empty()));
        }
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## How to mend it"));
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        let text = fs::read_to_string(at.join(file)).unwrap();
        let line = usize::try_from(place["region"]["startLine"].as_u64().unwrap()).unwrap();
        assert!((1..=text.lines().count() + 1).contains(&line));
        prints.push(result["partialFingerprints"].to_string());
    }
    let all = prints.len();
    prints.sort();
    prints.dedup();
    assert!(all > 3 && prints.len() == all);
}
