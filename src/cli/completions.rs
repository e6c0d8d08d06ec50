//! `annals completions`

use super::{FINE, Failure, Screen, Typed};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Of which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub fn run(&self, screen: &Screen) -> Result<u8, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Typed::command(), "annals", &mut text);
        screen.print(&String::from_utf8_lossy(&text));
        Ok(FINE)
    }
}
