//! What the manifest of a generated crate must say.
//!
//! In: decisions of the plan. Out: values for the facade, which writes `Cargo.toml` and leaves a person's own keys in
//! it. Never happens: a dependency that a document names.

/// What the manifest of a generated crate must say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The package's name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// One line for the registry.
    pub description: String,
    /// Whether there is anything to call.
    pub has_client: bool,
    /// The features of `clientwright-runtime` that the code needs whatever its user chooses: `chrono`.
    pub runtime_features: Vec<&'static str>,
}
