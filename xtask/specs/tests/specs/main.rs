//! The descriptions of `specs/`, and whether looking at them finds what is wrong.
//!
//! In: the folder, the examples of the vendors' pages, and a description with one fault of each kind. Out: a failure for each
//! line that the command would print. Never: a test that a wrong description passes.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod pages;

use std::path::PathBuf;

use xtask_specs::check;

/// The folder of the descriptions.
#[cfg(test)]
fn specs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("specs")
}

#[test]
fn the_descriptions_are_complete_and_what_they_show_is_valid() {
    let checked = check(&specs()).unwrap();
    let faults: Vec<_> = checked.iter().flat_map(|one| &one.faults).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let names: Vec<_> = checked.iter().map(|one| (one.name.as_str(), one.operations)).collect();
    assert_eq!(names, [("allo", 72), ("onlyoffice", 273), ("rogerroger", 43), ("weeek", 158)]);
    for one in checked {
        assert_eq!((one.operations, one.examples), (one.known, one.valid), "{}", one.name);
        assert!(one.examples > one.operations && one.schemas > 0, "{}", one.name);
    }
}
