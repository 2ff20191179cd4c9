//! Serde's traits for generated types, through their wire form; and a wire form for types that have serde's traits.
//!
//! In: any serde format, or a type of a person's own. Out: the same value that JSON would give. Never happens: a second
//! statement of a type's form; both directions go through an untyped value, and serde has no word for a number of
//! more than 64 bits, so such a number loses digits on this way (and on no other).

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::value::{ValueReader, ValueWriter};
use super::{Decode, Encode, Field, Reader, Value, WireError, Writer};
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements [`serde::Serialize`] for a type with a wire form.
///
/// # Errors
///
/// Fails where the value has no wire form, or the serializer does.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    to_value(value).map_err(S::Error::custom)?.serialize(serializer)
}

/// Implements [`serde::Deserialize`] for a type with a wire form.
///
/// # Errors
///
/// Fails where what the deserializer gives is not such a value.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::decode(&mut ValueReader::new(&value)).map_err(D::Error::custom)
}

fn to_value(value: &dyn Encode) -> super::Result<Value> {
    let mut writer = ValueWriter::default();
    value.encode(&mut writer)?;
    Ok(writer.finish())
}

/// A value whose type has serde's traits, and no wire form of its own.
///
/// It stands for the value it holds: it can be made of it, and gives its fields and methods.
///
/// ```
/// use clientwright_runtime::Serde;
/// use clientwright_runtime::wire::json;
///
/// let address: Serde<std::net::IpAddr> = json::from_slice(br#""127.0.0.1""#)?;
/// assert!(address.is_loopback());
/// assert_eq!(json::to_vec(&address)?, br#""127.0.0.1""#);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(pub T);

impl<T> Serde<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> From<T> for Field<Serde<T>> {
    fn from(value: T) -> Self {
        Self::Value(Serde(value))
    }
}

impl<T: fmt::Debug> fmt::Debug for Serde<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<T: Serialize> Encode for Serde<T> {
    fn encode(&self, writer: &mut dyn Writer) -> super::Result<()> {
        encode_serde(&self.0, writer)
    }
}

impl<T: DeserializeOwned> Decode for Serde<T> {
    fn decode(reader: &mut dyn Reader) -> super::Result<Self> {
        decode_serde(reader).map(Self)
    }
}

/// Writes a value of a type that has serde's traits.
///
/// # Errors
///
/// Fails where the type's own `Serialize` does, or the writer.
pub fn encode_serde<T: Serialize + ?Sized>(value: &T, writer: &mut dyn Writer) -> super::Result<()> {
    let name = std::any::type_name::<T>();
    let written = serde_json::to_value(value).map_err(|error| WireError::new(form_of(name), error.to_string()))?;
    written.encode(writer)
}

/// Reads a value of a type that has serde's traits.
///
/// # Errors
///
/// Fails where the type's own `Deserialize` does, with its message.
pub fn decode_serde<T: DeserializeOwned>(reader: &mut dyn Reader) -> super::Result<T> {
    let value = serde_json::Value::decode(reader)?;
    T::deserialize(value).map_err(|error| WireError::new(form_of(std::any::type_name::<T>()), error.to_string()))
}

fn form_of(name: &str) -> String {
    format!("the form of `{name}`")
}

#[cfg(test)]
mod tests {
    use super::super::json::{from_slice, to_vec};
    use super::*;

    #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    struct Money {
        amount: u64,
        currency: String,
    }

    #[derive(Debug, PartialEq)]
    struct Price {
        now: Serde<Money>,
        before: Field<Serde<Money>>,
    }

    crate::object!(Price { now: required "now", before: "before", });

    #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
    struct Plain(u8);

    crate::through_serde!(Plain);

    #[test]
    fn stands_for_what_it_holds() {
        let text = br#"{"now":{"amount":5,"currency":"EUR"},"before":null}"#;
        let price: Price = from_slice(text).unwrap();
        assert_eq!((price.now.amount, &price.before), (5, &Field::Null));
        assert_eq!(to_vec(&price).unwrap(), text);
        let money = Money { amount: 7, currency: "EUR".into() };
        let before: Field<Serde<Money>> = money.clone().into();
        assert_eq!(before.value().map(|value| &value.0), Some(&money));
        assert_eq!(format!("{:?}", Serde(1)), "1");
    }

    #[test]
    fn tells_where_it_does_not_fit() {
        let error = from_slice::<Price>(br#"{"now":{"amount":-1,"currency":"EUR"}}"#).unwrap_err();
        assert_eq!(error.path(), "now");
        let shown = error.to_string();
        assert!(shown.contains("Money`, found invalid value: integer `-1`, expected u64"), "{shown}");
    }

    #[test]
    fn a_type_of_ones_own_can_take_it_as_its_form() {
        assert_eq!(from_slice::<Plain>(b"5").unwrap(), Plain(5));
        assert_eq!(to_vec(&Plain(5)).unwrap(), b"5");
        assert!(from_slice::<Plain>(b"500").is_err());
    }
}
