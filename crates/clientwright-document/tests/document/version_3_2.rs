//! `OpenAPI` 3.2: the same model, and nothing said about what is sound in it.

use clientwright_document::model::{Location, Method, SecurityKind, Style, XmlNodeType};

use crate::support::{Read, read, read_files};

/// A document without mistakes; the text is put after a sound beginning of two lines.
fn sound(text: &str) -> Read {
    let read = read(&format!("openapi: 3.2.0\ninfo: {{title: a, version: '1'}}\n{text}"));
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    read
}

#[test]
fn methods_of_their_own() {
    let read = sound(concat!(
        "paths:\n  /a:\n    query: {responses: {'204': {summary: s}}}\n",
        "    additionalOperations: {COPY: {}, lock: {responses: {'204': {description: d}}}}\n",
    ));
    let document = read.document();
    let methods: Vec<_> = document.operations.iter().map(|(_, operation)| operation.method.clone()).collect();
    assert_eq!(methods, [Method::Query, Method::Other("COPY".to_owned()), Method::Other("lock".to_owned())]);
    assert!(document.responses.iter().any(|(_, response)| response.summary.as_deref() == Some("s")));
}

#[test]
fn parameters_of_new_kinds() {
    let read = sound(concat!(
        "paths:\n  /a:\n    get:\n      parameters:\n",
        "        - {name: q, in: querystring, content: {application/json: {schema: {}}}}\n",
        "        - {name: c, in: cookie, style: cookie, schema: {}}\n",
    ));
    let document = read.document();
    let found: Vec<_> = document.parameters.iter().map(|(_, found)| (found.location, found.style)).collect();
    assert_eq!(found, [(Location::QueryString, Style::Form), (Location::Cookie, Style::Cookie)]);
}

#[test]
fn parts_by_position_and_within_parts() {
    let read = sound(concat!(
        "components:\n  requestBodies:\n    B:\n      content:\n",
        "        multipart/mixed: {schema: {type: array}, prefixEncoding: [{contentType: image/png}], itemEncoding: {}}\n",
        "        multipart/form-data: {encoding: {a: {contentType: multipart/mixed, prefixEncoding: [{}], itemEncoding: {}}, b: {encoding: {c: {}}}}}\n",
    ));
    let document = read.document();
    let (_, body) = document.request_bodies.iter().next().expect("a body");
    let (mixed, form) = (&body.content[0], &body.content[1]);
    assert_eq!((mixed.prefix_encoding.len(), mixed.item_encoding.is_some()), (1, true));
    let (a, b) = (&form.encoding["a"], &form.encoding["b"]);
    assert_eq!((a.prefix_encoding.len(), a.item_encoding.is_some(), b.encoding.len()), (1, true, 1));
}

#[test]
fn media_types_may_be_references() {
    let read = sound(concat!(
        "components:\n  mediaTypes:\n    Lines: {description: d, itemSchema: {type: object}}\n    Again: {$ref: '#/components/mediaTypes/Lines'}\n",
        "  responses:\n    R: {content: {application/jsonl: {$ref: '#/components/mediaTypes/Again'}, text/event-stream: {itemSchema: {}}}}\n",
    ));
    let document = read.document();
    let (_, response) = document.responses.iter().next().expect("a response");
    let found: Vec<_> =
        response.content.iter().map(|media| (media.media_type.as_str(), media.item_schema.is_some())).collect();
    assert_eq!(found, [("application/jsonl", true), ("text/event-stream", true)]);
    let pointer = read.sources.pointer(response.content[0].at);
    assert_eq!(pointer, "#/components/mediaTypes/Lines");
}

#[test]
fn a_document_has_an_address_of_its_own() {
    let read = read_files(&[
        (
            "api.yaml",
            concat!(
                "openapi: 3.2.0\n$self: https://a.example/v1/openapi\ninfo: {title: a, version: '1'}\ncomponents:\n  schemas:\n",
                "    A: {$ref: 'https://a.example/v1/openapi#/components/schemas/C'}\n    B: {$ref: parts.yaml}\n",
                "    C: {properties: {a: {$ref: 'openapi#/components/schemas/B'}, b: {$ref: '#/components/schemas/C'}}}\n",
            ),
        ),
        ("parts.yaml", "type: object\n"),
    ]);
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    assert_eq!(read.names(), ["A", "B", "C"]);
}

#[test]
fn what_documents_say_besides() {
    let read = sound(concat!(
        "servers: [{url: /v1, name: main}]\ntags: [{name: a, summary: s, parent: b, kind: nav}]\ncomponents:\n",
        "  securitySchemes:\n    o: {type: oauth2, deprecated: true, oauth2MetadataUrl: 'https://a.example/m', flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://a.example/d', tokenUrl: 'https://a.example/t', scopes: {}}}}\n",
        "  schemas:\n    S: {xml: {nodeType: cdata}, oneOf: [{$ref: '#/components/schemas/T'}], discriminator: {propertyName: k, defaultMapping: T}}\n    T: {type: object}\n",
        "  parameters:\n    P: {name: p, in: query, schema: {}, examples: {e: {dataValue: 'a b', serializedValue: a%20b}}}\n",
    ));
    let document = read.document();
    assert_eq!(document.servers[0].name.as_deref(), Some("main"));
    let tag = &document.tags[0];
    assert_eq!(
        (tag.parent.as_deref(), tag.kind.as_deref(), tag.summary.as_deref()),
        (Some("b"), Some("nav"), Some("s"))
    );
    let scheme = &document.security_schemes["o"];
    let SecurityKind::OAuth2 { flows, metadata_url } = &scheme.kind else { panic!("OAuth") };
    assert!(scheme.deprecated && flows.device_authorization.is_some());
    assert_eq!(metadata_url.as_deref(), Some("https://a.example/m"));
    let union = read.schema("S");
    assert_eq!(union.xml.and_then(|xml| xml.node_type), Some(XmlNodeType::Cdata));
    assert!(union.discriminator.is_some_and(|found| found.default_mapping.is_some()));
    let (_, parameter) = document.parameters.iter().next().expect("a parameter");
    let example = &parameter.examples[0];
    assert!(example.value.is_some() && example.serialized.as_deref() == Some("a%20b"));
}

#[test]
fn earlier_versions_read_what_is_of_later_ones_and_say_so() {
    for (version, found) in [("3.0.3", 6), ("3.1.0", 6), ("3.2.0", 0)] {
        let read = read(&format!(
            "openapi: {version}\ninfo: {{title: a, version: '1'}}\n$self: /a\npaths:\n  /a:\n    query:\n      responses: {{'204': {{description: d, summary: s}}}}\n      parameters:\n        - {{name: q, in: querystring, content: {{application/json: {{schema: {{}}}}}}}}\n        - {{name: c, in: cookie, style: cookie, schema: {{}}}}\ntags: [{{name: a, kind: b}}]\n"
        ));
        assert_eq!(read.found().len(), found, "{version}: {}", read.report());
        assert_eq!(read.document().operations.len(), 1);
    }
}
