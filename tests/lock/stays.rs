//! What callers wrote stays, whatever the document gains.
//!
//! In: a document, and the same with a change. Out: the names, the order and the arity that callers see before and after.
//! Never: a name compared that callers cannot write.

use std::collections::BTreeMap;
use std::path::Path;

use clientwright_api::Api;
use clientwright_document::Sources;
use clientwright_document::source::{LoadError, Loader};
use clientwright_rust::lock::Given;
use clientwright_rust::{Config, Files, Lock};

pub(super) const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: 'https://shop.example.com', description: The shop }]
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getOrder
      parameters:
        - { name: region, in: query, required: true, schema: { type: string } }
        - { name: page-size, in: query, schema: { type: integer } }
      responses:
        '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/order_line' } } } }
    put:
      operationId: putOrder
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/order_line' } } }
      responses: { '204': { description: Done. }, '409': { description: No. } }
security: [{ key: [] }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    order_line:
      type: object
      required: [sku, count, note]
      properties:
        sku: { type: string }
        count: { type: integer }
        note: { type: [string, 'null'] }
        unit-price: { type: number }
        state: { enum: [in-stock, sold-out] }
        payment:
          oneOf: [{ type: string }, { type: integer }]
";

struct Whole<'a>(&'a str);

impl Loader for Whole<'_> {
    fn load(&self, _: &str) -> Result<Vec<u8>, LoadError> {
        Ok(self.0.as_bytes().to_vec())
    }
}

pub(super) fn lowered(text: &str, given: &Lock) -> (Sources, Api) {
    let mut sources = Sources::new();
    let document = clientwright_document::read(&mut sources, "shop.yaml", &Whole(text)).value.unwrap();
    let api = clientwright_api::lower_again(&document, &|name| given.is_split(name)).value.unwrap();
    (sources, api)
}

fn generate(text: &str, given: &Lock) -> (Files, Lock) {
    let (_, api) = lowered(text, given);
    let planned = clientwright_rust::plan(api, &Config::default(), given).value.unwrap();
    (clientwright_rust::print(&planned), planned.lock)
}

/// The document after each pair of texts has changed places.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(DOCUMENT.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// What callers write of the document, before a change and after it.
fn before_and_after(changes: &[(&str, &str)]) -> (Lock, Lock) {
    let before = generate(DOCUMENT, &Lock::default()).1;
    let (_, after) = generate(&changed(changes), &before);
    (before, after)
}

