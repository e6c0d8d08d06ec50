//! The workflows of this repository and of a new site: what they say, and what their own `run:` lines do.

mod repository;
mod runner;

use super::program::{self, in_time};
use super::tree::{self, put};
use repository::{Proposal, git};
use runner::{COMMIT, Outcome, Runner};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const INCIDENT: &str = "content/incidents/2024-03-example-warehouse-fire.md";

/// A file of a repository that GitHub runs.
struct Workflow {
    /// Whose it is, and its path.
    name: String,
    text: String,
    yaml: Value,
}

fn read(whose: &str, folder: &Path, path: &str) -> Workflow {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    let yaml = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{whose} {path}: {error}"));
    Workflow { name: format!("{whose} {path}"), text, yaml }
}

/// What `init` writes, given the action or not.
fn new_site(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    program::run(folder.path(), &[&["init", "."], arguments].concat()).expect(0);
    folder
}

/// The workflow of that name: this repository's, and a new site's.
fn both(name: &str) -> [Workflow; 2] {
    let path = format!(".github/workflows/{name}.yml");
    let site = new_site(&["--action", &format!("example/annals@{COMMIT}")]);
    [read("this repository:", tree::repository(), &path), read("a new site:", site.path(), &path)]
}

/// All workflows of both, and the action.
fn all() -> Vec<Workflow> {
    let mut all = Vec::new();
    let site = new_site(&["--action", &format!("example/annals@{COMMIT}")]);
    for (whose, folder) in [("this repository:", tree::repository()), ("a new site:", site.path())] {
        for name in tree::read(&folder.join(".github/workflows")).keys() {
            all.push(read(whose, folder, &format!(".github/workflows/{name}")));
        }
    }
    all.push(read("this repository:", tree::repository(), ".github/actions/annals/action.yml"));
    assert_eq!(all.len(), 6);
    all
}

impl Workflow {
    fn jobs(&self) -> Vec<&Value> {
        self.yaml["jobs"].as_mapping().into_iter().flatten().map(|(_, job)| job).collect()
    }

    fn steps(&self) -> Vec<&Value> {
        let lists = self.jobs().into_iter().map(|job| &job["steps"]).chain([&self.yaml["runs"]["steps"]]);
        lists.filter_map(Value::as_sequence).flatten().collect()
    }

    /// Runs the job in a work tree. Whether it succeeds.
    fn run(&self, job: &str, runner: &mut Runner) -> bool {
        let shell = self.yaml["defaults"]["run"]["shell"].as_str();
        runner.job(shell, self.yaml["jobs"][job]["steps"].as_sequence().unwrap())
    }
}

#[test]
fn what_others_wrote_is_pinned_and_pinned_once() {
    let mut pins: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for workflow in all() {
        let lines =
            workflow.text.lines().filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix("uses: "));
        let lines: Vec<&str> = lines.collect();
        let steps: Vec<&str> = workflow.steps().iter().filter_map(|step| step["uses"].as_str()).collect();
        // Every one of them stands in a line of its own, where its version can be read.
        let written: Vec<&str> = lines.iter().map(|line| line.split(" #").next().unwrap()).collect();
        assert_eq!(written, steps, "{}", workflow.name);
        for line in lines {
            if line == "./.github/actions/annals" || line == format!("example/annals/.github/actions/annals@{COMMIT}") {
                continue;
            }
            let (action, pin) = line.split_once('@').unwrap_or_else(|| panic!("{}: {line}", workflow.name));
            let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{}: {line}", workflow.name));
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
            assert_eq!(version.split('.').filter(|part| part.parse::<u32>().is_ok()).count(), 3, "{line}");
            // The parts of one action lie in folders of one repository.
            let home: Vec<&str> = action.split('/').take(2).collect();
            pins.entry(home.join("/")).or_default().insert(pin.to_owned());
        }
    }
    assert!(pins.len() > 5);
    for (action, pins) in pins {
        assert_eq!(pins.len(), 1, "{action} is pinned in different ways: {pins:?}");
    }
}

#[test]
fn a_new_site_has_the_workflows_of_this_repository() {
    for name in ["pages", "pull-request"] {
        let [ours, theirs] = both(name);
        let elsewhere = format!("example/annals/.github/actions/annals@{COMMIT}");
        assert_eq!(ours.text.replace("./.github/actions/annals", &elsewhere), theirs.text, "{name}");
    }
}

