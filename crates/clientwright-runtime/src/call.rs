//! One call of an operation, from its arguments to the complete request.
//!
//! In: values of parameters, a body, what this call alone should have (headers, time). Out: an `http::Request` with its
//! credentials, or the first thing that was wrong. Never happens: a request sent although a value could not be written;
//! a setter that fails (what is wrong is kept until the call is sent).

mod accepting;
mod paging;
mod repeat;
mod request;
mod server;
mod switch;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::HeaderName;

pub use self::accepting::Accepting;
use crate::client::{Client, Shared};
use crate::decode::Decoder;
use crate::error::{Context, Error, Failure, Problem, RequestError};
use crate::exchange::Exchange;
use crate::form;
use crate::multipart;
use crate::operation::{Location, Operation};
use crate::parameter::{self, Encoded};
use crate::plan::{self, Ended, Limits, Plan};
use crate::reply::Reply;
use crate::response::Response;
use crate::retry::Retries;
use crate::security;
use crate::sending::{Sending, SendingRaw};
use crate::stream::Wanted;
use crate::upload::Upload;
use crate::wire::{Encode, WireError};

/// A call that is being put together. Generated request types hold one and nothing else.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    shared: Arc<Shared>,
    operation: &'static Operation,
    /// In the documented order of their parameters.
    arguments: Vec<Argument>,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<(Cow<'static, str>, Upload)>,
    limits: Limits,
    /// The media type that the answer is asked for in, in place of the operation's.
    asked: Option<&'static str>,
    /// What is wanted of an answer that is not read into memory.
    wanted: Option<Wanted>,
    /// The URL of a further page, in place of the template and the parameters in path and query.
    target: Option<Box<http::Uri>>,
    wrong: Option<RequestError>,
}

#[derive(Clone)]
struct Argument {
    /// Its place among the operation's parameters.
    place: usize,
    location: Location,
    name: &'static str,
    encoded: Encoded,
}

impl Call {
    /// Sets a parameter in the path.
    pub fn path(self, name: &'static str, value: &dyn Encode) -> Self {
        self.argument(Location::Path, name, value)
    }

    /// Sets a parameter in the query; an absent value, `null` and an empty array or object remove it.
    pub fn query(self, name: &'static str, value: &dyn Encode) -> Self {
        self.argument(Location::Query, name, value)
    }

    /// Sets a parameter in a header, as [`query`](Self::query) does.
    pub fn header(self, name: &'static str, value: &dyn Encode) -> Self {
        self.argument(Location::Header, name, value)
    }

    /// Sets a parameter in the `Cookie` header, as [`query`](Self::query) does.
    pub fn cookie(self, name: &'static str, value: &dyn Encode) -> Self {
        self.argument(Location::Cookie, name, value)
    }

    /// Sets the whole query, as [`query`](Self::query) does.
    pub fn querystring(self, name: &'static str, value: &dyn Encode) -> Self {
        self.argument(Location::QueryString, name, value)
    }

    /// Sets the body as JSON, with the operation's first media type that is JSON.
    pub fn json(self, value: &dyn Encode) -> Self {
        let is_json = |media_type: &&&str| media_type.contains("json");
        let media_type = self.operation.body.iter().find(is_json).copied().unwrap_or("application/json");
        self.json_of(Cow::Borrowed(media_type), value)
    }

    /// Sets the body as JSON under another media type: `application/merge-patch+json`.
    pub fn json_as(self, media_type: &str, value: &dyn Encode) -> Self {
        self.json_of(Cow::Owned(media_type.to_owned()), value)
    }

