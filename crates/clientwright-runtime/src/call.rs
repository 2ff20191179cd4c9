//! One call of an operation, from its arguments to the complete request.
//!
//! In: values of parameters, a body, what this call alone should have (headers, time). Out: an `http::Request` with its
//! credentials, or the first thing that was wrong. Never happens: a request sent although a value could not be written;
//! a setter that fails (what is wrong is kept until the call is sent).

mod paging;
mod repeat;
mod server;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderName};
use http::{HeaderMap, HeaderValue};

use crate::client::{Client, Shared};
use crate::decode::Decoder;
use crate::error::{Context, Error, Failure, Problem, RequestError};
use crate::exchange::{Exchange, Limits};
use crate::form;
use crate::multipart;
use crate::operation::{Location, Operation, Parameter};
use crate::parameter::{self, Encoded};
use crate::reply::Reply;
use crate::response::Response;
use crate::retry::Retries;
use crate::secret::Provided;
use crate::security::{self, Carried};
use crate::sending::{Sending, SendingRaw};
use crate::url::{PathError, expand};
use crate::wire::{Encode, WireError};

/// A call that is being put together. Generated request types hold one and nothing else.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    shared: Arc<Shared>,
    operation: &'static Operation,
    arguments: Vec<Argument>,
    headers: HeaderMap,
    body: Option<(String, Bytes)>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retries: Option<Retries>,
    /// The URL of a further page, in place of the template and the parameters in path and query.
    target: Option<http::Uri>,
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

/// A complete request, and what errors say of it.
pub(crate) struct Prepared {
    pub(crate) request: http::Request<Bytes>,
    pub(crate) context: Arc<Context>,
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

    /// Sets the body as JSON, with the operation's first media type that is JSON.
    pub fn json(self, value: &dyn Encode) -> Self {
        let is_json = |media_type: &&&str| media_type.contains("json");
        let media_type = self.operation.body.iter().find(is_json).copied().unwrap_or("application/json");
        self.json_as(media_type, value)
    }

