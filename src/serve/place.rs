//! Where the server listens.

use super::PORT;
use super::news::Failed;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};

/// How many ports are tried when none was asked for.
const TRIED: u16 = 100;

/// A socket at `host`: at the port that was asked for, or else at the first free one from [`PORT`] on.
///
/// # Errors
/// When there is none.
pub(super) fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, Failed> {
    let refused = |error| Failed::Address(host.to_owned(), error);
    // Brackets belong to addresses in URLs; people copy them from there.
    let name = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Some(port) = port {
        return TcpListener::bind((name, port)).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => Failed::PortInUse(host.to_owned(), port),
            _ => refused(error),
        });
    }
    let last = PORT + TRIED - 1;
    for port in PORT..=last {
        match TcpListener::bind((name, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            done => return done.map_err(refused),
        }
    }
    Err(Failed::NoPort(host.to_owned(), PORT, last))
}

/// The address of the site's home page for a browser on this machine.
pub(super) fn url(host: &str, address: SocketAddr, base: &str) -> String {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(ip) if ip.is_unspecified() => "[::1]".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        // A name that was asked for is what people will want to type.
        IpAddr::V4(_) => host.to_owned(),
    };
    format!("http://{host}:{}{base}", address.port())
}

#[cfg(test)]
mod tests {
    use super::{listen, url};
    use crate::serve::PORT;

    #[track_caller]
    fn check(host: &str, address: &str, expect: &str) {
        assert_eq!(url(host, address.parse().unwrap(), "/name/"), expect);
    }

    #[test]
    fn addresses_that_a_browser_understands() {
        check("127.0.0.1", "127.0.0.1:8000", "http://127.0.0.1:8000/name/");
        check("localhost", "127.0.0.1:8000", "http://localhost:8000/name/");
        check("0.0.0.0", "0.0.0.0:8000", "http://127.0.0.1:8000/name/");
        check("::", "[::]:8000", "http://[::1]:8000/name/");
        check("[::1]", "[::1]:8000", "http://[::1]:8000/name/");
    }

    #[test]
    fn only_the_port_that_was_asked_for_will_do() {
        let taken = listen("127.0.0.1", Some(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let refused = listen("127.0.0.1", Some(port)).unwrap_err();
        assert_eq!(refused.to_string(), format!("port {port} of 127.0.0.1 is in use"));
        let first = listen("127.0.0.1", None).unwrap().local_addr().unwrap().port();
        assert!((PORT..PORT + 100).contains(&first));
        assert!(listen("192.0.2.1", None).unwrap_err().to_string().starts_with("cannot listen at 192.0.2.1: "));
    }
}
