//! Schemas.
//!
//! In: Schema Objects (`OpenAPI` 3.0.4, section 4.7.24; 3.1.2, section 4.8.24, with JSON Schema
//! 2020-12). Out: the model's schemas, each node read once. Never: native recursion; a schema gets its id at once and waits to be read.

use indexmap::IndexMap;

use super::context::{Object, Reader, literal};
use super::shapes::{self, Shape};
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::{AdditionalProperties, Schema, SchemaId};
use crate::source::{Kind, NodeRef};

/// Keys that are harmless or obvious beside a `$ref`, where 3.0 ignores them: documentation, and
/// what nobody means otherwise.
const FINE_BESIDE_REFERENCE: [&str; 13] = [
    "$ref",
    "title",
    "description",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$comment",
];

impl<'a> Reader<'a> {
    /// The id of a schema, which is read later. `None`, with a report, where the node is none.
    pub(super) fn schema(&mut self, node: NodeRef<'a>) -> Option<SchemaId> {
        self.schema_of_shape(node, &shapes::SCHEMA)
    }

    /// The id of a schema that stands where 2.0 has no Schema Object but only some of its keys.
    pub(super) fn schema_of_shape(&mut self, node: NodeRef<'a>, shape: &'static Shape) -> Option<SchemaId> {
        if let Some(id) = self.read.schemas.get(&node.at()) {
            return *id;
        }
        let is_schema = matches!(node.kind(), Kind::Object | Kind::Boolean);
        if !is_schema {
            self.wrong_type(node, "a schema");
        }
        let id = is_schema.then(|| self.document.schemas.insert(Schema { at: node.at(), ..Schema::default() }));
        self.waiting.extend(id.map(|id| (id, node, shape)));
        self.read.schemas.insert(node.at(), id);
        id
    }

    /// Reads the schemas that wait, and those they contain, until none is left.
    pub(super) fn waiting_schemas(&mut self) {
        while let Some((id, node, shape)) = self.waiting.pop() {
            self.document.schemas[id] = self.new_schema(node, shape);
        }
    }

    fn new_schema(&mut self, node: NodeRef<'a>, shape: &'static Shape) -> Schema {
        if let Some(boolean) = node.as_bool() {
            return Schema { at: node.at(), boolean: Some(boolean), ..Schema::default() };
        }
        let Some(object) = self.object(node, shape) else {
            return Schema { at: node.at(), ..Schema::default() };
        };
        if shape.name == shapes::ITEMS.name {
            return self.simple(object);
        }
        let version = self.version(node);
        if version < Version::V3_1 && object.get("$ref").is_some() {
            return self.reference_schema(object);
        }
        let mut schema = self.annotations(object);
        if version >= Version::V3_1 {
            self.check_dialect(object, "$schema");
            schema.reference = self.reference_of(object);
        }
        (schema.types, schema.nullable) = self.types(object);
        self.values(object, &mut schema);
        self.bounds(object, &mut schema);
        self.object_keywords(object, &mut schema);
        self.list_keywords(object, &mut schema);
        self.combinations(object, &mut schema);
        self.content_keywords(object, &mut schema);
        schema.other_keywords = other_keywords(object);
        if version == Version::V3_0 {
            self.check_items(object, &schema);
        }
        schema
    }

    /// A schema of 3.0 or earlier that is a reference, with what may stand beside it.
    fn reference_schema(&mut self, object: Object<'a>) -> Schema {
        self.check_siblings(object);
        let mut schema = self.annotations(object);
        schema.nullable = self.is_nullable(object);
        schema.reference = self.reference_of(object);
        schema
    }

    /// Reports what stands beside a reference and is ignored there.
    fn check_siblings(&mut self, object: Object<'a>) {
        let entries = object.node.entries();
        let ignored = entries.filter(|(key, _)| shapes::SCHEMA.knows(key) && !FINE_BESIDE_REFERENCE.contains(key));
        let ignored: Vec<_> = ignored.collect();
        let Some((_, first)) = ignored.first() else { return };
        let keys = ignored.iter().map(|(key, _)| quoted(key)).collect::<Vec<_>>().join(", ");
        let version = self.version(object.node).as_str();
        self.report(
            Diagnostic::new(Code::ReferenceSibling, format!("beside a `$ref`, OpenAPI {version} ignores {keys}"))
                .at(first.at().key(), "expected `$ref` alone; ignored")
                .help("wrap the reference, `allOf: [{ $ref: … }]`, and leave the other keys beside `allOf`"),
        );
    }

    /// What says nothing about values.
    fn annotations(&mut self, object: Object<'a>) -> Schema {
        Schema {
            at: object.at(),
            title: self.string(object, "title"),
            description: self.string(object, "description"),
            default: object.node.get("default").map(literal),
            examples: self.examples(object),
            deprecated: self.flag(object, "deprecated"),
            read_only: self.flag(object, "readOnly"),
            write_only: self.flag(object, "writeOnly"),
            xml: self.xml(object),
            external_docs: self.external_docs(object),
            extensions: Self::extensions(object),
            ..Schema::default()
        }
    }

