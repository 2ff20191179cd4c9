//! Where a cycle of types needs a box.
//!
//! In: the types of an [`Api`], and those that a person's own stand in the place of. Out: the members that must be boxed.
//! Never happens: a type of endless size, or a box where nothing closes.

use std::collections::BTreeSet;

use clientwright_api::Api;
use clientwright_api::model::{Shape, TypeId, TypeKind, TypeRef};

use super::overrides::Replaced;

/// The members that hold their own object, directly or through others, and must be boxed: the last of each cycle that
/// is found when objects are walked in their order. Lists and maps hold their values elsewhere, so they close nothing.
pub(super) fn cycles(api: &Api, replaced: &Replaced) -> BTreeSet<(TypeId, String)> {
    let mut boxed = BTreeSet::new();
    let mut done = BTreeSet::new();
    for (start, _) in api.types() {
        // The objects on the way from `start`, each with the members still to follow.
        let mut way: Vec<(TypeId, Vec<(String, TypeId)>)> = vec![(start, held(api, replaced, start))];
        while let Some((owner, members)) = way.last_mut() {
            let owner = *owner;
            let Some((key, target)) = members.pop() else {
                done.insert(owner);
                way.pop();
                continue;
            };
            if way.iter().any(|(on_the_way, _)| *on_the_way == target) {
                boxed.insert((owner, key));
            } else if !done.contains(&target) {
                way.push((target, held(api, replaced, target)));
            }
        }
    }
    boxed
}

/// The objects and unions that an object or a union holds in itself, by member or by the number of the variant.
fn held(api: &Api, replaced: &Replaced, id: TypeId) -> Vec<(String, TypeId)> {
    match api.get(id).filter(|_| !replaced.contains_key(&id)).map(|found| &found.kind) {
        Some(TypeKind::Object(object)) => {
            let members = object.properties.iter().rev();
            members.filter_map(|property| Some((property.key.clone(), holder(api, &property.value)?))).collect()
        }
        Some(TypeKind::Union(union)) => {
            let variants = union.variants.iter().enumerate().rev();
            variants.filter_map(|(index, choice)| Some((index.to_string(), holder(api, &choice.value)?))).collect()
        }
        Some(TypeKind::Alias(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_)) | None => Vec::new(),
    }
}

/// The object or union that a value is, through other names for it.
fn holder(api: &Api, value: &TypeRef) -> Option<TypeId> {
    let mut shape = &value.shape;
    let mut seen = BTreeSet::new();
    while let Shape::Named(id) = shape {
        match &api.get(*id)?.kind {
            TypeKind::Object(_) | TypeKind::Union(_) => return Some(*id),
            TypeKind::Alias(inner) if seen.insert(*id) => shape = &inner.shape,
            TypeKind::Alias(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => return None,
        }
    }
    None
}
