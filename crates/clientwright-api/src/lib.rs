//! Lowers a [`Document`](clientwright_document::Document) into the language-neutral [`Api`].
//!
//! In: any document that could be read, with all its faults. Out: operations and types with no `$ref` and no `allOf`,
//! parameters with their encodings, bodies with the one way in which each is written, and diagnostics of whatever
//! could not be expressed.
//!
//! Before it, a document may be cut down to the operations that somebody selected.
//!
//! Never happens: a panic, a file read, a Rust name, a construct skipped without a diagnostic.

mod lower;
pub mod model;
mod say;
mod select;
mod share;
mod untyped;

pub use lower::{lower, lower_again};
pub use model::Api;
pub use say::{Said, SaidValue, Statement, say};
pub use select::{Selection, Selector, select};
pub use share::{Standing, share};
pub use untyped::{Reason, Untyped, untold, untyped};
