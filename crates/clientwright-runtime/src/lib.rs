//! What generated API clients share.

pub mod wire;

#[cfg(feature = "chrono")]
pub use chrono;
#[doc(hidden)]
pub use serde;
pub use serde_json::Value;
pub use wire::{Field, UnknownValue};
