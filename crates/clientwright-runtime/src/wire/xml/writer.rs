//! Writes values as an XML document.
//!
//! In: the events of a value, and how it and the members of its objects stand ([`Node`]). Out: text without spaces between
//! elements. Never happens: a name or a character that XML does not have; text that ends its element or attribute.

use std::fmt::Write as _;

use super::tree::INSTANCE;
use crate::wire::node::NodeKind;
use crate::wire::{Member, Node, Result, Shape, WireError, Writer};

/// Writes one document.
pub(super) struct XmlWriter {
    out: String,
    frames: Vec<Frame>,
    /// What the next value is.
    next: Place,
}

/// What a value is: a described node, or an element of this name.
#[derive(Clone)]
enum Place {
    Node(&'static Node),
    Called(String),
}

enum Frame {
    /// An object: what it is, its attributes and content, and how its members stand.
    Object { place: Place, attributes: String, content: String, nodes: &'static [Node] },
    /// A list: the element around it, if there is one, its content, and what its values are.
    List { around: Option<Place>, content: String, item: Place },
}

impl Place {
    fn kind(&self) -> NodeKind {
        match self {
            Self::Node(node) => node.kind,
            Self::Called(_) => NodeKind::Element,
        }
    }

    /// The name with its prefix, and the attribute that declares its namespace.
    fn tag(&self) -> Result<(String, String)> {
        let (name, prefix, namespace) = match self {
            Self::Node(node) => (node.name, node.prefix, node.namespace),
            Self::Called(name) => (name.as_str(), "", ""),
        };
        if !is_name(name) || !(prefix.is_empty() || is_name(prefix)) {
            return Err(WireError::text("a name that XML can have", name));
        }
        let (colon, name) = if prefix.is_empty() { ("", name.to_owned()) } else { (":", format!("{prefix}:{name}")) };
        let declaration = if namespace.is_empty() {
            String::new()
        } else {
            format!(" xmlns{colon}{prefix}=\"{}\"", escaped(namespace, true)?)
        };
        Ok((name, declaration))
    }
}

impl XmlWriter {
    pub(super) fn new(root: &'static Node) -> Self {
        Self { out: String::new(), frames: Vec::new(), next: Place::Node(root) }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Where elements and text go.
    fn content(&mut self) -> &mut String {
        match self.frames.last_mut() {
            Some(Frame::Object { content, .. } | Frame::List { content, .. }) => content,
            None => &mut self.out,
        }
    }

    /// Writes a value without parts.
    fn scalar(&mut self, text: &str) -> Result<()> {
        let place = self.next.clone();
        match place.kind() {
            NodeKind::Element => {
                let ((name, declaration), text) = (place.tag()?, escaped(text, false)?);
                let content = self.content();
                content.extend(["<", &name, &declaration]);
                if text.is_empty() {
                    content.push_str("/>");
                } else {
                    content.extend([">", &text, "</", &name, ">"]);
                }
            }
            NodeKind::Attribute => {
                let ((name, declaration), text) = (place.tag()?, escaped(text, true)?);
                let Some(Frame::Object { attributes, .. }) = self.frames.last_mut() else {
                    return Err(WireError::new("an element around an attribute", "a list"));
                };
                attributes.extend([&declaration, " ", &name, "=\"", &text, "\""]);
            }
            NodeKind::Cdata => {
                check(text)?;
                // A section cannot hold its own end, and a carriage return would be read as a line feed.
                let parts = text.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#13;<![CDATA[");
                self.content().extend(["<![CDATA[", &parts, "]]>"]);
            }
            NodeKind::Text | NodeKind::Flat => {
                let text = escaped(text, false)?;
                self.content().push_str(&text);
            }
        }
        Ok(())
    }

    /// What a member is.
    fn announce(&mut self, key: &str) {
        let nodes = match self.frames.last() {
            Some(Frame::Object { nodes, .. }) => *nodes,
            Some(Frame::List { .. }) | None => &[],
        };
        let node = nodes.iter().find(|node| node.key == key);
        self.next = node.map_or_else(|| Place::Called(key.to_owned()), Place::Node);
    }

    fn begin(&mut self, nodes: &'static [Node]) -> Result<()> {
        let place = self.next.clone();
        if !matches!(place.kind(), NodeKind::Element | NodeKind::Flat) {
            return Err(WireError::new("a value without members, which an attribute or a text is", "an object"));
        }
        self.frames.push(Frame::Object { place, attributes: String::new(), content: String::new(), nodes });
        Ok(())
    }
}

impl Writer for XmlWriter {
    fn null(&mut self) -> Result<()> {
        let place = self.next.clone();
        if place.kind() == NodeKind::Element {
            let (name, declaration) = place.tag()?;
            self.content().extend(["<", &name, &declaration, " xmlns:xsi=\"", INSTANCE, "\" xsi:nil=\"true\"/>"]);
        }
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<()> {
        self.scalar(if value { "true" } else { "false" })
    }

    fn integer(&mut self, value: i64) -> Result<()> {
        self.scalar(&value.to_string())
    }

    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.scalar(&value.to_string())
    }

