//! Why a client cannot be built.
//!
//! In: what the builder was given that cannot be used. Out: an error that says why. Never happens: a credential, or the
//! value of a header, in its text.

use std::fmt;

/// A client that cannot be built.
pub struct BuildError {
    reason: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl BuildError {
    #[cfg(feature = "reqwest")]
    pub(crate) fn transport(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { reason: "connections cannot be set up".to_owned(), source: Some(source.into()) }
    }

    pub(crate) fn server(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), source: None }
    }

    pub(crate) fn credential(scheme: &str, reason: &str) -> Self {
        Self { reason: format!("the credential for `{scheme}` cannot be used: {reason}"), source: None }
    }

    pub(crate) fn no_credential(names: &[String]) -> Self {
        let reason = format!("no credential is in the environment, in {}", names.join(", "));
        Self { reason, source: None }
    }

    pub(crate) fn header(name: &str) -> Self {
        let name = name.escape_debug();
        Self { reason: format!("the header `{name}` has a name or value that headers cannot have"), source: None }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)?;
        self.source.as_ref().map_or(Ok(()), |source| write!(formatter, ": {source}"))
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BuildError({self})")
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
