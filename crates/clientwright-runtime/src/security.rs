//! Credentials: which an operation needs, and where they stand in the request.
//!
//! In: the alternatives that an operation states, and the credentials that the builder was given. Out: headers, query
//! pairs and cookies of one alternative. Never happens: credentials of two alternatives in one request; a credential in
//! `Debug`, `Display` or an error; a value that was not checked when the client was built.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE, Entry, HeaderName};
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::client::Shared;
use crate::error::RequestError;
use crate::operation::{Location, Operation};
use crate::parameter::percent;
use crate::secret::{Provided, Secret};
use crate::wire::base64;

/// A documented way to authenticate.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(crate) name: &'static str,
    pub(crate) kind: SchemeKind,
    pub(crate) token_url: Option<&'static str>,
    pub(crate) refresh_url: Option<&'static str>,
    setter: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemeKind {
    ApiKey { location: Location, key: &'static str, prefix: &'static str },
    Bearer,
    Basic,
}

impl SecurityScheme {
    /// A key sent as a header, in the query or as a cookie with the name `key`.
    #[must_use]
    pub const fn api_key(name: &'static str, location: Location, key: &'static str) -> Self {
        Self::new(name, SchemeKind::ApiKey { location, key, prefix: "" })
    }

    /// A bearer token in the `Authorization` header (RFC 6750, section 2.1).
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Bearer)
    }

    /// A name and a password in the `Authorization` header (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Basic)
    }

    /// What stands before the key on the wire: `Api-Key ` (with its space). Keys that have it already get no second one.
    #[must_use]
    pub const fn prefix(mut self, text: &'static str) -> Self {
        if let SchemeKind::ApiKey { location, key, prefix: _ } = self.kind {
            self.kind = SchemeKind::ApiKey { location, key, prefix: text };
        }
        self
    }

    /// Where an `OAuth` 2 server gives tokens; below the API's server where it starts with a slash.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// Where it gives them for refresh tokens, if that is another place.
    #[must_use]
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// The method of the generated builder that takes this credential, named in the error where it is missing.
    #[must_use]
    pub const fn setter(mut self, method: &'static str) -> Self {
        self.setter = method;
        self
    }

    const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, token_url: None, refresh_url: None, setter: "" }
    }

    fn header(&self) -> Option<HeaderName> {
        match self.kind {
            // Many keys have this header, too, and it takes a while to read a name.
            SchemeKind::ApiKey { location: Location::Header, key: "Authorization", .. }
            | SchemeKind::Bearer
            | SchemeKind::Basic => Some(AUTHORIZATION),
            SchemeKind::ApiKey { location: Location::Header, key, .. } => key.parse().ok(),
            SchemeKind::ApiKey { .. } => None,
        }
    }

    /// Whether the caller wrote what it needs: its header, or its cookie.
    fn is_by_caller(&self, headers: &HeaderMap) -> bool {
        let SchemeKind::ApiKey { location: Location::Cookie, key, .. } = self.kind else {
            return self.header().is_some_and(|header| headers.contains_key(header));
        };
        let cookies = headers.get(COOKIE).map(HeaderValue::as_bytes).unwrap_or_default().split(|byte| *byte == b';');
        let mut names = cookies.filter_map(|pair| pair.split(|byte| *byte == b'=').next());
        names.any(|name| name.trim_ascii() == key.as_bytes())
    }

    /// What its variable in the environment is called, after the API's name.
    pub(crate) const fn variable(&self) -> &'static str {
        if self.setter.is_empty() { self.name } else { self.setter }
    }

    /// Whether a server is known that gives tokens for it.
    pub(crate) const fn gives_tokens(&self) -> bool {
        self.token_url.is_some() || self.refresh_url.is_some()
    }

    /// The credential that a text stands for; a name and a password stand with a colon between them.
    pub(crate) fn read(&self, text: String) -> Credential {
        match (self.kind, text.split_once(':')) {
            (SchemeKind::Basic, Some((name, password))) => Credential::basic(name, password),
            (SchemeKind::Basic, None) => Credential::basic(text, ""),
            (SchemeKind::ApiKey { .. }, _) => Credential::api_key(text),
            (SchemeKind::Bearer, _) => Credential::bearer(text),
        }
    }

    fn advice(&self) -> String {
        match self.setter {
            "" => format!("`credential(\"{}\", …)`", self.name),
            setter => format!("`{setter}(…)`"),
        }
    }
}

