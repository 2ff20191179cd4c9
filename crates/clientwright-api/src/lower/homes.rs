//! Where schemas without a name of their own are at home.
//!
//! In: the components of a document. Out: the name that each schema written within one has there, so that a type is
//! called after the place it stands in, whoever else inherits it or is lowered before. Never happens: a schema at home in
//! two places; the first component that contains it is its home.

use std::collections::BTreeMap;

use clientwright_document::model::{AdditionalProperties, Document, Id as _, SchemaId};

use crate::model::{Name, Origin};

/// The names of schemas within components, by the schemas' indices.
pub(super) fn homes(document: &Document) -> BTreeMap<usize, Name> {
    let mut homes = BTreeMap::new();
    for (component, &id) in &document.named_schemas {
        let name = Name { origin: Origin::Component(component.clone()), path: Vec::new() };
        let mut list = vec![(id, name)];
        while let Some((id, name)) = list.pop() {
            if homes.contains_key(&id.index()) {
                continue;
            }
            list.extend(within(document, id, &name).into_iter().rev());
            homes.insert(id.index(), name);
        }
    }
    homes
}

/// The schemas that are written within another, with their names. Options of a choice are called by what tells them
/// apart, which is decided later.
fn within(document: &Document, id: SchemaId, name: &Name) -> Vec<(SchemaId, Name)> {
    let schema = &document.schemas[id];
    let mut found: Vec<(SchemaId, Name)> = schema.all_of.iter().map(|&part| (part, name.clone())).collect();
    found.extend(schema.properties.iter().map(|(key, &property)| (property, name.within(key))));
    found.extend(schema.items.map(|items| (items, name.within("item"))));
    if let AdditionalProperties::Schema(value) = schema.additional_properties {
        found.push((value, name.within("value")));
    }
    let is_inline =
        |id: &SchemaId| document.schemas[*id].component.is_none() && document.schemas[*id].reference.is_none();
    found.retain(|(id, _)| is_inline(id));
    found
}
