//! Decides and prints the Rust code of an API client.

mod config;
mod manifest;

use std::collections::BTreeMap;

pub use config::{Config, DateTimeType, Formats, Package};
pub use manifest::Manifest;

/// The files of a generated crate: path, with `/` between its parts, and text. `Cargo.toml` is not among them: the
/// facade writes it from [`Manifest`].
pub type Files = BTreeMap<String, String>;
