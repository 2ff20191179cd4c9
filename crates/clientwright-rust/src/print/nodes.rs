//! Prints how members stand in XML, as the runtime is told of it.
//!
//! In: what the model says of a member, the value of a list or a document. Out: an expression that makes a `Node`. Never
//! happens: a word about what stands as it would without one.

use super::tokens::text;
use crate::model::{XmlKind, XmlNode};

/// How a member, the value of a list or a document stands in XML, as the runtime is told of it.
pub(super) fn node(key: &str, stated: &XmlNode, required: bool) -> String {
    let name = stated.name.as_deref().filter(|_| stated.item.is_none() || stated.kind == XmlKind::Element);
    // A document and the value of a list are called by their name alone.
    let key = if key.is_empty() { name.unwrap_or_default() } else { key };
    let mut out = format!("Node::new({})", text(key));
    if let Some(name) = name.filter(|name| *name != key) {
        out.extend([".name(", &text(name), ")"]);
    }
    for (word, said) in [("namespace", &stated.namespace), ("prefix", &stated.prefix)] {
        if let Some(said) = said {
            out.extend([".", word, "(", &text(said), ")"]);
        }
    }
    out.push_str(match stated.kind {
        XmlKind::Element => "",
        XmlKind::Attribute => ".attribute()",
        XmlKind::Text => ".text()",
        XmlKind::Cdata => ".cdata()",
        XmlKind::Flat => ".flat()",
    });
    if let Some(item) = &stated.item {
        // Elements without a name are called as the list is; so is what they stand in, unless that is nothing.
        let name = stated.name.as_deref();
        let called =
            XmlNode { name: item.name.clone().or_else(|| Some(name.unwrap_or(key).to_owned())), ..(**item).clone() };
        out.extend([".of(&", &node("", &called, false), ")"]);
    }
    let counts = matches!(stated.kind, XmlKind::Text | XmlKind::Cdata | XmlKind::Flat);
    out + if required && counts { ".required()" } else { "" }
}
