//! The program, run as a user runs it, without what the tests' own environment says.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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

/// Runs it, and kills it when it takes longer than anything here may take.
pub fn in_time(command: &mut Command) -> Answer {
    let mut streams = [tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap()];
    command.stdout(streams[0].try_clone().unwrap()).stderr(streams[1].try_clone().unwrap());
    let mut child = command.spawn().unwrap();
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let [out, err] = streams.each_mut().map(|stream| {
        let mut text = String::new();
        stream.rewind().unwrap();
        stream.read_to_string(&mut text).unwrap();
        text
    });
    Answer { status: status.code().unwrap_or_else(|| panic!("{command:?} died: {status}: {err}")), out, err }
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
