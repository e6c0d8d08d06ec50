//! A request to its answer.

use super::guard::{self, Hosts};
use super::pictures::pictures;
use super::preview::Preview;
use super::{events, page};
use crate::pipeline::{Edition, Found};
use crate::source_text::Fingerprint;
use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderValue};
use axum::http::{Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Where the preview's own files lie, below any folder.
const OWN: &str = "__annals/";

const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// For the pages that the preview writes itself; those of the site bring their own.
const POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

/// What answers.
#[derive(Debug)]
pub(super) struct Server {
    pub preview: Arc<Preview>,
    pub hosts: Hosts,
}

impl Server {
    /// The answer to a request. Reads no body, opens no file, waits for no other request.
    pub async fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        if let Err((status, sentence)) = guard::admit(request.method(), request.headers(), &self.hosts) {
            let mut answer = plain(status, sentence);
            if status == StatusCode::METHOD_NOT_ALLOWED {
                answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            }
            return answer;
        }
        let uri = request.uri();
        // A target with a scheme and a host is meant for a proxy.
        if uri.authority().is_some() || !uri.path().starts_with('/') {
            return plain(StatusCode::BAD_REQUEST, "A request names a path.");
        }
        match asked(uri.path(), &self.preview.now().base) {
            Asked::Own("preview.js", _) => file("preview.js", SCRIPT),
            Asked::Own("preview.css", _) => file("preview.css", STYLE),
            Asked::Own("events", base) => {
                let query = |name| parameter(uri, name).unwrap_or_default();
                events::stream(self.preview.clone(), base, query("route"), query("version"))
            }
            Asked::Own(..) => plain(StatusCode::NOT_FOUND, "The preview has no such file."),
            Asked::Base(to) => redirect(&to, uri),
            Asked::Bad => plain(StatusCode::BAD_REQUEST, "The path cannot be read: it is not UTF-8."),
            Asked::Page(route) => {
                let (preview, uri) = (self.preview.clone(), uri.clone());
                // Making a page takes its time, which other requests must not be waiting for.
                let made =
                    tokio::task::spawn_blocking(move || standing(&preview, &route).into_answer(&preview, &route, &uri));
                made.await.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made."))
            }
        }
    }
}

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked<'a> {
    /// A file of the preview's own, and the folder below which it was asked for.
    Own(&'a str, String),
    /// The folder of the site, at this address.
    Base(String),
    /// A file of the site, if there is one of this name.
    Page(String),
    /// Nothing that could be a name.
    Bad,
}

fn asked<'a>(path: &'a str, base: &str) -> Asked<'a> {
    // Below any folder: a page that was loaded before the site moved still asks where it was.
    if let Some(at) = path.find(OWN).filter(|at| path.get(..*at).is_some_and(|before| before.ends_with('/'))) {
        let (base, name) = path.split_at(at);
        return Asked::Own(name.strip_prefix(OWN).unwrap_or_default(), base.to_owned());
    }
    if base != "/" && (path == "/" || Some(path) == base.strip_suffix('/')) {
        return Asked::Base(base.to_owned());
    }
    // What lies outside of the site has a name too, for the page that says so: one that no file has.
    let (outside, rest) = match path.strip_prefix(base) {
        Some(rest) => (false, rest),
        None => (true, path),
    };
    let mut route = if outside { "/".to_owned() } else { String::new() };
    for (at, part) in rest.split('/').enumerate() {
        let Ok(part) = percent_decode_str(part).decode_utf8() else { return Asked::Bad };
        if at > 0 {
            route.push('/');
        }
        // Decoded once and never joined to a path of the disk, `..` and `%2f` are letters like others. Still no file has
        // a slash or a backslash in a part of its name, and none is found by one.
        route.push_str(&part.replace(['/', '\\'], "\u{fffd}"));
    }
    if route.is_empty() || (route.ends_with('/') && !outside) {
        route.push_str("index.html");
    }
    Asked::Page(route)
}

