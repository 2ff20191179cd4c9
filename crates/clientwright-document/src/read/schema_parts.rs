//! The parts of schemas: types, values, bounds, discriminators, XML.
//!
//! In: the keywords of a Schema Object. Out: their version-neutral form. Never: a type that the
//! document does not state.

use indexmap::IndexMap;

use super::context::{Object, Reader, literal};
use super::shapes;
use super::version::Version;
use super::walk::named_schema;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{Bound, Discriminator, JsonType, Schema, SchemaId, TypeSet, Xml, XmlNodeType};
use crate::source::{Kind, NodeRef, Number};

/// The type that 2.0 has for bytes, which later versions call a binary string.
const FILE: &str = "file";

impl<'a> Reader<'a> {
    /// The types, and whether null is allowed where no type is stated.
    pub(super) fn types(&mut self, object: Object<'a>) -> (TypeSet, bool) {
        let nullable = self.is_nullable(object);
        let version = self.version(object.node);
        if let Some(node) = object.get("nullable").filter(|_| version >= Version::V3_1) {
            self.report(
                Diagnostic::new(Code::UnknownKey, "`nullable` is of OpenAPI 3.0")
                    .at(node.at().key(), "expected `null` among the types; read by the rules of 3.0")
                    .help("write the types as a list with null: `type: [string, 'null']`"),
            );
        }
        let mut types = TypeSet::EMPTY;
        match self.value(object, "type") {
            Some(node) if node.kind() == Kind::List => {
                if version == Version::V3_0 {
                    self.report(
                        Diagnostic::new(Code::WrongType, "a list of types is of OpenAPI 3.1")
                            .severity(Severity::Note)
                            .at(node.at(), "expected a string, found a list; read by the rules of 3.1")
                            .help("write one type, and `nullable: true` for null"),
                    );
                }
                types = node.items().filter_map(|item| self.json_type(item)).collect();
            }
            Some(node) => types.extend(self.json_type(node)),
            None => {}
        }
        if nullable && !types.is_empty() {
            types.insert(JsonType::Null);
            return (types, false);
        }
        (types, nullable)
    }

    /// Whether null is allowed; 2.0 has no word for it but an extension that many tools know.
    pub(super) fn is_nullable(&mut self, object: Object<'a>) -> bool {
        let by_extension = self.version(object.node) == Version::V2_0 && self.flag(object, "x-nullable");
        self.flag(object, "nullable") || by_extension
    }

    fn json_type(&mut self, node: NodeRef<'a>) -> Option<JsonType> {
        let text = if node.kind() == Kind::Null { "null".to_owned() } else { self.text(node)? };
        if text == FILE && self.version(node) == Version::V2_0 {
            return Some(JsonType::String);
        }
        let found = JsonType::ALL.into_iter().find(|json_type| json_type.as_str() == text);
        if found.is_none() {
            self.invalid_choice("type", node, &text, JsonType::ALL.into_iter().map(JsonType::as_str));
        }
        found
    }

    /// `enum`, `const` and `format`.
    pub(super) fn values(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.format = self.string(object, "format");
        if self.version(object.node) == Version::V2_0 && is_file(object.node) {
            schema.format = Some("binary".to_owned());
        }
        schema.constant = object.node.get("const").map(literal);
        let values: Vec<_> = self.items(object, "enum").into_iter().map(literal).collect();
        let Some(node) = object.get("enum").filter(|node| node.kind() == Kind::List) else { return };
        if values.is_empty() {
            self.report_no_values(node);
            return;
        }
        schema.enum_values = Some(values);
    }

    /// Limits of numbers, texts, lists and objects.
    pub(super) fn bounds(&mut self, object: Object<'a>, schema: &mut Schema) {
        schema.minimum = self.bound(object, "minimum", "exclusiveMinimum", f64::max);
        schema.maximum = self.bound(object, "maximum", "exclusiveMaximum", f64::min);
        schema.multiple_of = self.number(object, "multipleOf");
        schema.min_length = self.count(object, "minLength");
        schema.max_length = self.count(object, "maxLength");
        schema.pattern = self.string(object, "pattern");
        schema.min_items = self.count(object, "minItems");
        schema.max_items = self.count(object, "maxItems");
        schema.unique_items = self.flag(object, "uniqueItems");
        schema.min_properties = self.count(object, "minProperties");
        schema.max_properties = self.count(object, "maxProperties");
    }

