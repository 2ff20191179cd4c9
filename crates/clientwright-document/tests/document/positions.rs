//! Places in JSON and YAML: pointer, line and column.

use clientwright_document::{At, Sources};

/// The line and column of a pointer, of its value and of its key.
fn places(name: &str, text: &str, pointer: &str) -> ((usize, usize), (usize, usize)) {
    let mut sources = Sources::new();
    let outcome = sources.parse(name, text.to_owned());
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let node = outcome.value.and_then(|root| sources.node(root).resolve(pointer)).expect("the pointer leads somewhere");
    let place = |at: At| sources.position(at).map(|position| (position.line, position.column)).expect("a position");
    (place(node.at()), place(node.at().key()))
}

#[test]
fn json() {
    let text = "{\n  \"a\": [1, {\"ü\": \"\\ud83d\\ude00\", \"b\\\"c\": true}],\n  \"d\": \"x\"\n}";
    assert_eq!(places("a.json", text, "/a/0"), ((2, 9), (2, 9)));
    assert_eq!(places("a.json", text, "/a/1/ü"), ((2, 18), (2, 13)));
    assert_eq!(places("a.json", text, "/a/1/b\"c"), ((2, 42), (2, 34)));
    assert_eq!(places("a.json", text, "/d"), ((3, 8), (3, 3)));
}

#[test]
fn lists_and_objects_are_shown_by_their_keys() {
    let text = "a:\n  b:\n    - c: 1\n";
    assert_eq!(places("a.yaml", text, "/a"), ((1, 1), (1, 1)));
    assert_eq!(places("a.yaml", text, "/a/b"), ((2, 3), (2, 3)));
    assert_eq!(places("a.yaml", text, "/a/b/0"), ((3, 7), (3, 7)));
}

#[test]
fn yaml_scalars() {
    let text =
        "literal: |\n  first: no key\n  - [ {\nfolded: >-\n  text\n'quoted key' : \"a: b\"\n? explicit\n: value\n";
    assert_eq!(places("a.yaml", text, "/literal"), ((2, 3), (1, 1)));
    assert_eq!(places("a.yaml", text, "/folded"), ((5, 3), (4, 1)));
    assert_eq!(places("a.yaml", text, "/quoted key"), ((6, 16), (6, 1)));
    assert_eq!(places("a.yaml", text, "/explicit"), ((8, 3), (7, 3)));
}

#[test]
fn yaml_flow_style_and_characters_of_several_bytes() {
    let text = "ä: {'日本': [ö, ü], x: 😀, y: z}\n";
    assert_eq!(places("a.yaml", text, "/ä/日本/1"), ((1, 15), (1, 15)));
    assert_eq!(places("a.yaml", text, "/ä/y"), ((1, 28), (1, 25)));
}

#[test]
fn yaml_aliases_lead_to_their_anchors() {
    let text = "base: &base\n  a: 1\n  b: [2, 3]\nother: *base\nmerged:\n  <<: *base\n  c: 4\n";
    assert_eq!(places("a.yaml", text, "/other/b/1"), ((3, 10), (3, 10)));
    assert_eq!(places("a.yaml", text, "/merged/a"), ((2, 6), (2, 3)));
    assert_eq!(places("a.yaml", text, "/merged/c"), ((7, 6), (7, 3)));
}

#[test]
fn yaml_that_only_one_parser_accepts() {
    let text = "a:\n  example: {\n    b: 1\n  }\n  after: 2\n";
    assert_eq!(places("a.yaml", text, "/a/example/b"), ((3, 8), (3, 5)));
    assert_eq!(places("a.yaml", text, "/a/after"), ((5, 10), (5, 3)));
    let text = "ä:\n  b: [1,\n # a comment\n ] \n  'c d': {e: x, f: \"y\",\n\t}\n  g:\n    - 'h'\n";
    assert_eq!(places("a.yaml", text, "/ä/c d/f"), ((5, 20), (5, 17)));
    assert_eq!(places("a.yaml", text, "/ä/g"), ((7, 3), (7, 3)));
    assert_eq!(places("a.yaml", text, "/ä/g/0"), ((8, 7), (8, 7)));
}

#[test]
fn line_ends_and_byte_order_marks() {
    let text = "a: 1\r\nb:\r\n  c: x\r\n";
    assert_eq!(places("a.yaml", text, "/b/c"), ((3, 6), (3, 3)));
}

#[test]
fn json_under_a_yaml_name() {
    let text = "{\n\t\"a\": \"\\ud83d\\ude00\"\n}";
    assert_eq!(places("a.yaml", text, "/a"), ((2, 7), (2, 2)));
}

#[test]
fn pointers() {
    let mut sources = Sources::new();
    let outcome = sources.parse("a.yaml", "paths:\n  /pets/{id}:\n    get: [x, ~tilde]\n".to_owned());
    let root = outcome.value.map(|root| sources.node(root)).expect("a root");
    let item = root.resolve("/paths/~1pets~1{id}/get/1").expect("an item");
    assert_eq!(sources.pointer(item.at()), "#/paths/~1pets~1{id}/get/1");
    assert_eq!(sources.pointer(root.at()), "#");
}
