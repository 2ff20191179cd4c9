//! Answers that come piece by piece, planned.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a piece without a type.

use super::RustType;

/// An answer that comes piece by piece.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The media types that it may have.
    pub media_types: Vec<String>,
    /// The type of the value in a piece.
    pub rust_type: RustType,
    /// The runtime's decoder: `events`, `records` …
    pub decoder: &'static str,
    /// Whether the operation answers in no other way.
    pub only: bool,
    /// The member of the body that asks for it, and what the server assumes without it.
    pub switch: Option<(String, bool)>,
}

impl Stream {
    /// Whether a piece is an event of a server, and not the value alone.
    #[must_use]
    pub fn is_of_events(&self) -> bool {
        self.decoder != "records"
    }
}
