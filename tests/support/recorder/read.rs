//! Requests, as they arrive.
//!
//! In: the bytes of a connection. Out: requests, with their raw bytes kept. Never: a request that
//! is larger than [`MOST_BYTES`], or a wait beyond the server's patience.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::PATIENCE;

/// The most that one request may be long.
const MOST_BYTES: usize = 256 << 20;
/// How often a waiting connection looks whether its server has stopped.
const TICK: Duration = Duration::from_millis(50);

/// A request that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// `GET`.
    pub method: String,
    /// The path and the query exactly as sent: `/pets?tag=a%20b`.
    pub target: String,
    /// The header lines in their order, names as sent, without the space around values.
    pub headers: Vec<(String, String)>,
    /// The body, its chunks put together.
    pub body: Vec<u8>,
    /// The request line and the header lines, with their line ends, exactly as sent.
    pub head: Vec<u8>,
    /// Which connection of the server it came on, from 0: equal numbers tell a kept connection.
    pub connection: usize,
}

impl Recorded {
    /// The value of a header, whatever the case of its name; the first if there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).into_iter().next()
    }

    /// All values of a header in their order.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let has_name = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers.iter().filter(has_name).map(|(_, value)| value.as_str()).collect()
    }

    /// The body as text; bytes that are not UTF-8 become `�`.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The target's path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The target's query as sent, without the question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The head and the body.
    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), self.body.as_slice()].concat()
    }

    pub(super) fn asks_to_close(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }

    fn is_chunked(&self) -> bool {
        self.header("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
    }

    /// Reads a head; `None` when it is none.
    fn from_head(head: &[u8], connection: usize) -> Option<Self> {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect();
        Some(Self { method, target, headers, body: Vec::new(), head: head.to_vec(), connection })
    }
}

/// One connection and what was read of it but not used yet.
pub(super) struct Connection {
    stream: TcpStream,
    number: usize,
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, number: usize) -> io::Result<Self> {
        stream.set_read_timeout(Some(TICK))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, number, buffer: Vec::new() })
    }

    /// The next request; `None` when the client is done, or silent for too long.
    pub(super) fn next(&mut self, stopped: &AtomicBool, writer: &mut impl Write) -> io::Result<Option<Recorded>> {
        let Some(head) = self.until(b"\r\n\r\n", stopped)? else { return Ok(None) };
        let Some(mut request) = Recorded::from_head(&head, self.number) else {
            return Err(io::Error::new(ErrorKind::InvalidData, "not a request"));
        };
        if request.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
            writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let body = if request.is_chunked() {
            self.chunks(stopped)?
        } else {
            let length = request.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
            self.exactly(length, stopped)?
        };
        let Some(body) = body else { return Ok(None) };
        request.body = body;
        Ok(Some(request))
    }

    fn chunks(&mut self, stopped: &AtomicBool) -> io::Result<Option<Vec<u8>>> {
        let mut body = Vec::new();
        loop {
            let Some(line) = self.until(b"\r\n", stopped)? else { return Ok(None) };
            let line = String::from_utf8_lossy(&line);
            let digits = line.split(';').next().unwrap_or_default().trim();
            let length = usize::from_str_radix(digits, 16).map_err(io::Error::other)?;
            if length == 0 {
                return Ok(self.trailers(stopped)?.then_some(body));
            }
            let Some(chunk) = self.exactly(length, stopped)? else { return Ok(None) };
            body.extend(chunk);
            self.until(b"\r\n", stopped)?;
        }
    }

    /// Skips what may follow the last chunk, up to an empty line; false when the client left.
    fn trailers(&mut self, stopped: &AtomicBool) -> io::Result<bool> {
        loop {
            match self.until(b"\r\n", stopped)? {
                None => return Ok(false),
                Some(line) if line == b"\r\n" => return Ok(true),
                Some(_) => {}
            }
        }
    }

    fn until(&mut self, end: &[u8], stopped: &AtomicBool) -> io::Result<Option<Vec<u8>>> {
        loop {
            let found = self.buffer.windows(end.len()).position(|window| window == end);
            if let Some(start) = found {
                return Ok(Some(self.buffer.drain(..start + end.len()).collect()));
            }
            if !self.fill(stopped)? {
                return Ok(None);
            }
        }
    }

    fn exactly(&mut self, length: usize, stopped: &AtomicBool) -> io::Result<Option<Vec<u8>>> {
        while self.buffer.len() < length {
            if !self.fill(stopped)? {
                return Ok(None);
            }
        }
        Ok(Some(self.buffer.drain(..length).collect()))
    }

    /// Waits for more; false when there is no more to come.
    fn fill(&mut self, stopped: &AtomicBool) -> io::Result<bool> {
        let mut bytes = [0; 16 << 10];
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline && !stopped.load(Ordering::SeqCst) {
            match self.stream.read(&mut bytes) {
                Ok(0) => return Ok(false),
                Ok(_) if self.buffer.len() > MOST_BYTES => return Ok(false),
                Ok(count) => {
                    self.buffer.extend(bytes.iter().take(count));
                    return Ok(true);
                }
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}
