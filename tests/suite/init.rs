//! `annals init`: a site from nothing that builds, and never at the cost of what is there.

use super::program::{Answer, command, in_time, run};
use super::tree::{self, Tree, put};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn init(at: &Path, arguments: &[&str]) -> Answer {
    in_time(command(at).arg("init").args(arguments))
}

/// What `init` writes into a folder of its own.
fn fresh(arguments: &[&str]) -> (tempfile::TempDir, Tree) {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[&["site"], arguments].concat()).expect(0);
    let tree = tree::read(&folder.path().join("site"));
    (folder, tree)
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    std::str::from_utf8(tree.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

#[test]
fn a_new_site_checks_clean_and_builds() {
    for arguments in [&[][..], &["--repository", "owner/name", "--action", "owner/annals@v1"]] {
        let (folder, tree) = fresh(arguments);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let site = folder.path().join("site");
        let check = run(&site, &["check", "--format", "short"]).expect(0);
        assert_eq!((check.out.as_str(), check.err.as_str()), ("", "checked 8 records: no problems\n"));
        let build = run(&site, &["build"]).expect(0);
        assert!(build.err.contains(" 1 disputed field; no problems;"), "{}", build.err);
        let home = fs::read_to_string(site.join("public/index.html")).unwrap();
        assert!(home.contains("2024-03-example-warehouse-fire.html"));
        assert_eq!(home.contains("https://owner.github.io/name/"), !arguments.is_empty());
        // Both sides of the disagreement are on the page, and it says of itself what it is.
        let page = fs::read_to_string(site.join("public/incidents/2024-03-example-warehouse-fire.html")).unwrap();
        for words in ["more than €2 million", "€1.5 million", "Example:", "This record is an example"] {
            assert!(page.contains(words), "no {words:?} in {page}");
        }
        // Building writes nothing but what git ignores.
        let after = tree::read(&site).into_iter().filter(|(path, _)| !path.starts_with("public/")).collect();
        assert_eq!(tree::difference(&tree, &after), None);
        assert!(text(&tree, ".gitignore").lines().any(|line| line == "/public/"));
    }
}

#[test]
fn it_says_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let answer = init(folder.path(), &["site", "--action", "owner/annals@v1"]).expect(0);
    assert_eq!(answer.out, "");
    let lines: Vec<&str> = answer.err.lines().collect();
    assert_eq!((lines.len(), lines[1]), (5, "next:"), "{}", answer.err);
    let count = tree::read(&folder.path().join("site")).len();
    assert_eq!(lines[0], format!("wrote {count} files to site"));
    let unset = init(folder.path(), &["other"]).expect(0);
    assert!(unset.err.contains("the workflows stop at their first step"), "{}", unset.err);
    assert_eq!(init(folder.path(), &["quiet", "--quiet"]).expect(0).err, "");
    // In a repository that is larger than the site, GitHub would pass the workflows over.
    put(folder.path(), ".git/HEAD", "ref: refs/heads/main\n");
    let within = init(folder.path(), &["within", "--action", "owner/annals@v1"]).expect(0);
    assert!(within.err.contains("GitHub reads workflows at the top alone"), "{}", within.err);
}

#[test]
fn a_second_time_changes_nothing() {
    let (folder, before) = fresh(&[]);
    let answer = init(folder.path(), &["site"]).expect(2);
    assert!(answer.err.contains("`site` has a `content` already"), "{}", answer.err);
    assert_eq!(tree::difference(&before, &tree::read(&folder.path().join("site"))), None);
}

#[test]
fn what_is_there_stays_as_it_is() {
    let (_, all) = fresh(&[]);
    let folder = tempfile::tempdir().unwrap();
    let mine = ["README.md", "LICENSE", ".git/config", ".github/workflows/pages.yml", ".gitignore"];
    for path in mine {
        put(folder.path(), path, "mine");
    }
    let answer = init(folder.path(), &["."]).expect(0);
    let kept: Vec<&str> = answer.err.lines().filter(|line| line.contains("kept ")).collect();
    assert_eq!(kept.len(), 3, "{}", answer.err);
    let got = tree::read(folder.path());
    for path in mine {
        assert_eq!(text(&got, path), "mine");
        assert_eq!(kept.iter().any(|line| line.contains(&format!("kept {path},"))), all.contains_key(path), "{path}");
    }
    for (path, bytes) in all.iter().filter(|(path, _)| !mine.contains(&path.as_str())) {
        assert_eq!(got.get(path), Some(bytes), "{path}");
    }
    run(folder.path(), &["check"]).expect(0);
}

