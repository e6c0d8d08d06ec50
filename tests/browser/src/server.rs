//! A small server for the files of a folder, below a path of its own.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// Serves a folder as long as the program runs.
pub struct Server {
    address: SocketAddr,
    mount: String,
}

impl Server {
    /// Serves the folder below the path, such as `/annals/`, on a free port; what lies beside it is not found.
    #[must_use]
    pub fn start(folder: &Path, mount: &str) -> Self {
        assert!(mount.starts_with('/') && mount.ends_with('/'), "`{mount}` does not begin and end with a slash");
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new((folder.to_path_buf(), mount.to_owned()));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                // A reader who goes away in the middle of an answer is no fault.
                thread::spawn(move || drop(answer_all(stream, &shared.0, &shared.1)));
            }
        });
        Self { address, mount: mount.to_owned() }
    }

    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.mount)
    }
}

fn answer_all(stream: TcpStream, folder: &Path, mount: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(request) = lines.next().transpose()? {
        for header in lines.by_ref() {
            if header?.is_empty() {
                break;
            }
        }
        let mut words = request.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (status, kind, body) = match file(folder, mount, target) {
            Some(path) => ("200 OK", kind(&path), fs::read(&path)?),
            // As the usual hosts of static sites do it.
            None if target.starts_with(mount) => {
                ("404 Not Found", "text/html; charset=utf-8", fs::read(folder.join("404.html")).unwrap_or_default())
            }
            None => ("404 Not Found", "text/plain", b"outside of the site".to_vec()),
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\r\n"
        );
        let mut whole = head.into_bytes();
        if method != "HEAD" {
            whole.extend(body);
        }
        out.write_all(&whole)?;
    }
    Ok(())
}

/// The file that is asked for. Only plain names count: what needs escapes or leads upwards is not there.
fn file(folder: &Path, mount: &str, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix(mount)?;
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let plain = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(path);
    (plain && file.is_file()).then_some(file)
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
