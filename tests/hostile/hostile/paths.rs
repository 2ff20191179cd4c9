//! Names of a document as names of files.
//!
//! In: tags and schemas named like paths, devices, or one another. Out: files in the output only,
//! each fit for every disk. Never: a name refused that could be made fit: the rest of the document
//! is generated.

use std::collections::BTreeSet;

use super::run::{Attack, Outcome, document};

const NAMES: &[&str] = &[
    "..",
    "../../x",
    "../../../../../../var/x",
    "/etc/x",
    "a\\b",
    "C:\\x",
    "lib",
    "mod",
    "Cargo.toml",
    ".",
    "a\nb",
    "a\0b",
    "$(touch x)",
    "~/.ssh/x",
    "con.txt",
    "\u{202e}x",
    "",
];

#[test]
fn tags_lead_nowhere_else() {
    for name in NAMES {
        check(name, &Attack::new(&document("Pets", name, "Pet")).run());
    }
}

#[test]
fn schemas_lead_nowhere_else() {
    for name in NAMES {
        check(name, &Attack::new(&document("Pets", "pets", name)).run());
    }
}

#[test]
fn names_that_are_one_file_on_some_disks_are_two() {
    let mut text = document("Pets", "pets", "Aa");
    text["components"]["schemas"]["aa"] = serde_json::json!({"type": "object"});
    text["components"]["schemas"]["AA"] = serde_json::json!({"type": "object"});
    check("Aa", &Attack::new(&text).run());
}

fn check(name: &str, outcome: &Outcome) {
    let others: Vec<&str> = outcome.others.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(others, ["workspace/clientwright.toml", "workspace/specs/api.yaml"], "{name:?}");
    let paths: Vec<&str> = outcome.output.iter().map(|(path, _)| path.as_str()).collect();
    assert!(paths.contains(&"src/lib.rs"), "{name:?}: nothing was generated: {}", outcome.said);
    let mut folded = BTreeSet::new();
    for path in paths {
        assert!(folded.insert(path.to_lowercase()), "{name:?}: {path} is there twice on some disks");
        assert!(path.is_ascii(), "{name:?}: {path}");
    }
}

/// Devices on Windows, where a crate with such a file could not be checked out.
#[test]
fn names_of_devices_are_avoided() {
    for device in ["aux", "CON", "nul", "com1", "lpt9", "prn"] {
        for text in [document("Pets", device, "Pet"), document("Pets", "pets", device)] {
            let outcome = Attack::new(&text).run();
            check(device, &outcome);
            let file = format!("/{}.rs", device.to_lowercase());
            assert!(!outcome.output.iter().any(|(path, _)| path.ends_with(&file)), "{device} is a file");
        }
    }
}

/// The compiler finds no module whose name is not ASCII (E0754).
#[test]
fn names_of_files_are_ascii() {
    for name in ["𝒳", "用户", "клиент"] {
        for text in [document("Pets", name, "Pet"), document("Pets", "pets", name)] {
            let outcome = Attack::new(&text).run();
            check(name, &outcome);
            assert!(!outcome.output.is_empty() && outcome.output.iter().all(|(path, _)| path.is_ascii()), "{name}");
        }
    }
}
