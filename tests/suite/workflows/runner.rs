//! A runner of workflows: what GitHub's does, as far as the workflows here need it.
//!
//! Their own `run:` lines are run, by the shell that they name. What others have written (`uses:`) is played. What this
//! runner does not know, be it an expression, a condition or an action, is a failure of the test: nothing is passed over.

use super::super::tree;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The commit of a made-up action, as `init` is given it.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    Failure,
    Skipped,
}

/// A step that was come to.
#[derive(Debug)]
pub struct Done {
    pub name: String,
    pub outcome: Outcome,
    /// What it wrote into the log, both streams.
    pub log: String,
}

/// A runner, in the middle of a job.
pub struct Runner {
    /// Where its own folders are.
    folder: tempfile::TempDir,
    /// The work tree.
    pub workspace: PathBuf,
    /// Folders before those of the machine's own path.
    path: Vec<PathBuf>,
    /// Values of expressions, beside those of steps.
    known: BTreeMap<String, String>,
    /// Variables of the job.
    environment: BTreeMap<String, String>,
    outcomes: BTreeMap<String, Outcome>,
    outputs: BTreeMap<String, BTreeMap<String, String>>,
    /// What was uploaded: the name of the artifact, and the folder.
    pub uploads: BTreeMap<String, PathBuf>,
    pub done: Vec<Done>,
}

impl Runner {
    /// A runner with a work tree that is checked out; the program is what the tests were built with.
    pub fn new(workspace: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["temp", "home", "files"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let known = [("runner.temp".to_owned(), folder.path().join("temp").display().to_string())];
        Self {
            folder,
            workspace: workspace.to_owned(),
            path: Vec::new(),
            known: known.into(),
            environment: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            outputs: BTreeMap::new(),
            uploads: BTreeMap::new(),
            done: Vec::new(),
        }
    }

    /// Gives the job another variable.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.insert(name.to_owned(), value.to_owned());
    }

    /// Puts a folder before all others in which programs are looked for.
    pub fn look_in(&mut self, folder: &Path) {
        self.path.insert(0, folder.to_owned());
    }

    /// The folder for what a job leaves behind.
    pub fn temp(&self) -> PathBuf {
        self.folder.path().join("temp")
    }

    /// Runs the steps of a job of a workflow, or of an action. Whether the job succeeds.
    pub fn job(&mut self, shell: Option<&str>, steps: &[Value]) -> bool {
        for (number, step) in steps.iter().enumerate() {
            let name = ["name", "id", "uses"].iter().find_map(|key| step[key].as_str()).unwrap_or("?").to_owned();
            let (outcome, log) = if !self.holds(step["if"].as_str()) {
                (Outcome::Skipped, String::new())
            } else if let Some(script) = step["run"].as_str() {
                let shell = step["shell"].as_str().or(shell).unwrap_or_else(|| panic!("{name}: which shell?"));
                self.run(number, shell, script, step)
            } else {
                self.play(step["uses"].as_str().unwrap_or_else(|| panic!("{name}: does nothing")), step)
            };
            if let Some(id) = step["id"].as_str() {
                self.outcomes.insert(id.to_owned(), outcome);
            }
            self.done.push(Done { name, outcome, log });
        }
        !self.has_failed()
    }

    /// How the step of that name ended, and its log.
    #[track_caller]
    pub fn step(&self, name: &str) -> (Outcome, &str) {
        let step = self.done.iter().find(|step| step.name == name);
        let step = step.unwrap_or_else(|| panic!("there is no step {name:?}: {:#?}", self.done));
        (step.outcome, &step.log)
    }

    /// What a step has given out.
    pub fn output(&self, id: &str, name: &str) -> &str {
        self.outputs.get(id).and_then(|outputs| outputs.get(name)).map_or("", String::as_str)
    }

    /// What all steps wrote for the page of the run.
    pub fn summary(&self) -> String {
        self.done.iter().enumerate().map(|(number, _)| self.file("summary", number)).collect()
    }

    fn has_failed(&self) -> bool {
        self.done.iter().any(|step| step.outcome == Outcome::Failure)
    }

    fn holds(&self, condition: Option<&str>) -> bool {
        let Some(condition) = condition else { return !self.has_failed() };
        let condition = condition.trim().trim_start_matches("${{").trim_end_matches("}}").trim();
        let mut goes_on = !self.has_failed();
        let all = condition.split(" && ").all(|part| {
            if part == "!cancelled()" {
                goes_on = true;
                return true;
            }
            let (left, equal, right) = part
                .split_once(" == ")
                .map(|(left, right)| (left, true, right))
                .or_else(|| part.split_once(" != ").map(|(left, right)| (left, false, right)))
                .unwrap_or_else(|| panic!("the condition `{part}`"));
            let right = right.strip_prefix('\'').and_then(|right| right.strip_suffix('\''));
            (self.value(left) == right.unwrap_or_else(|| panic!("the condition `{part}`"))) == equal
        });
        all && goes_on
    }

