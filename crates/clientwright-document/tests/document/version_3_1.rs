//! `OpenAPI` 3.1: the same model, and nothing said about what is sound in it.

use clientwright_document::model::{AdditionalProperties, JsonType, Schema, SecurityKind, TypeSet};
use clientwright_document::source::Value;

use crate::support::{Read, read, read_3_1, read_files, read_schema_3_1};

/// A schema that has to be sound.
fn sound(schema: &str) -> Schema {
    let read = read_schema_3_1(schema);
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    read.schema("S")
}

fn target(read: &Read, property: &str) -> Option<String> {
    let document = read.document();
    let schema = &document.schemas[read.schema("S").properties[property]];
    let target = schema.reference.as_ref()?.target;
    Some(read.sources.pointer(document.schemas[target].at))
}

#[test]
fn all_versions_of_the_series() {
    for version in ["3.1.0", "3.1.1", "3.1.2", "'3.1'", "3.1", "3.1.0-rc0"] {
        let read = read(&format!("openapi: {version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\n"));
        assert!(read.outcome.value.is_some() && !read.outcome.has_errors(), "{version}: {}", read.report());
    }
}

#[test]
fn types_and_values() {
    let schema = sound("type: [string, integer, 'null']\nconst: [1]\nexamples: [1, a]\nexample: b\nenum: [a, null]");
    assert_eq!(schema.types, [JsonType::Null, JsonType::Integer, JsonType::String].into_iter().collect::<TypeSet>());
    assert!(!schema.nullable);
    assert!(matches!(schema.constant.map(|found| found.value), Some(Value::List(items)) if items.len() == 1));
    assert_eq!(schema.examples.len(), 3);
    assert_eq!(sound("const: null").constant.map(|found| found.value), Some(Value::Null));
    assert_eq!(sound("type: 'null'").types.len(), 1);
}

#[test]
fn booleans_are_schemas() {
    let read = read_schema_3_1("properties: {a: true, b: false}\nitems: false\nadditionalProperties: false");
    assert_eq!(read.found(), Vec::<String>::new());
    let (document, schema) = (read.document(), read.schema("S"));
    assert_eq!(document.schemas[schema.properties["a"]].boolean, Some(true));
    assert_eq!(document.schemas[schema.properties["b"]].boolean, Some(false));
    assert_eq!(schema.items.and_then(|items| document.schemas[items].boolean), Some(false));
    assert_eq!(schema.additional_properties, AdditionalProperties::Forbidden);
}

#[test]
fn bounds_are_numbers() {
    let schema = sound("exclusiveMinimum: 3\nminimum: 5\nexclusiveMaximum: 7");
    let (minimum, maximum) = (schema.minimum.expect("a bound"), schema.maximum.expect("a bound"));
    assert_eq!((minimum.value.as_u64(), minimum.exclusive), (Some(5), false));
    assert_eq!((maximum.value.as_u64(), maximum.exclusive), (Some(7), true));
}

#[test]
fn keywords_of_lists_objects_and_contents() {
    let schema = sound(concat!(
        "type: [array, object]\nprefixItems: [{type: string}, true]\nitems: {}\n",
        "patternProperties: {'^x': {type: string}}\npropertyNames: {pattern: a}\n",
        "contentEncoding: base64\ncontentMediaType: image/png\ncontentSchema: {type: object}\n",
        "if: {}\nthen: {}\nelse: {}\ndependentSchemas: {a: {}}\ndependentRequired: {a: [b]}\ncontains: {}\n",
        "minContains: 1\nmaxContains: 2\nunevaluatedItems: false\nunevaluatedProperties: false\n",
        "$comment: a\n$anchor: b\n$dynamicAnchor: c\n$id: d\n$schema: https://json-schema.org/draft/2020-12/schema",
    ));
    assert_eq!((schema.prefix_items.len(), schema.pattern_properties.len()), (2, 1));
    assert!(schema.property_names.is_some() && schema.content_schema.is_some() && schema.items.is_some());
    assert_eq!(schema.content_encoding.as_deref(), Some("base64"));
    assert_eq!(schema.content_media_type.as_deref(), Some("image/png"));
    let others: Vec<_> = schema.other_keywords.keys().map(String::as_str).collect();
    assert_eq!(others, ["if", "dependentRequired", "contains", "minContains", "maxContains", "unevaluatedItems"]);
    assert_eq!(schema.conditional.len(), 3);
    assert_eq!(schema.additional_properties, AdditionalProperties::Forbidden);
}

