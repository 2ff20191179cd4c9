//! `allOf` becomes one object, and a choice of one becomes that one.
//!
//! In: a schema with `allOf`, `anyOf` or `oneOf`. Out: the one schema that means the same. Never happens: endless
//! work; a schema that leads back to itself is followed once.

use std::collections::BTreeSet;

use clientwright_document::model::{AdditionalProperties, Document, Id as _, JsonType, Schema, SchemaId};
use clientwright_document::source::{At, Value};

/// What `allOf` came to.
pub(super) struct Merged {
    /// An object with all properties.
    pub(super) schema: Schema,
    /// Parts that are no objects, and what they are.
    pub(super) unsupported: Vec<(At, &'static str)>,
    /// Properties that two parts describe differently: the one that is used, and the one that is not.
    pub(super) conflicts: Vec<(At, At)>,
}

/// Merges the parts of `allOf` into one object. What stands nearer to the schema itself wins.
pub(super) fn all_of(document: &Document, id: SchemaId) -> Merged {
    let own = &document.schemas[id];
    let schema = Schema {
        at: own.at,
        component: own.component.clone(),
        title: own.title.clone(),
        description: own.description.clone(),
        ..Schema::default()
    };
    let mut merged = Merged { schema, unsupported: Vec::new(), conflicts: Vec::new() };
    add(document, id, &mut merged, &mut BTreeSet::new());
    merged
}

/// Parts first, so that inherited properties stand before a schema's own, as in the documentation of most APIs.
fn add(document: &Document, id: SchemaId, merged: &mut Merged, seen: &mut BTreeSet<usize>) {
    if !seen.insert(id.index()) {
        return;
    }
    let part = &document.schemas[id];
    if let Some(reference) = &part.reference {
        add(document, reference.target, merged, seen);
    }
    for &inner in &part.all_of {
        add(document, inner, merged, seen);
    }
    if !part.one_of.is_empty() || !part.any_of.is_empty() {
        merged.unsupported.push((part.at, "a choice within `allOf`"));
    }
    let types = part.types.without(JsonType::Null);
    if !types.is_empty() && !types.contains(JsonType::Object) {
        merged.unsupported.push((part.at, "`allOf` with a part that is no object"));
    }
    for (key, &property) in &part.properties {
        if let Some(previous) = merged.schema.properties.insert(key.clone(), property)
            && !same(document, previous, property)
        {
            merged.conflicts.push((document.schemas[property].at, document.schemas[previous].at));
        }
    }
    for key in &part.required {
        if !merged.schema.required.contains(key) {
            merged.schema.required.push(key.clone());
        }
    }
    if part.additional_properties != AdditionalProperties::Unspecified {
        merged.schema.additional_properties = part.additional_properties;
    }
}

/// Whether a schema is its reference and nothing more. From 3.1 on, what stands beside a `$ref` holds as well, like one
/// more part of `allOf`; documentation and null apart, which the place it stands in takes over.
pub(super) fn is_plain_reference(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.items.is_none()
        && schema.enum_values.is_none()
        && schema.additional_properties == AdditionalProperties::Unspecified
}

/// Whether two schemas are one, or so alike in what decides a type that it does not matter which is used.
fn same(document: &Document, one: SchemaId, other: SchemaId) -> bool {
    let end = |mut id: SchemaId| {
        while let Some(reference) = &document.schemas[id].reference {
            id = reference.target;
        }
        id
    };
    let (one, other) = (end(one), end(other));
    let (a, b) = (&document.schemas[one], &document.schemas[other]);
    let scalar =
        |schema: &Schema| schema.properties.is_empty() && schema.items.is_none() && schema.enum_values.is_none();
    one == other || (scalar(a) && scalar(b) && a.types == b.types && a.format == b.format)
}

/// The one schema that is left of `allOf`, `anyOf` or `oneOf`, null apart, and whether null was among them.
///
/// `allOf: [{$ref: …}]` is how 3.0 documents say "this schema, with another description".
pub(super) fn only_choice(document: &Document, id: SchemaId) -> Option<(SchemaId, bool)> {
    let schema = &document.schemas[id];
    let plain = schema.properties.is_empty()
        && schema.items.is_none()
        && schema.enum_values.is_none()
        && schema.additional_properties == AdditionalProperties::Unspecified
        && schema.required.is_empty()
        && schema.types.without(JsonType::Null).without(JsonType::Object).is_empty();
    let choices = [&schema.all_of, &schema.any_of, &schema.one_of];
    let mut stated = choices.into_iter().filter(|choice| !choice.is_empty());
    let choice = stated.next().filter(|_| plain && stated.next().is_none())?;
    let is_null = |id: &SchemaId| is_null(&document.schemas[*id]);
    let mut others = choice.iter().copied().filter(|id| !is_null(id));
    let only = others.next().filter(|_| others.next().is_none())?;
    Some((only, choice.iter().any(is_null)))
}

/// Whether a schema allows null and nothing else.
pub(super) fn is_null(schema: &Schema) -> bool {
    let typed = schema.types.contains(JsonType::Null) && schema.types.len() == 1;
    let values = schema.enum_values.as_ref();
    typed || values.is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.value == Value::Null))
}
