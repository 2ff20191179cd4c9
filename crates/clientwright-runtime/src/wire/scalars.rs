//! Texts, booleans and numbers.
//!
//! In: a scalar of the right kind. Out: the same by value: an integer may be written as `5.0` or `5e0`, as JSON Schema
//! counts it. Never happens: a number rounded to fit an integer, cut to its width, or read from a string.

use std::borrow::Cow;

use super::{Decode, Encode, Kind, Reader, Result, WireError, Writer};

impl Kind {
    /// The kind with its article, for messages.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(self)
    }
}

impl Encode for str {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(self)
    }
}

impl Decode for String {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        reader.string().map(Cow::into_owned)
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.boolean(*self)
    }
}

impl Decode for bool {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        reader.boolean()
    }
}

impl Encode for f64 {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.number(*self)
    }
}

impl Decode for f64 {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let digits = reader.number()?;
        match digits.parse::<Self>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(out_of_range("a number of 64 bits", &digits)),
        }
    }
}

/// Written with the digits that tell it from its neighbours of 32 bits, not those of 64.
impl Encode for f32 {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        if self.is_finite() { writer.literal(&self.to_string()) } else { writer.number(f64::from(*self)) }
    }
}

impl Decode for f32 {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let digits = reader.number()?;
        match digits.parse::<Self>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(out_of_range("a number of 32 bits", &digits)),
        }
    }
}

macro_rules! integers {
    ($($type:ty, $write:ident, $wide:ty, $phrase:literal;)*) => {$(
        impl Encode for $type {
            fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
                writer.$write(<$wide>::from(*self))
            }
        }

        impl Decode for $type {
            fn decode(reader: &mut dyn Reader) -> Result<Self> {
                let digits = reader.number()?;
                if let Ok(value) = digits.parse::<$type>() {
                    return Ok(value);
                }
                integral(&digits).and_then(|value| value.try_into().ok()).ok_or_else(|| out_of_range($phrase, &digits))
            }
        }
    )*};
}

integers! {
    i8, integer, i64, "an integer from -128 to 127";
    i16, integer, i64, "an integer from -32768 to 32767";
    i32, integer, i64, "an integer of 32 bits";
    i64, integer, i64, "an integer of 64 bits";
    u8, unsigned, u64, "an integer from 0 to 255";
    u16, unsigned, u64, "an integer from 0 to 65535";
    u32, unsigned, u64, "an integer from 0 to 4294967295";
    u64, unsigned, u64, "an integer of 64 bits, not below 0";
}

/// Where it is wider than the integers that a writer knows, its digits are written.
impl Encode for i128 {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match i64::try_from(*self) {
            Ok(value) => writer.integer(value),
            Err(_) => writer.literal(&self.to_string()),
        }
    }
}

impl Decode for i128 {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let digits = reader.number()?;
        let value = digits.parse().ok().or_else(|| integral(&digits));
        value.ok_or_else(|| out_of_range("an integer of 128 bits", &digits))
    }
}

/// The integer that a number with a fraction or an exponent is equal to, if it is one of 128 bits.
#[cold]
pub(super) fn integral(digits: &str) -> Option<i128> {
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let value = format!("{whole}{fraction}").parse::<i128>().ok()?;
    if value == 0 {
        return Some(0);
    }
    let factor = 10_i128.checked_pow(shift.unsigned_abs())?;
    if shift >= 0 { value.checked_mul(factor) } else { (value % factor == 0).then_some(value / factor) }
}

#[cold]
fn out_of_range(expected: &'static str, digits: &str) -> WireError {
    let shown: String = digits.chars().take(40).collect();
    WireError::new(expected, format!("the number {shown}"))
}

#[cfg(test)]
mod tests {
    use super::super::json;

    #[test]
    fn integers_are_read_by_value_and_never_rounded() {
        for (text, value) in [("5", 5_i64), ("5.0", 5), ("5.00e2", 500), ("50e-1", 5), ("-0", 0), ("0e999999999", 0)] {
            assert_eq!(json::from_slice::<i64>(text.as_bytes()), Ok(value), "{text}");
        }
        for text in ["5.5", "1e300", "9223372036854775808", "1e-1", "1e999999999999"] {
            let error = json::from_slice::<i64>(text.as_bytes()).unwrap_err();
            assert_eq!(error.expected(), "an integer of 64 bits", "{text}");
        }
        assert_eq!(
            json::from_slice::<u8>(b"256").unwrap_err().to_string(),
            "expected an integer from 0 to 255, found the number 256"
        );
        for value in [i128::MIN, -1, i128::from(u64::MAX) + 1] {
            assert_eq!(json::from_slice::<i128>(&json::to_vec(&value).unwrap()), Ok(value));
        }
        assert_eq!(json::from_slice::<i128>(b"1.5e20"), Ok(150_000_000_000_000_000_000));
        assert!(json::from_slice::<i128>(b"1e39").is_err());
        assert!(json::from_slice::<u64>(b"-1").is_err());
        assert_eq!(json::from_slice::<u64>(b"18446744073709551615"), Ok(u64::MAX));
    }

    #[test]
    fn floats_are_written_with_the_fewest_digits() {
        assert_eq!(json::to_vec(&0.1_f32).unwrap(), b"0.1");
        assert_eq!(json::to_vec(&0.1_f64).unwrap(), b"0.1");
        assert!(json::to_vec(&f64::NAN).is_err());
        assert!(json::to_vec(&f32::INFINITY).is_err());
        assert!(json::from_slice::<f64>(b"1e400").is_err());
    }
}