#[test]
fn a_list_needs_no_items() {
    assert!(sound("type: array").items.is_none());
}

#[test]
fn what_stands_beside_a_reference_is_kept() {
    let read = read_3_1(
        "components:\n  schemas:\n    S: {$ref: '#/components/schemas/T', description: d, required: [b], properties: {b: {}}}\n    T: {type: object}\n",
    );
    assert_eq!(read.found(), Vec::<String>::new());
    let schema = read.schema("S");
    assert_eq!(schema.reference.map(|found| found.target), Some(read.document().named_schemas["T"]));
    assert_eq!((schema.description.as_deref(), schema.required.len(), schema.properties.len()), (Some("d"), 1, 1));
}

#[test]
fn what_is_of_3_0_is_read_and_reported() {
    let read = read_schema_3_1("type: string\nnullable: true");
    assert_eq!(read.found(), ["7:7 unknown-key"]);
    assert!(read.schema("S").types.contains(JsonType::Null));
    let read = read_schema_3_1("minimum: 1\nexclusiveMinimum: true");
    assert_eq!(read.found(), ["7:25 wrong-type"]);
    assert!(read.schema("S").minimum.is_some_and(|bound| bound.exclusive));
}

#[test]
fn what_is_of_3_2_is_reported() {
    let read = read_3_1("paths: {}\ntags: [{name: a, kind: nav}]\n");
    assert_eq!(read.found(), ["4:18 unknown-key"]);
    assert!(read.report().contains("OpenAPI 3.1 has no such key in a Tag Object"), "{}", read.report());
}

#[test]
fn the_root_and_its_components() {
    let read = read(concat!(
        "openapi: 3.1.1\ninfo: {title: a, version: '1', summary: s, license: {name: b, identifier: MIT}}\n",
        "jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base\n",
        "paths: {/a: {$ref: '#/components/pathItems/A'}}\n",
        "webhooks:\n  paid: {$ref: '#/components/pathItems/Paid'}\n",
        "components:\n  pathItems:\n    A: {get: {responses: {default: {description: a}}}}\n    Paid: {post: {}}\n",
        "  securitySchemes: {tls: {type: mutualTLS, description: d}}\nsecurity: [{tls: [role]}]\n",
    ));
    assert_eq!(read.found(), ["5:1 not-generated"]);
    let document = read.document();
    assert_eq!(document.info.summary.as_deref(), Some("s"));
    assert_eq!(document.info.license.as_ref().and_then(|license| license.identifier.as_deref()), Some("MIT"));
    assert!(matches!(document.security_schemes["tls"].kind, SecurityKind::MutualTls));
    assert_eq!(document.security[0].schemes["tls"], ["role"]);
    assert_eq!((document.paths.len(), document.webhooks.len()), (1, 1));
    assert_eq!(document.webhooks[0].path, "paid");
}

#[test]
fn paths_are_optional() {
    assert_eq!(read_3_1("webhooks: {}\n").found(), Vec::<String>::new());
    assert_eq!(read_3_1("components: {}\n").found(), Vec::<String>::new());
    assert_eq!(read_3_1("tags: []\n").found(), ["1:1 missing-key"]);
}

#[test]
fn dialects() {
    let dialect = |name: &str| read_3_1(&format!("jsonSchemaDialect: {name}\npaths: {{}}\n")).found();
    assert_eq!(dialect("https://json-schema.org/draft/2020-12/schema"), Vec::<String>::new());
    assert_eq!(dialect("https://spec.openapis.org/oas/3.1/dialect/2024-11-10"), Vec::<String>::new());
    assert_eq!(dialect("https://example.com/dialect"), ["3:20 unknown-dialect"]);
    let read = read_schema_3_1("$schema: http://json-schema.org/draft-07/schema#");
    assert_eq!(read.found(), ["6:16 unknown-dialect"]);
}

