//! How callers prove who they are.
//!
//! In: Security Scheme and Security Requirement Objects. Out: the same, `OpenAPI` 2.0's `basic`
//! read as the HTTP scheme it is. Never: a credential.

use indexmap::IndexMap;

use super::Extensions;
use crate::source::At;

/// A way to authorize requests.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The Security Scheme Object.
    pub at: At,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
    /// Whether callers should stop using it (3.2).
    pub deprecated: bool,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// What a security scheme is.
#[derive(Clone, Debug)]
pub enum SecurityKind {
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where the key goes.
        location: ApiKeyLocation,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// A scheme of the `Authorization` header.
    Http {
        /// The scheme in lower case: `basic`, `bearer`.
        scheme: String,
        /// A hint about the form of the token: `JWT`.
        bearer_format: Option<String>,
    },
    /// `OAuth` 2.
    OAuth2 {
        /// The ways to get a token.
        flows: Box<OAuthFlows>,
        /// Where the authorization server describes itself (RFC 8414; 3.2).
        metadata_url: Option<String>,
    },
    /// `OpenID` Connect.
    OpenIdConnect {
        /// Where its configuration is found.
        url: String,
    },
    /// A certificate of the client's (3.1 and later).
    MutualTls,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKeyLocation {
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// The ways to get an `OAuth` 2 token.
#[derive(Clone, Debug, Default)]
pub struct OAuthFlows {
    /// For clients that cannot keep a secret (deprecated by `OAuth` 2.1).
    pub implicit: Option<OAuthFlow>,
    /// With the user's own password (deprecated by `OAuth` 2.1).
    pub password: Option<OAuthFlow>,
    /// Between servers (`application` of `OpenAPI` 2.0).
    pub client_credentials: Option<OAuthFlow>,
    /// Through a code that the user's browser carries (`accessCode` of `OpenAPI` 2.0).
    pub authorization_code: Option<OAuthFlow>,
    /// On a device without a keyboard (3.2).
    pub device_authorization: Option<OAuthFlow>,
}

/// One way to get an `OAuth` 2 token.
#[derive(Clone, Debug, Default)]
pub struct OAuthFlow {
    /// The `OAuth` Flow Object.
    pub at: At,
    /// Where the user is sent.
    pub authorization_url: Option<String>,
    /// Where a device asks for its code (3.2).
    pub device_authorization_url: Option<String>,
    /// Where the token is fetched.
    pub token_url: Option<String>,
    /// Where it is renewed.
    pub refresh_url: Option<String>,
    /// What can be asked for: name to description.
    pub scopes: IndexMap<String, String>,
}

/// Schemes that authorize a request together. Empty: no authorization is needed.
#[derive(Clone, Debug, Default)]
pub struct SecurityRequirement {
    /// The Security Requirement Object.
    pub at: At,
    /// The names of the schemes, each with the scopes it needs.
    ///
    /// Every name is declared in [`Document::security_schemes`](super::Document::security_schemes).
    pub schemes: IndexMap<String, Vec<Scope>>,
}

/// The name of a scope (`OAuth` 2, `OpenID` Connect) or of a role (other schemes, 3.1 and later).
pub type Scope = String;