#[track_caller]
fn assert_kept(before: &Lock, after: &Lock) {
    let within = |ours: &Given, theirs: &Given| {
        for (key, name) in ours {
            assert_eq!(theirs.get(key), Some(name), "{key}");
        }
    };
    within(&before.credentials, &after.credentials);
    within(&before.servers, &after.servers);
    within(&before.methods, &after.methods);
    within(&before.requests, &after.requests);
    within(&before.types, &after.types);
    let owners = |lock: &Lock| -> BTreeMap<String, Given> {
        lock.members.iter().chain(&lock.parameters).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let theirs = owners(after);
    for (owner, ours) in owners(before) {
        within(&ours, &theirs[&owner]);
    }
    assert_eq!(
        before.arguments,
        after
            .arguments
            .iter()
            .filter(|(key, _)| before.arguments.contains_key(*key))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    );
    assert_eq!(
        before.constructors,
        after
            .constructors
            .iter()
            .filter(|(key, _)| before.constructors.contains_key(*key))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    );
}

#[test]
fn a_colliding_name_is_the_newcomers_to_change() {
    let newcomers = "  schemas:
    OrderLine: { type: object, properties: { orderLine: { type: string } } }
    OrderLineState: { type: string }
    OrderLinePayment: { type: string }
    orderLine: { type: object, required: [a], properties: { a: { type: string } } }
";
    let (before, after) = before_and_after(&[
        ("  schemas:\n", newcomers),
        (
            "        sku: {",
            "        un_it_price: { type: number }\n        unit_price: { type: string }\n        Sku: { type: string }\n        sku: {",
        ),
        ("[in-stock,", "[InStock, in_stock, in-stock,"),
        ("oneOf: [{ type: string }", "oneOf: [{ title: String, type: boolean }, { type: string }"),
        (
            "        - { name: region,",
            "        - { name: page_size, in: query, schema: { type: string } }\n        - { name: region,",
        ),
        (
            "    get:\n      operationId: getOrder\n",
            "    delete: { operationId: get_order, responses: { '204': { description: Gone. } } }\n    patch: { operationId: GetOrder, responses: { '204': { description: Done. } } }\n    get:\n      operationId: getOrder\n",
        ),
        ("    key: {", "    another: { type: apiKey, in: header, name: X-Other }\n    key: {"),
        ("servers: [", "servers: [{ url: 'https://other.example.com', name: the_shop }, "),
        ("[{ key: [] }]", "[{ another: [] }, { key: [] }]"),
    ]);
    assert_kept(&before, &after);
    assert_eq!(before.types["order_line"], "OrderLine");
    assert_eq!(before.credentials["key"], "api_key");
    assert_ne!(after.types["OrderLine"], "OrderLine");
    assert_ne!(after.credentials["another"], "api_key");
}

#[test]
fn the_order_of_the_document_decides_nothing() {
    let (before, after) = before_and_after(&[
        ("required: [sku, count, note]", "required: [note, count, sku]"),
        ("        sku: { type: string }\n        count: { type: integer }\n", ""),
        ("        state: {", "        count: { type: integer }\n        sku: { type: string }\n        state: {"),
        ("        - { name: region, in: query, required: true, schema: { type: string } }\n", ""),
        ("        - { name: page-size,", "        - { name: page-size,"),
        (
            "      responses:\n        '200'",
            "        - { name: region, in: query, required: true, schema: { type: string } }\n      responses:\n        '200'",
        ),
    ]);
    assert_kept(&before, &after);
    assert_eq!(after.constructors["order_line"], ["sku", "count", "note"]);
    assert_eq!(after, before);
}

#[test]
fn what_becomes_optional_is_still_passed_where_it_was() {
    let changes = [
        ("required: [sku, count, note]", "required: [count]"),
        ("name: region, in: query, required: true", "name: region, in: query"),
        ("        required: true\n        content", "        content"),
    ];
    let (before, after) = before_and_after(&changes);
    assert_kept(&before, &after);
    let (files, _) = generate(&changed(&changes), &before);
    let types = &files["src/types/order_line.rs"];
    assert!(types.contains("pub sku: Option<String> = \"sku\",\n"), "{types}");
    let constructor = "        new(sku: impl Into<String>, count: i64, note: Option<String>) {\n            \
                       sku: Some(sku.into()),\n            count,\n            note: Field::from(note),\n        };\n";
    assert!(types.contains(constructor), "{types}");
    let operations = &files["src/operations/untagged.rs"];
    assert!(operations.contains("region: impl Into<String>"), "{operations}");
    assert!(operations.contains("body: types::OrderLine"), "{operations}");
}

#[test]
fn one_more_way_to_send_a_body_changes_no_call() {
    let form = "{ application/x-www-form-urlencoded: { schema: { type: object } }, application/json";
    let (before, after) =
        before_and_after(&[("        content: { application/json", &format!("        content: {form}"))]);
    assert_kept(&before, &after);
    assert_eq!(before.arguments["putOrder"], ["path:id", "body:application/json"]);
    assert_eq!(after.methods["putOrder/body:application/x-www-form-urlencoded"], "put_order_form");
}

#[test]
fn a_type_that_is_one_for_both_ways_stays_one() {
    let read_only = ("        sku: {", "        id: { type: string, readOnly: true }\n        sku: {");
    let required = ("required: [sku, count, note]", "required: [id, sku, count, note]");
    let (before, after) = before_and_after(&[read_only, required]);
    assert_kept(&before, &after);
    assert_eq!(after.constructors, before.constructors);
    let (files, _) = generate(&changed(&[read_only, required]), &before);
    assert!(files["src/types/order_line.rs"].contains("pub id: Option<String> = \"id\""));

    // Where it was two from the start, it stays two.
    let (_, split) = generate(&changed(&[read_only]), &Lock::default());
    assert!(split.types.contains_key("order_line/input (sent)"));
    let (_, after) = generate(DOCUMENT, &split);
    assert_eq!(after.types, split.types);
    assert_eq!(after.constructors, split.constructors);
}

#[test]
fn what_becomes_required_keeps_its_setter() {
    let (before, after) = before_and_after(&[
        ("name: page-size, in: query", "name: page-size, in: query, required: true"),
        ("required: [sku, count, note]", "required: [state, sku, count, note]"),
    ]);
    assert_eq!(after.arguments, before.arguments);
    // A member without a value cannot be made up: what is new comes last.
    assert_eq!(after.constructors["order_line"], ["sku", "count", "note", "state"]);
}

#[test]
fn a_constructor_keeps_its_form_when_it_takes_more() {
    let (before, after) = before_and_after(&[
        ("required: [sku, count, note]", "required: [sku, count, note, a, b]"),
        ("        sku: {", "        a: { type: string }\n        b: { type: string }\n        sku: {"),
    ]);
    assert!(!before.types.contains_key("order_line (required)"));
    assert!(!after.types.contains_key("order_line (required)"));
    assert_eq!(after.constructors["order_line"], ["sku", "count", "note", "a", "b"]);
}

#[test]
fn a_lock_is_not_needed_to_get_it_again() {
    let (files, lock) = generate(DOCUMENT, &Lock::default());
    assert_eq!(generate(DOCUMENT, &lock), (files, lock));
}

#[test]
fn a_name_for_a_type_that_says_the_same_outlives_that() {
    let inline = |required: &str| {
        let members = "a: { type: string }, b: { type: integer }, c: {}, d: {}, e: {}, f: {}";
        format!("{{ type: object, required: [{required}], properties: {{ {members} }} }}")
    };
    let two = |near: &str, further: &str| {
        let of = |name: &str, required| format!("    {name}: {{ properties: {{ it: {} }} }}\n", inline(required));
        let to = |name: &str| format!("        {name}: {{ $ref: '#/components/schemas/{name}' }}\n");
        changed(&[
            ("  schemas:\n", &format!("  schemas:\n{}{}", of("Near", near), of("Further", further))),
            ("        sku: {", &format!("{}{}        sku: {{", to("Near"), to("Further"))),
        ])
    };
    let (files, before) = generate(&two("a, b, c, d, e", "a, b, c, d, e"), &Lock::default());
    let near = &files["src/types/near.rs"];
    assert!(near.contains("NearIt: FurtherIt;"), "{near}");
    assert!(near.contains("NearItRequired: FurtherItRequired;"), "{near}");
    assert_eq!(before.same["Further/it"], "Near/it");

    // Once it says something else it is a type of its own, and is made as it was.
    let (files, after) = generate(&two("a, b, c, d, e", "f, e, d, c, b, a"), &before);
    assert_kept(&before, &after);
    assert!(files["src/types/further.rs"].contains("pub struct FurtherItRequired"));
    assert_eq!(after.constructors["Further/it"], ["a", "b", "c", "d", "e", "f"]);
    assert!(after.same.is_empty());

    // What callers know as two types stays two.
    let (_, again) = generate(&two("a, b, c, d, e", "a, b, c, d, e"), &after);
    assert!(again.same.is_empty());
    assert_eq!(again.types, after.types);
}

#[test]
fn our_own_clients_have_their_locks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for entry in std::fs::read_dir(root.join("crates/clients")).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.join("clientwright.lock").is_file(), "{}", path.display());
    }
}
