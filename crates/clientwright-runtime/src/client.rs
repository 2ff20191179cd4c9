//! The client and its builder.
//!
//! In: an [`Api`], and what its user chooses: server, credentials, limits, transport. Out: a [`Client`] that makes calls.
//! Never happens: a client whose server, credentials or headers turn out to be unusable when the first call is made.

mod environment;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderName, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use crate::api::{Api, ServerUrl};
use crate::build_error::BuildError;
use crate::call::Call;
use crate::middleware::{Layered, Layers, Middleware};
use crate::observe::Observer;
use crate::operation::Operation;
use crate::plan::Limits;
use crate::retry::{Budget, RETRIES_IN_A_ROW, Retries};
use crate::security::{Credential, SecurityScheme};
use crate::transport::Transport;
#[cfg(feature = "blocking")]
use crate::transport::{BlockingTransport, UreqTransport};
use crate::url::BaseUrl;

/// How long a call may take if nothing else is said: 60 seconds.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// How many bytes the body of a success may have if nothing else is said: 64 MiB, after decompression.
pub const DEFAULT_MAX_BODY: usize = 64 * 1024 * 1024;

/// How many bytes the body of any other answer may have if nothing else is said: 1 MiB, after decompression.
pub const DEFAULT_MAX_ERROR_BODY: usize = 1024 * 1024;

/// Makes calls to one server. Cheap to clone; all clones share connections.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base: BaseUrl,
    /// The variables that were given for the documented server; `None` where the caller gave another URL.
    pub(crate) variables: Option<Vec<(&'static str, String)>>,
    pub(crate) credentials: Vec<(&'static SecurityScheme, Credential)>,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) budget: Budget,
    pub(crate) max_body: usize,
    pub(crate) max_error_body: usize,
    pub(crate) middleware: Layers,
    pub(crate) observers: Vec<Arc<dyn Observer>>,
    /// With the middleware around it.
    pub(crate) transport: Option<Arc<dyn Transport>>,
    /// Without it, for tokens that other servers give.
    pub(crate) direct: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Arc<dyn BlockingTransport>,
    #[cfg(feature = "blocking")]
    pub(crate) direct_blocking: Arc<dyn BlockingTransport>,
}

impl Client {
    /// Starts a client for the API's default server, with [`DEFAULT_TIMEOUT`] and the default limits.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder {
            api,
            base_url: None,
            server: api.server.map(ServerUrl::new),
            credentials: Vec::new(),
            headers: Vec::new(),
            limits: Limits { call: Some(DEFAULT_TIMEOUT), attempt: None, idle: None, retries: Retries::default() },
            retries_in_a_row: RETRIES_IN_A_ROW,
            middleware: Vec::new(),
            observers: Vec::new(),
            max_body: DEFAULT_MAX_BODY,
            max_error_body: DEFAULT_MAX_ERROR_BODY,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking: None,
        }
    }

    /// Starts a call of an operation.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self, operation)
    }
}

/// Puts a [`Client`] together.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server: Option<ServerUrl>,
    credentials: Vec<(&'static str, Credential)>,
    headers: Vec<(String, String)>,
    limits: Limits,
    retries_in_a_row: u32,
    middleware: Vec<Arc<dyn Middleware>>,
    observers: Vec<Arc<dyn Observer>>,
    max_body: usize,
    max_error_body: usize,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking: Option<Arc<dyn BlockingTransport>>,
}

