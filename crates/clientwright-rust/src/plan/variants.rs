//! Plans what has variants: enumerations of texts and of integers, and unions.
//!
//! In: the values or the shapes that a document allows. Out: variants with names. Never happens: two variants of one
//! type made of the same type with `From`.

use std::collections::BTreeMap;

use clientwright_api::model::{IntegerEnum, IntegerWidth, Shape, TextEnum, Type, TypeId, TypeKind, TypeRef, Union};

use super::Planning;
use super::types::members;
use crate::lock::Lock;
use crate::model::{Ident, RustType, UnionVariant, Variant};
use crate::names::{Case, Scope, Wanted};

/// The variants of an enumeration of texts, and the scope of their names.
pub(super) fn variants(given: &Lock, found: &Type, values: &TextEnum) -> (Vec<Variant>, Scope) {
    let texts = values.variants.iter();
    let wanted: Vec<Wanted<'_>> = texts.map(|value| Wanted { key: &value.text, words: &value.text }).collect();
    let mut scope = members(given, found, Case::Pascal, &["Unknown"], &wanted);
    let names = scope.name_all(&wanted, "Value");
    let variants = values.variants.iter().zip(names);
    (variants.map(|(value, name)| Variant { name, text: value.text.clone() }).collect(), scope)
}

/// The variants of an enumeration of integers: called what the document calls them, or by their numbers.
pub(super) fn numbers(given: &Lock, found: &Type, values: &IntegerEnum) -> (Vec<(Ident, i128)>, Scope) {
    let (least, most) = range(values.width);
    let held = values.variants.iter().filter(|(value, _)| (least..=most).contains(value));
    let held: Vec<(i128, String, String)> = held
        .map(|(value, called)| {
            let words = called.clone().unwrap_or_else(|| value.to_string().replace('-', "minus "));
            (*value, value.to_string(), words)
        })
        .collect();
    let wanted: Vec<Wanted<'_>> = held.iter().map(|(_, key, words)| Wanted { key, words }).collect();
    let mut scope = members(given, found, Case::Pascal, &["Unknown"], &wanted);
    let names = scope.name_all(&wanted, "value");
    (names.into_iter().zip(held).map(|(name, (value, ..))| (name, value)).collect(), scope)
}

/// The variants of a union.
pub(super) fn choices(planning: &mut Planning<'_>, id: TypeId, found: &Type, union: &Union) -> Vec<UnionVariant> {
    let keys = choice_keys(union);
    let choices = keys.iter().zip(&union.variants);
    let wanted: Vec<Wanted<'_>> = choices.map(|(key, choice)| Wanted { key, words: &choice.words }).collect();
    let mut scope = members(planning.given, found, Case::Pascal, &["Unknown"], &wanted);
    let names = scope.name_all(&wanted, "choice");
    planning.keep(found, scope);
    let mut variants: Vec<UnionVariant> = Vec::new();
    for (index, (choice, name)) in union.variants.iter().zip(names).enumerate() {
        let mut rust_type = planning.rust_type(&choice.value);
        if planning.types.boxed.contains(&(id, index.to_string())) {
            rust_type = RustType::Boxed(Box::new(rust_type));
        }
        variants.push(UnionVariant { name, rust_type, from: true, test: choice.test.clone() });
    }
    // Only structs are surely different from one another, by whatever name: other names may stand for any shape.
    let structs: Vec<Option<TypeId>> = union.variants.iter().map(|choice| structure(planning, &choice.value)).collect();
    for (variant, held) in variants.iter_mut().zip(&structs) {
        variant.from = held.is_some() && structs.iter().filter(|other| *other == held).count() == 1;
    }
    variants
}

/// The struct that a value is, by its own name or by another for it.
fn structure(planning: &Planning<'_>, value: &TypeRef) -> Option<TypeId> {
    let TypeRef { shape: Shape::Named(id), nullable: false } = planning.shared(value.clone()) else { return None };
    planning.generated(id).filter(|kind| matches!(kind, TypeKind::Object(_))).map(|_| id)
}

/// What the choices of a union are known by.
pub(super) fn choice_keys(union: &Union) -> Vec<String> {
    repeated(union.variants.iter().map(|choice| choice.words.as_str()))
}

/// Keys out of words that may stand there several times.
fn repeated<'a>(all: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut key = |words: &'a str| {
        let count = times.entry(words).or_default();
        *count += 1;
        if *count == 1 { words.to_owned() } else { format!("{words} ({count})") }
    };
    all.map(&mut key).collect()
}

/// The least and the greatest integer of a width.
pub(super) const fn range(width: IntegerWidth) -> (i128, i128) {
    match width {
        IntegerWidth::I8 => (i8::MIN as i128, i8::MAX as i128),
        IntegerWidth::I16 => (i16::MIN as i128, i16::MAX as i128),
        IntegerWidth::I32 => (i32::MIN as i128, i32::MAX as i128),
        IntegerWidth::I64 => (i64::MIN as i128, i64::MAX as i128),
        IntegerWidth::I128 => (i128::MIN, i128::MAX),
        IntegerWidth::U8 => (0, u8::MAX as i128),
        IntegerWidth::U16 => (0, u16::MAX as i128),
        IntegerWidth::U32 => (0, u32::MAX as i128),
        IntegerWidth::U64 => (0, u64::MAX as i128),
    }
}
