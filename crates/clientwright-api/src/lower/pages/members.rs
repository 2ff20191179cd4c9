//! The members of values, seen through names and other names.
//!
//! In: a shape. Out: its members, or those of its members. Never happens: recursion; two levels are looked at.

use super::words;
use crate::model::{
    Api, BodyForm, Content, Location, Object, Operation, Parameter, Path, Place, Property, Response, Shape, StatusKey,
    TextFormat, TypeKind, TypeRef,
};

/// What a shape stands for, other names seen through.
pub(super) fn shape<'a>(api: &'a Api, value: &'a TypeRef) -> &'a Shape {
    let mut shape = &value.shape;
    // Other names may lead to others, but never in a circle.
    for _ in 0..16 {
        let Shape::Named(id) = shape else { break };
        let Some(TypeKind::Alias(target)) = api.get(*id).map(|found| &found.kind) else { break };
        shape = &target.shape;
    }
    shape
}

/// The object that a value is.
pub(super) fn object<'a>(api: &'a Api, value: &'a TypeRef) -> Option<&'a Object> {
    let Shape::Named(id) = shape(api, value) else { return None };
    match &api.get(*id)?.kind {
        TypeKind::Object(object) => Some(object),
        TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) | TypeKind::Alias(_) => None,
    }
}

/// What a list holds.
pub(super) fn list<'a>(api: &'a Api, value: &'a TypeRef) -> Option<&'a TypeRef> {
    let Shape::List(item) = shape(api, value) else { return None };
    Some(item)
}

pub(super) fn is_text(api: &Api, value: &TypeRef) -> bool {
    matches!(shape(api, value), Shape::Text(TextFormat::Plain | TextFormat::Other(_)))
}

pub(super) fn is_integer(api: &Api, value: &TypeRef) -> bool {
    matches!(shape(api, value), Shape::Integer(_) | Shape::Number { .. })
}

pub(in crate::lower) fn is_boolean(api: &Api, value: &TypeRef) -> bool {
    matches!(shape(api, value), Shape::Boolean | Shape::BooleanNumber)
}

/// Whether an answer is a documented success.
pub(in crate::lower) fn is_success(response: &Response) -> bool {
    matches!(response.status, StatusKey::Code(200..300) | StatusKey::Range(2))
}

/// The value that a success of an operation is: JSON of one type, beside answers without a body.
pub(super) fn answer(operation: &Operation) -> Option<&TypeRef> {
    let successes = operation.responses.iter().filter(|response| is_success(response));
    let mut contents = successes.map(|response| &response.content).filter(|content| **content != Content::Nothing);
    let Some(first @ Content::Json(value)) = contents.next() else { return None };
    contents.all(|other| other == first).then_some(value)
}

/// The JSON object that an operation sends.
pub(in crate::lower) fn sent<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a Object> {
    match &operation.body.as_ref()?.representations.first()?.form {
        BodyForm::Json(value) => object(api, value),
        BodyForm::Xml(..)
        | BodyForm::Form(..)
        | BodyForm::Multipart(..)
        | BodyForm::Lines(..)
        | BodyForm::Text
        | BodyForm::Bytes => None,
    }
}

/// A member of an object with one of these names, or of what it holds under the name of a container.
pub(super) fn find<'a>(
    api: &'a Api,
    object: &'a Object,
    names: &[&str],
    fits: &dyn Fn(&TypeRef) -> bool,
) -> Option<(Path, &'a Property)> {
    let in_object = |object: &'a Object| {
        let mut all = object.properties.iter();
        all.find(|member| words::is(&member.key, names) && fits(&member.value))
    };
    if let Some(found) = in_object(object) {
        return Some((vec![found.key.clone()], found));
    }
    let containers = object.properties.iter().filter(|member| words::is(&member.key, words::CONTAINERS));
    containers.into_iter().find_map(|container| {
        let found = in_object(self::object(api, &container.value)?)?;
        Some((vec![container.key.clone(), found.key.clone()], found))
    })
}

/// The member at a path.
pub(in crate::lower) fn at<'a>(api: &'a Api, value: &'a TypeRef, path: &[String]) -> Option<&'a TypeRef> {
    path.iter().try_fold(value, |value, key| {
        let members = &object(api, value)?.properties;
        members.iter().find(|member| member.key == *key).map(|member| &member.value)
    })
}

/// Where a request says something with one of these names: a parameter of the query, else a member of the body.
pub(super) fn place(
    api: &Api,
    operation: &Operation,
    names: &[&str],
    fits: &dyn Fn(&TypeRef) -> bool,
) -> Option<(Place, Option<bool>)> {
    let fitting = |parameter: &&Parameter| {
        parameter.location == Location::Query && words::is(&parameter.name, names) && fits(&parameter.value)
    };
    let zero = |minimum: &Option<clientwright_document::model::Bound>| {
        minimum.as_ref().map(|bound| bound.value.to_string() == "0" && !bound.exclusive)
    };
    if let Some(found) = operation.parameters.iter().find(fitting) {
        return Some((Place::Query(found.name.clone()), zero(&found.limits.minimum)));
    }
    let (path, member) = find(api, sent(api, operation)?, names, fits)?;
    Some((Place::Body(path), zero(&member.limits.minimum)))
}
