//! The program, run as a user runs it, without what the tests' own environment says.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the program answered.
#[derive(Debug)]
pub struct Answer {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program in the folder `at`: no environment, no terminal, no input.
pub fn command(at: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.current_dir(at).env_clear().stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        status: output.status.code().unwrap_or_else(|| panic!("{command:?} was killed: {output:?}")),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program in the folder `at`.
pub fn run(at: &Path, arguments: &[&str]) -> Answer {
    answer(command(at).args(arguments))
}

impl Answer {
    /// The same, once the status is as expected.
    pub fn expect(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }
}
