//! Plans answers that come piece by piece.
//!
//! In: what lowering found of an operation. Out: the type of a piece, and how it is read. Never happens: a decoder that the
//! runtime has not.

use clientwright_api::model::{self as api, StreamItem};

use super::Planning;
use crate::model::{RustType, Stream};

/// Plans what an operation gives piece by piece.
pub(super) fn plan(planning: &mut Planning<'_>, operation: &api::Operation) -> Option<Stream> {
    let stream = operation.stream.as_ref()?;
    let (rust_type, decoder) = match &stream.item {
        StreamItem::Event(value) => (planning.rust_type(value).outside(), "events"),
        StreamItem::TextEvent => (RustType::String, "text_events"),
        StreamItem::WholeEvent(value) => (planning.rust_type(value).outside(), "whole_events"),
        StreamItem::Record(value) => (planning.rust_type(value).outside(), "records"),
    };
    let (media_types, switch) = (stream.media_types.clone(), stream.switch.clone());
    Some(Stream { media_types, rust_type, decoder, only: stream.only, switch })
}
