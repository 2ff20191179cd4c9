//! Turns OpenAPI documents into Rust API clients.
//!
//! In: a document, and what a person decided about the client. Out: a crate on the disk, or what
//! differs from it. This crate is the one that touches the disk; the stages it calls do not.
//!
//! ```text
//! configuration  clientwright.toml → clients
//! pipeline       a document → files        reads, lowers, plans and prints on a thread of its own
//! codegen        files → disk              writes what changed, or tells what differs
//! generator      files → OUT_DIR           for build scripts
//! lock           the names that callers may have written ↔ clientwright.lock
//! summary        what became of a client → a few lines for whoever asked
//! survey         a document → what it is about, before there is a client
//! ```
//!
//! Never: prints (but for the lines that cargo reads from a build script), reads the network, or
//! writes outside of a client's output.

mod codegen;
pub mod configuration;
mod disk;
mod generator;
mod lock;
mod manifest;
mod output;
mod pipeline;
mod report;
#[cfg(test)]
mod scratch;
mod summary;
mod survey;

pub use clientwright_document::diagnostic::{Setting, nearest};
pub use clientwright_document::source::Urls;
pub use clientwright_document::{Code, Severity};
pub use codegen::{Failure, Mode, Options, Run, codegen};
pub use configuration::{Client, Configuration, UnknownClient};
pub use generator::{GenerateError, Generator};
pub use lock::lock;
pub use output::{Change, ChangeKind, OutputError, OutputProblem};
pub use pipeline::{Contents, NamedType};
pub use report::Report;
pub use summary::Summary;
pub use survey::{Survey, survey};
