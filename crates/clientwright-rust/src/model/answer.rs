//! What comes back, planned.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a documented answer without a type.

use super::{Docs, Ident, RustType};

/// What a success gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// Its type.
    pub rust_type: RustType,
    /// The runtime's decoder: `json`, `nothing` …
    pub decoder: &'static str,
}

/// Another form in which the answer can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherAnswer {
    /// The request's method that asks for it: `accept_csv`.
    pub method: Ident,
    /// The media type, or a range.
    pub media_type: String,
    /// What a success then gives.
    pub success: Success,
}

/// What reads the headers of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderView {
    /// Its name.
    pub name: Ident,
    /// The client's method whose answers it is for; none where several have the same headers.
    pub method: Option<Ident>,
    /// The headers, in document order.
    pub fields: Vec<HeaderField>,
}

/// A header of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// The method that gives it.
    pub method: Ident,
    /// Its name.
    pub name: String,
    /// The runtime's reader: `simple`, `exploded` or `json`.
    pub form: &'static str,
    /// What is said about it.
    pub docs: Docs,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// Its type.
    pub rust_type: RustType,
}

/// The type of an operation's documented errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorType {
    /// The operation documents none.
    None,
    /// An enumeration of this module, made for this operation.
    Own(Ident),
    /// Another name for the enumeration of an operation with the same errors.
    Shared(SharedError),
}

impl ErrorType {
    /// What it is called, if there is one.
    #[must_use]
    pub const fn name(&self) -> Option<&Ident> {
        match self {
            Self::None => None,
            Self::Own(name) | Self::Shared(SharedError { name, .. }) => Some(name),
        }
    }

    /// The enumeration that it is, or is another name for.
    #[must_use]
    pub const fn enumeration(&self) -> Option<&Ident> {
        match self {
            Self::None => None,
            Self::Own(name) | Self::Shared(SharedError { shared: name, .. }) => Some(name),
        }
    }
}

/// Another name for the enumeration of an operation with the same errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedError {
    /// The name.
    pub name: Ident,
    /// The module of the enumeration.
    pub module: Ident,
    /// The enumeration.
    pub shared: Ident,
    /// What the document says of the statuses here, where it says something else of them elsewhere.
    pub docs: Docs,
}

/// The documented errors of an operation, or its successes where they are of several kinds.
#[derive(Clone, Debug)]
pub struct StatusEnum {
    /// Its name.
    pub name: Ident,
    /// The client's method it was made for.
    pub method: Ident,
    /// What the document says of the statuses for that method, where it says something else for others that share it.
    pub docs: Docs,
    /// Whether it holds successes.
    pub success: bool,
    /// A variant for each status.
    pub variants: Vec<StatusVariant>,
}

/// What one documented status gives.
#[derive(Clone, Debug)]
pub struct StatusVariant {
    /// Its name.
    pub name: Ident,
    /// The status as the document writes it: `404`, `4XX`, `default`.
    pub status: String,
    /// What is said about it.
    pub docs: Docs,
    /// The body, where there is one.
    pub body: Option<RustType>,
    /// The runtime's decoder.
    pub decoder: &'static str,
}
