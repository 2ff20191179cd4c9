//! Plans how items are taken out of pages.
//!
//! In: the planned types and operations, and the paths of an [`Api`](clientwright_api::Api). Out: for each operation with
//! pages its fields from the page to the items. Never happens: a way through something that has no field; such an
//! operation gives one page.

use clientwright_api::model as api;

use crate::model::{Ident, ItemKind, Pages, RustType, Step, TypeModule};

/// The pages of an operation whose success is of this type.
pub(super) fn plan(types: &[TypeModule], operation: &api::Operation, success: &RustType) -> Option<Pages> {
    let paging = operation.paging.clone()?;
    let mut way = vec![Step { field: None, rust_type: success.clone() }];
    for key in &paging.items {
        let (field, rust_type) = member(types, way.last().map(|step| &step.rust_type)?, key)?;
        way.push(Step { field: Some(field), rust_type });
    }
    let item = item(types, way.last().map(|step| &step.rust_type)?)?;
    Some(Pages { paging, item: item.outside(), way })
}

/// The field of a member.
fn member(types: &[TypeModule], value: &RustType, key: &str) -> Option<(Ident, RustType)> {
    let ItemKind::Struct(found) = kind(types, inner(value))? else { return None };
    let field = found.fields.iter().find(|field| field.key == key)?;
    Some((field.name.clone(), field.rust_type.clone()))
}

/// What a list holds; other names are seen through.
fn item(types: &[TypeModule], value: &RustType) -> Option<RustType> {
    match inner(value) {
        RustType::List(item) => Some((**item).clone()),
        named @ RustType::Named { .. } => match kind(types, named)? {
            ItemKind::Alias(target) => item(types, target),
            ItemKind::Struct(_) | ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) | ItemKind::Union(_) => None,
        },
        RustType::Boxed(inner) => item(types, inner),
        RustType::Primitive(_)
        | RustType::String
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Field(_)
        | RustType::Own(_)
        | RustType::Unit => None,
    }
}

/// What may be absent, without that.
fn inner(value: &RustType) -> &RustType {
    if let RustType::Option(inner) | RustType::Field(inner) = value { self::inner(inner) } else { value }
}

/// What a generated type is, other names for structs seen through.
fn kind<'a>(types: &'a [TypeModule], value: &RustType) -> Option<&'a ItemKind> {
    let RustType::Named { name, .. } = value else { return None };
    let kind = types.iter().flat_map(|module| &module.items).find(|item| item.name == *name).map(|item| &item.kind)?;
    if let ItemKind::Alias(target @ RustType::Named { .. }) = kind { self::kind(types, target) } else { Some(kind) }
}
