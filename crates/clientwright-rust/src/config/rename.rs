//! Names that a person gives in place of those made of the document's words.
//!
//! In: nothing; plain values. Out: for each kind of thing, what the document calls it and the name it gets. Never happens: a
//! name checked here; planning knows what it has to fit.

use clientwright_document::diagnostic::Setting;

/// What the document calls something, and the name it gets.
pub type Renamed = Vec<(Setting<String>, Setting<String>)>;

/// Names that a person gives in place of those made of the document's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rename {
    /// Types: `Person`, and `Person.address` for what is described within it.
    pub types: Renamed,
    /// Fields of objects, values of enumerations and choices of unions: `Person.jobTitle`, `Status.in-stock`.
    pub members: Renamed,
    /// Operations, by their `operationId`, or by method and path where they have none. Request and errors follow.
    pub operations: Renamed,
    /// Parameters: `searchPeople.page`.
    pub parameters: Renamed,
}
