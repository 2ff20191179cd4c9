//! Identical inline types become one type with several names.
//!
//! In: all types of an API, and how free each is. Out: the same types, of which those that say the same of the wire, of
//! the members and of what is said about each member are other names for one of them. Never happens: a name that is
//! lost, a component that becomes a name for another, a type changed that somebody relies on being its own.
//!
//! A name for a type costs callers nothing when the document takes the two apart again: what they wrote with each name is
//! still right. Only code that passes one for the other without a word will be told so by the compiler.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Api;
use crate::model::{Additional, Object, Property, Shape, Type, TypeId, TypeKind, TypeRef};

/// How free a type is to be the same as others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may become a name for another type.
    Free,
    /// It stays a type; others may become names for it.
    Kept,
    /// It stays a type that nothing else is a name for.
    Alone,
}

/// Makes identical inline types one; `standing` says how free each is. Gives those that are names now, each with the type it
/// is a name for.
pub fn share(api: &mut Api, standing: &dyn Fn(&Type) -> Standing) -> BTreeMap<TypeId, TypeId> {
    let mut standings: Vec<Standing> = api.types.iter().map(|found| whole(found, standing(found))).collect();
    let sources = api.types.iter().filter_map(|found| found.view_of).collect::<Vec<_>>();
    for TypeId(source) in sources {
        if let Some(source) = standings.get_mut(source as usize) {
            *source = Standing::Alone;
        }
    }
    let own: Vec<String> = api.types.iter().map(|found| form(&found.kind, found.deprecated)).collect();
    let mut targets: Vec<usize> = (0..api.types.len()).collect();
    // What an inline type is the same as may be a component; types that differed in these two alone are then the same.
    loop {
        let next = targets_of(api, &standings, &own, &targets);
        if next == targets {
            break;
        }
        targets = next;
    }
    rename(api, &targets)
}

/// The standing of a type, as far as it is not a person's decision.
fn whole(found: &Type, standing: Standing) -> Standing {
    match &found.kind {
        _ if found.view_of.is_some() => Standing::Alone,
        TypeKind::Alias(_) => Standing::Alone,
        _ if found.name.path.is_empty() && standing == Standing::Free => Standing::Kept,
        TypeKind::Object(_) | TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_) => standing,
    }
}

/// For each type the one that it becomes a name for, or itself, where `known` are those found before.
fn targets_of(api: &Api, standings: &[Standing], own: &[String], known: &[usize]) -> Vec<usize> {
    let classes = classes(api, standings, own, known);
    let mut of_class: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate() {
        of_class.entry(*class).or_default().push(index);
    }
    let mut targets: Vec<usize> = (0..own.len()).collect();
    for members in of_class.into_values().filter(|members| members.len() > 1) {
        let Some(target) = members.iter().copied().min_by_key(|&index| preference(api, standings, index)) else {
            continue;
        };
        for index in members {
            if standings.get(index) == Some(&Standing::Free)
                && let Some(place) = targets.get_mut(index)
            {
                *place = target;
            }
        }
    }
    targets
}

/// What makes a type the one that others are names for: a component, then what somebody relies on, then a short name.
fn preference(api: &Api, standings: &[Standing], index: usize) -> (bool, bool, usize, usize) {
    let name = api.types.get(index).map(|found| &found.name);
    let is_free = standings.get(index) == Some(&Standing::Free);
    let length = name.map_or(0, |name| name.to_string().len());
    (name.is_some_and(|name| !name.path.is_empty()), is_free, length, index)
}

/// The class of each type: two of one class cannot be told apart by what they say, nor by what the types within them do.
fn classes(api: &Api, standings: &[Standing], own: &[String], known: &[usize]) -> Vec<usize> {
    // Whatever is not free is told apart as a part of something; in itself it may be the same as what is free.
    let is_free = |index: usize| standings.get(index) == Some(&Standing::Free);
    let parts: Vec<Vec<usize>> = api.types.iter().map(|found| parts(found, known)).collect();
    let mut classes = numbered(own.iter().enumerate().map(|(index, form)| {
        let alone = standings.get(index) == Some(&Standing::Alone);
        (form.as_str(), alone.then_some(index))
    }));
    loop {
        let as_part = |part: &usize| {
            if is_free(*part) { (classes.get(*part).copied(), None) } else { (None, Some(*part)) }
        };
        let next = numbered(parts.iter().enumerate().map(|(index, parts)| {
            let class = classes.get(index).copied();
            (class, parts.iter().map(as_part).collect::<Vec<_>>())
        }));
        let counts = [&classes, &next].map(|classes| classes.iter().max().copied());
        classes = next;
        if counts[0] == counts[1] {
            return classes;
        }
    }
}

