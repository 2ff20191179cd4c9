//! Answers that come piece by piece.
//!
//! In: what lowering decided of the media types of an answer. Out: what the pieces are, and how a request asks for them. Never
//! happens: a piece without a type.

use clientwright_document::model::SchemaId;
use clientwright_document::source::At;

use super::TypeRef;

/// An answer that comes piece by piece.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The Media Type Object.
    pub at: At,
    /// The media types that it may have.
    pub media_types: Vec<String>,
    /// What the pieces are.
    pub item: StreamItem,
    /// The schema of the value in a piece.
    pub schema: Option<SchemaId>,
    /// Whether the operation answers in no other way.
    pub only: bool,
    /// The member of the JSON body that asks for it, and what the server assumes without it.
    pub switch: Option<(String, bool)>,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamItem {
    /// An event of a server whose data is JSON.
    Event(TypeRef),
    /// An event of a server whose data is text.
    TextEvent,
    /// An event of a server that is described as a whole: an object of its fields.
    WholeEvent(TypeRef),
    /// A value of JSON.
    Record(TypeRef),
}

impl StreamItem {
    /// The value in it, where it has a type of the document's.
    #[must_use]
    pub const fn value(&self) -> Option<&TypeRef> {
        match self {
            Self::Event(value) | Self::WholeEvent(value) | Self::Record(value) => Some(value),
            Self::TextEvent => None,
        }
    }
}