#[test]
fn strangers_get_no_right_and_no_secret() {
    let writes: BTreeMap<&str, &str> = [("pages", "write"), ("id-token", "write")].into();
    for workflow in all() {
        let (name, yaml) = (&workflow.name, &workflow.yaml);
        assert!(!workflow.text.contains("secrets."), "{name}");
        for step in workflow.steps() {
            let uses = step["uses"].as_str().unwrap_or_default();
            if uses.starts_with("actions/checkout@") {
                assert_eq!(step["with"]["persist-credentials"].as_bool(), Some(false), "{name}: keeps its credentials");
            }
            // The text of an expression would be read as a script.
            assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{name}: an expression in a script");
        }
        if name.ends_with("action.yml") {
            continue;
        }
        let triggers: Vec<&str> = yaml["on"].as_mapping().unwrap().keys().map(|key| key.as_str().unwrap()).collect();
        for trigger in &triggers {
            assert!(["push", "pull_request", "workflow_dispatch"].contains(trigger), "{name}: {trigger}");
        }
        let only_reads: Value = serde_yaml::from_str("contents: read").unwrap();
        assert_eq!(yaml["permissions"], only_reads, "{name}");
        assert!(!yaml["concurrency"].is_null(), "{name}: no concurrency");
        for job in workflow.jobs() {
            assert!(job["timeout-minutes"].as_u64().is_some_and(|minutes| minutes <= 120), "{name}: no time limit");
            for (right, value) in job["permissions"].as_mapping().into_iter().flatten() {
                let (right, value) = (right.as_str().unwrap(), value.as_str().unwrap());
                let may_write = writes.get(right) == Some(&value) && !triggers.contains(&"pull_request");
                assert!(value == "read" || may_write, "{name}: {right}: {value}");
            }
            // A job that may write runs nothing of the repository.
            if job["permissions"]["pages"].as_str() == Some("write") {
                let steps = job["steps"].as_sequence().unwrap();
                assert!(steps.iter().all(|step| step["run"].is_null()), "{name}");
            }
        }
    }
}

#[test]
fn publishing_builds_for_the_address_that_pages_gives() {
    for workflow in both("pages") {
        let name = &workflow.name;
        let site = new_site(&[]);
        let mut runner = Runner::new(site.path());
        assert!(workflow.run("build", &mut runner), "{name}: {:#?}", runner.done);
        let published = tree::read(&runner.uploads["pages"]);
        let text = |path: &str| String::from_utf8(published[path].clone()).unwrap();
        assert!(text("index.html").contains("https://owner.github.io/name/"), "{name}");
        assert!(text("404.html").contains("\"/name/index.html\""), "{name}: the page for nowhere knows where it lies");
        assert!(!text("index.html").contains("class=\"banner\""), "{name}");
        // What is hidden and not meant for readers is not there; what GitHub needs to know is.
        assert!(!runner.uploads["pages"].join(".annals").exists() && published.contains_key(".nojekyll"), "{name}");
        assert!(site.path().join("public/index.html").is_file());

        put(site.path(), INCIDENT, "---\ntitle: Broken\n---\n");
        let mut runner = Runner::new(site.path());
        assert!(!workflow.run("build", &mut runner), "{name}");
        assert_eq!(runner.step("Build").0, Outcome::Failure);
        assert!(runner.uploads.is_empty(), "{name}: what is broken is not published");
    }
}

#[test]
fn a_workflow_without_the_program_stops_and_says_so() {
    let site = new_site(&[]);
    for (name, job) in [("pages", "build"), ("pull-request", "review")] {
        let workflow = read("a new site:", site.path(), &format!(".github/workflows/{name}.yml"));
        let mut runner = Runner::new(site.path());
        assert!(!workflow.run(job, &mut runner));
        let (outcome, log) = runner.step("Install annals");
        assert_eq!(outcome, Outcome::Failure);
        assert!(log.starts_with("::error title=annals is not set up::") && log.lines().count() == 1, "{log}");
        let after = runner.done.iter().skip_while(|step| step.name != "Install annals").skip(1);
        for step in after {
            assert_eq!(step.outcome, Outcome::Skipped, "{name}: {}", step.name);
        }
    }
}

/// A repository that looks like this one, at a path that is not plain.
fn source_of_the_action() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("a root");
    for path in
        ["src/main.rs", "content/a.md", "target/x", "public/x", ".git/HEAD", ".github/actions/annals/action.yml"]
    {
        put(&root, path, path);
    }
    folder
}

