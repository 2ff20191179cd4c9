//! How a member of a form or of a multipart body is written.
//!
//! In: constants of generated code. Out: the same, for the two writers. Never happens: a member named that is written as
//! members are where nothing is said of them.

use crate::operation::{Lists, Location, Parameter, Style};

/// What the document says of one member of a form or of a multipart body (the `OpenAPI` Specification, "Encoding
/// Object").
///
/// ```
/// use clientwright_runtime::{Method, Operation, Part};
///
/// static SET_PHOTO: Operation = Operation::new("setPhoto", Method::Put, "/people/{id}/photo")
///     .body(&["multipart/form-data"])
///     .multipart(&[Part::new("photo").media_type("image/*")]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    name: &'static str,
    others: &'static [&'static str],
    media_types: &'static str,
    headers: &'static [(&'static str, &'static str)],
    style: Option<Style>,
    explode: bool,
    reserved: bool,
    lists: Lists,
}

impl Part {
    /// A member by its key.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            others: &[],
            media_types: "",
            headers: &[],
            style: None,
            explode: false,
            reserved: false,
            lists: Lists::Repeat,
        }
    }

    /// Several members by their keys, of which the same is said.
    ///
    /// ```
    /// use clientwright_runtime::{Part, Style};
    ///
    /// static NESTED: Part = Part::each(&["address", "owner"]).style(Style::DeepObject);
    /// ```
    #[must_use]
    pub const fn each(names: &'static [&'static str]) -> Self {
        let mut part = Self::new("");
        part.others = names;
        part
    }

    /// The same with its media types, or ranges of them, between commas. A caller says which of several a file has.
    #[must_use]
    pub const fn media_type(mut self, media_types: &'static str) -> Self {
        self.media_types = media_types;
        self
    }

    /// The same with headers that always have the same value, for multipart bodies.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The same written in one of the styles of parameters, exploded only if it is [`Style::Form`].
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self.explode = matches!(style, Style::Form);
        self
    }

    /// The same, with the elements of arrays and the members of objects written one by one, or together.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The same with reserved characters left as they are, as far as a form allows.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// The same, with the items of lists written so by [`Style::DeepObject`].
    #[must_use]
    pub const fn lists(mut self, lists: Lists) -> Self {
        self.lists = lists;
        self
    }

    /// What is said of the member with this key.
    pub(crate) fn find(parts: &[Self], key: &str) -> Self {
        let named = |part: &Self| {
            let name = std::iter::once(part.name).chain(part.others.iter().copied()).find(|name| *name == key)?;
            Some(Self { name, ..*part })
        };
        parts.iter().find_map(named).unwrap_or(Self::new(""))
    }

    /// The parameter in a query that is written alike, where the member has a style.
    pub(crate) fn as_parameter(self) -> Option<Parameter> {
        let parameter =
            Parameter::of(Location::Query, self.name).style(self.style?).explode(self.explode).lists(self.lists);
        Some(if self.reserved { parameter.allow_reserved() } else { parameter })
    }

    /// The media types, as the document writes them.
    pub(crate) const fn media_types(self) -> &'static str {
        self.media_types
    }

    /// The only media type, where there is one and no range.
    pub(crate) fn only_media_type(self) -> Option<&'static str> {
        let media_type = self.media_types.trim();
        (!media_type.is_empty() && !media_type.contains([',', '*'])).then_some(media_type)
    }

    /// The first media type that is JSON.
    pub(crate) fn json(self) -> Option<&'static str> {
        let is_json = |media_type: &&str| {
            let essence = media_type.split(';').next().unwrap_or_default().trim();
            essence.ends_with("/json") || essence.ends_with("+json")
        };
        self.media_types.split(',').map(str::trim).find(is_json)
    }

    pub(crate) const fn fixed_headers(self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }
}
