//! What people see.

use clientwright_document::diagnostic::{Diagnostic, Renderer};
use clientwright_document::{Code, Sources};

use crate::support::{read, read_bytes};

#[test]
fn a_report_shows_place_excerpt_expectation_and_advice() {
    let report = read("openapi: 3.0.3\ninfo:\n  title: a\n  version: '1'\n  descripton: b\npaths: {}\n").report();
    let expected = "\
note[unknown-key]: `descripton` has no meaning here
 --> api.yaml:5:3
  |
5 |   descripton: b
  |   ^^^^^^^^^^ expected a key of the Info Object; ignored
  |
  = at: #/info/descripton
  = help: did you mean `description`?

";
    assert_eq!(report, expected);
}

#[test]
fn two_places_far_apart() {
    let text =
        format!("openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\n{}openapi: 3.0.3\n", "#\n".repeat(50));
    let report = read(&text).report();
    let expected = "\
error[duplicate-key]: this key stands twice in the same object
  --> api.yaml:54:1
   |
54 | openapi: 3.0.3
   | ^^^^^^^ the second, which is ignored
   |
  ::: api.yaml:1:1
   |
 1 | openapi: 3.0.3
   | ------- the first, which is used
   |
   = at: #/openapi
   = help: expected every key once: remove or rename one of the two

";
    assert_eq!(report, expected);
}

#[test]
fn long_lines_are_cut_and_keep_their_column() {
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"{}\",\"version\":\"1\",\"licence\":1}},\"paths\":{{}}}}",
        "ü".repeat(1000)
    );
    let report = read_bytes("a.json", text).report();
    assert!(report.contains(" --> a.json:1:1053\n"), "{report}");
    assert!(report.lines().all(|line| line.chars().count() < 250), "{report}");
    assert!(report.contains("did you mean `license`?"), "{report}");
}

#[test]
fn lines_with_tabs_and_wide_characters_are_underlined_in_place() {
    let report =
        read_bytes("a.json", "{\n\t\"openapi\": \"3.0.3\",\n\t\"日\": 1, \"info\": 5, \"paths\": {}\n}").report();
    assert!(report.contains("--> a.json:3:2") && report.contains("--> a.json:3:18"), "{report}");
}

#[test]
fn identical_diagnostics_are_shown_once_and_in_order() {
    let mut read = read("openapi: 3.0.3\ninfo: {title: a, version: '1', b: 1}\npaths: {}\nc: 1\n");
    let again = read.outcome.diagnostics.clone();
    read.outcome.diagnostics.extend(again);
    read.outcome.diagnostics.reverse();
    let short = Renderer::render_short(&read.sources, &read.outcome.diagnostics);
    let expected = "\
api.yaml:2:32: note[unknown-key]: `b` has no meaning here
api.yaml:4:1: note[unknown-key]: `c` has no meaning here
";
    assert_eq!(short, expected);
}

#[test]
fn diagnostics_without_a_place() {
    let diagnostic = Diagnostic::new(Code::FileNotFound, "the file `a` does not exist").help("look again");
    let report = Renderer::plain().render(&Sources::new(), &[diagnostic]);
    assert!(report.starts_with("error[file-not-found]: the file `a` does not exist\n"), "{report}");
}

#[test]
fn colours() {
    let read = read("openapi: 4\n");
    let report = Renderer::coloured().render(&read.sources, &read.outcome.diagnostics);
    assert!(report.contains("\u{1b}["));
}
