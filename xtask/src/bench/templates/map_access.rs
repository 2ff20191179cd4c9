//! Types that state their wire form in a table, which is driven by code generic over serde's formats.
#![allow(unused_imports, unused_macros)] // not every shape needs every name

use std::any::Any;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, from_slice, to_vec};

trait Wire: DeserializeOwned + Serialize + Any {}
impl<T: DeserializeOwned + Serialize + Any> Wire for T {}

use support::{Field, UnknownValue};

pub mod support {
    use std::collections::BTreeMap;
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
    use serde::ser::{Error as _, SerializeMap, Serializer};
    use serde::{Deserialize, Serialize};

    pub type UnknownValue = Box<str>;

    /// A member: its key, and whether it must be there.
    pub type Member = (&'static str, bool);

    /// Absent, null or a value.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub enum Field<T> {
        #[default]
        Absent,
        Null,
        Value(T),
    }

    impl<T: Serialize> Serialize for Field<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Absent | Self::Null => serializer.serialize_none(),
                Self::Value(value) => value.serialize(serializer),
            }
        }
    }

    /// A place that a member is read into.
    pub trait Slot<'de, A: MapAccess<'de>> {
        fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;
    }

    pub struct Required<T>(pub Option<T>);

    impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
        fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
            self.0 = Some(map.next_value()?);
            Ok(())
        }
    }

    impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
        fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
            *self = map.next_value()?;
            Ok(())
        }
    }

    impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Field<T> {
        fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
            *self = map.next_value::<Option<T>>()?.map_or(Self::Null, Self::Value);
            Ok(())
        }
    }

    /// Takes the members that are not declared.
    pub trait Rest<'de, A: MapAccess<'de>> {
        fn fill(&mut self, key: String, map: &mut A) -> Result<(), A::Error>;
    }

    impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Rest<'de, A> for BTreeMap<String, T> {
        fn fill(&mut self, key: String, map: &mut A) -> Result<(), A::Error> {
            match self.insert(key, map.next_value()?) {
                None => Ok(()),
                Some(_) => Err(A::Error::custom("a key came twice")),
            }
        }
    }

    /// An object that is read from a map.
    pub trait Object: Sized {
        fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>;
    }

    struct ObjectVisitor<T>(PhantomData<T>);

    impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            T::read(&mut map)
        }
    }

    pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }

    enum Key {
        Known(usize),
        Other(Option<String>),
    }

    #[derive(Clone, Copy)]
    struct Keys {
        members: &'static [Member],
        next: usize,
        keep: bool,
    }

    impl<'de> DeserializeSeed<'de> for Keys {
        type Value = Key;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
            deserializer.deserialize_identifier(self)
        }
    }

    impl Visitor<'_> for Keys {
        type Value = Key;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a key")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Key, E> {
            let index = match self.members.get(self.next) {
                Some((key, _)) if *key == text => Some(self.next),
                _ => self.members.iter().position(|(key, _)| *key == text),
            };
            Ok(index.map_or_else(|| Key::Other(self.keep.then(|| text.to_owned())), Key::Known))
        }
    }

    /// Reads the members into their slots.
    pub fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        members: &'static [Member],
        slots: &mut [&mut dyn Slot<'de, A>],
        mut rest: Option<&mut dyn Rest<'de, A>>,
    ) -> Result<(), A::Error> {
        let mut seen = vec![0_u64; members.len().div_ceil(64)];
        let mut keys = Keys { members, next: 0, keep: rest.is_some() };
        while let Some(key) = map.next_key_seed(keys)? {
            match (key, &mut rest) {
                (Key::Known(index), _) => {
                    if seen[index / 64] & (1 << (index % 64)) != 0 {
                        return Err(A::Error::custom("a key came twice"));
                    }
                    seen[index / 64] |= 1 << (index % 64);
                    keys.next = index + 1;
                    slots[index].fill(map)?;
                }
                (Key::Other(Some(key)), Some(rest)) => rest.fill(key, map)?,
                (Key::Other(_), _) => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        for (index, (key, required)) in members.iter().enumerate() {
            if *required && seen[index / 64] & (1 << (index % 64)) == 0 {
                return Err(A::Error::missing_field(key));
            }
        }
        Ok(())
    }

    /// Whether an optional member is left out.
    pub trait Absent {
        fn is_absent(&self) -> bool {
            false
        }
    }

    impl Absent for String {}
    impl Absent for i64 {}
    impl Absent for f64 {}
    impl Absent for bool {}
    impl<T> Absent for Vec<T> {}
    impl<K, V> Absent for BTreeMap<K, V> {}
    impl<T> Absent for Option<T> {
        fn is_absent(&self) -> bool {
            self.is_none()
        }
    }
    impl<T> Absent for Field<T> {
        fn is_absent(&self) -> bool {
            matches!(self, Self::Absent)
        }
    }

    /// A value that is written as a member.
    pub trait Entry<M: SerializeMap> {
        fn write(&self, key: &str, map: &mut M) -> Result<(), M::Error>;
        fn absent(&self) -> bool;
    }

    impl<M: SerializeMap, T: Serialize + Absent> Entry<M> for T {
        fn write(&self, key: &str, map: &mut M) -> Result<(), M::Error> {
            map.serialize_entry(key, self)
        }

        fn absent(&self) -> bool {
            self.is_absent()
        }
    }

    /// Members beside the declared ones, to be written.
    pub trait Entries<M: SerializeMap> {
        fn write(&self, members: &'static [Member], map: &mut M) -> Result<(), M::Error>;
    }

    impl<M: SerializeMap, T: Serialize> Entries<M> for BTreeMap<String, T> {
        fn write(&self, members: &'static [Member], map: &mut M) -> Result<(), M::Error> {
            for (key, value) in self {
                if members.iter().any(|(declared, _)| declared == key) {
                    return Err(M::Error::custom("a key that is declared"));
                }
                map.serialize_entry(key, value)?;
            }
            Ok(())
        }
    }

    /// Writes an object.
    pub fn write<S: Serializer>(
        serializer: S,
        members: &'static [Member],
        values: &[&dyn Entry<S::SerializeMap>],
        rest: Option<&dyn Entries<S::SerializeMap>>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for ((key, required), value) in members.iter().zip(values) {
            if *required || !value.absent() {
                value.write(key, &mut map)?;
            }
        }
        if let Some(rest) = rest {
            rest.write(members, &mut map)?;
        }
        map.end()
    }

    struct TextVisitor<'a>(&'a mut dyn FnMut(&str));

    impl Visitor<'_> for TextVisitor<'_> {
        type Value = ();

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
            (self.0)(text);
            Ok(())
        }
    }

    /// Hands the text that stands there to `take`.
    pub fn text<'de, D: Deserializer<'de>>(deserializer: D, take: &mut dyn FnMut(&str)) -> Result<(), D::Error> {
        deserializer.deserialize_str(TextVisitor(take))
    }
}

