//! Documents of several files: each is loaded once, and reported where it is.

use clientwright_document::model::{Document, Location, Operation, ParameterValue};
use clientwright_document::source::NodeRef;

use crate::support::{Read, read_files};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";

/// Reads a root of two lines and the given text, and other files.
fn with_files(text: &str, others: &[(&str, &str)]) -> Read {
    let root = format!("{HEAD}{text}");
    let mut files = vec![("specs/api.yaml", root.as_str())];
    files.extend(others);
    read_files(&files)
}

/// Reads a root with a path that stands in a file.
fn with_path(others: &[(&str, &str)]) -> Read {
    with_files("paths:\n  /pets: {$ref: paths/pets.yaml}\n", others)
}

fn only_operation(document: &Document) -> &Operation {
    let mut operations = document.operations.iter().map(|(_, operation)| operation);
    let operation = operations.next().expect("an operation");
    assert!(operations.next().is_none());
    operation
}

#[test]
fn whole_files_and_places_in_files() {
    let read = with_path(&[
        (
            "specs/paths/pets.yaml",
            "post:\n  parameters: [{$ref: '../parameters.yaml#/Limit'}, {$ref: trace.yaml}]\n  requestBody: {$ref: ../bodies/new.yaml}\n  responses:\n    default: {$ref: '../common.yaml#/components/responses/Problem'}\n",
        ),
        ("specs/paths/trace.yaml", "{name: X-Trace, in: header, schema: {type: string}}"),
        ("specs/parameters.yaml", "Limit: {name: limit, in: query, schema: {$ref: schemas/Limit.yaml}}\n"),
        ("specs/schemas/Limit.yaml", "type: integer\n"),
        ("specs/bodies/new.yaml", "content: {application/json: {schema: {$ref: '../schemas/Pet.yaml'}}}\n"),
        (
            "specs/schemas/Pet.yaml",
            "type: object\nproperties:\n  parent: {$ref: Pet.yaml}\n  limit: {$ref: ./Limit.yaml}\n",
        ),
        (
            "specs/common.yaml",
            "openapi: 3.0.0\ncomponents:\n  responses:\n    Problem: {description: a, headers: {X-A: {$ref: headers/a.yaml}}}\n",
        ),
        ("specs/headers/a.yaml", "schema: {type: string}\n"),
    ]);
    assert_eq!(read.found_in_files(), Vec::<String>::new(), "{}", read.report());
    let document = read.document();
    let operation = only_operation(&document);
    let (limit, trace) = (&document.parameters[operation.parameters[0]], &document.parameters[operation.parameters[1]]);
    assert_eq!((limit.location, limit.component.as_deref()), (Location::Query, Some("Limit")));
    assert_eq!((trace.location, trace.component.as_deref()), (Location::Header, Some("trace")));
    assert!(matches!(limit.value, ParameterValue::Schema(_)));
    let body = &document.request_bodies[operation.request_body.expect("a body")];
    assert_eq!(body.component.as_deref(), Some("new"));
    let response = &document.responses[operation.responses[0].1];
    assert_eq!((response.component.as_deref(), response.headers.len()), (Some("Problem"), 1));
    assert_eq!(read.names(), ["Limit", "Pet"]);
    let pet = read.schema("Pet");
    let parent = &document.schemas[pet.properties["parent"]];
    assert_eq!(parent.reference.as_ref().map(|found| found.target), Some(document.named_schemas["Pet"]));
}

#[test]
fn files_are_loaded_once_and_listed() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: a.yaml}\n    B: {$ref: ./a.yaml}\n    C: {$ref: '../specs/a.yaml'}\n    D: {$ref: broken.yaml}\n    E: {$ref: binary.yaml}\n    F: {$ref: none.yaml}\n    G: {$ref: none.yaml}\n",
        &[("specs/a.yaml", "type: string\n"), ("specs/broken.yaml", "a: b: c\n"), ("specs/binary.yaml", "a: \0\n")],
    );
    let mut asked = read.asked.clone();
    asked.sort_unstable();
    assert_eq!(asked, ["specs/a.yaml", "specs/api.yaml", "specs/binary.yaml", "specs/broken.yaml", "specs/none.yaml"]);
    let mut listed: Vec<_> = read.sources.files().map(|(_, file)| file.name()).collect();
    listed.sort_unstable();
    assert_eq!(listed, ["specs/a.yaml", "specs/api.yaml", "specs/binary.yaml", "specs/broken.yaml"]);
}

#[test]
fn files_that_nothing_needs_are_not_loaded() {
    let read = with_files(
        "paths: {}\nx-more: {$ref: a.yaml}\ncomponents:\n  schemas:\n    S: {default: {$ref: b.yaml}, example: {$ref: c.yaml}, enum: [{$ref: d.yaml}]}\n    T: {$ref: 'e.yaml#/T'}\n    default: {$ref: e.yaml#/example}\n",
        &[("specs/e.yaml", "T: {type: string}\nexample: {type: string}\nU: {$ref: f.yaml}\n")],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new(), "{}", read.report());
    assert_eq!(read.asked, ["specs/api.yaml", "specs/e.yaml"]);
    assert_eq!(read.names(), ["S", "T", "default"]);
}

