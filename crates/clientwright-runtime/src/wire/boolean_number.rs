//! Booleans that stand on the wire as numbers.
//!
//! In: `1` and `0`, also where a server writes `true` and `false` after all. Out: a boolean; written as `1` or `0`. Never
//! happens: another number taken for one of them.

use std::ops::Deref;

use super::{Decode, Encode, Field, Kind, Reader, Result, WireError, Writer};

/// A boolean that stands on the wire as `1` or `0`.
///
/// ```
/// use clientwright_runtime::BooleanNumber;
///
/// let archived = BooleanNumber::from(true);
/// assert_eq!(clientwright_runtime::wire::json::to_vec(&archived)?, b"1");
/// assert!(*archived);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BooleanNumber(pub bool);

impl Deref for BooleanNumber {
    type Target = bool;

    fn deref(&self) -> &bool {
        &self.0
    }
}

impl From<bool> for BooleanNumber {
    fn from(value: bool) -> Self {
        Self(value)
    }
}

impl From<BooleanNumber> for bool {
    fn from(value: BooleanNumber) -> Self {
        value.0
    }
}

impl From<bool> for Field<BooleanNumber> {
    fn from(value: bool) -> Self {
        Self::Value(BooleanNumber(value))
    }
}

impl Encode for BooleanNumber {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.literal(if self.0 { "1" } else { "0" })
    }
}

impl Decode for BooleanNumber {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        if reader.peek()? == Kind::Boolean {
            return reader.boolean().map(Self);
        }
        let digits = reader.number()?;
        match &*digits {
            "1" => Ok(Self(true)),
            "0" => Ok(Self(false)),
            other => Err(WireError::new("1 or 0", format!("the number {other:.40}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::{from_slice, to_vec};
    use super::*;

    #[test]
    fn one_and_zero_are_booleans() {
        for (text, value) in [("1", true), ("0", false), ("true", true), ("false", false)] {
            assert_eq!(from_slice::<BooleanNumber>(text.as_bytes()).unwrap(), BooleanNumber(value), "{text}");
        }
        assert_eq!(to_vec(&vec![BooleanNumber(true), BooleanNumber(false)]).unwrap(), b"[1,0]");
        let error = from_slice::<BooleanNumber>(b"2").unwrap_err();
        assert_eq!(error.to_string(), "expected 1 or 0, found the number 2");
        assert!(from_slice::<BooleanNumber>(b"\"1\"").is_err());
    }
}
