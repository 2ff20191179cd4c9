//! Reads `OpenAPI` documents of every version into one model, with positions and diagnostics.
//!
//! In: text, through a [`source::Loader`]. Out: a [`model::Document`], in which no version is
//! left and every reference is linked, and the [`diagnostic::Diagnostic`]s of everything that
//! could not be read.
//!
//! ```text
//! source      text → nodes      one arena for all files; every node's address is its JSON pointer
//! read        nodes → Document  one reader for each version, one model for all
//! diagnostic  what to tell the author of a document, and how it is shown
//! ```
//!
//! Never: touches a file system or a network, panics on a document, or drops something silently.

pub mod diagnostic;
pub mod model;
pub mod read;
pub mod source;

pub use diagnostic::{Code, Diagnostic, Outcome, Severity};
pub use model::Document;
pub use read::read;
pub use source::{At, Loader, Sources};