#[test]
fn a_file_that_cannot_be_read_leaves_out_what_depends_on_it() {
    let read = with_files(
        "paths:\n  /a: {$ref: none.yaml}\n  /b: {get: {responses: {default: {description: a}}}}\ncomponents:\n  schemas:\n    A: {$ref: 'broken.yaml#/A'}\n    B: {$ref: 'broken.yaml#/B'}\n    C: {$ref: '../secret.yaml'}\n    D: {$ref: schemas/}\n    E: {type: string}\n    F: {$ref: '#/components/schemas/A'}\n",
        &[("specs/broken.yaml", "A: {type: string}\nB: {\n")],
    );
    let expected = [
        "specs/api.yaml:4:14 file-not-found",
        "specs/api.yaml:8:15 unresolved-reference",
        "specs/api.yaml:9:15 unresolved-reference",
        "specs/api.yaml:10:15 file-not-found",
        "specs/api.yaml:11:15 file-not-found",
        "specs/broken.yaml:3:1 syntax-error",
    ];
    assert_eq!(read.found_in_files(), expected, "{}", read.report());
    assert!(!read.outcome.has_errors(), "the rest is generated");
    assert_eq!(read.document().operations.len(), 1);
    assert!(read.schema("A").reference.is_none() && !read.schema("E").types.is_empty());
}

#[test]
fn what_is_wrong_in_a_file_is_told_once_and_there() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: a.yaml}\n    B: {properties: {a: {$ref: a.yaml}}}\n",
        &[(
            "specs/a.yaml",
            "type: strnig\ndescripton: a\n<<: text\nproperties:\n  b: {$ref: '#/propertys/c'}\n  c: {$ref: 'a.yaml#/properties/d'}\n  d: {}\n",
        )],
    );
    let expected = [
        "specs/a.yaml:1:7 invalid-value",
        "specs/a.yaml:2:1 unknown-key",
        "specs/a.yaml:3:5 merge-key",
        "specs/a.yaml:5:13 unresolved-reference",
    ];
    assert_eq!(read.found_in_files(), expected, "{}", read.report());
    assert!(read.report().contains("--> specs/a.yaml:2:1"), "{}", read.report());
}

#[test]
fn repeated_keys_are_errors_in_every_file() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: a.yaml}\n",
        &[("specs/a.yaml", "type: string\ntype: integer\n")],
    );
    assert_eq!(read.found_in_files(), ["specs/a.yaml:2:1 duplicate-key"]);
    assert!(read.outcome.has_errors());
}

#[test]
fn references_that_nearly_lead_somewhere() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'a.yaml#/components/schemas/Pett'}\n    B: {$ref: 'schemas/A'}\n",
        &[("specs/a.yaml", "components: {schemas: {Pet: {type: string}}}\n")],
    );
    assert!(read.report().contains("did you mean `a.yaml#/components/schemas/Pet`?"), "{}", read.report());
    assert!(read.report().contains("did you mean `#/components/schemas/A`?"), "{}", read.report());
}

#[test]
fn percent_encoding() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'my%20schemas.yaml#/with%20space~1and%25'}\n",
        &[("specs/my schemas.yaml", "with space/and%: {type: string}\n")],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new(), "{}", read.report());
    assert!(!read.schema("A").types.is_empty());
}

#[test]
fn urls_are_never_fetched() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'https://example.com/a.yaml#/A'}\n    B: {$ref: //example.com/b}\n    C: {$ref: 'file:///etc/passwd'}\n",
        &[],
    );
    let expected = [
        "specs/api.yaml:6:15 unsupported-reference",
        "specs/api.yaml:7:15 unsupported-reference",
        "specs/api.yaml:8:15 unsupported-reference",
    ];
    assert_eq!(read.found_in_files(), expected);
    assert!(read.report().contains("`file:///etc/passwd` is never fetched"), "{}", read.report());
    assert_eq!(read.asked, ["specs/api.yaml"]);
}

#[test]
fn files_may_refer_to_each_other_and_to_the_root() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    Cat: {$ref: cat.yaml}\n    Name: {type: string}\n",
        &[
            (
                "specs/cat.yaml",
                "properties: {enemy: {$ref: dog.yaml}, name: {$ref: 'api.yaml#/components/schemas/Name'}}\n",
            ),
            ("specs/dog.yaml", "properties: {enemy: {$ref: ./cat.yaml}}\n"),
        ],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    assert_eq!(read.names(), ["Cat", "Name", "dog"]);
    assert_eq!(read.asked.len(), 3);
}

