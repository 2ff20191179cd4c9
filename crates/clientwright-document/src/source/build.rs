//! Nodes from the data model of serde, for JSON and YAML alike.
//!
//! In: a deserializer. Out: records in [`Sources`], in preorder. Never: deeper than
//! [`MAX_DEPTH`], more nodes or text than the [`Budget`] allows; what stopped the building is
//! kept in [`Builder::stop`].

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::node::{NONE, Payload, Record};
use super::{At, MAX_DEPTH, Sources};

/// Builds the nodes of one file.
pub(super) struct Builder<'s> {
    sources: &'s mut Sources,
    budget: Budget,
    /// Whether `<<` merges mappings, as in YAML.
    merge_keys: bool,
    depth: usize,
    /// Keys of the objects that are open, with their nodes.
    keys: Vec<(u32, u32)>,
    /// Faults that do not stop the building.
    pub(super) faults: Vec<Fault>,
    /// The limit that stopped the building.
    pub(super) stop: Option<Stop>,
    /// The file holds no value at all, or nothing but null.
    pub(super) empty: bool,
}

/// What one file may still use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Nodes, aliases expanded.
    pub(super) nodes: usize,
    /// Bytes of text, aliases expanded.
    pub(super) text: usize,
}

/// A limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Depth,
    Nodes,
    Text,
}

/// Something that is wrong with a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// The key of `repeated` stands at `first` already.
    DuplicateKey { first: At, repeated: At },
    /// The value carries a YAML tag of its own.
    Tag { at: At, tag: String },
    /// `.nan` or `.inf`.
    NotFinite { at: At },
    /// `<<` with something else than a mapping or a list of mappings.
    Merge { at: At },
}

impl<'s> Builder<'s> {
    pub(super) fn new(sources: &'s mut Sources, budget: Budget, merge_keys: bool) -> Self {
        Self { sources, budget, merge_keys, depth: 0, keys: Vec::new(), faults: Vec::new(), stop: None, empty: false }
    }

    /// The seed of the root.
    pub(super) fn root<'b>(&'b mut self) -> Seed<'b, 's> {
        Seed { builder: self, parent: NONE, step: NONE }
    }

    fn add<E: Error>(&mut self, parent: u32, step: u32, payload: Payload) -> Result<u32, E> {
        if self.budget.nodes == 0 {
            return Err(self.stopped(Stop::Nodes));
        }
        self.budget.nodes -= 1;
        let index = u32::try_from(self.sources.nodes.len()).map_err(|_| self.stopped::<E>(Stop::Nodes))?;
        self.sources.nodes.push(Record { parent, step, end: index + 1, repeated: false, payload });
        Ok(index)
    }

    fn intern<E: Error>(&mut self, text: &str) -> Result<u32, E> {
        let Some(rest) = self.budget.text.checked_sub(text.len()) else {
            return Err(self.stopped(Stop::Text));
        };
        self.budget.text = rest;
        let strings = &mut self.sources.strings;
        let number = strings.get_index_of(text).unwrap_or_else(|| strings.insert_full(text.into()).0);
        u32::try_from(number).map_err(|_| self.stopped(Stop::Text))
    }

    fn stopped<E: Error>(&mut self, stop: Stop) -> E {
        self.stop = Some(stop);
        E::custom("a limit was reached")
    }

    fn open<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.stopped(Stop::Depth)) } else { Ok(()) }
    }

    fn close(&mut self, node: u32) {
        self.depth -= 1;
        let end = u32::try_from(self.sources.nodes.len()).unwrap_or(NONE);
        if let Some(record) = self.record(node) {
            record.end = end;
        }
    }

    fn record(&mut self, node: u32) -> Option<&mut Record> {
        self.sources.nodes.get_mut(node as usize)
    }

    /// Reports the keys that stand twice among those from `start` on, and forgets them.
    fn check_keys(&mut self, start: usize) {
        let mut keys = self.keys.split_off(start.min(self.keys.len()));
        keys.sort_unstable();
        let mut first: Option<(u32, u32)> = None;
        for (key, node) in keys {
            match first {
                Some((found, first)) if found == key => {
                    if let Some(record) = self.record(node) {
                        record.repeated = true;
                    }
                    let (first, repeated) = (At::from_index(first as usize), At::from_index(node as usize));
                    self.faults.push(Fault::DuplicateKey { first: first.key(), repeated: repeated.key() });
                }
                Some(_) | None => first = Some((key, node)),
            }
        }
    }

    /// Marks an object that merges others, and reports what cannot be merged.
    fn check_merge(&mut self, object: u32, member: u32) {
        if let Some(record) = self.record(object) {
            record.payload = Payload::Object { merge: true };
        }
        let value = self.sources.node(At::from_index(member as usize));
        let sound = match value.kind() {
            super::Kind::Object => true,
            super::Kind::List => value.items().all(|item| item.kind() == super::Kind::Object),
            super::Kind::Null | super::Kind::Boolean | super::Kind::Number | super::Kind::String => false,
        };
        if !sound {
            self.faults.push(Fault::Merge { at: value.at() });
        }
    }
}

