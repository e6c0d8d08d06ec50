//! chromedriver: found, started on a free port, and stopped with all of its browsers.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const INSTALL: &str = "Install them, on Debian `sudo apt-get install chromium chromium-driver`, \
                       or name them in the environment: CHROMIUM=/path CHROMEDRIVER=/path.";

/// A running chromedriver; dropped, it stops, and so do the browsers that it started.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let program = find("CHROMEDRIVER", &["chromedriver"]);
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let number = line.split("started successfully on port ").nth(1)?;
            number.trim_end_matches('.').parse().ok()
        });
        // Nobody reads the rest, but a full pipe would stop the program.
        thread::spawn(move || lines.for_each(drop));
        let port = port.unwrap_or_else(|| panic!("{} did not say on which port it listens", program.display()));
        Self { child, port }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks for the end of all sessions; chromedriver alone knows the processes of its browsers.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_ok() {
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(10) {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    return;
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The browser that chromedriver shall start.
pub(crate) fn chromium() -> PathBuf {
    find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

fn find(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(named) = env::var_os(variable) {
        return PathBuf::from(named);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    let mut found = found.filter(|file| file.is_file());
    found.next().unwrap_or_else(|| panic!("there is no `{}` on this machine. {INSTALL}", names[0]))
}
