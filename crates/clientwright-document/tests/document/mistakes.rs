//! Every mistake is reported where it stands, and nothing else is lost.

use crate::support::{read, read_after_head, read_schema};

/// The diagnostics of a schema called `S`; line 11 is its first.
fn of_schema(schema: &str) -> Vec<String> {
    read_schema(schema).found()
}

#[test]
fn ten_mistakes_give_ten_diagnostics() {
    let read = read(include_str!("ten_mistakes.yaml"));
    let expected = [
        "4:12 not-quoted",
        "5:3 unknown-key",
        "8:3 invalid-path",
        "10:7 wrong-type",
        "13:15 invalid-value",
        "18:17 unresolved-reference",
        "20:9 invalid-status",
        "23:20 duplicate-operation-id",
        "31:21 invalid-value",
        "36:17 wrong-type",
    ];
    assert_eq!(read.found(), expected, "{}", read.report());
    let document = read.document();
    assert_eq!(document.info.version, "1.10");
    assert_eq!(document.operations.len(), 2);
    assert_eq!(document.named_schemas.len(), 2);
}

#[test]
fn root_objects() {
    for (text, code) in [
        ("- a\n", "not-a-document"),
        ("text\n", "not-a-document"),
        ("info: {}\n", "not-a-document"),
        ("swagger: '1.2'\n", "unsupported-version"),
        ("openapi: 3.3.0\n", "unsupported-version"),
        ("openapi: '3.10.0'\n", "unsupported-version"),
        ("openapi: 4\n", "unsupported-version"),
        ("openapi: [3]\n", "unsupported-version"),
    ] {
        let read = read(text);
        assert!(read.outcome.value.is_none() && read.outcome.has_errors());
        assert!(read.report().contains(&format!("error[{code}]")), "{}", read.report());
    }
    let read = read("opanapi: 3.0.0\n");
    assert_eq!(read.found(), ["1:1 not-a-document"]);
}

#[test]
fn missing_parts_of_the_root() {
    let read = read("openapi: 3.0.0\n");
    assert_eq!(read.found(), ["1:1 missing-key", "1:1 missing-key"]);
    assert!(!read.outcome.has_errors());
}

#[test]
fn unknown_keys_get_a_suggestion() {
    let read = read_schema("type: object\ndescripton: a\nx-anything: 1\nconst: 1");
    assert_eq!(read.found(), ["12:7 unknown-key", "14:7 unknown-key"]);
    assert!(read.report().contains("did you mean `description`?"), "{}", read.report());
    assert!(read.report().contains("of a later version"), "{}", read.report());
}

#[test]
fn types() {
    assert_eq!(of_schema("type: strnig"), ["11:13 invalid-value"]);
    assert_eq!(of_schema("type: [string, 'null']"), ["11:7 wrong-type"]);
    assert_eq!(of_schema("type: {}"), ["11:7 wrong-type"]);
    assert_eq!(of_schema("type: array"), ["10:5 missing-key"]);
    assert_eq!(of_schema("minLength: -1\nmaxLength: many"), ["11:18 invalid-value", "12:18 wrong-type"]);
    assert_eq!(of_schema("minimum: '3'\nnullable: 'true'"), ["11:16 wrong-type", "12:17 wrong-type"]);
    assert_eq!(of_schema("enum: []"), ["11:7 invalid-value"]);
    assert_eq!(of_schema("required: true"), ["11:17 wrong-type"]);
    assert_eq!(of_schema("properties:\n  a: text\n  b: {type: string}"), ["12:12 wrong-type"]);
    assert_eq!(of_schema("description:"), ["11:7 wrong-type"]);
    assert_eq!(of_schema("discriminator: kind"), ["11:22 wrong-type"]);
    assert_eq!(of_schema("exclusiveMinimum: 3"), ["11:25 wrong-type"]);
}

