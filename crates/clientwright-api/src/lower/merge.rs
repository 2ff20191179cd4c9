//! What holds at the same time becomes one schema: `allOf`, what stands beside a reference, what holds under conditions.
//!
//! In: a schema. Out: one without `allOf` and without a reference that means the same, and the choices that are left.
//! Never happens: endless work; a schema that leads back to itself is followed once, and a part is visited once.

use std::collections::BTreeSet;

use clientwright_document::model::{
    AdditionalProperties, Bound, Discriminator, Id as _, JsonType, Literal, Schema, SchemaId, TypeSet,
};
use clientwright_document::source::{At, Value};

use super::extensions;
use super::schemas::Schemas;

/// A schema with everything that its parts say.
pub(super) struct Merged {
    /// The schema, with neither parts nor choices.
    pub(super) schema: Schema,
    /// The choices of the parts.
    pub(super) choices: Vec<Choices>,
    /// Properties, or whole parts, that two parts describe in ways that exclude one another: the one that is used, and
    /// the one that is not.
    pub(super) conflicts: Vec<(At, At)>,
    /// The parts that were visited.
    seen: BTreeSet<usize>,
}

/// What `oneOf` or `anyOf` says.
#[derive(Clone)]
pub(super) struct Choices {
    /// The schema that says it.
    pub(super) owner: SchemaId,
    /// The schemas of which one holds.
    pub(super) of: Vec<SchemaId>,
    /// What tells them apart.
    pub(super) discriminator: Option<Discriminator>,
}

/// How a part counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The schema itself, or what is written within it: its documentation counts as well.
    Own,
    /// What is named by a reference.
    Named,
    /// What holds under a condition only.
    Conditional,
}

impl Merged {
    /// Whether another schema is one of the parts.
    pub(super) fn has_part(&self, id: SchemaId) -> bool {
        self.seen.contains(&id.index())
    }
}

/// Everything that a schema says, in one. What stands nearer to the schema itself wins.
pub(super) fn merge(schemas: &mut Schemas<'_>, id: SchemaId) -> Merged {
    let own = schemas.get(id);
    let schema = Schema {
        at: own.at,
        component: own.component.clone(),
        title: own.title.clone(),
        description: own.description.clone(),
        nullable: own.nullable,
        ..Schema::default()
    };
    let mut merged = Merged { schema, choices: Vec::new(), conflicts: Vec::new(), seen: BTreeSet::new() };
    add(schemas, id, &mut merged, Part::Own);
    merged
}

/// Parts first, so that inherited properties stand before a schema's own, as in the documentation of most APIs.
fn add(schemas: &mut Schemas<'_>, id: SchemaId, merged: &mut Merged, how: Part) {
    let is_first = merged.seen.is_empty();
    if !merged.seen.insert(id.index()) || !(is_first || schemas.may_merge()) {
        return;
    }
    let part = schemas.get(id).clone();
    let inner = if how == Part::Conditional { how } else { Part::Named };
    if let Some(reference) = &part.reference {
        add(schemas, reference.target, merged, inner);
    }
    for &all in &part.all_of {
        let is_named = schemas.get(all).reference.is_some();
        add(schemas, all, merged, if is_named { inner } else { how });
    }
    for &conditional in &part.conditional {
        add(schemas, conditional, merged, Part::Conditional);
    }
    add_members(schemas, &part, merged, how);
    if how == Part::Conditional {
        return;
    }
    add_values(&part, merged);
    add_bounds(&part, &mut merged.schema);
    add_annotations(&part, &mut merged.schema, how);
    for of in [&part.one_of, &part.any_of] {
        // What extends a schema is often one of its choices; seen from there the choice is made.
        let is_made = of.iter().any(|&choice| merged.seen.contains(&schemas.end(choice).index()));
        if !of.is_empty() && !is_made {
            let discriminator = part.discriminator.clone();
            merged.choices.push(Choices { owner: id, of: of.clone(), discriminator });
        }
    }
}

