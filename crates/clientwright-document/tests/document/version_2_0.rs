//! `OpenAPI` 2.0: the same model, at the places of the document, and nothing said about what is sound in it.

use clientwright_document::Document;
use clientwright_document::model::{
    JsonType, Location, Operation, Parameter, ParameterValue, RequestBody, Response, Schema, SecurityKind, StatusKey,
    Style, TypeSet,
};

use crate::support::{Read, read, read_files};

/// Reads a text that is put after a sound beginning of three lines, which offers JSON.
fn read_2_0(text: &str) -> Read {
    let head =
        "swagger: '2.0'\ninfo: {title: a, version: '1'}\nconsumes: [application/json]\nproduces: [application/json]\n";
    read(&format!("{head}{text}"))
}

/// A document without mistakes.
fn sound(text: &str) -> Read {
    let read = read_2_0(text);
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    read
}

fn operation<'d>(document: &'d Document, name: &str) -> &'d Operation {
    let found = document.operations.iter().find(|(_, found)| found.operation_id.as_deref() == Some(name));
    found.expect("an operation of this name").1
}

fn body<'d>(document: &'d Document, name: &str) -> &'d RequestBody {
    &document.request_bodies[operation(document, name).request_body.expect("a body")]
}

fn response<'d>(document: &'d Document, name: &str, status: StatusKey) -> &'d Response {
    let responses = &operation(document, name).responses;
    &document.responses[responses.iter().find(|(key, _)| *key == status).expect("a response of this status").1]
}

fn schema<'d>(document: &'d Document, parameter: &Parameter) -> &'d Schema {
    let id = match &parameter.value {
        ParameterValue::Schema(id) => Some(*id),
        ParameterValue::Content(_) | ParameterValue::Unspecified => None,
    };
    &document.schemas[id.expect("a schema")]
}

fn media_types(content: &[clientwright_document::model::MediaType]) -> Vec<&str> {
    content.iter().map(|media| media.media_type.as_str()).collect()
}

#[test]
fn ways_to_write_the_version() {
    for (version, found) in [
        ("swagger: '2.0'", &[][..]),
        ("swagger: 2.0", &["1:10 not-quoted"]),
        ("swagger: '2.0.0'", &["1:10 invalid-value"]),
        ("swagger: '2'", &["1:10 invalid-value"]),
        ("openapi: '2.0'", &["1:10 invalid-value"]),
    ] {
        let read = read(&format!("{version}\ninfo: {{title: a, version: '1'}}\npaths: {{}}\n"));
        assert_eq!(read.found(), found, "{version}");
    }
}

#[test]
fn parameters_describe_their_values_themselves() {
    let read = sound(concat!(
        "paths:\n  /a/{id}:\n    get:\n      operationId: a\n      responses: {'204': {description: d}}\n      parameters:\n",
        "        - {name: id, in: path, required: true, type: integer, format: int64, minimum: 1, exclusiveMinimum: true}\n",
        "        - {name: csv, in: query, type: array, items: {type: string, enum: [x]}}\n",
        "        - {name: multi, in: query, type: array, collectionFormat: multi, items: {type: array, items: {type: number}}}\n",
        "        - {name: tsv, in: query, type: array, collectionFormat: tsv, items: {type: string}}\n",
        "        - {name: ssv, in: header, type: array, collectionFormat: ssv, items: {type: string}}\n",
        "        - {name: text, in: query, type: string, default: b, x-nullable: true, x-example: c, allowEmptyValue: true}\n",
    ));
    let document = read.document();
    let parameters: Vec<_> =
        operation(&document, "a").parameters.iter().map(|id| document.parameters[*id].clone()).collect();
    let written: Vec<_> = parameters.iter().map(|found| (found.location, found.style, found.explode)).collect();
    let expected = [
        (Location::Path, Style::Simple, false),
        (Location::Query, Style::Form, false),
        (Location::Query, Style::Form, true),
        (Location::Query, Style::TabDelimited, false),
        (Location::Header, Style::SpaceDelimited, false),
        (Location::Query, Style::Form, true),
    ];
    assert_eq!(written, expected);
    let id = schema(&document, &parameters[0]);
    assert_eq!((id.types, id.format.as_deref()), ([JsonType::Integer].into_iter().collect(), Some("int64")));
    assert!(id.minimum.as_ref().is_some_and(|bound| bound.exclusive));
    let items = schema(&document, &parameters[1]).items.map(|id| document.schemas[id].clone()).expect("items");
    assert_eq!(items.enum_values.map(|values| values.len()), Some(1));
    assert_eq!(read.sources.pointer(items.at), "#/paths/~1a~1{id}/get/parameters/1/items");
    let text = schema(&document, &parameters[5]);
    assert_eq!(text.types, [JsonType::Null, JsonType::String].into_iter().collect::<TypeSet>());
    assert!(text.default.is_some() && parameters[5].allow_empty_value && parameters[5].examples.len() == 1);
}

