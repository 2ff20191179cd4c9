//! Paths and the operations on them.
//!
//! In: Path Item Objects and Operation Objects. Out: what a request is made of, parameters and
//! bodies by id. Never: parameters of a path merged into its operations; that is lowering.

use std::fmt;

use super::{
    Extensions, ExternalDocs, OperationId, ParameterId, RequestBodyId, ResponseId, SecurityRequirement, Server,
    StatusKey,
};
use crate::source::At;

/// A path and what can be done with it.
#[derive(Clone, Debug, Default)]
pub struct PathItem {
    /// The Path Item Object.
    pub at: At,
    /// The template as written: `/pets/{petId}`; for a webhook its name.
    pub path: String,
    /// One line for all operations.
    pub summary: Option<String>,
    /// Prose for all operations.
    pub description: Option<String>,
    /// Servers for these operations instead of the document's.
    pub servers: Vec<Server>,
    /// Parameters of every operation on the path.
    pub parameters: Vec<ParameterId>,
    /// The operations in document order.
    pub operations: Vec<OperationId>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A call that the API offers.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The Operation Object.
    pub at: At,
    /// The path it belongs to, as written.
    pub path: String,
    /// The HTTP method.
    pub method: Method,
    /// Its name, unique in the document: the second use of a name is reported and left out.
    pub operation_id: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// The tags, declared or not.
    pub tags: Vec<String>,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// Its own parameters; those of the path are in [`PathItem::parameters`].
    pub parameters: Vec<ParameterId>,
    /// What is sent.
    pub request_body: Option<RequestBodyId>,
    /// What may come back, in document order, with no status twice.
    pub responses: Vec<(StatusKey, ResponseId)>,
    /// The alternatives that authorize it. `None`: those of the document; empty: none needed.
    pub security: Option<Vec<SecurityRequirement>>,
    /// Servers for this operation instead of the path's.
    pub servers: Vec<Server>,
    /// How many callbacks it declares. They are requests to the caller and are not generated from.
    pub callbacks: usize,
    /// Where more is written.
    pub external_docs: Option<ExternalDocs>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
    /// `QUERY` (3.2).
    Query,
    /// Any other, exactly as sent (3.2 `additionalOperations`).
    Other(String),
}

impl Method {
    /// The method as it is sent: `GET`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
