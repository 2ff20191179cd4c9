//! JSON Merge Patch (RFC 7396): every row of its appendix A, made of generated types.

use clientwright_tests::Recorder;
use serde_json::{Map, Value, json};

use super::places::Client;
use super::places::types::{Inner, InnerBb, Patch, PatchA};
use super::{places, sent, server};

/// A row: what is there, the patch as JSON, the call that sends it, and what is there then.
struct Row {
    original: Value,
    patch: Value,
    call: fn(&Client) -> Result<(), String>,
    result: Value,
}

macro_rules! row {
    ($original:tt, $patch:tt, $method:ident($($given:tt)+), $result:tt) => {
        Row {
            original: json!($original),
            patch: json!($patch),
            call: |client| both!(client.$method($($given)+)),
            result: json!($result),
        }
    };
}

fn text(text: &str) -> PatchA {
    PatchA::Text(text.to_owned())
}

fn rows() -> Vec<Row> {
    vec![
        row!({"a": "b"}, {"a": "c"}, patch_thing(Patch::new().a(text("c"))), {"a": "c"}),
        row!({"a": "b"}, {"b": "c"}, patch_thing(Patch::new().b("c")), {"a": "b", "b": "c"}),
        row!({"a": "b"}, {"a": null}, patch_thing(Patch::new().a(None)), {}),
        row!({"a": "b", "b": "c"}, {"a": null}, patch_thing(Patch::new().a(None)), {"b": "c"}),
        row!({"a": ["b"]}, {"a": "c"}, patch_thing(Patch::new().a(text("c"))), {"a": "c"}),
        row!({"a": "c"}, {"a": ["b"]}, patch_thing(Patch::new().a(PatchA::List(vec!["b".into()]))), {"a": ["b"]}),
        row!(
            {"a": {"b": "c"}},
            {"a": {"b": "d", "c": null}},
            patch_thing(Patch::new().a(PatchA::from(Inner::new().b("d").c(None)))),
            {"a": {"b": "d"}}
        ),
        row!({"a": [{"b": "c"}]}, {"a": [1]}, patch_thing(Patch::new().a(PatchA::List(vec![1.into()]))), {"a": [1]}),
        row!(["a", "b"], ["c", "d"], patch_any(json!(["c", "d"])), ["c", "d"]),
        row!({"a": "b"}, ["c"], patch_any(json!(["c"])), ["c"]),
        row!({"a": "foo"}, null, patch_any(json!(null)), null),
        row!({"a": "foo"}, "bar", patch_any(json!("bar")), "bar"),
        row!({"e": null}, {"a": 1}, patch_thing(Patch::new().a(PatchA::Number(1))), {"e": null, "a": 1}),
        row!([1, 2], {"a": "b", "c": null}, patch_thing(Patch::new().a(text("b")).c(None)), {"a": "b"}),
        row!(
            {},
            {"a": {"bb": {"ccc": null}}},
            patch_thing(Patch::new().a(PatchA::from(Inner::new().bb(InnerBb::new().ccc(None))))),
            {"a": {"bb": {}}}
        ),
    ]
}

#[test]
fn every_row_of_the_table() {
    let server = server();
    assert_eq!(rows().len(), 15);
    for row in rows() {
        let patch = patch_of(&server, row.call);
        assert_eq!(patch, row.patch);
        assert_eq!(merge(row.original, patch), row.result);
    }
}

#[test]
fn what_is_not_said_is_not_sent() {
    let server = server();
    assert_eq!(patch_of(&server, |client| send(client, Patch::new())), json!({}));
    assert_eq!(patch_of(&server, |client| send(client, Patch::new().a(PatchA::from(Inner::new())))), json!({"a": {}}));
}

fn send(client: &Client, patch: Patch) -> Result<(), String> {
    both!(client.patch_thing(patch))
}

/// The patch that a call sends.
fn patch_of(server: &Recorder, call: fn(&Client) -> Result<(), String>) -> Value {
    let request = sent(server, call(&places(server))).unwrap();
    assert_eq!(request.method, "PATCH");
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    serde_json::from_slice(&request.body).unwrap()
}

/// `MergePatch` of RFC 7396, section 2.
fn merge(target: Value, patch: Value) -> Value {
    let Value::Object(patch) = patch else { return patch };
    let mut members = if let Value::Object(members) = target { members } else { Map::new() };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(&name);
        } else {
            let before = members.remove(&name).unwrap_or_default();
            members.insert(name, merge(before, value));
        }
    }
    Value::Object(members)
}