#[test]
fn the_key_of_the_program_is_its_source() {
    let workflow = read("this repository:", tree::repository(), ".github/actions/annals/action.yml");
    let steps = workflow.yaml["runs"]["steps"].as_sequence().unwrap();
    let folder = source_of_the_action();
    let root = folder.path().join("a root");
    let workspace = tempfile::tempdir().unwrap();
    let key = || {
        let mut runner = Runner::new(workspace.path());
        runner.set("GITHUB_ACTION_PATH", root.join(".github/actions/annals").to_str().unwrap());
        runner.set("ImageOS", "ubuntu24");
        assert!(runner.job(None, &steps[..1]), "{:#?}", runner.done);
        assert_eq!(runner.output("source", "root"), fs::canonicalize(&root).unwrap().to_str().unwrap());
        assert_eq!(runner.output("source", "bin"), runner.temp().join("annals-bin").to_str().unwrap());
        runner.output("source", "key").to_owned()
    };
    let first = key();
    let hash = first.strip_prefix("annals-Linux-X64-ubuntu24-").unwrap_or_else(|| panic!("{first}"));
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    assert_eq!(key(), first);
    for path in ["content/a.md", "content/b.md", "target/x", "public/x", ".git/HEAD"] {
        put(&root, path, "other");
        assert_eq!(key(), first, "{path}");
    }
    let mut keys = BTreeSet::from([first]);
    for (path, text) in [("src/main.rs", "x"), ("src/a b\n.rs", ""), ("templates/x.html", ""), ("src/content/x", "")] {
        put(&root, path, text);
        assert!(keys.insert(key()), "{path}");
    }
    fs::rename(root.join("src/main.rs"), root.join("src/other.rs")).unwrap();
    assert!(keys.insert(key()), "another name");
}

