//! How values stand in XML (the `OpenAPI` Specification, "XML Object").
//!
//! In: constants of generated code. Out: what the reader and the writer of XML ask. Never happens: a statement about what
//! stands as it would without one: each member in an element called by its key, and each value of a list in one.

/// How one value stands in XML: a member of an object by its key, the element of a list, or a whole document.
///
/// ```
/// use clientwright_runtime::wire::Node;
///
/// // <photoUrls><photoUrl>…</photoUrl></photoUrls>
/// static PHOTOS: Node = Node::new("photoUrls").of(&Node::new("photoUrl"));
/// // <tag>…</tag><tag>…</tag>
/// static TAGS: Node = Node::new("tags").flat().of(&Node::new("tag"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub(crate) key: &'static str,
    pub(crate) kind: NodeKind,
    pub(crate) name: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) item: Option<&'static Self>,
    pub(crate) required: bool,
}

/// What a value is in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Element,
    Attribute,
    /// The text of the element that holds it.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// Nothing: what it holds stands in the element around it.
    Flat,
}

impl Node {
    /// An element with the name that the value has in JSON.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, kind: NodeKind::Element, name: key, namespace: "", prefix: "", item: None, required: false }
    }

    /// The key of the member.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The same with another name in XML.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// The same with a name of this namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = namespace;
        self
    }

    /// The same with a prefix before its name.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// An attribute.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.kind = NodeKind::Attribute;
        self
    }

    /// The text of the element that holds it.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.kind = NodeKind::Text;
        self
    }

    /// The text of the element that holds it, in a CDATA section.
    #[must_use]
    pub const fn cdata(mut self) -> Self {
        self.kind = NodeKind::Cdata;
        self
    }

    /// No node of its own: what it holds stands in the element around it.
    #[must_use]
    pub const fn flat(mut self) -> Self {
        self.kind = NodeKind::Flat;
        self
    }

    /// A list of such nodes, within the element, or where it is [`flat`](Self::flat) without one.
    #[must_use]
    pub const fn of(mut self, item: &'static Self) -> Self {
        self.item = Some(item);
        self
    }

    /// Says that it is always there, so that its absence is an empty list, or an empty text.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}
