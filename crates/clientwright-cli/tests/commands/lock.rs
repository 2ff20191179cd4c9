//! `lock`.
//!
//! In: documents, and lock files that are there or not. Out: the file, what is said, and how it ends. Never: a client.

use super::sandbox::{PETS, Sandbox};

#[test]
fn names_once_given_are_kept() {
    let sandbox = Sandbox::configured();
    let lock = ["lock", "specs/pets.yaml"];
    let told = sandbox.run(&["lock", "specs/pets.yaml", "--check"]).failed(1);
    assert_eq!(
        told,
        "clientwright.lock is not up to date\nrun `clientwright lock specs/pets.yaml --lock clientwright.lock`\n"
    );
    assert_eq!(sandbox.run(&lock).done(), "written: clientwright.lock\n");
    assert_eq!(sandbox.run(&lock).done(), "up to date: clientwright.lock\n");
    let written = sandbox.read("clientwright.lock");
    assert!(written.contains("\n[methods]\ndeletePets = \"delete_pets\"\nlistPets = \"list_pets\"\n"), "{written}");

    sandbox.write("clientwright.lock", &written.replace("\"list_pets\"", "\"all_pets\""));
    assert_eq!(sandbox.run(&lock).done(), "up to date: clientwright.lock\n");
    assert!(sandbox.read("clientwright.lock").contains("listPets = \"all_pets\""));
}

#[test]
fn a_lock_file_that_cannot_be_read_is_left_to_its_owner() {
    let sandbox = Sandbox::configured();
    sandbox.write("other.lock", "version = 1\n[methods\n");
    let files = sandbox.files();
    let told = sandbox.run(&["lock", "specs/pets.yaml", "--lock", "other.lock"]).failed(1);
    assert!(told.starts_with("error: ./other.lock cannot be read: TOML parse error at line 2"), "{told}");
    let told = sandbox.run(&["lock", "specs/none.yaml"]).failed(1);
    assert!(told.contains("error[file-not-found]"), "{told}");
    assert_eq!(sandbox.files(), files);
}

#[test]
fn a_broken_document_leaves_the_file_as_it_was() {
    let sandbox = Sandbox::configured();
    sandbox.run(&["lock", "specs/pets.yaml"]).done();
    let written = sandbox.read("clientwright.lock");
    sandbox.write("specs/pets.yaml", &PETS.replace("openapi:", "openapi: ["));
    sandbox.run(&["lock", "specs/pets.yaml"]).failed(1);
    assert_eq!(sandbox.read("clientwright.lock"), written);
}
