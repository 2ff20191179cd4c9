//! What the caller puts around calls, and around each request that they send.
//!
//! In: requests and answers, on their way. Out: the same, changed or made up. Never happens: a credential in what stands
//! around a call (it is added to each attempt); a request for a token of `OAuth` 2, which goes to another server.

use std::sync::Arc;

use bytes::Bytes;

use crate::body::Body;
use crate::error::{Error, NoDocumentedError};
use crate::exchange::Exchange;
use crate::plan::Plan;
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::{BoxFuture, Transport, TransportError, TransportOptions};

/// What a call gives, before it is known what it means: an answer with whatever status, or why there is none.
pub type Outcome = Result<http::Response<Bytes>, Error<NoDocumentedError>>;

/// What a request that was sent gives.
pub type Sent = Result<http::Response<Body>, TransportError>;

/// Stands around calls, and around each request that they send: to sign requests, to keep answers, to count.
///
/// Each method hands on what it is given unless it is written anew. Middleware that was added first stands outermost. The
/// operation is found in the request's extensions, as [`&'static Operation`](crate::Operation).
///
/// ```
/// use clientwright_runtime::http::{HeaderValue, Request};
/// use clientwright_runtime::{Body, BoxFuture, Middleware, NextSend, Sent};
///
/// /// Says of each request that it is sent for a tenant.
/// struct Tenant(HeaderValue);
///
/// impl Middleware for Tenant {
///     fn send(&self, mut request: Request<Body>, next: NextSend) -> BoxFuture<Sent> {
///         request.headers_mut().insert("x-tenant", self.0.clone());
///         next.run(request)
///     }
/// }
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// A call: all its attempts, and its answer in memory. The request has no credentials. Whatever is handed on is
    /// bounded by the call's limit of time.
    fn call(&self, request: http::Request<Bytes>, next: Next) -> BoxFuture<Outcome> {
        next.run(request)
    }

    /// A request as it is sent, with its credentials: of each attempt, and of each redirect that is followed.
    fn send(&self, request: http::Request<Body>, next: NextSend) -> BoxFuture<Sent> {
        next.run(request)
    }

    /// As [`call`](Self::call), for calls that block.
    ///
    /// # Errors
    ///
    /// As the call.
    #[cfg(feature = "blocking")]
    fn call_blocking(&self, request: http::Request<Bytes>, next: NextBlocking) -> Outcome {
        next.run(request)
    }

    /// As [`send`](Self::send), for calls that block.
    ///
    /// # Errors
    ///
    /// As the transport.
    #[cfg(feature = "blocking")]
    fn send_blocking(&self, request: http::Request<Body>, next: NextSendBlocking) -> Sent {
        next.run(request)
    }
}

pub(crate) type Layers = Arc<[Arc<dyn Middleware>]>;

/// What stands within: the rest of the middleware, and the attempts of a call.
#[derive(Clone)]
pub struct Next {
    plan: Arc<Plan>,
    place: usize,
}

impl Next {
    /// Makes the call.
    #[must_use]
    pub fn run(mut self, request: http::Request<Bytes>) -> BoxFuture<Outcome> {
        if let Some(layer) = self.plan.shared.middleware.get(self.place).cloned() {
            self.place += 1;
            return layer.call(request, self);
        }
        let mut exchange = Exchange::new(self.plan, request);
        Box::pin(async move { exchange.run().await.map_err(Error::from).and_then(|reply| reply.into_http()) })
    }

    pub(crate) const fn new(plan: Arc<Plan>) -> Self {
        Self { plan, place: 0 }
    }
}

/// [`Next`], for calls that block.
#[cfg(feature = "blocking")]
#[derive(Clone)]
pub struct NextBlocking {
    plan: Arc<Plan>,
    place: usize,
}

#[cfg(feature = "blocking")]
impl NextBlocking {
    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As the call.
    pub fn run(mut self, request: http::Request<Bytes>) -> Outcome {
        if let Some(layer) = self.plan.shared.middleware.get(self.place).cloned() {
            self.place += 1;
            return layer.call_blocking(request, self);
        }
        Exchange::new(self.plan, request).run_blocking().map_err(Error::from).and_then(|reply| reply.into_http())
    }

    pub(crate) const fn new(plan: Arc<Plan>) -> Self {
        Self { plan, place: 0 }
    }
}

/// What stands within: the rest of the middleware, and the transport.
#[derive(Clone)]
pub struct NextSend {
    layers: Layers,
    place: usize,
    transport: Arc<dyn Transport>,
    options: TransportOptions,
}

impl NextSend {
    /// Sends the request.
    #[must_use]
    pub fn run(mut self, request: http::Request<Body>) -> BoxFuture<Sent> {
        match self.layers.get(self.place).cloned() {
            Some(layer) => {
                self.place += 1;
                layer.send(request, self)
            }
            None => self.transport.send(request, self.options),
        }
    }

    /// What the transport must know beside the request.
    #[must_use]
    pub const fn options(&self) -> TransportOptions {
        self.options
    }
}

/// [`NextSend`], for calls that block.
#[cfg(feature = "blocking")]
#[derive(Clone)]
pub struct NextSendBlocking {
    layers: Layers,
    place: usize,
    transport: Arc<dyn BlockingTransport>,
    options: TransportOptions,
}

#[cfg(feature = "blocking")]
impl NextSendBlocking {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// As the transport.
    pub fn run(mut self, request: http::Request<Body>) -> Sent {
        match self.layers.get(self.place).cloned() {
            Some(layer) => {
                self.place += 1;
                layer.send_blocking(request, self)
            }
            None => self.transport.send(request, self.options),
        }
    }

    /// What the transport must know beside the request.
    #[must_use]
    pub const fn options(&self) -> TransportOptions {
        self.options
    }
}

/// A transport with middleware around it.
pub(crate) struct Layered<T: ?Sized> {
    pub(crate) layers: Layers,
    pub(crate) transport: Arc<T>,
}

impl Transport for Layered<dyn Transport> {
    fn send(&self, request: http::Request<Body>, options: TransportOptions) -> BoxFuture<Sent> {
        let (layers, transport) = (Arc::clone(&self.layers), Arc::clone(&self.transport));
        NextSend { layers, place: 0, transport, options }.run(request)
    }
}

#[cfg(feature = "blocking")]
impl BlockingTransport for Layered<dyn BlockingTransport> {
    fn send(&self, request: http::Request<Body>, options: TransportOptions) -> Sent {
        let (layers, transport) = (Arc::clone(&self.layers), Arc::clone(&self.transport));
        NextSendBlocking { layers, place: 0, transport, options }.run(request)
    }
}
