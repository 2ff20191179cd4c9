//! Documents that mean harm: each ends soon, in a diagnostic, without a stack overflow.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::support::{Read, read_bytes};

/// Reads a file and expects one error of a code, soon.
fn expect_error(name: &str, content: impl Into<Vec<u8>>, code: &str) -> Read {
    let start = Instant::now();
    let read = read_bytes(name, content);
    let report = read.report();
    assert!(start.elapsed() < Duration::from_secs(5), "{name} took {:?}", start.elapsed());
    assert!(read.outcome.has_errors(), "{report}");
    assert!(report.contains(&format!("error[{code}]")), "{report}");
    assert!(report.len() < 4_000, "{} bytes of report", report.len());
    read
}

#[test]
fn missing_file() {
    let read = read_bytes("other.yaml", "");
    assert!(read.outcome.has_errors());
    expect_error("a/", "", "file-not-readable");
}

#[test]
fn binary_data() {
    expect_error("a.yaml", vec![0, 159, 146, 150], "not-text");
    expect_error("a.yaml", "a: \0", "not-text");
    expect_error("a.json", vec![0xff, 0xfe, b'{', 0], "not-text");
    expect_error("a.json", vec![b'{', 0xc3, 0x28], "not-text");
}

#[test]
fn empty_files() {
    for content in ["", "  \n\n", "# nothing\n", "---\n", "\u{feff}"] {
        expect_error("a.yaml", content, "empty-document");
    }
    expect_error("a.json", " ", "empty-document");
}

#[test]
fn deep_json() {
    expect_error("a.json", "[".repeat(100_000), "too-deep");
    expect_error("a.json", "{\"a\":".repeat(100_000), "too-deep");
}

#[test]
fn deep_yaml() {
    expect_error("a.yaml", "[".repeat(100_000), "too-deep");
    expect_error("a.yaml", format!("a: {}", "[".repeat(100_000)), "too-deep");
    expect_error("a.yaml", format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000)), "too-deep");
    expect_error("a.yaml", "[\n".repeat(100_000), "too-deep");
    expect_error("a.yaml", "{a: ".repeat(100_000), "too-deep");
    expect_error("a.yaml", "- ".repeat(100_000), "too-deep");
    expect_error("a.yaml", "? ".repeat(100_000), "too-deep");
}

#[test]
fn deep_block_mapping() {
    for (levels, line) in [(3_000, "a:\n"), (900, "-\n")] {
        let lines: Vec<_> = (0..levels).map(|depth| " ".repeat(depth) + line).collect();
        expect_error("a.yaml", lines.concat(), "too-deep");
    }
}

#[test]
fn brackets_in_text_are_not_depth() {
    let brackets = "[".repeat(20_000);
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: '{brackets}', version: '1'}}\npaths: {{}}\nx-a: |\n  {brackets}\n");
    let read = read_bytes("a.yaml", text);
    assert_eq!(read.found(), Vec::<String>::new());
}

#[test]
fn alias_bombs() {
    let mut laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        let _ = writeln!(laughs, "a{level}: &a{level} [{aliases}]");
    }
    expect_error("a.yaml", laughs, "too-many-nodes");
    let (items, aliases) = (vec!["x"; 2_000].join(","), vec!["*a"; 2_000].join(","));
    expect_error("a.yaml", format!("a: &a [{items}]\nb: [{aliases}]\n"), "too-many-nodes");
    let (text, aliases) = ("x".repeat(1_000_000), vec!["*a"; 60_000].join(","));
    expect_error("a.yaml", format!("a: &a {text}\nb: [{aliases}]\n"), "too-many-nodes");
    expect_error("a.yaml", "a: &a [*a]\n", "too-deep");
}

#[test]
fn duplicate_keys() {
    let read = expect_error("a.yaml", "a: 1\nb: 2\na: 3\n", "duplicate-key");
    assert!(read.found().contains(&"3:1 duplicate-key".to_owned()), "{:?}", read.found());
    assert!(read.report().contains("1 | a: 1\n  | - the first"), "{}", read.report());
    expect_error("a.json", r#"{"a": {"b": 1, "b": 2}}"#, "duplicate-key");
}

#[test]
fn a_line_of_megabytes() {
    let text = "x".repeat(5_000_000);
    let read = expect_error("a.json", format!("{{\"a\":\"{text}\",\"a\":\"{text}\"}}"), "duplicate-key");
    assert!(read.found().contains(&"1:5000009 duplicate-key".to_owned()), "{:?}", read.found());
}

#[test]
fn several_documents() {
    let read = expect_error("a.yaml", "a: 1\n---\nb: 2\n", "several-documents");
    assert_eq!(read.found(), ["2:1 several-documents"]);
}

#[test]
fn tags_and_numbers_json_cannot_express() {
    let read = read_bytes("a.yaml", "openapi: 3.0.3\ninfo: !env {title: a, version: '1'}\npaths: {}\nx-a: .inf\n");
    assert_eq!(read.found(), ["2:1 yaml-tag", "4:6 not-finite"]);
    assert!(read.outcome.has_errors());
}

#[test]
fn references_in_circles() {
    let text = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let mut chain = text.to_owned();
    for number in 0..1_000 {
        let next = (number + 1) % 1_000;
        let _ = writeln!(chain, "    S{number}: {{$ref: '#/components/schemas/S{next}'}}");
    }
    let read = read_bytes("a.yaml", chain);
    assert_eq!(read.outcome.diagnostics.len(), 1, "{:?}", read.found());
    let text = format!(
        "{text}    A: {{$ref: '#/components/schemas/A'}}\n  responses:\n    R: {{$ref: '#/components/responses/R'}}\n"
    );
    let read = read_bytes("a.yaml", text);
    assert_eq!(read.found(), ["6:15 reference-cycle", "8:15 reference-cycle"]);
}

#[test]
fn terminals_are_not_steered() {
    let text = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\n\"ke\\u001b[31my\u{202e}\": 1\n";
    let report = read_bytes("a\u{1b}[2J.yaml", text).report();
    assert!(!report.contains('\u{1b}') && !report.contains('\u{202e}'), "{report:?}");
    assert!(report.contains("unknown-key"), "{report}");
}
