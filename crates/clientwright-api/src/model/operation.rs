//! Operations: what is sent and what may come back.
//!
//! In: what lowering decided of an operation. Out: everything a request and the reading of its answer need. Never
//! happens: a choice left open that changes the bytes on the wire.

use clientwright_document::model::SchemaId;
use clientwright_document::source::At;

use super::{Docs, Limits, Location, Method, Paging, Path, Server, StatusKey, Stream, Style, TypeRef, XmlNode};

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
    /// What comes back piece by piece, if anything does.
    pub stream: Option<Stream>,
    /// The alternatives of which one authorizes it, each a set of schemes; empty where none is needed.
    pub security: Vec<Vec<String>>,
    /// The server it is sent to, where that is not the API's.
    pub server: Option<Server>,
    /// Whether carrying it out twice does no more than once, where the document says so, whatever its method.
    pub repeatable: Option<bool>,
    /// The header with a key by which the server knows a request that it has carried out already.
    pub idempotency_key: Option<String>,
    /// How it gives a list page by page, if it does.
    pub paging: Option<Paging>,
    /// The way to the member of an answer that is taken for the answer; empty where there is none.
    pub envelope: Path,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In one of `OpenAPI`'s styles.
    Style(Styled),
    /// As JSON.
    Json,
    /// As a form, and what is special about its members.
    Form(Vec<Part>),
    /// As the text that it is, in whatever media type.
    Text,
}

/// How a value is written in one of `OpenAPI`'s styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styled {
    /// The style.
    pub style: Style,
    /// Whether lists and objects become several pairs.
    pub explode: bool,
    /// Whether reserved characters stay unescaped.
    pub allow_reserved: bool,
    /// How the items of lists are written, in the style that puts keys between brackets; none where nobody says it.
    pub lists: Option<Lists>,
}

/// How the items of lists are written where keys stand between brackets, of which `OpenAPI` says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// `a=1&a=2`; so also where nobody says it.
    Repeat,
    /// `a[]=1&a[]=2`
    Brackets,
    /// `a[0]=1&a[1]=2`
    Indices,
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
    /// The ways in which it can be sent, each another value or another form: the preferred one first, and at least one.
    pub representations: Vec<Representation>,
}

/// One way in which a body can be sent.
#[derive(Clone, Debug)]
pub struct Representation {
    /// The Media Type Object.
    pub at: At,
    /// The media type it is sent as; a range where only the caller knows what it is.
    pub media_type: String,
    /// Other media types for the same bytes.
    pub also: Vec<String>,
    /// How it is written.
    pub form: BodyForm,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// JSON.
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`: an object, and what is special about its members.
    Form(TypeRef, Vec<Part>),
    /// `multipart/form-data`, or another media type of parts: an object, what is special about its members, and which of them are files.
    Multipart(TypeRef, Vec<Part>, Vec<FileMember>),
    /// XML: its value, and how that stands in it.
    Xml(TypeRef, XmlNode),
    /// Values of JSON one after the other: a list of them, and the schema of one.
    Lines(TypeRef, Option<SchemaId>),
    /// Text.
    Text,
    /// Bytes that say nothing to this model.
    Bytes,
}

impl BodyForm {
    /// The value that is written, where it has a type of the document's.
    #[must_use]
    pub const fn value(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(value)
            | Self::Form(value, _)
            | Self::Multipart(value, ..)
            | Self::Xml(value, _)
            | Self::Lines(value, _) => Some(value),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The same, to be replaced.
    pub(crate) const fn value_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(value)
            | Self::Form(value, _)
            | Self::Multipart(value, ..)
            | Self::Xml(value, _)
            | Self::Lines(value, _) => Some(value),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// What is special about the way in which a member of a form or of a multipart body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The member's key.
    pub key: String,
    /// Its media types, or ranges of them; none where it has the one that its kind of value has anyway.
    pub media_types: Vec<String>,
    /// Headers that always have the same value.
    pub headers: Vec<(String, String)>,
    /// The style it is written in, where it has one.
    pub style: Option<Styled>,
}

/// A member of a multipart body that is a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMember {
    /// The member's key; none for the members that the document does not name.
    pub key: Option<String>,
    /// Whether its schema says so, wherever else it stands; otherwise only this body does.
    pub by_schema: bool,
}

/// How the body of an answer is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// There is no body.
    Nothing,
    /// JSON.
    Json(TypeRef),
    /// XML.
    Xml(TypeRef),
    /// Text.
    Text,
    /// Bytes that say nothing to this model.
    Bytes,
}

impl Content {
    /// The value that is read, where it has a type of the document's.
    #[must_use]
    pub const fn value(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(value) | Self::Xml(value) => Some(value),
            Self::Nothing | Self::Text | Self::Bytes => None,
        }
    }
}

/// Another form in which a success can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The media type, or a range.
    pub media_type: String,
    /// How the body is written.
    pub content: Content,
}

/// A header of an answer.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// How its value is written.
    pub form: HeaderForm,
    /// Its value.
    pub value: TypeRef,
}

/// How the value of a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// In the style `simple`: `a,b`, and of an object `k,v,l,w`.
    Simple,
    /// The same, and of an object `k=v,l=w`.
    Exploded,
    /// As JSON.
    Json,
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
    /// The other forms that can be asked for; of failures none.
    pub others: Vec<Offered>,
    /// Whether `content` is that of the member that the operation names, and not of the whole.
    pub enveloped: bool,
    /// Its headers, in document order.
    pub headers: Vec<Header>,
}

impl Response {
    /// The values of all forms and of all headers, where they have a type of the document's.
    pub fn values(&self) -> impl Iterator<Item = &TypeRef> {
        let others = self.others.iter().filter_map(|other| other.content.value());
        let headers = self.headers.iter().map(|header| &header.value);
        self.content.value().into_iter().chain(others).chain(headers)
    }
}