    fn number(&mut self, value: f64) -> Result<()> {
        // The digits are those of JSON.
        let text = crate::wire::json::to_string(&value)?;
        self.scalar(&text)
    }

    fn literal(&mut self, digits: &str) -> Result<()> {
        self.scalar(digits)
    }

    fn string(&mut self, value: &str) -> Result<()> {
        self.scalar(value)
    }

    fn begin_array(&mut self) -> Result<()> {
        let place = self.next.clone();
        let item = match &place {
            Place::Node(node) => node.item.map(Place::Node),
            Place::Called(_) => None,
        };
        let is_member = matches!(self.frames.last(), Some(Frame::Object { .. }));
        let around = match place.kind() {
            NodeKind::Attribute | NodeKind::Text | NodeKind::Cdata => {
                return Err(WireError::new("one value, which an attribute or a text is", "a list"));
            }
            NodeKind::Flat => None,
            // A document, or the value of a list, has one element in any case.
            NodeKind::Element => (item.is_some() || !is_member).then(|| place.clone()),
        };
        self.frames.push(Frame::List { around, content: String::new(), item: item.unwrap_or(place) });
        Ok(())
    }

    fn item(&mut self) -> Result<()> {
        if let Some(Frame::List { item, .. }) = self.frames.last() {
            self.next = item.clone();
        }
        Ok(())
    }

    fn end_array(&mut self) -> Result<()> {
        let Some(Frame::List { around, content, .. }) = self.frames.pop() else {
            return Err(WireError::new("the end of an object", "that of a list"));
        };
        if let Some(place) = around {
            return close(self.content(), &place, "", &content);
        }
        self.content().push_str(&content);
        Ok(())
    }

    fn begin_object(&mut self) -> Result<()> {
        self.begin(&[])
    }

    fn begin_shape(&mut self, shape: &Shape) -> Result<()> {
        self.begin(shape.nodes())
    }

    fn key(&mut self, key: &str) -> Result<()> {
        self.announce(key);
        Ok(())
    }

    fn member(&mut self, member: &Member) -> Result<()> {
        self.announce(member.key());
        Ok(())
    }

    fn end_object(&mut self) -> Result<()> {
        let Some(Frame::Object { place, attributes, content, .. }) = self.frames.pop() else {
            return Err(WireError::new("the end of a list", "that of an object"));
        };
        if place.kind() == NodeKind::Element {
            return close(self.content(), &place, &attributes, &content);
        }
        if let Some(Frame::Object { attributes: outer, .. }) = self.frames.last_mut() {
            outer.push_str(&attributes);
        }
        self.content().push_str(&content);
        Ok(())
    }
}

/// Writes an element around what is within.
fn close(out: &mut String, place: &Place, attributes: &str, content: &str) -> Result<()> {
    let (name, declaration) = place.tag()?;
    out.extend(["<", &name, &declaration, attributes]);
    if content.is_empty() {
        out.push_str("/>");
    } else {
        out.extend([">", content, "</", &name, ">"]);
    }
    Ok(())
}

/// Text as it stands in an element, or between the quotes of an attribute.
fn escaped(text: &str, is_attribute: bool) -> Result<String> {
    check(text)?;
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if is_attribute => out.push_str("&quot;"),
            // A parser makes line feeds and blanks of these.
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' if is_attribute => {
                // Writing to a text cannot fail.
                let _ = write!(out, "&#{};", u32::from(character));
            }
            plain => out.push(plain),
        }
    }
    Ok(out)
}

/// XML has no other control characters, not even by number (XML 1.0, section 2.2).
fn check(text: &str) -> Result<()> {
    let unsound = |character: char| {
        (character < ' ' && !matches!(character, '\t' | '\n' | '\r')) || matches!(character, '\u{FFFE}' | '\u{FFFF}')
    };
    if text.contains(unsound) { Err(WireError::text("characters that XML can have", text)) } else { Ok(()) }
}

/// Whether a text is a name without a colon (Namespaces in XML, section 3): of all characters beyond ASCII, letters.
fn is_name(text: &str) -> bool {
    let starts = |character: char| character.is_alphabetic() || character == '_';
    let goes_on = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '\u{B7}');
    text.starts_with(starts) && text.chars().all(goes_on)
}
