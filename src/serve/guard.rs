//! Who may ask, and how much.
//!
//! A page on the web may send a browser to any address of this machine, under a name of its own making (DNS rebinding), and
//! read what comes back as its own. The `Host` header is what tells such a request from one that means this server.

use axum::http::header::{HOST, HeaderMap};
use axum::http::{Method, StatusCode};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

/// The longest head of a request, in bytes. Longer ones are answered with 431.
pub(super) const LONGEST_HEAD: usize = 16 << 10;

/// How long a client may take to send the head of a request, and to ask again on an open connection.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a client may take to accept the next part of an answer.
pub(super) const WRITE_TIME: Duration = Duration::from_secs(30);

/// As many connections are served at a time; the next one waits for a place.
pub(super) const CONNECTIONS: usize = 256;

/// The names by which this server may be asked for.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    asked_for: String,
    /// Whether it listens at all addresses of the machine, so that any of them is right. A name never is: only names can
    /// be made to lead here by somebody else.
    any_address: bool,
}

impl Hosts {
    /// For a server that was asked to listen at `host` and does so at `address`.
    pub fn new(host: &str, address: IpAddr) -> Self {
        let asked_for = match host.parse::<Ipv6Addr>() {
            Ok(address) => format!("[{address}]"),
            Err(_) => host.to_ascii_lowercase(),
        };
        Self { asked_for, any_address: address.is_unspecified() }
    }

    fn has(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is_address = match bare {
            Some(bare) => bare.parse::<Ipv6Addr>().is_ok(),
            None => host.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4()),
        };
        ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str())
            || host == self.asked_for
            || (self.any_address && is_address)
    }
}

/// Why a request gets no answer: the status, and a sentence for a person.
pub(super) type Refusal = (StatusCode, &'static str);

/// Whether the request may be answered, by its method and by whom it means.
///
/// # Errors
/// 400 without exactly one `Host`, 421 when that is not this server, 405 when the method is neither GET nor HEAD.
pub(super) fn admit(method: &Method, headers: &HeaderMap, hosts: &Hosts) -> Result<(), Refusal> {
    let mut named = headers.get_all(HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
        return Err((StatusCode::BAD_REQUEST, "A request names exactly one host."));
    };
    let host = host.to_str().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if !hosts.has(name) {
        return Err((
            StatusCode::MISDIRECTED_REQUEST,
            "This is the preview of a site on somebody's own machine. It answers to the name localhost, to 127.0.0.1 \
             and to the address that it was started with (annals serve --host ADDR), and to no other.",
        ));
    }
    if ![Method::GET, Method::HEAD].contains(method) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "A preview is only looked at: GET or HEAD."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Hosts, admit};
    use axum::http::Method;
    use axum::http::header::{HOST, HeaderMap, HeaderValue};

    #[track_caller]
    fn check(asked_for: &str, listens: &str, named: &[&'static str], expect: Option<u16>) {
        let mut headers = HeaderMap::new();
        for host in named {
            headers.append(HOST, HeaderValue::from_static(host));
        }
        let hosts = Hosts::new(asked_for, listens.parse().unwrap());
        let got = admit(&Method::GET, &headers, &hosts).err().map(|(status, _)| status.as_u16());
        assert_eq!(got, expect, "{named:?} at {asked_for}");
    }

    #[test]
    fn names_of_this_machine() {
        for host in ["localhost", "LocalHost:8000", "127.0.0.1:1", "127.0.0.1", "[::1]", "[::1]:8000"] {
            check("127.0.0.1", "127.0.0.1", &[host], None);
        }
        for host in ["192.0.2.7", "192.0.2.7:80", "[2001:db8::7]:80"] {
            check("127.0.0.1", "127.0.0.1", &[host], Some(421));
            check("0.0.0.0", "0.0.0.0", &[host], None);
        }
        check("192.0.2.7", "192.0.2.7", &["192.0.2.7:8000"], None);
        check("2001:db8::7", "2001:db8::7", &["[2001:db8::7]:8000"], None);
        check("desk.example", "192.0.2.7", &["Desk.Example:8000"], None);
    }

    #[test]
    fn names_of_others() {
        let others = [
            "evil.example",
            "localhost.evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "user@localhost",
            "localhost:80:80",
            "localhost:",
            "localhost.",
            "::1",
            "",
            "0x7f.1",
        ];
        for host in others {
            check("127.0.0.1", "127.0.0.1", &[host], Some(421));
            check("0.0.0.0", "0.0.0.0", &[host], Some(421));
        }
        check("127.0.0.1", "127.0.0.1", &[], Some(400));
        check("127.0.0.1", "127.0.0.1", &["localhost", "evil.example"], Some(400));
        check("127.0.0.1", "127.0.0.1", &["localhost", "localhost"], Some(400));
    }
}
