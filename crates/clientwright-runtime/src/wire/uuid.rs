//! Universally unique identifiers, through the crate of that name.
//!
//! In: text with hyphens (RFC 9562, section 4), its letters in either case. Out: the same in small letters. Never happens:
//! another spelling taken, which would be written back as another text.

use uuid::Uuid;

use super::{Decode, Encode, Reader, Result, WireError, Writer};

/// How long the text is.
const LENGTH: usize = 36;

impl Encode for Uuid {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
    }
}

impl Decode for Uuid {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        let text = reader.string()?;
        let parsed = Self::try_parse(&text).ok().filter(|_| text.len() == LENGTH);
        parsed.ok_or_else(|| WireError::text("a UUID, like 67e55044-10b1-426f-9247-bb680e5fe0c8", &text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::{from_slice, to_vec};
    use super::*;

    #[test]
    fn is_read_and_written_with_hyphens() {
        let value: Uuid = from_slice(br#""67E55044-10b1-426f-9247-bb680e5fe0c8""#).unwrap();
        assert_eq!(to_vec(&value).unwrap(), br#""67e55044-10b1-426f-9247-bb680e5fe0c8""#);
    }

    #[test]
    fn other_spellings_are_refused() {
        let spelt = [
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e55044-10b1-426f-9247-bb680e5fe0cg",
            "67e5504410b1-426f-9247-bb68-0e5fe0c8",
            "",
        ];
        for text in spelt {
            assert!(from_slice::<Uuid>(format!("{text:?}").as_bytes()).is_err(), "{text}");
        }
        let error = from_slice::<Uuid>(br#""7""#).unwrap_err();
        let expected = r#"expected a UUID, like 67e55044-10b1-426f-9247-bb680e5fe0c8, found the string "7""#;
        assert_eq!(error.to_string(), expected);
    }
}
