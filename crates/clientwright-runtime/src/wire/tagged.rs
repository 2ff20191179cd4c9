//! The tag of a union, wherever it stands in its object.
//!
//! In: a reader at an object. Out: the text of one of its members, the reader back at the object's start. Never
//! happens: a value buffered or changed for it; the object is read again by the variant that its tag names.

use super::{Reader, Result, WireError};

/// Finds the text of the member `key` in the object that `reader` stands at, and goes back to the object's start.
///
/// A tag that is a number or a boolean is given as its JSON text. `None` where the object has no such member.
///
/// # Errors
///
/// Fails where no sound object stands, or its tag is no scalar.
pub fn tag(reader: &mut dyn Reader, key: &str) -> Result<Option<String>> {
    let start = reader.mark();
    let found = find(reader, key);
    reader.rewind(start);
    found
}

fn find(reader: &mut dyn Reader, key: &str) -> Result<Option<String>> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(found) = reader.next_key(first)? {
        first = false;
        if found == key {
            return scalar(reader).map(Some).map_err(|error| error.within(super::PathSegment::Key(key.to_owned())));
        }
        drop(found);
        reader.skip()?;
    }
    Ok(None)
}

fn scalar(reader: &mut dyn Reader) -> Result<String> {
    use super::Kind;
    match reader.peek()? {
        Kind::String => reader.string().map(Into::into),
        Kind::Number => reader.number().map(Into::into),
        Kind::Boolean => reader.boolean().map(|value| value.to_string()),
        kind @ (Kind::Null | Kind::Array | Kind::Object) => Err(WireError::new("a tag", kind.phrase())),
    }
}
