//! `explain`.
//!
//! In: codes, known and not. Out: pages. Never: a terminal.

use super::sandbox::Sandbox;

#[test]
fn a_code_has_its_page() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["explain", "unknown-key"]).done();
    assert!(page.starts_with("# unknown-key\n\n") && page.contains("\n## What to do\n"), "{page}");
    assert_eq!(sandbox.run(&["explain", "note[unknown-key]"]).done(), page);
}

#[test]
fn an_unknown_code_has_a_neighbour() {
    let sandbox = Sandbox::new();
    let told = sandbox.run(&["explain", "unknwon-key"]).failed(2);
    let list = "`clientwright explain --list` lists them\n";
    assert_eq!(told, format!("error: there is no code `unknwon-key`; did you mean `unknown-key`?\n{list}"));
    assert_eq!(sandbox.run(&["explain", "E0001"]).failed(2), format!("error: there is no code `e0001`\n{list}"));
    assert!(sandbox.run(&["explain"]).failed(2).contains("<CODE>"));
    assert!(sandbox.run(&["explain", "unknown-key", "--list"]).failed(2).contains("--list"));
}

#[test]
fn all_codes_are_listed() {
    let list = Sandbox::new().run(&["explain", "--list"]).done();
    assert!(list.lines().any(|line| line.starts_with("unknown-key ") && line.contains(" note ")), "{list}");
    assert!(list.lines().count() > 30, "{list}");
}
