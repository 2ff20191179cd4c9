//! JSON (RFC 8259).
//!
//! In: bytes, or a value. Out: the value, or bytes. Never happens: text after the value ignored, values nested deeper
//! than [`MAX_DEPTH`] followed.

mod reader;
mod writer;

use super::{Decode, Encode, Reader, Result, WireError};

/// How deep values may be nested in JSON text that is read: 128 arrays and objects.
pub const MAX_DEPTH: usize = 128;

/// Reads the value that `bytes` hold.
///
/// # Errors
///
/// Fails where the bytes are no JSON text, and where the text is not such a value; the error carries the path.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T> {
    let mut value = None;
    read(bytes, &mut |reader| {
        value = Some(T::decode(reader)?);
        Ok(())
    })?;
    value.ok_or_else(|| WireError::new("a value", "none"))
}

/// Has the value that `bytes` hold read.
pub(crate) fn read(bytes: &[u8], decode: &mut dyn FnMut(&mut dyn Reader) -> Result<()>) -> Result<()> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| WireError::new("text in UTF-8", format!("another byte at {}", error.valid_up_to())))?;
    let mut reader = reader::JsonReader::new(text);
    decode(&mut reader)?;
    reader.end()
}

/// Writes a value without spaces.
///
/// # Errors
///
/// Fails where the value has no JSON form, for example a number that is not finite.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>> {
    let mut writer = writer::JsonWriter::default();
    value.encode(&mut writer)?;
    Ok(writer.finish())
}

/// Writes a value without spaces, as text.
pub(crate) fn to_string(value: &dyn Encode) -> Result<String> {
    String::from_utf8(to_vec(value)?).map_err(|_| WireError::new("text in UTF-8", "other bytes"))
}

/// A reader at the start of `text`.
#[cfg(test)]
pub(super) const fn reader(text: &str) -> impl super::Reader {
    reader::JsonReader::new(text)
}