/// What a part says about members of objects and items of lists.
fn add_members(schemas: &mut Schemas<'_>, part: &Schema, merged: &mut Merged, how: Part) {
    for (key, &property) in &part.properties {
        let Some(&previous) = merged.schema.properties.get(key) else {
            merged.schema.properties.insert(key.clone(), property);
            continue;
        };
        if how == Part::Conditional || same(schemas, previous, property) {
            if how != Part::Conditional {
                merged.schema.properties.insert(key.clone(), property);
            }
            continue;
        }
        let both = both(schemas, previous, property);
        if both.is_none() {
            merged.conflicts.push((schemas.get(property).at, schemas.get(previous).at));
        }
        merged.schema.properties.insert(key.clone(), both.unwrap_or(property));
    }
    if how == Part::Conditional {
        return;
    }
    let mut known: BTreeSet<String> = merged.schema.required.iter().cloned().collect();
    merged.schema.required.extend(part.required.iter().filter(|key| known.insert((*key).clone())).cloned());
    if part.additional_properties != AdditionalProperties::Unspecified {
        merged.schema.additional_properties = part.additional_properties;
    }
    for (pattern, &value) in &part.pattern_properties {
        merged.schema.pattern_properties.insert(pattern.clone(), value);
    }
    merged.schema.property_names = part.property_names.or(merged.schema.property_names);
    merged.schema.items = match (merged.schema.items, part.items) {
        (Some(previous), Some(items)) if previous != items => both(schemas, previous, items).or(Some(items)),
        (previous, items) => items.or(previous),
    };
    if !part.prefix_items.is_empty() {
        merged.schema.prefix_items.clone_from(&part.prefix_items);
    }
}

/// The schema that is both of two; `None` where nothing can be.
fn both(schemas: &mut Schemas<'_>, previous: SchemaId, next: SchemaId) -> Option<SchemaId> {
    let kinds = |schemas: &Schemas<'_>, id: SchemaId| schemas.get(schemas.end(id)).types.without(JsonType::Null);
    let (one, other) = (kinds(schemas, previous), kinds(schemas, next));
    if !one.is_empty() && !other.is_empty() && intersection(one, other).is_empty() {
        return None;
    }
    let like = schemas.get(next).clone();
    let like = || Schema {
        at: like.at,
        title: like.title,
        description: like.description,
        default: like.default,
        deprecated: like.deprecated,
        read_only: like.read_only,
        write_only: like.write_only,
        ..Schema::default()
    };
    schemas.all_of(vec![previous, next], like)
}

/// What a part says about the kind of value and the values themselves.
fn add_values(part: &Schema, merged: &mut Merged) {
    let schema = &mut merged.schema;
    let (known, stated) = (schema.types, part.types);
    if known.is_empty() || stated.is_empty() {
        schema.types.extend(stated.iter());
    } else {
        let common = intersection(known, stated);
        if common.without(JsonType::Null).is_empty() {
            merged.conflicts.push((part.at, schema.at));
        }
        schema.types = if common.is_empty() { stated } else { common };
    }
    let constant = part.constant.as_ref().map(|constant| vec![constant.clone()]);
    for values in [part.enum_values.clone(), constant].into_iter().flatten() {
        let common = |known: Vec<Literal>| {
            let common: Vec<Literal> =
                known.into_iter().filter(|known| values.iter().any(|value| value.value == known.value)).collect();
            if common.is_empty() { values.clone() } else { common }
        };
        schema.enum_values = Some(schema.enum_values.take().map_or_else(|| values.clone(), common));
    }
    schema.format = part.format.clone().or(schema.format.take());
    schema.pattern = part.pattern.clone().or(schema.pattern.take());
    schema.multiple_of = part.multiple_of.clone().or(schema.multiple_of.take());
    schema.not = part.not.or(schema.not);
    schema.boolean = part.boolean.filter(|&anything| !anything).or(schema.boolean);
    schema.content_encoding = part.content_encoding.clone().or(schema.content_encoding.take());
    schema.content_media_type = part.content_media_type.clone().or(schema.content_media_type.take());
    schema.content_schema = part.content_schema.or(schema.content_schema);
    schema.other_keywords.extend(part.other_keywords.iter().map(|(keyword, at)| (keyword.clone(), *at)));
}

/// The types that two sets have in common; integers are numbers.
fn intersection(one: TypeSet, other: TypeSet) -> TypeSet {
    let within = |set: TypeSet, json_type: JsonType| {
        set.contains(json_type) || json_type == JsonType::Integer && set.contains(JsonType::Number)
    };
    let ours = one.iter().filter(|&json_type| within(other, json_type));
    let theirs = other.iter().filter(|&json_type| within(one, json_type));
    ours.chain(theirs).collect()
}

