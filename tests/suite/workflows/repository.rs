//! A repository with a proposal, as GitHub hands it to a workflow.

use super::super::tree::put;
use super::runner::COMMIT;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository of a new site with one proposal, and the work tree of the workflow that looks at it.
pub struct Proposal {
    folder: tempfile::TempDir,
}

/// Runs git without what the machine's own settings say.
pub fn git(at: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(at).args(arguments);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.org");
        command.env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

impl Proposal {
    /// A new site; then files are changed in a branch, while the main branch goes on; then both are merged, as GitHub does
    /// it before anybody has agreed. Of that merge, two commits of depth are checked out.
    pub fn new(changes: &[(&str, &dyn Fn(String) -> String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let origin = folder.path().join("origin");
        let action = format!("example/annals@{COMMIT}");
        let init = super::super::program::run(folder.path(), &["init", "origin", "--action", &action]).expect(0);
        assert!(init.out.is_empty());
        git(&origin, &["init", "-q", "-b", "main"]);
        let commit = |message: &str| {
            git(&origin, &["add", "-A"]);
            git(&origin, &["commit", "-q", "-m", message]);
        };
        commit("the site");
        git(&origin, &["checkout", "-q", "-b", "proposal"]);
        for (path, change) in changes {
            let before = fs::read_to_string(origin.join(path)).unwrap_or_default();
            let after = change(before.clone());
            assert_ne!(before, after, "{path} is not changed");
            put(&origin, path, after);
        }
        commit("a proposal");
        git(&origin, &["checkout", "-q", "main"]);
        put(&origin, "content/pages/method.md", "---\ntitle: What came in meanwhile\n---\n\nThe base has gone on.\n");
        commit("meanwhile");
        git(&origin, &["checkout", "-q", "-b", "merge"]);
        git(&origin, &["merge", "-q", "--no-ff", "-m", "as GitHub merges it", "proposal"]);
        let url = format!("file://{}", origin.display());
        git(folder.path(), &["clone", "-q", "--depth", "2", "--branch", "merge", &url, "work"]);
        let work = folder.path().join("work");
        git(&work, &["checkout", "-q", "--detach"]);
        assert_eq!(git(&work, &["rev-list", "--count", "HEAD"]).trim(), "3", "the merge and its two parents");
        Self { folder }
    }

    /// The work tree.
    pub fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }
}
