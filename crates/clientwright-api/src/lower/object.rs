//! Lowers what holds other values: objects, maps and lists.
//!
//! In: a schema whose parts are one. Out: an object with its members, or a map or a list. Never happens: a member of an
//! object without a value, or a value of a list that has a type and becomes untyped.

use std::collections::BTreeSet;

use clientwright_document::model::{AdditionalProperties, Id as _, Schema, SchemaId};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic};

use super::schema::{Form, limits};
use super::{Lowering, docs, merge};
use crate::model::{Access, Additional, Limits, Name, Object, Property, Shape, TypeKind, TypeRef};

const ANY: TypeRef = TypeRef { shape: Shape::Any, nullable: false };

impl Lowering<'_> {
    /// A list; where the first items have schemas of their own, of whatever any of them may be.
    pub(super) fn list(&mut self, schema: &Schema, name: &Name) -> Form {
        let name = name.within("item");
        let rest = schema.items.filter(|&items| self.schema(items).boolean != Some(false));
        let item = match (schema.prefix_items.as_slice(), rest) {
            ([], Some(items)) => self.type_ref(items, &name),
            ([], None) => ANY,
            ([only], None) if !self.is_open(schema) => self.type_ref(*only, &name),
            (first, rest) => {
                let mut of: Vec<SchemaId> = first.iter().copied().chain(rest).collect();
                if self.is_open(schema) {
                    of.push(self.schemas.add(Schema { at: schema.at, ..Schema::default() }));
                }
                let any = self.any_of(schema.at, of);
                self.type_ref(any, &name)
            }
        };
        Form::Plain(Shape::List(Box::new(item)))
    }

    /// Whether a list may go on after its first items with whatever there is, and nothing but this says so: a choice
    /// between several kinds keeps what is none of them.
    fn is_open(&mut self, schema: &Schema) -> bool {
        let count = u64::try_from(schema.prefix_items.len()).unwrap_or(u64::MAX);
        let kinds: BTreeSet<_> = schema.prefix_items.iter().map(|&item| self.facts(item).kind).collect();
        schema.items.is_none() && schema.max_items.is_none_or(|most| most > count) && kinds.len() == 1
    }

    /// An object with named members, or a map where there are none.
    pub(super) fn object(&mut self, schema: &Schema, name: &Name) -> Form {
        let additional = self.additional(schema, name);
        if schema.properties.is_empty()
            && (additional.is_some() || schema.additional_properties != AdditionalProperties::Forbidden)
        {
            return Form::Plain(Shape::Map(Box::new(additional.unwrap_or(ANY))));
        }
        self.check_required(schema);
        let properties = schema.properties.iter().map(|(key, &id)| self.property(schema, key, id, name)).collect();
        let additional = additional.map_or(Additional::Ignored, Additional::Kept);
        Form::Typed(TypeKind::Object(Object { properties, additional }))
    }

    /// What the members are that have no name in the document.
    fn additional(&mut self, schema: &Schema, name: &Name) -> Option<TypeRef> {
        let mut of: Vec<SchemaId> = schema.pattern_properties.values().copied().collect();
        match schema.additional_properties {
            AdditionalProperties::Schema(id) => of.push(id),
            AdditionalProperties::Allowed => return Some(ANY),
            AdditionalProperties::Unspecified | AdditionalProperties::Forbidden => {}
        }
        of.dedup();
        let name = name.within("value");
        match of[..] {
            [] => None,
            [only] => Some(self.type_ref(only, &name)),
            _ => {
                let any = self.any_of(schema.at, of);
                Some(self.type_ref(any, &name))
            }
        }
    }

    /// A schema that is any of some.
    fn any_of(&mut self, at: At, of: Vec<SchemaId>) -> SchemaId {
        self.schemas.add(Schema { at, any_of: of, ..Schema::default() })
    }

    /// Reports members that are required and not described: a misspelt name, or one that is not there any more.
    fn check_required(&mut self, schema: &Schema) {
        for key in schema.required.iter().filter(|key| !schema.properties.contains_key(*key)) {
            let title = format!("`{key}` is required, but there is no such property");
            let diagnostic = Diagnostic::new(Code::UndescribedProperty, title);
            let help = "describe it under `properties`, or remove it from `required`";
            self.diagnostics.push(diagnostic.at(schema.at, "nothing is known of its value; left out").help(help));
        }
    }

    fn property(&mut self, owner: &Schema, key: &str, id: SchemaId, name: &Name) -> Property {
        let value = self.type_ref(id, &name.within(key));
        let limits = self.limits(id);
        let (here, there) = (self.schema(id), self.schema(self.target(id)));
        let required = owner.required.iter().any(|required| required == key);
        let access = match (here.read_only || there.read_only, here.write_only || there.write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) | (true, true) => Access::Both,
        };
        Property {
            at: here.at,
            key: key.to_owned(),
            docs: docs(here).or(|| docs(there)),
            deprecated: here.deprecated || there.deprecated,
            access,
            required,
            value,
            limits,
            xml: self.xml_member(id),
            default: here.default.clone().or_else(|| there.default.clone()),
        }
    }

    /// What a place demands of its value, by all that stands there.
    pub(super) fn limits(&mut self, id: SchemaId) -> Limits {
        let schema = self.schema(id);
        if schema.reference.is_none() && schema.all_of.is_empty() {
            return limits(schema);
        }
        let target = self.target(id);
        if let Some(known) = self.limits.get(&target.index()).filter(|_| is_bare(schema)) {
            return known.clone();
        }
        let is_bare = is_bare(schema);
        let found = limits(&merge::merge(&mut self.schemas, id).schema);
        if is_bare {
            self.limits.insert(target.index(), found.clone());
        }
        found
    }
}

/// Whether a reference stands alone as far as limits go.
fn is_bare(schema: &Schema) -> bool {
    limits(&Schema { format: None, ..schema.clone() }) == Limits::default() && schema.all_of.is_empty()
}
