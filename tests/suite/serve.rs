//! The preview, as browsers and those who are none meet it: over sockets, with requests written by hand.

use super::program::{self, command};
use super::tree::{self, put};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Nothing here takes so long unless it never ends.
const LONG: Duration = Duration::from_secs(30);

/// A site of which nothing is to be said.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    put(at, "content/site.yaml", "title: A site\nbase_url: https://example.org/\n");
    put(at, "content/sources/daily.yaml", "title: Daily\n");
    put(at, "content/incidents/fire.md", fire("A fire in the harbour."));
    put(at, "content/incidents/flood.md", "---\ntitle: Flood\ndate: 2022\nsources: [daily#2]\n---\n\nWater.\n");
    put(at, "static/plain.txt", "plain");
    folder
}

fn fire(body: &str) -> String {
    format!("---\ntitle: Fire\ndate: 2021\nsources: [daily#1]\n---\n\n{body}\n")
}

/// A running preview; dropped, it ends.
struct Served {
    child: Child,
    folder: TempDir,
    address: String,
    base: String,
    said: Receiver<String>,
}

impl Served {
    fn start(folder: TempDir, arguments: &[&str]) -> Self {
        Self::try_start(folder, arguments).unwrap_or_else(|said| panic!("it does not listen: {said}"))
    }

    fn try_start(folder: TempDir, arguments: &[&str]) -> Result<Self, String> {
        let mut command = command(folder.path());
        command.env("PATH", folder.path().join("bin"));
        command.args(["serve", "--port", "0"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (say, said) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| say.send(line)));
        let mut before = String::new();
        while let Ok(line) = said.recv_timeout(LONG) {
            if let Some(rest) = line.strip_prefix("http://") {
                let url = rest.split(' ').next().unwrap();
                let (address, base) = url.split_once('/').unwrap();
                return Ok(Self { child, folder, address: address.to_owned(), base: format!("/{base}"), said });
            }
            before.push_str(&line);
        }
        let _ = child.wait();
        Err(before)
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        put(self.folder.path(), path, text);
    }

    /// Sends bytes and reads what comes until the other side closes.
    fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may be closed before everything was sent, with the answer still to be read.
        let _ = stream.write_all(bytes);
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        Answer::new(&got)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream.set_write_timeout(Some(LONG)).unwrap();
        stream
    }

    fn request(&self, method: &str, target: &str) -> Answer {
        let text = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        self.raw(text.as_bytes())
    }

    fn get(&self, target: &str) -> Answer {
        self.request("GET", target)
    }

    /// Waits until the body at `target` holds `text`.
    fn until(&self, target: &str, text: &str) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(target);
            if answer.body.contains(text) {
                return answer;
            }
            assert!(begun.elapsed() < LONG, "{target} never holds {text:?}: {}", answer.head);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The next line of standard error that holds `text`, and everything before it.
    fn until_said(&self, text: &str) -> String {
        let mut all = String::new();
        loop {
            let line = self.said.recv_timeout(LONG).unwrap_or_else(|_| panic!("{text:?} is never said:\n{all}"));
            all.push_str(&line);
            all.push('\n');
            if line.contains(text) {
                return all;
            }
        }
    }

    /// Opens the stream of events of a page that is as it stands now.
    fn events(&self, route: &str) -> Events {
        let version = self.get(&format!("{}{route}", self.base)).version();
        self.events_since(route, &version)
    }

    fn events_since(&self, route: &str, version: &str) -> Events {
        let mut stream = self.connect();
        let target = format!("{}__annals/events?route={route}&version={version}", self.base);
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut events = Events { lines: BufReader::new(stream) };
        let head = events.block();
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: text/event-stream"), "{head}");
        events
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let done = std::process::Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Waits for the end and gives the exit status.
    fn end(&mut self) -> Option<i32> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < LONG, "it does not end");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn new(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn version(&self) -> String {
        let rest = self.body.split("data-version=\"").nth(1).unwrap_or_else(|| panic!("no script in {self:#?}"));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A stream of events, read as it comes.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The lines up to the next empty one, without what frames the chunks of the body (RFC 9112, 7.1).
    fn block(&mut self) -> String {
        let mut block = String::new();
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).unwrap();
            assert!(read > 0, "the stream ended after {block:?}");
            let line = line.trim_end_matches(['\r', '\n']);
            let is_size = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
            if line.is_empty() && !block.is_empty() {
                return block;
            }
            if !is_size && !line.is_empty() {
                block.push_str(line);
                block.push('\n');
            }
        }
    }

    /// The next event: its name and its data.
    fn next(&mut self) -> (String, Value) {
        loop {
            let block = self.block();
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            if let (Some(name), Some(data)) = (field("event:"), field("data:")) {
                return (name.to_owned(), serde_json::from_str(data).unwrap());
            }
        }
    }

    /// The next event of this name; every other one is passed over but `but`, which must not come.
    #[track_caller]
    fn wait(&mut self, name: &str, but: &str) -> Value {
        loop {
            let (event, data) = self.next();
            assert_ne!(event, but, "{data}");
            if event == name {
                return data;
            }
        }
    }
}

