//! The request that a call makes, without its credentials.
//!
//! In: arguments, headers, body and target of a call. Out: an `http::Request`, or the first thing that was wrong. Never
//! happens: a value that stands where the document does not have it; a credential, which is added to each attempt.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderName, InvalidHeaderValue};
use http::{HeaderMap, HeaderValue};

use super::{Argument, Call};
use crate::error::RequestError;
use crate::operation::Location;
use crate::parameter::Encoded;
use crate::security::Carried;
use crate::stream::Wanted;
use crate::url::{PathError, expand};

impl Call {
    /// The request without its credentials.
    pub(super) fn request(&self) -> Result<http::Request<Bytes>, RequestError> {
        let mut request = http::Request::default();
        self.write(&mut request)?;
        Ok(request)
    }

    /// Writes the request without its credentials.
    pub(super) fn write(&self, request: &mut http::Request<Bytes>) -> Result<(), RequestError> {
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        let id = self.operation.id;
        let carried = self.carried(request.headers_mut())?;
        *request.uri_mut() = self.uri(&carried.query)?;
        if !carried.cookies.is_empty() {
            let value = carried.cookie_header(request.headers());
            let value = value.ok_or_else(|| RequestError::new(id, "a cookie holds a character that cookies cannot"))?;
            request.headers_mut().insert(COOKIE, value);
        }
        *request.method_mut() =
            self.operation.method.to_http().ok_or_else(|| RequestError::new(id, "the method is not a token"))?;
        match self.body.as_ref().map(|(_, upload)| (upload, upload.as_bytes())) {
            Some((_, Some(bytes))) => *request.body_mut() = bytes.clone(),
            Some((upload, None)) => drop(request.extensions_mut().insert(upload.clone())),
            None => {}
        }
        Ok(())
    }

    /// Headers and cookies, the nearer ones in place of the farther: client, operation, parameters, this call.
    fn carried(&self, headers: &mut HeaderMap) -> Result<Carried, RequestError> {
        let wrong = |reason: &str| RequestError::new(self.operation.id, reason);
        let mut carried = Carried::default();
        *headers = self.common_headers();
        let asked = self.asked.or_else(|| (self.wanted == Some(Wanted::Records)).then_some(self.operation.stream));
        let accept = match asked {
            Some(asked) => HeaderValue::try_from(before(asked, self.operation.accept)),
            // Said also where nothing is asked for, so that what is sent does not depend on the transport.
            None if self.operation.accept.is_empty() => Ok(HeaderValue::from_static("*/*")),
            None => constant(self.operation.accept),
        };
        headers.insert(ACCEPT, accept.map_err(|_| wrong("a media type of its answers"))?);
        if let Some((media_type, _)) = &self.body {
            let value = match media_type {
                Cow::Borrowed(media_type) => constant(media_type),
                Cow::Owned(media_type) => HeaderValue::try_from(media_type),
            };
            headers.insert(CONTENT_TYPE, value.map_err(|_| wrong("the media type of the body"))?);
        }
        for argument in &self.arguments {
            match (argument.location, &argument.encoded) {
                (Location::Header, encoded) => {
                    let (name, value) = argument.as_header(encoded, self.operation.id)?;
                    headers.insert(name, value);
                }
                (Location::Cookie, Encoded::Pairs(pairs)) => {
                    argument.check_cookies(pairs, self.operation.id)?;
                    carried.cookies.extend(pairs.iter().cloned());
                }
                (Location::Query | Location::QueryString, Encoded::Pairs(pairs)) => {
                    carried.query.extend(pairs.iter().cloned());
                }
                (Location::Path | Location::Query | Location::QueryString | Location::Cookie, _) => {}
            }
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        Ok(carried)
    }

    /// The client's headers, with room for those of the call.
    fn common_headers(&self) -> HeaderMap {
        let of_parameters = self.arguments.iter().filter(|argument| argument.location == Location::Header).count();
        // `Accept`, `Content-Type` and a credential.
        let others = 3 + of_parameters + self.headers.len();
        let mut headers = HeaderMap::with_capacity(self.shared.headers.len() + others);
        for (name, value) in &self.shared.headers {
            headers.insert(name, value.clone());
        }
        headers
    }

    fn uri(&self, query: &[String]) -> Result<http::Uri, RequestError> {
        let id = self.operation.id;
        if let Some(target) = &self.target {
            // The link has the parameters already.
            return Ok(http::Uri::clone(target));
        }
        let value = |name: &str| {
            self.arguments.iter().find_map(|argument| match &argument.encoded {
                Encoded::Text(text) if argument.location == Location::Path && argument.name == name => {
                    Some(text.as_str())
                }
                Encoded::Text(_) | Encoded::Pairs(_) => None,
            })
        };
        let server = self.server()?;
        let length = query.iter().map(|pair| pair.len() + 1).sum::<usize>();
        let mut target = String::with_capacity(server.path().len() + self.operation.template.len() + 32 + length);
        target.push_str(server.path());
        let fixed = expand(self.operation.template, &value, &mut target).map_err(|error| match error {
            PathError::Missing(name) => RequestError::new(id, "it has no value").at(Location::Path, name),
            PathError::Segment(name) => {
                let reason = "it makes its path segment empty, `.` or `..`, which would reach another path";
                RequestError::new(id, reason).at(Location::Path, name)
            }
        })?;
        let pairs = std::iter::once(fixed.as_str()).filter(|fixed| !fixed.is_empty());
        for (index, pair) in pairs.chain(query.iter().map(String::as_str)).enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(pair);
        }
        let uri = server.at(target);
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

/// The `Accept` header for an answer in one media type; the others are accepted as well, as failures have them.
fn before(asked: &str, others: &str) -> String {
    let others = others.split(',').map(str::trim).filter(|other| !other.is_empty() && *other != asked);
    others.fold(asked.to_owned(), |accept, other| accept + ", " + other + ";q=0.5")
}

/// A value that is not copied.
fn constant(text: &'static str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()))
}
