//! Operations: what is sent and what may come back.
//!
//! In: what lowering decided of an operation. Out: everything a request and the reading of its answer need. Never
//! happens: a choice left open that changes the bytes on the wire.

use clientwright_document::source::At;

use super::{Docs, Limits, Location, Method, Server, StatusKey, Style, TypeRef};

/// A call that the API offers.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The Operation Object.
    pub at: At,
    /// Its `operationId`.
    pub id: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path's template: `/pets/{petId}`.
    pub path: String,
    /// Its first tag.
    pub tag: Option<String>,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// The parameters: the path's, then its own, in document order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What may come back, in document order.
    pub responses: Vec<Response>,
    /// The alternatives of which one authorizes it, each a set of schemes; empty where none is needed.
    pub security: Vec<Vec<String>>,
    /// The server it is sent to, where that is not the API's.
    pub server: Option<Server>,
}

impl Operation {
    /// What it is known by: its `operationId`, or method and path.
    #[must_use]
    pub fn identity(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }
}

/// A value that a request carries outside of its body.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The Parameter Object.
    pub at: At,
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether every request carries it.
    pub required: bool,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// What the document says about it.
    pub docs: Docs,
    /// How its value is written.
    pub encoding: Encoding,
    /// Its value.
    pub value: TypeRef,
    /// What else the document demands of the value.
    pub limits: Limits,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In one of `OpenAPI`'s styles.
    Style {
        /// The style.
        style: Style,
        /// Whether lists and objects become several pairs.
        explode: bool,
        /// Whether reserved characters stay unescaped.
        allow_reserved: bool,
    },
    /// As JSON.
    Json,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub struct Body {
    /// The Request Body Object.
    pub at: At,
    /// Whether every request carries it.
    pub required: bool,
    /// What the document says about it.
    pub docs: Docs,
    /// The media type it is sent as.
    pub media_type: String,
    /// How it is written.
    pub content: Content,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// There is no body.
    Nothing,
    /// JSON.
    Json(TypeRef),
    /// A form in the body, `application/x-www-form-urlencoded` (WHATWG URL).
    Form(TypeRef),
    /// Text.
    Text,
    /// Bytes that say nothing to this model.
    Bytes,
}

/// What may come back.
#[derive(Clone, Debug)]
pub struct Response {
    /// The Response Object.
    pub at: At,
    /// The status it is declared for.
    pub status: StatusKey,
    /// Its name in the components.
    pub component: Option<String>,
    /// What the document says about it.
    pub description: String,
    /// The media type that is asked for, where there is a body.
    pub media_type: Option<String>,
    /// How its body is written.
    pub content: Content,
}
