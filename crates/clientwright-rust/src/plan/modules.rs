//! Cuts the types into modules.
//!
//! In: what the document calls each component and each operation that has types, with these. Out: modules, each with those
//! whose names begin alike. Never happens: a module that depends on the order of the document.

use std::collections::{BTreeMap, VecDeque};

use clientwright_api::model::Origin;

use crate::model::{Item, TypeModule};
use crate::names::{Case, Scope, spell};

/// Most types of a module whose names begin with other words further on.
const MOST: usize = 64;

/// The types of a component or of an operation, with the words of its name.
type Owned = (Vec<String>, Vec<Item>);

/// What begins with the same word stands together; where that is much, what begins with the same words.
pub(super) fn cut(types: Vec<(&Origin, Vec<Item>)>) -> Vec<TypeModule> {
    let mut scope = Scope::modules();
    let owned = types.into_iter().map(|(Origin::Component(name) | Origin::Operation(name), items)| {
        let words = spell(name, Case::Module);
        (words.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect(), items)
    });
    let mut parts: VecDeque<(usize, Vec<Owned>)> = parted(0, owned.collect()).into();
    let mut modules = Vec::new();
    while let Some((depth, group)) = parts.pop_front() {
        let types: usize = group.iter().map(|(_, items)| items.len()).sum();
        let common = common(&group);
        if types > MOST && group.iter().any(|(words, _)| words.len() > depth) {
            parts.extend(parted(common.max(depth), group));
            continue;
        }
        let name = group.first().and_then(|(words, _)| words.get(..common)).unwrap_or_default().join("_");
        let items = group.into_iter().flat_map(|(_, items)| items).collect();
        modules.push(TypeModule { name: scope.name(&name, "types"), items });
    }
    modules
}

/// The groups of those that have the same word at this place, with how many words each has in common at least.
fn parted(place: usize, group: Vec<Owned>) -> Vec<(usize, Vec<Owned>)> {
    let mut parts: BTreeMap<Option<String>, Vec<Owned>> = BTreeMap::new();
    for owned in group {
        parts.entry(owned.0.get(place).cloned()).or_default().push(owned);
    }
    parts.into_iter().map(|(word, group)| (place + usize::from(word.is_some()), group)).collect()
}

/// How many words all have in common.
fn common(group: &[Owned]) -> usize {
    let Some((first, rest)) = group.split_first() else { return 0 };
    let alike = |words: &[String]| first.0.iter().zip(words).take_while(|(one, other)| one == other).count();
    rest.iter().map(|(words, _)| alike(words)).min().unwrap_or(first.0.len())
}
