//! What an untyped value can be made of, and what it can be compared with.
//!
//! In: a value of Rust, or of `serde_json`. Out: the same as untyped JSON, and back. Never happens: a number that becomes no
//! number; going to `serde_json`, one of more than 64 bits becomes the nearest that it holds.

use std::collections::BTreeMap;

use super::super::Field;
use super::{Number, Value};

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Value {
            fn from(value: $integer) -> Self {
                Self::Number(value.into())
            }
        }

        impl PartialEq<$integer> for Value {
            fn eq(&self, other: &$integer) -> bool {
                self.as_number().is_some_and(|number| *number == Number::from(*other))
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value {
    /// Null where it is not finite, which JSON has no word for.
    fn from(value: f64) -> Self {
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(value: Vec<T>) -> Self {
        Self::Array(value.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Value {
    fn from(value: [T; N]) -> Self {
        Self::Array(value.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Self>> From<BTreeMap<String, T>> for Value {
    fn from(value: BTreeMap<String, T>) -> Self {
        Self::Object(value.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => value.into(),
                (None, Some(value)) => value.into(),
                (None, None) => number.as_f64().into(),
            },
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(items) => items.into(),
            serde_json::Value::Object(members) => {
                Self::Object(members.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl From<serde_json::Value> for Field<Value> {
    fn from(value: serde_json::Value) -> Self {
        if value.is_null() { Self::Null } else { Self::Value(value.into()) }
    }
}

impl From<Value> for serde_json::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) if is_integer(&number) => value.into(),
                (None, Some(value)) if is_integer(&number) => value.into(),
                _ => Self::from(near(&number)),
            },
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

/// Whether a number is written as an integer.
fn is_integer(number: &Number) -> bool {
    !number.as_str().contains(['.', 'e', 'E']) && number.as_str() != "-0"
}

/// The nearest finite number of 64 bits.
pub(super) fn near(number: &Number) -> f64 {
    let value: f64 = number.as_str().parse().unwrap_or_default();
    value.clamp(f64::MIN, f64::MAX)
}

impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        let other = Self::from(other.clone());
        *self == other
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_serde_json_go_both_ways() {
        let value = json!({"a": [1, -1, 1.5, 2.0, u64::MAX, null, true, "x"], "b": {}});
        assert_eq!(serde_json::Value::from(Value::from(value.clone())), value);
        assert_eq!(Value::from(value.clone()), value);
        for (digits, near) in
            [("1e400", f64::MAX), ("-1e400", f64::MIN), ("123456789012345678901", 1.234_567_890_123_456_8e20)]
        {
            let number = Value::Number(digits.parse().unwrap());
            assert_eq!(serde_json::Value::from(number), json!(near), "{digits}");
        }
    }

    #[test]
    fn it_is_made_of_values_of_rust() {
        assert_eq!(Value::from(vec![Some("a"), None]), json!(["a", null]));
        assert_eq!(Value::from([1_u8, 2]), json!([1, 2]));
        assert_eq!(Value::from(BTreeMap::from([("a".to_owned(), true)])), json!({"a": true}));
        assert_eq!((Value::from(f64::NAN), Value::from(0.5)), (Value::Null, "0.5".parse().unwrap()));
        assert_eq!(Field::<Value>::from(json!(null)), Field::Null);
        let (text, number) = (Value::from("a"), Value::from(1.0));
        assert!(text == "a" && text != 1 && number == 1 && number != true);
    }
}
