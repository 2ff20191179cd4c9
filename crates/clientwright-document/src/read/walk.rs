//! Where references can stand, before anything is read.
//!
//! In: nodes. Out: their children, apart from those that are values of an API rather than parts of
//! its description: examples, defaults, extensions. Never: a child missed in which the readers
//! follow a reference.

use crate::source::{Kind, NodeRef};

/// What the keys of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Keys {
    /// Keywords of the specification.
    Fixed,
    /// Names that an author chose, such as those under `properties`.
    Names,
}

/// Keywords under which the keys are names.
const MAPS: [&str; 24] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "examples",
    "headers",
    "links",
    "mapping",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securityDefinitions",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Keywords under which values of an API stand.
const VALUES: [&str; 6] = ["const", "dataValue", "default", "enum", "example", "value"];

/// The children of a node that can hold references, with what their own keys are.
pub(super) fn children(node: NodeRef<'_>, keys: Keys) -> Vec<(NodeRef<'_>, Keys)> {
    if node.kind() == Kind::List {
        return node.items().map(|item| (item, Keys::Fixed)).collect();
    }
    let is_value = |key: &str, value: NodeRef<'_>| {
        VALUES.contains(&key) || key.starts_with("x-") || key == "examples" && value.kind() == Kind::List
    };
    let children = node.entries().filter_map(|(key, value)| match keys {
        Keys::Fixed if is_value(key, value) => None,
        Keys::Fixed if MAPS.contains(&key) => Some((value, Keys::Names)),
        Keys::Fixed | Keys::Names => Some((value, Keys::Fixed)),
    });
    children.filter(|(child, _)| matches!(child.kind(), Kind::Object | Kind::List)).collect()
}

/// The references of an object: its `$ref`, and what a discriminator maps values to, unless that
/// is the name of a schema in one of these documents.
pub(super) fn references<'a>(node: NodeRef<'a>, documents: [NodeRef<'a>; 2]) -> impl Iterator<Item = NodeRef<'a>> {
    let own = ["$ref", "$dynamicRef"].into_iter().filter_map(move |key| node.get(key));
    let discriminator = node.get("discriminator");
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
    let default = discriminator.and_then(|discriminator| discriminator.get("defaultMapping"));
    let mapped = mapping.into_iter().flat_map(NodeRef::entries).map(|(_, value)| value).chain(default);
    let mapped = mapped.filter(move |value| value.as_str().is_none_or(|name| named_schema(documents, name).is_none()));
    own.chain(mapped).filter(|reference| reference.kind() == Kind::String)
}

/// The schema of a name in the components of the first document that has it.
pub(super) fn named_schema<'a>(documents: [NodeRef<'a>; 2], name: &str) -> Option<NodeRef<'a>> {
    documents.into_iter().find_map(|root| declared(root, "schemas")?.get(name))
}

/// What a document declares in a section of its components; in 2.0 the sections stand in its root.
pub(super) fn declared<'a>(root: NodeRef<'a>, section: &str) -> Option<NodeRef<'a>> {
    let found = root.get("components").and_then(|components| components.get(section));
    found.or_else(|| root.get(section_2_0(section)?))
}

/// What 2.0 calls a section of the components, which it keeps in the root of a document.
pub(super) fn section_2_0(section: &str) -> Option<&'static str> {
    match section {
        "schemas" => Some("definitions"),
        "parameters" => Some("parameters"),
        "responses" => Some("responses"),
        "securitySchemes" => Some("securityDefinitions"),
        _ => None,
    }
}
