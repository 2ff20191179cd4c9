//! Which ways types travel, and which of them their members describe.
//!
//! In: the types of an [`Api`]. Out: for each the ways it has a form for. Never happens: a type that has a form for one
//! way and holds another that has not.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Api;
use clientwright_api::model::{Shape, TypeId, TypeKind, TypeRef};

use crate::model::Travels;

/// Which ways each type travels. What no operation carries is there for whatever its users do with it and goes both ways, with
/// all that it holds. Where the server makes requests of its own, as webhooks are, what no operation carries comes with those,
/// and so may what is sent.
pub(super) fn travels(api: &Api) -> BTreeMap<TypeId, Travels> {
    let one_way = |sent: bool, received: bool| match (sent, received) {
        (true, false) if !api.delivers => Travels::Sent,
        (false, true) => Travels::Received,
        (false, false) if api.delivers => Travels::Received,
        _ => Travels::Both,
    };
    let mut travels: BTreeMap<TypeId, Travels> =
        api.types().map(|(id, found)| (id, one_way(found.sent, found.received))).collect();
    let used = |id: &TypeId| api.get(*id).is_some_and(|found| found.sent && found.received);
    let free = travels.iter().filter(|(id, way)| **way == Travels::Both && !used(id));
    let mut list: Vec<TypeId> = free.map(|(id, _)| *id).collect();
    while let Some(id) = list.pop() {
        for held in api.get(id).into_iter().flat_map(|found| found.kind.values()).filter_map(TypeRef::named) {
            if travels.insert(held, Travels::Both) != Some(Travels::Both) {
                list.push(held);
            }
        }
    }
    travels
}

/// Inline types about which the member that they are the value of says the same: its description is theirs.
pub(super) fn described(api: &Api) -> BTreeSet<TypeId> {
    let mut described = BTreeSet::new();
    for (_, owner) in api.types() {
        let TypeKind::Object(object) = &owner.kind else { continue };
        for property in &object.properties {
            let Shape::Named(id) = property.value.shape else { continue };
            let inline = api.get(id).filter(|found| !found.name.path.is_empty());
            if inline.is_some_and(|found| found.docs == property.docs) {
                described.insert(id);
            }
        }
    }
    described
}
