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
    let mut reader = start(bytes)?;
    let value = T::decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Has the value that `bytes` hold read.
pub(crate) fn read(bytes: &[u8], decode: &mut dyn FnMut(&mut dyn Reader) -> Result<()>) -> Result<()> {
    let mut reader = start(bytes)?;
    decode(&mut reader)?;
    reader.end()
}

fn start(bytes: &[u8]) -> Result<reader::JsonReader<'_>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(reader::JsonReader::new(text)),
        Err(error) => Err(WireError::new("text in UTF-8", format!("another byte at {}", error.valid_up_to()))),
    }
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
