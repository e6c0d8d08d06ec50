//! How problems look. One file a format; each gives text, and prints nothing.
//!
//! In: located problems and the texts they point into. Out: text.
//! Must never be here: printing, the disk, a decision about levels.

pub mod github;
pub mod human;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod short;
pub mod step_summary;

use super::Located;
use crate::source_text::FileId;

/// Where a renderer finds the text of a file, for snippets.
pub type Texts<'a> = dyn Fn(&FileId) -> Option<String> + 'a;

/// How many problems of each level there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Records that were checked.
    pub records: usize,
}

impl Summary {
    /// Counts.
    pub fn of(problems: &[Located], records: usize) -> Self {
        let mut summary = Self { records, ..Self::default() };
        for problem in problems {
            match problem.level {
                super::Level::Error => summary.errors += 1,
                super::Level::Warning => summary.warnings += 1,
                super::Level::Note => summary.notes += 1,
            }
        }
        summary
    }

    /// `2 errors, 1 warning`; `no problems`.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        for (number, noun) in [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")] {
            match number {
                0 => {}
                1 => parts.push(format!("1 {noun}")),
                _ => parts.push(format!("{number} {noun}s")),
            }
        }
        if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
    }
}

/// The problems, the worst level first; within a level in their order.
fn by_gravity(problems: &[Located]) -> Vec<&Located> {
    let mut sorted: Vec<&Located> = problems.iter().collect();
    sorted.sort_by_key(|problem| problem.level);
    sorted
}