#[test]
fn nothing_is_written_where_a_site_has_no_place() {
    let outer = tempfile::tempdir().unwrap();
    let at = outer.path();
    put(at, "file", "x");
    for taken in ["content", "templates", "static"] {
        fs::create_dir_all(at.join("has").join(taken).join(taken)).unwrap();
        fs::create_dir_all(at.join(taken).join(taken)).unwrap();
    }
    put(at, "vscode-file/.vscode", "x");
    put(at, "github-file/.github/workflows", "x");
    fs::create_dir_all(at.join("folder/README.md")).unwrap();
    put(at, "secret/file", "x");
    let mut cases = vec!["file", "file/below", ".", "has", "content", "vscode-file", "github-file", "folder", ""];
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("secret", at.join("door")).unwrap();
        symlink("nowhere", at.join("dangling")).unwrap();
        fs::create_dir(at.join("doors")).unwrap();
        symlink("../secret", at.join("doors/.github")).unwrap();
        cases.extend(["door", "door/", "dangling", "doors"]);
    }
    let before = tree::read(at);
    for case in cases {
        let answer = init(at, &[case]);
        // `content` is a folder like any other when it is the one that is named; its `content` is what forbids it.
        assert_eq!(answer.status, 2, "{case:?}: {answer:?}");
        assert!(answer.err.starts_with("error: "), "{case:?}: {answer:?}");
        assert_eq!(tree::difference(&before, &tree::read(at)), None, "{case:?}");
    }
    for arguments in
        [&["a", "--repository", "x"][..], &["a", "--repository", "a/b: c"], &["a", "--action", "o/n"], &["a", "b"], &[]]
    {
        init(at, arguments).expect(2);
        assert_eq!(tree::difference(&before, &tree::read(at)), None, "{arguments:?}");
    }
}

/// A disk that is full in the middle is played by a limit on the size of a file.
#[cfg(unix)]
#[test]
fn a_failure_half_way_leaves_nothing() {
    let outer = tempfile::tempdir().unwrap();
    let at = outer.path();
    put(at, "there/README.md", "mine");
    let before = tree::read(at);
    for folder in ["new/folder", "there"] {
        let mut limited = std::process::Command::new("bash");
        let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" init \"$1\"";
        limited.current_dir(at).args(["-c", script, env!("CARGO_BIN_EXE_annals"), folder]);
        let answer = in_time(&mut limited).expect(2);
        assert!(answer.err.contains("nothing is left of what was written before"), "{}", answer.err);
        assert_eq!(tree::difference(&before, &tree::read(at)), None);
        assert_eq!(fs::read_dir(at).unwrap().count(), 1, "a folder is left");
        assert_eq!(fs::read_dir(at.join("there")).unwrap().count(), 1, "a folder is left");
    }
}

/// The words between backticks that look like paths.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split('`').skip(1).step_by(2);
    words.filter(|word| word.contains('/') && !word.contains([' ', '<', '\n']))
}

#[test]
fn the_guide_names_what_is_there_and_passes_nothing_over() {
    let (_, tree) = fresh(&[]);
    let guide = text(&tree, "README.md");
    // Two are examples of what could be, the third is what a build makes.
    let made_up = ["content/incidents/2024-05-bridge.md", "2024-01/2024-03"];
    let mut named = BTreeSet::new();
    for path in paths(guide).filter(|path| !made_up.contains(path)) {
        assert!(tree.keys().any(|file| file == path || (path.ends_with('/') && file.starts_with(path))), "{path}");
        named.insert(path);
    }
    for file in tree.keys().filter(|file| !file.starts_with(".git") || file.starts_with(".github")) {
        let told = named
            .iter()
            .any(|path| path != &"content/" && (file == path || (path.ends_with('/') && file.starts_with(path))));
        assert!(told || file == "README.md", "the guide does not name {file}");
    }
    assert!(named.len() > 10);
}

#[test]
fn the_first_lines_of_the_guide_are_a_record() {
    let (folder, tree) = fresh(&[]);
    let guide = text(&tree, "README.md");
    let record = guide.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(record.split("\n---\n").next().unwrap().lines().count(), 4, "{record}");
    let site = folder.path().join("site");
    put(&site, "content/incidents/2024-05-bridge.md", record);
    let check = run(&site, &["check", "--format", "short"]).expect(0);
    assert_eq!((check.out.as_str(), check.err.as_str()), ("", "checked 9 records: no problems\n"));
    // The commands below it, in their order; those that need a terminal or a browser apart.
    fs::remove_file(site.join("content/incidents/2024-05-bridge.md")).unwrap();
    let new = guide.lines().find(|line| line.starts_with("annals new ")).unwrap();
    let words: Vec<&str> = new.split('"').collect();
    let mut arguments: Vec<&str> = words[0].split_whitespace().skip(1).collect();
    arguments.push(words[1]);
    arguments.extend(words[2].split_whitespace());
    run(&site, &arguments).expect(0);
    run(&site, &["check"]).expect(0);
    run(&site, &["build"]).expect(0);
    assert!(site.join("public/incidents/2024-05-bridge.html").is_file());
}

