//! `cargo xtask specs`: how complete the descriptions of `specs/` are, and whether what they show is right.
//!
//! In: nothing. Out: what the package `xtask-specs` says. Never: a validator of JSON Schema in the build of the other commands;
//! that package alone has one, and cargo builds it when it is asked for.

use std::path::Path;
use std::process::Command;

use crate::Said;

/// Builds that package and runs it.
pub(crate) fn run() -> Said {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).args(["run", "--quiet", "--package", "xtask-specs"]);
    match cargo.output() {
        Ok(output) => Said {
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
            succeeded: output.status.success(),
        },
        Err(error) => Said::error(format!("cargo could not be run: {error}\n")),
    }
}
