//! TLS with rustls.
//!
//! In: nothing. Out: the one cryptography provider of both transports, and a configuration that trusts what the system
//! trusts. The provider is ring, not aws-lc-rs: it builds in seconds and needs neither cmake nor a C++ compiler. It is
//! handed to each transport, so that it matters not which provider the process has installed, or that it has none. Never
//! happens: global state; a certificate that is not checked.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
#[cfg(feature = "reqwest")]
use rustls_platform_verifier::BuilderVerifierExt;

/// The cryptography provider.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A configuration that trusts the system's certificates, or none at all where `https` is not needed (reading them takes
/// time, and fails where there are none).
#[cfg(feature = "reqwest")]
pub(crate) fn config(https: bool) -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = provider();
    let builder =
        rustls::ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    if !https {
        return Ok(builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth());
    }
    Ok(builder.with_platform_verifier()?.with_no_client_auth())
}
