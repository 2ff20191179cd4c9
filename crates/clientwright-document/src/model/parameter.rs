//! Parameters: what a caller puts into the path, the query, the headers and the cookies.
//!
//! In: Parameter Objects. Out: their rules with the specification's defaults filled in, so that
//! no later stage needs to know them. Never: an encoding decision; that is lowering.

use super::{Extensions, MediaType, SchemaId};
use crate::source::At;

/// A value that a request carries outside of its body.
#[expect(clippy::struct_excessive_bools, reason = "they are the field's own flags")]
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The Parameter Object.
    pub at: At,
    /// Its name in `components/parameters`, where it was declared there.
    pub component: Option<String>,
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether every request carries it. Always true in a path.
    pub required: bool,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// Whether it may be sent without a value.
    pub allow_empty_value: bool,
    /// How lists and objects are written; the default of the location where none is stated.
    pub style: Style,
    /// Whether lists and objects become several pairs; the default of the style where not stated.
    pub explode: bool,
    /// Whether reserved characters stay unescaped.
    pub allow_reserved: bool,
    /// What it carries.
    pub value: ParameterValue,
    /// Examples in document order.
    pub examples: Vec<Example>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// What a parameter or a header carries.
#[derive(Clone, Debug)]
pub enum ParameterValue {
    /// A value written in the parameter's style.
    Schema(SchemaId),
    /// A value written in a media type (`content`).
    Content(Box<MediaType>),
    /// The document says nothing about it, or what it says could not be read.
    Unspecified,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// Into the path template.
    Path,
    /// Into the query, as a name with a value.
    Query,
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
    /// The whole query (3.2).
    QueryString,
}

impl Location {
    /// The style that applies where none is stated.
    #[must_use]
    pub const fn default_style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Cookie | Self::QueryString => Style::Form,
        }
    }

    /// The value of `in`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::QueryString => "querystring",
        }
    }
}

/// How lists and objects are written in a parameter (`OpenAPI` 3.x, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `;color=blue`.
    Matrix,
    /// `.blue`.
    Label,
    /// `color=blue`.
    Form,
    /// `blue`.
    Simple,
    /// `blue%20black`.
    SpaceDelimited,
    /// `blue|black`.
    PipeDelimited,
    /// Separated by tabs: `tsv` of `OpenAPI` 2.0.
    TabDelimited,
    /// `color[R]=100`.
    DeepObject,
    /// `color=blue`, joined by `; ` and not escaped (3.2).
    Cookie,
}

impl Style {
    /// Whether lists and objects become several pairs where the document does not say.
    #[must_use]
    pub const fn default_explode(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }
}

/// An example. Its value stays in the document: examples can be most of it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub at: At,
    /// Its key in `examples`.
    pub name: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// The node of its value; `None` when it is kept outside of the document, or only as it is written.
    pub value: Option<At>,
    /// The value as it stands in a message, escaped and laid out (3.2).
    pub serialized: Option<String>,
}