    fn object_keywords(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.properties = self.named_schemas(object, "properties");
        schema.pattern_properties = self.named_schemas(object, "patternProperties");
        schema.property_names = self.sub_schema(object, "propertyNames");
        schema.discriminator = self.discriminator(object);
        schema.required = self.required(object);
        schema.additional_properties = match self.value(object, "additionalProperties") {
            None => AdditionalProperties::Unspecified,
            Some(node) => match node.as_bool() {
                Some(true) => AdditionalProperties::Allowed,
                Some(false) => AdditionalProperties::Forbidden,
                None => self.schema(node).map_or(AdditionalProperties::Unspecified, AdditionalProperties::Schema),
            },
        };
        // What is evaluated by parts of a schema, and what is left, is the same once the parts are one.
        if schema.additional_properties == AdditionalProperties::Unspecified {
            schema.additional_properties = match object.get("unevaluatedProperties").map(|node| (node, node.as_bool()))
            {
                Some((_, Some(false))) => AdditionalProperties::Forbidden,
                Some((node, None)) => {
                    self.schema(node).map_or(AdditionalProperties::Unspecified, AdditionalProperties::Schema)
                }
                Some((_, Some(true))) | None => AdditionalProperties::Unspecified,
            };
        }
    }

    fn required(&mut self, object: Object<'a>) -> Vec<String> {
        if let Some(node) = object.get("required").filter(|node| node.kind() == Kind::Boolean) {
            let diagnostic = Diagnostic::new(Code::WrongType, "`required` of a schema is a list of property names");
            self.report(
                diagnostic
                    .at(node.at(), "expected a list of strings, found a boolean; left out")
                    .help("list the property's name under `required` of the object that contains it"),
            );
            return Vec::new();
        }
        let names: indexmap::IndexSet<String> = self.strings(object, "required").into_iter().collect();
        names.into_iter().collect()
    }

    fn list_keywords(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.items = self.sub_schema(object, "items");
        schema.prefix_items = self.schemas_in(object, "prefixItems");
    }

    fn combinations(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.all_of = self.schemas_in(object, "allOf");
        schema.any_of = self.schemas_in(object, "anyOf");
        schema.one_of = self.schemas_in(object, "oneOf");
        schema.not = self.sub_schema(object, "not");
        schema.conditional = ["then", "else"].iter().filter_map(|key| self.sub_schema(object, key)).collect();
        schema.conditional.extend(self.named_schemas(object, "dependentSchemas").into_values());
    }

    fn content_keywords(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.content_encoding = self.string(object, "contentEncoding");
        schema.content_media_type = self.string(object, "contentMediaType");
        schema.content_schema = self.sub_schema(object, "contentSchema");
    }

    fn sub_schema(&mut self, object: Object<'a>, key: &str) -> Option<SchemaId> {
        let node = self.value(object, key)?;
        self.schema(node)
    }

    fn schemas_in(&mut self, object: Object<'a>, key: &str) -> Vec<SchemaId> {
        self.items(object, key).into_iter().filter_map(|node| self.schema(node)).collect()
    }

    fn named_schemas(&mut self, object: Object<'a>, key: &str) -> IndexMap<String, SchemaId> {
        let mut schemas = IndexMap::new();
        for (name, node) in self.members(object, key) {
            if let Some(id) = self.schema(node) {
                schemas.insert(name.to_owned(), id);
            }
        }
        schemas
    }

    /// Reports chains of references that lead back to themselves, and cuts them.
    pub(super) fn check_schema_cycles(&mut self) {
        const UNKNOWN: u8 = 0;
        const ON_THE_WAY: u8 = 1;
        const ENDS: u8 = 2;
        let starts: Vec<SchemaId> = self.document.schemas.iter().map(|(id, _)| id).collect();
        let mut states: IndexMap<SchemaId, u8> = starts.iter().map(|id| (*id, UNKNOWN)).collect();
        for start in starts {
            let mut way = Vec::new();
            let mut current = Some(start);
            while let Some(id) = current {
                match states.get(&id).copied().unwrap_or(ENDS) {
                    UNKNOWN => {
                        states.insert(id, ON_THE_WAY);
                        way.push(id);
                        current = self.document.schemas[id].reference.as_ref().map(|reference| reference.target);
                    }
                    ON_THE_WAY => {
                        self.cut_cycle(id);
                        current = None;
                    }
                    _ => current = None,
                }
            }
            states.extend(way.into_iter().map(|id| (id, ENDS)));
        }
    }

    fn cut_cycle(&mut self, id: SchemaId) {
        if let Some(reference) = self.document.schemas[id].reference.take() {
            self.report_cycle(self.sources.node(reference.at));
        }
    }
}

/// Keywords that say something about values but that the model has no field for, with their places.
fn other_keywords(object: Object<'_>) -> IndexMap<String, crate::source::At> {
    const OTHER: [&str; 7] =
        ["$dynamicRef", "if", "dependentRequired", "contains", "minContains", "maxContains", "unevaluatedItems"];
    // Alone, a dynamic reference is read like any other.
    let is_read = |key: &str| key == "$dynamicRef" && object.get("$ref").is_none();
    let entries = object.node.entries().filter(|(key, _)| OTHER.contains(key) && !is_read(key));
    entries.map(|(key, value)| (key.to_owned(), value.at())).collect()
}
