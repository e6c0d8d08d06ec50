//! As much of HTTP/1.1 as a reader of one page needs, over one connection that stays open.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// After so long without a byte a server is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection to a server of this machine; opened again when the server has closed it.
#[derive(Debug)]
pub struct Connection {
    port: u16,
    open: Option<BufReader<TcpStream>>,
}

/// What came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Of the header `Location`.
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether a word stands in it.
    pub fn holds(&self, word: &str) -> bool {
        self.body.windows(word.len()).any(|part| part == word.as_bytes())
    }
}

impl Connection {
    pub fn new(port: u16) -> Self {
        Self { port, open: None }
    }

    /// Asks for a path, to the last byte of the answer.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        // Once more when an old connection turns out to be closed.
        let again = self.open.is_some();
        match self.once(path) {
            Err(_) if again => self.once(path),
            done => done,
        }
    }

    fn once(&mut self, path: &str) -> io::Result<Answer> {
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => connect(self.port)?,
        };
        send(stream.get_mut(), self.port, path, "*/*")?;
        let head = head(&mut stream)?;
        let mut body = Vec::new();
        if head.is_chunked {
            while let Some(chunk) = chunk(&mut stream)? {
                body.extend(chunk);
            }
        } else if let Some(length) = head.length {
            body.resize(length, 0);
            stream.read_exact(&mut body)?;
        } else {
            stream.read_to_end(&mut body)?;
        }
        if !head.closes && (head.is_chunked || head.length.is_some()) {
            self.open = Some(stream);
        }
        Ok(Answer { status: head.status, location: head.location, body })
    }
}

/// A stream of events; [`Events::next`] waits for one.
#[derive(Debug)]
pub struct Events {
    stream: BufReader<TcpStream>,
    is_chunked: bool,
    text: Vec<u8>,
}

impl Events {
    /// Begins to listen. After `patience` without a byte, [`Events::next`] gives nothing.
    pub fn open(port: u16, path: &str, patience: Duration) -> io::Result<Self> {
        let mut stream = connect(port)?;
        send(stream.get_mut(), port, path, "text/event-stream")?;
        let head = head(&mut stream)?;
        if head.status != 200 {
            return Err(io::Error::other(format!("{path}: status {}", head.status)));
        }
        stream.get_ref().set_read_timeout(Some(patience))?;
        Ok(Self { stream, is_chunked: head.is_chunked, text: Vec::new() })
    }

    /// The lines of the next event; nothing when none came in time.
    pub fn next(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(at) = self.text.windows(2).position(|pair| pair == b"\n\n") {
                let rest = self.text.split_off(at + 2);
                let event = std::mem::replace(&mut self.text, rest);
                return Ok(Some(String::from_utf8_lossy(&event).into_owned()));
            }
            // Nothing of a chunk is taken before its first byte is there, so that waiting in vain loses nothing.
            match self.stream.fill_buf() {
                Ok([]) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                    return Ok(None);
                }
                Err(error) => return Err(error),
            }
            if self.is_chunked {
                let chunk = chunk(&mut self.stream)?.ok_or(io::ErrorKind::UnexpectedEof)?;
                self.text.extend(chunk);
            } else {
                let part = self.stream.buffer().to_vec();
                self.stream.consume(part.len());
                self.text.extend(part);
            }
        }
    }
}

fn connect(port: u16) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}

fn send(stream: &mut TcpStream, port: u16, path: &str, accept: &str) -> io::Result<()> {
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n\r\n").as_bytes())
}

#[derive(Debug, Default)]
struct Head {
    status: u16,
    length: Option<usize>,
    is_chunked: bool,
    closes: bool,
    location: Option<String>,
}

fn head(stream: &mut BufReader<TcpStream>) -> io::Result<Head> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no status: {line:?}")))?;
    let mut head = Head { status, ..Head::default() };
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { return Ok(head) };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().ok(),
            "transfer-encoding" => head.is_chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => head.closes = value.eq_ignore_ascii_case("close"),
            "location" => head.location = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// One part of a body; nothing at its end.
fn chunk(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let length = line.trim_end().split(';').next().unwrap_or_default();
    let length = usize::from_str_radix(length, 16).map_err(|_| io::Error::other(format!("no length: {line:?}")))?;
    let mut bytes = vec![0; length + 2];
    stream.read_exact(&mut bytes)?;
    bytes.truncate(length);
    Ok((length > 0).then_some(bytes))
}
