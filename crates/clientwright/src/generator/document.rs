//! A document that is already in memory.
//!
//! In: an [`OpenAPI`] of the crate `openapiv3`. Out: the text of the document, for the ordinary
//! reader: no value of that crate goes any further. Never: a null that the document does not have.
//! What is absent is null in some of that crate's objects.

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use serde::{Deserialize, Serialize};

/// The name by which diagnostics call the text.
pub(super) const NAME: &str = "openapi.json";

/// A JSON value whose objects keep their order.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Tree {
    Null,
    Object(IndexMap<String, Tree>),
    List(Vec<Tree>),
    Scalar(serde_json::Value),
}

/// The document as JSON.
pub(super) fn text(document: &OpenAPI) -> Result<String, serde_json::Error> {
    let mut tree: Tree = serde_json::from_str(&serde_json::to_string(document)?)?;
    tree.forget_nulls();
    serde_json::to_string_pretty(&tree)
}

impl Tree {
    /// Removes members that are null, but for those of an API's own values: examples, defaults, extensions.
    fn forget_nulls(&mut self) {
        match self {
            Self::Object(members) => {
                let is_value =
                    |key: &str| matches!(key, "default" | "enum" | "example" | "value") || key.starts_with("x-");
                members.retain(|key, member| is_value(key) || !matches!(member, Self::Null));
                members.iter_mut().filter(|(key, _)| !is_value(key)).for_each(|(_, member)| member.forget_nulls());
            }
            Self::List(items) => items.iter_mut().for_each(Self::forget_nulls),
            Self::Null | Self::Scalar(_) => {}
        }
    }
}

#[cfg(test)]
mod dropped;
#[cfg(test)]
mod normal;
#[cfg(test)]
mod tests;
