//! Calls that documentation shows.
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

/// The calls that `README.md` shows of errors, pages and retries; none where the client has no such call that can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// Any call.
    pub usual: Option<FirstCall>,
    /// One with documented errors.
    pub failing: Option<FailingCall>,
    /// A list that comes in pages.
    pub list: Option<FirstCall>,
}

/// A call, and one of its documented errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingCall {
    /// The call.
    pub call: FirstCall,
    /// The enumeration of its errors.
    pub errors: Ident,
    /// The variant.
    pub variant: Ident,
    /// The status that it is for.
    pub status: String,
    /// Whether it has a body.
    pub has_body: bool,
}