    /// Sets the body as JSON under another media type: `application/merge-patch+json`.
    pub fn json_as(self, media_type: &str, value: &dyn Encode) -> Self {
        match crate::wire::json::to_vec(value) {
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
        match multipart::write(value, self.operation.multipart) {
            Ok((media_type, bytes)) => self.bytes(&media_type, bytes),
            Err(error) => self.wrong_body(error),
        }
    }

    /// Sets the body as bytes that are ready.
    pub fn bytes(mut self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.body = Some((media_type.to_owned(), bytes.into()));
        self
    }

    /// Sets a header of this call alone, in place of whatever else would be sent under this name.
    pub fn extra_header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes())) {
            (Ok(name), Ok(mut value)) => {
                // It may be a credential, and is never shown.
                value.set_sensitive(true);
                self.headers.insert(name, value);
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
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt of this call may take; replaces the client's limit.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets whether and how this call is made again where it fails; replaces what the client does.
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.retries = Some(retries);
        self
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

    /// The complete request, with its credentials, as it would be sent.
    ///
    /// # Errors
    ///
    /// Fails where a value cannot be written, or a credential is missing.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, RequestError> {
        self.prepare().map(|prepared| prepared.request)
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
            headers: HeaderMap::new(),
            body: None,
            timeout: None,
            attempt_timeout: None,
            retries: None,
            target: None,
            wrong: None,
        }
    }

    fn argument(mut self, location: Location, name: &'static str, value: &dyn Encode) -> Self {
        let found = self.operation.find(location, name);
        let (place, parameter) = found.unwrap_or((usize::MAX, Parameter::of(location, name)));
        self.arguments.retain(|argument| (argument.location, argument.name) != (location, name));
        match parameter::encode(&parameter, value) {
            Ok(Some(encoded)) => self.arguments.push(Argument { place, location, name, encoded }),
            Ok(None) => {}
            Err(error) => {
                let wrong = RequestError::new(self.operation.id, error.to_string());
                self.keep(wrong.at(location, name).because(error));
            }
        }
        self
    }

    fn wrong_body(mut self, error: WireError) -> Self {
        self.keep(RequestError::new(self.operation.id, format!("the body: {error}")).because(error));
        self
    }

    /// Keeps the first thing that is wrong.
    fn keep(&mut self, wrong: RequestError) {
        self.wrong.get_or_insert(wrong);
    }

    pub(crate) async fn run(self) -> Result<Reply, Problem> {
        self.exchange().run().await
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn run_blocking(self) -> Result<Reply, Problem> {
        self.exchange().run_blocking()
    }

    fn exchange(mut self) -> Exchange {
        self.draw_key();
        let limits = Limits {
            call: self.timeout.or(self.shared.timeout),
            attempt: self.attempt_timeout.or(self.shared.attempt_timeout),
            retries: self.retries.unwrap_or(self.shared.retries),
        };
        let (shared, operation) = (Arc::clone(&self.shared), self.operation);
        Exchange::new(self, shared, operation, limits)
    }

    /// An answer by other means; its errors name the template where the request itself could not be sent.
    fn reply(&self, response: http::Response<Bytes>) -> Reply {
        let (parts, bytes) = response.into_parts();
        let context =
            self.prepare().map_or_else(|_| Arc::new(Context::of(self.operation)), |prepared| prepared.context);
        Reply::new(parts, bytes, self.operation, context)
    }

    /// The providers of the credentials that the request needs.
    pub(crate) fn providers(&self) -> Vec<(&'static str, Arc<Provided>)> {
        let headers = self.carried().map(|carried| carried.headers).unwrap_or_default();
        security::providers(self.shared.api.schemes, &self.shared.credentials, self.operation, &headers)
    }

    pub(crate) fn prepare(&self) -> Result<Prepared, RequestError> {
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        let id = self.operation.id;
        let mut carried = self.carried()?;
        if self.target.is_some() {
            // The link has the parameters already.
            carried.query.clear();
        }
        let schemes = self.shared.api.schemes;
        security::attach(schemes, &self.shared.credentials, self.operation, &mut carried)
            .map_err(|missing| RequestError::new(id, missing))?;
        let uri = self.uri(&carried.query)?;
        if !carried.cookies.is_empty() {
            let value = carried.cookie_header();
            let value = value.ok_or_else(|| RequestError::new(id, "a cookie holds a character that cookies cannot"))?;
            carried.headers.insert(COOKIE, value);
        }
        let method = method(self.operation).ok_or_else(|| RequestError::new(id, "the method is not a token"))?;
        let mut context = Context::new(method.clone(), &uri, security::secret_queries(schemes));
        context.repeatable |= self.is_repeatable(&carried.headers);
        let context = Arc::new(context);
        let mut request = http::Request::new(self.body.as_ref().map(|(_, bytes)| bytes.clone()).unwrap_or_default());
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = carried.headers;
        Ok(Prepared { request, context })
    }

    /// Headers and cookies, the nearer ones in place of the farther: client, operation, parameters, this call.
    fn carried(&self) -> Result<Carried, RequestError> {
        let wrong = |reason: &str| RequestError::new(self.operation.id, reason);
        let mut carried = Carried { headers: self.shared.headers.clone(), ..Carried::default() };
        // Said also where nothing is asked for, so that what is sent does not depend on the transport.
        let accept = if self.operation.accept.is_empty() { "*/*" } else { self.operation.accept };
        carried.headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if let Some((media_type, _)) = &self.body {
            let value = HeaderValue::try_from(media_type.as_str());
            carried.headers.insert(CONTENT_TYPE, value.map_err(|_| wrong("the media type of the body"))?);
        }
        for argument in self.ordered() {
            match (argument.location, &argument.encoded) {
                (Location::Header, encoded) => {
                    let (name, value) = argument.as_header(encoded, self.operation.id)?;
                    carried.headers.insert(name, value);
                }
                (Location::Cookie, Encoded::Pairs(pairs)) => {
                    argument.check_cookies(pairs, self.operation.id)?;
                    carried.cookies.extend(pairs.iter().cloned());
                }
                (Location::Query, Encoded::Pairs(pairs)) => carried.query.extend(pairs.iter().cloned()),
                (Location::Path | Location::Query | Location::Cookie, _) => {}
            }
        }
        for (name, value) in &self.headers {
            carried.headers.insert(name, value.clone());
        }
        Ok(carried)
    }

    /// The arguments in the documented order of their parameters.
    fn ordered(&self) -> Vec<&Argument> {
        let mut arguments: Vec<_> = self.arguments.iter().collect();
        arguments.sort_by_key(|argument| argument.place);
        arguments
    }

    fn uri(&self, query: &[String]) -> Result<http::Uri, RequestError> {
        let id = self.operation.id;
        if let Some(target) = &self.target {
            return linked(target, query).ok_or_else(|| RequestError::new(id, "the link to this page makes no URL"));
        }
        let value = |name: &str| {
            self.arguments.iter().find_map(|argument| match &argument.encoded {
                Encoded::Text(text) if argument.location == Location::Path && argument.name == name => {
                    Some(text.as_str())
                }
                Encoded::Text(_) | Encoded::Pairs(_) => None,
            })
        };
        let (path, fixed) = expand(self.operation.template, &value).map_err(|error| match error {
            PathError::Missing(name) => RequestError::new(id, "it has no value").at(Location::Path, name),
            PathError::Segment(name) => {
                let reason = "it makes its path segment empty, `.` or `..`, which would reach another path";
                RequestError::new(id, reason).at(Location::Path, name)
            }
        })?;
        let pairs: Vec<&str> = Some(fixed.as_str())
            .filter(|fixed| !fixed.is_empty())
            .into_iter()
            .chain(query.iter().map(String::as_str))
            .collect();
        let uri = self.server()?.join(&path, &pairs.join("&"));
        uri.ok_or_else(|| RequestError::new(id, "path and parameters make no URL at the server (it may be too long)"))
    }
}

