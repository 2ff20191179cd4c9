//! What the ways give, compared; and when a build script runs.
//!
//! In: the committed client, a crate with a build script, the command. Out: a failure where they differ. Never: a client
//! of the workspace written.

use std::fs;
use std::process::Command;

use clientwright_tests::workspace;

use super::support::{cargo, names, run, sources};
use super::{build_script, command};

#[test]
fn the_three_ways_give_the_same_bytes() {
    let committed = workspace().join("tests/golden/petshop/src");
    run(Command::new(cargo()).current_dir(workspace()).args(["xtask", "codegen", "--check", "petshop"]));
    let task = sources(&committed);
    assert!(task.len() > 15, "{task:?}");
    let command = command::sources();
    assert_eq!(names(&command), names(&task));
    assert_eq!(command, task);
    let script = build_script::Copy::new().build().sources();
    assert_eq!(names(&script), names(&task));
    assert_eq!(script, task);
}

#[test]
fn a_build_script_runs_when_what_it_read_has_changed() {
    let copy = build_script::Copy::new();
    let built = copy.build();
    assert!(built.source("types/pet.rs").contains("pub name: String"));
    assert!(copy.build().fresh, "nothing has changed");
    copy.write("specs/notes.yaml", "to: nobody\n");
    copy.write("specs/schemas/notes.yaml", "to: nobody\n");
    assert!(copy.build().fresh, "what was not read has changed");
    copy.replace("specs/schemas/pet.yaml", "  name: { type: string }", "  nickname: { type: string }");
    copy.replace("specs/schemas/pet.yaml", "required: [name]", "required: [nickname]");
    let built = copy.build();
    assert!(!built.fresh, "a file that the document refers to has changed");
    assert!(built.source("types/pet.rs").contains("pub nickname: String"));
    assert!(copy.build().fresh, "nothing has changed since");
    copy.replace("specs/petshop.yaml", "operationId: addOwner", "operationId: addKeeper");
    let built = copy.build();
    assert!(!built.fresh, "the document has changed");
    assert!(built.source("operations/owners.rs").contains("pub fn add_keeper("));
}

#[test]
fn a_crate_with_a_build_script_is_called() {
    build_script::Copy::new().test();
}

/// A crate that generates its client depends on the runtime, and on the generator while it is built.
#[test]
fn a_crate_with_a_build_script_has_one_dependency() {
    let path = workspace().join("tests/golden/build-script/Cargo.toml");
    let manifest: toml_edit::DocumentMut = fs::read_to_string(path).unwrap().parse().unwrap();
    let names = |table: &str| -> Vec<String> {
        manifest[table].as_table().unwrap().iter().map(|(name, _)| name.to_owned()).collect()
    };
    assert_eq!(names("dependencies"), ["clientwright-runtime"]);
    assert_eq!(names("build-dependencies"), ["clientwright"]);
}
