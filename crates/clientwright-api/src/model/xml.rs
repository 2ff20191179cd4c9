//! How values stand in XML.
//!
//! In: what lowering decided of an XML Object. Out: a node. Never happens: a name that is inherited; each is stated where it
//! counts, or is the key of the member.

/// How one value stands in XML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlNode {
    /// What it is.
    pub kind: XmlKind,
    /// Its name; none where it is that of its member, or of the list around it.
    pub name: Option<String>,
    /// The namespace of its name.
    pub namespace: Option<String>,
    /// The prefix of its name.
    pub prefix: Option<String>,
    /// What its values are, where it is a list.
    pub item: Option<Box<XmlNode>>,
}

impl XmlNode {
    /// Whether it is a list whose values are elements called by the key of the member, as without a word.
    #[must_use]
    pub fn is_plain_list(&self) -> bool {
        let is_plain = self.item.as_deref().is_some_and(|item| *item == Self::default());
        is_plain && self.kind == XmlKind::Flat && self.name.is_none()
    }
}

/// What a value is in XML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    #[default]
    Element,
    /// An attribute.
    Attribute,
    /// The text of the element that holds it.
    Text,
    /// The same, written as a CDATA section.
    Cdata,
    /// Nothing: what it holds stands in the element around it.
    Flat,
}
