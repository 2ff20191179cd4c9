//! Tokens of `OAuth` 2 (RFC 6749): for a client's own credentials, or for a refresh token.
//!
//! In: what the server gives tokens for, and the URL where it does, which the document states or the caller. Out: a token,
//! and how long it is good. Never happens: a redirect followed with it; a secret in `Debug` or an error; a secret that
//! goes over a connection without TLS where the calls have one.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Request, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::token_error::Answer;
use super::{Asking, Issued, TokenError};
use crate::body::{Body, Collected};
use crate::error::excerpt;
use crate::parameter::percent;
use crate::retry;
use crate::security::SecurityScheme;
use crate::transport::{TransportError, TransportOptions};
use crate::url::BaseUrl;
use crate::wire::base64;

/// What an `OAuth` 2 server gives tokens for. A token is fetched when a call needs one, is used until shortly before it
/// expires, and is fetched once more where the server refuses it; calls at the same time wait for one token.
///
/// ```
/// use clientwright_runtime::{Credential, OAuth2};
///
/// // What builders of generated clients take in place of a token; the document says where tokens are given.
/// let machine = OAuth2::client_credentials("client-id", "client-secret").scope("pets.read");
/// let user = OAuth2::refresh_token("8xLOxBtZp8").client("client-id");
/// # let _ = (Credential::bearer(machine), Credential::bearer(user));
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until a credential is made from it"]
pub struct OAuth2 {
    token_url: Option<String>,
    id: String,
    secret: Option<SecretString>,
    refresh_token: Option<Arc<Mutex<SecretString>>>,
    renewed: Option<Arc<Keep>>,
    parameters: Vec<(String, String)>,
    in_body: bool,
}

/// What keeps a new refresh token.
type Keep = dyn Fn(&str) + Send + Sync;

