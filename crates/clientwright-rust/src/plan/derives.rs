//! Plans the derives that a person added.
//!
//! In: planned types, and what was asked for. Out: the same types with their derives. A trait for all types goes to those
//! that can have it; one for a type by its name has to hold there. Never happens: a derive that would not compile, where
//! that can be known: of other crates' traits and types only the compiler knows.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_document::diagnostic::Setting;
use clientwright_document::{Code, Diagnostic};

use super::Planning;
use crate::config::{Derive, KnownTrait};
use crate::model::{Ident, Item, ItemKind, RuntimeType, RustType, TypeModule};

/// Which types have a trait.
type Having = BTreeMap<KnownTrait, BTreeSet<Ident>>;

/// What keeps a type from having a trait: the part of it, and why.
struct Obstacle {
    part: String,
    why: String,
    /// The type that would have to have it too, where that is all.
    inner: Option<Ident>,
}

/// Adds the derives to the types.
pub(super) fn plan(planning: &mut Planning<'_>, modules: &mut [TypeModule]) {
    let asked: Vec<(Vec<Ident>, &Setting<String>, &Setting<Derive>)> = asked(planning, modules);
    if asked.is_empty() {
        return;
    }
    let items: Vec<Item> = modules.iter().flat_map(|module| module.items.clone()).collect();
    let possible: Having = KnownTrait::ALL.iter().map(|known| (*known, possible(&items, *known))).collect();
    let mut having: Having = Having::new();
    for known in KnownTrait::ALL {
        let had = items.iter().filter(|item| has(item, *known)).map(|item| item.name.clone());
        having.insert(*known, had.collect());
    }
    let mut paths: BTreeMap<Ident, Vec<Derive>> = BTreeMap::new();
    for (names, whose, derive) in &asked {
        match &derive.value {
            Derive::Had(had) => planning.serde |= had.starts_with("serde"),
            Derive::Path(_) => names.iter().for_each(|name| {
                let paths = paths.entry(name.clone()).or_default();
                if !paths.contains(&derive.value) {
                    paths.push(derive.value.clone());
                }
            }),
            Derive::Known(known) => {
                for needed in known.with_needed() {
                    let able = possible.get(needed).into_iter().flatten();
                    let granted = able.filter(|able| names.contains(able)).cloned();
                    having.entry(*needed).or_default().extend(granted);
                }
                check_all(planning, whose, derive, *known, names, &possible);
            }
        }
    }
    for (known, having) in &mut having {
        add_aliases(&items, *known, having);
    }
    for (names, whose, derive) in asked.iter().filter(|(_, whose, _)| whose.value != "*") {
        if let Derive::Known(known) = derive.value {
            check_one(planning, &items, names, (whose, derive, known), &possible, &having);
        }
    }
    let is_own = |item: &&mut Item| !matches!(item.kind, ItemKind::Alias(_));
    for item in modules.iter_mut().flat_map(|module| &mut module.items).filter(is_own) {
        let known = KnownTrait::ALL
            .iter()
            .filter(|known| !has(item, **known) && having.get(known).is_some_and(|having| having.contains(&item.name)));
        item.derives = known.map(|known| Derive::Known(*known)).collect();
        item.derives.extend(paths.remove(&item.name).unwrap_or_default());
    }
}

/// The types that each derive was asked for: by their names those of a name and their views, or all that are no aliases.
fn asked<'a>(
    planning: &mut Planning<'a>,
    modules: &[TypeModule],
) -> Vec<(Vec<Ident>, &'a Setting<String>, &'a Setting<Derive>)> {
    let items: BTreeMap<&Ident, &ItemKind> =
        modules.iter().flat_map(|module| &module.items).map(|item| (&item.name, &item.kind)).collect();
    let is_own = |name: &Ident| items.get(name).is_some_and(|kind| !matches!(kind, ItemKind::Alias(_)));
    let mut asked = Vec::new();
    for (whose, derives) in &planning.config.derives.0 {
        let names: Vec<Ident> = if whose.value == "*" {
            items.keys().map(|name| (*name).clone()).filter(is_own).collect()
        } else {
            planning.named(whose).into_iter().map(|id| planning.type_name(id)).filter(is_own).collect()
        };
        if names.is_empty() && whose.value != "*" && planning.is_name(&whose.value) {
            let title = format!("`{}` is no type of its own, so nothing is derived for it", whose.value);
            let diagnostic = Diagnostic::new(Code::UnusedSetting, title).set(whose, "is another name for a type");
            planning.diagnostics.push(diagnostic.help("name the type that it stands for"));
        }
        asked.extend(derives.iter().map(|derive| (names.clone(), whose, derive)));
    }
    asked.retain(|(names, ..)| !names.is_empty());
    asked
}

/// Reports a derive for all types that none of them can have.
fn check_all(
    planning: &mut Planning<'_>,
    whose: &Setting<String>,
    derive: &Setting<Derive>,
    known: KnownTrait,
    names: &[Ident],
    possible: &Having,
) {
    let able = possible.get(&known).is_some_and(|able| names.iter().any(|name| able.contains(name)));
    if whose.value == "*" && !able {
        let title = format!("no type can have `{}`", known.as_str());
        let diagnostic = Diagnostic::new(Code::UnusedSetting, title).set(derive, "applies to nothing");
        planning.diagnostics.push(diagnostic.help("remove it from the list"));
    }
}

