//! Values that 2.0 describes without a Schema Object: parameters, headers and their items.
//!
//! In: a Parameter, Header or Items Object of 2.0. Out: a schema, and the style that `collectionFormat` means in later
//! versions. Never: documentation in such a schema; it belongs to the parameter.

use super::context::{Object, Reader, literal};
use super::shapes;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{JsonType, Location, ParameterValue, Schema, SchemaId, Style};
use crate::source::NodeRef;

/// How 2.0 writes a list.
#[derive(Clone, Copy, PartialEq)]
enum CollectionFormat {
    Commas,
    Spaces,
    Tabs,
    Pipes,
    Repeated,
}

const COLLECTION_FORMATS: [(&str, CollectionFormat); 5] = [
    ("csv", CollectionFormat::Commas),
    ("ssv", CollectionFormat::Spaces),
    ("tsv", CollectionFormat::Tabs),
    ("pipes", CollectionFormat::Pipes),
    ("multi", CollectionFormat::Repeated),
];

impl<'a> Reader<'a> {
    /// What a parameter or a header of 2.0 carries.
    pub(super) fn simple_value(&mut self, object: Object<'a>) -> ParameterValue {
        if ["type", "items", "enum"].iter().any(|key| object.get(key).is_some()) {
            return ParameterValue::Schema(self.simple_schema(object));
        }
        let later = ["schema", "content"].into_iter().find_map(|key| Some((key, object.get(key)?)));
        let Some((key, node)) = later else {
            self.missing_with_default(object, "type", "a text");
            return ParameterValue::Unspecified;
        };
        self.report(
            Diagnostic::new(Code::UnknownKey, format!("{} describes a body in OpenAPI 2.0", quoted(key)))
                .at(node.at().key(), "expected `type` here; read by the rules of 3.0")
                .help("write `type`, and `items` for a list"),
        );
        self.parameter_value(object)
    }

    /// The schema of a parameter or a header, whose keys were checked already.
    pub(super) fn simple_schema(&mut self, object: Object<'a>) -> SchemaId {
        let schema = self.simple(object);
        self.document.schemas.insert(schema)
    }

    /// What an object without a Schema Object says about its value.
    pub(super) fn simple(&mut self, object: Object<'a>) -> Schema {
        let default = object.node.get("default").map(literal);
        let mut schema = Schema { at: object.at(), default, ..Schema::default() };
        (schema.types, schema.nullable) = self.types(object);
        self.values(object, &mut schema);
        self.bounds(object, &mut schema);
        schema.items = self.value(object, "items").and_then(|node| self.simple_items(node));
        self.check_items(object, &schema);
        schema
    }

    /// Items, which can be no reference here; one is followed all the same, and said so.
    fn simple_items(&mut self, node: NodeRef<'a>) -> Option<SchemaId> {
        let Some(reference) = node.get("$ref") else { return self.schema_of_shape(node, &shapes::ITEMS) };
        self.report(
            Diagnostic::new(Code::MisplacedReference, "the items of a parameter cannot be a reference in OpenAPI 2.0")
                .at(reference.at(), "expected the type itself, found a reference; followed all the same")
                .help("other tools may not follow it: write the type here"),
        );
        self.schema(node)
    }

    /// The style and the explosion of a parameter: commas, unless a list says otherwise.
    pub(super) fn collection_style(&mut self, object: Object<'a>, location: Location, repeats: bool) -> (Style, bool) {
        let stated = self.choice(object, "collectionFormat", &COLLECTION_FORMATS);
        let default = location.default_style();
        let is_list = object.get("type").and_then(NodeRef::as_str) == Some(JsonType::Array.as_str());
        if !is_list {
            return (default, default.default_explode());
        }
        match stated.unwrap_or(CollectionFormat::Commas) {
            CollectionFormat::Commas => (default, false),
            CollectionFormat::Spaces => (Style::SpaceDelimited, false),
            CollectionFormat::Tabs => (Style::TabDelimited, false),
            CollectionFormat::Pipes => (Style::PipeDelimited, false),
            CollectionFormat::Repeated if repeats => (default, true),
            CollectionFormat::Repeated => {
                self.report_repeated(object);
                (default, false)
            }
        }
    }

    /// Reports a name that should be repeated where it cannot be.
    fn report_repeated(&mut self, object: Object<'a>) {
        let Some(node) = object.get("collectionFormat") else { return };
        self.report(
            Diagnostic::new(Code::InvalidValue, "`multi` is for the query and for forms")
                .severity(Severity::Note)
                .at(node.at(), "expected `csv`, `ssv`, `tsv` or `pipes`; read as `csv`")
                .help("write the format in which the server expects the list"),
        );
    }
}
