//! Lists that come in pages.
//!
//! In: what planning decided. Out: what printing spells. Never happens: a member on the way to the items that has no
//! field.

use clientwright_api::model::Paging;

use super::{Ident, RustType};

/// How an operation gives a list page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// How pages are asked for.
    pub paging: Paging,
    /// What an item is.
    pub item: RustType,
    /// The way from a page to its items, the page itself first.
    pub way: Vec<Step>,
}

/// A step on the way to the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The field; none for the page itself.
    pub field: Option<Ident>,
    /// The type that is come to.
    pub rust_type: RustType,
}
