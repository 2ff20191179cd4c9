//! XML 1.0 (the `OpenAPI` Specification, "XML Object").
//!
//! In: a document, or a value and how it stands in one. Out: the value, or a document. Types have one table for all
//! formats; what is special about a member in XML is added to it as [`Node`]s. Never happens: a document type, an entity of
//! a document's own, or anything fetched; elements nested deeper than [`MAX_DEPTH`], or more than [`MAX_ELEMENTS`] read.

mod reader;
#[cfg(test)]
mod tests;
mod tree;
mod writer;

use super::{Decode, Encode, Node, Result, WireError};

/// How deep elements may be nested in a document that is read.
pub const MAX_DEPTH: usize = 128;

/// How many elements a document may have that is read: each takes more memory than the few bytes it can be written in.
pub const MAX_ELEMENTS: usize = 1 << 20;

/// Reads the value that a document holds; what its outermost element is called makes no difference.
///
/// # Errors
///
/// Fails where the bytes are no XML in UTF-8, and where the document is not such a value; the error carries the path.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| WireError::new("text in UTF-8", format!("another byte at {}", error.valid_up_to())))?;
    let tree = tree::Tree::parse(text)?;
    T::decode(&mut reader::XmlReader::new(&tree))
}

/// Writes a value as a document whose outermost element is `root`.
///
/// # Errors
///
/// Fails where the value has no form in XML: a character or a name that XML does not have, a list as an attribute.
pub fn to_vec(root: &'static Node, value: &dyn Encode) -> Result<Vec<u8>> {
    let mut writer = writer::XmlWriter::new(root);
    value.encode(&mut writer)?;
    Ok([r#"<?xml version="1.0" encoding="UTF-8"?>"#, &writer.finish()].concat().into_bytes())
}
