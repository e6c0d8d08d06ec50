//! From saving to reading: how long a reader waits for what was edited.

use super::http::Connection;
use super::server::Server;
use super::site::{Save, Site, marker, save, with_body, with_title};
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// After so long a page does not become fresh any more.
const PATIENCE: Duration = Duration::from_secs(60);

/// Times of one kind.
#[derive(Debug)]
pub struct Series {
    pub name: &'static str,
    times: Vec<Duration>,
}

impl Series {
    fn new(name: &'static str) -> Self {
        Self { name, times: Vec::new() }
    }

    /// The time that so many of a hundred did not take longer than.
    pub fn percentile(&self, hundredth: usize) -> Option<Duration> {
        let mut times = self.times.clone();
        times.sort();
        times.get((times.len() * hundredth).div_ceil(100).saturating_sub(1)).copied()
    }
}

/// The table of several series, in milliseconds.
pub fn table(series: &[Series]) -> String {
    let mut text = format!("{:44} {:>5} {:>9} {:>9} {:>9}\n", "save to served, ms", "edits", "median", "95 %", "worst");
    for one in series.iter().filter(|one| !one.times.is_empty()) {
        let [median, most, worst] =
            [50, 95, 100].map(|part| one.percentile(part).unwrap_or_default().as_secs_f64() * 1000.0);
        let _ = writeln!(text, "{:44} {:5} {median:9.1} {most:9.1} {worst:9.1}", one.name, one.times.len());
    }
    text
}

/// A server and one reader of it.
#[derive(Debug)]
pub struct Reader<'a> {
    server: &'a Server,
    connection: Connection,
    begun: Instant,
}

impl<'a> Reader<'a> {
    pub fn new(server: &'a Server) -> Self {
        Self { server, connection: Connection::new(server.port), begun: Instant::now() }
    }

    /// Saves the edit of that number, from which moment on the time counts. The text is made before.
    fn save(&mut self, file: &Path, number: usize, change: impl FnOnce(&str) -> String) -> io::Result<()> {
        let text = change(&fs::read_to_string(file)?);
        // The connection stands before the time counts.
        self.connection.get(&self.server.base)?;
        self.server.rest()?;
        // A server that looks at files in fixed intervals must not always be met at the same moment of one.
        std::thread::sleep(Duration::from_millis((number as u64).wrapping_mul(211) % 500));
        self.begun = Instant::now();
        save(file, &text, Save::of(number))
    }

    /// Asks for a page until a word stands in it. The time since the saving.
    pub fn wait(&mut self, route: &str, word: &str) -> io::Result<Duration> {
        let path = format!("{}{route}", self.server.base);
        let begun = Instant::now();
        loop {
            let answer = self.connection.get(&path)?;
            if answer.holds(word) {
                return Ok(self.begun.elapsed());
            }
            if begun.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("{path} stays stale: status {}, no {word}", answer.status)));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn holds(&mut self, route: &str, word: &str) -> io::Result<Option<bool>> {
        let answer = self.connection.get(&format!("{}{route}", self.server.base))?;
        Ok((answer.status == 200).then(|| answer.holds(word)))
    }

    /// The part of a list that leads to an incident.
    fn part(&mut self, list: &str, id: &str) -> io::Result<Option<String>> {
        let link = format!("/{id}.html\"");
        for part in 1.. {
            let route = if part == 1 { format!("{list}.html") } else { format!("{list}-{part}.html") };
            match self.holds(&route, &link)? {
                Some(true) => return Ok(Some(route)),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// The page of an incident below the site's folder.
pub fn page(id: &str) -> String {
    format!("incidents/{id}.html")
}

/// Edits of bodies, in turn by us and by another generator with the same records; either may be missing.
pub fn bodies(ours: Option<(&Site, &Server)>, peer: Option<(&Site, &Server)>, edits: usize) -> io::Result<[Series; 2]> {
    let mut series = [Series::new("annals: a body, its page"), Series::new("hugo: a body, its page")];
    let routes: [fn(&str) -> String; 2] = [page, |id| format!("incidents/{id}/")];
    for number in 0..edits {
        let mut id = None;
        for ((who, series), route) in [ours, peer].into_iter().zip(&mut series).zip(routes) {
            let Some((site, server)) = who else { continue };
            let incident = match &id {
                None => site.incident(number)?,
                Some(id) => {
                    let twin = site.incidents.iter().find(|incident| incident.id == *id);
                    twin.ok_or_else(|| io::Error::other(format!("the peer has no incident {id}")))?
                }
            };
            let (mut reader, marker) = (Reader::new(server), marker(number));
            reader.save(&incident.file, number, |text| with_body(text, &marker))?;
            series.times.push(reader.wait(&route(&incident.id), &marker)?);
            // Neither is measured while the other works.
            server.rest()?;
            id = Some(incident.id.clone());
        }
    }
    Ok(series)
}

/// Edits of titles, of incidents and of sources, after those of bodies.
pub fn titles(site: &Site, server: &Server, edits: usize) -> io::Result<Vec<Series>> {
    let mut reader = Reader::new(server);
    let mut titles = [
        Series::new("annals: a title, the incident's page"),
        Series::new("annals: a title, the home page too"),
        Series::new("annals: a title, the page of the kind too"),
    ];
    for number in edits..2 * edits {
        let (incident, marker) = (site.incident(number)?, marker(number));
        let mut routes = vec![Some(page(&incident.id))];
        let shows = reader.holds("index.html", &format!("incidents/{}.html\"", incident.id))? == Some(true);
        routes.push(shows.then(|| "index.html".to_owned()));
        routes.push(match &incident.kind {
            Some(kind) => reader.part(&format!("kinds/{kind}"), &incident.id)?,
            None => None,
        });
        reader.save(&incident.file, number, |text| with_title(text, &marker))?;
        for (series, route) in titles.iter_mut().zip(routes) {
            if let Some(route) = route {
                series.times.push(reader.wait(&route, &marker)?);
            }
        }
    }
    let mut sources = [
        Series::new("annals: a source's title, a page that cites it"),
        Series::new("annals: a source's title, its own page too"),
    ];
    for number in 2 * edits..3 * edits {
        let (incident, marker) = (site.incident(number)?, marker(number));
        let Some(source) = incident.sources.first() else { continue };
        reader.save(&site.source(source), number, |text| with_title(text, &marker))?;
        for (series, route) in sources.iter_mut().zip([page(&incident.id), format!("sources/{source}.html")]) {
            series.times.push(reader.wait(&route, &marker)?);
        }
    }
    Ok(titles.into_iter().chain(sources).collect())
}
