//! Lowers schemas: decides what stands in a place, and which schemas become types with names.
//!
//! In: a schema and the name it would have. Out: a [`TypeRef`]; objects and enumerations of texts become types. Never
//! happens: a schema with a type that becomes untyped without a diagnostic.

use clientwright_document::model::{AdditionalProperties, Id as _, JsonType, Schema, SchemaId, TypeSet};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic};

use super::{Lowering, docs, merge};
use crate::model::{
    Access, Additional, IntegerWidth, Limits, Name, Object, Property, Shape, TextFormat, TypeKind, TypeRef,
};

/// What a schema is, before it is decided whether it needs a name.
pub(super) enum Form {
    Plain(Shape),
    Typed(TypeKind),
}

impl Lowering<'_> {
    /// What stands in a place with this schema, which would be called `name` if it needed a name of its own.
    pub(super) fn type_ref(&mut self, id: SchemaId, name: &Name) -> TypeRef {
        let (target, nullable_here) = self.target(id);
        let schema = self.schema(target);
        let nullable = nullable_here || is_nullable(schema);
        if let Some(component) = schema.component.clone() {
            let nullable = nullable || self.null_through(target);
            let shape = Shape::Named(self.component(&component, target));
            return TypeRef { shape, nullable };
        }
        if let Some((inner, null)) = merge::only_choice(self.document, target) {
            let inner = self.type_ref(inner, name);
            return TypeRef { nullable: inner.nullable || null || nullable, ..inner };
        }
        if let Some(&known) = self.types.of_schema.get(&target.index()) {
            return TypeRef { shape: Shape::Named(known), nullable };
        }
        match self.form(target, name) {
            Form::Plain(shape) => TypeRef { shape, nullable },
            Form::Typed(kind) => {
                let promised = self.promise(target, name.clone());
                if let Some(made) = self.types.done.get_mut(promised.0 as usize) {
                    made.kind = kind;
                }
                TypeRef { shape: Shape::Named(promised), nullable }
            }
        }
    }

    /// What the type of a component is.
    pub(super) fn kind(&mut self, id: SchemaId, name: &Name) -> TypeKind {
        let (target, _) = self.target(id);
        if target != id {
            return self.another(id, target, name);
        }
        // A component with the members of another is a type of its own, which may gain members of its own.
        let choice = merge::only_choice(self.document, id);
        let extends = |inner: SchemaId| {
            !self.schema(id).all_of.is_empty() && self.kind_of(self.target(inner).0) == Some(JsonType::Object)
        };
        if let Some((inner, _)) = choice.filter(|(inner, _)| !extends(*inner)) {
            return self.another(id, inner, name);
        }
        match self.form(id, name) {
            Form::Typed(kind) => kind,
            Form::Plain(shape) => TypeKind::Alias(TypeRef { shape, nullable: false }),
        }
    }

    /// What a schema is that only stands for another: another name for that one's type, or, where the other has no name
    /// of its own, that type itself.
    fn another(&mut self, id: SchemaId, other: SchemaId, name: &Name) -> TypeKind {
        let (target, _) = self.target(other);
        let has_name = self.schema(target).component.is_some() || self.types.of_schema.contains_key(&target.index());
        let own = self.types.of_schema.get(&id.index()).copied().filter(|_| !has_name);
        if let Some(own) = own {
            self.types.of_schema.insert(target.index(), own);
            return self.kind(target, name);
        }
        let inner = self.type_ref(other, name);
        TypeKind::Alias(TypeRef { nullable: false, ..inner })
    }

    /// Whether null may stand where a component is named, because the component, or what it is another name for, allows
    /// it. Other names do not carry null themselves; each place does.
    fn null_through(&self, mut id: SchemaId) -> bool {
        let mut seen = Vec::new();
        loop {
            if is_nullable(self.schema(id)) {
                return true;
            }
            seen.push(id);
            let (target, nullable) = self.target(id);
            let choice = merge::only_choice(self.document, target);
            let next = if target == id { choice.map(|(inner, _)| inner) } else { Some(target) };
            if nullable || choice.is_some_and(|(_, null)| null) {
                return true;
            }
            match next {
                Some(next) if !seen.contains(&next) => id = next,
                _ => return false,
            }
        }
    }

    /// The schema that references lead to, and whether one of them adds null.
    pub(super) fn target(&self, mut id: SchemaId) -> (SchemaId, bool) {
        let mut nullable = false;
        while let Some(reference) = &self.schema(id).reference
            && merge::is_plain_reference(self.schema(id))
        {
            nullable |= self.schema(id).nullable;
            id = reference.target;
        }
        (id, nullable)
    }

    fn form(&mut self, id: SchemaId, name: &Name) -> Form {
        let schema = self.document.schemas[id].clone();
        self.check_keywords(&schema);
        // One value is an enumeration of one.
        let constant = schema.constant.as_ref().map(std::slice::from_ref);
        if let Some(values) = schema.enum_values.as_deref().or(constant) {
            return self.enumeration(&schema, values, name);
        }
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            let own = !schema.all_of.is_empty() || !schema.properties.is_empty();
            if !(own && self.only_demands(&schema)) {
                return self.union(&schema, name);
            }
            let title = "a choice between demands is not expressed in the type";
            let diagnostic =
                Diagnostic::new(Code::UnsupportedKeyword, title).at(schema.at, "values are not checked against it");
            self.report(diagnostic);
        }
        if !schema.all_of.is_empty() || schema.reference.is_some() {
            return self.all_of(id, &schema, name);
        }
        let types = schema.types.without(JsonType::Null);
        if types.len() > 1 {
            self.unsupported(schema.at, "several types in one place", "becomes untyped JSON");
            return Form::Plain(Shape::Any);
        }
        self.single(&schema, types, name)
    }

    pub(super) fn single(&mut self, schema: &Schema, types: TypeSet, name: &Name) -> Form {
        let object = !schema.properties.is_empty() || schema.additional_properties != AdditionalProperties::Unspecified;
        match types.iter().next() {
            Some(JsonType::Boolean) => Form::Plain(Shape::Boolean),
            Some(JsonType::Integer) => Form::Plain(Shape::Integer(integer_width(schema))),
            Some(JsonType::Number) => Form::Plain(number(schema.format.as_deref())),
            Some(JsonType::String) => Form::Plain(Shape::Text(text_format(schema))),
            Some(JsonType::Array) => self.list(schema, name),
            Some(JsonType::Object) => self.object(schema, name),
            None if object => self.object(schema, name),
            None if schema.items.is_some() => self.list(schema, name),
            Some(JsonType::Null) | None => Form::Plain(Shape::Any),
        }
    }

    fn list(&mut self, schema: &Schema, name: &Name) -> Form {
        let item = match schema.items {
            Some(items) => self.type_ref(items, &name.within("item")),
            None => TypeRef { shape: Shape::Any, nullable: false },
        };
        Form::Plain(Shape::List(Box::new(item)))
    }

    /// `allOf`: one object, or the one part that says what stands there.
    fn all_of(&mut self, id: SchemaId, schema: &Schema, name: &Name) -> Form {
        let parts = schema.all_of.iter().copied().chain(schema.reference.as_ref().map(|reference| reference.target));
        let mut shaped: Vec<SchemaId> = parts.filter(|&part| self.has_shape(self.target(part).0)).collect();
        shaped.dedup();
        let own = schema.types.without(JsonType::Null);
        let object = |id: SchemaId| self.kind_of(self.target(id).0) == Some(JsonType::Object);
        if own.contains(JsonType::Object) || !schema.properties.is_empty() || shaped.iter().any(|&part| object(part)) {
            return self.merged(id, name);
        }
        match (shaped.as_slice(), own.len()) {
            ([only], 0 | 1) => Form::Plain(self.type_ref(*only, name).shape),
            ([], 1) => self.single(schema, own, name),
            ([], _) => self.merged(id, name),
            _ => {
                self.unsupported(schema.at, "`allOf` of several parts that are no objects", "becomes untyped JSON");
                Form::Plain(Shape::Any)
            }
        }
    }

    /// Whether a schema says what kind of value stands there, and does not only demand something of it.
    fn has_shape(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        !schema.types.without(JsonType::Null).is_empty()
            || !schema.properties.is_empty()
            || schema.items.is_some()
            || schema.enum_values.is_some()
            || schema.constant.is_some()
            || schema.additional_properties != AdditionalProperties::Unspecified
            || schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next().is_some()
            || schema.reference.is_some()
    }

    fn merged(&mut self, id: SchemaId, name: &Name) -> Form {
        let merged = merge::all_of(self.document, id);
        for (at, what) in &merged.unsupported {
            self.unsupported(*at, what, "this part of `allOf` is left out");
        }
        for (at, first) in &merged.conflicts {
            let title = "two parts of `allOf` describe the same property in different ways";
            self.report(
                Diagnostic::new(Code::ConflictingProperty, title)
                    .at(*at, "this description is used")
                    .also(*first, "and this one is not")
                    .help("make the two descriptions equal, or remove one"),
            );
        }
        self.object(&merged.schema, name)
    }

    /// An object with named members, or a map where there are none.
    fn object(&mut self, schema: &Schema, name: &Name) -> Form {
        let additional = match schema.additional_properties {
            AdditionalProperties::Schema(id) => Some(self.type_ref(id, &name.within("value"))),
            AdditionalProperties::Allowed => Some(TypeRef { shape: Shape::Any, nullable: false }),
            AdditionalProperties::Unspecified | AdditionalProperties::Forbidden => None,
        };
        if schema.properties.is_empty() && schema.additional_properties != AdditionalProperties::Forbidden {
            let value = additional.unwrap_or(TypeRef { shape: Shape::Any, nullable: false });
            return Form::Plain(Shape::Map(Box::new(value)));
        }
        let properties = schema.properties.iter().map(|(key, &id)| self.property(schema, key, id, name)).collect();
        let additional = additional.map_or(Additional::Ignored, Additional::Kept);
        Form::Typed(TypeKind::Object(Object { properties, additional }))
    }

    fn property(&mut self, owner: &Schema, key: &str, id: SchemaId, name: &Name) -> Property {
        let value = self.type_ref(id, &name.within(key));
        let (target, _) = self.target(id);
        let (here, there) = (self.schema(id), self.schema(target));
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
            limits: limits(there),
            default: here.default.clone().or_else(|| there.default.clone()),
        }
    }

    /// Reports keywords that change what is valid and that no type expresses.
    fn check_keywords(&mut self, schema: &Schema) {
        let mut found: Vec<(clientwright_document::source::At, String)> =
            schema.other_keywords.iter().map(|(keyword, at)| (*at, keyword.clone())).collect();
        let known = [
            (schema.boolean == Some(false), "false"),
            (schema.not.is_some(), "not"),
            (!schema.pattern_properties.is_empty(), "patternProperties"),
            (!schema.prefix_items.is_empty(), "prefixItems"),
            (schema.property_names.is_some(), "propertyNames"),
        ];
        found.extend(known.iter().filter(|(there, _)| *there).map(|(_, keyword)| (schema.at, (*keyword).to_owned())));
        for (at, keyword) in found {
            let title = format!("the keyword `{keyword}` is not expressed in the type");
            let diagnostic =
                Diagnostic::new(Code::UnsupportedKeyword, title).at(at, "values are not checked against it");
            self.report(diagnostic);
        }
    }
}