impl ClientBuilder {
    /// Sends calls to another server: `http` or `https`, a host, perhaps a port and a path that all paths are put under.
    /// Credentials are sent to this server. It replaces every documented server, also those of single operations.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self.server = None;
        self
    }

    /// Sends calls to this documented server. Operations that are documented to have a server of their own are sent
    /// there; variables that both URLs have are the same in both.
    pub fn server(mut self, server: impl Into<ServerUrl>) -> Self {
        self.server = Some(server.into());
        self.base_url = None;
        self
    }

    /// Sets the credential of a security scheme.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Adds a header to every call, in place of whatever else would be sent under this name. Its value is not shown in
    /// errors.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.header("user-agent", value)
    }

    /// Sets how long a call may take with all its attempts, until the last byte of its answer; without an end if `None`.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.call = timeout.into();
        self
    }

    /// Sets how long each attempt of a call may take; as long as the call if `None`, which it is unless set.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.attempt = timeout.into();
        self
    }

    /// Sets how long a call waits for the next part of an answer's body; as long as the attempt may take if `None`, which
    /// it is unless set. Where a call blocks, its bodies are then read in threads.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.idle = timeout.into();
        self
    }

    /// Sets whether and how calls are made again that failed for reasons which pass; at most twice unless set.
    pub const fn retries(mut self, retries: Retries) -> Self {
        self.limits.retries = retries;
        self
    }

    /// Sets how many retries the client makes in a row where nothing ends well; 100 unless set. Five calls that end well
    /// give one back, so that a server in trouble is not asked twice as much.
    pub const fn retry_budget(mut self, retries: u32) -> Self {
        self.retries_in_a_row = retries;
        self
    }

    /// Puts something around calls, or around each request that they send; what is put first stands outermost.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Tells somebody of calls and attempts when they end.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// Sets how many bytes the body of a success may have, after decompression.
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how many bytes the body of any other answer may have, after decompression.
    pub const fn max_error_body(mut self, bytes: usize) -> Self {
        self.max_error_body = bytes;
        self
    }

    /// Sends calls by other means: a test's, or middleware around another transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends calls with a client of one's own. Start it from
    /// [`ReqwestTransport::builder`](crate::ReqwestTransport::builder): a client that follows redirects may hand
    /// credentials to other hosts before this crate can see it (it makes that an error afterwards).
    #[cfg(feature = "reqwest")]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(crate::transport::ReqwestTransport::from(client))
    }

    /// Sends calls that block by other means.
    #[cfg(feature = "blocking")]
    pub fn blocking_transport(mut self, transport: impl BlockingTransport) -> Self {
        self.blocking = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// Fails where the server's URL, a credential or a header cannot be used, and where TLS cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let base = self.base()?;
        let (credentials, headers) = (self.checked_credentials()?, self.checked_headers()?);
        let direct = match &self.transport {
            Some(transport) => Some(Arc::clone(transport)),
            // Operations may have servers of their own, which are asked for by `https` or not.
            None => default_transport(base.is_https() || self.base_url.is_none())?,
        };
        #[cfg(feature = "blocking")]
        let direct_blocking = self.blocking.unwrap_or_else(|| Arc::new(UreqTransport::new()));
        let middleware: Layers = self.middleware.into();
        let plain = middleware.is_empty();
        let layered =
            |transport| Arc::new(Layered { layers: Arc::clone(&middleware), transport }) as Arc<dyn Transport>;
        #[cfg(feature = "blocking")]
        let layered_blocking =
            |transport| Arc::new(Layered { layers: Arc::clone(&middleware), transport }) as Arc<dyn BlockingTransport>;
        Ok(Client(Arc::new(Shared {
            api: self.api,
            credentials,
            headers,
            limits: self.limits,
            budget: Budget::new(self.retries_in_a_row),
            max_body: self.max_body,
            max_error_body: self.max_error_body,
            transport: if plain { direct.clone() } else { direct.clone().map(layered) },
            direct,
            #[cfg(feature = "blocking")]
            blocking: if plain { Arc::clone(&direct_blocking) } else { layered_blocking(Arc::clone(&direct_blocking)) },
            #[cfg(feature = "blocking")]
            direct_blocking,
            middleware: Arc::clone(&middleware),
            observers: self.observers,
            base,
            variables: self.base_url.is_none().then(|| self.server.map(|chosen| chosen.given).unwrap_or_default()),
        })))
    }

    fn base(&self) -> Result<BaseUrl, BuildError> {
        let text = match (&self.base_url, &self.server) {
            (Some(url), _) => url.clone(),
            (None, Some(chosen)) => chosen.server.expand(&chosen.given).map_err(BuildError::server)?,
            (None, None) => return Err(BuildError::server("no server is documented: set `base_url`")),
        };
        if self.base_url.is_none() && !text.contains("://") {
            let reason = "the documented server is relative to where its document is found: set `base_url`";
            return Err(BuildError::server(reason));
        }
        BaseUrl::parse(&text).map_err(|reason| BuildError::server(format!("the server's URL cannot be used: {reason}")))
    }

    fn checked_credentials(&self) -> Result<Vec<(&'static SecurityScheme, Credential)>, BuildError> {
        let mut checked = Vec::with_capacity(self.credentials.len());
        for (name, credential) in &self.credentials {
            let scheme = self.api.schemes.iter().find(|scheme| scheme.name == *name);
            let scheme = scheme.ok_or_else(|| BuildError::credential(name, "the API has no such security scheme"))?;
            credential.check(scheme).map_err(|reason| BuildError::credential(name, reason))?;
            checked.push((scheme, credential.clone()));
        }
        Ok(checked)
    }

    fn checked_headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        if !self.api.user_agent.is_empty() {
            let value = HeaderValue::from_str(self.api.user_agent).map_err(|_| BuildError::header("user-agent"))?;
            headers.insert(USER_AGENT, value);
        }
        for (name, value) in &self.headers {
            let value = HeaderValue::from_bytes(value.as_bytes());
            let (Ok(key), Ok(mut value)) = (name.parse::<HeaderName>(), value) else {
                return Err(BuildError::header(name));
            };
            value.set_sensitive(key != USER_AGENT);
            headers.insert(key, value);
        }
        Ok(headers)
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(https: bool) -> Result<Option<Arc<dyn Transport>>, BuildError> {
    Ok(Some(Arc::new(crate::transport::ReqwestTransport::new(https)?)))
}

#[cfg(not(feature = "reqwest"))]
#[allow(clippy::unnecessary_wraps)] // as its twin
fn default_transport(_https: bool) -> Result<Option<Arc<dyn Transport>>, BuildError> {
    Ok(None)
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("api", &self.0.api.name)
            .field("server", &self.0.base)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClientBuilder").field("api", &self.api.name).finish_non_exhaustive()
    }
}
