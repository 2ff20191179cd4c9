//! Merge patches (RFC 7396): null removes a member, so each that may be left out may be null.
//!
//! In: all types, and the operations with their bodies. Out: the same, with optional members that may be null in the types
//! that travel in merge patches alone. Never happens: such a change to a type that also stands for a whole, in an answer, in
//! another body or in a list, whose items a patch replaces; where a patch is made of one, that is told.

use std::collections::BTreeSet;

use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic, Severity};

use super::media;
use crate::model::{Operation, Property, Representation, Response, Shape, Type, TypeKind, TypeRef};

/// Opens the types of merge patches, and reports those that stay closed, in one diagnostic.
pub(super) fn open(types: &mut [Type], operations: &[Operation]) -> Option<Diagnostic> {
    let bodies = || operations.iter().filter_map(|operation| operation.body.as_ref());
    let representations = || bodies().flat_map(|body| &body.representations);
    let patches: Vec<(At, usize)> = representations()
        .filter(|representation| is_patch(representation))
        .filter_map(|representation| Some((representation.at, direct(representation.form.value()?)?)))
        .collect();
    if patches.is_empty() {
        return None;
    }
    let parts = reached(types, patches.iter().map(|(_, root)| *root).collect(), direct);
    let parameters = operations.iter().flat_map(|operation| &operation.parameters).map(|parameter| &parameter.value);
    let answers = operations.iter().flat_map(|operation| &operation.responses).flat_map(Response::values);
    let others = representations().filter(|other| !is_patch(other)).filter_map(|other| other.form.value());
    let within = parts.iter().filter_map(|&index| types.get(index)).flat_map(|found| found.kind.values());
    let lists = within.filter(|value| direct(value).is_none());
    let roots = parameters.chain(answers).chain(others).chain(lists).filter_map(anywhere).collect();
    let whole = reached(types, roots, anywhere);
    for index in parts.difference(&whole) {
        let Some(TypeKind::Object(object)) = types.get_mut(*index).map(|found| &mut found.kind) else { continue };
        object.properties.iter_mut().filter(|property| is_closed(property)).for_each(|property| {
            property.value.nullable = true;
        });
    }
    let closed: Vec<At> = patches.iter().filter(|(_, root)| stays_closed(types, *root)).map(|(at, _)| *at).collect();
    closed.first().map(|first| {
        let title = "a merge patch cannot remove a member that is never null";
        Diagnostic::new(Code::UnsupportedBody, title)
            .severity(Severity::Note)
            .at(*first, format!("the first of {} places: its type also stands for a whole", closed.len()))
            .help("let the members be nullable that can be removed, or give the patch a schema of its own")
    })
}

/// Whether a body is a merge patch and nothing else.
fn is_patch(representation: &Representation) -> bool {
    let stated = std::iter::once(&representation.media_type).chain(&representation.also);
    stated.into_iter().all(|stated| media::essence(stated) == "application/merge-patch+json")
}

/// The types that are reached from some, one value at a time.
fn reached(types: &[Type], mut list: Vec<usize>, next: fn(&TypeRef) -> Option<usize>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    while let Some(index) = list.pop() {
        if found.insert(index) {
            list.extend(types.get(index).into_iter().flat_map(|found| found.kind.values()).filter_map(next));
        }
    }
    found
}

/// The type that stands in a place itself.
fn direct(value: &TypeRef) -> Option<usize> {
    if let Shape::Named(id) = value.shape { Some(id.0 as usize) } else { None }
}

/// The same, or that of which a list or map stands there.
fn anywhere(value: &TypeRef) -> Option<usize> {
    value.named().map(|id| id.0 as usize)
}

/// Whether a member may be left out and may not be null.
const fn is_closed(property: &Property) -> bool {
    !property.required && !property.value.nullable
}

fn stays_closed(types: &[Type], root: usize) -> bool {
    match types.get(root).map(|found| &found.kind) {
        Some(TypeKind::Object(object)) => object.properties.iter().any(is_closed),
        Some(TypeKind::Alias(_) | TypeKind::Union(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_)) | None => {
            false
        }
    }
}