/// A secret that proves who calls. Neither `Debug` nor any error shows it; its memory is cleared when it is dropped.
#[derive(Clone, Debug)]
pub struct Credential(Kind);

#[derive(Clone, Debug)]
enum Kind {
    ApiKey(Secret),
    Bearer(Secret),
    Basic(String, SecretString),
}

impl Credential {
    /// A key, for schemes made with [`SecurityScheme::api_key`].
    #[must_use]
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self(Kind::ApiKey(key.into()))
    }

    /// A bearer token, without the word `Bearer`.
    #[must_use]
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// A user's name, which holds no colon, and the password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Kind::Basic(user.into(), SecretString::from(password.into())))
    }

    /// Whether this credential fits the scheme and, where it is known already, can be sent; the error says why not,
    /// without showing it.
    pub(crate) fn check(&self, scheme: &SecurityScheme) -> Result<(), &'static str> {
        match (&self.0, scheme.kind) {
            (Kind::Basic(user, _), SchemeKind::Basic) if user.contains(':') => Err("the user's name holds a colon"),
            (Kind::Basic(..), SchemeKind::Basic) => Ok(()),
            (Kind::ApiKey(secret), SchemeKind::ApiKey { .. }) | (Kind::Bearer(secret), SchemeKind::Bearer) => {
                secret.provider().map_or(Ok(()), |provided| provided.check(scheme))?;
                secret.current().map_or(Ok(()), |text| sendable(scheme, text.expose_secret()))
            }
            (
                Kind::ApiKey(_) | Kind::Bearer(_) | Kind::Basic(..),
                SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Basic,
            ) => Err("it is of another kind than the scheme"),
        }
    }

    /// The header or cookie value, or the text of the query's value; the error says why there is none.
    fn text(&self, scheme: &SecurityScheme) -> Result<Cow<'_, SecretString>, &'static str> {
        let text = match (&self.0, scheme.kind) {
            (Kind::ApiKey(key), SchemeKind::ApiKey { prefix, .. }) => {
                let key = current(key, scheme)?;
                if key.expose_secret().starts_with(prefix) {
                    return Ok(key);
                }
                [prefix, key.expose_secret()].concat()
            }
            (Kind::ApiKey(secret) | Kind::Bearer(secret), _) => {
                ["Bearer ", current(secret, scheme)?.expose_secret()].concat()
            }
            (Kind::Basic(user, password), _) => {
                format!("Basic {}", base64::encode(format!("{user}:{}", password.expose_secret()).as_bytes()))
            }
        };
        Ok(Cow::Owned(SecretString::from(text)))
    }

    fn provider(&self) -> Option<&Arc<Provided>> {
        match &self.0 {
            Kind::ApiKey(secret) | Kind::Bearer(secret) => secret.provider(),
            Kind::Basic(..) => None,
        }
    }
}

/// The text of a secret, which can stand where its scheme puts it.
fn current<'a>(secret: &'a Secret, scheme: &SecurityScheme) -> Result<Cow<'a, SecretString>, &'static str> {
    let text = secret.current().ok_or("its provider is asked when a request is sent")?;
    // What is known from the start was checked when the client was built.
    if secret.provider().is_some() {
        sendable(scheme, text.expose_secret())?;
    }
    Ok(text)
}