/// What a part says about how large things are: the stricter of two bounds counts.
fn add_bounds(part: &Schema, schema: &mut Schema) {
    schema.minimum = stricter(schema.minimum.take(), part.minimum.clone(), |known, new| new > known);
    schema.maximum = stricter(schema.maximum.take(), part.maximum.clone(), |known, new| new < known);
    schema.min_length = schema.min_length.max(part.min_length);
    schema.min_items = schema.min_items.max(part.min_items);
    schema.min_properties = schema.min_properties.max(part.min_properties);
    let least = |known: Option<u64>, new: Option<u64>| [known, new].into_iter().flatten().min();
    schema.max_length = least(schema.max_length, part.max_length);
    schema.max_items = least(schema.max_items, part.max_items);
    schema.max_properties = least(schema.max_properties, part.max_properties);
    schema.unique_items |= part.unique_items;
}

fn stricter(known: Option<Bound>, new: Option<Bound>, is_stricter: fn(f64, f64) -> bool) -> Option<Bound> {
    let value = |bound: &Bound| bound.value.as_f64();
    match (known, new) {
        (Some(known), Some(new)) if is_stricter(value(&known), value(&new)) => Some(new),
        (Some(known), Some(new)) if !is_stricter(value(&new), value(&known)) => {
            Some(Bound { exclusive: known.exclusive || new.exclusive, ..known })
        }
        (known, new) => known.or(new),
    }
}

/// What a part says besides what is valid.
fn add_annotations(part: &Schema, schema: &mut Schema, how: Part) {
    schema.default = part.default.clone().or(schema.default.take());
    schema.examples.extend(part.examples.iter().cloned());
    for (key, value) in &part.extensions {
        schema.extensions.insert(key.clone(), value.clone());
    }
    schema.xml = part.xml.clone().or(schema.xml.take());
    if how == Part::Own {
        schema.title = schema.title.take().or_else(|| part.title.clone());
        schema.description = schema.description.take().or_else(|| part.description.clone());
        schema.deprecated |= part.deprecated;
        schema.read_only |= part.read_only;
        schema.write_only |= part.write_only;
    }
}

/// Whether a schema is its reference and nothing more. From 3.1 on, what stands beside a `$ref` holds as well, like one
/// more part of `allOf`; documentation, null and a repeated type apart, which the place it stands in takes over.
pub(super) fn is_plain_reference(schema: &Schema) -> bool {
    !schema.extensions.contains_key(extensions::BOOLEAN)
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.conditional.is_empty()
        && schema.enum_values.is_none()
        && schema.constant.is_none()
        && schema.additional_properties == AdditionalProperties::Unspecified
}

/// Whether two schemas are one, or so alike in what decides a type that it does not matter which is used.
fn same(schemas: &Schemas<'_>, one: SchemaId, other: SchemaId) -> bool {
    let (one, other) = (schemas.end(one), schemas.end(other));
    let (a, b) = (schemas.get(one), schemas.get(other));
    let is_scalar = |schema: &Schema| {
        is_plain_reference(schema) && schema.types.len() == 1 && !schema.types.contains(JsonType::Object)
    };
    one == other || (is_scalar(a) && is_scalar(b) && a.types == b.types && a.format == b.format)
}

/// The one schema that is left of `allOf`, `anyOf` or `oneOf`, null apart, and whether null was among them.
///
/// `allOf: [{$ref: …}]` is how 3.0 documents say "this schema, with another description".
pub(super) fn only_choice(schemas: &Schemas<'_>, id: SchemaId) -> Option<(SchemaId, bool)> {
    let schema = schemas.get(id);
    let plain = schema.properties.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.conditional.is_empty()
        && schema.reference.is_none()
        && schema.enum_values.is_none()
        && schema.constant.is_none()
        && schema.additional_properties == AdditionalProperties::Unspecified
        && schema.required.is_empty()
        && schema.types.without(JsonType::Null).without(JsonType::Object).is_empty();
    let choices = [&schema.all_of, &schema.any_of, &schema.one_of];
    let mut stated = choices.into_iter().filter(|choice| !choice.is_empty());
    let choice = stated.next().filter(|_| plain && stated.next().is_none())?;
    let is_null = |id: &SchemaId| is_null(schemas.get(*id));
    let mut others = choice.iter().copied().filter(|id| !is_null(id));
    let only = others.next().filter(|_| others.next().is_none())?;
    Some((only, choice.iter().any(is_null)))
}

/// Whether a schema allows null and nothing else.
pub(super) fn is_null(schema: &Schema) -> bool {
    let typed = schema.types.contains(JsonType::Null) && schema.types.len() == 1;
    let values = schema.enum_values.as_ref();
    let constant = schema.constant.as_ref().is_some_and(|constant| constant.value == Value::Null);
    typed
        || constant
        || values.is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.value == Value::Null))
}
