//! Secrets: texts that are known from the start, and texts that a provider gives and that expire.
//!
//! In: a text, a provider, or what an `OAuth` 2 server gives tokens for. Out: the text to be sent now. Never happens: a
//! secret in `Debug`; a provider asked twice at the same time, or again while what it gave is good.

mod gate;
mod oauth;
mod provided;
mod token_error;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

pub use self::oauth::OAuth2;
use self::provided::Source;
pub(crate) use self::provided::{Asking, Missing, Provided};
pub use self::token_error::TokenError;

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
    /// What an asynchronous provider gives. Calls that block cannot ask it; the others wait for it as long as they may
    /// take.
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
    pub(crate) fn current(&self) -> Option<Cow<'_, SecretString>> {
        match &self.0 {
            Kind::Known(text) => Some(Cow::Borrowed(text)),
            Kind::Provided(provided) => provided.current().map(Cow::Owned),
        }
    }

    pub(crate) const fn provider(&self) -> Option<&Arc<Provided>> {
        match &self.0 {
            Kind::Known(_) => None,
            Kind::Provided(provided) => Some(provided),
        }
    }

    fn by(source: Source) -> Self {
        Self(Kind::Provided(Arc::new(Provided::new(source))))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Kind::Known(SecretString::from(text)))
    }
}

impl From<OAuth2> for Secret {
    /// A token that is fetched when it is needed, by calls that block and by those that do not.
    fn from(grant: OAuth2) -> Self {
        Self::by(Source::Grant(grant))
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
