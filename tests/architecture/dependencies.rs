//! Who may depend on whom.
//!
//! In: `cargo metadata`. Out: a failure for each dependency against the direction. Never: a look
//! at crates of others.

use std::process::Command;

use clientwright_tests::workspace;
use serde_json::Value;

/// Which of our crates each may depend on, in builds and in tests. Crates that are not named here
/// are free, and nothing that is named may depend on them.
const ALLOWED: &[(&str, &[&str])] = &[
    ("clientwright-document", &[]),
    ("clientwright-api", &["clientwright-document"]),
    ("clientwright-rust", &["clientwright-document", "clientwright-api"]),
    ("clientwright", &["clientwright-document", "clientwright-api", "clientwright-rust"]),
    ("clientwright-cli", &["clientwright"]),
    ("clientwright-runtime", &[]),
];

#[test]
fn dependencies_go_one_way() {
    let packages = packages();
    let names: Vec<&str> = packages.iter().map(|(name, _)| name.as_str()).collect();
    for (name, dependencies) in &packages {
        let ours = dependencies.iter().map(String::as_str).filter(|dependency| names.contains(dependency));
        let Some(allowed) = allowed(name) else { continue };
        let wrong: Vec<_> = ours.filter(|dependency| !allowed.contains(dependency)).collect();
        assert!(wrong.is_empty(), "`{name}` must not depend on {wrong:?}; see the direction in ARCHITECTURE.md");
    }
}

#[test]
fn every_crate_of_the_direction_is_looked_at() {
    let packages = packages();
    for (name, _) in ALLOWED {
        assert!(packages.iter().any(|(known, _)| known == name), "`{name}` is not in the workspace");
    }
}

#[test]
fn the_command_alone_parses_command_lines() {
    for (name, dependencies) in packages() {
        let parses = dependencies.iter().any(|dependency| dependency == "clap");
        assert_eq!(parses, name == "clientwright-cli", "`{name}`; users of a build script would pay for it");
    }
}

/// Generated crates depend on the runtime alone: whatever a document says.
fn allowed(name: &str) -> Option<&'static [&'static str]> {
    ALLOWED.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

#[test]
fn generated_crates_depend_on_the_runtime_alone() {
    for (name, manifest) in manifests() {
        if !manifest.contains("/crates/clients/") {
            continue;
        }
        let packages = packages();
        let (_, dependencies) = packages.iter().find(|(known, _)| *known == name).unwrap();
        assert_eq!(*dependencies, ["clientwright-runtime"], "{name}");
    }
}

/// The workspace's packages with the names of all they depend on, of every kind.
fn packages() -> Vec<(String, Vec<String>)> {
    let list = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap();
        dependencies.iter().map(|dependency| text(&dependency["name"])).collect()
    };
    metadata().iter().map(|package| (text(&package["name"]), list(package))).collect()
}

/// The workspace's packages with their manifests, slashes everywhere.
fn manifests() -> Vec<(String, String)> {
    let path = |package: &Value| text(&package["manifest_path"]).replace('\\', "/");
    metadata().iter().map(|package| (text(&package["name"]), path(package))).collect()
}

fn metadata() -> Vec<Value> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace()).args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
