//! What the description of an operation says of a parameter.
//!
//! In: constants of generated code. Out: the same, to be read where values are written. Never happens: a style that the
//! place of a parameter does not have, unless the document says so.

use crate::part::Part;

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path, in place of `{name}`.
    Path,
    /// In the query.
    Query,
    /// A header of its own.
    Header,
    /// In the `Cookie` header.
    Cookie,
    /// The whole query (3.2).
    QueryString,
}

impl Location {
    /// The word that documents use: `path`, `query`, `header`, `cookie`, `querystring`.
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

/// How the value of a parameter is written (the `OpenAPI` Specification, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` (RFC 6570, `{x}`)
    Simple,
    /// `.a,b` (RFC 6570, `{.x}`)
    Label,
    /// `;x=a,b` (RFC 6570, `{;x}`)
    Matrix,
    /// `x=a,b` or `x=a&x=b` (RFC 6570, `{?x}`)
    Form,
    /// `x=a%20b`; outside of the query, where 2.0 has it too, `a b` as the place writes it
    SpaceDelimited,
    /// `x=a%7Cb`
    PipeDelimited,
    /// `x=a%09b` (`tsv` of 2.0)
    TabDelimited,
    /// `x%5Bkey%5D=a`
    DeepObject,
    /// `x=a; x=b` in the `Cookie` header, without percent-encoding (3.2)
    Cookie,
}

/// How the items of a list are written by [`Style::DeepObject`], of which `OpenAPI` says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lists {
    /// `x=a&x=b`
    #[default]
    Repeat,
    /// `x[]=a&x[]=b`
    Brackets,
    /// `x[0]=a&x[1]=b`
    Indices,
}

/// The media type in which a parameter is written, where it has no style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`, and what is special about its members.
    Form(&'static [Part]),
    /// Whatever the text is.
    Text,
}

/// A parameter of an operation: its name, where it stands and how its value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) reserved: bool,
    pub(crate) lists: Lists,
    pub(crate) media_type: Option<MediaType>,
}

impl Parameter {
    /// A parameter in the path: `simple`, not exploded.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A parameter in the query: `form`, exploded.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A parameter in the query whose members are pairs of their own: [`Style::DeepObject`].
    #[must_use]
    pub const fn deep_object(name: &'static str) -> Self {
        Self::query(name).style(Style::DeepObject)
    }

    /// A parameter in a header: `simple`, not exploded.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A parameter in the `Cookie` header: `form`, exploded.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    /// The whole query, as text, unless something else is said of it.
    #[must_use]
    pub const fn querystring(name: &'static str) -> Self {
        let mut parameter = Self::new(name, Location::QueryString, Style::Form, true);
        parameter.media_type = Some(MediaType::Text);
        parameter
    }

    /// The same with another style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same, with the elements of arrays and the members of objects written one by one, or together.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The same with reserved characters (RFC 3986, section 2.2) and `%XX` left as they are, as far as the place allows.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// The same written as JSON (`content: application/json`); style, explode and reserved characters have no meaning.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.media_type = Some(MediaType::Json);
        self
    }

    /// The same written as the text that it is, in a media type that is no other of these (`content: text/plain`).
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.media_type = Some(MediaType::Text);
        self
    }

    /// The same written as a form (`content: application/x-www-form-urlencoded`), with what is special about its members.
    #[must_use]
    pub const fn form(mut self, members: &'static [Part]) -> Self {
        self.media_type = Some(MediaType::Form(members));
        self
    }

    /// The same, with the items of lists written so by [`Style::DeepObject`].
    #[must_use]
    pub const fn lists(mut self, lists: Lists) -> Self {
        self.lists = lists;
        self
    }

    pub(crate) const fn of(location: Location, name: &'static str) -> Self {
        match location {
            Location::Path => Self::path(name),
            Location::Query => Self::query(name),
            Location::Header => Self::header(name),
            Location::Cookie => Self::cookie(name),
            Location::QueryString => Self::querystring(name),
        }
    }

    const fn new(name: &'static str, location: Location, style: Style, explode: bool) -> Self {
        Self { name, location, style, explode, reserved: false, lists: Lists::Repeat, media_type: None }
    }
}
