//! Values for the schemas of a document, and what a client made of them.
//!
//! In: a document, and the types that a client has for its schemas. Out: values that a validator accepts, sampled or shown
//! by the document, and whether they came back equal when a client read them and wrote them again. Never: a word shared
//! with the generator; how it reads a document is what is judged here.
//!
//! ```text
//! document   files → values by their places
//! places     schemas whose values travel, and examples
//! dialect    every version → definitions in JSON Schema 2020-12
//! sample     definitions → values
//! check      a validator's word on them
//! trial      all of that for the types of a client
//! compare    what was given, what came back → equal, or a cause
//! ```

mod check;
mod compare;
mod dialect;
mod document;
mod heirs;
mod json;
mod number;
mod places;
mod random;
mod sample;
mod text;
mod trial;
mod yaml;

pub use compare::difference;
pub use dialect::Direction;
pub use document::{Document, Place};
pub use json::Json;
pub use trial::{Case, Row, Settings, Trial, rows};
