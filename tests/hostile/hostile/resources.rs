//! Documents that would cost too much.
//!
//! In: schemas without end, long chains, patterns that some engines never finish. Out: a client, or a diagnostic, in good
//! time. Never: a limit so narrow that an honest document would meet it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::run::{Attack, Outcome, document};

/// What a busy machine needs for the longest of them, several times over.
const LONG: Duration = Duration::from_secs(60);

fn run(schemas: Value) -> Outcome {
    let mut text = document("Pets", "pets", "Pet");
    text["components"]["schemas"] = schemas;
    let started = Instant::now();
    let outcome = Attack::new(&text).run();
    assert!(started.elapsed() < LONG, "{:?}", started.elapsed());
    assert!(outcome.output.iter().any(|(path, _)| path == "src/lib.rs"), "{}", outcome.said);
    outcome
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn schemas_that_are_parts_of_themselves() {
    run(json!({"Pet": {"allOf": [reference("Pet")]}}));
    run(json!({"Pet": {"oneOf": [reference("Pet"), reference("Pet")]}}));
    run(
        json!({"Pet": {"allOf": [reference("A")]}, "A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("Pet")]}}),
    );
    run(json!({"Pet": {"items": reference("Pet"), "type": "array"}}));
    run(json!({"Pet": {"additionalProperties": reference("Pet"), "type": "object"}}));
    run(json!({"Pet": {"anyOf": [{"type": "array", "items": reference("Pet")}, {"type": "object",
        "additionalProperties": reference("Pet")}]}}));
}

#[test]
fn long_chains() {
    let chain = |link: &dyn Fn(String) -> Value| {
        let mut schemas = serde_json::Map::new();
        schemas.insert("Pet".to_owned(), link("S0".to_owned()));
        for number in 0..500 {
            schemas.insert(format!("S{number}"), link(format!("S{}", number + 1)));
        }
        schemas.insert("S500".to_owned(), json!({"type": "object"}));
        Value::Object(schemas)
    };
    run(chain(&|next| reference(&next)));
    run(chain(&|next| json!({"allOf": [reference(&next)]})));
    run(chain(&|next| json!({"type": "array", "items": reference(&next)})));
    run(chain(&|next| json!({"type": "object", "properties": {"next": reference(&next)}})));
    run(chain(&|next| json!({"oneOf": [reference(&next), {"type": "integer"}]})));
}

/// Every part of an `allOf` twice at each of many levels would be a million parts at the end.
#[test]
fn parts_that_double_at_each_level() {
    let mut schemas = serde_json::Map::new();
    for number in 0..40 {
        let next = reference(&format!("S{}", number + 1));
        schemas.insert(format!("S{number}"), json!({"allOf": [next, next]}));
    }
    schemas.insert("S40".to_owned(), json!({"type": "object", "properties": {"name": {"type": "string"}}}));
    schemas.insert("Pet".to_owned(), reference("S0"));
    run(Value::Object(schemas));
}

#[test]
fn patterns_are_only_shown() {
    let long = "(".repeat(100_000);
    for pattern in ["(a+)+$", "(?=x)", "\\p{Foo}", "[", long.as_str()] {
        run(json!({"Pet": {"type": "object", "properties": {"name": {"type": "string", "pattern": pattern}}}}));
    }
}
