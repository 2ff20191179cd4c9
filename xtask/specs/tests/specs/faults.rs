//! Descriptions with faults.
//!
//! In: a description of a few lines. Out: exactly the faults that were made in it. Never: a fault that hides another.

use std::fs;
use std::path::PathBuf;

use xtask_specs::check;

/// A description of one operation, in two files.
const ROOT: &str = "
openapi: VERSION
info: { title: Pets, version: '1' }
tags: [{ name: Pets }]
paths:
  /pets:
    $ref: 'pets/pets.yaml#/pathItems/Pets'
";
const PETS: &str = "
pathItems:
  Pets:
    post:
      operationId: createPet
      summary: Add a pet.
      tags: [Pets]
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/schemas/Pet' }
            examples: { rex: { $ref: '#/examples/rex' } }
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema: { $ref: '#/schemas/Pet' }
              example: { name: Rex, born: 2024-02-29, legs: 4 }
        '404': { description: No such pet. }
examples:
  rex: { value: { name: Rex } }
schemas:
  Pet:
    type: object
    required: [name]
    properties:
      name: { type: string }
      born: { type: string, format: date }
      legs: { type: integer, example: 4 }
";

/// What is wrong with a description whose second file has one text in place of another.
fn faults(name: &str, version: &str, (before, after): (&str, &str), operations: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("pets")).unwrap();
    fs::create_dir_all(folder.join("operations")).unwrap();
    assert!(PETS.contains(before));
    fs::write(folder.join("pets.yaml"), ROOT.replace("VERSION", version)).unwrap();
    fs::write(folder.join("pets/pets.yaml"), PETS.replacen(before, after, 1)).unwrap();
    fs::write(folder.join("operations/pets.txt"), operations).unwrap();
    let checked = check(&folder).unwrap().remove(0);
    assert_eq!(checked.operations, 1);
    checked.faults
}

#[test]
fn what_is_right_has_no_faults() {
    for version in ["3.0.3", "3.1.0"] {
        let name = format!("right-{version}");
        assert_eq!(faults(&name, version, ("Rex", "Rex"), "POST /pets\n"), Vec::<String>::new());
    }
}

#[test]
fn a_document_is_held_against_the_schema_of_its_version() {
    for version in ["3.0.3", "3.1.0"] {
        let name = format!("no-description-{version}");
        let found = faults(&name, version, ("description: A pet.", "x-none: 1"), "POST /pets\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("/paths/~1pets/post"), "{found:?}");
    }
    // Schemas too. Two names of types are of 3.1 alone.
    let several = ("{ type: string }", "{ type: [string, 'null'] }");
    assert_eq!(faults("several-3.1", "3.1.0", several, "POST /pets\n"), Vec::<String>::new());
    assert_eq!(faults("several-3.0", "3.0.3", several, "POST /pets\n").len(), 1);
    let xml = ("{ type: string }", "{ type: string, xml: { prefix: 1 } }");
    for version in ["3.0.3", "3.1.0"] {
        let found = faults(&format!("xml-{version}"), version, xml, "POST /pets\n");
        assert!(found[0].starts_with("/components/schemas/Pet"), "{found:?}");
    }
}

#[test]
fn examples_are_held_against_their_schemas() {
    for (name, change) in [
        ("request", ("value: { name: Rex }", "value: { name: 1 }")),
        ("answer", ("2024-02-29", "2023-02-29")),
        ("member", ("example: 4", "example: four")),
    ] {
        let found = faults(name, "3.0.3", change, "POST /pets\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("pets/pets.yaml#/"), "{found:?}");
    }
}

#[test]
fn operations_say_what_each_says() {
    for (name, change, lacks) in [
        ("name", ("operationId: createPet", "x-name: 1"), "an `operationId` of its own"),
        ("summary", ("Add a pet.", "Add a pet"), "a summary, a sentence"),
        ("tag", ("tags: [Pets]", "tags: [Cats]"), "a tag of the document"),
        ("error", ("'404'", "'204'"), "an error"),
    ] {
        assert_eq!(faults(name, "3.0.3", change, "POST /pets\n"), [format!("POST /pets lacks {lacks}")]);
    }
}

#[test]
fn what_is_missing_or_too_much_is_told() {
    let same = ("Rex", "Rex");
    let found = faults("list", "3.0.3", same, "GET /pets\n");
    assert_eq!(found, ["GET /pets is missing", "POST /pets is not on the list"]);
    let found = faults("unshown", "3.0.3", ("              example: {", "              x-example: {"), "POST /pets\n");
    let place = "pets/pets.yaml#/pathItems/Pets/post/responses/200/content/application~1json";
    assert_eq!(found, [format!("{place} shows no body")]);
    let found = faults("unused", "3.0.3", ("schemas:\n", "schemas:\n  Cat: { type: object }\n"), "POST /pets\n");
    assert_eq!(found, ["pets/pets.yaml#/schemas/Cat is not used"]);
}
