//! Untyped JSON: a value of any kind, in which a number is kept as it is written.
//!
//! In: any value. Out: the same. Never happens: a digit lost, or recursion without a bound; readers bound the depth of what
//! they give.

mod convert;
mod number;
mod read;
mod traits;
mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::str::FromStr;

pub use self::number::Number;
pub(crate) use self::read::ValueReader;
pub(crate) use self::write::ValueWriter;
use super::{Decode, Encode, Kind, Reader, Result, WireError, Writer, json};

/// A value of which the API says nothing: any JSON.
///
/// It is made of `serde_json`'s value, thus by its `json!`, and becomes one with `into()`. Unlike that, it keeps every
/// number as it came, also one of more than 64 bits.
///
/// ```
/// use clientwright_runtime::Value;
///
/// let value: Value = r#"{"price": 0.10000000000000000001, "tags": ["a", null]}"#.parse()?;
/// assert_eq!(value["tags"][0].as_str(), Some("a"));
/// assert!(value["missing"].is_null());
/// assert_eq!(value["price"].as_f64(), Some(0.1));
/// assert_eq!(value.to_string(), r#"{"price":0.10000000000000000001,"tags":["a",null]}"#);
/// assert_eq!(Value::from(serde_json::json!({"a": 1})), serde_json::json!({"a": 1}));
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Members by their keys.
    Object(BTreeMap<String, Value>),
}

/// What stands where nothing does.
static NULL: Value = Value::Null;

impl Value {
    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean that it is.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number that it is.
    #[must_use]
    pub const fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The integer that it is, if it is one of 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The integer that it is, if it is one of 64 bits and not below 0.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest number of 64 bits, if it is a number in their range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The text that it is.
    #[must_use]
    pub const fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text.as_str()) } else { None }
    }

    /// The list that it is.
    #[must_use]
    pub const fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The list that it is, to be changed.
    #[must_use]
    pub const fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members that it has, if it is an object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The members that it has, to be changed.
    #[must_use]
    pub const fn as_object_mut(&mut self) -> Option<&mut BTreeMap<String, Self>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The member of a key, if it is an object that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The value that a JSON pointer leads to (RFC 6901): `/tags/0`.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, step| match value {
            Self::Array(items) => items.get(step.parse::<usize>().ok()?),
            Self::Object(members) => members.get(&step.replace("~1", "/").replace("~0", "~")),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        })
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Boolean,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }
}

/// The member of a key; null where there is none.
impl Index<&str> for Value {
    type Output = Self;

    fn index(&self, key: &str) -> &Self {
        self.get(key).unwrap_or(&NULL)
    }
}

/// The item of an index; null where there is none.
impl Index<usize> for Value {
    type Output = Self;

    fn index(&self, index: usize) -> &Self {
        self.as_array().and_then(|items| items.get(index)).unwrap_or(&NULL)
    }
}

/// JSON text without spaces.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Value {
    type Err = WireError;

    fn from_str(text: &str) -> Result<Self> {
        json::from_slice(text.as_bytes())
    }
}

impl Encode for Value {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.boolean(*value),
            Self::Number(number) => number.encode(writer),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(members) => members.encode(writer),
        }
    }
}

impl Decode for Value {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        match reader.peek()? {
            Kind::Null => reader.take_null().map(|_| Self::Null),
            Kind::Boolean => reader.boolean().map(Self::Bool),
            Kind::Number => Number::decode(reader).map(Self::Number),
            Kind::String => reader.string().map(|text| Self::String(text.into_owned())),
            Kind::Array => Vec::decode(reader).map(Self::Array),
            Kind::Object => BTreeMap::decode(reader).map(Self::Object),
        }
    }
}
