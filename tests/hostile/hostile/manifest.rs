//! Words of a document in a manifest.
//!
//! In: titles that would be keys of their own. Out: a manifest with our keys and no others. Never:
//! a call of cargo, which would obey the manifest.

use toml_edit::DocumentMut;

use super::run::{Attack, document};

#[test]
fn a_title_stays_a_title() {
    for title in [
        "x\"\n[dependencies]\nevil=\"*\"",
        "x'''\n[build-dependencies]\nevil = '*'",
        "x\"\"\"\nbuild = \"evil.rs\"\n[package]",
        "x\r\nlinks = 'z'",
        "x\u{202e}\u{0}\u{7f}\u{1b}[2J",
        "\\",
        "workspace = true",
    ] {
        let outcome = Attack::new(&document(title, "pets", "Pet")).run();
        let (_, manifest) = outcome.output.iter().find(|(path, _)| path == "Cargo.toml").expect(&outcome.said);
        let manifest: DocumentMut = manifest.parse().unwrap();
        let keys: Vec<_> = manifest.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["package", "lib", "features", "dependencies"], "{title:?}");
        let dependencies: Vec<_> = manifest["dependencies"].as_table().unwrap().iter().map(|(key, _)| key).collect();
        assert_eq!(dependencies, ["clientwright-runtime"], "{title:?}");
        let package: Vec<_> = manifest["package"].as_table().unwrap().iter().map(|(key, _)| key).collect();
        let expected = ["name", "version", "edition", "rust-version", "description", "publish", "metadata"];
        assert_eq!(package, expected, "{title:?}");
        assert_eq!(manifest["package"]["publish"].as_bool(), Some(false), "{title:?}");
    }
}
