//! Decides and prints the Rust code of an API client.
//!
//! In: an [`Api`](clientwright_api::Api) and a [`Config`]. Out: first a [`Crate`](model::Crate), in which every Rust
//! name and type is decided, then the text of its files.
//!
//! Never happens: a file written, a panic on what lowering gave, text that is not Rust: each item is parsed before it is
//! printed.

mod config;
mod docs;
pub mod lock;
mod manifest;
pub mod model;
mod names;
mod plan;
mod print;

use std::collections::BTreeMap;

pub use config::{
    Config, Derive, Derives, FormatType, Formats, KnownTrait, OwnType, Package, Rename, Renamed, TypePath,
    UnknownMembers,
};
pub use lock::Lock;
pub use manifest::Manifest;
pub use plan::plan;
pub use print::print;

/// The files of a generated crate: path, with `/` between its parts, and text. `Cargo.toml` is not among them: the
/// facade writes it from [`Manifest`].
pub type Files = BTreeMap<String, String>;
