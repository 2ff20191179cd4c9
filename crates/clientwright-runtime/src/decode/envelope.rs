//! Answers in envelopes.
//!
//! In: a reader in front of an object, and the way to one of its members. Out: that member, read; what else stands in the
//! objects on the way is passed over. Never happens: a member read twice.

use crate::wire::{PathSegment, Reader, Result, WireError};

/// Has the member at the end of the way read, if it is there.
pub(super) fn open(
    reader: &mut dyn Reader,
    way: &[&'static str],
    decode: &mut dyn FnMut(&mut dyn Reader) -> Result<()>,
) -> Result<()> {
    let Some((wanted, rest)) = way.split_first() else { return decode(reader) };
    let (mut first, mut there) = (true, false);
    reader.begin_object()?;
    while let Some(key) = reader.next_key(first)? {
        first = false;
        if key != *wanted {
            reader.skip()?;
            continue;
        }
        let within = |error: WireError| error.within(PathSegment::Key((*wanted).to_owned()));
        if there {
            return Err(within(WireError::new("one such member", "a second one")));
        }
        there = true;
        open(reader, rest, decode).map_err(within)?;
    }
    Ok(())
}
