//! What the system says of this process. Where it says nothing, nothing is shown.

use std::fs;
use std::time::{Duration, Instant};

/// The state of the process at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    at: Instant,
    cpu: Option<Duration>,
    /// Bytes that it holds now.
    pub resident: Option<u64>,
    /// The most that it has held.
    pub peak: Option<u64>,
}

impl Reading {
    /// Now.
    pub fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let kilobytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|number| number * 1024)
        };
        Self { at: Instant::now(), cpu: cpu(), resident: kilobytes("VmRSS:"), peak: kilobytes("VmHWM:") }
    }

    /// The time that has passed since `before`.
    pub fn wall_since(&self, before: &Self) -> Duration {
        self.at.duration_since(before.at)
    }

    /// The time that all processors together have worked since `before`.
    pub fn cpu_since(&self, before: &Self) -> Option<Duration> {
        self.cpu?.checked_sub(before.cpu?)
    }
}

/// The processor time of all threads: fields 14 and 15 of `/proc/self/stat`, in hundredths of a second.
fn cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets, which may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (times.next()?.parse().ok()?, times.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10))
}
