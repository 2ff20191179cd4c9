//! What a person renames is called so, and so is what belongs to it.
//!
//! In: a document and renames. Out: the generated code, or why not. Never: a name on the wire changed.

use clientwright_document::diagnostic::{Renderer, Setting};
use clientwright_rust::{Config, Files, Lock, Rename};

use super::stays::lowered;

fn plan(rename: Rename, given: &Lock) -> (Option<Files>, Lock, String) {
    let (sources, api) = lowered(
        &super::stays::DOCUMENT.replace("sku: {", "id: { type: string, readOnly: true }\n        sku: {"),
        given,
    );
    let config = Config { rename, ..Config::default() };
    let planned = clientwright_rust::plan(api, &config, given);
    let said = Renderer::plain().render(&sources, &planned.diagnostics);
    let planned = planned.value.unwrap();
    (said.is_empty().then(|| clientwright_rust::print(&planned)), planned.lock, said)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(Setting<String>, Setting<String>)> {
    pairs.iter().map(|&(of, name)| (Setting::new(of.to_owned()), Setting::new(name.to_owned()))).collect()
}

fn rename() -> Rename {
    Rename {
        types: pairs(&[("order_line", "Row"), ("order_line.state", "Stock")]),
        members: pairs(&[("order_line.unit-price", "price"), ("order_line.state.in-stock", "Available")]),
        operations: pairs(&[("putOrder", "replace")]),
        parameters: pairs(&[("getOrder.page-size", "limit"), ("getOrder.query:region", "area")]),
    }
}

#[test]
fn what_belongs_to_a_name_follows_it() {
    let (files, lock, said) = plan(rename(), &Lock::default());
    let files = files.expect(&said);
    let types = &files["src/types/order_line.rs"];
    for line in [
        "pub struct Row: received {",
        "pub struct RowInput: sent {",
        "    pub enum Stock {",
        "        Available = \"in-stock\",",
        "    pub price: Option<f64> = \"unit-price\",",
    ] {
        assert!(types.contains(line), "{line}: {types}");
    }
    let operations = &files["src/operations/untagged.rs"];
    for part in [
        "pub fn replace(",
        "-> Replace\n        = self.call(&REPLACE)",
        "failure!(replace, ReplaceError {",
        "    limit: i64 = query(",
        "area: impl Into<String>",
    ] {
        assert!(operations.contains(part), "{part}: {operations}");
    }
    for part in ["Operation::new(\"putOrder\"", ".query(&[\"region\", \"page-size\"])"] {
        assert!(operations.contains(part), "{part}: {operations}");
    }
    // With the names in a lock, the same again; without the renames, they stay.
    assert_eq!(plan(rename(), &lock), (Some(files.clone()), lock.clone(), String::new()));
    assert_eq!(plan(Rename::default(), &lock).0, Some(files));
}

#[test]
fn a_name_that_was_kept_gives_way() {
    let (_, before, _) = plan(Rename::default(), &Lock::default());
    let (files, after, said) = plan(rename(), &before);
    let files = files.expect(&said);
    assert_eq!(
        (after.types["order_line"].as_str(), after.types["order_line/input (sent)"].as_str()),
        ("Row", "RowInput")
    );
    assert!(files["src/operations/untagged.rs"].contains("request!(replace, Replace, "));
}

#[test]
fn what_cannot_be_is_told() {
    let cases: [(Rename, &str); 5] = [
        (Rename { types: pairs(&[("order_lin", "Row")]), ..Rename::default() }, "did you mean `order_line`?"),
        (Rename { types: pairs(&[("order_line", "row")]), ..Rename::default() }, "`row` is no name for a type"),
        (
            Rename { members: pairs(&[("order_line.sku", "type")]), ..Rename::default() },
            "`type` is no name for a member",
        ),
        (
            Rename { members: pairs(&[("order_line.sku", "x; fn y() {}")]), ..Rename::default() },
            "is no name for a member",
        ),
        (Rename { operations: pairs(&[("getOrder", "builder")]), ..Rename::default() }, "the name `builder` is taken"),
    ];
    for (rename, expected) in cases {
        let (_, _, said) = plan(rename, &Lock::default());
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let both =
        Rename { members: pairs(&[("order_line.sku", "same"), ("order_line.count", "same")]), ..Rename::default() };
    assert!(plan(both, &Lock::default()).2.contains("the name `same` is taken"));
}
