//! Bytes as text: Base64 (RFC 4648).
//!
//! In: text in the standard alphabet or in the one for URLs, with its padding or without, also broken into lines as MIME
//! writes it. Out: the bytes; written in the standard alphabet with padding, or in the other without. Never happens: a bit dropped in silence.

use std::ops::Deref;

use bytes::Bytes;

use super::{Decode, Encode, Field, Reader, Result, WireError, Writer};

/// The digits of the standard alphabet (RFC 4648, section 4).
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that stand on the wire as text in Base64: `format: byte`.
///
/// ```
/// use clientwright_runtime::Base64;
///
/// let photo: Base64 = b"\x89PNG".into();
/// assert_eq!(clientwright_runtime::wire::json::to_vec(&photo)?, br#""iVBORw==""#);
/// assert_eq!(photo.len(), 4);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Bytes);

/// Bytes that stand on the wire as text in Base64 with the alphabet for URLs, without padding: `contentEncoding: base64url`.
///
/// ```
/// use clientwright_runtime::Base64Url;
///
/// let digest: Base64Url = b"\xfb\xff".into();
/// assert_eq!(clientwright_runtime::wire::json::to_vec(&digest)?, br#""-_8""#);
/// # Ok::<(), clientwright_runtime::wire::WireError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64Url(pub Bytes);

macro_rules! bytes_as_text {
    ($name:ident, $write:expr) => {
        impl $name {
            /// The bytes.
            #[must_use]
            pub fn into_bytes(self) -> Bytes {
                self.0
            }
        }

        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        made_of!($name: Bytes => std::convert::identity, Vec<u8> => Bytes::from, &[u8] => Bytes::copy_from_slice);

        impl<const N: usize> From<&[u8; N]> for $name {
            fn from(bytes: &[u8; N]) -> Self {
                Self(Bytes::copy_from_slice(bytes))
            }
        }

        impl<const N: usize> From<&[u8; N]> for Field<$name> {
            fn from(bytes: &[u8; N]) -> Self {
                Self::Value(bytes.into())
            }
        }

        impl Encode for $name {
            fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
                writer.string(&$write(&self.0))
            }
        }

        impl Decode for $name {
            fn decode(reader: &mut dyn Reader) -> Result<Self> {
                let text = reader.string()?;
                decode(&text).map(|bytes| Self(bytes.into())).ok_or_else(|| WireError::text("bytes in Base64", &text))
            }
        }
    };
}

macro_rules! made_of {
    ($name:ident: $($type:ty => $make:expr),*) => {$(
        impl From<$type> for $name {
            fn from(bytes: $type) -> Self {
                Self($make(bytes))
            }
        }

        impl From<$type> for Field<$name> {
            fn from(bytes: $type) -> Self {
                Self::Value($name($make(bytes)))
            }
        }
    )*};
}

bytes_as_text!(Base64, encode);
bytes_as_text!(Base64Url, encode_url);

/// Writes bytes in the alphabet for URLs, without padding (RFC 4648, section 5; RFC 7515, section 2).
fn encode_url(bytes: &[u8]) -> String {
    encode(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// Writes bytes in the standard alphabet, with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place)) & 63;
            let digit = ALPHABET.get(index as usize).copied().map_or('=', char::from);
            text.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

/// Reads either alphabet. Padding that is there has to be whole, and bits that stand for nothing have to be zero.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held, mut digits, mut padding) = (0_u32, 0_u32, 0_usize, 0_usize);
    for character in text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        if character == b'=' {
            padding += 1;
            continue;
        }
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | digit(character)?;
        held += 6;
        digits += 1;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    let whole = if padding == 0 { digits % 4 != 1 } else { padding <= 2 && (digits + padding) % 4 == 0 };
    (whole && bits == 0).then_some(bytes)
}

fn digit(character: u8) -> Option<u32> {
    let value = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::super::json::{from_slice, to_vec};
    use super::*;

    #[test]
    fn vectors_of_rfc_4648() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (bytes, text) in pairs {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
            assert_eq!(decode(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
    }

    #[test]
    fn every_byte_in_every_place() {
        for shift in 0..4_usize {
            let bytes: Vec<u8> = std::iter::repeat_n(7, shift).chain(0..=255).collect();
            let text = encode(&bytes);
            assert_eq!(decode(&text).unwrap(), bytes);
            assert_eq!(decode(&text.replace('+', "-").replace('/', "_")).unwrap(), bytes);
        }
    }

    #[test]
    fn lines_are_read_and_anything_else_is_refused() {
        assert_eq!(decode("Zm9v\r\nYmE=\r\n").as_deref(), Some(b"fooba".as_slice()));
        for text in ["Z", "Zm9vY", "Zg=", "Zg===", "====", "Zg==Zg==", "Zm9 v", "Zm9v!", "Zh==", "Zm9=", "=", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
        let error = from_slice::<Base64>(br#""no Base64""#).unwrap_err();
        assert_eq!(error.to_string(), "expected bytes in Base64, found the string \"no Base64\"");
    }

    #[test]
    fn is_text_on_the_wire() {
        let value: Base64 = from_slice(br#""-_8""#).unwrap();
        assert_eq!(&*value, b"\xfb\xff");
        assert_eq!(to_vec(&value).unwrap(), br#""+/8=""#);
        assert_eq!(Field::<Base64>::from(b"\xfb\xff"), Field::Value(value));
        let value: Base64Url = from_slice(br#""+/8=""#).unwrap();
        assert_eq!(to_vec(&value).unwrap(), br#""-_8""#);
        assert_eq!(Field::<Base64Url>::from(b"\xfb\xff"), Field::Value(value));
    }
}
