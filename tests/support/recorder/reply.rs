//! What the server answers.
//!
//! In: status, headers and body, as a test wants them. Out: the bytes of an HTTP/1.1 response.
//! Never: a header that the test did not ask for, but for the one that frames the body.

use std::io::{self, Write};
use std::time::Duration;

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a reply does nothing until a server gives it"]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
    close: bool,
    pub(super) delay: Duration,
}

/// How a body is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    /// At once, with its length.
    Whole(Vec<u8>),
    /// In chunks, each sent as soon as it is written.
    Chunks(Vec<Vec<u8>>),
    /// These bytes instead of a response, head included.
    Raw(Vec<u8>),
}

impl Reply {
    /// A status and an empty body.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Whole(Vec::new()), close: false, delay: Duration::ZERO }
    }

    /// A body in JSON.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status).header("content-type", "application/json").body(body)
    }

    /// A body in plain text.
    pub fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status).header("content-type", "text/plain; charset=utf-8").body(body)
    }

    /// Exactly these bytes, head included; then the connection is closed. With no bytes at all
    /// the connection is closed without an answer.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { body: Body::Raw(bytes.into()), ..Self::new(200) }
    }

    /// Adds a header, also one that is there already.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The body, sent with its length.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Body::Whole(body.into());
        self
    }

    /// The body, sent in chunks (`Transfer-Encoding: chunked`).
    pub fn chunks<C: Into<Vec<u8>>>(mut self, chunks: impl IntoIterator<Item = C>) -> Self {
        self.body = Body::Chunks(chunks.into_iter().map(Into::into).collect());
        self
    }

    /// Waits before answering.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection afterwards, and says so (`Connection: close`).
    pub fn close(mut self) -> Self {
        self.close = true;
        self.header("connection", "close")
    }

    /// Sends it; tells whether the connection is to be closed.
    pub(super) fn send(&self, writer: &mut impl Write, is_head: bool) -> io::Result<bool> {
        if let Body::Raw(bytes) = &self.body {
            writer.write_all(bytes)?;
            writer.flush()?;
            return Ok(true);
        }
        writer.write_all(&self.head())?;
        let without_body = is_head || self.is_bodiless();
        match &self.body {
            Body::Whole(body) if !without_body => writer.write_all(body)?,
            Body::Chunks(chunks) if !without_body => send_chunks(writer, chunks)?,
            Body::Whole(_) | Body::Chunks(_) | Body::Raw(_) => {}
        }
        writer.flush()?;
        Ok(self.close)
    }

    fn head(&self) -> Vec<u8> {
        let mut lines = vec![format!("HTTP/1.1 {} {}", self.status, reason(self.status))];
        lines.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        match &self.body {
            Body::Whole(body) if !self.is_bodiless() => lines.push(format!("content-length: {}", body.len())),
            Body::Chunks(_) if !self.is_bodiless() => lines.push("transfer-encoding: chunked".to_owned()),
            Body::Whole(_) | Body::Chunks(_) | Body::Raw(_) => {}
        }
        format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
    }

    /// Statuses whose responses have no body, whatever their headers say (RFC 9112, 6.3).
    fn is_bodiless(&self) -> bool {
        matches!(self.status, 100..=199 | 204 | 304)
    }
}

fn send_chunks(writer: &mut impl Write, chunks: &[Vec<u8>]) -> io::Result<()> {
    // An empty chunk would end the body.
    for chunk in chunks.iter().filter(|chunk| !chunk.is_empty()) {
        write!(writer, "{:x}\r\n", chunk.len())?;
        writer.write_all(chunk)?;
        writer.write_all(b"\r\n")?;
        writer.flush()?;
    }
    writer.write_all(b"0\r\n\r\n")
}

/// A reason phrase; clients must not look at it, so few are known here.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301..=308 => "Elsewhere",
        400..=499 => "Refused",
        500..=599 => "Failed",
        _ => "Status",
    }
}
