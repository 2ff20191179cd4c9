//! A member that may be absent, null, or have a value.
//!
//! In and out: the three states, kept apart in both directions (RFC 7396 gives each its meaning in a merge patch).
//! Never happens: null read as absent, or absent written as null.

use super::{Decode, Encode, Reader, Result, Slot, Writer};

/// A member or parameter that is optional and nullable.
///
/// Setters take `impl Into<Field<T>>`, so that a value, an [`Option`] of one, text, and arrays of either read naturally:
///
/// ```
/// use clientwright_runtime::Field;
///
/// let title: Field<String> = "CTO".into();
/// assert_eq!(title.value().map(String::as_str), Some("CTO"));
/// assert_eq!(Field::<String>::from(None), Field::Null);
/// assert_eq!(Field::<Vec<String>>::from(["a"]), Field::Value(vec!["a".to_owned()]));
/// assert_eq!(Field::<i64>::from(5), Field::Value(5));
/// assert!(Field::<bool>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field<T> {
    /// Not there. A partial update leaves such a member as it is.
    #[default]
    Absent,
    /// There, and `null`.
    Null,
    /// There, with a value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same state, with a reference to the value.
    #[must_use]
    pub const fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(value),
        }
    }

    /// The same state, with the value changed by `change`.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(change(value)),
        }
    }

    /// Whether the member is not there at all.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is there and `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Field<T> {
    /// `None` is null; a member that is left out is not set at all.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<const N: usize> From<[&str; N]> for Field<Vec<String>> {
    fn from(value: [&str; N]) -> Self {
        Self::Value(value.into_iter().map(str::to_owned).collect())
    }
}

impl From<&[&str]> for Field<Vec<String>> {
    fn from(value: &[&str]) -> Self {
        Self::Value(value.iter().map(|&text| text.to_owned()).collect())
    }
}

impl From<Vec<&str>> for Field<Vec<String>> {
    fn from(value: Vec<&str>) -> Self {
        Self::from(value.as_slice())
    }
}

impl<T, const N: usize> From<[T; N]> for Field<Vec<T>> {
    fn from(value: [T; N]) -> Self {
        Self::Value(value.into())
    }
}

impl<T: Encode> Encode for Field<T> {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Self::Absent | Self::Null => writer.null(),
            Self::Value(value) => value.encode(writer),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T: Decode> Slot for Field<T> {
    fn fill(&mut self, reader: &mut dyn Reader) -> Result<()> {
        *self = if reader.take_null()? { Self::Null } else { Self::Value(T::decode(reader)?) };
        Ok(())
    }
}
