//! How requests travel.
//!
//! In: an `http::Request` that is complete. Out: an `http::Response` whose body may still be arriving, or a
//! [`TransportError`]. Never happens, by the contract of [`Transport`]: a redirect followed, a header added that the
//! connection does not need, a cookie kept, a failure status made an error.

use std::pin::Pin;
use std::time::Duration;

use crate::body::Body;

mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(all(feature = "rustls", any(feature = "reqwest", feature = "blocking")))]
mod tls;
#[cfg(feature = "blocking")]
mod ureq;

pub use self::error::TransportError;
pub(crate) use self::error::TransportErrorKind;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "blocking")]
pub use self::ureq::UreqTransport;

/// A future on the heap that can be sent to another thread.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What a transport must know beside the request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransportOptions {
    /// How long the exchange may take, until the last byte of the answer's body; without an end if `None`.
    pub timeout: Option<Duration>,
    /// How long it may take until the head of the answer is there, where its body is not read into memory and may go on for
    /// ever. Calls that do not block keep this limit themselves.
    pub opening: Option<Duration>,
}

/// Sends requests asynchronously.
///
/// An implementation follows no redirects, keeps [`TransportOptions::timeout`] (also while the body is read) and reports
/// it with [`TransportError::timeout`]. The origin of the request's URL is the only one it may send the request to.
/// Middleware is a transport that holds another one. For a test, [`transport_fn`] makes one from a closure.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request. The future holds no borrow: clone what it needs.
    fn send(
        &self,
        request: http::Request<Body>,
        options: TransportOptions,
    ) -> BoxFuture<Result<http::Response<Body>, TransportError>>;
}

/// Sends requests and waits; the contract is that of [`Transport`].
#[cfg(feature = "blocking")]
pub trait BlockingTransport: Send + Sync + 'static {
    /// Sends one request.
    ///
    /// # Errors
    ///
    /// Fails where there is no answer.
    fn send(
        &self,
        request: http::Request<Body>,
        options: TransportOptions,
    ) -> Result<http::Response<Body>, TransportError>;
}

/// Whether a request by this method says how long its body is, also where it has none.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
fn takes_body(method: &http::Method) -> bool {
    matches!(*method, http::Method::POST | http::Method::PUT | http::Method::PATCH)
}

/// A transport, asynchronous and blocking, that answers with what `answer` gives; for tests.
///
/// ```
/// use clientwright_runtime::transport_fn;
///
/// let transport = transport_fn(|request| {
///     assert_eq!(request.uri().path(), "/people/1");
///     Ok(http::Response::new(r#"{"id":"1"}"#.into()))
/// });
/// # let _ = transport;
/// ```
pub fn transport_fn<F>(answer: F) -> TransportFn<F>
where
    F: Fn(http::Request<Body>) -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
{
    TransportFn(answer)
}

/// What [`transport_fn`] makes.
#[derive(Clone, Copy)]
pub struct TransportFn<F>(F);

impl<F> std::fmt::Debug for TransportFn<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TransportFn")
    }
}

impl<F> Transport for TransportFn<F>
where
    F: Fn(http::Request<Body>) -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
        _options: TransportOptions,
    ) -> BoxFuture<Result<http::Response<Body>, TransportError>> {
        Box::pin(std::future::ready((self.0)(request)))
    }
}

#[cfg(feature = "blocking")]
impl<F> BlockingTransport for TransportFn<F>
where
    F: Fn(http::Request<Body>) -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
        _options: TransportOptions,
    ) -> Result<http::Response<Body>, TransportError> {
        (self.0)(request)
    }
}
