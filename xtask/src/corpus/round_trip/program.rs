//! The program that reads values and writes them again.
//!
//! In: the types of a client. Out: a package around them, built. Never: a type of the table left out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright::NamedType;
use serde_json::json;

use super::super::Folder;

/// Writes the package around the generated modules. There is one for all documents, so that what an earlier one left in
/// the target folder is replaced.
pub(super) fn write(folder: &Folder, types: &[NamedType]) -> Result<(), String> {
    let runtime = folder.root.join("crates/clientwright-runtime");
    let manifest = format!(
        "[package]\nname = \"round-trip\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nclientwright-runtime = {{ path = {}, default-features = false, features = [\"chrono\", \
         \"decimal\", \"serde\", \"uuid\"] }}\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        json!(runtime)
    );
    folder.write("round-trip/Cargo.toml", &manifest)?;
    let lock = folder.root.join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if !folder.path.join("round-trip/Cargo.lock").exists() {
        folder.write("round-trip/Cargo.lock", &lock)?;
    }
    folder.write("round-trip/src/client/mod.rs", "pub mod src;\n")?;
    folder.write("round-trip/src/client/src/mod.rs", "pub mod types;\n")?;
    let mut main = MAIN.to_owned();
    for found in types {
        let _ = writeln!(main, "    again::<Option<types::{}>>,", found.name);
    }
    main.push_str("];\n");
    folder.write("round-trip/src/main.rs", &main)
}

/// Builds the package.
pub(super) fn build(place: &Path) -> Result<PathBuf, String> {
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--target-dir", "target"]).current_dir(place);
    command.env_remove("CARGO_TARGET_DIR").env("RUSTFLAGS", "--cap-lints allow");
    let output = command.output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(errors.lines().take(40).flat_map(|line| [line, "\n"]).collect());
    }
    Ok(place.join("target/debug").join(format!("round-trip{}", std::env::consts::EXE_SUFFIX)))
}

/// The program, but for its types. A schema that allows null says so wherever its type stands, and here too.
const MAIN: &str = r#"mod client;

use std::fmt::Write as _;

use client::src::types;
use clientwright_runtime::wire::{Decode, Encode, WireError, json};

type Again = fn(&[u8]) -> Result<Vec<u8>, WireError>;

fn again<T: Decode + Encode>(text: &[u8]) -> Result<Vec<u8>, WireError> {
    json::from_slice::<T>(text).and_then(|value| json::to_vec(&value))
}

fn run() {
    let file = std::env::args().nth(1).expect("a file of values");
    let mut output = String::new();
    for line in std::fs::read_to_string(file).expect("values").lines() {
        let (row, text) = line.split_once('\t').expect("a type and a value");
        let again = TYPES[row.parse::<usize>().expect("a number")];
        match again(text.as_bytes()) {
            Ok(bytes) => writeln!(output, "{}", String::from_utf8_lossy(&bytes)),
            Err(error) => writeln!(output, "!{}", error.to_string().replace('\n', " ")),
        }
        .expect("memory");
    }
    print!("{output}");
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).expect("a thread").join().expect("no panic");
}

static TYPES: &[Again] = &[
"#;