#[test]
fn references() {
    let unresolved = read_schema("$ref: '#/components/schemas/T'");
    assert_eq!(unresolved.found(), ["11:13 unresolved-reference"]);
    assert!(unresolved.report().contains("did you mean `#/components/schemas/S`?"), "{}", unresolved.report());
    assert_eq!(of_schema("$ref: 'other.yaml#/S'"), ["11:13 file-not-found"]);
    assert_eq!(of_schema("$ref: 'https://example.com/s.json'"), ["11:13 unsupported-reference"]);
    assert_eq!(of_schema("$ref: '#/components/%zz'"), ["11:13 unresolved-reference"]);
    assert_eq!(of_schema("$ref: 5"), ["11:13 wrong-type"]);
    assert_eq!(of_schema("$ref: '#/info/title'"), ["3:10 wrong-type"]);
    let siblings = "properties:\n  a: {$ref: '#/components/schemas/S', description: fine, minLength: 1, format: x}";
    assert_eq!(of_schema(siblings), ["12:64 reference-sibling"]);
}

#[test]
fn references_where_there_are_none() {
    let text = "paths:\n  /a:\n    get: {$ref: '#/x-get'}\nx-get: {responses: {default: {description: a}}}\n";
    let read = read_after_head(text);
    assert_eq!(read.found(), ["9:17 misplaced-reference"]);
    assert_eq!(read.document().operations.len(), 1);
}

#[test]
fn parameters() {
    let read = read_after_head(concat!(
        "paths:\n  /a/{b}:\n    get:\n      parameters:\n",
        "        - {name: b, in: path, schema: {type: string}}\n",
        "        - {name: b, in: path, required: false, schema: {type: string}}\n",
        "        - {in: query, schema: {}}\n",
        "        - {name: c, in: body, schema: {}}\n",
        "        - {name: d, in: querry, schema: {}}\n",
        "        - {name: e, in: query, style: simple}\n",
        "        - {name: f, in: query, style: comma, content: {a/b: {}, c/d: {}}}\n",
        "      responses: {default: {description: a}}\n",
    ));
    let expected = [
        "11:11 missing-key",
        "12:11 duplicate-parameter",
        "12:41 invalid-value",
        "13:11 missing-key",
        "14:25 invalid-value",
        "15:25 invalid-value",
        "16:11 missing-key",
        "16:39 invalid-value",
        "17:11 invalid-value",
        "17:39 invalid-value",
    ];
    assert_eq!(read.found(), expected, "{}", read.report());
    assert_eq!(read.document().parameters.len(), 4);
}

#[test]
fn security() {
    let read = read_after_head(concat!(
        "paths: {}\nsecurity:\n  - key: []\n  - kee: []\n  - key: scope\n",
        "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n",
        "    a: {type: apikey}\n    b: {type: http}\n    c: {type: apiKey, in: path}\n    d: {type: oauth2}\n    e: {}\n",
    ));
    let expected = [
        "10:5 unresolved-reference",
        "11:10 wrong-type",
        "15:15 invalid-value",
        "16:5 missing-key",
        "17:27 invalid-value",
        "17:5 missing-key",
        "18:5 missing-key",
        "19:5 missing-key",
    ];
    let mut found = read.found();
    found.sort();
    assert_eq!(found, expected, "{}", read.report());
    let document = read.document();
    assert_eq!(document.security.len(), 2);
    assert_eq!(document.security_schemes.keys().collect::<Vec<_>>(), ["key"]);
}

#[test]
fn statuses() {
    let read = read_after_head(concat!(
        "paths:\n  /a:\n    get:\n      responses:\n        200: {description: a}\n",
        "        '404': {description: b}\n        5xx: {description: c}\n        5XX: {description: d}\n",
        "        600: {description: e}\n        okay: {description: f}\n        default: {description: g}\n",
        "        x-note: 1\n",
    ));
    assert_eq!(read.found(), ["14:9 invalid-status", "15:9 invalid-status", "16:9 invalid-status"]);
    let document = read.document();
    let operation = document.operations.iter().map(|(_, operation)| operation).next().expect("an operation");
    let statuses: Vec<_> = operation.responses.iter().map(|(status, _)| status.to_string()).collect();
    assert_eq!(statuses, ["200", "404", "5XX", "default"]);
}

#[test]
fn what_is_not_generated_is_said_once() {
    let read = read_after_head(concat!(
        "paths:\n  /a:\n    get:\n      callbacks: {a: {}}\n      responses: {default: {description: a, links: {b: {}}}}\n",
        "    put:\n      callbacks: {a: {}}\n      responses: {default: {description: a}}\n",
    ));
    assert_eq!(read.found(), ["10:7 not-generated", "11:45 not-generated"]);
}
