//! `annals schema`

use super::{FINE, Failure, Screen};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of which kind of file
    #[arg(value_enum, value_name = "KIND", required_unless_present = "out")]
    kind: Option<Kind>,
    /// Write the schemas of all kinds, or that of KIND, as files of this folder; those that are current stay untouched
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Incident,
    Source,
    Entity,
    Place,
    Page,
    Site,
}

impl Schema {
    pub fn run(&self, screen: &Screen) -> Result<u8, Failure> {
        let kinds = self.kind.as_ref().map_or(Kind::value_variants(), std::slice::from_ref);
        for kind in kinds {
            let name = kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            let schema = crate::parse::schema(&name).ok_or_else(|| Failure::new("there is no such schema"))?;
            let mut text = serde_json::to_string_pretty(&schema).map_err(Failure::new)?;
            text.push('\n');
            match &self.out {
                None => screen.print(&text),
                Some(folder) => renew(&folder.join(format!("{name}.json")), &text, screen)?,
            }
        }
        Ok(FINE)
    }
}

/// Writes the file, unless it holds the text already.
fn renew(path: &Path, text: &str, screen: &Screen) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format_args!("{} cannot be written: {error}", path.display()));
    if std::fs::read(path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)?;
    screen.tell(format_args!("wrote {}", path.display()));
    Ok(())
}