/// A number for each key, the same for the same.
fn numbered<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut numbers: BTreeMap<K, usize> = BTreeMap::new();
    keys.map(|key| {
        let next = numbers.len();
        *numbers.entry(key).or_insert(next)
    })
    .collect()
}

/// The types that a type holds directly, in its order, each by what it is a name for.
fn parts(found: &Type, known: &[usize]) -> Vec<usize> {
    let held = found.kind.values().into_iter().filter_map(TypeRef::named);
    held.map(|TypeId(index)| known.get(index as usize).copied().unwrap_or(index as usize)).collect()
}

/// What a type says without the types within it, and without what is said about it as a whole.
fn form(kind: &TypeKind, deprecated: bool) -> String {
    let mut form = if deprecated { "deprecated ".to_owned() } else { String::new() };
    match kind {
        TypeKind::Object(object) => object_form(&mut form, object),
        TypeKind::TextEnum(values) => {
            let texts: Vec<&str> = values.variants.iter().map(|variant| variant.text.as_str()).collect();
            write_form(&mut form, format_args!("texts {texts:?}"));
        }
        TypeKind::IntegerEnum(values) => write_form(&mut form, format_args!("integers {values:?}")),
        TypeKind::Union(union) => {
            for choice in &union.variants {
                write_form(&mut form, format_args!("choice {:?} {:?} ", choice.words, choice.test));
                value_form(&mut form, &choice.value);
            }
        }
        TypeKind::Alias(_) => {}
    }
    form
}

fn object_form(form: &mut String, object: &Object) {
    for property in &object.properties {
        // Spelled out, so that a member that a property gains is not forgotten here.
        let Property { at: _, key, docs, deprecated, access, required, value, limits, xml, default } = property;
        let default = default.as_ref().map(|default| default.value.to_json());
        let said = (key, docs, deprecated, access, required, limits, xml, default);
        write_form(form, format_args!("member {said:?} "));
        value_form(form, value);
    }
    match &object.additional {
        Additional::Ignored => {}
        Additional::Kept(value) => {
            form.push_str("further ");
            value_form(form, value);
        }
    }
}

/// A value without the type within it.
fn value_form(form: &mut String, value: &TypeRef) {
    if value.nullable {
        form.push('?');
    }
    match &value.shape {
        Shape::List(inner) => {
            form.push_str("list ");
            value_form(form, inner);
        }
        Shape::Map(inner) => {
            form.push_str("map ");
            value_form(form, inner);
        }
        Shape::Named(_) => form.push_str("type;"),
        shape @ (Shape::Any
        | Shape::Boolean
        | Shape::BooleanNumber
        | Shape::Integer(_)
        | Shape::Number { .. }
        | Shape::Decimal
        | Shape::Text(_)
        | Shape::File) => write_form(form, format_args!("{shape:?};")),
    }
}

fn write_form(form: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = form.write_fmt(what);
}

/// Makes each type that has another target a name for it; whatever way it travels, its target does too.
fn rename(api: &mut Api, targets: &[usize]) -> BTreeMap<TypeId, TypeId> {
    let ids = (0..).map(TypeId).zip(targets);
    let ids = ids.filter_map(|(id, target)| Some((id, TypeId(u32::try_from(*target).ok()?))));
    let names: BTreeMap<TypeId, TypeId> = ids.filter(|(id, target)| id != target).collect();
    for (&name, &target) in &names {
        let Some(found) = api.types.get_mut(name.0 as usize) else { continue };
        let (sent, received) = (found.sent, found.received);
        found.kind = TypeKind::Alias(TypeRef { shape: Shape::Named(target), nullable: false });
        if let Some(target) = api.types.get_mut(target.0 as usize) {
            target.sent |= sent;
            target.received |= received;
        }
    }
    names
}
