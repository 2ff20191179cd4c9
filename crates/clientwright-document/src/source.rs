//! Text into nodes.
//!
//! In: files, through a loader. Out: places and values. Never: a file system or a network.

mod at;
mod value;

pub use at::At;
pub use value::{Number, Value};
