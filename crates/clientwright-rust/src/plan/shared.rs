//! Types that are names for others which say the same: which may become such, and what they stand for.
//!
//! In: what a person decided, and the names that were given before. Out: a [`Standing`] for each type, and a value under
//! the one name of its type. Never happens: a type
//! that a person speaks of by its name changed by what is said of another, or one that callers know as a type of its own
//! made a name.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::model::{Shape, Type, TypeId, TypeKind, TypeRef};
use clientwright_api::{Api, Standing};

use super::Planning;
use super::types::{REQUIRED_KEY, key};
use crate::config::Config;
use crate::lock::{Given, Lock};
use crate::model::{Constructor, Ident, Item, ItemKind, MadeOf, RustType, Struct, Travels, TypeModule};

/// How free each type is, with what a person decided and the names that were given before.
pub(super) fn standing<'a>(config: &'a Config, given: &'a Lock) -> impl Fn(&Type) -> Standing + 'a {
    let types = config.types.iter().map(|(name, _)| name.value.as_str());
    let derives = config.derives.0.iter().map(|(name, _)| name.value.as_str());
    let whole: BTreeSet<&str> = types.chain(derives).collect();
    let members: Vec<&str> = config.rename.members.iter().map(|(name, _)| name.value.as_str()).collect();
    move |found| {
        let name = found.name.to_string();
        let of_it = |member: &&str| member.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'));
        if whole.contains(name.as_str()) || members.iter().any(of_it) {
            Standing::Alone
        } else if given.members.contains_key(&key(found)) {
            Standing::Kept
        } else {
            Standing::Free
        }
    }
}

/// The keys of types that are names for others, each with the key of that one.
pub(super) fn same(api: &Api, shared: &BTreeMap<TypeId, TypeId>) -> Given {
    let pairs = shared.iter().filter_map(|(name, target)| Some((key(api.get(*name)?), key(api.get(*target)?))));
    pairs.collect()
}

/// Where the constructor of a type takes a struct, gives each other name of the type one for that struct too.
pub(super) fn name_required(planning: &mut Planning<'_>, modules: &mut [TypeModule]) {
    let mut required: BTreeMap<Ident, Ident> = BTreeMap::new();
    for item in modules.iter().flat_map(|module| &module.items) {
        if let ItemKind::Struct(Struct { constructor: Constructor::Struct(name), .. }) = &item.kind {
            required.insert(item.name.clone(), name.clone());
        }
    }
    for (name, target) in planning.shared.clone() {
        let Some(found) = planning.api.get(name) else { continue };
        let (ident, target) = (planning.type_name(name), planning.type_name(target));
        let Some(required) = required.get(&target) else { continue };
        let named = |module: &TypeModule| module.items.iter().position(|item| item.name == ident);
        let Some((place, module)) = modules.iter_mut().find_map(|module| Some((named(module)?, module))) else {
            continue;
        };
        let words = format!("{ident} required");
        let twin = planning.types.scope.name_for(&format!("{}{REQUIRED_KEY}", key(found)), &words, "Members");
        let held = RustType::Named { name: required.clone(), made_of: MadeOf::Itself, outside: false };
        let item = Item {
            name: twin,
            docs: Vec::new(),
            deprecated: false,
            kind: ItemKind::Alias(held),
            travels: Travels::Both,
            derives: Vec::new(),
            view_of: None,
        };
        module.items.insert(place + 1, item);
    }
}

impl Planning<'_> {
    /// A value, under the name of the type that its own is a name for where the two say the same.
    pub(super) fn shared(&self, mut value: TypeRef) -> TypeRef {
        if let Some(id) = value.named_mut() {
            while let Some(TypeKind::Alias(TypeRef { shape: Shape::Named(inner), nullable: false })) =
                self.generated(*id)
            {
                *id = *inner;
            }
        }
        value
    }
}