/// Whether a secret can stand where its scheme puts it.
fn sendable(scheme: &SecurityScheme, text: &str) -> Result<(), &'static str> {
    let in_query = matches!(scheme.kind, SchemeKind::ApiKey { location: Location::Query, .. });
    let in_cookie = matches!(scheme.kind, SchemeKind::ApiKey { location: Location::Cookie, .. });
    if text.is_empty() {
        Err("it is empty")
    } else if in_cookie && text.contains(';') {
        Err("it holds a semicolon, which cookies cannot")
    } else if !in_query && HeaderValue::from_bytes(text.as_bytes()).is_err() {
        Err("it holds a character that headers cannot (perhaps the end of a line)")
    } else {
        Ok(())
    }
}

/// The credentials of a client, each with its scheme.
pub(crate) type Credentials = [(&'static SecurityScheme, Credential)];

/// What a request carries beside its headers, as far as credentials are added to it.
#[derive(Default)]
pub(crate) struct Carried {
    pub(crate) query: Vec<String>,
    pub(crate) cookies: Vec<String>,
}

impl Carried {
    /// The `Cookie` header: the cookies that the caller wrote into it, and those of parameters and credentials which are
    /// not among them. `None` where they are no header.
    pub(crate) fn cookie_header(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let mut line: Vec<u8> = Vec::new();
        let own = headers.get(COOKIE).map(HeaderValue::as_bytes).unwrap_or_default();
        let name = |pair: &[u8]| pair.split(|byte| *byte == b'=').next().map(<[u8]>::trim_ascii).map(<[u8]>::to_vec);
        let by_caller: Vec<_> = own.split(|byte| *byte == b';').map(name).collect();
        let others = self.cookies.iter().map(String::as_bytes).filter(|pair| !by_caller.contains(&name(pair)));
        for pair in std::iter::once(own).chain(others).filter(|pair| !pair.is_empty()) {
            line.extend_from_slice(if line.is_empty() { b"" } else { b"; " });
            line.extend_from_slice(pair);
        }
        let mut value = HeaderValue::from_bytes(&line).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// Adds the credentials of the first alternative that can be satisfied; one that needs nothing counts last, so that a
/// credential which was given for an optional scheme is used. A scheme whose header or cookie the caller set is satisfied
/// by that.
///
/// The error says what is missing and how to give it.
pub(crate) fn authorize<B>(
    shared: &Shared,
    operation: &'static Operation,
    request: &mut http::Request<B>,
) -> Result<(), RequestError> {
    let wrong = |reason: &str| RequestError::new(operation.id, reason);
    let mut carried = Carried::default();
    attach(shared.api.schemes, &shared.credentials, operation, request.headers_mut(), &mut carried)
        .map_err(|missing| wrong(&missing))?;
    if !carried.query.is_empty() {
        let uri = with_query(request.uri(), &carried.query);
        *request.uri_mut() = uri.ok_or_else(|| wrong("with its credential the URL is too long"))?;
    }
    if !carried.cookies.is_empty() {
        let value = carried.cookie_header(request.headers());
        let value = value.ok_or_else(|| wrong("a cookie holds a character that cookies cannot"))?;
        request.headers_mut().insert(COOKIE, value);
    }
    Ok(())
}

/// The URL with the pairs that it does not have itself: a link may have them, or the caller.
fn with_query(uri: &http::Uri, credentials: &[String]) -> Option<http::Uri> {
    let own: Vec<&str> = uri.query().into_iter().flat_map(|query| query.split('&')).collect();
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let missing = credentials.iter().map(String::as_str).filter(|pair| !own.iter().any(|one| name(one) == name(pair)));
    let query: Vec<&str> = own.iter().copied().filter(|pair| !pair.is_empty()).chain(missing).collect();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{}", uri.path(), query.join("&")).parse().ok()?);
    http::Uri::from_parts(parts).ok()
}

fn attach(
    schemes: &'static [SecurityScheme],
    credentials: &Credentials,
    operation: &Operation,
    headers: &mut HeaderMap,
    carried: &mut Carried,
) -> Result<(), String> {
    for name in chosen(schemes, credentials, operation, headers)? {
        if let Some((scheme, credential)) = credentials.iter().find(|(scheme, _)| scheme.name == *name) {
            add(scheme, credential, headers, carried)
                .map_err(|reason| format!("the credential for `{name}`: {reason}"))?;
        }
    }
    Ok(())
}

/// The providers of the credentials that [`authorize`] adds, with their schemes.
pub(crate) fn providers(
    schemes: &'static [SecurityScheme],
    credentials: &Credentials,
    operation: &Operation,
    headers: &HeaderMap,
) -> Vec<(&'static SecurityScheme, Arc<Provided>)> {
    if credentials.iter().all(|(_, credential)| credential.provider().is_none()) {
        return Vec::new();
    }
    let chosen = chosen(schemes, credentials, operation, headers).unwrap_or_default();
    let of = |name: &&'static str| {
        let (scheme, credential) = credentials.iter().find(|(scheme, _)| scheme.name == *name)?;
        let by_caller = scheme.is_by_caller(headers);
        credential.provider().filter(|_| !by_caller).map(|provided| (*scheme, Arc::clone(provided)))
    };
    chosen.iter().filter_map(of).collect()
}

fn chosen(
    schemes: &'static [SecurityScheme],
    credentials: &Credentials,
    operation: &Operation,
    headers: &HeaderMap,
) -> Result<&'static [&'static str], String> {
    let alternatives = operation.security;
    let satisfied = |name: &&&str| {
        let is_given = credentials.iter().any(|(scheme, _)| scheme.name == **name);
        is_given || schemes.iter().any(|scheme| scheme.name == **name && scheme.is_by_caller(headers))
    };
    if let Some(chosen) = alternatives.iter().find(|set| !set.is_empty() && set.iter().all(|name| satisfied(&name))) {
        return Ok(chosen);
    }
    let none_needed = alternatives.is_empty() || alternatives.iter().any(|set| set.is_empty());
    if none_needed { Ok(&[]) } else { Err(missing(schemes, alternatives)) }
}

/// The names of query parameters that hold credentials.
pub(crate) fn secret_queries(schemes: &'static [SecurityScheme]) -> impl Iterator<Item = &'static str> {
    schemes.iter().filter_map(|scheme| match scheme.kind {
        SchemeKind::ApiKey { location: Location::Query, key, .. } => Some(key),
        SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Basic => None,
    })
}

fn add(
    scheme: &SecurityScheme,
    credential: &Credential,
    headers: &mut HeaderMap,
    carried: &mut Carried,
) -> Result<(), &'static str> {
    match (scheme.kind, scheme.header()) {
        (_, Some(header)) => {
            if let Entry::Vacant(header) = headers.entry(header) {
                let value = HeaderValue::from_bytes(credential.text(scheme)?.expose_secret().as_bytes());
                let mut value = value.map_err(|_| "it holds a character that headers cannot")?;
                value.set_sensitive(true);
                header.insert(value);
            }
        }
        (SchemeKind::ApiKey { location: Location::Query, key, .. }, None) => {
            let text = credential.text(scheme)?;
            carried.query.push(format!("{}={}", percent::strict(key), percent::strict(text.expose_secret())));
        }
        (SchemeKind::ApiKey { key, .. }, None) => {
            carried.cookies.push(format!("{key}={}", credential.text(scheme)?.expose_secret()));
        }
        (SchemeKind::Bearer | SchemeKind::Basic, None) => {}
    }
    Ok(())
}

fn missing(schemes: &[SecurityScheme], alternatives: &[&[&str]]) -> String {
    let one = |name: &&str| {
        let scheme = schemes.iter().find(|scheme| scheme.name == *name);
        match scheme.map(SecurityScheme::advice) {
            Some(advice) => format!("`{name}` (give it to the client's builder with {advice})"),
            None => format!("`{name}` (which this client cannot attach)"),
        }
    };
    let sets: Vec<String> =
        alternatives.iter().map(|set| set.iter().map(one).collect::<Vec<_>>().join(" and ")).collect();
    format!("no credential for {}", sets.join(", or for "))
}

#[cfg(test)]
mod tests;
