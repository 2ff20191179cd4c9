//! The asynchronous transport, on reqwest.
//!
//! In: a request. Out: an answer whose body arrives in chunks. Never happens: a redirect followed or a `Referer` sent (by
//! the client that is built here); reqwest's own error texts, which hold the URL with its query.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http::header::CONTENT_LENGTH;
use http_body::Frame;

use super::{BoxFuture, Transport, TransportError, TransportOptions, takes_body};
use crate::body::Body;
use crate::build_error::BuildError;
use crate::url::same_origin;

/// How long making a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// The settings of the client that is used where none is given, to be changed and handed to
    /// [`ClientBuilder::http_client`](crate::ClientBuilder::http_client): no redirects, no `Referer`, 10 seconds for a
    /// connection, and TLS by this crate's features. A `reqwest::Client` made without them panics in a process that has
    /// neither installed a cryptography provider nor enabled one of reqwest's own.
    ///
    /// A server that asks for a certificate (mutual TLS) is shown one by a client with a configuration for TLS of its own;
    /// with the feature `rustls`, `identity` of reqwest's builder has no effect:
    ///
    /// ```
    /// # #[cfg(feature = "rustls")]
    /// # fn with_certificate(
    /// #     roots: clientwright_runtime::rustls::RootCertStore,
    /// # ) -> Result<clientwright_runtime::reqwest::Client, Box<dyn std::error::Error>> {
    /// use clientwright_runtime::ReqwestTransport;
    /// use clientwright_runtime::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
    /// use clientwright_runtime::rustls::{ClientConfig, crypto::ring};
    ///
    /// let config = ClientConfig::builder_with_provider(ring::default_provider().into())
    ///     .with_safe_default_protocol_versions()?
    ///     .with_root_certificates(roots)
    ///     .with_client_auth_cert(
    ///         CertificateDer::pem_file_iter("client.pem")?.collect::<Result<_, _>>()?,
    ///         PrivateKeyDer::from_pem_file("client.key")?,
    ///     )?;
    /// let client = ReqwestTransport::builder()?.tls_backend_preconfigured(config).build()?;
    /// # Ok(client)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails where the system's certificates cannot be read.
    pub fn builder() -> Result<reqwest::ClientBuilder, BuildError> {
        settings(true)
    }

    /// A client of its own; `https` says whether TLS is needed.
    pub(crate) fn new(https: bool) -> Result<Self, BuildError> {
        settings(https)?.build().map(Self).map_err(BuildError::transport)
    }

    async fn exchange(
        client: reqwest::Client,
        request: http::Request<Body>,
        options: TransportOptions,
    ) -> Result<http::Response<Body>, TransportError> {
        let mut request = request;
        let empty = request.body().as_bytes().is_some_and(Bytes::is_empty);
        if empty && takes_body(request.method()) {
            // RFC 9110, section 8.6; some servers refuse such a request that does not say it.
            request.headers_mut().entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
        }
        let mut request = reqwest::Request::try_from(request.map(outgoing)).map_err(translate)?;
        *request.timeout_mut() = options.timeout;
        // As the client spells it: it writes some hosts in another form (`127.1` is `127.0.0.1`).
        let sent: Option<http::Uri> = request.url().as_str().parse().ok();
        let response = client.execute(request).await.map_err(translate)?;
        let reached: Option<http::Uri> = response.url().as_str().parse().ok();
        if !sent.zip(reached).is_some_and(|(sent, reached)| same_origin(&sent, &reached)) {
            return Err(TransportError::other("the client that was given followed a redirect to another origin"));
        }
        let response: http::Response<reqwest::Body> = response.into();
        Ok(response.map(|body| Body::stream(Incoming(body))))
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        options: TransportOptions,
    ) -> BoxFuture<Result<http::Response<Body>, TransportError>> {
        Box::pin(Self::exchange(self.0.clone(), request, options))
    }
}

impl std::fmt::Debug for ReqwestTransport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ReqwestTransport")
    }
}

fn settings(https: bool) -> Result<reqwest::ClientBuilder, BuildError> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT);
    with_tls(builder, https)
}

#[cfg(feature = "rustls")]
fn with_tls(builder: reqwest::ClientBuilder, https: bool) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder.tls_backend_preconfigured(super::tls::config(https).map_err(BuildError::transport)?))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[allow(clippy::unnecessary_wraps)] // as its twin
fn with_tls(builder: reqwest::ClientBuilder, _https: bool) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder.tls_backend_native())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(builder: reqwest::ClientBuilder, https: bool) -> Result<reqwest::ClientBuilder, BuildError> {
    if https {
        return Err(BuildError::transport("`https` needs the feature `rustls` or `native-tls`"));
    }
    Ok(builder)
}

/// What failed, without the URL.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportError::connect_timeout(),
        (true, false) => TransportError::connect(error),
        (false, true) => TransportError::timeout(),
        (false, false) if error.is_builder() => TransportError::other(error),
        (false, false) if is_garbled(&error) => TransportError::garbled(error),
        (false, false) => TransportError::interrupted(error),
    }
}

/// Whether what came is not what it says it is.
fn is_garbled(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let kind = error.downcast_ref().map(std::io::Error::kind);
        if matches!(kind, Some(std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput)) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn outgoing(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
    }
}

/// A body in chunks as reqwest takes it; the mutex is never locked and makes it `Sync`.
struct Outgoing(Mutex<Body>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        body.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}

/// The chunks of an answer, decompressed.
struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(http_body::Body::poll_frame(Pin::new(&mut self.0), context));
            match frame {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(translate(error)))),
                // Trailers are passed over.
                Some(Ok(frame)) => {
                    if let Ok(chunk) = frame.into_data() {
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
            }
        }
    }
}
