//! The table, and what each of its examples shows.
//!
//! In: rows of keyword, fate and example. Out: the fates that are not as they are stated. Never: a row passed over.

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
        let mut sources = Sources::new();
        let root = sources.parse("example", cells[2].to_owned()).value.unwrap_or_else(|| panic!("{line}"));
        (cells[0].to_owned(), fate, sources.node(root).to_json())
    })
    .collect()
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

/// The types of a document that sends and receives an object with such a member, and what is said of it.
fn generated(schema: &Value) -> (String, String) {
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Example" } } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Example", "version": "1" },
        "paths": { "/": { "put": {
            "operationId": "put",
            "requestBody": { "content": content },
            "responses": { "200": { "description": "Done.", "content": content } },
        } } },
        "components": { "schemas": {
            "Example": { "type": "object", "properties": { "value": schema } },
            "Other": { "type": "object", "properties": { "other": { "type": "string" } } },
        } },
    });
    let mut sources = Sources::new();
    let read = clientwright_document::read(&mut sources, "document.json", &Only(document.to_string()));
    let lowered = clientwright_api::lower(&read.value.unwrap());
    let package = Package { name: "example".to_owned(), version: "0.1.0".to_owned(), description: None };
    let config = Config { package, ..Config::default() };
    let planned = clientwright_rust::plan(lowered.value.unwrap(), &config, &Lock::default());
    let files = clientwright_rust::print(&planned.value.unwrap());
    let types = files.into_iter().filter(|(path, _)| path.starts_with("src/types") || path.starts_with("src/wire"));
    let said = read.diagnostics.into_iter().chain(lowered.diagnostics).map(|found| found.title);
    (types.map(|(_, text)| text).collect(), said.collect::<Vec<_>>().join("\n"))
}
