//! `annals schema`

use super::{FINE, Failure, Screen};
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of which kind of file
    #[arg(value_enum, value_name = "KIND")]
    kind: Kind,
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
        let name = self.kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let schema = crate::parse::schema(&name).ok_or_else(|| Failure::new("there is no such schema"))?;
        let mut text = serde_json::to_string_pretty(&schema).map_err(Failure::new)?;
        text.push('\n');
        screen.print(&text);
        Ok(FINE)
    }
}