#[test]
fn pages_are_what_a_build_makes_and_a_script() {
    let folder = site();
    program::run(folder.path(), &["build", "--drafts", "--quiet"]).expect(0);
    let built = tree::read(&folder.path().join("public"));
    let served = Served::start(folder, &[]);
    for (path, bytes) in &built {
        let answer = served.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        let expected = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            let (before, rest) = answer.body.split_once("<script defer src=\"/__annals/preview.js\"").unwrap();
            let after = rest.split_once("</script>").unwrap().1;
            assert!(after.starts_with("</head>") && format!("{before}{after}") == expected, "{path}");
            assert_eq!(answer.body.matches("__annals").count(), 1);
        } else {
            assert_eq!(answer.body, expected, "{path}");
        }
    }
    assert_eq!(built, tree::read(&served.folder.path().join("public")));
}

#[test]
fn drafts_are_shown_and_nothing_is_written() {
    let folder = site();
    put(folder.path(), "content/incidents/secret.md", fire("Soon.").replace("---\ntitle", "---\ndraft: true\ntitle"));
    let before = tree::read(folder.path());
    let served = Served::start(folder, &[]);
    assert_eq!(served.get("/incidents/secret.html").status, 200);
    served.put("content/incidents/fire.md", fire("Another text."));
    served.until("/incidents/fire.html", "Another text.");
    let mut after = tree::read(served.folder.path());
    after.insert("content/incidents/fire.md".to_owned(), before["content/incidents/fire.md"].clone());
    assert_eq!(tree::difference(&before, &after), None);
}

#[test]
fn every_answer_says_what_it_is() {
    let served = Served::start(site(), &[]);
    let kinds = [
        ("/", "text/html; charset=utf-8"),
        ("/plain.txt", "text/plain; charset=utf-8"),
        ("/__annals/preview.js", "text/javascript; charset=utf-8"),
        ("/__annals/preview.css", "text/css; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
        ("/%ff", "text/plain; charset=utf-8"),
    ];
    for (path, kind) in kinds {
        let answer = served.get(path);
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        let head = served.request("HEAD", path);
        assert_eq!((head.status, head.body.as_str()), (answer.status, ""), "{path}");
        assert_eq!(head.header("content-length"), Some(answer.body.len().to_string().as_str()), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = served.request(method, "/");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("get, head")), "{method}");
    }
}

#[cfg(unix)]
#[test]
fn no_path_leads_out() {
    let folder = site();
    let outer = tempfile::tempdir().unwrap();
    put(outer.path(), "secret.txt", "what lies outside");
    std::os::unix::fs::symlink(outer.path(), folder.path().join("static/link")).unwrap();
    let served = Served::start(folder, &[]);
    let ways = [
        "/../content/site.yaml",
        "/static/../../secret.txt",
        "/./plain.txt",
        "/%2e%2e/content/site.yaml",
        "/%2e%2e%2fcontent%2fsite.yaml",
        "/..%2fcontent/site.yaml",
        "/..%5ccontent%5csite.yaml",
        "/..\\content\\site.yaml",
        "/%252e%252e/content/site.yaml",
        "/%c0%ae%c0%ae/content/site.yaml",
        "/%e0%80%ae%e0%80%ae/content/site.yaml",
        "/%uff0e%uff0e/content/site.yaml",
        "/plain.txt%00",
        "/plain.txt%00.html",
        "/sources%2findex.html",
        "//etc/passwd",
        "///etc/passwd",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/link/secret.txt",
        "/content/site.yaml",
        "/.git/config",
        "http://evil.example/plain.txt",
        "plain.txt",
        "*",
    ];
    for way in ways {
        let answer = served.get(way);
        assert!([400, 404, 503].contains(&answer.status), "{way}: {answer:#?}");
        let shown = answer.body.contains("what lies outside") || answer.body.contains("title: A site");
        assert!(!shown && !answer.body.contains("root:"), "{way}: {answer:#?}");
    }
}

