//! Makes a test on the wire for every operation of the generated clients, and the clients that a person shaped.
//!
//! In: the clients of `clientwright.toml` whose documents stand in `specs/`, as their generated code calls them. Out:
//! `operations.rs`, a test for each method: it is called with what its description shows, and everything optional is
//! set. Never: a look at the document; what should be on the wire is found there by `wire/described.rs`, on its own.

mod calls;
mod encodings;
mod overrides;
#[expect(clippy::wildcard_enum_match_arm, reason = "the enumerations are syn's")]
mod read;
mod readmes;
mod request;
mod round_trip;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml_edit::DocumentMut;

fn main() -> Result<(), Box<dyn Error>> {
    let tests = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = tests.parent().unwrap_or(&tests);
    let configuration = root.join("clientwright.toml");
    watch(&configuration);
    let configuration: DocumentMut = fs::read_to_string(configuration)?.parse()?;
    let mut text = String::new();
    let mut by_hand = Vec::new();
    let clients = configuration.get("client").and_then(|clients| clients.as_table()).ok_or("there are no clients")?;
    for (name, client) in clients {
        let of = |key: &str| {
            let value = client.get(key).and_then(|value| value.as_str());
            value.ok_or_else(|| format!("{name} has no `{key}`"))
        };
        if of("spec")?.starts_with("specs/") {
            by_hand.extend(one(root, name, (of("spec")?, of("output")?), &mut text)?);
        }
    }
    writeln!(text, "pub(crate) const BY_HAND: &[&str] = &{by_hand:?};")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("operations.rs"), text)?;
    encodings::generate()?;
    overrides::generate()?;
    readmes::write(root, clients.iter().filter_map(|(name, client)| Some((name, client.get("output")?.as_str()?))))?;
    round_trip::generate(&tests, root)?;
    Ok(())
}

/// The module of a client; gives the methods that a person has to call.
fn one(root: &Path, name: &str, paths: (&str, &str), text: &mut String) -> Result<Vec<String>, Box<dyn Error>> {
    let (spec, output) = paths;
    let mut by_hand = Vec::new();
    writeln!(text, "mod {} {{", identifier(name))?;
    let folder = root.join(output).join("src/operations");
    watch(&folder);
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    for path in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file = syn::parse_file(&fs::read_to_string(&path)?)?;
        writeln!(text, "mod {} {{", identifier(&stem))?;
        by_hand.extend(calls::print(&file, &identifier(name), spec, text)?);
        text.push_str("}\n");
    }
    text.push_str("}\n");
    Ok(by_hand)
}

/// A name as the test's own crates and modules have it.
fn identifier(name: &str) -> String {
    match name {
        // The name of a module of this package.
        "allo" => "allo_client".to_owned(),
        _ => name.replace('-', "_"),
    }
}

#[expect(clippy::print_stdout, reason = "cargo reads it")]
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}
