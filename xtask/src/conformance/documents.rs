//! The documents of the OpenAPI Specification's own tests: some that are right, and some with one mistake each.
//!
//! In: a folder with the folders `pass` and `fail` somewhere below. Out: a table of them. Never: a document with a mistake
//! about which nothing is said; a right one from which no crate comes that compiles; a panic taken for an answer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::corpus::{self, Examined};

/// Whether a folder is one of documents that are right and documents that are not.
pub(super) fn are_in(folder: &Path) -> bool {
    let has_both = |folder: &Path| ["pass", "fail"].iter().all(|name| folder.join(name).is_dir());
    let below = std::fs::read_dir(folder).into_iter().flatten().flatten();
    has_both(folder) || below.into_iter().any(|entry| has_both(&entry.path()))
}

/// Generates from all of them.
pub(super) fn run(folder: &Path) -> Result<String, String> {
    let examined = corpus::examine(folder)?;
    let (right, wrong): (Vec<&Examined>, Vec<&Examined>) = examined.iter().partition(|one| one.folder == "pass");
    let mut text = String::from("| document with a mistake | `--strict` | said |\n|---|---|---|\n");
    let mut faults = String::new();
    for one in &wrong {
        let fails = one.classes.keys().any(|class| !class.starts_with("note"));
        let _ = writeln!(text, "| {} | {} | {} |", one.name, if fails { "fails" } else { "notes" }, said(&one.classes));
        if one.classes.is_empty() {
            let _ = writeln!(faults, "{}: nothing is said about it", one.name);
        }
    }
    for one in &right {
        if let Some(fault) = one.fault.as_ref() {
            let _ = writeln!(faults, "{}: {fault}", one.name);
        }
    }
    for one in &examined {
        if one.classes.keys().any(|class| class.contains("internal-error")) {
            let _ = writeln!(faults, "{}: the generator panicked", one.name);
        }
    }
    let _ = writeln!(
        text,
        "\n{} documents with a mistake, {} that are right; every crate was given to the compiler",
        wrong.len(),
        right.len()
    );
    if faults.is_empty() { Ok(text) } else { Err(format!("{text}\n{faults}")) }
}

/// The first of what was said, and how much more there is.
fn said(classes: &BTreeMap<String, usize>) -> String {
    let most = classes.keys().min_by_key(|class| class.starts_with("note"));
    match (most, classes.values().sum::<usize>()) {
        (None, _) => "nothing".to_owned(),
        (Some(class), 1) => class.clone(),
        (Some(class), count) => format!("{class}, and {} more", count - 1),
    }
}
