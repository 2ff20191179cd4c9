//! A single position in YAML that the event parser does not read.
//!
//! In: YAML that the value parser has accepted, and the ordinals of the steps to a node. Out: the
//! line and column at which the value parser stands when it comes there: it tells them only in
//! errors, so this walk ends in one. Never: more than one reading of the text for a position.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// The line and column, both from 1, of the value at a path, or of its key.
pub(super) fn locate(text: &str, path: &[usize], key: bool) -> Option<(usize, usize)> {
    let walk = Walk { path, key };
    let error = walk.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    error.location().map(|location| (location.line(), location.column()))
}

/// How many bytes at the start of a line's rest belong to one scalar.
pub(super) fn scalar_length(rest: &str) -> usize {
    if let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        return rest.get(1..).and_then(|rest| rest.find(quote)).map_or(rest.len(), |end| end + 2);
    }
    let ends = [": ", " #", ", ", "]", "}"].iter().filter_map(|end| rest.find(end));
    let end = ends.min().unwrap_or(rest.len());
    rest.get(..end).map_or(rest.len(), |scalar| scalar.trim_end().trim_end_matches(':').len()).max(1)
}

/// Walks to a node and fails there.
struct Walk<'p> {
    path: &'p [usize],
    key: bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the end of the walk")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((ordinal, path)) = self.path.split_first() else { return Err(A::Error::custom("arrived")) };
        for _ in 0..*ordinal {
            access.next_element::<IgnoredAny>()?;
        }
        access.next_element_seed(Walk { path, key: self.key }).map(|_| ())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((ordinal, path)) = self.path.split_first() else { return Err(A::Error::custom("arrived")) };
        for _ in 0..*ordinal {
            access.next_entry::<IgnoredAny, IgnoredAny>()?;
        }
        if path.is_empty() && self.key {
            return access.next_key_seed(Arrived).map(|_| ());
        }
        access.next_key::<IgnoredAny>()?;
        access.next_value_seed(Walk { path, key: self.key })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let (_, content) = access.variant::<String>()?;
        content.newtype_variant_seed(self)
    }
}

/// The key at the end of a walk; any value fails.
struct Arrived;

impl<'de> DeserializeSeed<'de> for Arrived {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Arrived {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the end of the walk")
    }
}
