//! Request bodies, responses and their headers.
//!
//! In: Request Body, Response, Header and Media Type Objects. Out: the same, with schemas by id
//! and the component's name kept, because later names are made from it. Never: a choice between
//! media types; that is lowering.

use std::fmt;

use indexmap::IndexMap;

use super::{Example, Extensions, HeaderId, ParameterValue, SchemaId, Style};
use crate::source::At;

/// What a request carries.
#[derive(Clone, Debug, Default)]
pub struct RequestBody {
    /// The Request Body Object.
    pub at: At,
    /// Its name in `components/requestBodies`, where it was declared there.
    pub component: Option<String>,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// Whether every request carries it.
    pub required: bool,
    /// The media types in document order.
    pub content: Vec<MediaType>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// What a server may answer.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The Response Object.
    pub at: At,
    /// Its name in `components/responses`, where it was declared there.
    pub component: Option<String>,
    /// One line about it (3.2).
    pub summary: Option<String>,
    /// Prose about it, in `CommonMark`; empty when the document gives none.
    pub description: String,
    /// The headers in document order.
    pub headers: IndexMap<String, HeaderId>,
    /// The media types in document order; empty when there is no body.
    pub content: Vec<MediaType>,
    /// How many links it declares. They are not generated from.
    pub links: usize,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A header of a response or of a part of a multipart body.
#[derive(Clone, Debug)]
pub struct Header {
    /// The Header Object.
    pub at: At,
    /// Its name in `components/headers`, where it was declared there.
    pub component: Option<String>,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// Whether readers should stop using it.
    pub deprecated: bool,
    /// Whether lists and objects are written as pairs. The style of a header is always `simple`.
    pub explode: bool,
    /// What it carries.
    pub value: ParameterValue,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A body in one media type.
#[derive(Clone, Debug, Default)]
pub struct MediaType {
    /// The Media Type Object.
    pub at: At,
    /// The media type or range as written: `application/json; charset=utf-8`, `image/*`.
    pub media_type: String,
    /// Prose about it, in `CommonMark` (3.2).
    pub description: Option<String>,
    /// The whole body.
    pub schema: Option<SchemaId>,
    /// One item of a sequential media type (3.2).
    pub item_schema: Option<SchemaId>,
    /// How the properties of a form or of a multipart body are written.
    pub encoding: IndexMap<String, Encoding>,
    /// How the first parts of a multipart body without names are written (3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// How the parts after these are written, or all items of a sequential media type (3.2).
    pub item_encoding: Option<Encoding>,
    /// Examples in document order.
    pub examples: Vec<Example>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// How one property of a form or of a multipart body is written.
///
/// Nothing is filled in: whether `style`, `explode` or `allowReserved` is stated decides which
/// encoding applies (`OpenAPI` 3.x, "Encoding Object").
#[derive(Clone, Debug, Default)]
pub struct Encoding {
    /// The Encoding Object.
    pub at: At,
    /// One or more media types, separated by commas.
    pub content_type: Option<String>,
    /// Headers of the part (multipart only).
    pub headers: IndexMap<String, HeaderId>,
    /// How lists and objects are written.
    pub style: Option<Style>,
    /// Whether lists and objects become several pairs.
    pub explode: Option<bool>,
    /// Whether reserved characters stay unescaped.
    pub allow_reserved: Option<bool>,
    /// How the properties of a part are written that is a form or a multipart body itself (3.2).
    pub encoding: IndexMap<String, Encoding>,
    /// How its first parts without names are written (3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// How the parts after these are written (3.2).
    pub item_encoding: Option<Box<Encoding>>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// The status a response is declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status, from 100 to 599.
    Code(u16),
    /// A hundred of them by their first digit, from 1 to 5: `4XX` is 4.
    Range(u8),
    /// Every status without an entry of its own.
    Default,
}

impl fmt::Display for StatusKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}
