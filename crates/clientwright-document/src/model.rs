//! The version-neutral model of an `OpenAPI` document.
//!
//! In: what the readers of the versions found ([`read`](crate::read())). Out: one shape for all of
//! them, which the later stages lower further. The words are those of `OpenAPI` 3.x and JSON Schema.
//!
//! Invariants: no difference between versions is left; every reference is linked to an id, so
//! schemas may point in circles; maps keep the document's order; every entity carries its place
//! ([`At`]). Never: text that a document did not contain (names, summaries, defaults of ours),
//! apart from defaults the specification itself defines.

mod arena;
mod body;
mod operation;
mod parameter;
mod schema;
mod security;

pub use arena::{Arena, HeaderId, Id, OperationId, ParameterId, RequestBodyId, ResponseId, SchemaId};
pub use body::{Encoding, Header, MediaType, RequestBody, Response, StatusKey};
pub use operation::{Method, Operation, PathItem};
pub use parameter::{Example, Location, Parameter, ParameterValue, Style};
pub use schema::{AdditionalProperties, Bound, Discriminator, JsonType, Reference, Schema, TypeSet, Xml, XmlNodeType};
pub use security::{ApiKeyLocation, OAuthFlow, OAuthFlows, Scope, SecurityKind, SecurityRequirement, SecurityScheme};

use indexmap::IndexMap;

use crate::source::{At, Value};

/// Values of `x-…` keys by their key, in document order.
pub type Extensions = IndexMap<String, Value>;

/// An `OpenAPI` document, whichever version it was written in.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The root object.
    pub at: At,
    /// The version as the document states it: `3.0.3`.
    pub version: String,
    /// What the API is.
    pub info: Info,
    /// Where the API is served. Empty when the document does not say (`OpenAPI` then means `/`).
    pub servers: Vec<Server>,
    /// The declared tags.
    pub tags: Vec<Tag>,
    /// The paths in document order.
    pub paths: Vec<PathItem>,
    /// Requests the API sends to its users, by name (3.1 and later; not generated from).
    pub webhooks: Vec<PathItem>,
    /// Path items that are declared and that no path or webhook is made of, by their names (3.1 and later; not generated
    /// from).
    pub unused_path_items: Vec<PathItem>,
    /// The alternatives that authorize an operation which states none itself.
    pub security: Vec<SecurityRequirement>,
    /// The declared security schemes by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The named schemas (`components/schemas`, `definitions`) in document order, and after them
    /// those that references bring in: from other files, by the name of the file or the last part of
    /// the pointer, and from `$defs`, in the order of their files. No two names mean the same schema.
    pub named_schemas: IndexMap<String, SchemaId>,
    /// Every operation, in document order.
    pub operations: Arena<OperationId, Operation>,
    /// Every schema, named and inline.
    pub schemas: Arena<SchemaId, Schema>,
    /// Every parameter; one declared in the components stands here once.
    pub parameters: Arena<ParameterId, Parameter>,
    /// Every request body.
    pub request_bodies: Arena<RequestBodyId, RequestBody>,
    /// Every response.
    pub responses: Arena<ResponseId, Response>,
    /// Every response header.
    pub headers: Arena<HeaderId, Header>,
    /// Where more is written about the API.
    pub external_docs: Option<ExternalDocs>,
    /// `x-…` keys of the root object.
    pub extensions: Extensions,
}

/// What an API is (the Info Object).
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The Info Object.
    pub at: At,
    /// The name of the API; empty when the document gives none.
    pub title: String,
    /// The version of the API (not of `OpenAPI`), as written; empty when the document gives none.
    pub version: String,
    /// One line about the API (3.1 and later).
    pub summary: Option<String>,
    /// Prose about the API, in `CommonMark`.
    pub description: Option<String>,
    /// A link to the terms of service.
    pub terms_of_service: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The licence of the API.
    pub license: Option<License>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// Whom to ask about an API.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The Contact Object.
    pub at: At,
    /// A person or an organisation.
    pub name: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// An address for mail.
    pub email: Option<String>,
}

/// The licence of an API.
#[derive(Clone, Debug, Default)]
pub struct License {
    /// The License Object.
    pub at: At,
    /// The name of the licence; empty when the document gives none.
    pub name: String,
    /// An SPDX expression (3.1 and later).
    pub identifier: Option<String>,
    /// The text of the licence.
    pub url: Option<String>,
}

/// Where an API is served. `OpenAPI` 2.0's `host`, `basePath` and `schemes` become servers too.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// The Server Object.
    pub at: At,
    /// A URL, possibly relative to the document, with `{variables}`.
    pub url: String,
    /// What this server is for.
    pub description: Option<String>,
    /// A short name (3.2).
    pub name: Option<String>,
    /// The variables of the URL in document order.
    pub variables: IndexMap<String, ServerVariable>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A part of a server's URL that the caller may choose.
#[derive(Clone, Debug, Default)]
pub struct ServerVariable {
    /// The Server Variable Object.
    pub at: At,
    /// The value used when the caller chooses none.
    pub default: String,
    /// The values that may be chosen (`enum`); empty when every value may.
    pub allowed: Vec<String>,
    /// What it chooses.
    pub description: Option<String>,
}

/// A declared tag.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// The Tag Object.
    pub at: At,
    /// The name operations refer to.
    pub name: String,
    /// One line about it (3.2).
    pub summary: Option<String>,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// The tag this one is nested under (3.2).
    pub parent: Option<String>,
    /// What the tag is for: `nav`, `badge`, `audience` (3.2).
    pub kind: Option<String>,
    /// Where more is written.
    pub external_docs: Option<ExternalDocs>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A page outside of the document.
#[derive(Clone, Debug, Default)]
pub struct ExternalDocs {
    /// The External Documentation Object.
    pub at: At,
    /// The address of the page.
    pub url: String,
    /// What is to be found there.
    pub description: Option<String>,
}

/// A value out of a document, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub value: Value,
}
