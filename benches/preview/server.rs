//! A server in a process of its own, as somebody beside it sees it.

use super::http::Connection;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it answers, and until it comes to rest.
const PATIENCE: Duration = Duration::from_secs(180);
/// Who spends no processor time for so long rests.
const REST: Duration = Duration::from_millis(300);

/// A server that runs; ended when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    pub port: u16,
    /// The path of the site's folder, with a slash at both ends.
    pub base: String,
    /// How long it took until the home page was there.
    pub start: Duration,
}

impl Server {
    /// `annals serve`, as it was built with this harness unless another program is named.
    pub fn annals(program: Option<&Path>, site: &Path) -> io::Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(program.unwrap_or(Path::new(env!("CARGO_BIN_EXE_annals"))));
        command.arg("serve").arg(site).args(["--port", &port.to_string()]);
        Self::run(command, port)
    }

    /// `hugo server` as it is without options: pages in memory, fast rendering.
    pub fn hugo(program: &Path, site: &Path) -> io::Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(program);
        command.arg("server").arg("--source").arg(site);
        command.args(["--bind", "127.0.0.1", "--port", &port.to_string()]);
        Self::run(command, port)
    }

    fn run(mut command: Command, port: u16) -> io::Result<Self> {
        let begun = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let mut server = Self { child, port, base: "/".to_owned(), start: Duration::ZERO };
        loop {
            if let Some(status) = server.child.try_wait()? {
                return Err(io::Error::other(format!("{command:?} ended: {status}")));
            }
            if let Ok(answer) = Connection::new(port).get("/") {
                if let Some(location) = answer.location {
                    server.base = path_of(&location);
                }
                if Connection::new(port).get(&server.base.clone())?.status == 200 {
                    break;
                }
            }
            if begun.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("{command:?} does not answer")));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        server.start = begun.elapsed();
        server.rest()?;
        Ok(server)
    }

    /// Waits until what it does beside its answers is done.
    pub fn rest(&self) -> io::Result<()> {
        let begun = Instant::now();
        let (mut ticks, mut since) = (self.ticks()?, Instant::now());
        while since.elapsed() < REST {
            if begun.elapsed() > PATIENCE {
                return Err(io::Error::other("the server does not come to rest"));
            }
            std::thread::sleep(Duration::from_millis(20));
            let now = self.ticks()?;
            // One tick is what a clock that goes off may cost.
            if now > ticks + 1 {
                (ticks, since) = (now, Instant::now());
            }
        }
        Ok(())
    }

    /// Processor time, in ticks of the system.
    fn ticks(&self) -> io::Result<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name of the program may hold anything; the fields begin behind it.
        let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
        Ok(fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum())
    }

    /// Memory that it holds, and that it held at most, in megabytes.
    pub fn memory(&self) -> io::Result<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().nth(0)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
        };
        field("VmRSS:").zip(field("VmHWM:")).ok_or_else(|| io::Error::other("its memory is not told"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The path of an address that may be a whole URL.
fn path_of(location: &str) -> String {
    let rest = location.split_once("://").map_or(location, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/").to_owned()
}