    /// Sets the body as XML, with the operation's first media type that is XML and its outermost element.
    #[cfg(feature = "xml")]
    pub fn xml(self, value: &dyn Encode) -> Self {
        let is_xml = |media_type: &&&str| media_type.contains("xml");
        let media_type = self.operation.body.iter().find(is_xml).copied().unwrap_or("application/xml");
        match crate::wire::xml::to_vec(self.operation.xml, value) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(error) => self.wrong_body(error),
        }
    }

    /// Sets the body as `application/x-www-form-urlencoded`: arrays repeat their key and what is nested is JSON, unless
    /// the operation says otherwise of a member.
    pub fn form(self, value: &dyn Encode) -> Self {
        match form::write(value, self.operation.form) {
            Ok(text) => self.bytes("application/x-www-form-urlencoded", text),
            Err(error) => self.wrong_body(error),
        }
    }

    /// Sets the body as `multipart/form-data`: each member is a part, each element of an array as well, and what is
    /// nested is JSON, unless the operation says otherwise of a member.
    pub fn multipart(self, value: &dyn Encode) -> Self {
        self.multipart_as(multipart::FORM_DATA, value)
    }

    /// Sets the body as parts of another media type: `multipart/mixed`, `multipart/related`, whose parts have no names.
    pub fn multipart_as(self, media_type: &str, value: &dyn Encode) -> Self {
        match multipart::write(media_type, value, self.operation.multipart) {
            Ok((media_type, bytes)) => self.bytes(&media_type, bytes),
            Err(error) => self.wrong_body(error),
        }
    }

    /// Sets the body as values of JSON one after the other: a line each, or after a separator each (`application/json-seq`, RFC
    /// 7464).
    pub fn lines<T: Encode>(self, media_type: &str, records: &[T]) -> Self {
        let records: Vec<&dyn Encode> = records.iter().map(|record| record as &dyn Encode).collect();
        match crate::stream::write(media_type, &records) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(error) => self.wrong_body(error),
        }
    }

    /// Sets the body as bytes: in memory, or from a file, a reader or a stream.
    pub fn bytes(mut self, media_type: &str, bytes: impl Into<Upload>) -> Self {
        self.body = Some((Cow::Owned(media_type.to_owned()), bytes.into()));
        self
    }

    /// Sets a header of this call alone, in place of whatever else would be sent under this name.
    pub fn extra_header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes())) {
            (Ok(name), Ok(mut value)) => {
                // It may be a credential, and is never shown.
                value.set_sensitive(true);
                self.set_header(name, value);
            }
            (Err(_), _) => self.keep(RequestError::new(self.operation.id, "the name of a header is not a token")),
            (_, Err(_)) => {
                let reason =
                    format!("the value of the header `{}` holds a character that headers cannot", name.escape_debug());
                self.keep(RequestError::new(self.operation.id, reason));
            }
        }
        self
    }

    /// Sets how long this call may take with all its attempts, until the last byte of its answer; replaces the client's
    /// limit.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.call = Some(timeout);
        self
    }

    /// Sets how long each attempt of this call may take; replaces the client's limit.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = Some(timeout);
        self
    }

    /// Sets how long this call waits for the next part of an answer's body; replaces the client's limit.
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = Some(timeout);
        self
    }

    /// Sets whether and how this call is made again where it fails; replaces what the client does.
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.limits.retries = retries;
        self
    }

    /// Asks for the answer in another of its media types, which `success` reads.
    pub const fn accept<T, E>(mut self, media_type: &'static str, success: Decoder<T>) -> Accepting<T, E> {
        self.asked = Some(media_type);
        Accepting::new(self, success)
    }

    /// Sends the call when the future is first polled.
    pub fn send<T, E: Failure>(self, success: Decoder<T>) -> Sending<T, E> {
        Sending::new(self.run(), success)
    }

    /// Sends the call and gives the answer as it came, whatever its status.
    pub fn raw(self) -> SendingRaw {
        SendingRaw::new(self.run())
    }

    /// Sends the call and waits for the answer.
    ///
    /// # Errors
    ///
    /// As [`Error`] says.
    #[cfg(feature = "blocking")]
    pub fn send_blocking<T, E: Failure>(self, success: Decoder<T>) -> Result<Response<T>, Error<E>> {
        self.run_blocking()?.read(success)
    }

    /// Sends the call and waits for the answer as it comes, whatever its status.
    ///
    /// # Errors
    ///
    /// Fails where there is no answer, or one that is longer than allowed.
    #[cfg(feature = "blocking")]
    pub fn raw_blocking(self) -> Result<http::Response<Bytes>, Error<crate::NoDocumentedError>> {
        self.run_blocking()?.into_http()
    }

    /// The complete request, with its credentials, as it would be sent. A body that is not in memory is an [`Upload`] among its
    /// extensions.
    ///
    /// # Errors
    ///
    /// Fails where a value cannot be written, or a credential is missing.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, RequestError> {
        let mut request = self.request()?;
        security::authorize(&self.shared, self.operation, &mut request)?;
        Ok(request)
    }

    /// Reads an answer to this call that came by other means.
    ///
    /// # Errors
    ///
    /// As [`Error`] says, but for those that sending has.
    pub fn decode<T, E: Failure>(
        &self,
        response: http::Response<Bytes>,
        success: Decoder<T>,
    ) -> Result<Response<T>, Error<E>> {
        self.reply(response).read(success)
    }

    pub(crate) fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            shared: Arc::clone(&client.0),
            operation,
            arguments: Vec::new(),
            headers: Vec::new(),
            body: None,
            limits: client.0.limits,
            asked: None,
            wanted: None,
            target: None,
            wrong: None,
        }
    }

    fn json_of(mut self, media_type: Cow<'static, str>, value: &dyn Encode) -> Self {
        match crate::wire::json::to_vec(value) {
            Ok(bytes) => self.body = Some((media_type, bytes.into())),
            Err(error) => return self.wrong_body(error),
        }
        self
    }

    fn argument(mut self, location: Location, name: &'static str, value: &dyn Encode) -> Self {
        let (place, parameter) = self.operation.find(location, name);
        self.arguments.retain(|argument| (argument.location, argument.name) != (location, name));
        match parameter::encode(&parameter, value) {
            Ok(Some(encoded)) => {
                let after = self.arguments.partition_point(|argument| argument.place <= place);
                self.arguments.insert(after, Argument { place, location, name, encoded });
            }
            Ok(None) => {}
            Err(error) => {
                let wrong = RequestError::new(self.operation.id, error.to_string());
                self.keep(wrong.at(location, name).because(error));
            }
        }
        self
    }

    /// What errors say of a request.
    fn context(&self, request: &http::Request<Bytes>) -> Context {
        Plan::new(Arc::clone(&self.shared), self.operation, self.limits).context(request, request.uri())
    }

    fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.retain(|(set, _)| *set != name);
        self.headers.push((name, value));
    }

    fn wrong_body(mut self, error: WireError) -> Self {
        self.keep(RequestError::new(self.operation.id, format!("the body: {error}")).because(error));
        self
    }

    /// Keeps the first thing that is wrong.
    fn keep(&mut self, wrong: RequestError) {
        self.wrong.get_or_insert(wrong);
    }

    #[allow(clippy::manual_async_fn, reason = "its future would have a second place for the call")]
    pub(crate) fn run(mut self) -> impl Future<Output = Ended> + Send {
        async move {
            let mut exchange = {
                let mut request = http::Request::default();
                let plan = self.plan(&mut request)?;
                Exchange::new(plan, request)
            };
            plan::run(&mut exchange).await
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn run_blocking(mut self) -> Ended {
        let mut request = http::Request::default();
        let plan = self.plan(&mut request)?;
        plan::run_blocking(&mut Exchange::new(plan, request))
    }

    /// Writes what is to be sent, and says how.
    pub(crate) fn plan(&mut self, request: &mut http::Request<Bytes>) -> Result<Arc<Plan>, Problem> {
        self.draw_key();
        self.switch();
        self.write(request).map_err(Problem::Request)?;
        Ok(Arc::new(Plan::new(Arc::clone(&self.shared), self.operation, self.limits).asking(self.asked)))
    }

    /// The same call for an answer that is handed over before its body is there.
    pub(crate) fn wanting(mut self, wanted: Wanted) -> Self {
        self.wanted = Some(wanted);
        self
    }

    /// An answer by other means; its errors name the template where the request itself could not be sent.
    fn reply(&self, response: http::Response<Bytes>) -> Reply {
        let (parts, bytes) = response.into_parts();
        let context = self.to_http().map_or_else(|_| Context::of(self.operation), |request| self.context(&request));
        Reply::new(parts, bytes, self.operation, Arc::new(context)).asked(self.asked)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Call");
        shown.field("operation", &self.operation.id);
        match self.to_http().map(|request| self.context(&request)) {
            Ok(context) => shown.field("method", &context.method).field("url", &context.url()),
            Err(wrong) => shown.field("wrong", &wrong.to_string()),
        };
        if let Some((media_type, bytes)) = &self.body {
            shown.field("body", &format_args!("{bytes:?} of {media_type}"));
        }
        shown.finish_non_exhaustive()
    }
}