fn is_nullable(schema: &Schema) -> bool {
    schema.nullable
        || schema.types.contains(JsonType::Null)
        || schema.enum_values.as_ref().is_some_and(|values| values.iter().any(|value| value.value == Value::Null))
}

pub(super) fn integer_width(schema: &Schema) -> IntegerWidth {
    match schema.format.as_deref() {
        Some("int8") => IntegerWidth::I8,
        Some("int16") => IntegerWidth::I16,
        Some("int32") => IntegerWidth::I32,
        Some("uint8") => IntegerWidth::U8,
        Some("uint16") => IntegerWidth::U16,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    }
}

/// Bytes may also be described by their encoding alone, as 3.1 does.
fn text_format(schema: &Schema) -> TextFormat {
    match (schema.format.as_deref(), schema.content_encoding.as_deref()) {
        (None, Some("base64")) => TextFormat::Base64,
        (format, _) => TextFormat::of(format),
    }
}

fn number(format: Option<&str>) -> Shape {
    match format {
        Some("decimal") => Shape::Decimal,
        format => Shape::Number { single: format == Some("float") },
    }
}

/// What a schema demands besides its shape.
pub(super) fn limits(schema: &Schema) -> Limits {
    let textual = schema.types.contains(JsonType::String) && TextFormat::of(schema.format.as_deref()).is_any_text();
    Limits {
        minimum: schema.minimum.clone(),
        maximum: schema.maximum.clone(),
        multiple_of: schema.multiple_of.clone(),
        min_length: schema.min_length,
        max_length: schema.max_length,
        pattern: schema.pattern.clone(),
        format: schema.format.clone().filter(|_| textual),
        min_items: schema.min_items,
        max_items: schema.max_items,
        unique_items: schema.unique_items,
        min_properties: schema.min_properties,
        max_properties: schema.max_properties,
    }
}
