//! The table, and what each of its examples shows.
//!
//! In: rows of keyword, fate and example. Out: the fates that are not as they are stated. Never: a row passed over.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Reason;
use clientwright_document::Sources;
use clientwright_document::source::{LoadError, Loader};
use clientwright_rust::{Config, Lock, Package};
use clientwright_tests::workspace;
use serde_json::{Value, json};

/// The keywords of the vocabularies of JSON Schema 2020-12.
const KEYWORDS: &str = "$schema $vocabulary $id $ref $anchor $dynamicRef $dynamicAnchor $defs $comment allOf anyOf oneOf not \
    if then else dependentSchemas prefixItems items contains properties patternProperties additionalProperties propertyNames \
    unevaluatedItems unevaluatedProperties type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum \
    maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required \
    dependentRequired title description default deprecated readOnly writeOnly examples format contentEncoding \
    contentMediaType contentSchema";

/// What a keyword does to what is generated.
#[derive(Debug, PartialEq)]
enum Fate {
    Typed,
    Documented,
    Reported,
    Read,
}

#[test]
fn every_keyword_has_the_fate_that_is_stated() {
    let rows = rows();
    for keyword in KEYWORDS.split_whitespace() {
        let found = rows.iter().filter(|(known, ..)| known == keyword).count();
        assert_eq!(found, 1, "`{keyword}` stands {found} times in the table");
    }
    assert_eq!(rows.len(), KEYWORDS.split_whitespace().count(), "the table has rows that are no keywords");
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(keyword, stated, example)| {
            let found = fate(keyword, example);
            (found != *stated).then(|| format!("`{keyword}` is {found:?}, and not {stated:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each reason for untyped JSON has a row on the page, whose example is of this reason and of no other.
#[test]
fn every_reason_for_untyped_json_is_explained() {
    let text = std::fs::read_to_string(workspace().join("docs/json-schema.md")).unwrap();
    let rows: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.trim_matches('|').trim().split_once(" | ")).collect();
    for reason in Reason::ALL {
        let name = reason.to_string();
        let example = rows.get(name.as_str()).unwrap_or_else(|| panic!("docs/json-schema.md does not explain: {name}"));
        let example = parsed(example.trim().trim_matches('`'));
        let is_body = reason == Reason::NoSchema;
        let document = if is_body { document_with_body(&example) } else { document_with(&example) };
        let mut sources = Sources::new();
        let read = clientwright_document::read(&mut sources, "document.json", &Only(document.to_string()));
        let document = read.value.unwrap();
        let lowered = clientwright_api::lower(&document);
        let untyped = clientwright_api::untyped(&document, &lowered.value.unwrap());
        let found: BTreeSet<Reason> = untyped.iter().map(|found| found.reason).collect();
        assert_eq!(found, BTreeSet::from([reason]), "{document:?}");
        let untold = clientwright_api::untold(&untyped, &lowered.diagnostics);
        assert!(untold.is_empty(), "nothing is said about {untold:?}");
        // Without the report, what has a type would be lost in silence, and is found.
        assert_eq!(clientwright_api::untold(&untyped, &[]).is_empty(), reason != Reason::Stated);
    }
}

/// The rows of the table: keyword, fate, example.
fn rows() -> Vec<(String, Fate, Value)> {
    let text = std::fs::read_to_string(workspace().join("docs/json-schema.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`')).collect();
        let fate = match cells[1] {
            "typed" => Fate::Typed,
            "documented" => Fate::Documented,
            "reported" => Fate::Reported,
            "read" => Fate::Read,
            other => panic!("`{other}` is no fate"),
        };
        (cells[0].to_owned(), fate, parsed(cells[2]))
    })
    .collect()
}

fn parsed(example: &str) -> Value {
    let mut sources = Sources::new();
    let root = sources.parse("example", example.to_owned()).value.unwrap_or_else(|| panic!("{example}"));
    sources.node(root).to_json()
}

/// What an example shows: generated with the keyword, and without.
fn fate(keyword: &str, example: &Value) -> Fate {
    let mut without = example.clone();
    without.as_object_mut().unwrap().remove(keyword).unwrap_or_else(|| panic!("no `{keyword}` in {example}"));
    let (with, without) = (generated(example), generated(&without));
    let code = |text: &str| -> String { text.lines().filter(|line| !line.trim_start().starts_with("///")).collect() };
    if code(&with.0) != code(&without.0) {
        Fate::Typed
    } else if with.0 != without.0 {
        Fate::Documented
    } else if with.1.contains(&format!("`{keyword}`")) {
        Fate::Reported
    } else {
        assert_eq!(with.1, without.1, "`{keyword}` is reported, but not by its name");
        Fate::Read
    }
}

struct Only(String);

impl Loader for Only {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        if path == "document.json" { Ok(self.0.clone().into_bytes()) } else { Err(LoadError::NotFound) }
    }
}

/// A document that sends and receives an object with a member of a schema.
fn document_with(schema: &Value) -> Value {
    let mut document = document_with_body(&json!({ "schema": { "$ref": "#/components/schemas/Example" } }));
    document["components"] = json!({ "schemas": {
        "Example": { "type": "object", "properties": { "value": schema } },
        "Other": { "type": "object", "properties": { "other": { "type": "string" } } },
    } });
    document
}

/// A document that sends and receives a body.
fn document_with_body(media_type: &Value) -> Value {
    let content = json!({ "application/json": media_type });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Example", "version": "1" },
        "paths": { "/": { "put": {
            "operationId": "put",
            "requestBody": { "content": content },
            "responses": { "200": { "description": "Done.", "content": content } },
        } } },
    })
}

/// The types of a document that sends and receives an object with such a member, and what is said of it.
fn generated(schema: &Value) -> (String, String) {
    let document = document_with(schema);
    let mut sources = Sources::new();
    let read = clientwright_document::read(&mut sources, "document.json", &Only(document.to_string()));
    let lowered = clientwright_api::lower(&read.value.unwrap());
    let package = Package { name: "example".to_owned(), version: "0.1.0".to_owned(), description: None };
    let config = Config { package, ..Config::default() };
    let planned = clientwright_rust::plan(lowered.value.unwrap(), &config, &Lock::default());
    let files = clientwright_rust::print(&planned.value.unwrap());
    let types = files.into_iter().filter(|(path, _)| path.starts_with("src/types"));
    let said = read.diagnostics.into_iter().chain(lowered.diagnostics).map(|found| found.title);
    (types.map(|(_, text)| text).collect(), said.collect::<Vec<_>>().join("\n"))
}
