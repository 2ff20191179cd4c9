//! What a person decides about one generated crate.
//!
//! In: nothing; these are plain values, filled by the facade from `clientwright.toml` or from `build.rs`. Never
//! happens: a default read from the environment; text that becomes Rust without having been read as a [`TypePath`].

mod derives;
mod formats;
mod path;
mod rename;

use clientwright_document::diagnostic::Setting;

pub use derives::{Derive, Derives, KnownTrait};
pub use formats::{FormatType, Formats};
pub use path::{OwnType, TypePath};
pub use rename::{Rename, Renamed};

/// What a person decides about one generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The package that the crate becomes.
    pub package: Package,
    /// How formats of the document become types.
    pub formats: Formats,
    /// Types of a person's own in place of generated ones, by the names that the document has for these: `Person`, and
    /// `Person.address` for what is described within it.
    pub types: Vec<(Setting<String>, OwnType)>,
    /// Names in place of those that are made of the document's words.
    pub rename: Rename,
    /// What is derived besides.
    pub derives: Derives,
    /// The operations that documentation shows first, by their `operationId`, or by method and path where they have none.
    pub first_calls: Vec<Setting<String>>,
    /// Whether there are types alone, and nothing to call.
    pub types_only: bool,
    /// What becomes of members of objects that the document does not describe.
    pub unknown_members: UnknownMembers,
}

/// What becomes of members of objects that the document does not describe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownMembers {
    /// They are passed over.
    #[default]
    Ignore,
    /// They are kept beside the others, untyped, and written back.
    Keep,
}

/// The package of a generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// The package's name; with `-` replaced by `_`, the crate's.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// One line for the registry; the document's title where there is none.
    pub description: Option<String>,
}
