//! A document of an attacker's in a build script, where no manifest says that documentation is not run.
//!
//! In: prose that would be code, in every place for prose. Out: a failure where cargo's tests of documentation run any of
//! it, or where the build wrote anything but what cargo gave it. Never: harm, if it fails: the code writes one file of
//! the test's own.

use super::build_script::Copy;

/// Programs that write a file, in the forms in which rustdoc would run them.
const PROGRAMS: [&str; 6] = [
    "```\nCODE\n```",
    "```rust\nCODE\n```",
    "~~~ should_panic\nCODE\n~~~",
    "Words.\n\n    CODE\n",
    "- A list:\n\n      CODE\n",
    "> ```\n> CODE\n> ```",
];

/// Places for prose, which become documentation of methods, variants and types.
const PLACES: [(&str, &str); 6] = [
    ("specs/petshop.yaml", "summary: List pets."),
    ("specs/petshop.yaml", "summary: Take a pet away."),
    ("specs/petshop.yaml", "summary: Add somebody who owns pets."),
    ("specs/petshop.yaml", "description: The question makes no sense."),
    ("specs/schemas/pet.yaml", "description: A pet."),
    ("specs/schemas/pet.yaml", "description: What is written on its card."),
];

#[test]
fn documentation_of_a_document_is_not_run() {
    let copy = Copy::new();
    let (canary, control) = (copy.path("canary.txt"), copy.path("control.txt"));
    let code = format!("std::fs::write({canary:?}, \"run\").unwrap();");
    for ((name, place), program) in PLACES.iter().zip(PROGRAMS) {
        let program = serde_json::to_string(&program.replace("CODE", &code)).unwrap();
        copy.replace(name, place, &format!("description: {program}"));
    }
    // The author's own documentation is run, so there would be something to see.
    let own = format!("/// ```\n/// std::fs::write({control:?}, \"run\").unwrap();\n/// ```\npub mod petshop {{");
    copy.replace("src/lib.rs", "pub mod petshop {", &own);
    let sources = copy.files();
    assert!(copy.build().source("types/pet.rs").contains("std::fs::write"), "the code is shown, as text");
    assert_eq!(copy.files(), sources, "the build wrote beside the sources");
    copy.test_documentation();
    assert!(control.exists(), "no documentation was run at all");
    assert!(!canary.exists(), "code of the document was run");
}
