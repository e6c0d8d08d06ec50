//! Many readers at once, each with an open page that loads again when it is told to.

use super::edits::page;
use super::http::{Connection, Events};
use super::server::Server;
use super::site::{Save, Site, change, marker, with_body, with_title};
use std::fmt::Write;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a reader may take after the last edit until its page is the one that stands.
const PATIENCE: Duration = Duration::from_secs(20);
const FIRST: usize = 2_000_000;

/// What the readers did.
#[derive(Debug, Default)]
struct Count {
    loads: AtomicUsize,
    events: AtomicUsize,
}

/// Lets `clients` readers read for so long while edits go on, and tells whether each has the last page in the end.
pub fn run(site: &Site, server: &Server, clients: usize, time: Duration) -> io::Result<String> {
    let routes: Vec<String> = (0..clients)
        .map(|client| match client % 4 {
            3 if client % 8 == 3 => Ok("index.html".to_owned()),
            _ => Ok(page(&site.incident(client)?.id)),
        })
        .collect::<io::Result<_>>()?;
    let (stop, count) = (AtomicBool::new(false), Count::default());
    let pages: Vec<Mutex<Vec<u8>>> = routes.iter().map(|_| Mutex::default()).collect();
    let mut edits = 0;
    let wrong = std::thread::scope(|scope| {
        let mut readers = Vec::new();
        for (route, last) in routes.iter().zip(&pages) {
            let (stop, count) = (&stop, &count);
            readers
                .push(scope.spawn(move || read(server, route, last, stop, count).map_err(|e| format!("{route}: {e}"))));
        }
        let edited = edit(site, clients, time, &mut edits);
        let stale = server.rest().and_then(|()| settle(server, &routes, &pages));
        stop.store(true, Ordering::Relaxed);
        let mut wrong: Vec<String> = readers
            .into_iter()
            .filter_map(|reader| reader.join().unwrap_or_else(|_| Err("a reader panicked".to_owned())).err())
            .collect();
        wrong.extend(edited.err().map(|error| error.to_string()));
        wrong.extend(stale.unwrap_or_else(|error| vec![error.to_string()]));
        wrong
    });
    let mut text = format!(
        "{clients} readers for {} s: {edits} edits, {} events, {} loads; {} wrong\n",
        time.as_secs(),
        count.events.into_inner(),
        count.loads.into_inner(),
        wrong.len()
    );
    for line in &wrong {
        let _ = writeln!(text, "  {line}");
    }
    if wrong.is_empty() { Ok(text) } else { Err(io::Error::other(text)) }
}

/// One reader: loads its page, listens, loads it again.
fn read(server: &Server, route: &str, last: &Mutex<Vec<u8>>, stop: &AtomicBool, count: &Count) -> io::Result<()> {
    let mut connection = Connection::new(server.port);
    let path = format!("{}{route}", server.base);
    while !stop.load(Ordering::Relaxed) {
        let answer = connection.get(&path)?;
        count.loads.fetch_add(1, Ordering::Relaxed);
        if answer.status != 200 {
            return Err(io::Error::other(format!("status {}", answer.status)));
        }
        let version = attribute(&answer.body, "data-version");
        let version = version.ok_or_else(|| io::Error::other("the page does not say which version it is"))?;
        *last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = answer.body;
        let query = format!("{}__annals/events?route={}&version={}", server.base, encoded(route), encoded(&version));
        let mut events = Events::open(server.port, &query, Duration::from_millis(200))?;
        while !stop.load(Ordering::Relaxed) {
            let Some(event) = events.next()? else { continue };
            count.events.fetch_add(1, Ordering::Relaxed);
            if event.lines().any(|line| line == "event: reload") {
                break;
            }
        }
    }
    Ok(())
}

fn edit(site: &Site, clients: usize, time: Duration, edits: &mut usize) -> io::Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < time {
        let (incident, marker) = (site.incident(*edits % clients)?, marker(FIRST + *edits));
        change(&incident.file, Save::of(*edits / 2), |text| match *edits % 2 {
            0 => with_body(text, &marker),
            _ => with_title(text, &marker),
        })?;
        *edits += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Waits until every reader has what stands at its route; which have not.
fn settle(server: &Server, routes: &[String], pages: &[Mutex<Vec<u8>>]) -> io::Result<Vec<String>> {
    let begun = Instant::now();
    let mut connection = Connection::new(server.port);
    loop {
        let mut stale = Vec::new();
        for (route, page) in routes.iter().zip(pages) {
            let answer = connection.get(&format!("{}{route}", server.base))?;
            if *page.lock().unwrap_or_else(std::sync::PoisonError::into_inner) != answer.body {
                stale.push(format!("{route}: a reader has a page that does not stand any more"));
            }
        }
        if stale.is_empty() || begun.elapsed() > PATIENCE {
            return Ok(stale);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The value of the first attribute of that name.
fn attribute(page: &[u8], name: &str) -> Option<String> {
    let page = String::from_utf8_lossy(page);
    let (_, rest) = page.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