#[test]
fn a_body_is_in_every_media_type_that_is_consumed() {
    let read = sound(concat!(
        "paths:\n  /a:\n    parameters: [{$ref: '#/parameters/Pet'}]\n",
        "    put: {operationId: put, responses: {'204': {description: d}}}\n",
        "    post:\n      operationId: post\n      consumes: [application/json, application/xml]\n",
        "      parameters: [{name: other, in: body, schema: {type: array, items: {}}}]\n",
        "      responses: {'204': {description: d}}\n",
        "definitions: {Pet: {type: object}}\n",
        "parameters: {Pet: {name: pet, in: body, required: true, description: d, schema: {$ref: '#/definitions/Pet'}}}\n",
    ));
    let document = read.document();
    let put = body(&document, "put");
    assert_eq!((put.component.as_deref(), put.required, put.description.as_deref()), (Some("Pet"), true, Some("d")));
    assert_eq!(media_types(&put.content), ["application/json"]);
    assert_eq!(read.sources.pointer(put.at), "#/parameters/Pet");
    assert_eq!(media_types(&body(&document, "post").content), ["application/json", "application/xml"]);
    assert!(document.parameters.is_empty());
}

#[test]
fn fields_are_the_properties_of_a_body() {
    let read = sound(concat!(
        "paths:\n  /a:\n    parameters: [{name: note, in: formData, type: string}]\n",
        "    post:\n      operationId: post\n      consumes: [multipart/form-data, application/x-www-form-urlencoded]\n",
        "      parameters:\n        - {name: photo, in: formData, type: file, required: true, description: d}\n",
        "        - {name: tags, in: formData, type: array, collectionFormat: pipes, items: {type: string}}\n",
        "      responses: {'204': {description: d}}\n",
    ));
    let document = read.document();
    let body = body(&document, "post");
    assert_eq!(media_types(&body.content), ["multipart/form-data"]);
    assert!(body.required);
    let media = &body.content[0];
    let form = &document.schemas[media.schema.expect("a schema")];
    assert_eq!(form.required, ["photo"]);
    assert_eq!(form.properties.keys().collect::<Vec<_>>(), ["note", "photo", "tags"]);
    let photo = &document.schemas[form.properties["photo"]];
    assert_eq!((photo.format.as_deref(), photo.description.as_deref()), (Some("binary"), Some("d")));
    let tags = &media.encoding["tags"];
    assert_eq!((tags.style, tags.explode, media.encoding.len()), (Some(Style::PipeDelimited), Some(false), 1));
    assert_eq!(read.sources.pointer(photo.at), "#/paths/~1a/post/parameters/0");
}

#[test]
fn responses_are_in_every_media_type_that_is_produced() {
    let read = sound(concat!(
        "paths:\n  /a:\n    get:\n      operationId: get\n      produces: [image/png]\n      responses:\n",
        "        200: {description: d, schema: {type: file}, headers: {X-Rate: {type: integer}}}\n",
        "        default: {$ref: '#/responses/Error'}\n",
        "    put:\n      operationId: put\n      responses:\n        204: {description: d}\n        default: {$ref: '#/responses/Error'}\n",
        "definitions: {Error: {type: object}}\n",
        "responses:\n  Error: {description: d, schema: {$ref: '#/definitions/Error'}, examples: {application/json: {a: 1}}}\n",
    ));
    let document = read.document();
    let photo = response(&document, "get", StatusKey::Code(200));
    assert_eq!(media_types(&photo.content), ["image/png"]);
    assert_eq!(photo.headers.len(), 1);
    // Nothing can write an object as an image.
    let error = response(&document, "get", StatusKey::Default);
    assert_eq!((media_types(&error.content), error.component.as_deref()), (vec!["application/json"], Some("Error")));
    assert_eq!(error.content[0].examples.len(), 1);
    assert!(response(&document, "put", StatusKey::Code(204)).content.is_empty());
}

