//! Decimal numbers, through `rust_decimal`.
//!
//! In: a decimal number, as text or as a number of JSON, with as many digits as 96 bits hold. Out: the same number; as
//! text also with the zeros at its end. Never happens: a number rounded.

use std::ops::Deref;

use rust_decimal::Decimal;

use super::{Decode, Encode, Field, Reader, Result, WireError, Writer};

/// More places before or after the point than a decimal number can have.
const MOST_PLACES: i32 = 40;

/// A decimal number that stands on the wire as a number, and not as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecimalNumber(pub Decimal);

impl Deref for DecimalNumber {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl From<Decimal> for DecimalNumber {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl From<DecimalNumber> for Decimal {
    fn from(value: DecimalNumber) -> Self {
        value.0
    }
}

impl From<Decimal> for Field<DecimalNumber> {
    fn from(value: Decimal) -> Self {
        Self::Value(DecimalNumber(value))
    }
}

impl Encode for Decimal {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(&self.to_string())
    }
}

impl Decode for Decimal {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        parse(&text).ok_or_else(|| WireError::text("a decimal number, like 12.50, of at most 28 digits", &text))
    }
}

impl Encode for DecimalNumber {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.literal(&self.0.to_string())
    }
}

impl Decode for DecimalNumber {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let digits = reader.number()?;
        let found = || format!("the number {digits:.40}");
        parse(&digits).map(Self).ok_or_else(|| WireError::new("a decimal number of at most 28 digits", found()))
    }
}

/// The number that a text of JSON's grammar for numbers stands for (RFC 8259, section 6), if it can be held whole.
fn parse(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || (whole.starts_with('0') && whole.len() > 1) {
        return None;
    }
    if exponent == 0 {
        return Decimal::from_str_exact(mantissa).ok();
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    Decimal::from_str_exact(&format!("{sign}{}", shifted(whole, fraction, exponent)?)).ok()
}

/// The same digits with the point moved; none where there are more places than any decimal number has.
fn shifted(whole: &str, fraction: &str, exponent: i32) -> Option<String> {
    let digits = format!("{whole}{}", fraction.trim_end_matches('0'));
    if digits.bytes().all(|byte| byte == b'0') {
        return Some("0".to_owned());
    }
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent).filter(|point| point.abs() <= MOST_PLACES)?;
    let Ok(point) = usize::try_from(point) else {
        return Some(format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)));
    };
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or((&digits, ""));
    let zeros = "0".repeat(point.saturating_sub(digits.len()));
    let mark = if fraction.is_empty() { "" } else { "." };
    Some(format!("0{whole}{zeros}{mark}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::super::json::{from_slice, to_vec};
    use super::*;

    fn text(text: &str) -> Option<String> {
        let value: Decimal = from_slice(format!("{text:?}").as_bytes()).ok()?;
        Some(String::from_utf8(to_vec(&value).unwrap()).unwrap().trim_matches('"').to_owned())
    }

    fn number(digits: &str) -> Option<String> {
        let value: DecimalNumber = from_slice(digits.as_bytes()).ok()?;
        Some(String::from_utf8(to_vec(&value).unwrap()).unwrap())
    }

    #[test]
    fn text_stays_as_it_is() {
        for spelt in ["12.50", "0", "-0.10", "7", "1234567890123456789012345678", "0.0000000000000000000000000001"] {
            assert_eq!(text(spelt).as_deref(), Some(spelt));
            assert_eq!(number(spelt).as_deref(), Some(spelt));
        }
    }

    #[test]
    fn exponents_are_read_by_value() {
        for (spelt, value) in [
            ("1.5e3", "1500"),
            ("15E-1", "1.5"),
            ("-15e-3", "-0.015"),
            ("1.50e0", "1.50"),
            ("123.4500e1", "1234.5"),
            ("1e2", "100"),
            ("0e99", "0"),
            ("0.00e-999999999", "0"),
        ] {
            assert_eq!(number(spelt).as_deref(), Some(value));
        }
    }

    #[test]
    fn what_would_be_rounded_or_is_no_number_is_refused() {
        let long =
            ["12345678901234567890123456789012", "0.12345678901234567890123456789", "1e40", "1e-40", "1e999999999"];
        for spelt in long {
            assert_eq!(number(spelt), None, "{spelt}");
            assert_eq!(text(spelt), None, "{spelt}");
        }
        for spelt in ["", "1_000", "+1", ".5", "5.", "1,5", "007", "NaN", "0x1", " 1", "--1", "1e"] {
            assert_eq!(text(spelt), None, "{spelt}");
        }
        let error = from_slice::<Decimal>(br#""ten""#).unwrap_err();
        assert!(error.to_string().ends_with("found the string \"ten\""), "{error}");
    }
}
