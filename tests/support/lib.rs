//! What the tests of several crates share.
//!
//! In: what a test wants answered. Out: what a client really sent. Never: a connection to
//! anything but the loopback interface.

pub mod canary;
pub mod marks;
mod recorder;
mod scratch;

use std::path::{Path, PathBuf};

pub use canary::Shown;
pub use recorder::{Recorded, Recorder, Reply};
pub use scratch::Scratch;

#[cfg(test)]
#[test]
fn a_secret_is_seen_in_base64_too() {
    for text in ["x-api-key: canary", "Basic YW5uOmNhbmFyeQ==", "Basic YTpjYW5hcnk=", "Basic YWI6Y2FuYXJ5"] {
        assert!(canary::is_in(text), "{text}");
    }
    assert!(!canary::is_in("Basic YW5uOnB3"));
}

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}
