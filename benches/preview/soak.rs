//! Many rebuilds: what they leave behind in memory.

use super::edits::{Reader, page};
use super::server::Server;
use super::site::{Save, Site, change, marker, save, with_body, with_title};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

/// After how many rebuilds the memory is looked at.
const EVERY: usize = 50;
/// Numbers of edits that no other part of the harness uses.
const FIRST: usize = 1_000_000;

/// Edits one thing after the other, breaks something now and then and repairs it, and tells of the memory.
pub fn run(site: &Site, server: &Server, rebuilds: usize) -> io::Result<String> {
    let mut reader = Reader::new(server);
    let mut rows = Vec::new();
    // What each page must show in the end: bodies and titles go to different pages.
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    let mut text = format!("{:>10} {:>9} {:>9}\n", "rebuilds", "MB held", "at most");
    for number in 0..rebuilds {
        let (incident, marker) = (site.incident(number % 97 * 4 + number % 4)?, marker(FIRST + number));
        let way = Save::of(number / 4);
        let route = page(&incident.id);
        match number % 4 {
            0 => change(&incident.file, way, |text| with_body(text, &marker))?,
            1 => change(&incident.file, way, |text| with_title(text, &marker))?,
            2 => {
                if let Some(source) = incident.sources.first() {
                    change(&site.source(source), way, |text| with_title(text, &marker))?;
                    reader.wait(&route, &marker)?;
                }
            }
            _ => {
                // Broken first: the page must stay there while it is.
                let sound = std::fs::read_to_string(&incident.file)?;
                save(&incident.file, "---\ntitle: [torn\n", way)?;
                server.rest()?;
                reader.wait(&route, "</html>")?;
                save(&incident.file, &with_body(&sound, &marker), way)?;
            }
        }
        // A source may be edited again, for another incident that cites it.
        if number % 4 != 2 {
            reader.wait(&route, &marker)?;
            expected.insert(route, marker);
        }
        if (number + 1) % EVERY == 0 || number + 1 == rebuilds {
            server.rest()?;
            let (now, most) = server.memory()?;
            rows.push(now);
            let _ = writeln!(text, "{:10} {now:9} {most:9}", number + 1);
        }
    }
    server.rest()?;
    for (route, marker) in &expected {
        reader.wait(route, marker)?;
    }
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        let growth = last.cast_signed() - first.cast_signed();
        let _ = writeln!(text, "growth since the first row: {growth} MB; every edited page is as it was last saved");
    }
    Ok(text)
}
