//! Types of a person's own: one with the runtime's traits, one with serde's.

use clientwright_runtime::wire::{Decode, Encode, Reader, Result, Writer};
use serde::{Deserialize, Serialize};

/// Text that has a mark on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Note(pub(crate) String);

/// An amount in cents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Money {
    pub(crate) cents: u64,
    pub(crate) currency: String,
}

impl Encode for Note {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.string(&format!("{}!", self.0))
    }
}

impl Decode for Note {
    fn decode(reader: &mut dyn Reader) -> Result<Self> {
        Ok(Self(reader.string()?.trim_end_matches('!').to_owned()))
    }
}