impl OAuth2 {
    /// A token for the client itself (RFC 6749, section 4.4).
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::empty().client(id).client_secret(secret)
    }

    /// A token for whom a refresh token was given to (RFC 6749, section 6). Where the server gives another refresh token
    /// beside the token, that one is used from then on.
    pub fn refresh_token(token: impl Into<String>) -> Self {
        Self { refresh_token: Some(Arc::new(Mutex::new(SecretString::from(token.into())))), ..Self::empty() }
    }

    /// Sets which client asks.
    pub fn client(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Sets the secret of the client that asks, where it has one.
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(SecretString::from(secret.into()));
        self
    }

    /// Sets where tokens are given, in place of what the document says.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Asks for these scopes, with spaces between them; for what the server gives by itself unless set.
    pub fn scope(self, scope: impl Into<String>) -> Self {
        self.parameter("scope", scope)
    }

    /// Sends a parameter of the server's own: `audience`, `resource`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client's id and secret in the body, for servers that do not take them from the header `Authorization`.
    pub const fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Is told of each new refresh token, to keep it for the next start.
    pub fn on_refresh_token(mut self, keep: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.renewed = Some(Arc::new(keep));
        self
    }

    pub(super) fn check(&self, scheme: &SecurityScheme) -> Result<(), &'static str> {
        match self.url_for(scheme) {
            Some(_) => Ok(()),
            None => Err("the document does not say where tokens are given: set `token_url`"),
        }
    }

    pub(super) async fn issue(&self, asking: &Asking<'_>) -> Result<Issued, TokenError> {
        let fetched = async {
            let request = self.request(asking)?;
            let none = || TransportError::other("there is no transport");
            let response = asking.shared.direct.as_ref().ok_or_else(none)?.send(request, options(asking)?).await?;
            let (parts, mut body) = response.into_parts();
            Ok(Response::from_parts(parts, body.collect(asking.shared.max_error_body, None).await?))
        };
        self.read(fetched.await)
    }

    #[cfg(feature = "blocking")]
    pub(super) fn issue_blocking(&self, asking: &Asking<'_>) -> Result<Issued, TokenError> {
        let fetch = || {
            let response = asking.shared.direct_blocking.send(self.request(asking)?, options(asking)?)?;
            let (parts, body) = response.into_parts();
            Ok(Response::from_parts(parts, body.collect_blocking(asking.shared.max_error_body, None)?))
        };
        self.read(fetch())
    }

    fn empty() -> Self {
        Self {
            token_url: None,
            id: String::new(),
            secret: None,
            refresh_token: None,
            renewed: None,
            parameters: Vec::new(),
            in_body: false,
        }
    }

    fn url_for<'a>(&'a self, scheme: &'a SecurityScheme) -> Option<&'a str> {
        let refresh = scheme.refresh_url.filter(|_| self.refresh_token.is_some());
        self.token_url.as_deref().or(refresh).or(scheme.token_url)
    }

    /// Where tokens are given. What a document says is not followed out of TLS.
    fn url(&self, asking: &Asking<'_>) -> Result<http::Uri, TransportError> {
        let base = &asking.shared.base;
        let text = self.url_for(asking.scheme).unwrap_or_default();
        let (url, query) = text.split_once('?').unwrap_or((text, ""));
        let wrong = |reason: &str| TransportError::other(format!("the URL where tokens are given: {reason}"));
        let (slash, mark) = (url.ends_with('/'), if query.is_empty() { "" } else { "?" });
        let url = base.resolve(url).map_err(wrong)?;
        let slash = if slash || url.path().is_empty() { "/" } else { "" };
        if self.token_url.is_none() && base.is_https() && !BaseUrl::is_https(&url) {
            return Err(wrong("it is not `https`, as the server's is: set `token_url` if you trust it"));
        }
        url.at([url.path(), slash, mark, query].concat()).ok_or_else(|| wrong("it is not a URL"))
    }

    fn request(&self, asking: &Asking<'_>) -> Result<Request<Body>, TransportError> {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        match &self.refresh_token {
            None => pairs.push(("grant_type", "client_credentials".to_owned())),
            Some(token) => {
                let token = token.lock().unwrap_or_else(PoisonError::into_inner);
                pairs.push(("grant_type", "refresh_token".to_owned()));
                pairs.push(("refresh_token", token.expose_secret().to_owned()));
            }
        }
        pairs.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())));
        let secret = self.secret.as_ref().map(ExposeSecret::expose_secret);
        let header = secret.filter(|_| !self.in_body);
        if header.is_none() && !self.id.is_empty() {
            pairs.push(("client_id", self.id.clone()));
            pairs.extend(secret.map(|secret| ("client_secret", secret.to_owned())));
        }
        let pairs = pairs.iter().map(|(name, value)| format!("{}={}", percent::strict(name), percent::strict(value)));
        let mut request = Request::new(Body::from(pairs.collect::<Vec<_>>().join("&")));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url(asking)?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(agent) = asking.shared.headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, agent.clone());
        }
        if let Some(secret) = header {
            let pair = format!("{}:{}", percent::strict(&self.id), percent::strict(secret));
            let value = HeaderValue::try_from(format!("Basic {}", base64::encode(pair.as_bytes())));
            let mut value = value.map_err(TransportError::other)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    /// RFC 6749, sections 5.1 and 5.2.
    fn read(&self, fetched: Result<Response<Collected>, TransportError>) -> Result<Issued, TokenError> {
        let lost = |error| TokenError::unanswered(error, self.refresh_token.is_none());
        let (parts, body) = fetched.map_err(lost)?.into_parts();
        let said: Value = serde_json::from_slice(&body.bytes).unwrap_or_default();
        let text = |key: &str| said.get(key).and_then(Value::as_str);
        let retry_after = retry::asked(&parts.headers);
        let refuse = |code: Option<&str>, description: &str| {
            let (code, description) = (code.map(|code| self.without_secrets(code)), self.without_secrets(description));
            TokenError::answered(Answer { status: parts.status, code, description, retry_after })
        };
        if !parts.status.is_success() || said.get("error").is_some() {
            return Err(refuse(text("error"), text("error_description").unwrap_or_default()));
        }
        let Some(token) = text("access_token").filter(|token| !token.is_empty()) else {
            return Err(refuse(None, "the answer has no `access_token`"));
        };
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(refuse(None, "the token is no bearer token"));
        }
        if let Some((kept, new)) = self.refresh_token.as_ref().zip(text("refresh_token")) {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = SecretString::from(new.to_owned());
            self.renewed.iter().for_each(|renewed| renewed(new));
        }
        let issued = Issued::new(token);
        let seconds = said.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok(lifetime.into_iter().fold(issued, Issued::expires_in))
    }

    /// A text of the server's on one line, without what was sent to it.
    fn without_secrets(&self, text: &str) -> String {
        let refresh =
            self.refresh_token.as_ref().map(|token| token.lock().unwrap_or_else(PoisonError::into_inner).clone());
        let secrets = self.secret.iter().chain(&refresh).map(ExposeSecret::expose_secret);
        let shown = secrets.filter(|one| !one.is_empty()).fold(text.to_owned(), |text, one| text.replace(one, "…"));
        excerpt(&Bytes::from(shown))
    }
}

fn options(asking: &Asking<'_>) -> Result<TransportOptions, TransportError> {
    match asking.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
        Some(Duration::ZERO) => Err(TransportError::timeout()),
        timeout => Ok(TransportOptions { timeout, ..TransportOptions::default() }),
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OAuth2").field("client", &self.id).finish_non_exhaustive()
    }
}
