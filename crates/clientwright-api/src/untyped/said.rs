//! What schemas of a document say about the kind of value, as far as a reader sees it.
//!
//! In: schemas that hold at the same time. Out: what they say together, references and `allOf` looked through. Never
//! happens: endless work; a schema is visited once for each question.

use std::collections::BTreeSet;

use clientwright_document::model::{AdditionalProperties, Document, Id as _, JsonType, Literal, Schema, SchemaId};
use clientwright_document::source::{At, Value};

use super::Reason;

/// More alternatives than this are not looked at.
const MOST: usize = 2000;

/// Answers about the schemas of a document.
pub(super) struct Said<'a> {
    document: &'a Document,
}

impl<'a> Said<'a> {
    pub(super) const fn new(document: &'a Document) -> Self {
        Self { document }
    }

    /// The schemas with everything that holds besides: what they refer to, and the parts of `allOf`.
    fn parts(&self, of: &[SchemaId]) -> Vec<&'a Schema> {
        let (mut seen, mut parts) = (BTreeSet::new(), Vec::new());
        let mut list = of.to_vec();
        while let Some(id) = list.pop() {
            if seen.insert(id.index()) {
                let schema = &self.document.schemas[id];
                list.extend(schema.reference.as_ref().map(|reference| reference.target));
                list.extend(&schema.all_of);
                parts.push(schema);
            }
        }
        parts
    }

    /// Where these schemas and their parts stand.
    pub(super) fn places(&self, of: &[SchemaId]) -> Vec<At> {
        self.parts(of).into_iter().map(|part| part.at).collect()
    }

    /// Why anything may stand where these schemas hold.
    pub(super) fn why(&self, of: &[SchemaId]) -> Reason {
        let parts = self.parts(of);
        let alternatives = self.alternatives(of);
        let states = |parts: &[&Schema]| parts.iter().any(|part| states_kind(part));
        if parts.is_empty() {
            Reason::NoSchema
        } else if alternatives.iter().all(|one| states(&self.parts(one))) {
            Reason::Stated
        } else if alternatives.len() > 1 {
            Reason::Choice
        } else if parts.iter().any(|part| names_every_kind(part)) {
            Reason::EveryKind
        } else if parts.iter().any(|part| names_null(part)) {
            Reason::OnlyNull
        } else if parts.iter().any(|part| demands(part)) {
            Reason::OnlyDemands
        } else {
            Reason::NothingSaid
        }
    }

    /// What may hold, each with one option of every choice on the way to it; the schemas alone, where they have no choice.
    pub(super) fn alternatives(&self, of: &[SchemaId]) -> Vec<Vec<SchemaId>> {
        let mut done = Vec::new();
        let mut list = vec![(of.to_vec(), BTreeSet::new())];
        while let Some((all, mut made)) = list.pop() {
            let parts = self.parts(&all);
            let choices =
                parts.iter().flat_map(|part| [&part.one_of, &part.any_of]).filter(|choice| !choice.is_empty());
            let mut open = choices.filter(|choice| !made.contains(*choice));
            let Some(choice) = open.next().filter(|_| done.len() + list.len() < MOST) else {
                done.push(all);
                continue;
            };
            made.insert(choice.clone());
            list.extend(choice.iter().map(|&option| (all.iter().copied().chain([option]).collect(), made.clone())));
        }
        done
    }

    /// The schemas of a property.
    pub(super) fn property(&self, of: &[SchemaId], key: &str) -> Vec<SchemaId> {
        self.parts(of).into_iter().filter_map(|part| part.properties.get(key).copied()).collect()
    }

    /// What the items of a list may be, each described by schemas that hold at the same time.
    pub(super) fn items(&self, of: &[SchemaId]) -> Vec<Vec<SchemaId>> {
        let parts = self.parts(of);
        let of_all: Vec<SchemaId> = parts.iter().filter_map(|part| part.items).collect();
        let first = parts.iter().flat_map(|part| &part.prefix_items).map(|&item| vec![item]);
        first.chain((!of_all.is_empty()).then(|| of_all.clone())).collect()
    }

    /// What the members of an object may be that have no name.
    pub(super) fn members(&self, of: &[SchemaId]) -> Vec<Vec<SchemaId>> {
        let parts = self.parts(of);
        let of_all: Vec<SchemaId> = parts
            .iter()
            .filter_map(|part| match part.additional_properties {
                AdditionalProperties::Schema(id) => Some(id),
                AdditionalProperties::Unspecified | AdditionalProperties::Allowed | AdditionalProperties::Forbidden => {
                    None
                }
            })
            .collect();
        let patterns = parts.iter().flat_map(|part| part.pattern_properties.values()).map(|&member| vec![member]);
        patterns.chain((!of_all.is_empty()).then(|| of_all.clone())).collect()
    }

    /// Whether an object says that it may have any members.
    pub(super) fn is_open(&self, of: &[SchemaId]) -> bool {
        self.parts(of).iter().any(|part| part.additional_properties == AdditionalProperties::Allowed)
    }

    /// Whether an object describes members by their names.
    pub(super) fn has_properties(&self, of: &[SchemaId]) -> bool {
        self.parts(of).iter().any(|part| !part.properties.is_empty())
    }

    /// Whether a list describes its first items and not those after them.
    pub(super) fn goes_on(&self, of: &[SchemaId]) -> bool {
        let parts = self.parts(of);
        parts.iter().any(|part| !part.prefix_items.is_empty()) && parts.iter().all(|part| part.items.is_none())
    }

    /// Whether nothing says that the value is something else than a list.
    pub(super) fn may_be_list(&self, of: &[SchemaId]) -> bool {
        self.may_be(of, JsonType::Array)
    }

    /// Whether nothing says that the value is something else than an object.
    pub(super) fn may_be_object(&self, of: &[SchemaId]) -> bool {
        self.may_be(of, JsonType::Object)
    }

    fn may_be(&self, of: &[SchemaId], kind: JsonType) -> bool {
        self.parts(of).iter().all(|part| part.types.without(JsonType::Null).is_empty() || part.types.contains(kind))
    }
}

