//! Serde's traits for generated types, through their wire form.
//!
//! In: any serde format. Out: the same value that JSON would give. Never happens: a second statement of a type's form;
//! both directions go through an untyped value, so integers beyond 64 bits lose digits on this way (and on no other).

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::value::{ValueReader, ValueWriter};
use super::{Decode, Encode};

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
