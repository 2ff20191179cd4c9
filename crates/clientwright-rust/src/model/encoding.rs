//! How parameters and members of bodies are written, planned.
//!
//! In: what planning decided. Out: what printing spells. Never happens: something said that the runtime does anyway.

/// How and where a parameter is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterEncoding {
    /// `path`, `query`, `header`, `cookie` or `querystring`: the runtime's word for the place.
    pub location: &'static str,
    /// What is special about its style.
    pub styled: Styled,
    /// The media type it is written in, where it has no style.
    pub media_type: Option<ParameterMediaType>,
}

/// The media type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterMediaType {
    /// JSON.
    Json,
    /// A form, and what is special about its members.
    Form(Vec<Part>),
    /// Any text, in a place that has no media type of its own.
    Text,
}

/// What is special about the way in which a value is written in a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Styled {
    /// The runtime's word for the style, where it is not the default of the place.
    pub style: Option<&'static str>,
    /// Whether lists and objects become several pairs, where that is not the default.
    pub explode: Option<bool>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// The runtime's word for the way in which lists are written, where the style does not say it.
    pub lists: Option<&'static str>,
}

/// What is special about the way in which a member of a form or of a multipart body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The member's key.
    pub key: String,
    /// Its media types between commas; empty where it has the usual one.
    pub media_types: String,
    /// Headers that always have the same value.
    pub headers: Vec<(String, String)>,
    /// Its style, where it has one.
    pub styled: Option<Styled>,
}
