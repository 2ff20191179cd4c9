//! How clients are made: servers and credentials.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a server that is there twice.

use super::{Docs, Ident, Variant};

/// How clients are made.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The servers: the API's, then those that only operations have.
    pub servers: Vec<Server>,
    /// The credentials that can be given.
    pub credentials: Vec<Credential>,
}

impl Client {
    /// The server that calls are sent to if none is chosen: the document's first one, unless that is left to operations.
    #[must_use]
    pub fn default_server(&self) -> Option<&Server> {
        self.servers.first().filter(|server| !server.for_operations)
    }
}

/// Where the API, or a single operation, is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The static description.
    pub constant: Ident,
    /// How callers choose it; none where it is not theirs to choose, or its URL is not whole.
    pub choice: Option<ServerChoice>,
    /// Whether only operations are sent there.
    pub for_operations: bool,
    /// The URL, with `{variables}`.
    pub url: String,
    /// The variables.
    pub variables: Vec<ServerVariable>,
}

/// How callers choose a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChoice {
    /// The function that gives it.
    pub function: Ident,
    /// What that gives, where there are variables to be set.
    pub type_name: Ident,
    /// What is said about it.
    pub docs: Docs,
}

/// A variable in a server's URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// Its setter.
    pub setter: Ident,
    /// What is said about it.
    pub docs: Docs,
    /// The value it has unless one is given.
    pub default: String,
    /// The only values it may have, if they are limited.
    pub values: Option<ServerValues>,
}

/// The values that a server's variable may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerValues {
    /// The enumeration.
    pub name: Ident,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// A credential and the builder's method that takes it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The method.
    pub method: Ident,
    /// The scheme's name in the document.
    pub scheme: String,
    /// What the document says about it.
    pub docs: Docs,
    /// What it is.
    pub kind: CredentialKind,
    /// What stands before the key on the wire.
    pub prefix: Option<String>,
    /// Where an OAuth 2 server gives tokens.
    pub token_url: Option<String>,
    /// Where it gives them for refresh tokens, if that is another place.
    pub refresh_url: Option<String>,
}

/// What a credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A key in a header, in the query or in a cookie.
    ApiKey {
        /// Where it goes.
        location: KeyLocation,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// A token in the `Authorization` header.
    Bearer,
    /// A name and a password in the `Authorization` header.
    Basic,
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// Into a header.
    Header,
    /// Into the query.
    Query,
    /// Into a cookie.
    Cookie,
}
