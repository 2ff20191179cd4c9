//! Lowers schemas: decides what stands in a place, and which schemas become types with names.
//!
//! In: a schema and the name it would have. Out: a [`TypeRef`]; objects and enumerations of texts become types. Never
//! happens: a schema with a type that becomes untyped without a diagnostic.

use clientwright_document::model::{AdditionalProperties, Id as _, JsonType, Schema, SchemaId, TypeSet};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic, Severity};

use super::{Lowering, extensions, merge};
use crate::model::{IntegerWidth, Limits, Name, Shape, TextFormat, TypeKind, TypeRef};

/// What a schema is, before it is decided whether it needs a name.
pub(super) enum Form {
    Plain(Shape),
    Typed(TypeKind),
}

impl Lowering<'_> {
    /// What stands in a place with this schema, which would be called `name` if it needed a name of its own.
    pub(super) fn type_ref(&mut self, id: SchemaId, name: &Name) -> TypeRef {
        let nullable = self.allows_null(id);
        let target = self.target(id);
        if let Some(component) = self.schema(target).component.clone() {
            let shape = Shape::Named(self.component(&component, target));
            return TypeRef { shape, nullable };
        }
        if let Some((inner, _)) = merge::only_choice(&self.schemas, target) {
            let inner = self.type_ref(inner, name);
            return TypeRef { nullable: inner.nullable || nullable, ..inner };
        }
        if let Some(&known) = self.types.of_schema.get(&target.index()) {
            return TypeRef { shape: Shape::Named(known), nullable };
        }
        // A schema that contains itself needs a type, whatever it turns out to be.
        if let Some((name, contains_itself)) = self.types.open.get_mut(&target.index()) {
            *contains_itself = true;
            let name = name.clone();
            let promised = self.promise(target, name);
            return TypeRef { shape: Shape::Named(promised), nullable };
        }
        let name = self.homes.get(&target.index()).unwrap_or(name).clone();
        self.types.open.insert(target.index(), (name.clone(), false));
        let form = self.form(target, &name);
        let contains_itself =
            self.types.open.remove(&target.index()).is_some_and(|(_, contains_itself)| contains_itself);
        let kind = match form {
            Form::Plain(shape) if !contains_itself => return TypeRef { shape, nullable },
            Form::Plain(shape) => TypeKind::Alias(TypeRef { shape, nullable: false }),
            Form::Typed(kind) => kind,
        };
        let known = self.types.of_schema.get(&target.index()).copied().filter(|_| contains_itself);
        let promised = known.unwrap_or_else(|| self.promise(target, name));
        if let Some(made) = self.types.done.get_mut(promised.0 as usize) {
            made.kind = kind;
        }
        TypeRef { shape: Shape::Named(promised), nullable }
    }

    /// What the type of a component is.
    pub(super) fn kind(&mut self, id: SchemaId, name: &Name) -> TypeKind {
        let target = self.target(id);
        if target != id {
            return self.another(id, target, name);
        }
        // A component with the members of another is a type of its own, which may gain members of its own.
        if let Some((inner, _)) = merge::only_choice(&self.schemas, id) {
            let inherits = !self.schema(id).all_of.is_empty();
            if !(inherits && self.is_structure(inner)) {
                return self.another(id, inner, name);
            }
        }
        match self.form(id, name) {
            Form::Typed(kind) => kind,
            Form::Plain(shape) => TypeKind::Alias(TypeRef { shape, nullable: false }),
        }
    }

    /// What a schema is that only stands for another: another name for that one's type, or, where the other has no name
    /// of its own, that type itself.
    fn another(&mut self, id: SchemaId, other: SchemaId, name: &Name) -> TypeKind {
        let target = self.target(other);
        let has_name = self.schema(target).component.is_some() || self.types.of_schema.contains_key(&target.index());
        let own = self.types.of_schema.get(&id.index()).copied().filter(|_| !has_name);
        if let Some(own) = own {
            self.types.of_schema.insert(target.index(), own);
            return self.kind(target, name);
        }
        let inner = self.type_ref(other, name);
        TypeKind::Alias(TypeRef { nullable: false, ..inner })
    }

    /// The schema that references lead to, as long as nothing stands beside them that counts.
    pub(super) fn target(&self, mut id: SchemaId) -> SchemaId {
        while let Some(reference) = &self.schema(id).reference
            && merge::is_plain_reference(self.schema(id))
        {
            id = reference.target;
        }
        id
    }

    pub(super) fn form(&mut self, id: SchemaId, name: &Name) -> Form {
        if let Some(form) = self.extended(id, name) {
            return form;
        }
        let merged = merge::merge(&mut self.schemas, id);
        for (at, first) in &merged.conflicts {
            let title = "two parts of `allOf` describe the same in ways that exclude one another";
            let diagnostic = Diagnostic::new(Code::ConflictingProperty, title).at(*at, "this description is used");
            self.report(diagnostic.also(*first, "and this one is not").help("make the descriptions agree"));
        }
        self.check_keywords(&merged.schema);
        if self.is_boolean_number(&merged.schema) {
            return Form::Plain(Shape::BooleanNumber);
        }
        if let Some(only) = self.only_shape(id) {
            return Form::Plain(self.type_ref(only, name).shape);
        }
        if let Some(values) = merged.schema.enum_values.clone() {
            return self.enumeration(&merged.schema, &values, name);
        }
        if merged.choices.is_empty() { self.plain(&merged.schema, name) } else { self.choices(id, merged, name) }
    }

    /// What a schema without choices is.
    pub(super) fn plain(&mut self, schema: &Schema, name: &Name) -> Form {
        let mut types = schema.types.without(JsonType::Null);
        if types.contains(JsonType::Number) {
            types = types.without(JsonType::Integer);
        }
        if types.len() > 1 { self.several_types(schema, types, name) } else { self.single(schema, types, name) }
    }

    /// The one part of `allOf` that says what stands there, where the others only demand something of it. Objects are
    /// merged all the same: a demand may make a member a required one.
    fn only_shape(&mut self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.schema(id);
        let own = Schema { all_of: Vec::new(), reference: None, types: TypeSet::EMPTY, ..schema.clone() };
        let parts = schema.all_of.iter().copied().chain(schema.reference.as_ref().map(|reference| reference.target));
        let mut shaped: Vec<SchemaId> = parts.filter(|&part| self.has_shape(self.target(part))).collect();
        if shaped.len() > 1 {
            shaped.retain(|&part| !self.is_bare_type(self.target(part)));
        }
        let [only] = shaped[..] else { return None };
        (!has_own_shape(&own) && !self.is_structure(only)).then_some(only)
    }

    /// Whether a schema says what kind of value stands there, and does not only demand something of it.
    fn has_shape(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        has_own_shape(schema) || !schema.types.without(JsonType::Null).is_empty()
    }

    fn is_bare_type(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        schema.format.is_none() && !has_own_shape(schema)
    }

    pub(super) fn single(&mut self, schema: &Schema, types: TypeSet, name: &Name) -> Form {
        match types.iter().next() {
            Some(JsonType::Boolean) => Form::Plain(Shape::Boolean),
            Some(JsonType::Integer) => Form::Plain(Shape::Integer(integer_width(schema))),
            Some(JsonType::Number) => Form::Plain(number(schema.format.as_deref())),
            Some(JsonType::String) => Form::Plain(Shape::Text(text_format(schema))),
            Some(JsonType::Array) => self.list(schema, name),
            Some(JsonType::Object) => self.object(schema, name),
            None if has_members(schema) => self.object(schema, name),
            None if schema.items.is_some() || !schema.prefix_items.is_empty() => self.list(schema, name),
            Some(JsonType::Null) | None => Form::Plain(Shape::Any),
        }
    }

    /// Whether a schema says of a boolean, or of an integer that is one, that it is written as `1` or `0`.
    fn is_boolean_number(&mut self, schema: &Schema) -> bool {
        extensions::check(self, &schema.extensions, extensions::OF_SCHEMA, schema.at);
        let Some(said) = extensions::text(self, &schema.extensions, extensions::BOOLEAN, schema.at) else {
            return false;
        };
        let types = schema.types.without(JsonType::Null);
        let either = types.without(JsonType::Boolean).without(JsonType::Integer).is_empty();
        let problem = match said.as_str() {
            "number" if either && !types.is_empty() => return true,
            "number" => "expected it at a boolean, or at an integer that is one",
            _ => "expected `number`",
        };
        extensions::report(self, schema.at, extensions::BOOLEAN, problem);
        false
    }

    /// Reports what a schema demands and no type expresses. Types are as good without: nothing that is valid is refused.
    fn check_keywords(&mut self, schema: &Schema) {
        let others = schema.other_keywords.iter().map(|(keyword, at)| (at.key(), keyword.clone()));
        let mut found: Vec<(At, String)> = others.collect();
        let place = |id: Option<SchemaId>| id.map(|id| self.schema(id).at);
        // Of a list of schemas the first is shown: it has a place, and the list has none here.
        let first = schema.prefix_items.first().copied().filter(|_| schema.prefix_items.len() > 1);
        let known = [
            ((schema.boolean == Some(false)).then_some(schema.at), "false"),
            (place(schema.not).map(At::key), "not"),
            (place(schema.property_names).map(At::key), "propertyNames"),
            (place(first), "prefixItems"),
            (place(schema.content_schema).map(At::key), "contentSchema"),
        ];
        found.extend(known.iter().filter_map(|(at, keyword)| Some(((*at)?, (*keyword).to_owned()))));
        for (at, keyword) in found {
            let title = format!("the keyword `{keyword}` is not expressed in the type");
            let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
            self.report(
                diagnostic.at(at, "values are not checked against it").help("the server checks what it receives"),
            );
        }
    }
}

