//! Request bodies, planned.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a media type that the document does not name.

use clientwright_api::model::XmlNode;

use super::{Docs, Ident, Part, RustType};

/// A way in which the body of a request can be sent.
#[derive(Clone, Debug)]
pub struct Body {
    /// What takes it: the method on the client where every request carries it, else a setter of the request.
    pub method: Ident,
    /// The media type, or the argument that says it.
    pub media_type: BodyMediaType,
    /// Other media types for the same bytes.
    pub also: Vec<String>,
    /// Whether it is an argument of the method.
    pub required: bool,
    /// What is said about it.
    pub docs: Docs,
    /// Its type.
    pub rust_type: RustType,
    /// How it is written.
    pub encoder: BodyEncoder,
    /// What is special about its members.
    pub parts: Vec<Part>,
    /// How it stands in XML, where it does.
    pub root: Option<XmlNode>,
}

/// What a body is sent as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyMediaType {
    /// This media type.
    Known(String),
    /// What a caller says by an argument, because the document names only this range.
    Asked(Ident, String),
}

/// How a request body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoder {
    /// As JSON.
    Json,
    /// As JSON of another media type than the operation's first.
    JsonAs,
    /// As XML.
    Xml,
    /// As a form.
    Form,
    /// As the parts of a form.
    Multipart,
    /// As parts of another media type.
    MultipartAs,
    /// As values of JSON one after the other.
    Lines,
    /// As it is: text or bytes.
    Bytes,
}
