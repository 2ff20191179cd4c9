//! Plans how what is sent is made of what was received.
//!
//! In: types that are sent in place of others. Out: their parts, each with the part it is made of. Never happens: a
//! conversion that needs one which there is not.

use std::collections::BTreeSet;

use clientwright_api::Api;
use clientwright_api::model::{Additional, TypeId, TypeKind, TypeRef};

use super::Planning;
use super::overrides::Replaced;
use crate::model::{ItemKind, RustType, View};

/// The types that can be made of the ones they are sent in place of: structs and unions, all of whose parts can.
pub(super) fn convertible(api: &Api, replaced: &Replaced) -> BTreeSet<TypeId> {
    let views = api.types().filter(|(id, found)| found.view_of.is_some() && !replaced.contains_key(id));
    let mut convertible: BTreeSet<TypeId> = views.map(|(id, _)| id).collect();
    loop {
        let kept: BTreeSet<TypeId> = convertible.iter().copied().filter(|&id| holds(api, id, &convertible)).collect();
        if kept.len() == convertible.len() {
            return kept;
        }
        convertible = kept;
    }
}

fn holds(api: &Api, id: TypeId, convertible: &BTreeSet<TypeId>) -> bool {
    let Some(found) = api.get(id) else { return false };
    let made = |value: &TypeRef| match value.named() {
        Some(inner) => convertible.contains(&inner) || api.get(inner).is_none_or(|inner| inner.view_of.is_none()),
        None => true,
    };
    match &found.kind {
        TypeKind::Object(object) => {
            let rest = if let Additional::Kept(value) = &object.additional { made(value) } else { true };
            let received = found.view_of.and_then(|source| api.get(source)).map(|source| &source.kind);
            let Some(TypeKind::Object(received)) = received else { return false };
            let is_received = |key: &str| received.properties.iter().any(|known| known.key == key);
            rest && object
                .properties
                .iter()
                .all(|property| made(&property.value) && (!property.required || is_received(&property.key)))
        }
        TypeKind::Union(union) => union.variants.iter().all(|choice| made(&choice.value)),
        TypeKind::Alias(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => false,
    }
}

/// How what is sent is made of what was received; `None` where a caller has to say more.
pub(super) fn view(planning: &mut Planning<'_>, source: TypeId, received: &ItemKind, sent: &ItemKind) -> Option<View> {
    let name = planning.type_name(source);
    let parts = match (received, sent) {
        (ItemKind::Struct(received), ItemKind::Struct(sent)) => {
            let mut parts = Vec::new();
            for field in &sent.fields {
                let found = received.fields.iter().find(|known| known.key == field.key);
                let found = found.map(|found| (found.name.clone(), found.rust_type.clone()));
                if found.is_none() && field.required {
                    return None;
                }
                parts.push((field.name.clone(), found));
            }
            let rest = sent.rest.iter().zip(&received.rest);
            parts.extend(rest.map(|((name, _), (known, value))| {
                (name.clone(), Some((known.clone(), RustType::Map(Box::new(value.clone())))))
            }));
            parts
        }
        (ItemKind::Union(received), ItemKind::Union(sent)) => {
            let pairs = sent.iter().zip(received);
            pairs
                .map(|(sent, known)| (sent.name.clone(), Some((known.name.clone(), known.rust_type.clone()))))
                .collect()
        }
        _ => return None,
    };
    Some(View { name, parts })
}
