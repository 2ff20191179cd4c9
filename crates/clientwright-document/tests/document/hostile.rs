//! Documents that mean harm: each ends soon, in a diagnostic, without a stack overflow.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::support::{Read, read_all, read_bytes, read_files};

/// Longer than a busy machine needs for any of these: what takes longer does not end.
const LONG: Duration = Duration::from_secs(60);

/// Reads a file and expects one error of a code, soon.
fn expect_error(name: &str, content: impl Into<Vec<u8>>, code: &str) -> Read {
    let start = Instant::now();
    let read = read_bytes(name, content);
    let report = read.report();
    assert!(start.elapsed() < LONG, "{name} took {:?}", start.elapsed());
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

/// A root with this reference as a schema, in 3.0 and 3.1.
fn roots(reference: &str) -> [String; 2] {
    ["3.0.3", "3.1.0"].map(|version| {
        let info = "info: {title: a, version: '1'}\npaths: {}";
        format!("openapi: {version}\n{info}\ncomponents: {{schemas: {{S: {{$ref: '{reference}'}}}}}}\n")
    })
}

#[test]
fn references_to_what_is_not_the_document_s() {
    for (reference, code, asked) in [
        ("file:///etc/passwd", "unsupported-reference", None),
        ("http://127.0.0.1:1/a", "unsupported-reference", None),
        ("HTTP://example.com", "unsupported-reference", None),
        ("//example.com/etc/passwd", "unsupported-reference", None),
        ("C:\\secret.yaml", "unsupported-reference", None),
        ("/etc/passwd", "file-not-readable", Some("/etc/passwd")),
        ("../../etc/passwd", "file-not-readable", Some("../../etc/passwd")),
        ("a/../../../etc/passwd", "file-not-readable", Some("../../etc/passwd")),
        ("%2e%2e/%2E%2E%2fetc/passwd", "file-not-readable", Some("../../etc/passwd")),
        ("..\\secret.yaml", "file-not-readable", Some("..\\secret.yaml")),
        ("a%00b", "file-not-found", Some("a\0b")),
    ] {
        for root in roots(reference) {
            let read = read_bytes("api.yaml", root);
            assert_eq!(read.found(), [format!("4:34 {code}")], "{reference}");
            assert_eq!(read.asked.get(1).map(String::as_str), asked, "{reference}");
            assert!(!read.outcome.has_errors());
        }
    }
}

/// A root in the given version and a thousand files, each made from its number and the next's.
fn thousand_files(version: &str, file: impl Fn(usize, usize) -> String) -> Read {
    let start = Instant::now();
    let root = format!(
        "openapi: {version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: {{$ref: f0.yaml}}}}}}\n"
    );
    let parts = (0..1_000).map(|number| (format!("f{number}.yaml"), file(number, (number + 1) % 1_000).into_bytes()));
    let read = read_all("api.yaml", parts.chain([("api.yaml".to_owned(), root.into_bytes())]).collect());
    let report = read.report();
    assert!(start.elapsed() < LONG, "took {:?}: {} bytes", start.elapsed(), report.len());
    assert_eq!(read.asked.len(), 1_001);
    read
}

#[test]
fn a_thousand_files() {
    for version in ["3.0.3", "3.1.0"] {
        let chain = |_, next| format!("properties: {{a: {{$ref: f{next}.yaml}}}}\n");
        let read = thousand_files(version, chain);
        assert_eq!(read.found(), Vec::<String>::new());
        assert_eq!(read.names().len(), 1_000);
        let read = thousand_files(version, |number, _| {
            let others = (1..=40).map(|step| (number + step) % 1_000);
            let lines: Vec<_> = others.map(|other| format!("  p{other}: {{$ref: f{other}.yaml}}\n")).collect();
            format!("properties:\n{}", lines.concat())
        });
        assert_eq!(read.found(), Vec::<String>::new());
    }
}

#[test]
fn references_in_circles_through_files() {
    for version in ["3.0.3", "3.1.0"] {
        let read = thousand_files(version, |_, next| format!("$ref: f{next}.yaml\n"));
        assert_eq!(read.outcome.diagnostics.len(), 1, "{:?}", read.found());
        assert!(read.report().contains("reference-cycle"), "{}", read.report());
    }
    let [root, _] = roots("api.yaml#/components/schemas/S");
    assert_eq!(read_bytes("api.yaml", root).found(), ["4:34 reference-cycle"]);
    let root = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n";
    let read = read_files(&[("api.yaml", root), ("a.yaml", "$ref: b.yaml\n"), ("b.yaml", "$ref: a.yaml\n")]);
    assert_eq!(read.found_in_files(), ["a.yaml:1:7 reference-cycle"]);
}

#[test]
fn a_thousand_parameters_at_one_end() {
    let uses: Vec<_> = (0..1_000).map(|number| format!("    p{number}: {{$ref: 'p.yaml#/p{number}'}}\n")).collect();
    let chain: Vec<_> = (1..=1_000).map(|next| format!("p{}: {{$ref: '#/p{next}'}}\n", next - 1)).collect();
    let (parameters, chain) = (uses.concat(), chain.concat());
    let start = Instant::now();
    let read = read_files(&[
        (
            "api.yaml",
            &format!(
                "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  parameters:\n{parameters}"
            ),
        ),
        ("p.yaml", &format!("{chain}p1000: {{name: a, in: query, schema: {{}}}}\n")),
    ]);
    assert!(start.elapsed() < LONG, "took {:?}", start.elapsed());
    assert_eq!(read.found(), Vec::<String>::new());
    assert_eq!(read.document().parameters.len(), 1);
}

#[test]
fn terminals_are_not_steered_by_files() {
    let [root, _] = roots("a.yaml").map(|root| root.replace("'a.yaml'", r#""a\e[2J.yaml""#));
    let report = read_bytes("api.yaml", root).report();
    assert!(report.contains("file-not-found") && !report.contains('\u{1b}'), "{report:?}");
}
