//! What the tests of several crates share.
//!
//! In: what a test wants answered. Out: what a client really sent. Never: a connection to
//! anything but the loopback interface.

pub mod marks;
mod recorder;
mod scratch;

use std::path::{Path, PathBuf};

pub use recorder::{Recorded, Recorder, Reply};
pub use scratch::Scratch;

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