#[test]
fn maps_and_texts_in_files() {
    let read = with_files(
        "tags:\n  - {name: a, description: {$ref: 'texts.yaml#/a'}}\npaths: {$ref: paths.yaml}\ncomponents:\n  schemas: {$ref: schemas/index.yaml}\n",
        &[
            ("specs/texts.yaml", "a: About a.\n"),
            ("specs/paths.yaml", "/a: {get: {responses: {default: {description: a}}}}\n"),
            ("specs/schemas/index.yaml", "Pet: {$ref: Pet.yaml}\ndefault: {$ref: Pet.yaml}\n"),
            ("specs/schemas/Pet.yaml", "type: object\n"),
        ],
    );
    let expected = [
        "specs/api.yaml:4:35 misplaced-reference",
        "specs/api.yaml:5:15 misplaced-reference",
        "specs/api.yaml:7:19 misplaced-reference",
    ];
    assert_eq!(read.found_in_files(), expected, "{}", read.report());
    assert_eq!(read.document().tags[0].description.as_deref(), Some("About a."));
    assert_eq!(read.names(), ["Pet", "default"]);
}

#[test]
fn examples_in_files() {
    let media = "application/json: {examples: {a: {$ref: 'examples.yaml#/a'}, b: {value: {$ref: none.yaml}}}}";
    let read = with_files(
        &format!("paths:\n  /a:\n    get:\n      responses: {{default: {{description: a, content: {{{media}}}}}}}\n"),
        &[("specs/examples.yaml", "a: {summary: s, value: 5}\n")],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new(), "{}", read.report());
    let document = read.document();
    let (_, response) = document.responses.iter().next().expect("a response");
    let value = response.content[0].examples[0].value.map(|at| read.sources.node(at));
    assert_eq!(value.and_then(NodeRef::as_number).and_then(|number| number.as_u64()), Some(5));
    assert_eq!(read.asked, ["specs/api.yaml", "specs/examples.yaml"]);
}

#[test]
fn discriminators_map_to_files_and_names() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    Pet: {$ref: pet.yaml}\n    Cat: {type: object}\n",
        &[
            (
                "specs/pet.yaml",
                "discriminator: {propertyName: kind, mapping: {dog: ./dog.yaml, cat: Cat, none: Bird}}\n",
            ),
            ("specs/dog.yaml", "type: object\n"),
        ],
    );
    assert_eq!(read.found_in_files(), ["specs/pet.yaml:1:80 file-not-found"], "{}", read.report());
    let document = read.document();
    let discriminator = read.schema("Pet").discriminator.expect("a discriminator");
    assert_eq!(discriminator.mapping["dog"], document.named_schemas["dog"]);
    assert_eq!(discriminator.mapping["cat"], document.named_schemas["Cat"]);
}

#[test]
fn parts_are_read_by_the_version_of_the_root_and_documents_by_their_own() {
    let part = "properties: {a: {type: [string, 'null']}}\n";
    let document = |version: &str| {
        format!(
            "openapi: {version}\ninfo: {{}}\npaths: {{}}\ncomponents: {{schemas: {{D: {{type: [string, 'null']}}}}}}\n"
        )
    };
    let root = |version: &str| {
        format!(
            "openapi: {version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{$ref: part.yaml}}\n    D: {{$ref: 'd.yaml#/components/schemas/D'}}\n"
        )
    };
    let read = |root_version: &str, version: &str| {
        read_files(&[("api.yaml", &root(root_version)), ("part.yaml", part), ("d.yaml", &document(version))])
            .found_in_files()
    };
    assert_eq!(read("3.0.3", "3.1.0"), ["part.yaml:1:18 wrong-type"]);
    assert_eq!(read("3.1.0", "3.0.3"), ["d.yaml:4:28 wrong-type"]);
    assert_eq!(read("3.1.2", "4.0.0"), ["d.yaml:1:10 unsupported-version"]);
}

#[test]
fn a_document_that_is_referred_to_is_a_container_only() {
    let read = with_files(
        "paths: {}\ncomponents:\n  schemas:\n    A: {$ref: 'other.yaml#/components/schemas/A'}\n",
        &[(
            "specs/other.yaml",
            "openapi: 3.0.0\npaths: {/b: {get: {}}}\ncomponents: {schemas: {A: {type: string}, B: {type: 5}}}\n",
        )],
    );
    assert_eq!(read.found_in_files(), Vec::<String>::new());
    assert_eq!((read.document().operations.len(), read.names().len()), (0, 1));
}

#[test]
fn keys_that_are_no_text_in_other_files() {
    let read = with_path(&[
        ("specs/paths/pets.yaml", "get:\n  responses: {$ref: ../responses.yaml}\n"),
        ("specs/responses.yaml", "# a comment\n200: {description: a}\n'201': {description: b}\n"),
    ]);
    assert_eq!(read.found_in_files(), ["specs/paths/pets.yaml:2:21 misplaced-reference"]);
    let document = read.document();
    let responses = only_operation(&document).responses.iter().map(|(_, id)| &document.responses[*id]);
    let keys: Vec<_> =
        responses.map(|found| (read.sources.key_is_not_text(found.at), found.component.clone())).collect();
    assert_eq!(keys, [(true, None), (false, None)]);
}

#[test]
fn siblings_of_references_that_are_not_to_schemas() {
    let read = with_files(
        "paths:\n  /a:\n    $ref: a.yaml\n    parameters: []\n",
        &[("specs/a.yaml", "get: {responses: {default: {description: a}}}\n")],
    );
    assert_eq!(read.found_in_files(), ["specs/api.yaml:6:5 reference-sibling"]);
}
