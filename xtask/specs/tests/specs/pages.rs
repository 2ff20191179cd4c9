//! The examples of the pages from which the descriptions began, word for word.
//!
//! In: what the pages show, in `pages/`: `API.OPERATION.request.json`, `.request.NAME.json` and `.STATUS.json`. Out: a failure
//! where a description does not show the same. Never: another address than that of the vendor's document: the pages of Allo
//! hide it from harvesters.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use xtask_specs::{Bundle, bundle, operations};

fn pages() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/specs/pages")
}

fn page(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(pages().join(name)).unwrap()).unwrap()
}

fn described(api: &str) -> Bundle {
    let spec = format!("{api}.yaml");
    let spec = if super::specs().join(&spec).exists() { spec } else { format!("{api}/openapi.yaml") };
    bundle(super::specs(), &spec).unwrap()
}

/// The bodies of JSON that are shown under a key of an operation, at any depth.
fn shown(value: &Value) -> Vec<&Value> {
    let Some(json) = value.pointer("/content/application~1json") else {
        return value.as_object().into_iter().flatten().flat_map(|(_, value)| shown(value)).collect();
    };
    let several = json.get("examples").and_then(Value::as_object).into_iter().flatten();
    json.get("example").into_iter().chain(several.map(|(_, one)| &one["value"])).collect()
}

#[test]
fn requests_and_answers_are_those_of_the_pages() {
    let entries = fs::read_dir(pages()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: BTreeSet<String> = entries.filter(|name| !name.contains(".properties.")).collect();
    assert_eq!(names.len(), 9);
    for name in names {
        let words: Vec<&str> = name.split('.').collect();
        let document = described(words[0]).document;
        let all = operations(&document);
        let operation = all.iter().find(|one| one.value["operationId"] == words[1]).expect("an operation");
        let place = if words[2] == "request" { "requestBody" } else { "responses" };
        let page = page(&name);
        let shown = shown(&operation.value[place]);
        assert!(shown.contains(&&page), "{name} is not among {shown:#?}");
    }
}

#[test]
fn members_are_shown_as_on_the_pages() {
    let document = described("rogerroger").document;
    let page = page("rogerroger.properties.json");
    for (schema, members) in page.as_object().unwrap() {
        for (member, value) in members.as_object().unwrap() {
            let found = &document["components"]["schemas"][schema]["properties"][member];
            assert_eq!(&found["examples"][0], value, "{schema}.{member}");
        }
    }
}