    fn value(&self, expression: &str) -> String {
        if let Some(value) = self.known.get(expression) {
            return value.clone();
        }
        let parts: Vec<&str> = expression.split('.').collect();
        match parts.as_slice() {
            ["steps", id, "outcome"] => match self.outcomes.get(*id) {
                Some(Outcome::Success) => "success".to_owned(),
                Some(Outcome::Failure) => "failure".to_owned(),
                Some(Outcome::Skipped) => "skipped".to_owned(),
                None => panic!("no step before has the id `{id}`"),
            },
            ["steps", id, "outputs", name] => {
                assert!(self.outcomes.contains_key(*id), "no step before has the id `{id}`");
                self.output(id, name).to_owned()
            }
            _ => panic!("the expression `{expression}` is unknown here"),
        }
    }

    /// A text with the values of its expressions.
    fn filled(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").unwrap_or_else(|| panic!("`{text}` has an open expression"));
            out.push_str(&self.value(expression.trim()));
            out.push_str(rest);
        }
        out
    }

    fn place(&self, kind: &str, number: usize) -> PathBuf {
        self.folder.path().join("files").join(format!("{kind}-{number}"))
    }

    fn file(&self, kind: &str, number: usize) -> String {
        fs::read_to_string(self.place(kind, number)).unwrap_or_default()
    }

    fn run(&mut self, number: usize, shell: &str, script: &str, step: &Value) -> (Outcome, String) {
        // GitHub fills expressions into scripts too, which is how strangers get theirs into them.
        assert!(!script.contains("${{"), "an expression in a script: {script}");
        assert_eq!(shell, "bash", "a shell that this runner does not know");
        let place = self.place("script", number);
        fs::write(&place, script).unwrap();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&place);
        command.current_dir(&self.workspace).env_clear().stdin(Stdio::null());
        let own = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(self.path.iter().cloned().chain(std::env::split_paths(&own))).unwrap();
        command.env("PATH", path).env("HOME", self.folder.path().join("home"));
        for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_ENV"] {
            let kind = name.rsplit('_').next().unwrap().to_lowercase();
            fs::write(self.place(&kind, number), "").unwrap();
            command.env(name, self.place(&kind, number));
        }
        let fixed = [("CI", "true"), ("GITHUB_ACTIONS", "true"), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")];
        command.envs(fixed).env("RUNNER_TEMP", self.temp()).env("GITHUB_WORKSPACE", &self.workspace);
        command.envs(&self.environment);
        for (name, value) in step["env"].as_mapping().into_iter().flatten() {
            command.env(name.as_str().unwrap(), self.filled(value.as_str().unwrap()));
        }
        let output = command.output().unwrap();
        let log = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!log.contains("panicked"), "{log}");
        assert_eq!(self.file("env", number), "", "variables of later steps are not set here");
        self.path.splice(0..0, self.file("path", number).lines().map(PathBuf::from));
        if let Some(id) = step["id"].as_str() {
            let outputs = self.file("output", number);
            let outputs = outputs.lines().map(|line| {
                let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("the output `{line}`"));
                (name.to_owned(), value.to_owned())
            });
            self.outputs.insert(id.to_owned(), outputs.collect());
        }
        (if output.status.success() { Outcome::Success } else { Outcome::Failure }, log)
    }

    /// Plays an action that is not a script of this repository.
    fn play(&mut self, uses: &str, step: &Value) -> (Outcome, String) {
        let (action, _) = uses.split_once('@').unwrap_or((uses, ""));
        let with = |name: &str| step["with"][name].as_str().map(|text| self.filled(text)).unwrap_or_default();
        let mut outputs: Vec<(&str, String)> = Vec::new();
        match action {
            // The work tree is there already, and `git` in it is the test's.
            "actions/checkout" => {}
            "./.github/actions/annals" | "example/annals/.github/actions/annals" => {
                self.path.insert(0, Path::new(env!("CARGO_BIN_EXE_annals")).parent().unwrap().to_owned());
            }
            "actions/configure-pages" => {
                let address = "https://owner.github.io/name";
                outputs.push(("base_url", address.to_owned()));
            }
            "actions/upload-artifact" | "actions/upload-pages-artifact" => {
                let path = self.workspace.join(with("path"));
                assert!(!tree::read(&path).is_empty(), "nothing to upload in {}", path.display());
                let name = if action.ends_with("pages-artifact") { "pages".to_owned() } else { with("name") };
                outputs.push(("artifact-url", format!("https://example.org/artifacts/{name}")));
                self.uploads.insert(name, path);
            }
            // What was built before is never there; what is kept is nobody's concern here.
            "actions/cache/restore" | "actions/cache/save" => {}
            _ => panic!("the action {uses} is unknown here"),
        }
        if let Some(id) = step["id"].as_str() {
            let outputs = outputs.into_iter().map(|(name, value)| (name.to_owned(), value));
            self.outputs.insert(id.to_owned(), outputs.collect());
        }
        (Outcome::Success, String::new())
    }
}
