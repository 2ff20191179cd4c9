//! What a type is when it is sent, and when it is received.
//!
//! In: all types, marked with what is sent and what is received. Out: types that hold only what travels their way; where a
//! type travels both ways and the two differ, itself or through what it contains, a second type for what is sent. Never
//! happens: a member that only the server sends asked of a caller, or one that only callers send expected of the server.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Access, Additional, Name, Object, Operation, Type, TypeId, TypeKind, TypeRef, VIEW};

/// What callers have relied on: whether a type that is sent is a view of its own.
pub(super) type Settled<'a> = &'a dyn Fn(&Name) -> Option<bool>;

/// Splits types where what is sent differs from what is received, unless that was settled before.
pub(super) fn split(types: &mut Vec<Type>, operations: &mut [Operation], settled: Settled<'_>) {
    let inputs = make_inputs(types, settled);
    for found in types.iter_mut() {
        if found.sent && !found.received {
            each_value(&mut found.kind, &mut |value| redirect(value, &inputs));
        }
        if let TypeKind::Object(object) = &mut found.kind {
            let (sent, received) = (found.sent, found.received);
            // Of a type that is one for both ways, neither side can count on what travels one way.
            for property in object.properties.iter_mut().filter(|property| property.access != Access::Both) {
                property.required &= !(sent && received);
            }
            object.properties.retain(|property| match property.access {
                Access::Both => true,
                Access::ReadOnly => received || !sent,
                Access::WriteOnly => sent || !received,
            });
        }
    }
    for operation in operations {
        for parameter in &mut operation.parameters {
            redirect(&mut parameter.value, &inputs);
        }
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.representations);
        bodies.filter_map(|body| body.form.value_mut()).for_each(|value| redirect(value, &inputs));
    }
}

/// Adds a type for what is sent to each type that needs one; gives which is whose.
fn make_inputs(types: &mut Vec<Type>, settled: Settled<'_>) -> BTreeMap<TypeId, TypeId> {
    let mut inputs = BTreeMap::new();
    for index in differing(types, settled) {
        let Some(found) = types.get_mut(index) else { continue };
        let mut input = found.clone();
        found.sent = false;
        input.received = false;
        input.name = found.name.within(VIEW);
        input.view_of = Some(id(index));
        inputs.insert(id(index), id(types.len()));
        types.push(input);
    }
    inputs
}

/// The types that travel both ways and differ, themselves or through what they contain.
fn differing(types: &mut [Type], settled: Settled<'_>) -> BTreeSet<usize> {
    let settled: Vec<Option<bool>> = types.iter().map(|found| settled(&found.name)).collect();
    let is_whole = |index: usize| settled.get(index).copied().flatten() == Some(false);
    let mut list: Vec<usize> = Vec::new();
    let mut containers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, found) in types.iter_mut().enumerate() {
        let one_way = |object: &Object| object.properties.iter().any(|property| property.access != Access::Both);
        let differs = matches!(&found.kind, TypeKind::Object(object) if one_way(object));
        if differs || settled.get(index).copied().flatten() == Some(true) {
            list.push(index);
        }
        each_value(&mut found.kind, &mut |value| {
            if let Some(TypeId(inner)) = value.named() {
                containers.entry(inner as usize).or_default().push(index);
            }
        });
    }
    let mut differing = BTreeSet::new();
    while let Some(index) = list.pop() {
        if !is_whole(index) && differing.insert(index) {
            list.extend(containers.get(&index).into_iter().flatten());
        }
    }
    differing.retain(|&index| types.get(index).is_some_and(|found| found.sent && found.received));
    differing
}

fn id(index: usize) -> TypeId {
    TypeId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Calls `each` with every value that a type holds directly.
fn each_value(kind: &mut TypeKind, each: &mut dyn FnMut(&mut TypeRef)) {
    match kind {
        TypeKind::Alias(value) => each(value),
        TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => {}
        TypeKind::Union(union) => union.variants.iter_mut().for_each(|choice| each(&mut choice.value)),
        TypeKind::Object(object) => {
            object.properties.iter_mut().for_each(|property| each(&mut property.value));
            if let Additional::Kept(value) = &mut object.additional {
                each(value);
            }
        }
    }
}

fn redirect(value: &mut TypeRef, inputs: &BTreeMap<TypeId, TypeId>) {
    if let Some(name) = value.named_mut()
        && let Some(input) = inputs.get(name)
    {
        *name = *input;
    }
}