/// Whether a schema describes members of an object.
pub(super) fn has_members(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.pattern_properties.is_empty()
        || schema.additional_properties != AdditionalProperties::Unspecified
}

/// Whether a schema says, by more than the name of a type, what kind of value stands there.
fn has_own_shape(schema: &Schema) -> bool {
    has_members(schema)
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || !schema.conditional.is_empty()
        || schema.enum_values.is_some()
        || schema.constant.is_some()
        || schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next().is_some()
        || schema.reference.is_some()
}

/// The bounds of integers of 64 bits. What writes documents often knows them as floats only, and writes the nearest one.
const SIGNED: i128 = 9_223_372_036_854_776_000;
const UNSIGNED: i128 = 18_446_744_073_709_552_000;

/// The width that the format states, or else the one that the bounds ask for.
pub(super) fn integer_width(schema: &Schema) -> IntegerWidth {
    match schema.format.as_deref() {
        Some("int8") => IntegerWidth::I8,
        Some("int16") => IntegerWidth::I16,
        Some("int32") => IntegerWidth::I32,
        Some("uint8") => IntegerWidth::U8,
        Some("uint16") => IntegerWidth::U16,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        Some("int64") => IntegerWidth::I64,
        _ => bounded_width(schema),
    }
}

fn bounded_width(schema: &Schema) -> IntegerWidth {
    let (least, most) = (&schema.minimum, &schema.maximum);
    let [least, most] = [least, most].map(|bound| bound.as_ref().and_then(|bound| bound.value.as_i128()));
    let is_within = |low: i128, high: i128| {
        least.is_none_or(|least| low <= least && least <= high) && most.is_none_or(|most| low <= most && most <= high)
    };
    if is_within(-SIGNED, SIGNED) {
        IntegerWidth::I64
    } else if least.is_some() && is_within(0, UNSIGNED) {
        IntegerWidth::U64
    } else {
        IntegerWidth::I128
    }
}

