//! The same document, the same text, and none of it unsafe.
//!
//! In: an ordinary document and a hostile one. Out: a failure where two runs differ.
//! Never: a comparison within one process alone, whose hash maps might share their seeds: each run
//! has a thread and maps of its own.

use super::run::{Attack, document};

#[test]
fn two_runs_give_the_same_bytes() {
    for text in [document("Pets", "pets", "Pet"), document("x\"\n", "../x", "fn")] {
        let (first, second) = (Attack::new(&text).run(), Attack::new(&text).run());
        assert!(first.output.len() > 3, "{}", first.said);
        assert_eq!(first.output, second.output);
    }
}

#[test]
fn nothing_is_unsafe() {
    let outcome = Attack::new(&document("unsafe", "unsafe", "unsafe")).run();
    let (_, library) = outcome.output.iter().find(|(path, _)| path == "src/lib.rs").expect(&outcome.said);
    assert!(library.contains("#![forbid(unsafe_code)]"), "{library}");
}