/// What stands at a route now.
#[derive(Debug)]
pub(super) struct Standing {
    /// The same for the same bytes; another one when an open page has to change.
    pub version: String,
    pub what: What,
}

/// See [`Standing`].
#[derive(Debug)]
pub(super) enum What {
    /// A file of the site.
    File(Arc<[u8]>),
    /// No file.
    Nothing,
    /// No edition that could be shown.
    Problems,
}

/// What stands at `route` now. Makes the page if nobody has asked for it before.
pub(super) fn standing(preview: &Preview, route: &str) -> Standing {
    // Each fault takes away one of the few editions to fall back to.
    for _ in 0..8 {
        let now = preview.now();
        let Some(shown) = &now.shown else { break };
        match shown.file(route) {
            Found::File(bytes) => {
                return Standing { version: version(shown, route, &bytes), what: What::File(bytes) };
            }
            Found::Nothing => return Standing { version: "nothing".to_owned(), what: What::Nothing },
            Found::Fault => preview.settle(),
        }
    }
    Standing { version: format!("problems-{}", preview.now().board.id), what: What::Problems }
}

/// What tells one state of a file from another: of a page, its bytes and those of the pictures that it shows.
fn version(shown: &Edition, route: &str, bytes: &[u8]) -> String {
    let page = Fingerprint::of(bytes);
    if !route.ends_with(".html") {
        return page.short(16);
    }
    let mut all = page.0.to_vec();
    for path in pictures(bytes, route) {
        if let Found::File(picture) = shown.file(&path) {
            all.extend_from_slice(&Fingerprint::of(&picture).0);
        }
    }
    Fingerprint::of(&all).short(16)
}

impl Standing {
    fn into_answer(self, preview: &Preview, route: &str, uri: &Uri) -> Response<Body> {
        let now = preview.now();
        let (base, version) = (now.base.as_str(), self.version.as_str());
        match self.what {
            What::File(bytes) => {
                let mime = mime(route);
                let mut answer = if mime.starts_with("text/html") {
                    let script = page::script(base, route, version);
                    Response::new(Body::from(inject(&bytes, &script)))
                } else {
                    // The bytes themselves: a client that reads slowly holds a share in them, not a copy.
                    Response::new(Body::from(Bytes::from_owner(bytes)))
                };
                dress(&mut answer, &mime);
                answer
            }
            What::Nothing => {
                let shown = now.shown.as_ref();
                let index = format!("{route}/index.html");
                if shown.is_some_and(|shown| shown.paths().binary_search(&index.as_str()).is_ok()) {
                    return redirect(&format!("{}/", uri.path()), uri);
                }
                let paths = shown.map(|shown| shown.paths()).unwrap_or_default();
                own(StatusCode::NOT_FOUND, page::nothing(base, route, version, &paths))
            }
            What::Problems => own(StatusCode::SERVICE_UNAVAILABLE, page::problems(base, route, version, &now.board)),
        }
    }
}

/// The page with the preview's script in its head.
fn inject(page: &[u8], script: &str) -> Vec<u8> {
    let at = page
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'<')
        .map(|(at, _)| at)
        .find(|at| page.get(*at..*at + 7).is_some_and(|tag| tag.eq_ignore_ascii_case(b"</head>")));
    let (head, rest) = page.split_at_checked(at.unwrap_or(page.len())).unwrap_or((page, &[]));
    [head, script.as_bytes(), rest].concat()
}

fn mime(route: &str) -> String {
    let mime = mime_guess::from_path(route).first_raw().unwrap_or("application/octet-stream");
    let is_text =
        mime.starts_with("text/") || mime.ends_with("json") || mime.ends_with("xml") || mime.ends_with("javascript");
    if is_text { format!("{mime}; charset=utf-8") } else { mime.to_owned() }
}

fn file(name: &str, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    dress(&mut answer, &mime(name));
    answer
}