#[test]
fn a_missing_media_type_is_told_once() {
    let read = read(concat!(
        "swagger: '2.0'\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n",
        "        200: {description: d, schema: {type: object}}\n        201: {description: d, schema: {type: object}}\n",
        "        202: {description: d, schema: {type: file}}\n",
    ));
    assert_eq!(read.found(), ["7:9 missing-key"]);
    assert!(read.report().contains("the first of 2 places"), "{}", read.report());
}

#[test]
fn servers_are_made_of_three_keys() {
    for (keys, urls) in [
        (
            "host: a.example\nbasePath: /v1\nschemes: [http, https, wss]",
            &["https://a.example/v1", "http://a.example/v1"][..],
        ),
        ("host: a.example:81\nbasePath: /\nschemes: [http]", &["http://a.example:81"]),
        ("basePath: /v1\nschemes: [https]", &["/v1"]),
        ("schemes: [https]", &[]),
    ] {
        let read = sound(&format!("{keys}\npaths: {{}}\n"));
        let servers = read.document().servers;
        assert_eq!(servers.iter().map(|server| server.url.as_str()).collect::<Vec<_>>(), urls, "{keys}");
    }
    let read = read_2_0("host: a.example\npaths: {}\n");
    assert_eq!(read.found(), ["1:1 missing-key"]);
    assert_eq!(read.document().servers[0].url, "https://a.example");
}

#[test]
fn security_definitions_are_schemes() {
    let read = sound(concat!(
        "paths: {}\nsecurity: [{basic: []}, {key: [], token: [read]}]\nsecurityDefinitions:\n  basic: {type: basic}\n",
        "  key: {type: apiKey, in: header, name: X-Key}\n",
        "  token: {type: oauth2, flow: application, tokenUrl: 'https://a.example', scopes: {read: Sees.}}\n",
    ));
    let document = read.document();
    assert!(matches!(&document.security_schemes["basic"].kind, SecurityKind::Http { scheme, .. } if scheme == "basic"));
    let SecurityKind::OAuth2 { flows, .. } = &document.security_schemes["token"].kind else { panic!("OAuth") };
    assert_eq!(flows.client_credentials.as_ref().map(|flow| flow.scopes.len()), Some(1));
    assert_eq!(document.security.len(), 2);
}

#[test]
fn schemas_have_names_and_a_discriminator_is_a_property() {
    let read = sound(concat!(
        "paths: {}\ndefinitions:\n  Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}\n",
        "  Cat: {allOf: [{$ref: '#/definitions/Pet'}, {type: object}]}\n  Owner: {$ref: '#/definitions/Pet', x-nullable: true}\n",
        "  Tag: {type: array, items: {type: [string, 'null']}}\n",
    ));
    assert_eq!(read.names(), ["Pet", "Cat", "Owner", "Tag"]);
    assert_eq!(read.schema("Pet").discriminator.map(|found| found.property), Some("kind".to_owned()));
    assert!(read.schema("Owner").nullable);
}

#[test]
fn parts_in_other_files_are_read_by_the_same_rules() {
    let read = read_files(&[
        (
            "api.yaml",
            "swagger: '2.0'\ninfo: {title: a, version: '1'}\npaths: {/a: {$ref: a.yaml}}\nproduces: [application/json]\n",
        ),
        (
            "a.yaml",
            concat!(
                "get:\n  operationId: get\n  parameters: [{$ref: 'p.yaml#/body'}]\n  consumes: [text/plain]\n",
                "  responses: {200: {description: d, schema: {$ref: Pet.yaml}}}\n",
            ),
        ),
        ("p.yaml", "body: {name: b, in: body, schema: {type: string}}\n"),
        ("Pet.yaml", "type: object\ndiscriminator: kind\n"),
    ]);
    assert_eq!(read.found(), Vec::<String>::new(), "{}", read.report());
    assert_eq!(read.names(), ["Pet"]);
    assert_eq!(media_types(&body(&read.document(), "get").content), ["text/plain"]);
}
