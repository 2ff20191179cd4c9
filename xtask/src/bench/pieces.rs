//! Single things, of which the cost of one more is taken.
//!
//! In: how many. Out: the `lib.rs` of a crate with as many of one thing, in our way. Never: what they share counted
//! (it is there however many they are).

use super::model::{Item, Model, Presence, Type, Union};
use super::operations::print_operations;
use super::print::{Way, print_lib};
use super::shapes::{enumeration, flat_fields, structure, tag_text, variant};

/// A thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A struct of ten fields.
    Struct,
    /// An enumeration of six values.
    Enum,
    /// A union of four variants, whose structs are shared.
    Union,
    /// An operation: a static description, a method with an argument in the path and a body, a request type, and an
    /// enum of four documented failures, three of them with bodies.
    Operation,
}

impl Piece {
    pub(super) const ALL: [Self; 4] = [Self::Struct, Self::Enum, Self::Union, Self::Operation];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Struct => "one struct of ten fields",
            Self::Enum => "one enum of six values",
            Self::Union => "one union of four variants",
            Self::Operation => "one operation of four failures",
        }
    }

    /// The `lib.rs` of a crate with `count` of it.
    pub(super) fn lib(self, count: usize) -> String {
        let items = match self {
            Self::Struct => (0..count).map(|index| structure(index, ten_fields())).collect(),
            Self::Enum => (0..count).map(|index| enumeration(index, 6)).collect(),
            Self::Union => unions(count),
            Self::Operation => return print_operations(count),
        };
        print_lib(&Model { items }, Way::DynTable)
    }
}

fn ten_fields() -> Vec<(Type, Presence)> {
    let mut fields = flat_fields();
    fields.push((Type::Text, Presence::Optional));
    fields.push((Type::Integer, Presence::Optional));
    fields
}

fn unions(count: usize) -> Vec<Item> {
    let variants: Vec<(String, usize)> = (0..4).map(|index| (tag_text(0, index), index)).collect();
    let mut items: Vec<Item> = variants.iter().map(|(text, index)| variant(*index, text)).collect();
    items.extend((0..count).map(|index| {
        Item::Union(Union { name: format!("Choice{index}"), tag: "kind".to_owned(), variants: variants.clone() })
    }));
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_of_a_thing_is_more_of_the_same() {
        for piece in Piece::ALL {
            let lines = |count| piece.lib(count).lines().count();
            assert_eq!(lines(9) - lines(7), lines(7) - lines(5), "{}", piece.name());
        }
    }
}
