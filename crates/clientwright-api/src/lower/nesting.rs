//! Finds parameters, and members of bodies, whose values are nested deeper than their style can write.
//!
//! In: an [`Api`] whose types are whole. Out: a diagnostic for each of them. Never happens: recursion into types;
//! two levels decide.

use clientwright_document::{Code, Diagnostic, Severity};

use crate::model::{Api, BodyForm, Encoding, Parameter, Property, Shape, Style, TypeKind, TypeRef};

/// One diagnostic for each parameter or member whose value may hold lists or objects in its items or members.
pub(super) fn report(api: &Api) -> Vec<Diagnostic> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let nested = parameters.filter(|parameter| is_styled(parameter) && is_nested(api, &parameter.value));
    let members = styled_members(api).into_iter().filter(|(member, _)| is_nested(api, &member.value));
    let mut reported: Vec<Diagnostic> = Vec::new();
    for diagnostic in nested.map(diagnostic).chain(members.map(|(member, style)| of_member(member, style))) {
        // Parameters of a path belong to each of its operations.
        if !reported.contains(&diagnostic) {
            reported.push(diagnostic);
        }
    }
    reported
}

fn diagnostic(parameter: &Parameter) -> Diagnostic {
    let title = format!("the parameter `{}` holds lists or objects within its value", parameter.name);
    let diagnostic = Diagnostic::new(Code::NestedParameter, title);
    if matches!(parameter.encoding, Encoding::Style { style: Style::DeepObject, .. }) {
        return diagnostic
            .severity(Severity::Note)
            .at(parameter.at, "is written with one more pair of brackets for each level; the items of a list repeat it")
            .help("write `content: { application/json: … }` if the server reads it as JSON");
    }
    diagnostic
        .at(parameter.at, "calls with such a value fail before they are sent")
        .help("write `content: { application/json: … }` instead of `schema` and `style`, or `style: deepObject`")
}

fn of_member(member: &Property, style: Style) -> Diagnostic {
    let title = format!("the member `{}` of a body holds lists or objects within its value", member.key);
    let diagnostic = Diagnostic::new(Code::NestedParameter, title);
    let diagnostic = if style == Style::DeepObject {
        diagnostic
            .severity(Severity::Note)
            .at(member.at, "is written with one more pair of brackets for each level; the items of a list repeat it")
    } else {
        diagnostic.at(member.at, "calls with such a value fail before they are sent")
    };
    diagnostic.help("state a `contentType` under `encoding` instead of a style if the server reads it as JSON")
}

/// The members of forms and of multipart bodies that are written in a style, each with it.
fn styled_members(api: &Api) -> Vec<(&Property, Style)> {
    let mut found = Vec::new();
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    for form in bodies.flat_map(|body| &body.representations).map(|representation| &representation.form) {
        let (BodyForm::Form(value, parts) | BodyForm::Multipart(value, parts, _)) = form else { continue };
        let Some(TypeKind::Object(object)) = value.named().and_then(|id| api.get(id)).map(|found| &found.kind) else {
            continue;
        };
        for (key, style) in parts.iter().filter_map(|part| Some((&part.key, part.style?.0))) {
            found.extend(object.properties.iter().find(|property| property.key == *key).map(|member| (member, style)));
        }
    }
    found
}

const fn is_styled(parameter: &Parameter) -> bool {
    matches!(parameter.encoding, Encoding::Style { .. })
}

fn is_nested(api: &Api, value: &TypeRef) -> bool {
    parts(api, value).into_iter().any(|part| !parts(api, part).is_empty())
}

/// What a value holds: the items of a list, the members of an object, those of each choice of a union.
fn parts<'a>(api: &'a Api, value: &'a TypeRef) -> Vec<&'a TypeRef> {
    let mut parts = Vec::new();
    let mut open = vec![value];
    let mut seen = Vec::new();
    while let Some(value) = open.pop() {
        match &value.shape {
            Shape::List(inner) | Shape::Map(inner) => parts.push(&**inner),
            Shape::Named(id) if !seen.contains(id) => {
                seen.push(*id);
                match api.get(*id).map(|found| &found.kind) {
                    Some(TypeKind::Object(object)) => parts.extend(object.properties.iter().map(|one| &one.value)),
                    Some(TypeKind::Union(union)) => open.extend(union.variants.iter().map(|choice| &choice.value)),
                    Some(TypeKind::Alias(target)) => open.push(target),
                    Some(TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_)) | None => {}
                }
            }
            Shape::Named(_)
            | Shape::Any
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File => {}
        }
    }
    parts
}