macro_rules! object {
    ($type:ident { $($field:ident: $($must:ident)? $key:literal,)* $(..$rest:ident)? }) => {
        const _: () = {
            static MEMBERS: &[support::Member] = &[$(($key, required!($($must)?))),*];

            impl support::Absent for $type {}

            impl support::Object for $type {
                fn read<'de, A: serde::de::MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
                    $(let mut $field = slot!($($must)?);)*
                    $(let mut $rest = BTreeMap::new();)?
                    support::read(map, MEMBERS, &mut [$(&mut $field),*], rest!(mut $($rest)?))?;
                    Ok(Self { $($field: take!($($must)? $field: $key),)* $($rest)? })
                }
            }

            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    support::object(deserializer)
                }
            }

            impl Serialize for $type {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    support::write(serializer, MEMBERS, &[$(&self.$field),*], rest!(ref self $($rest)?))
                }
            }
        };
    };
}

macro_rules! required {
    (required) => { true };
    () => { false };
}

macro_rules! slot {
    (required) => { support::Required(None) };
    () => { Default::default() };
}

macro_rules! take {
    (required $field:ident: $key:literal) => {
        match $field.0 {
            Some(value) => value,
            None => return Err(serde::de::Error::missing_field($key)),
        }
    };
    ($field:ident: $key:literal) => { $field };
}

macro_rules! rest {
    (ref $self:ident) => { None };
    (ref $self:ident $rest:ident) => { Some(&$self.$rest) };
    (mut) => { None };
    (mut $rest:ident) => { Some(&mut $rest) };
}

macro_rules! text_enum {
    (pub enum $type:ident { $($variant:ident = $text:literal,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        pub enum $type {
            $($variant,)*
            Unknown(UnknownValue),
        }

        impl $type {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown(text.into()),
                }
            }
        }

        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl support::Absent for $type {}

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut value = None;
                support::text(deserializer, &mut |text| value = Some(Self::from(text)))?;
                value.ok_or_else(|| serde::de::Error::custom("no text"))
            }
        }

        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

macro_rules! union {
    ($type:ident by $tag:literal { $($text:literal => $variant:ident,)* }) => {
        impl support::Absent for $type {}

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Value::deserialize(deserializer)?;
                match value.get($tag).and_then(Value::as_str) {
                    $(Some($text) => Deserialize::deserialize(value).map(Self::$variant),)*
                    _ => Ok(Self::Unknown(value)),
                }
                .map_err(serde::de::Error::custom)
            }
        }

        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    };
}
