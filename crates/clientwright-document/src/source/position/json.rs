//! Positions in JSON.
//!
//! In: JSON that a strict parser has accepted. Out: the span of every value and key. Never: a
//! judgement on the text; anything unexpected ends in `None`.

use super::Positions;

/// Reads the positions of a JSON text.
pub(super) fn read(text: &str) -> Option<Positions> {
    let mut positions = Positions::default();
    let mut open: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let start = index;
        index += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'[' | b'{' => open.push(positions.push(start..index)?),
            b']' | b'}' => positions.close(open.pop()?, index)?,
            b'"' => {
                index = string_end(bytes, index)?;
                positions.push(start..index)?;
            }
            _ => {
                index = start + scalar_length(bytes.get(start..)?);
                positions.push(start..index)?;
            }
        }
    }
    open.is_empty().then_some(positions)
}

/// The index after the closing quote of a string whose content starts at `index`.
fn string_end(bytes: &[u8], mut index: usize) -> Option<usize> {
    loop {
        match bytes.get(index)? {
            b'"' => return Some(index + 1),
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
}

/// The length of a number, `true`, `false` or `null`.
fn scalar_length(bytes: &[u8]) -> usize {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    bytes.iter().take_while(is_part).count().max(1)
}