#[test]
fn the_example_can_be_deleted_as_the_guide_says() {
    let (folder, _) = fresh(&[]);
    let site = folder.path().join("site");
    for kind in ["incidents", "sources", "entities", "places"] {
        fs::remove_dir_all(site.join("content").join(kind)).unwrap();
    }
    put(&site, "content/sources/mine.yaml", "title: Mine\n");
    put(&site, "content/incidents/mine.md", "---\ntitle: Mine\ndate: 2021\nsources: [mine#1]\n---\n");
    let about = fs::read_to_string(site.join("content/pages/about.md")).unwrap();
    let kept: String = about.split_inclusive('\n').filter(|line| !line.contains("incident:")).collect();
    assert!(kept.len() < about.len());
    put(&site, "content/pages/about.md", kept);
    let check = run(&site, &["check", "--format", "short"]).expect(0);
    assert_eq!((check.out.as_str(), check.err.as_str()), ("", "checked 3 records: no problems\n"));
}

#[test]
fn every_setting_is_explained_and_its_example_is_one() {
    let (folder, tree) = fresh(&[]);
    let settings = text(&tree, "content/site.yaml");
    let schema: serde_json::Value = serde_json::from_str(text(&tree, "static/schema/site.json")).unwrap();
    for setting in schema["properties"].as_object().unwrap().keys() {
        let (plain, commented) = (format!("{setting}:"), format!("# {setting}:"));
        let at = settings.lines().position(|line| line.starts_with(&plain) || line.starts_with(&commented));
        let at = at.unwrap_or_else(|| panic!("{setting} is not in site.yaml"));
        // Above the setting, or above the one that it stands with, there is a sentence.
        let above = settings.lines().take(at).collect::<Vec<_>>();
        let block: Vec<&str> = above.into_iter().rev().take_while(|line| !line.is_empty()).collect();
        assert!(block.iter().any(|line| line.starts_with("# ") && line.len() > 30), "{setting} is not explained");
    }
    // With every example taken over, it is still a site.
    let is_setting = |line: &str| {
        let rest = line.strip_prefix("# ").unwrap_or_default();
        let key = rest.trim_start().split(':').next().unwrap_or_default();
        rest.contains(':') && !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    let mut lines: Vec<&str> = Vec::new();
    let mut taken = 0;
    for line in settings.lines() {
        if is_setting(line) && !line.contains("yaml-language-server") {
            taken += 1;
            lines.push(&line[2..]);
        } else {
            lines.push(line);
        }
    }
    assert!(taken > 15, "{taken}");
    put(&folder.path().join("site"), "content/site.yaml", lines.join("\n") + "\n");
    let check = run(&folder.path().join("site"), &["check", "--format", "short"]).expect(0);
    assert_eq!(
        (check.out.as_str(), check.err.as_str()),
        ("", "checked 8 records: no problems\n"),
        "{}",
        lines.join("\n")
    );
}

#[test]
fn editors_find_the_schemas() {
    let (_, tree) = fresh(&[]);
    for (path, bytes) in tree.iter().filter(|(path, _)| path.starts_with("content/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let line = text.lines().find(|line| *line != "---").unwrap();
        let schema = line.strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{path}: {line}"));
        let (mut folder, mut rest) = (path.rsplit_once('/').unwrap().0, schema);
        while let Some(below) = rest.strip_prefix("../") {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            rest = below;
        }
        assert_eq!(folder, "", "{path}: {schema}");
        assert!(tree.contains_key(rest), "{path}: {schema}");
        let kind = path.split('/').nth(1).unwrap();
        let name = rest.rsplit('/').next().unwrap().trim_end_matches(".json");
        assert!(kind.starts_with(&name[..4]), "{path}: {schema}");
    }
    // They are those that the program prints, and this repository's own.
    for kind in ["incident", "source", "entity", "place", "page", "site"] {
        let path = format!("static/schema/{kind}.json");
        assert_eq!(text(&tree, &path), run(Path::new("."), &["schema", kind]).expect(0).out, "{path}");
    }
}
