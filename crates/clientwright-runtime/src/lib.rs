//! What generated API clients share: the one crate of ours that generated code depends on.
//!
//! In: static descriptions of an API and its operations, values, and what a server answers. Out: requests, typed answers
//! and typed failures. Never happens: a panic; a credential sent to another origin than the server's, or shown; more of an
//! answer read into memory than its client allows.
//!
//! - [`wire`]: how values meet the wire.
//! - [`Api`], [`Operation`], [`Parameter`], [`Part`]: what generated code states.
//! - [`Client`], [`Call`], [`Sending`], [`Response`], [`Error`]: how a call is made.
//! - [`Transport`]: how requests travel; `reqwest` and `blocking` are features, and a test brings its own.

mod api;
mod body;
mod build_error;
mod call;
mod client;
mod client_macro;
pub mod decode;
mod error;
mod exchange;
mod file;
mod form;
pub mod header;
mod into_list;
mod macros;
mod middleware;
mod multipart;
mod observe;
mod operation;
mod page;
mod parameter;
mod part;
mod plan;
mod random;
mod reply;
mod response;
mod retry;
mod secret;
mod security;
mod sending;
mod setters;
pub mod stream;
mod timer;
mod transport;
mod upload;
mod url;
pub mod wire;

pub use bytes;
#[cfg(feature = "chrono")]
pub use chrono;
pub use http;
#[cfg(feature = "reqwest")]
pub use reqwest;
#[cfg(feature = "decimal")]
pub use rust_decimal;
#[cfg(feature = "rustls")]
pub use rustls;
#[doc(hidden)]
pub use serde;
#[cfg(feature = "blocking")]
pub use ureq;
#[cfg(feature = "uuid")]
pub use uuid;

pub use api::{Api, Server, ServerUrl, Variable};
pub use body::Body;
pub use build_error::BuildError;
pub use call::{Accepting, Call};
pub use client::{Client, ClientBuilder, DEFAULT_MAX_BODY, DEFAULT_MAX_ERROR_BODY, DEFAULT_TIMEOUT};
pub use error::{
    AnyError, ApiError, DecodeError, Error, Failure, NoDocumentedError, RequestError, TimeoutError, TransportError,
    UnexpectedError,
};
pub use file::FileError;
pub use into_list::IntoList;
pub use middleware::{Middleware, Next, NextSend, Outcome, Sent};
#[cfg(feature = "blocking")]
pub use middleware::{NextBlocking, NextSendBlocking};
pub use observe::{Observation, Observer};
pub use operation::{Lists, Location, Method, Operation, Parameter, Style};
pub use page::{Items, Pages, Paging, Path, Place};
#[cfg(feature = "blocking")]
pub use page::{ItemsBlocking, PagesBlocking};
pub use part::Part;
pub use reply::Reply;
pub use response::Response;
pub use retry::Retries;
pub use secret::{Issued, OAuth2, ProviderError, Secret, TokenError};
pub use security::{Credential, SecurityScheme};
pub use sending::{Sending, SendingRaw};
pub use stream::{Download, Downloading, Event, Opening, Streaming};
#[cfg(feature = "blocking")]
pub use stream::{DownloadBlocking, StreamingBlocking};
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
#[cfg(feature = "blocking")]
pub use transport::{BlockingTransport, UreqTransport};
pub use transport::{BoxFuture, Transport, TransportFn, TransportOptions, transport_fn};
pub use upload::Upload;
#[cfg(feature = "decimal")]
pub use wire::DecimalNumber;
pub use wire::{Base64, Base64Url, BooleanNumber, Field, FilePart, Node, Number, Serde, UnknownValue, Value};
