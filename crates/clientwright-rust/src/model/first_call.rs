//! A call that documentation shows.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a value out of the document.

use super::Ident;

/// A call that documentation shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstCall {
    /// What it does, in plain words; empty where the document does not say.
    pub title: String,
    /// The method on the client.
    pub method: Ident,
    /// What the method takes, as Rust.
    pub arguments: Vec<String>,
    /// Whether it is a list that is walked over.
    pub walks: bool,
}