/// Whether a schema says by itself what kind of value stands there, or one of a few kinds.
fn states_kind(schema: &Schema) -> bool {
    let values: Vec<&Literal> = schema.enum_values.iter().flatten().chain(&schema.constant).collect();
    let only_null = !values.is_empty() && values.iter().all(|value| value.value == Value::Null);
    let has_types = !schema.types.without(JsonType::Null).is_empty() && !names_every_kind(schema);
    (has_types && !only_null)
        || !schema.properties.is_empty()
        || !schema.pattern_properties.is_empty()
        || schema.additional_properties != AdditionalProperties::Unspecified
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || (!values.is_empty() && !only_null)
}

fn names_every_kind(schema: &Schema) -> bool {
    let kinds = [JsonType::Boolean, JsonType::Number, JsonType::String, JsonType::Array, JsonType::Object];
    kinds.into_iter().all(|kind| schema.types.contains(kind))
}

fn names_null(schema: &Schema) -> bool {
    let mut values = schema.enum_values.iter().flatten().chain(&schema.constant);
    schema.types.contains(JsonType::Null) || values.any(|value| value.value == Value::Null)
}

/// Whether a schema demands something of values.
fn demands(schema: &Schema) -> bool {
    schema.format.is_some()
        || schema.pattern.is_some()
        || schema.not.is_some()
        || schema.minimum.is_some()
        || schema.maximum.is_some()
        || schema.multiple_of.is_some()
        || schema.unique_items
        || !schema.required.is_empty()
        || !schema.other_keywords.is_empty()
        || !schema.conditional.is_empty()
        || schema.content_media_type.is_some()
        || [schema.min_length, schema.max_length, schema.min_items, schema.max_items].iter().any(Option::is_some)
        || [schema.min_properties, schema.max_properties].iter().any(Option::is_some)
}