#[test]
fn only_this_machine_is_meant() {
    let served = Served::start(site(), &[]);
    let ask =
        |headers: &str| served.raw(format!("GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes()).status;
    for host in ["localhost", "127.0.0.1:9", "[::1]:8000", "LOCALHOST"] {
        assert_eq!(ask(&format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "192.0.2.1", "localhost.evil.example:8000", ""] {
        assert_eq!(ask(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(ask(""), 400);
    assert_eq!(ask("Host: localhost\r\nHost: evil.example\r\n"), 400);
    let events = served.raw(b"GET /__annals/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(events.status, 421);
}

#[test]
fn what_is_too_large_or_no_request_is_refused() {
    let served = Served::start(site(), &[]);
    let long = "a".repeat(40_000);
    let header = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n");
    assert_eq!(served.raw(header.as_bytes()).status, 431);
    let target = format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!([414, 431].contains(&served.raw(target.as_bytes()).status));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "A: b\r\n".repeat(500));
    assert_eq!(served.raw(many.as_bytes()).status, 431);
    assert_eq!(served.raw(b"nonsense\r\n\r\n").status, 400);
    // A body is not waited for.
    let body = served.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n");
    assert_eq!(body.status, 200);
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn who_sends_or_reads_slowly_holds_up_nobody() {
    let folder = site();
    let large = vec![b'x'; 8 << 20];
    put(folder.path(), "static/large.bin", &large);
    let served = Served::start(folder, &[]);
    let begun = Instant::now();
    let mut senders: Vec<TcpStream> = (0..50).map(|_| served.connect()).collect();
    for sender in &mut senders {
        sender.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    }
    let mut readers: Vec<TcpStream> = (0..50).map(|_| served.connect()).collect();
    for reader in &mut readers {
        reader.write_all(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    }
    assert_eq!(served.get("/incidents/fire.html").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    // Who never comes to the end of its request is shown out.
    let mut rest = Vec::new();
    let _ = senders[0].read_to_end(&mut rest);
    assert!((5..20).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    // Who takes its time gets everything.
    let mut got = Vec::new();
    readers[0].set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let _ = readers[0].read_to_end(&mut got);
    assert!(got.ends_with(&large));
}

#[test]
fn a_site_below_a_path_is_shown_there() {
    let folder = site();
    put(folder.path(), "content/site.yaml", "title: A site\nbase_url: https://example.org/name/\n");
    let served = Served::start(folder, &[]);
    assert_eq!(served.base, "/name/");
    for path in ["/", "/name"] {
        let answer = served.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some("/name/")), "{path}");
    }
    let outside = served.get("/incidents/fire.html");
    assert!(outside.status == 404 && outside.body.contains("below <code>/name/</code>"), "{outside:#?}");
    let home = served.get("/name/");
    assert!(home.status == 200 && home.body.contains("src=\"/name/__annals/preview.js\""));
    let folder = served.get("/name/sources?a=b");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/name/sources/?a=b")));
    assert_eq!(folder.header("cache-control"), Some("no-store"));
    let index = served.get("/name/sources/index.html");
    assert_eq!(served.get("/name/sources/").version(), index.version());
    // When the site moves, the pages that are open move with it.
    let mut events = served.events("sources/index.html");
    events.wait("problems", "reload");
    served.put("content/site.yaml", "title: A site\nbase_url: https://example.org/other/name/\n");
    assert_eq!(events.wait("reload", "styles")["to"], "/other/name/sources/index.html");
    assert_eq!(served.get("/").header("location"), Some("/other/name/"));
    let late = "GET /name/__annals/events?route=index.html&version=x HTTP/1.1";
    let mut stream = served.connect();
    write!(stream, "{late}\r\nHost: localhost\r\n\r\n").unwrap();
    assert_eq!(Events { lines: BufReader::new(stream) }.wait("reload", "styles")["to"], "/other/name/index.html");
}

#[test]
fn a_page_that_is_not_there_names_those_near_by() {
    let served = Served::start(site(), &[]);
    let answer = served.get("/incidents/fires.html?x=%3Cb%3E");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("<code>/incidents/fires.html</code>"), "{}", answer.body);
    assert!(
        answer.body.contains("href=\"/incidents/fire.html\"") && answer.body.contains("href=\"/\">To the home page")
    );
    assert!(!answer.body.contains("flood"), "{}", answer.body);
    let hostile = served.get("/%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(hostile.body.matches("<script").count(), 1, "{}", hostile.body);
    // It is a page like others: when it comes, it comes by itself.
    let mut events = served.events("incidents/storm.html");
    served.put("content/incidents/storm.md", fire("Wind.").replace("Fire", "Storm"));
    events.wait("reload", "styles");
    assert!(served.get("/incidents/storm.html").body.contains("Wind."));
}

#[test]
fn a_change_reaches_those_who_look_at_it_and_nobody_else() {
    let served = Served::start(site(), &["--explain-rebuild"]);
    let mut fire_events = served.events("incidents/fire.html");
    let mut flood_events = served.events("incidents/flood.html");
    served.put("content/incidents/fire.md", fire("Another text."));
    fire_events.wait("reload", "styles");
    assert!(served.get("/incidents/fire.html").body.contains("Another text."));
    served.until_said("content/incidents/fire.md: ");
    // What comes next on the other stream is about the other page.
    served.put("content/incidents/flood.md", "---\ntitle: Flood\ndate: 2022\nsources: [daily#2]\n---\n\nRain.\n");
    flood_events.wait("reload", "styles");
    assert!(served.get("/incidents/flood.html").body.contains("Rain."));
    // Once, although nobody has loaded anything.
    served.put("content/incidents/broken.md", "no front matter");
    fire_events.wait("problems", "reload");
}

#[test]
fn a_page_that_was_loaded_before_the_change_is_told_at_once() {
    let served = Served::start(site(), &[]);
    let old = served.get("/incidents/fire.html").version();
    served.put("content/incidents/fire.md", fire("Another text."));
    served.until("/incidents/fire.html", "Another text.");
    served.events_since("incidents/fire.html", &old).wait("reload", "styles");
    let mut current = served.events("incidents/fire.html");
    assert_eq!(current.next().0, "problems");
}

#[test]
fn other_style_sheets_need_no_reload() {
    let served = Served::start(site(), &[]);
    let before = served.get("/");
    let mut events = served.events("index.html");
    // Until the first news has come, the server may not have looked at the page yet.
    events.wait("problems", "reload");
    served.put("static/annals.css", "body { color: red }");
    let data = events.wait("styles", "reload");
    let pair = &data["pairs"][0];
    let (old, new) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
    assert!(before.body.contains(old) && old.starts_with("assets/annals.") && old != new, "{data}");
    let after = served.get("/");
    assert!(after.body.contains(new) && data["version"] == after.version());
    assert_eq!(served.get(&format!("/{new}")).body, "body { color: red }");
}

#[test]
fn a_broken_file_is_told_of_and_the_last_good_page_stays() {
    let served = Served::start(site(), &[]);
    let good = served.get("/incidents/fire.html");
    let mut events = served.events("incidents/fire.html");
    assert_eq!(events.wait("problems", "reload")["errors"], 0);
    served.put("content/incidents/fire.md", fire("Another text.").replace("2021", "May"));
    let board = events.wait("problems", "reload");
    assert_eq!((&board["errors"], &board["stale"]), (&1.into(), &true.into()));
    let problem = &board["list"][0];
    let place = ["path", "line", "column", "end_column"].map(|key| problem[key].clone());
    assert_eq!(place, ["content/incidents/fire.md".into(), 3.into(), 7.into(), Value::from(10)]);
    assert_eq!((&problem["code"], &problem["page"]), (&"invalid-date".into(), &"/incidents/fire.html".into()));
    assert_eq!(
        problem["snippet"][1],
        serde_json::json!({"number": 3, "before": "date: ", "marked": "May", "after": ""})
    );
    assert_eq!(served.get("/incidents/fire.html").body, good.body);
    let said = served.until_said("= help:");
    assert!(said.contains("1 error: the last good version is shown") && said.contains("fire.md:3:7"), "{said}");
    served.put("content/incidents/fire.md", fire("Repaired."));
    // The page is another one, and nothing is wrong any more; in whichever order.
    let mut names = [events.next(), events.next()].map(|(name, data)| format!("{name} {}", data["errors"]));
    names.sort();
    assert_eq!(names, ["problems 0", "reload null"]);
    served.until_said("no problems any more");
    assert!(served.get("/incidents/fire.html").body.contains("Repaired."));
}

#[test]
fn a_broken_template_is_told_of_and_the_last_good_page_stays() {
    let served = Served::start(site(), &[]);
    let good = served.get("/incidents/fire.html");
    let mut events = served.events("incidents/fire.html");
    events.wait("problems", "reload");
    served.put("templates/incident.html", "{{ page.nothing.at.all }}");
    let board = loop {
        let board = events.wait("problems", "");
        if board["errors"] != 0 {
            break board;
        }
    };
    assert_eq!(board["list"][0]["path"], "templates/incident.html", "{board}");
    assert_eq!(served.until("/incidents/fire.html", "A fire in the harbour.").body, good.body);
    fs::remove_file(served.folder.path().join("templates/incident.html")).unwrap();
    while events.wait("problems", "")["errors"] != 0 {}
    assert_eq!(served.get("/incidents/fire.html").body, good.body);
}

#[test]
fn a_site_that_is_broken_from_the_start_is_waited_for() {
    let folder = site();
    put(folder.path(), "content/incidents/fire.md", fire("Text.").replace("2021", "<May>"));
    let served = Served::start(folder, &[]);
    let answer = served.get("/incidents/flood.html");
    assert_eq!(answer.status, 503);
    for part in
        ["content/incidents/fire.md:3:7", "&lt;May&gt;", "invalid-date", "<mark>", "1 error", "/__annals/preview.js"]
    {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(!answer.body.contains("<May>"));
    assert!(served.until_said("error[invalid-date]").contains("the site is shown when the errors are mended"));
    let mut events = served.events("incidents/flood.html");
    events.wait("problems", "reload");
    served.put("content/incidents/fire.md", fire("Text."));
    events.wait("reload", "");
    assert!(served.get("/incidents/flood.html").body.contains("Water."));
}

#[test]
fn a_folder_that_goes_away_may_come_back() {
    let served = Served::start(site(), &[]);
    let mut events = served.events("incidents/fire.html");
    assert_eq!(events.wait("problems", "reload")["trouble"], Value::Null);
    let content = served.folder.path().join("content");
    let aside = served.folder.path().join("aside");
    fs::rename(&content, &aside).unwrap();
    served.until_said("note: ");
    let board = loop {
        let board = events.wait("problems", "reload");
        if board["trouble"] != Value::Null {
            break board;
        }
    };
    assert_eq!(board["stale"], true);
    assert_eq!(served.get("/incidents/fire.html").status, 200);
    put(&aside, "incidents/fire.md", fire("Back again."));
    fs::rename(&aside, &content).unwrap();
    served.until("/incidents/fire.html", "Back again.");
}

#[test]
fn two_hundred_quick_edits_end_right() {
    let served = Served::start(site(), &[]);
    let mut events = served.events("incidents/fire.html");
    for number in 0..200 {
        // Every seventh state is broken; what stands at the end counts.
        let text = fire(&format!("State {number} of many."));
        let text = if number % 7 == 2 { text.replace("2021", "May") } else { text };
        served.put("content/incidents/fire.md", text);
        if number % 10 == 0 {
            std::thread::sleep(Duration::from_millis(3));
        }
    }
    served.until("/incidents/fire.html", "State 199 of many.");
    // A client that has followed to the end is where the server is.
    events.wait("reload", "");
    assert!(served.get("/incidents/fire.html").body.contains("State 199 of many."));
    let mut fresh = served.events("incidents/fire.html");
    // The page is shown before its problems are looked up; then they are told, and nothing is loaded again.
    while fresh.wait("problems", "reload")["errors"] != 0 {}
}

#[test]
fn a_picture_that_is_drawn_anew_is_seen_on_the_pages_that_show_it() {
    let folder = site();
    put(folder.path(), "static/maps/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    put(folder.path(), "content/incidents/fire.md", fire("![A map](/maps/a.svg)"));
    let served = Served::start(folder, &[]);
    let (mut with, mut without) = (served.events("incidents/fire.html"), served.events("incidents/flood.html"));
    served.put("static/maps/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
    with.wait("reload", "");
    assert!(served.get("/maps/a.svg").body.contains("<g/>"));
    served.put("content/incidents/flood.md", "---\ntitle: Flood\ndate: 2022\nsources: [daily#2, oops]\n---\n");
    while without.wait("problems", "reload")["errors"] != 1 {}
}

#[test]
fn an_edit_during_a_rebuild_is_not_lost() {
    let folder = site();
    for number in 0..300 {
        let text = fire("Text.").replace("Fire", &format!("Fire {number}"));
        put(folder.path(), &format!("content/incidents/fire-{number}.md"), text);
    }
    let served = Served::start(folder, &[]);
    for round in 0..5 {
        // The first asks for a new edition of everything; the second comes while that is being made.
        served.put("content/site.yaml", format!("title: Site {round}\nbase_url: https://example.org/\n"));
        std::thread::sleep(Duration::from_millis(20 + 20 * round));
        served.put("content/incidents/fire.md", fire(&format!("Round {round}.")));
        let answer = served.until("/incidents/fire.html", &format!("Round {round}."));
        assert!(answer.body.contains(&format!("Site {round}")));
    }
}

#[test]
fn many_clients_come_and_go() {
    let served = Served::start(site(), &[]);
    for round in 0..4 {
        let mut clients: Vec<Events> = (0..40).map(|_| served.events("incidents/fire.html")).collect();
        for client in &mut clients {
            client.wait("problems", "reload");
        }
        served.put("content/incidents/fire.md", fire(&format!("Round {round}.")));
        for client in &mut clients {
            client.wait("reload", "styles");
        }
    }
    // 160 have gone; were they kept, these would find no place.
    let all: Vec<Events> = (0..200).map(|_| served.events_since("index.html", "none")).collect();
    assert_eq!(served.get("/").status, 200);
    drop(all);
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_when_it_is_told_to() {
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::start(site(), &[]);
        let mut events = served.events("index.html");
        events.wait("problems", "reload");
        // In the middle of a rebuild, as well as may be.
        served.put("content/site.yaml", "title: Other\nbase_url: https://example.org/\n");
        let begun = Instant::now();
        served.signal(signal);
        assert_eq!(served.end(), Some(0), "{signal}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{signal}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_port_that_was_asked_for_is_had_or_said_to_be_in_use() {
    let folder = site();
    let at: PathBuf = folder.path().to_owned();
    let served = Served::start(folder, &[]);
    let port = served.address.rsplit(':').next().unwrap();
    let answer = program::in_time(command(&at).args(["serve", "--port", port])).expect(2);
    assert!(answer.err.contains(&format!("port {port} of 127.0.0.1 is in use")), "{}", answer.err);
    let first = Served::start(site(), &[]);
    assert_ne!(first.address, served.address);
}

#[test]
fn what_cannot_be_served_is_said() {
    let check = |at: &Path, arguments: &[&str], expect: &str| {
        let answer = program::in_time(command(at).arg("serve").args(arguments)).expect(2);
        assert!(answer.err.contains(expect) && answer.out.is_empty(), "{answer:#?}");
    };
    let empty = tempfile::tempdir().unwrap();
    check(empty.path(), &["--port", "0"], "there is no folder `content`");
    check(empty.path(), &["--port", "70000"], "--port");
    let site = site();
    check(site.path(), &["--host", "192.0.2.1"], "cannot listen at 192.0.2.1");
}

#[test]
fn who_opens_it_to_the_network_is_warned() {
    let warned = |arguments: &[&str]| {
        let folder = site();
        let mut child = command(folder.path())
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let first = lines.next().unwrap_or_default();
        child.kill().unwrap();
        child.wait().unwrap();
        first
    };
    assert!(warned(&["--host", "0.0.0.0"]).contains("anyone on the network"));
    assert!(warned(&["--host", "localhost"]).starts_with("http://localhost:"));
}

#[test]
fn files_may_be_looked_at_instead_of_waited_for() {
    let served = Served::start(site(), &["--poll=20"]);
    served.put("content/incidents/fire.md", fire("Seen by looking."));
    served.until("/incidents/fire.html", "Seen by looking.");
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn the_browser_is_opened_when_there_is_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = site();
    let opened = folder.path().join("opened");
    put(folder.path(), "bin/xdg-open", format!("#!/bin/sh\necho \"$1\" > '{}'\n", opened.display()));
    fs::set_permissions(folder.path().join("bin/xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let served = Served::start(folder, &["--open"]);
    let begun = Instant::now();
    while fs::read_to_string(&opened).unwrap_or_default() != format!("http://{}/\n", served.address) {
        assert!(begun.elapsed() < LONG, "it is not opened");
        std::thread::sleep(Duration::from_millis(5));
    }
    let alone = Served::start(site(), &["--open"]);
    alone.until_said("note: no browser could be opened");
    assert_eq!(alone.get("/").status, 200);
}