    /// A bound: until 3.0 a boolean stands beside it, from 3.1 on a second number, of which the stricter counts.
    fn bound(
        &mut self,
        object: Object<'a>,
        key: &str,
        exclusive: &str,
        stricter: fn(f64, f64) -> f64,
    ) -> Option<Bound> {
        let inclusive = self.number(object, key);
        let stated = object.get(exclusive);
        let is_number = stated.is_some_and(|node| node.kind() == Kind::Number);
        let version = self.version(object.node);
        if let Some(node) = stated.filter(|_| is_number != (version >= Version::V3_1)) {
            self.report_other_bound(node, key, exclusive, version);
        }
        if !is_number {
            let exclusive = self.flag(object, exclusive);
            return inclusive.map(|value| Bound { value, exclusive });
        }
        let bound = Bound { value: stated?.as_number()?, exclusive: true };
        let is_weaker = |value: &Number| {
            let (other, own) = (value.as_f64(), bound.value.as_f64());
            (other - own).abs() > 0.0 && (stricter(other, own) - other).abs() <= 0.0
        };
        match inclusive.filter(is_weaker) {
            Some(value) => Some(Bound { value, exclusive: false }),
            None => Some(bound),
        }
    }

    /// Reports an exclusive bound that is written in the manner of the other version.
    fn report_other_bound(&mut self, node: NodeRef<'a>, key: &str, exclusive: &str, version: Version) {
        let (title, label, help) = if version < Version::V3_1 {
            (
                format!("a number under {} is of OpenAPI 3.1", quoted(exclusive)),
                "expected a boolean, found a number; read by the rules of 3.1",
                format!("write the number under {} and `{exclusive}: true`", quoted(key)),
            )
        } else if node.kind() == Kind::Boolean {
            (
                format!("a boolean under {} is of OpenAPI 3.0", quoted(exclusive)),
                "expected a number, found a boolean; read by the rules of 3.0",
                format!("write the bound under {} instead of {}", quoted(exclusive), quoted(key)),
            )
        } else {
            return;
        };
        let diagnostic = Diagnostic::new(Code::WrongType, title).severity(Severity::Note);
        self.report(diagnostic.at(node.at(), label).help(help));
    }

    /// Lists need `items` in 3.0; without it, items of any kind are the one reading.
    pub(super) fn check_items(&mut self, object: Object<'a>, schema: &Schema) {
        let is_list = schema.types.contains(JsonType::Array);
        if is_list && object.node.get("items").is_none() && schema.prefix_items.is_empty() {
            self.missing_with_default(object, "items", "a list of items of any kind");
        }
    }

    pub(super) fn discriminator(&mut self, object: Object<'a>) -> Option<Discriminator> {
        let node = self.value(object, "discriminator")?;
        if let Some(property) = node.as_str() {
            if self.version(node) > Version::V2_0 {
                self.report(
                    Diagnostic::new(Code::WrongType, "a discriminator that is a string is of OpenAPI 2.0")
                        .severity(Severity::Note)
                        .at(node.at(), "expected an object, found a string; read as its `propertyName`")
                        .help(format!("write `discriminator: {{ propertyName: {property} }}`")),
                );
            }
            return Some(Discriminator { at: node.at(), property: property.to_owned(), ..Discriminator::default() });
        }
        let discriminator = self.object(node, &shapes::DISCRIMINATOR)?;
        let property = self.required_string(discriminator, "propertyName")?;
        let mut mapping = IndexMap::new();
        for (value, node) in self.members(discriminator, "mapping") {
            if let Some(id) = self.mapped_schema(node) {
                mapping.insert(value.to_owned(), id);
            }
        }
        let default_mapping = self.value(discriminator, "defaultMapping").and_then(|node| self.mapped_schema(node));
        Some(Discriminator { at: node.at(), property, mapping, default_mapping })
    }

    /// The schema a mapping names: by the name of a component, or by a reference.
    fn mapped_schema(&mut self, node: NodeRef<'a>) -> Option<SchemaId> {
        let Some(text) = node.as_str() else {
            self.wrong_type(node, "a string");
            return None;
        };
        let own = self.sources.node(super::files::root_of(self.sources, node.at()));
        let target = match named_schema([self.root, own], text) {
            Some(target) => target,
            None => self.target(node)?,
        };
        self.referred_schema(target)
    }

    pub(super) fn xml(&mut self, object: Object<'a>) -> Option<Xml> {
        let xml = self.object_under(object, "xml", &shapes::XML)?;
        let stated = [
            ("element", XmlNodeType::Element),
            ("attribute", XmlNodeType::Attribute),
            ("text", XmlNodeType::Text),
            ("cdata", XmlNodeType::Cdata),
            ("none", XmlNodeType::None),
        ];
        for old in ["attribute", "wrapped"] {
            self.check_exclusive(xml, ("nodeType", old), Severity::Warning, "ignored");
        }
        let is_attribute = self.flag(xml, "attribute");
        let node_type = self.choice(xml, "nodeType", &stated);
        Some(Xml {
            at: xml.at(),
            name: self.string(xml, "name"),
            namespace: self.string(xml, "namespace"),
            prefix: self.string(xml, "prefix"),
            node_type: node_type.or_else(|| is_attribute.then_some(XmlNodeType::Attribute)),
            wrapped: self.flag(xml, "wrapped"),
        })
    }
}

/// Whether a schema or a parameter of 2.0 stands for a file.
pub(super) fn is_file(node: NodeRef<'_>) -> bool {
    node.get("type").and_then(NodeRef::as_str) == Some(FILE)
}