#[test]
fn references_may_describe_their_targets_differently() {
    let read = read_3_1(concat!(
        "paths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P', description: other}]\n",
        "      responses:\n        200: {$ref: '#/components/responses/R', description: other}\n        404: {$ref: '#/components/responses/R'}\n",
        "components:\n  parameters: {P: {name: p, in: query, description: own, schema: {}}}\n  responses: {R: {description: own}}\n",
    ));
    assert_eq!(read.found(), Vec::<String>::new());
    let document = read.document();
    let (_, operation) = document.operations.iter().next().expect("an operation");
    let descriptions = operation.responses.iter().map(|(_, id)| document.responses[*id].description.as_str());
    assert_eq!(descriptions.collect::<Vec<_>>(), ["other", "own"]);
    assert_eq!(document.parameters[operation.parameters[0]].description.as_deref(), Some("other"));
    assert!(operation.responses.iter().all(|(_, id)| document.responses[*id].component.as_deref() == Some("R")));
}

#[test]
fn anchors() {
    let read = read_schema_3_1("properties: {a: {$ref: '#here'}, b: {$ref: '#there'}}\n$defs: {h: {$anchor: here}}");
    assert_eq!(read.found(), ["6:50 unresolved-reference"]);
    assert_eq!(target(&read, "a").as_deref(), Some("#/components/schemas/S/$defs/h"));
}

#[test]
fn ids_are_names_that_are_never_fetched() {
    let read = read_schema_3_1(concat!(
        "$id: https://example.com/schemas/s\nproperties:\n  a: {$ref: t}\n  b: {$ref: 'https://example.com/schemas/t'}\n",
        "  c: {$ref: '#/$defs/t'}\n  d: {$ref: 't#inner'}\n  e: {$ref: 'https://example.com/u'}\n  f: {$ref: '#/components/schemas/S'}\n",
        "$defs: {t: {$id: t, items: {$anchor: inner}}}",
    ));
    assert_eq!(read.found(), ["12:19 unsupported-reference"], "{}", read.report());
    let t = "#/components/schemas/S/$defs/t";
    assert_eq!(["a", "b", "c"].map(|name| target(&read, name)), [(); 3].map(|()| Some(t.to_owned())));
    assert_eq!(target(&read, "d").as_deref(), Some("#/components/schemas/S/$defs/t/items"));
    assert_eq!(target(&read, "f").as_deref(), Some("#/components/schemas/S"), "a pointer from the document is meant");
}

#[test]
fn ids_of_files_do_not_hide_the_files_beside_them() {
    let read = read_files(&[
        ("api.yaml", "openapi: 3.1.0\ninfo: {title: a, version: '1'}\ncomponents: {schemas: {A: {$ref: a/a.json}}}\n"),
        (
            "a/a.json",
            r#"{"$id": "https://example.com/a.json", "properties": {"b": {"$ref": "b.json"}, "c": {"$ref": "c.json"}}}"#,
        ),
        ("a/b.json", r#"{"$id": "https://example.com/c.json", "type": "string"}"#),
    ]);
    assert_eq!(read.found_in_files(), Vec::<String>::new(), "{}", read.report());
    let (document, a) = (read.document(), read.schema("A"));
    let targets =
        ["b", "c"].map(|name| document.schemas[a.properties[name]].reference.as_ref().map(|found| found.target));
    assert_eq!(targets, [Some(document.named_schemas["b"]); 2]);
}

#[test]
fn dynamic_references() {
    let read = read_schema_3_1("$dynamicAnchor: node\nproperties: {a: {$dynamicRef: '#node'}}");
    assert_eq!(read.found(), Vec::<String>::new());
    assert_eq!(target(&read, "a").as_deref(), Some("#/components/schemas/S"));
    let read = read_schema_3_1(
        "$dynamicAnchor: node\nproperties: {a: {$dynamicRef: '#node'}}\n$defs: {x: {$dynamicAnchor: node}}",
    );
    assert_eq!(read.found(), ["7:37 unsupported-reference"], "{}", read.report());
    assert_eq!(target(&read, "a"), None);
}

#[test]
fn ids_mean_nothing_in_3_0() {
    let read = read(
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents: {schemas: {S: {$id: 'https://example.com/s', items: {$ref: '#/components/schemas/S'}}}}\n",
    );
    assert_eq!(read.found(), ["4:28 unknown-key"]);
}