/// Bytes may also be described by their encoding alone, as 3.1 does.
pub(super) fn text_format(schema: &Schema) -> TextFormat {
    match (schema.format.as_deref(), schema.content_encoding.as_deref()) {
        (None, Some("base64")) => TextFormat::Base64,
        (None | Some("byte"), Some("base64url")) => TextFormat::Base64Url,
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
    let textual = schema.types.contains(JsonType::String) && text_format(schema).is_any_text();
    Limits {
        minimum: schema.minimum.clone(),
        maximum: schema.maximum.clone(),
        multiple_of: schema.multiple_of.clone(),
        min_length: schema.min_length,
        max_length: schema.max_length,
        pattern: schema.pattern.clone(),
        format: schema.format.clone().or_else(|| content(schema)).filter(|_| textual),
        min_items: schema.min_items,
        max_items: schema.max_items,
        unique_items: schema.unique_items,
        min_properties: schema.min_properties,
        max_properties: schema.max_properties,
    }
}

/// What a text contains, where a document says so.
fn content(schema: &Schema) -> Option<String> {
    match (&schema.content_media_type, &schema.content_encoding) {
        (Some(media_type), Some(encoding)) => Some(format!("{media_type} in {encoding}")),
        (media_type, encoding) => media_type.clone().or_else(|| encoding.clone()),
    }
}
