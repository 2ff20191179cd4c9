//! The model of an API that knows neither `OpenAPI` nor Rust.
//!
//! In: what lowering decided. Out: what planning names. Contract, once an [`Api`] is lowered: every [`TypeId`] is one
//! of its types; every type has a [`Name`] that no other has; a shape is finite, so recursion goes through types only;
//! every path parameter of an operation stands in its template, and every template has its parameters.

mod operation;
mod paging;
mod stream;
mod types;
mod xml;

use clientwright_document::model::{Info, SecurityScheme};
use indexmap::IndexMap;

pub use operation::{
    Body, BodyForm, Content, Encoding, FileMember, Header, HeaderForm, Lists, Offered, Operation, Parameter, Part,
    Representation, Response, Styled,
};
pub use paging::{NextPage, Paging, Path, Place};
pub use stream::{Stream, StreamItem};
pub use types::{
    Access, Additional, Choice, IntegerEnum, IntegerWidth, Limits, Name, Object, Origin, Property, Shape, Test,
    TextEnum, TextFormat, Type, TypeId, TypeKind, TypeRef, Union, VIEW, Variant,
};

pub use xml::{XmlKind, XmlNode};

// What a document says of these needs no lowering.
pub use clientwright_document::model::{
    ApiKeyLocation, JsonType, Location, Method, SecurityKind, Server, StatusKey, Style,
};

/// An API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// What it is.
    pub info: Info,
    /// Where it is served, with all variables of the URLs declared; the first is the default.
    pub servers: Vec<Server>,
    /// How callers prove who they are, by the document's name; only the kinds that can be expressed.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The descriptions of tags by name.
    pub tags: IndexMap<String, Option<String>>,
    /// The operations in document order.
    pub operations: Vec<Operation>,
    /// Whether the server makes requests of its own: webhooks, callbacks.
    pub delivers: bool,
    /// The types: those of the components in document order, each followed by its inline types.
    pub(crate) types: Vec<Type>,
}

impl Api {
    /// The types with their ids.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// The type with this id, if it is one of this API.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&Type> {
        self.types.get(id.0 as usize)
    }
}

/// What a document says in prose. Text of strangers: whoever prints it makes it fit for the place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// More, in `CommonMark`.
    pub description: Option<String>,
}

impl Docs {
    /// These docs, or `other` where they say nothing.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.summary.is_none() && self.description.is_none() { other() } else { self }
    }
}
