//! The kinds of types that are measured.
//!
//! In: how many structs. Out: a [`Model`]. Never: text of a real document; `checkout` has the statistics of one, the
//! description of adyen's checkout, version 71, and nothing else of it.

use super::model::{Field, Item, Model, Presence, Struct, TextEnum, Type, Union};
use super::random::Random;

/// A kind of types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Structs of 8 fields: scalars, lists, tri-state.
    Flat,
    /// Structs of 8 fields: recursion, references, open enumerations; a map beside the fields of every second one.
    Nested,
    /// Unions of four structs of 6 fields, their tag last in the samples; every fifth struct holds unions.
    Unions,
    /// Structs like a large payment API's: 1 to 64 fields, mostly optional texts with long documentation.
    Checkout,
}

impl Shape {
    pub(super) const ALL: [Self; 4] = [Self::Flat, Self::Nested, Self::Unions, Self::Checkout];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Nested => "nested",
            Self::Unions => "unions",
            Self::Checkout => "checkout",
        }
    }

    /// The shape with `count` structs.
    pub(super) fn model(self, count: usize) -> Model {
        let items = match self {
            Self::Flat => (0..count).map(|index| structure(index, flat_fields())).collect(),
            Self::Nested => nested(count),
            Self::Unions => unions(count),
            Self::Checkout => checkout(count),
        };
        Model { items }
    }
}

/// Names of members, in place of which each struct counts on from another one.
const WORDS: [&str; 74] = [
    "account",
    "address",
    "amount",
    "balance",
    "batch",
    "beneficiary",
    "billing",
    "birthDate",
    "brand",
    "browserInfo",
    "category",
    "channel",
    "checkoutId",
    "city",
    "code",
    "comment",
    "company",
    "country",
    "createdAt",
    "currency",
    "customerId",
    "deliveryDate",
    "description",
    "device",
    "discount",
    "dueDate",
    "email",
    "endTime",
    "expiry",
    "externalId",
    "fileName",
    "fingerprint",
    "firstName",
    "grade",
    "holderName",
    "iban",
    "invoice",
    "issuer",
    "lastName",
    "legalName",
    "lineNumber",
    "locale",
    "location",
    "merchant",
    "method",
    "mobile",
    "nationality",
    "notes",
    "orderData",
    "origin",
    "owner",
    "payload",
    "phone",
    "postalCode",
    "priority",
    "product",
    "provider",
    "quantity",
    "reason",
    "redirectUrl",
    "reference",
    "region",
    "returnUrl",
    "riskData",
    "sequence",
    "session",
    "shopper",
    "signature",
    "splits",
    "startTime",
    "store",
    "street",
    "telephone",
    "trackingUri",
];

/// Texts of enumerations.
const VALUES: [&str; 8] = ["active", "on-hold", "pending", "closed", "refused", "in-review", "expired", "draft"];

/// A struct whose members have the names from `index` on.
pub(super) fn structure(index: usize, members: Vec<(Type, Presence)>) -> Item {
    let fields = members.into_iter().enumerate().map(|(place, (of, presence))| {
        let key = WORDS.iter().cycle().nth((index * 7) % WORDS.len() + place).copied().unwrap_or_default();
        Field { key: key.to_owned(), of, presence, doc: None }
    });
    Item::Struct(Struct { name: format!("Record{index}"), fields: fields.collect(), rest: None, tag: None })
}

pub(super) fn flat_fields() -> Vec<(Type, Presence)> {
    use Presence::{Nullable, Optional, Required};
    vec![
        (Type::Text, Required),
        (Type::Integer, Required),
        (Type::Text, Optional),
        (Type::Boolean, Optional),
        (Type::Number, Optional),
        (Type::List(Box::new(Type::Text)), Optional),
        (Type::Text, Nullable),
        (Type::Integer, Nullable),
    ]
}

pub(super) fn enumeration(index: usize, count: usize) -> Item {
    let values = VALUES.iter().cycle().skip(index % VALUES.len()).take(count).map(|&text| text.to_owned()).collect();
    Item::Enum(TextEnum { name: format!("Status{index}"), values })
}

