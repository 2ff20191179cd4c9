//! Finds parameters, and members of bodies, whose values are nested deeper than their style can write.
//!
//! In: an [`Api`] whose types are whole. Out: a diagnostic for each of them. Never happens: recursion into types;
//! two levels decide.

use clientwright_document::{Code, Diagnostic, Severity};

use clientwright_document::source::At;

use crate::model::{Api, BodyForm, Encoding, Part, Shape, Style, Styled, TypeKind, TypeRef};

/// A value that is written in a style.
struct Place<'a> {
    /// `parameter` or `member`, and its name.
    what: (&'static str, &'a str),
    at: At,
    value: &'a TypeRef,
    styled: Styled,
}

/// One diagnostic for each parameter or member whose value may hold lists or objects in its items or members, and one for
/// all that are written in brackets of which nobody says enough.
pub(super) fn report(api: &Api) -> Vec<Diagnostic> {
    let mut reported: Vec<Diagnostic> = Vec::new();
    let mut unsaid: Vec<At> = Vec::new();
    for place in places(api) {
        if place.styled.style == Style::DeepObject {
            let open = place.styled.lists.is_none() && (is_nested(api, place.value) || is_list(api, place.value));
            unsaid.extend(Some(place.at).filter(|at| open && !unsaid.contains(at)));
        } else if is_nested(api, place.value) {
            let diagnostic = refused(&place);
            // Parameters of a path belong to each of its operations.
            if !reported.contains(&diagnostic) {
                reported.push(diagnostic);
            }
        }
    }
    reported.extend(unsaid.first().map(|first| in_brackets(*first, unsaid.len())));
    reported
}

fn in_brackets(first: At, count: usize) -> Diagnostic {
    let said = format!(
        "the first of {count} places: each level gets one more pair of brackets, and the items of a list repeat the name"
    );
    Diagnostic::new(Code::NestedParameter, "`deepObject` leaves open how lists and what is nested deeper are written")
        .severity(Severity::Note)
        .at(first, said)
        .help(
            "say `x-clientwright-lists: repeat`, `brackets` (`a[]=1`) or `indices` (`a[0]=1`), here or of the document",
        )
}

fn refused(place: &Place<'_>) -> Diagnostic {
    let (what, name) = place.what;
    let owner = if what == "member" { " of a body" } else { "" };
    let title = format!("the {what} `{name}`{owner} holds lists or objects within its value");
    let help = if what == "member" {
        "state a `contentType` under `encoding` instead of a style if the server reads it as JSON"
    } else {
        "write `content: { application/json: … }` instead of `schema` and `style`, or `style: deepObject`"
    };
    let diagnostic = Diagnostic::new(Code::NestedParameter, title);
    diagnostic.at(place.at, "calls with such a value fail before they are sent").help(help)
}

/// The parameters, and the members of forms and of multipart bodies, that are written in a style.
fn places(api: &Api) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        match &parameter.encoding {
            Encoding::Style(styled) => found.push(Place {
                what: ("parameter", &parameter.name),
                at: parameter.at,
                value: &parameter.value,
                styled: *styled,
            }),
            Encoding::Form(parts) => found.extend(members(api, &parameter.value, parts)),
            Encoding::Json | Encoding::Text => {}
        }
    }
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    for form in bodies.flat_map(|body| &body.representations).map(|representation| &representation.form) {
        if let BodyForm::Form(value, parts) | BodyForm::Multipart(value, parts, _) = form {
            found.extend(members(api, value, parts));
        }
    }
    found
}

/// The members of a value that are written in a style.
fn members<'a>(api: &'a Api, value: &TypeRef, parts: &'a [Part]) -> Vec<Place<'a>> {
    let Some(TypeKind::Object(object)) = value.named().and_then(|id| api.get(id)).map(|found| &found.kind) else {
        return Vec::new();
    };
    let styled = parts.iter().filter_map(|part| Some((&part.key, part.style?)));
    let places = styled.filter_map(|(key, styled)| {
        let member = object.properties.iter().find(|property| property.key == *key)?;
        Some(Place { what: ("member", &member.key), at: member.at, value: &member.value, styled })
    });
    places.collect()
}

fn is_nested(api: &Api, value: &TypeRef) -> bool {
    parts(api, value).into_iter().any(|part| !parts(api, part).is_empty())
}

/// Whether a value may be a list.
fn is_list(api: &Api, value: &TypeRef) -> bool {
    let mut value = value;
    for _ in 0..MOST_ALIASES {
        match &value.shape {
            Shape::List(_) => return true,
            Shape::Named(id) => match api.get(*id).map(|found| &found.kind) {
                Some(TypeKind::Alias(target)) => value = target,
                Some(TypeKind::Object(_) | TypeKind::Union(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_))
                | None => return false,
            },
            Shape::Any
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File
            | Shape::Map(_) => return false,
        }
    }
    false
}

/// How many names for names are followed.
const MOST_ALIASES: usize = 64;

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
