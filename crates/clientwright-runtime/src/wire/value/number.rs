//! Numbers as they are written.
//!
//! In: digits in the grammar of JSON (RFC 8259, section 6). Out: the same digits. Never happens: a number rounded, unless a
//! narrower one is asked for.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::super::{Decode, Encode, Reader, Result, WireError, Writer, json, scalars};

/// A number of any size, with all its digits.
///
/// Two are equal where they are worth the same: `1.50` and `15e-1`.
///
/// ```
/// use clientwright_runtime::Number;
///
/// let number: Number = "123456789012345678901234567890".parse()?;
/// assert_eq!(number.as_str(), "123456789012345678901234567890");
/// assert_eq!((number.as_i64(), number.as_f64()), (None, Some(1.2345678901234568e29)));
/// assert_eq!(Number::from(150), "1.50e2".parse()?);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// The number with the fewest digits that reads back as this one; none where it is not finite.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        let digits = json::to_string(&value).ok()?;
        Some(Self(digits.into()))
    }

    /// The digits, as JSON writes them.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer that it is worth, if it is one of 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The integer that it is worth, if it is one of 64 bits and not below 0.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// The integer that it is worth, if it is one of 128 bits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        self.0.parse().ok().or_else(|| scalars::integral(&self.0))
    }

    /// The nearest number of 64 bits, if there is one in their range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse::<f64>().ok().filter(|value| value.is_finite())
    }

    /// What it is worth: whether it is below 0, its digits without zeros around them, and the place of the last; none where
    /// its exponent is beyond all measure.
    fn worth(&self) -> Option<(bool, String, i64)> {
        let (mantissa, exponent) = self.0.split_once(['e', 'E']).unwrap_or((&self.0, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let unsigned = whole.trim_start_matches('-');
        let digits = format!("{unsigned}{fraction}");
        let significant = digits.trim_end_matches('0');
        let zeros = digits.len() - significant.len();
        let significant = significant.trim_start_matches('0').to_owned();
        if significant.is_empty() {
            return Some((false, significant, 0));
        }
        let moved = i64::try_from(zeros).ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some((unsigned.len() < whole.len(), significant, exponent.parse::<i64>().ok()?.checked_add(moved)?))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.worth().is_some_and(|worth| Some(worth) == other.worth())
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.worth() {
            Some(worth) => worth.hash(state),
            None => self.0.hash(state),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Number {
    type Err = WireError;

    fn from_str(digits: &str) -> Result<Self> {
        json::from_slice(digits.as_bytes())
    }
}

impl Encode for Number {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.literal(&self.0)
    }
}

impl Decode for Number {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        reader.number().map(|digits| Self(digits.as_ref().into()))
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
