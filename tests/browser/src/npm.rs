//! What comes from npm: files below `target/npm`, which these tests read and never fetch themselves.

use crate::repository;
use std::fs;
use std::path::PathBuf;

/// The source of axe-core, which judges accessibility.
#[must_use]
pub fn axe() -> String {
    let file = find("axe-core/axe.min.js");
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The program of the Nu Html Checker.
#[must_use]
pub fn vnu() -> PathBuf {
    find("vnu-jar/build/dist/vnu.jar")
}

fn find(path: &str) -> PathBuf {
    let file = repository().join("target/npm/node_modules").join(path);
    assert!(
        file.is_file(),
        "there is no {}. Install it, in the folder of the repository: mkdir -p target/npm && \
         cp tests/browser/package.json tests/browser/package-lock.json target/npm/ && \
         npm ci --prefix target/npm --ignore-scripts",
        file.display()
    );
    file
}
