//! A sound document, and everything of it in the model.

use clientwright_document::Document;
use clientwright_document::model::{
    AdditionalProperties, ApiKeyLocation, JsonType, Location, Method, Operation, ParameterValue, Schema, SecurityKind,
    StatusKey, Style,
};

use crate::support::{read, read_schema};

fn sound() -> Document {
    let read = read(include_str!("pets.yaml"));
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    read.document()
}

fn operation<'a>(document: &'a Document, name: &str) -> &'a Operation {
    let mut operations = document.operations.iter().map(|(_, operation)| operation);
    operations.find(|operation| operation.operation_id.as_deref() == Some(name)).expect("an operation")
}

fn schema<'a>(document: &'a Document, name: &str) -> &'a Schema {
    &document.schemas[document.named_schemas[name]]
}

#[test]
fn info_servers_and_tags() {
    let document = sound();
    assert_eq!(document.version, "3.0.3");
    assert_eq!(document.info.title, "Pets");
    assert_eq!(document.info.license.as_ref().map(|license| license.name.as_str()), Some("MIT"));
    assert_eq!(document.servers[0].variables["stage"].allowed, ["live", "test"]);
    assert_eq!(document.servers[0].variables["stage"].default, "live");
    assert_eq!(document.tags[0].name, "pets");
    assert!(document.extensions.contains_key("x-internal"));
}

#[test]
fn operations() {
    let document = sound();
    assert_eq!(document.paths.len(), 2);
    let list = operation(&document, "listPets");
    assert_eq!((list.method.clone(), list.path.as_str()), (Method::Get, "/pets"));
    assert_eq!(list.security.as_ref().map(Vec::len), Some(0));
    let statuses: Vec<_> = list.responses.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [StatusKey::Code(200), StatusKey::Range(4), StatusKey::Default]);
    let create = operation(&document, "createPet");
    assert!(create.security.is_none());
    assert!(create.deprecated);
    let body = &document.request_bodies[create.request_body.expect("a body")];
    assert_eq!(body.component.as_deref(), Some("NewPet"));
    assert_eq!(body.content[1].encoding["photo"].content_type.as_deref(), Some("image/png"));
}

#[test]
fn components_are_shared_and_keep_their_names() {
    let document = sound();
    let (list, create) = (operation(&document, "listPets"), operation(&document, "createPet"));
    assert_eq!(list.responses[1].1, create.responses[1].1);
    let problem = &document.responses[list.responses[1].1];
    assert_eq!(problem.component.as_deref(), Some("Problem"));
    assert_eq!(problem.headers.len(), 1);
    let limit = &document.parameters[list.parameters[0]];
    assert_eq!(limit.component.as_deref(), Some("Limit"));
}

#[test]
fn parameters_have_their_defaults() {
    let document = sound();
    let list = operation(&document, "listPets");
    let facts: Vec<_> = list
        .parameters
        .iter()
        .map(|id| &document.parameters[*id])
        .map(|found| (found.name.as_str(), found.location, found.style, found.explode, found.required))
        .collect();
    let expected = [
        ("limit", Location::Query, Style::Form, true, false),
        ("filter", Location::Query, Style::DeepObject, false, false),
        ("X-Trace", Location::Header, Style::Simple, false, true),
        ("where", Location::Query, Style::Form, true, false),
    ];
    assert_eq!(facts, expected);
    let ParameterValue::Content(content) = &document.parameters[list.parameters[3]].value else {
        panic!("expected content");
    };
    assert_eq!(content.media_type, "application/json");
}

#[test]
fn schemas() {
    let document = sound();
    assert_eq!(document.named_schemas.keys().collect::<Vec<_>>(), ["Pet", "Cat", "Status", "Node"]);
    let pet = schema(&document, "Pet");
    assert_eq!(pet.component.as_deref(), Some("Pet"));
    assert_eq!(pet.required, ["id", "kind"]);
    assert_eq!(pet.properties.keys().collect::<Vec<_>>(), ["id", "kind", "name", "weight", "tags"]);
    assert_eq!(pet.additional_properties, AdditionalProperties::Forbidden);
    let discriminator = pet.discriminator.as_ref().expect("a discriminator");
    assert_eq!(discriminator.mapping["cat"], document.named_schemas["Cat"]);
    let name = &document.schemas[pet.properties["name"]];
    assert!(name.types.contains(JsonType::String) && name.types.contains(JsonType::Null) && !name.nullable);
    let weight = &document.schemas[pet.properties["weight"]];
    let minimum = weight.minimum.as_ref().expect("a bound");
    assert!(minimum.exclusive && minimum.value.as_u64() == Some(0));
    let values = schema(&document, "Status").enum_values.as_ref().expect("values");
    assert_eq!(values.len(), 3);
}

#[test]
fn references_are_linked_also_in_circles() {
    let document = sound();
    let node = schema(&document, "Node");
    let next = &document.schemas[node.properties["next"]];
    assert!(next.nullable, "nullable beside a reference is kept");
    assert_eq!(next.reference.as_ref().map(|reference| reference.target), Some(document.named_schemas["Node"]));
}

#[test]
fn security_schemes() {
    let document = sound();
    let SecurityKind::ApiKey { location, name } = &document.security_schemes["key"].kind else {
        panic!("expected a key");
    };
    assert_eq!((*location, name.as_str()), (ApiKeyLocation::Header, "X-Key"));
    let SecurityKind::OAuth2 { flows, .. } = &document.security_schemes["oauth"].kind else {
        panic!("expected OAuth");
    };
    assert_eq!(flows.client_credentials.as_ref().map(|flow| flow.scopes.len()), Some(1));
    assert_eq!(document.security[0].schemes["oauth"], ["read"]);
}

#[test]
fn reading_twice_gives_the_same() {
    assert_eq!(format!("{:?}", sound()), format!("{:?}", sound()));
}

#[test]
fn a_type_is_never_invented() {
    let document = read_schema("nullable: true\nallOf: [{type: object}]").document();
    let found = schema(&document, "S");
    assert!(found.types.is_empty() && found.nullable);
}