#[cfg(unix)]
#[test]
fn the_action_builds_in_its_own_folder_and_puts_the_program_on_the_path() {
    use std::os::unix::fs::PermissionsExt;
    let workflow = read("this repository:", tree::repository(), ".github/actions/annals/action.yml");
    let folder = source_of_the_action();
    let root = fs::canonicalize(folder.path().join("a root")).unwrap();
    let (workspace, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A cargo that takes no time: it says how it was called, and makes what the real one would make.
    let cargo = tools.path().join("cargo");
    let script = "#!/bin/sh\nset -e\necho \"in $PWD: $*\"\nmkdir -p \"$CARGO_TARGET_DIR/release\"\ncp \"$ANNALS\" \
                  \"$CARGO_TARGET_DIR/release/annals\"\n";
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let mut runner = Runner::new(workspace.path());
    runner.look_in(tools.path());
    runner.set("ANNALS", env!("CARGO_BIN_EXE_annals"));
    runner.set("GITHUB_ACTION_PATH", root.join(".github/actions/annals").to_str().unwrap());
    let before = tree::read(&root);
    assert!(runner.job(None, workflow.yaml["runs"]["steps"].as_sequence().unwrap()), "{:#?}", runner.done);
    let (_, log) = runner.step("Build it");
    assert_eq!(log, format!("in {}: build --release --locked --bin annals\n", root.display()));
    assert_eq!(tree::difference(&before, &tree::read(&root)), None, "nothing is written beside the source");
    // The outputs of the action are those of its last step.
    for (name, expect) in
        [("version", env!("CARGO_PKG_VERSION")), ("path", runner.temp().join("annals-bin").to_str().unwrap())]
    {
        let output = workflow.yaml["outputs"][name]["value"].as_str().unwrap();
        assert_eq!(output, format!("${{{{ steps.verify.outputs.{name} }}}}"));
        assert_eq!(runner.output("verify", name), expect);
    }
    let later: Value = serde_yaml::from_str("[{name: Later, run: annals --version, shell: bash}]").unwrap();
    assert!(runner.job(None, later.as_sequence().unwrap()));
    assert_eq!(runner.step("Later").1, concat!("annals ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// The workflow for proposals over one of them; whether it succeeds.
fn review(workflow: &Workflow, proposal: &Proposal) -> (bool, Runner) {
    let work = proposal.work();
    let mut runner = Runner::new(&work);
    let fine = workflow.run("review", &mut runner);
    (fine, runner)
}

#[test]
fn a_good_proposal_is_told_and_shown() {
    let proposal = Proposal::new(&[
        (INCIDENT, &|text| {
            text.replace("amount: over EUR 2M", "amount: over EUR 3M").replace("is: over EUR 2M", "is: over EUR 3M")
        }),
        ("content/pages/draft.md", &|_| "---\ntitle: Not yet\ndraft: true\n---\n\nWords.\n".to_owned()),
    ]);
    for workflow in both("pull-request") {
        let (fine, runner) = review(&workflow, &proposal);
        assert!(fine, "{}: {:#?}", workflow.name, runner.done);
        assert!(runner.done.iter().all(|step| step.outcome == Outcome::Success), "{:#?}", runner.done);
        // In the reader's terms, and against what the base has become, so that nothing of that is told.
        let summary = runner.summary();
        for words in ["EUR 2M", "EUR 3M", "https://example.org/artifacts/preview"] {
            assert!(summary.contains(words), "no {words:?} in {summary}");
        }
        assert!(!summary.contains("What came in meanwhile"), "{summary}");
        assert!(!runner.done.iter().any(|step| step.log.contains("::error")), "{:#?}", runner.done);
        // The preview is marked, opens from disk, and has the draft.
        let preview = tree::read(&runner.uploads["preview"]);
        let text = |path: &str| String::from_utf8(preview[path].clone()).unwrap();
        assert!(text("index.html").contains("<p class=\"banner\">Preview:") && text("index.html").contains("noindex"));
        assert!(preview.contains_key("draft.html") && preview.contains_key("method.html"));
        assert_eq!(git(&proposal.work(), &["status", "--porcelain"]), "", "{}", workflow.name);
    }
}

#[test]
fn a_broken_record_is_told_at_its_line_and_the_rest_still_runs() {
    let proposal = Proposal::new(&[
        (INCIDENT, &|text| text.replace("date: 2024-03-09", "date: 9 March 2024")),
        ("content/sources/hostile.yaml", &|_| {
            "title: \"x\\n::error::pwned $(touch pwned) `touch pwned`\"\nkind: 'a\n\n  ::warning::pwned'\n".to_owned()
        }),
    ]);
    for workflow in both("pull-request") {
        let (fine, runner) = review(&workflow, &proposal);
        assert!(!fine, "{}", workflow.name);
        let (outcome, log) = runner.step("Mistakes");
        assert_eq!(outcome, Outcome::Failure, "{log}");
        let line = log.lines().find(|line| line.starts_with("::error ") && line.contains(INCIDENT));
        let line = line.unwrap_or_else(|| panic!("no annotation: {log}"));
        assert!(line.contains("line=5,") && line.contains("invalid-date"), "{line}");
        // No record speaks to GitHub, none to the shell.
        for step in &runner.done {
            let commands = ["::error::", "::warning::", "##["];
            let forged =
                step.log.lines().any(|line| commands.iter().any(|command| line.trim_start().starts_with(command)));
            assert!(!forged, "{}: {}", step.name, step.log);
        }
        assert!(!proposal.work().join("pwned").exists());
        assert_eq!(runner.step("Build a preview").0, Outcome::Failure);
        assert_eq!(runner.step("Upload the preview").0, Outcome::Skipped);
        assert_eq!(runner.step("Say where the preview is").0, Outcome::Skipped);
        assert_ne!(runner.step("What changes for a reader").0, Outcome::Skipped);
        assert_ne!(runner.step("Order and style of fields").0, Outcome::Skipped);
        assert!(runner.summary().contains("invalid-date"), "{}", runner.summary());
        git(&proposal.work(), &["checkout", "-q", "."]);
    }
}

#[test]
fn fields_out_of_order_fail_and_the_cure_can_be_typed_off() {
    let path = "content/sources/gazette-2024.yaml";
    let proposal = Proposal::new(&[(path, &|text| {
        let (first, second) = ("publisher: Northhaven Gazette\n", "kind: news\n");
        // A line of the record that would end a fenced block, and one that would end any.
        text.replace(&format!("{first}{second}"), &format!("{second}# ~~~~~~~~\n{first}"))
    })]);
    for workflow in both("pull-request") {
        let (fine, runner) = review(&workflow, &proposal);
        assert!(!fine, "{}", workflow.name);
        for step in &runner.done {
            let expect = if step.name == "Order and style of fields" { Outcome::Failure } else { Outcome::Success };
            assert_eq!(step.outcome, expect, "{}: {}", step.name, step.log);
        }
        let summary = runner.summary();
        let block = summary.split("would change:\n\n").nth(1).unwrap_or_else(|| panic!("{summary}"));
        assert!(
            block.contains("\n    +publisher: Northhaven Gazette") || block.contains("\n    +kind: news"),
            "{block}"
        );
        assert!(block.lines().all(|line| line.starts_with("    ")), "{block}");
        git(&proposal.work(), &["checkout", "-q", "."]);
    }
}

#[test]
fn what_init_writes_is_in_its_usual_order_and_style() {
    let site = new_site(&["--repository", "owner/name"]);
    let mut fmt: Command = program::command(site.path());
    in_time(fmt.args(["fmt", "--check"])).expect(0);
}