/// Reads one value into the arena and gives its node.
pub(super) struct Seed<'b, 's> {
    builder: &'b mut Builder<'s>,
    parent: u32,
    step: u32,
}

impl Seed<'_, '_> {
    fn add<E: Error>(self, payload: Payload) -> Result<u32, E> {
        self.builder.add(self.parent, self.step, payload)
    }

    fn add_wide<E: Error>(self, digits: &str) -> Result<u32, E> {
        let digits = self.builder.intern(digits)?;
        self.add(Payload::Wide(digits))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u32, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = u32;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<u32, E> {
        self.builder.empty |= self.parent == NONE;
        self.add(Payload::Null)
    }

    fn visit_none<E: Error>(self) -> Result<u32, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<u32, E> {
        self.add(Payload::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<u32, E> {
        self.add(Payload::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<u32, E> {
        self.add(u64::try_from(value).map_or(Payload::Signed(value), Payload::Unsigned))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<u32, E> {
        self.add_wide(&value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<u32, E> {
        self.add_wide(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<u32, E> {
        if value.is_finite() {
            return self.add(Payload::Float(value));
        }
        let at = At::from_index(self.builder.sources.nodes.len());
        self.builder.faults.push(Fault::NotFinite { at });
        self.add(Payload::Null)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<u32, E> {
        let text = self.builder.intern(value)?;
        self.add(Payload::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<u32, A::Error> {
        let Self { builder, parent, step } = self;
        let list = builder.add(parent, step, Payload::List)?;
        builder.open()?;
        let mut step = 0;
        while access.next_element_seed(Seed { builder: &mut *builder, parent: list, step })?.is_some() {
            step += 1;
        }
        builder.close(list);
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<u32, A::Error> {
        let Self { builder, parent, step } = self;
        let object = builder.add(parent, step, Payload::Object { merge: false })?;
        builder.open()?;
        let start = builder.keys.len();
        while let Some((key, merge)) = access.next_key_seed(KeySeed { builder: &mut *builder })? {
            let member = access.next_value_seed(Seed { builder: &mut *builder, parent: object, step: key })?;
            builder.keys.push((key, member));
            if merge {
                builder.check_merge(object, member);
            }
        }
        builder.check_keys(start);
        builder.close(object);
        Ok(object)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<u32, A::Error> {
        let (tag, content) = access.variant::<String>()?;
        let at = At::from_index(self.builder.sources.nodes.len());
        self.builder.faults.push(Fault::Tag { at, tag });
        content.newtype_variant_seed(self)
    }
}

/// Reads a key as text, whatever YAML takes it for, and tells whether it is a merge key.
struct KeySeed<'b, 's> {
    builder: &'b mut Builder<'s>,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = (u32, bool);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(u32, bool), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_> {
    type Value = (u32, bool);

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(u32, bool), E> {
        Ok((self.builder.intern(key)?, self.builder.merge_keys && key == "<<"))
    }
}