impl Argument {
    fn as_header(&self, encoded: &Encoded, id: &'static str) -> Result<(HeaderName, HeaderValue), RequestError> {
        let wrong = |reason: &str| RequestError::new(id, reason).at(Location::Header, self.name);
        let text = match encoded {
            Encoded::Text(text) => text.clone(),
            Encoded::Pairs(pairs) => pairs.join(","),
        };
        let name = self.name.parse().map_err(|_| wrong("the name is not a token"))?;
        let value = HeaderValue::from_bytes(text.as_bytes());
        Ok((
            name,
            value.map_err(|_| wrong("the value holds a character that headers cannot (perhaps the end of a line)"))?,
        ))
    }

    fn check_cookies(&self, pairs: &[String], id: &'static str) -> Result<(), RequestError> {
        let unsound = |character: char| character == ';' || character.is_control();
        if pairs.iter().any(|pair| pair.contains(unsound)) {
            let reason = "the value holds a semicolon or a control character, which cookies cannot";
            return Err(RequestError::new(id, reason).at(Location::Cookie, self.name));
        }
        Ok(())
    }
}

/// The URL of a further page, with the credentials that it does not have itself.
fn linked(target: &http::Uri, credentials: &[String]) -> Option<http::Uri> {
    let own: Vec<&str> = target.query().into_iter().flat_map(|query| query.split('&')).collect();
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let missing = credentials.iter().map(String::as_str).filter(|pair| !own.iter().any(|one| name(one) == name(pair)));
    let query: Vec<&str> = own.iter().copied().chain(missing).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let mut parts = target.clone().into_parts();
    parts.path_and_query = Some(format!("{}{mark}{}", target.path(), query.join("&")).parse().ok()?);
    http::Uri::from_parts(parts).ok()
}

fn method(operation: &Operation) -> Option<http::Method> {
    operation.method.as_str().parse().ok()
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Call");
        shown.field("operation", &self.operation.id);
        match self.prepare() {
            Ok(prepared) => shown.field("method", &prepared.context.method).field("url", &prepared.context.url),
            Err(wrong) => shown.field("wrong", &wrong.to_string()),
        };
        if let Some((media_type, bytes)) = &self.body {
            shown.field("body", &format_args!("{} bytes of {media_type}", bytes.len()));
        }
        shown.finish_non_exhaustive()
    }
}
