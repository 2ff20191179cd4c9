//! Values out of text: numbers of any width, keys that are no text, merge keys.

use clientwright_document::source::{Kind, NodeRef, Number};
use clientwright_document::{At, Sources};

fn parse(name: &str, text: &str) -> (Sources, At) {
    let mut sources = Sources::new();
    let outcome = sources.parse(name, text.to_owned());
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let root = outcome.value.expect("a root");
    (sources, root)
}

fn numbers(root: NodeRef<'_>) -> Vec<String> {
    root.items().filter_map(NodeRef::as_number).map(|number| number.to_string()).collect()
}

#[test]
fn integers_keep_every_digit() {
    let text = "[18446744073709551615, 18446744073709551616, -9223372036854775809, \
        123456789012345678901234567890123456789012345678901234567890, -5, 1.5]";
    let expected = [
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890123456789012345678901234567890",
        "-5",
        "1.5",
    ];
    for name in ["a.json", "a.txt"] {
        let (sources, root) = parse(name, text);
        assert_eq!(numbers(sources.node(root)), expected, "{name}");
    }
    let (sources, root) = parse("a.yaml", &text.replace('[', "- [").replace("1.5]", "1.5 ]"));
    assert_eq!(numbers(sources.node(root).items().next().expect("a list")), expected);
}

#[test]
fn numbers_convert() {
    assert_eq!(Number::Float(3.0).as_u64(), Some(3));
    assert_eq!(Number::Float(3.5).as_u64(), None);
    assert_eq!(Number::Signed(-1).as_i128(), Some(-1));
    assert_eq!(Number::Wide("18446744073709551616".to_owned()).as_i128(), Some(1 << 64));
}

#[test]
fn keys_without_quotes_become_text() {
    let (sources, root) = parse("a.yaml", "200: a\n'201': b\ntrue: c\n1.10: d\n0x1F: e\nplain: f\n");
    let root = sources.node(root);
    let keys: Vec<_> = root.entries().map(|(key, value)| (key, sources.key_is_not_text(value.at()))).collect();
    let expected = [("200", true), ("201", false), ("true", true), ("1.10", true), ("0x1F", true), ("plain", false)];
    assert_eq!(keys, expected);
}

#[test]
fn merge_keys_are_applied() {
    let text = "base: &b {x: 1, y: 2}\nmore: &m {z: 3}\nall: {<<: [*b, *m], y: 5}\n";
    let (sources, root) = parse("a.yaml", text);
    let all = sources.node(root).get("all").expect("a mapping");
    assert_eq!(all.to_json(), serde_json::json!({"y": 5, "x": 1, "z": 3}));
    assert_eq!(all.entries().map(|(key, _)| key).collect::<Vec<_>>(), ["y", "x", "z"]);
    let (sources, root) = parse("a.json", r#"{"<<": {"a": 1}}"#);
    assert!(sources.node(root).get("<<").is_some());
}

#[test]
fn kinds() {
    use Kind::{Boolean, List, Null, Number, Object, String};

    let (sources, root) = parse("a.yaml", "[~, true, 1, a, [], {}, '', \"1\", 012, yes, 2020-01-01]");
    let kinds: Vec<_> = sources.node(root).items().map(NodeRef::kind).collect();
    assert_eq!(kinds, [Null, Boolean, Number, String, List, Object, String, String, String, String, String]);
}

#[test]
fn syntax_errors_say_where_and_what_to_do() {
    let cases = [
        ("a.json", "{\n  \"a\": 1,\n}", "a.json:3:1", "trailing comma"),
        ("a.json", "{\n  \"a\" 1\n}", "a.json:2:7", "expected `:`"),
        ("a.json", "openapi: 3.0.3", "a.json:1:1", "name it `.yaml`"),
        ("a.yaml", "a: b: c\n", "a.yaml:1:5", "put the text in quotes"),
        ("a.yaml", "a:\n\tb: 1\n", "a.yaml:2:1", "replace the tab"),
        ("a.yaml", "a: 'b\nc: 1\n", "a.yaml:", "quote"),
        ("a.yaml", "a: *b\n", "a.yaml:1:4", "define the anchor"),
    ];
    for (name, text, place, advice) in cases {
        let read = crate::support::read_bytes(name, text);
        let report = read.report();
        assert!(report.contains("error[syntax-error]"), "{report}");
        assert!(report.contains(place) && report.contains(advice), "{report}");
    }
}