/// Reports a derive for one type that it cannot have, or that what it holds has not got.
fn check_one(
    planning: &mut Planning<'_>,
    items: &[Item],
    names: &[Ident],
    (whose, derive, known): (&Setting<String>, &Setting<Derive>, KnownTrait),
    possible: &Having,
    having: &Having,
) {
    let none = BTreeSet::new();
    for item in items.iter().filter(|item| names.contains(&item.name)) {
        for needed in known.with_needed() {
            let (able, having) = (possible.get(needed).unwrap_or(&none), having.get(needed).unwrap_or(&none));
            let Some(found) = obstacle(item, *needed, having) else { continue };
            let title = format!("`{}` cannot have `{}`", whose.value, known.as_str());
            let diagnostic = Diagnostic::new(Code::ImpossibleDerive, title);
            let diagnostic = diagnostic.set(derive, format!("{}: {}", found.part, found.why));
            let help = match found.inner.filter(|inner| able.contains(inner)) {
                Some(inner) => format!(
                    "add `{}` to `{inner}` too, or to all types: `\"*\" = [\"{}\"]`",
                    known.as_str(),
                    known.as_str()
                ),
                None => "remove it, or put a type of your own in the place of what prevents it".to_owned(),
            };
            planning.diagnostics.push(diagnostic.help(help));
            break;
        }
    }
}

/// The types that could have a trait if all others that can had it.
fn possible(items: &[Item], known: KnownTrait) -> BTreeSet<Ident> {
    let mut able: BTreeSet<Ident> = items.iter().map(|item| item.name.clone()).collect();
    loop {
        let kept: Vec<&Item> =
            items.iter().filter(|item| able.contains(&item.name) && obstacle(item, known, &able).is_none()).collect();
        if kept.len() == able.len() {
            return able;
        }
        able = kept.into_iter().map(|item| item.name.clone()).collect();
    }
}

/// Adds the other names of what has a trait.
fn add_aliases(items: &[Item], known: KnownTrait, having: &mut BTreeSet<Ident>) {
    loop {
        let before = having.len();
        for item in items {
            if matches!(item.kind, ItemKind::Alias(_)) && obstacle(item, known, having).is_none() {
                having.insert(item.name.clone());
            }
        }
        if having.len() == before {
            return;
        }
    }
}

/// Whether a type has a trait without being asked.
fn has(item: &Item, known: KnownTrait) -> bool {
    match (&item.kind, known) {
        (ItemKind::TextEnum(_), KnownTrait::Eq | KnownTrait::Hash)
        | (ItemKind::IntegerEnum(..), KnownTrait::Eq | KnownTrait::Hash | KnownTrait::Copy) => true,
        (
            ItemKind::TextEnum(_)
            | ItemKind::IntegerEnum(..)
            | ItemKind::Struct(_)
            | ItemKind::Union(_)
            | ItemKind::Alias(_),
            _,
        ) => false,
    }
}

/// What keeps a type from having a trait, where those in `having` have it.
fn obstacle(item: &Item, known: KnownTrait, having: &BTreeSet<Ident>) -> Option<Obstacle> {
    let part = |part: String, rust_type: &RustType| {
        let (why, inner) = lack(rust_type, known, having)?;
        Some(Obstacle { part, why, inner })
    };
    match &item.kind {
        ItemKind::Alias(target) => part("what it stands for".to_owned(), target),
        ItemKind::IntegerEnum(..) => None,
        ItemKind::TextEnum(_) => {
            let why = "holds text".to_owned();
            (known == KnownTrait::Copy).then(|| Obstacle { part: "its `Unknown`".to_owned(), why, inner: None })
        }
        ItemKind::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| (field.name.to_string(), field.rust_type.clone()));
            let rest =
                structure.rest.iter().map(|(name, value)| (name.to_string(), RustType::Map(Box::new(value.clone()))));
            fields.chain(rest).find_map(|(name, rust_type)| part(format!("its `{name}`"), &rust_type))
        }
        ItemKind::Union(variants) => {
            let found = variants.iter().find_map(|variant| part(format!("its `{}`", variant.name), &variant.rust_type));
            found.or_else(|| part("its `Unknown`".to_owned(), &RustType::Runtime(RuntimeType::Value)))
        }
    }
}

/// Why a type has not got a trait, and the generated type whose lack it is.
fn lack(rust_type: &RustType, known: KnownTrait, having: &BTreeSet<Ident>) -> Option<(String, Option<Ident>)> {
    let is = |what: &str| Some((format!("{what} has no `{}`", known.as_str()), None));
    let copied = known == KnownTrait::Copy;
    match rust_type {
        RustType::Primitive("f32" | "f64") if matches!(known, KnownTrait::Eq | KnownTrait::Hash | KnownTrait::Ord) => {
            is("a number with a fraction")
        }
        RustType::Runtime(RuntimeType::Value)
            if matches!(known, KnownTrait::PartialOrd | KnownTrait::Ord | KnownTrait::Copy) =>
        {
            is("untyped JSON")
        }
        RustType::String if copied => is("text"),
        RustType::Bytes | RustType::Runtime(RuntimeType::Base64 | RuntimeType::Base64Url) if copied => {
            is("a list of bytes")
        }
        RustType::List(_) if copied => is("a list"),
        RustType::Map(_) if copied => is("a map"),
        RustType::Boxed(_) if copied => is("a box"),
        RustType::List(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Field(inner)
        | RustType::Boxed(inner) => lack(inner, known, having),
        RustType::Named { name, .. } if !having.contains(name) => {
            Some((format!("`{name}` has no `{}`", known.as_str()), Some(name.clone())))
        }
        RustType::Primitive(_)
        | RustType::String
        | RustType::Bytes
        | RustType::Runtime(_)
        | RustType::Named { .. }
        | RustType::Own(_)
        | RustType::Unit => None,
    }
}