fn plain(status: StatusCode, sentence: &str) -> Response<Body> {
    let mut answer = Response::new(Body::from(format!("{sentence}\n")));
    *answer.status_mut() = status;
    dress(&mut answer, "text/plain; charset=utf-8");
    answer
}

fn own(status: StatusCode, page: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(page));
    *answer.status_mut() = status;
    dress(&mut answer, "text/html; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    answer
}

fn redirect(path: &str, uri: &Uri) -> Response<Body> {
    let to = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut answer = plain(StatusCode::FOUND, &to);
    match HeaderValue::try_from(to) {
        Ok(to) => _ = answer.headers_mut().insert(header::LOCATION, to),
        Err(_) => *answer.status_mut() = StatusCode::BAD_REQUEST,
    }
    answer
}

/// What every answer says of itself.
pub(super) fn dress(answer: &mut Response<Body>, mime: &str) {
    let headers = answer.headers_mut();
    if let Ok(mime) = HeaderValue::try_from(mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // What is searched lies in scripts, which any page on the web could load from here, drafts and all.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

/// The value of a parameter of the query.
fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(known, _)| *known == name)?.1;
    percent_decode_str(value).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked, inject, mime};

    #[track_caller]
    fn check(base: &str, path: &str, expect: &str) {
        let got = match asked(path, base) {
            Asked::Own(name, base) => format!("own {base} {name}"),
            Asked::Base(to) => format!("base {to}"),
            Asked::Page(route) => format!("page {route}"),
            Asked::Bad => "bad".to_owned(),
        };
        assert_eq!(got, expect, "{path} below {base}");
    }

    #[test]
    fn names_of_files() {
        check("/", "/", "page index.html");
        check("/", "/sources/", "page sources/index.html");
        check("/", "/sources", "page sources");
        check("/", "/incidents/a%20b.html", "page incidents/a b.html");
        check("/name/", "/name/", "page index.html");
        check("/name/", "/name/a.html", "page a.html");
        check("/name/", "/", "base /name/");
        check("/name/", "/name", "base /name/");
        check("/name/", "/names/a.html", "page //names/a.html");
        check("/name/", "/a/", "page //a/");
    }

    #[test]
    fn files_of_its_own() {
        check("/", "/__annals/preview.js", "own / preview.js");
        check("/name/", "/name/__annals/events", "own /name/ events");
        check("/name/", "/old/__annals/events", "own /old/ events");
        check("/", "/x__annals/events", "page x__annals/events");
    }

    #[test]
    fn ways_out_are_names_of_nothing() {
        check("/", "/../a", "page ../a");
        check("/", "/%2e%2e/a", "page ../a");
        check("/", "/%252e%252e/a", "page %2e%2e/a");
        check("/", "/..%2fa", "page ..\u{fffd}a");
        check("/", "/..%5ca\\b", "page ..\u{fffd}a\u{fffd}b");
        check("/", "/a%00.html", "page a\0.html");
        check("/", "//evil.example/", "page /evil.example/index.html");
        check("/", "/%c0%ae%c0%ae/", "bad");
        check("/", "/%ff", "bad");
        check("/", "/%", "page %");
    }

    #[test]
    fn scripts_go_into_the_head() {
        let check = |page: &str, expect: &str| {
            assert_eq!(String::from_utf8(inject(page.as_bytes(), "<S>")).unwrap(), expect);
        };
        check("<head><title>é</title></HEAD><body></head>", "<head><title>é</title><S></HEAD><body></head>");
        check("<p>no head</hea", "<p>no head</hea<S>");
        check("", "<S>");
    }

    #[test]
    fn kinds_of_files() {
        let kinds = [
            ("a.html", "text/html; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.xml", "text/xml; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json; charset=utf-8"),
            ("a.png", "image/png"),
            ("a.bib", "application/octet-stream"),
            (".nojekyll", "application/octet-stream"),
        ];
        for (path, expect) in kinds {
            assert_eq!(mime(path), expect, "{path}");
        }
    }
}
