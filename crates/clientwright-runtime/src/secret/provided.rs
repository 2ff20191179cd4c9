//! What providers give, and when they are asked.
//!
//! In: a provider, and the calls that need what it gives. Out: the secret that is good now. Never happens: a provider
//! asked by two calls at the same time (one that blocks and one that does not may both ask); a call that waits longer than
//! it may take; a failure hidden from those who waited for it.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::gate::Gate;
use super::{Issued, OAuth2, ProviderError};
use crate::client::Shared;
use crate::security::SecurityScheme;
use crate::timer;
use crate::transport::BoxFuture;

/// How long before its end a secret is no longer used, unless it lives so shortly that a tenth of its life is less.
const LEEWAY: Duration = Duration::from_secs(30);

/// A provider, and what it gave last.
pub(crate) struct Provided {
    source: Source,
    last: Mutex<Last>,
    gate: Gate,
    /// The turn of calls that block: a task must not be waited for, which may be one of the same thread.
    #[cfg(feature = "blocking")]
    turn: Mutex<()>,
}

pub(super) enum Source {
    Asynchronous(Box<dyn Fn() -> BoxFuture<Result<Issued, ProviderError>> + Send + Sync>),
    Blocking(Box<dyn Fn() -> Result<Issued, ProviderError> + Send + Sync>),
    Grant(OAuth2),
}

/// The call that needs a secret.
pub(crate) struct Asking<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) scheme: &'static SecurityScheme,
    pub(crate) deadline: Option<Instant>,
}

/// Why there is no secret.
pub(crate) enum Missing {
    Failed(Failure),
    Late,
}

type Failure = Arc<dyn StdError + Send + Sync>;

#[derive(Default)]
struct Last {
    text: Option<SecretString>,
    until: Option<Instant>,
    /// How many there were, so that a refusal of an older one does not discard a newer.
    count: u64,
    refused: bool,
    /// How often the provider failed, so that those who waited for it know.
    failures: u64,
    failure: Option<Failure>,
}

impl Provided {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            last: Mutex::default(),
            gate: Gate::default(),
            #[cfg(feature = "blocking")]
            turn: Mutex::default(),
        }
    }

    /// The text; `None` where the provider was not asked yet.
    pub(super) fn current(&self) -> Option<SecretString> {
        self.last().text.clone()
    }

    /// What cannot be fetched for this scheme, said when the client is built.
    pub(crate) fn check(&self, scheme: &SecurityScheme) -> Result<(), &'static str> {
        match &self.source {
            Source::Asynchronous(_) | Source::Blocking(_) => Ok(()),
            Source::Grant(grant) => grant.check(scheme),
        }
    }

    /// Has a secret that is good; which one it is.
    pub(crate) async fn ensure(&self, asking: &Asking<'_>) -> Result<u64, Missing> {
        let failures = self.last().failures;
        if let Some(good) = self.good() {
            return Ok(good);
        }
        let asked = async {
            let _pass = self.gate.enter().await;
            if let Some(known) = self.known(failures) {
                return known;
            }
            self.keep(match &self.source {
                Source::Asynchronous(provider) => provider().await,
                Source::Blocking(provider) => provider(),
                Source::Grant(grant) => grant.issue(asking).await.map_err(ProviderError::from),
            })
        };
        timer::within(asking.deadline, std::pin::pin!(asked)).await.unwrap_or(Err(Missing::Late))
    }

    /// The same for calls that block. A provider of the caller's own is waited for as long as it takes.
    #[cfg(feature = "blocking")]
    pub(crate) fn ensure_blocking(&self, asking: &Asking<'_>) -> Result<u64, Missing> {
        let failures = self.last().failures;
        if let Some(good) = self.good() {
            return Ok(good);
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.known(failures) {
            return known;
        }
        if asking.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Missing::Late);
        }
        self.keep(match &self.source {
            Source::Asynchronous(_) => Err("its provider is asynchronous, which a call that blocks cannot ask".into()),
            Source::Blocking(provider) => provider(),
            Source::Grant(grant) => grant.issue_blocking(asking).map_err(ProviderError::from),
        })
    }

    /// Says that the server refused a secret.
    pub(crate) fn refuse(&self, which: u64) {
        let mut last = self.last();
        last.refused |= last.count == which;
    }

    fn good(&self) -> Option<u64> {
        let last = self.last();
        let expired = last.until.is_some_and(|until| Instant::now() >= until);
        (last.text.is_some() && !last.refused && !expired).then_some(last.count)
    }

    /// How another call's asking ended that was waited for.
    fn known(&self, failures: u64) -> Option<Result<u64, Missing>> {
        if let Some(good) = self.good() {
            return Some(Ok(good));
        }
        let last = self.last();
        let failure = last.failure.clone().filter(|_| last.failures > failures)?;
        Some(Err(Missing::Failed(failure)))
    }

    fn keep(&self, issued: Result<Issued, ProviderError>) -> Result<u64, Missing> {
        let mut last = self.last();
        match issued {
            Ok(Issued { text, lifetime }) => {
                let good = lifetime.map(|lifetime| lifetime.saturating_sub(LEEWAY.min(lifetime / 10)));
                let until = good.and_then(|good| Instant::now().checked_add(good));
                let (count, failures) = (last.count + 1, last.failures);
                *last = Last { text: Some(text), until, count, refused: false, failures, failure: None };
                Ok(count)
            }
            Err(error) => {
                let failure = Failure::from(error);
                last.failures += 1;
                last.failure = Some(Arc::clone(&failure));
                Err(Missing::Failed(failure))
            }
        }
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
