//! What is generated and what is committed are the same.
//!
//! In: the workspace's `clientwright.toml`. Out: a failure for each client that differs, with the
//! files and the command that mends them. Never: writes.

#[cfg(test)]
#[path = "codegen/lists.rs"]
mod lists;

use std::fs;

use clientwright::configuration::FILE_NAME;
use clientwright::{Configuration, Mode, Options, Severity, codegen};
use clientwright_tests::workspace;

#[test]
fn clients_are_as_generated() {
    let configuration = Configuration::load(&workspace().join(FILE_NAME)).unwrap_or_else(|report| panic!("\n{report}"));
    assert!(!configuration.clients.is_empty(), "{FILE_NAME} names no clients");
    let mut differing: Vec<String> = Vec::new();
    for client in &configuration.clients {
        let options = Options { mode: Mode::Check, strict: false };
        match codegen(&configuration, client, options) {
            Ok(run) if run.changes.is_empty() => {}
            Ok(run) => {
                differing.extend(run.changes.iter().map(|change| format!("  {}/{change}", client.output)));
                differing.push(format!("run `cargo xtask codegen {}`", client.name));
            }
            Err(failure) => differing.push(format!("{}: {failure}", client.name)),
        }
    }
    assert!(differing.is_empty(), "generated files are not up to date:\n{}", differing.join("\n"));
}

#[test]
fn our_own_documents_have_no_faults() {
    let configuration = Configuration::load(&workspace().join(FILE_NAME)).unwrap_or_else(|report| panic!("\n{report}"));
    for client in &configuration.clients {
        let options = Options { mode: Mode::Check, strict: true };
        let run = codegen(&configuration, client, options).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(run.report.count(Severity::Warning), 0, "{}", run.report);
    }
}

#[test]
fn a_readme_shows_the_calls_that_the_documentation_tests() {
    let configuration = Configuration::load(&workspace().join(FILE_NAME)).unwrap_or_else(|report| panic!("\n{report}"));
    for client in &configuration.clients {
        let read = |path: &str| fs::read_to_string(workspace().join(&client.output).join(path)).unwrap();
        let (readme, library) = (read("README.md"), read("src/lib.rs").replace("//! ", "").replace("//!", ""));
        // The one hides what only makes a program of the calls, the other indents them.
        let code = |text: &str, start: &str| -> Vec<String> {
            let block = text.split_once(start).expect("a call").1.split_once("\n```").expect("its end").0;
            block.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).trim().to_owned()).collect()
        };
        let shown = code(&readme, "```rust,no_run\n");
        assert!(shown.iter().any(|line| line.contains(".send()")), "{}: {shown:?}", client.name);
        assert_eq!(shown, code(&library, "```no_run\n"), "{}", client.name);
    }
}
