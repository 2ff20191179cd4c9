//! Schemas of other files have the names a person would expect, and no two have the same.

use clientwright_document::source::File;

use crate::support::{Read, read_3_1, read_files};

/// Reads a document with these schemas, a line each, and other files. Each line begins in column 5.
fn with_schemas(schemas: &str, others: &[(&str, &str)]) -> Read {
    let root = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
        schemas.lines().map(|line| format!("    {line}\n")).collect::<Vec<_>>().concat()
    );
    let mut files = vec![("api.yaml", root.as_str())];
    files.extend(others);
    read_files(&files)
}

fn components(read: &Read) -> Vec<String> {
    let document = read.document();
    let mut names: Vec<_> = document.schemas.iter().filter_map(|(_, schema)| schema.component.clone()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_declaration_that_is_a_file_is_one_type() {
    let read = with_schemas(
        "Person: {$ref: ./Person.yaml}\nTeam: {items: {$ref: ./Person.yaml}}\nBoss: {properties: {a: {$ref: '#/components/schemas/Person'}}}",
        &[("Person.yaml", "type: object\nproperties: {boss: {$ref: Person.yaml}}\n")],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    assert_eq!(read.names(), ["Person", "Team", "Boss"]);
    assert_eq!(components(&read), ["Boss", "Person", "Team"]);
    let person = read.schema("Person");
    assert!(person.reference.is_none() && person.properties.len() == 1);
}

#[test]
fn the_name_in_the_root_counts() {
    let read = with_schemas(
        "Human: {$ref: Person.yaml}\nTeam: {items: {$ref: ./Person.yaml}}",
        &[("Person.yaml", "type: object\n")],
    );
    assert_eq!(components(&read), ["Human", "Team"]);
}

#[test]
fn of_two_names_the_file_s_own_is_the_type_and_the_other_an_alias() {
    let read =
        with_schemas("Human: {$ref: Person.yaml}\nPerson: {$ref: Person.yaml}", &[("Person.yaml", "type: object\n")]);
    assert_eq!(components(&read), ["Human", "Person"]);
    let document = read.document();
    let human = read.schema("Human");
    assert_eq!(human.reference.map(|found| found.target), Some(document.named_schemas["Person"]));
}

#[test]
fn an_index_gives_no_second_type() {
    let read = with_schemas(
        "A: {properties: {a: {$ref: 'index.yaml#/Person'}, b: {$ref: schemas/person.yaml}, c: {$ref: 'index.yaml#/Human'}}}\nPet: {$ref: 'index.yaml#/Pet'}",
        &[
            (
                "index.yaml",
                "Person: {$ref: schemas/person.yaml}\nHuman: {$ref: schemas/person.yaml}\nPet: {$ref: schemas/pet.yaml}\n",
            ),
            ("schemas/person.yaml", "type: object\n"),
            ("schemas/pet.yaml", "type: object\n"),
        ],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    assert_eq!(components(&read), ["A", "Human", "Pet", "person"]);
    let document = read.document();
    assert_eq!(read.schema("Human").reference.map(|found| found.target), Some(document.named_schemas["person"]));
    assert!(read.schema("Pet").reference.is_none());
}

#[test]
fn names_come_from_pointers_and_files() {
    let properties = [
        "a: {$ref: 'x.yaml#/components/schemas/One'}",
        "b: {$ref: 'x.yaml#/definitions/Two'}",
        "c: {$ref: 'x.yaml#/$defs/Three'}",
        "d: {$ref: 'schemas/Four.schema.json'}",
        "e: {$ref: 'map.yaml#/Five'}",
        "f: {$ref: 'schemas/Four.schema.json#/properties/a'}",
        "g: {$ref: 'x.yaml#/definitions/Two/items'}",
    ];
    let read = with_schemas(
        &format!("A: {{properties: {{{}}}}}", properties.join(", ")),
        &[
            (
                "x.yaml",
                "components: {schemas: {One: {}}}\ndefinitions: {Two: {type: array, items: {}}}\n$defs: {Three: {}}\n",
            ),
            ("schemas/Four.schema.json", r#"{"properties": {"a": {}}}"#),
            ("map.yaml", "Five: {type: string}\n"),
        ],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    assert_eq!(components(&read), ["A", "Five", "Four", "One", "Three", "Two"]);
}

#[test]
fn equal_names_are_told_apart_by_a_word_of_their_place() {
    let read = with_schemas(
        "Pet: {type: object}\nA: {properties: {a: {$ref: orders/models/status.yaml}, b: {$ref: pets/models/status.yaml}, c: {$ref: pets/pet.yaml}, d: {$ref: 'pets/errors.yaml#/$defs/Status'}}}",
        &[
            ("orders/models/status.yaml", "type: string\n"),
            ("pets/models/status.yaml", "type: string\n"),
            ("pets/pet.yaml", "type: string\n"),
            ("pets/errors.yaml", "$defs: {Status: {type: string}}\n"),
        ],
    );
    assert_eq!(components(&read), ["A", "Pet", "errors_Status", "pets_pet", "pets_status", "status"]);
    let expected = [
        "pets/errors.yaml:1:9 duplicate-schema-name",
        "pets/models/status.yaml:1:1 duplicate-schema-name",
        "pets/pet.yaml:1:1 duplicate-schema-name",
    ];
    assert_eq!(read.found_in_files(), expected, "{}", read.report());
    assert!(read.report().contains("called `pets_status`"), "{}", read.report());
}

#[test]
fn names_do_not_depend_on_the_order_of_references() {
    let files =
        [("a/status.yaml", "type: string\n"), ("b/status.yaml", "type: string\n"), ("c/status.yaml", "type: string\n")];
    let one = with_schemas("A: {oneOf: [{$ref: a/status.yaml}, {$ref: b/status.yaml}, {$ref: c/status.yaml}]}", &files);
    let other =
        with_schemas("A: {oneOf: [{$ref: c/status.yaml}, {$ref: a/status.yaml}, {$ref: b/status.yaml}]}", &files);
    assert_eq!(components(&one), ["A", "b_status", "c_status", "status"]);
    assert_eq!(components(&one), components(&other));
    for read in [&one, &other] {
        let at = read.schema("b_status").at;
        assert_eq!(
            read.sources.file_id(at).and_then(|file| read.sources.file(file)).map(File::name),
            Some("b/status.yaml")
        );
    }
}

#[test]
fn words_that_tell_nothing_give_way_to_numbers() {
    let read = with_schemas(
        "Status: {type: string}\nA: {oneOf: [{$ref: status.yaml}, {$ref: STATUS.json}]}",
        &[("status.yaml", "type: string\n"), ("STATUS.json", "{}")],
    );
    assert_eq!(components(&read), ["A", "STATUS_2", "Status", "status_3"]);
}

#[test]
fn definitions_within_the_root() {
    let read = read_3_1(
        "components:\n  schemas:\n    Pet: {items: {$ref: '#/components/schemas/Pet/$defs/Tag'}, $defs: {Tag: {type: string}, Unused: {}}}\n    Tag: {properties: {definitions: {items: {}}, a: {$ref: '#/components/schemas/Tag/properties/definitions/items'}}}\n",
    );
    assert_eq!(components(&read), ["Pet", "Pet_Tag", "Tag"]);
    assert_eq!(read.names(), ["Pet", "Tag", "Pet_Tag"]);
}

#[test]
fn responses_take_the_name_of_the_root_or_of_their_file() {
    let read = read_files(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {200: {$ref: ok.yaml}, 404: {$ref: responses/not-found.yaml}}\ncomponents:\n  responses:\n    Missing: {$ref: responses/not-found.yaml}\n",
        ),
        ("ok.yaml", "description: a\n"),
        ("responses/not-found.yaml", "description: b\n"),
    ]);
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    let document = read.document();
    let names: Vec<_> = document.responses.iter().filter_map(|(_, response)| response.component.as_deref()).collect();
    assert_eq!(names, ["Missing", "ok"]);
}
