//! Cuts the types into modules.
//!
//! In: what the document calls each component and each operation that has types, with these. Out: modules, each with those
//! whose names begin alike; further names of a type stand with it. Never happens: a module that depends on the order of the document.

use std::collections::{BTreeMap, VecDeque};

use clientwright_api::model::Origin;

use crate::model::{Ident, Item, TypeModule};
use crate::names::{Case, Scope, spell};

/// Most types of a module whose names begin with other words further on.
const MOST: usize = 64;

/// As many types as have a module of their own beside others whose names begin alike.
const ENOUGH: usize = 16;

/// The types of a component or of an operation, with the words of its name.
type Owned = (Vec<String>, Vec<Item>);

/// Some whose names begin with the same words.
struct Group {
    /// How many words these are at least.
    alike: usize,
    /// Whether they stay together, however many they are.
    whole: bool,
    owned: Vec<Owned>,
}

/// What begins with the same word stands together; where that is much, what begins with the same words, and what is left.
pub(super) fn cut(mut types: Vec<(&Origin, Vec<Item>)>) -> Vec<TypeModule> {
    let mut scope = Scope::modules();
    gather(&mut types);
    let owned = types.into_iter().map(|(Origin::Component(name) | Origin::Operation(name), items)| {
        let words = spell(name, Case::Module);
        (words.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect(), items)
    });
    let mut groups: VecDeque<Group> = parted(0, owned.collect()).into();
    let mut modules = Vec::new();
    while let Some(group) = groups.pop_front() {
        let alike = if group.whole { group.alike } else { alike(&group.owned).max(group.alike) };
        let parts = group.owned.iter().any(|(words, _)| words.len() > alike);
        if !group.whole && parts && types_of(&group.owned) > MOST {
            groups.extend(parted(alike, group.owned));
            continue;
        }
        let name = group.owned.first().and_then(|(words, _)| words.get(..alike)).unwrap_or_default().join("_");
        let items = group.owned.into_iter().flat_map(|(_, items)| items).collect();
        modules.push(TypeModule { name: scope.name(&name, "types"), items });
    }
    modules
}

/// Puts names beside the types that they are further names of, wherever the document has them.
fn gather(types: &mut Vec<(&Origin, Vec<Item>)>) {
    let mut homes: BTreeMap<Ident, usize> = BTreeMap::new();
    let mut names = Vec::new();
    for (place, (_, items)) in types.iter_mut().enumerate() {
        names.extend(items.extract_if(.., |item| item.named().is_some()).map(|item| (place, item)));
        homes.extend(items.iter().map(|item| (item.name.clone(), place)));
    }
    for (place, item) in names {
        let home = item.named().and_then(|name| homes.get(name)).copied().unwrap_or(place);
        if let Some((_, items)) = types.get_mut(home) {
            items.push(item);
        }
    }
    types.retain(|(_, items)| !items.is_empty());
}

/// The groups of those that have the same word at this place. What ends there, and what is too little, is one of its own.
fn parted(place: usize, owned: Vec<Owned>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Owned>> = BTreeMap::new();
    let mut left = Vec::new();
    for one in owned {
        match one.0.get(place) {
            Some(word) => groups.entry(word.clone()).or_default().push(one),
            None => left.push(one),
        }
    }
    let mut parts = Vec::new();
    for owned in groups.into_values() {
        if place > 0 && types_of(&owned) < ENOUGH {
            left.extend(owned);
        } else {
            parts.push(Group { alike: place + 1, whole: false, owned });
        }
    }
    if !left.is_empty() {
        parts.push(Group { alike: place, whole: true, owned: left });
    }
    parts
}

fn types_of(owned: &[Owned]) -> usize {
    owned.iter().flat_map(|(_, items)| items).filter(|item| item.named().is_none()).count()
}

/// How many words all begin with.
fn alike(owned: &[Owned]) -> usize {
    let Some(((first, _), rest)) = owned.split_first() else { return 0 };
    let alike = |words: &[String]| first.iter().zip(words).take_while(|(one, other)| one == other).count();
    rest.iter().map(|(words, _)| alike(words)).min().unwrap_or(first.len())
}
