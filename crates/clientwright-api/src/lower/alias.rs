//! Other names for shapes must come to an end.
//!
//! In: all types. Out: the same, without an alias that contains itself (`Tree: { type: array, items: { $ref: Tree } }`);
//! such a list or map cannot be spelled as another name for a shape. Never happens: an object changed.

use std::collections::BTreeSet;

use clientwright_document::source::At;

use crate::model::{Shape, Type, TypeId, TypeKind, TypeRef};

/// Opens the cycles that consist of aliases only: each becomes untyped where it closes. Gives the places.
pub(super) fn open_cycles(types: &mut [Type]) -> Vec<At> {
    let mut opened = Vec::new();
    for index in 0..types.len() {
        if !leads_back(types, index) {
            continue;
        }
        if let Some(found) = types.get_mut(index) {
            found.kind = TypeKind::Alias(TypeRef { shape: Shape::Any, nullable: false });
            opened.push(found.at);
        }
    }
    opened
}

fn leads_back(types: &[Type], start: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut list = vec![start];
    while let Some(index) = list.pop() {
        let Some(TypeKind::Alias(value)) = types.get(index).map(|found| &found.kind) else { continue };
        if let Some(TypeId(next)) = value.named() {
            let next = next as usize;
            if next == start {
                return true;
            }
            if seen.insert(next) {
                list.push(next);
            }
        }
    }
    false
}
