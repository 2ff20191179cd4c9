//! What the crate `openapiv3` drops of a document, or changes on its way. This is the whole list:
//! apart from it, both readers understand every document alike.
//!
//! - what stands beside a `$ref` in a schema, documentation and `nullable` too;
//! - `xml`, and keys that are not of 3.0, such as a list under `examples`, in schemas;
//! - a null under `default`, `example` or `value`;
//! - the order of keys within values of an API, and of responses (`default` comes first);
//! - `explode: false` and `allowReserved: false` of an encoding, where they differ from not being there, and `explode` of a header;
//! - paths that do not begin with a slash;
//! - numbers are floats where the type is `number`: `1` and `1.0` are the same to `normal`.
//!
//! In: a document, read directly or by way of that crate. Out: the document without these. Never: more left out.

use clientwright_document::Document;
use clientwright_document::model::{Arena, Example, Extensions, Id, MediaType, ParameterValue, Schema};
use clientwright_document::source::Value;

/// Leaves all of it out.
pub(super) fn forget(document: &mut Document) {
    each(&mut document.schemas, schema);
    each(&mut document.operations, |operation| {
        operation.responses.sort_by_key(|(status, _)| *status);
        extensions(&mut operation.extensions);
    });
    each(&mut document.parameters, |parameter| {
        value(&mut parameter.value);
        examples(&mut parameter.examples);
        extensions(&mut parameter.extensions);
    });
    each(&mut document.headers, |header| {
        header.explode = false;
        value(&mut header.value);
        extensions(&mut header.extensions);
    });
    each(&mut document.request_bodies, |body| {
        body.content.iter_mut().for_each(media_type);
        extensions(&mut body.extensions);
    });
    each(&mut document.responses, |response| {
        response.content.iter_mut().for_each(media_type);
        extensions(&mut response.extensions);
    });
    let scheme = document.security_schemes.values_mut().map(|scheme| &mut scheme.extensions);
    let tags = document.tags.iter_mut().map(|tag| &mut tag.extensions);
    let paths = document.paths.iter_mut().map(|path| &mut path.extensions);
    let servers = document.servers.iter_mut().map(|server| &mut server.extensions);
    let root = [&mut document.extensions, &mut document.info.extensions];
    root.into_iter().chain(scheme).chain(tags).chain(paths).chain(servers).for_each(extensions);
}

fn schema(schema: &mut Schema) {
    if let Some(reference) = schema.reference.take() {
        let component = schema.component.take();
        *schema = Schema { at: schema.at, component, reference: Some(reference), ..Schema::default() };
    }
    schema.xml = None;
    schema.examples.clear();
    schema.default = schema.default.take().filter(|default| default.value != Value::Null);
    schema.default.iter_mut().for_each(|default| sort(&mut default.value));
    schema.enum_values.iter_mut().flatten().for_each(|literal| sort(&mut literal.value));
    extensions(&mut schema.extensions);
}

fn value(value: &mut ParameterValue) {
    match value {
        ParameterValue::Content(content) => media_type(content),
        ParameterValue::Schema(_) | ParameterValue::Unspecified => {}
    }
}

fn media_type(media_type: &mut MediaType) {
    examples(&mut media_type.examples);
    for encoding in media_type.encoding.values_mut() {
        encoding.explode = encoding.explode.filter(|explode| *explode);
        encoding.allow_reserved = encoding.allow_reserved.filter(|allowed| *allowed);
        extensions(&mut encoding.extensions);
    }
    extensions(&mut media_type.extensions);
}

/// A null is told from a value only in the document itself, where examples stay.
fn examples(examples: &mut Vec<Example>) {
    examples.retain(|example| example.name.is_some());
    for example in examples {
        example.value = None;
    }
}

fn extensions(extensions: &mut Extensions) {
    extensions.values_mut().for_each(sort);
}

fn sort(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.sort_keys();
            members.values_mut().for_each(sort);
        }
        Value::List(items) => items.iter_mut().for_each(sort),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn each<I: Id, T>(arena: &mut Arena<I, T>, change: impl Fn(&mut T)) {
    let ids: Vec<I> = arena.iter().map(|(id, _)| id).collect();
    for id in ids {
        change(&mut arena[id]);
    }
}
