//! Values out of a document, detached from it.
//!
//! In: nodes. Out: owned values whose objects keep the document's order and whose numbers keep
//! every digit. Never: a conversion that loses something without saying so.

use std::fmt;

use indexmap::IndexMap;

/// A JSON value as it stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number of any width.
    Number(Number),
    /// Text.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// An object, in document order.
    Object(IndexMap<String, Value>),
}

impl Value {
    /// What JSON calls this kind of value, with an article: `a string`, `a list`.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The text, where this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The same value for `serde_json`.
    ///
    /// Integers that fit neither `u64` nor `i64` become floats there: use [`Number`] where every
    /// digit counts.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => serde_json::Value::Bool(*value),
            Self::Number(number) => number.to_json(),
            Self::String(text) => serde_json::Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => members.iter().map(|(key, value)| (key.clone(), value.to_json())).collect(),
        }
    }
}

/// A number as it stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// An integer from 0 to 2⁶⁴ − 1.
    Unsigned(u64),
    /// A negative integer from −2⁶³.
    Signed(i64),
    /// An integer outside both ranges, digit for digit (with its sign).
    Wide(String),
    /// A number with a fraction or an exponent. Always finite.
    Float(f64),
}

impl Number {
    /// The nearest float.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub fn as_f64(&self) -> f64 {
        match self {
            Self::Unsigned(value) => *value as f64,
            Self::Signed(value) => *value as f64,
            Self::Wide(digits) => digits.parse().unwrap_or(f64::MAX),
            Self::Float(value) => *value,
        }
    }

    /// The value as a `u64`, also where it is written as `3.0`.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range and the missing fraction are checked"
    )]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Unsigned(value) => Some(*value),
            Self::Float(value) if value.fract() == 0.0 && (0.0..9.0e15).contains(value) => Some(*value as u64),
            Self::Signed(_) | Self::Wide(_) | Self::Float(_) => None,
        }
    }

    /// The value as an `i128`, where it is an integer, also where it is written as `3.0`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the range and the missing fraction are checked")]
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Self::Unsigned(value) => Some(i128::from(*value)),
            Self::Signed(value) => Some(i128::from(*value)),
            Self::Wide(digits) => digits.parse().ok(),
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 1.0e38 => Some(*value as i128),
            Self::Float(_) => None,
        }
    }

    /// The same number for `serde_json`; a [`Number::Wide`] becomes the nearest float.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Unsigned(value) => (*value).into(),
            Self::Signed(value) => (*value).into(),
            Self::Wide(_) => self.as_f64().into(),
            Self::Float(value) => (*value).into(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(value) => value.fmt(formatter),
            Self::Signed(value) => value.fmt(formatter),
            Self::Wide(digits) => digits.fmt(formatter),
            Self::Float(value) => value.fmt(formatter),
        }
    }
}
