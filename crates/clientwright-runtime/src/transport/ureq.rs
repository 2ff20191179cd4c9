//! The blocking transport, on ureq: no asynchronous runtime in it, so that it works (and blocks) also within one.
//!
//! In: a request. Out: an answer whose body is read as it arrives. Never happens: a redirect followed, a status made an
//! error, a URL in an error.

use std::io;
use std::time::Duration;

use bytes::{Buf, Bytes};

use super::{BlockingTransport, TransportError, TransportOptions, takes_body};
use crate::body::Body;

/// How long making a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests with a [`ureq::Agent`] and waits for the answer.
///
/// Where a program listens to `log` at its last level, `trace`, ureq writes down what it sends byte by byte, credentials
/// too; no other level has any, nor has what the runtime tells `tracing` at any level.
#[derive(Clone)]
pub struct UreqTransport {
    agent: ureq::Agent,
    /// Whether `https` can be asked for: ureq panics where it lacks the feature that it is set to use.
    tls: bool,
}

impl UreqTransport {
    /// An agent of its own.
    #[must_use]
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent("")
            .accept("")
            .timeout_connect(Some(CONNECT_TIMEOUT));
        let tls = cfg!(any(feature = "rustls", feature = "native-tls"));
        Self { agent: with_tls(config).build().into(), tls }
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl From<ureq::Agent> for UreqTransport {
    /// Sends requests with an agent of one's own. What it does with redirects and failure statuses does not matter: that
    /// is set for each request.
    fn from(agent: ureq::Agent) -> Self {
        Self { agent, tls: true }
    }
}

impl BlockingTransport for UreqTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        options: TransportOptions,
    ) -> Result<http::Response<Body>, TransportError> {
        if !self.tls && request.uri().scheme_str() == Some("https") {
            return Err(TransportError::other("`https` needs the feature `rustls` or `native-tls`"));
        }
        let (parts, body) = request.into_parts();
        // A request without a body must not announce one of unknown length.
        let response = match body.as_bytes() {
            Some(bytes) if bytes.is_empty() && !takes_body(&parts.method) => {
                let request = self.configure(http::Request::from_parts(parts, ()), options);
                self.agent.run(request)
            }
            Some(bytes) => {
                let bytes = bytes.to_vec();
                let request = self.configure(http::Request::from_parts(parts, bytes), options);
                self.agent.run(request)
            }
            None => {
                let reader = ureq::SendBody::from_owned_reader(Outgoing { body, chunk: Bytes::new() });
                let request = self.configure(http::Request::from_parts(parts, reader), options);
                self.agent.run(request)
            }
        };
        let response = response.map_err(translate)?;
        Ok(response.map(|body| Body::reader(Incoming(body.into_with_config().limit(u64::MAX).reader()))))
    }
}

impl UreqTransport {
    fn configure<S: ureq::AsSendBody>(&self, request: http::Request<S>, options: TransportOptions) -> http::Request<S> {
        let configured = self.agent.configure_request(request).http_status_as_error(false);
        let configured = configured.max_redirects(0).max_redirects_will_error(false);
        let configured = configured.allow_non_standard_methods(true).timeout_global(options.timeout);
        let configured = configured.timeout_send_request(options.opening).timeout_send_body(options.opening);
        configured.timeout_recv_response(options.opening).build()
    }
}

impl std::fmt::Debug for UreqTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("UreqTransport")
    }
}

type Config = ureq::config::ConfigBuilder<ureq::typestate::AgentScope>;

#[cfg(feature = "rustls")]
fn with_tls(config: Config) -> Config {
    let tls = ureq::tls::TlsConfig::builder()
        .provider(ureq::tls::TlsProvider::Rustls)
        .root_certs(ureq::tls::RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(super::tls::provider());
    config.tls_config(tls.build())
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn with_tls(config: Config) -> Config {
    let tls = ureq::tls::TlsConfig::builder()
        .provider(ureq::tls::TlsProvider::NativeTls)
        .root_certs(ureq::tls::RootCerts::PlatformVerifier);
    config.tls_config(tls.build())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(config: Config) -> Config {
    config
}

/// What failed, without the URL that some of these errors hold.
fn translate(error: ureq::Error) -> TransportError {
    match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => TransportError::connect_timeout(),
        ureq::Error::Timeout(_) => TransportError::timeout(),
        ureq::Error::Io(error) => translate_io(error),
        ureq::Error::BadUri(_) => TransportError::other("the URL cannot be used"),
        error @ (ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Tls(_)) => {
            TransportError::connect(error)
        }
        #[cfg(feature = "rustls")]
        error @ ureq::Error::Rustls(_) => TransportError::connect(error),
        error @ (ureq::Error::Protocol(_) | ureq::Error::BodyStalled) => TransportError::interrupted(error),
        #[cfg(feature = "gzip")]
        ureq::Error::Decompress(_, error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            TransportError::interrupted(error)
        }
        #[cfg(feature = "gzip")]
        error @ ureq::Error::Decompress(..) => TransportError::garbled(error),
        error => TransportError::other(error),
    }
}

fn translate_io(error: io::Error) -> TransportError {
    use io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkUnreachable, TimedOut, WouldBlock,
    };

    let kind = error.kind();
    if is_certificate(&error) {
        TransportError::connect(error)
    } else if matches!(kind, TimedOut | WouldBlock) {
        TransportError::timeout()
    } else if matches!(kind, ConnectionRefused | HostUnreachable | NetworkUnreachable | AddrNotAvailable) {
        TransportError::connect(error)
    } else {
        TransportError::interrupted(error)
    }
}

/// Whether the server's certificate was refused, which happens with the first byte that is sent.
#[cfg(feature = "rustls")]
fn is_certificate(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    matches!(cause, Some(rustls::Error::InvalidCertificate(_)))
}

#[cfg(not(feature = "rustls"))]
const fn is_certificate(_error: &io::Error) -> bool {
    false
}

/// A body in chunks as ureq takes it.
struct Outgoing {
    body: Body,
    chunk: Bytes,
}

impl io::Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.body.read_chunk() {
                None => return Ok(0),
                Some(chunk) => self.chunk = chunk.map_err(io::Error::other)?,
            }
        }
        let count = self.chunk.len().min(buffer.len());
        self.chunk.split_to(count).copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

/// The body of an answer, decompressed; its errors are this crate's.
struct Incoming<R>(R);

impl<R: io::Read> io::Read for Incoming<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.downcast::<ureq::Error>() {
            Ok(own) => io::Error::other(translate(own)),
            Err(error) => error,
        })
    }
}
