//! Secrets: texts that are known from the start, and texts that a provider gives and that expire.
//!
//! In: a text, or a provider. Out: the text to be sent now. Never happens: a secret in `Debug`; a provider asked twice at
//! the same time, or again while what it gave is good.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use secrecy::SecretString;

use crate::transport::BoxFuture;

/// How long before its end a secret is no longer used, unless it lives so shortly that a tenth of its life is less.
const LEEWAY: Duration = Duration::from_secs(30);

/// What a provider may fail with.
pub type ProviderError = Box<dyn StdError + Send + Sync>;

/// A text that proves who calls: a key or a token, known from the start or given by a provider.
///
/// ```
/// use clientwright_runtime::{Issued, Secret};
/// use std::time::Duration;
///
/// let known = Secret::from("ak_live_…");
/// // Asked when a token is needed, again when it expires, and once more when the server refuses it with 401.
/// let renewed = Secret::provided(|| async { Ok(Issued::new("eyJ…").expires_in(Duration::from_secs(3600))) });
/// # let _ = (known, renewed);
/// ```
#[derive(Clone)]
pub struct Secret(Kind);

#[derive(Clone)]
enum Kind {
    Known(SecretString),
    Provided(Arc<Provided>),
}

impl Secret {
    /// What an asynchronous provider gives. Calls that block cannot ask it.
    pub fn provided<F, R>(provider: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Issued, ProviderError>> + Send + 'static,
    {
        Self::by(Source::Asynchronous(Box::new(move || Box::pin(provider()))))
    }

    /// What a provider gives that blocks. Asynchronous calls wait for it on their thread.
    pub fn provided_blocking(provider: impl Fn() -> Result<Issued, ProviderError> + Send + Sync + 'static) -> Self {
        Self::by(Source::Blocking(Box::new(provider)))
    }

    /// The text; `None` where a provider was not asked yet.
    pub(crate) fn current(&self) -> Option<SecretString> {
        match &self.0 {
            Kind::Known(text) => Some(text.clone()),
            Kind::Provided(provided) => provided.issued.lock().unwrap_or_else(PoisonError::into_inner).text.clone(),
        }
    }

    pub(crate) const fn provider(&self) -> Option<&Arc<Provided>> {
        match &self.0 {
            Kind::Known(_) => None,
            Kind::Provided(provided) => Some(provided),
        }
    }

    fn by(source: Source) -> Self {
        Self(Kind::Provided(Arc::new(Provided { source, issued: Mutex::default(), gate: Gate::default() })))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Kind::Known(SecretString::from(text)))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// What a provider gave, and how long it is good.
pub struct Issued {
    text: SecretString,
    lifetime: Option<Duration>,
}

impl Issued {
    /// A secret that is good until the server refuses it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: SecretString::from(text.into()), lifetime: None }
    }

    /// Sets how long it is good from now on.
    #[must_use]
    pub const fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Issued({:?})", self.lifetime)
    }
}

/// A provider, and what it gave last.
pub(crate) struct Provided {
    source: Source,
    issued: Mutex<Last>,
    gate: Gate,
}

enum Source {
    Asynchronous(Box<dyn Fn() -> BoxFuture<Result<Issued, ProviderError>> + Send + Sync>),
    Blocking(Box<dyn Fn() -> Result<Issued, ProviderError> + Send + Sync>),
}

#[derive(Default)]
struct Last {
    text: Option<SecretString>,
    until: Option<Instant>,
    /// How many there were, so that a refusal of an older one does not discard a newer.
    count: u64,
    refused: bool,
}

impl Provided {
    /// Has a secret that is good; which one it is.
    pub(crate) async fn ensure(&self) -> Result<u64, ProviderError> {
        if let Some(good) = self.good() {
            return Ok(good);
        }
        let _pass = self.gate.enter().await;
        if let Some(good) = self.good() {
            return Ok(good);
        }
        let issued = match &self.source {
            Source::Asynchronous(provider) => provider().await?,
            Source::Blocking(provider) => provider()?,
        };
        Ok(self.keep(issued))
    }

    /// The same for calls that block.
    #[cfg(feature = "blocking")]
    pub(crate) fn ensure_blocking(&self) -> Result<u64, ProviderError> {
        if let Some(good) = self.good() {
            return Ok(good);
        }
        match &self.source {
            Source::Asynchronous(_) => Err("its provider is asynchronous, which a call that blocks cannot ask".into()),
            Source::Blocking(provider) => Ok(self.keep(provider()?)),
        }
    }

    /// Says that the server refused a secret.
    pub(crate) fn refuse(&self, which: u64) {
        let mut last = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        last.refused |= last.count == which;
    }

    fn good(&self) -> Option<u64> {
        let last = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let expired = last.until.is_some_and(|until| Instant::now() >= until);
        (last.text.is_some() && !last.refused && !expired).then_some(last.count)
    }

    fn keep(&self, issued: Issued) -> u64 {
        let good = issued.lifetime.map(|lifetime| lifetime.saturating_sub(LEEWAY.min(lifetime / 10)));
        let mut last = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let until = good.and_then(|good| Instant::now().checked_add(good));
        *last = Last { text: Some(issued.text), until, count: last.count + 1, refused: false };
        last.count
    }
}

/// Lets one pass at a time, and the others wait without a thread.
#[derive(Default)]
struct Gate(Mutex<(bool, Vec<Waker>)>);

struct Pass<'a>(&'a Gate);

impl Gate {
    async fn enter(&self) -> Pass<'_> {
        std::future::poll_fn(|context| {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if state.0 {
                state.1.push(context.waker().clone());
                return Poll::Pending;
            }
            state.0 = true;
            Poll::Ready(())
        })
        .await;
        Pass(self)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = false;
        state.1.drain(..).for_each(Waker::wake);
    }
}
