//! Which members are files.
//!
//! In: all types and operations. Out: the same, with [`Shape::File`] where a multipart body has a file. A type that
//! travels in other bodies as well keeps its one form: there a file is its text. Never happens: a text that is only near
//! a file becomes one.

use crate::model::{Additional, BodyForm, FileMember, Operation, Shape, Type, TypeKind, TypeRef};

/// Makes files of the members that are.
pub(super) fn mark(types: &mut [Type], operations: &mut [Operation]) {
    for body in operations.iter_mut().filter_map(|operation| operation.body.as_mut()) {
        for representation in &mut body.representations {
            if let BodyForm::Multipart(value, _, files) = &mut representation.form {
                for file in &*files {
                    mark_in(types, value, file);
                }
            }
        }
    }
}

fn mark_in(types: &mut [Type], value: &mut TypeRef, file: &FileMember) {
    if let (Shape::Map(inner), None) = (&mut value.shape, &file.key) {
        become_file(types, inner, file.by_schema);
    }
    let mut list: Vec<usize> = value.named().map(|id| id.0 as usize).into_iter().collect();
    let mut seen = Vec::new();
    while let Some(index) = list.pop() {
        if seen.contains(&index) {
            continue;
        }
        seen.push(index);
        let Some(mut kind) = types.get(index).map(|found| found.kind.clone()) else { continue };
        match &mut kind {
            TypeKind::Alias(target) => match (&mut target.shape, &file.key) {
                (Shape::Map(inner), None) => become_file(types, inner, file.by_schema),
                (shape, _) => list.extend(if let Shape::Named(id) = shape { Some(id.0 as usize) } else { None }),
            },
            TypeKind::Union(union) => {
                list.extend(union.variants.iter().filter_map(|choice| choice.value.named()).map(|id| id.0 as usize));
            }
            TypeKind::Object(object) => {
                let named = object.properties.iter_mut();
                for property in named.filter(|property| file.key.as_deref() == Some(&property.key)) {
                    become_file(types, &mut property.value, file.by_schema);
                }
                if let (Additional::Kept(value), None) = (&mut object.additional, &file.key) {
                    become_file(types, value, file.by_schema);
                }
            }
            TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => {}
        }
        if let Some(found) = types.get_mut(index) {
            found.kind = kind;
        }
    }
}

/// Makes a file of a value, or of the elements of a list. Another name for a file is one everywhere if its schema says
/// so; otherwise only this member is, and the name is not used for it.
fn become_file(types: &mut [Type], value: &mut TypeRef, by_schema: bool) {
    match &mut value.shape {
        Shape::Text(_) | Shape::Any => value.shape = Shape::File,
        Shape::List(inner) => become_file(types, inner, by_schema),
        Shape::Named(id) => {
            let index = id.0 as usize;
            let Some(TypeKind::Alias(target)) = types.get(index).map(|found| &found.kind) else { return };
            let mut target = target.clone();
            // Names for names end somewhere: lowering has no other.
            become_file(types, &mut target, by_schema);
            if !by_schema {
                *value = TypeRef { nullable: value.nullable, ..target };
            } else if let Some(found) = types.get_mut(index) {
                found.kind = TypeKind::Alias(target);
            }
        }
        Shape::Boolean
        | Shape::BooleanNumber
        | Shape::Integer(_)
        | Shape::Number { .. }
        | Shape::Decimal
        | Shape::File
        | Shape::Map(_) => {}
    }
}