/// `count` structs, after an enumeration for every fourth of them; references go to earlier structs, in chains of
/// eight at most (the compiler follows no more than 128).
fn nested(count: usize) -> Vec<Item> {
    use Presence::{Nullable, Optional, Required};
    let enums = count.div_ceil(4);
    let mut items: Vec<Item> = (0..enums).map(|index| enumeration(index, 5)).collect();
    for index in 0..count {
        let place = enums + index;
        let earlier = |back: usize| if index % 8 >= back { Type::Item(place - back) } else { Type::Text };
        let status = Type::Item(index / 4);
        let members = vec![
            (Type::Text, Required),
            (status.clone(), Required),
            (status, Optional),
            (Type::Boxed(place), Optional),
            (earlier(1), Optional),
            (Type::List(Box::new(earlier(2))), Optional),
            (Type::Text, Nullable),
            (Type::Integer, Required),
        ];
        let mut item = structure(index, members);
        if let Item::Struct(item) = &mut item
            && index % 2 == 1
        {
            item.rest = Some(if index % 4 == 1 { Type::Text } else { Type::Integer });
        }
        items.push(item);
    }
    items
}

/// For every five structs a union: four are its variants, one holds it.
fn unions(count: usize) -> Vec<Item> {
    use Presence::{Optional, Required};
    let mut items = Vec::new();
    for group in 0..count.div_ceil(5) {
        let start = items.len();
        let variants: Vec<(String, usize)> = (0..4).map(|index| (tag_text(group, index), start + index)).collect();
        for (text, index) in &variants {
            items.push(variant(*index, text));
        }
        let union = items.len();
        items.push(Item::Union(Union { name: format!("Choice{group}"), tag: "kind".to_owned(), variants }));
        let members = vec![
            (Type::Text, Required),
            (Type::Item(union), Required),
            (Type::Item(union), Optional),
            (Type::List(Box::new(Type::Item(union))), Optional),
        ];
        items.push(structure(union + 1, members));
    }
    items
}

/// The tag of a variant, like `pending-invoice`.
pub(super) fn tag_text(group: usize, index: usize) -> String {
    let value = VALUES.iter().cycle().nth(index * 2 + group).copied().unwrap_or_default();
    format!("{value}-{}", ["invoice", "payment", "refund", "transfer"].get(index).copied().unwrap_or_default())
}

pub(super) fn variant(index: usize, text: &str) -> Item {
    use Presence::{Nullable, Optional, Required};
    let members = vec![
        (Type::Text, Required),
        (Type::Integer, Required),
        (Type::Text, Optional),
        (Type::Number, Optional),
        (Type::List(Box::new(Type::Text)), Optional),
        (Type::Text, Nullable),
    ];
    let mut item = structure(index, members);
    if let Item::Struct(item) = &mut item {
        item.tag = Some(("kind".to_owned(), text.to_owned()));
    }
    item
}

/// How many members the structs have: every twelfth part of the document's, in an order that mixes them.
const CHECKOUT_FIELDS: [usize; 12] = [5, 2, 9, 3, 18, 6, 1, 12, 4, 7, 3, 34];

/// Structs with the document's shares: 89 of 100 members optional, 68 texts, 11 references, 10 enumerations, 3 lists,
/// 3 booleans, 3 integers, 2 maps; documentation of 133 characters on average; enumerations of 1 to 6 values.
fn checkout(count: usize) -> Vec<Item> {
    let mut random = Random::new(71);
    let mut items: Vec<Item> = Vec::new();
    let mut structs: Vec<usize> = Vec::new();
    for index in 0..count {
        let fields = CHECKOUT_FIELDS.iter().cycle().nth(index).copied().unwrap_or_default();
        let members = (0..fields).map(|_| checkout_member(&mut random, &mut items, &structs)).collect();
        let mut item = structure(index, members);
        if let Item::Struct(item) = &mut item {
            item.fields.iter_mut().for_each(|field| field.doc = Some(documentation(&mut random)));
        }
        structs.push(items.len());
        items.push(item);
    }
    items
}

fn checkout_member(random: &mut Random, items: &mut Vec<Item>, structs: &[usize]) -> (Type, Presence) {
    let reference =
        |random: &mut Random| structs.get(random.below(structs.len())).map_or(Type::Text, |&index| Type::Item(index));
    let of = match random.below(100) {
        0..11 => return (reference(random), Presence::Optional),
        11..21 => {
            items.push(enumeration(items.len(), 1 + random.below(6)));
            Type::Item(items.len() - 1)
        }
        21..23 => Type::List(Box::new(reference(random))),
        23 => Type::List(Box::new(Type::Text)),
        24..27 => Type::Boolean,
        27..30 => Type::Integer,
        30..32 => Type::Map(Box::new(Type::Text)),
        _ => Type::Text,
    };
    (of, if random.chance(13, 100) { Presence::Required } else { Presence::Optional })
}

fn documentation(random: &mut Random) -> String {
    let words = 4 + random.below(32);
    let words: Vec<&str> = (0..words).map(|_| random.pick(&WORDS)).collect();
    format!("The {}.", words.join(" "))
}
