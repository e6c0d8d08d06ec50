//! The templates with all that every one of them sees.

use crate::diagnostic::Diagnostic;
use crate::render::{Globals, Theme};
use crate::source_text::{File, Fingerprint};
use std::sync::Arc;

/// The theme, read once for the same templates and the same globals.
#[derive(Debug)]
pub(super) struct Look {
    pub theme: Arc<Theme>,
    /// Of the templates and of the globals.
    pub print: Fingerprint,
    /// What is wrong with the templates.
    pub problems: Vec<Diagnostic>,
}

impl Look {
    /// Reads the templates, unless `last` was made of the same.
    pub fn new(templates: &[File], globals: Globals, last: Option<&Arc<Self>>) -> Arc<Self> {
        let mut seen = serde_json::to_vec(&globals).unwrap_or_default();
        for file in templates {
            seen.extend_from_slice(format!("\0{}\0{:?}\0", file.id, file.trouble).as_bytes());
            seen.extend_from_slice(&Fingerprint::of(&file.bytes).0);
        }
        let print = Fingerprint::of(&seen);
        match last {
            Some(last) if last.print == print => last.clone(),
            _ => {
                let (theme, problems) = Theme::new(templates, globals);
                Arc::new(Self { theme: Arc::new(theme), print, problems })
            }
        }
    }
}
