//! What a person decides about one generated crate.
//!
//! In: nothing; these are plain values, filled by the facade from `clientwright.toml` or from `build.rs`. Never
//! happens: a default read from the environment.

/// What a person decides about one generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The package that the crate becomes.
    pub package: Package,
    /// How formats of the document become types.
    pub formats: Formats,
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

/// How formats of the document become types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// `date-time`, `date-time-local` and `date`.
    pub date_time: DateTimeType,
}

/// The type of a date or time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTimeType {
    /// A type of the crate `chrono`: `DateTime<FixedOffset>`, `NaiveDateTime`, `NaiveDate`.
    #[default]
    Chrono,
    /// The text as it stands on the wire.
    String,
}
