//! Manifests, new and edited by a person.
//!
//! In: manifests that are there, and hostile words of a document. Out: what is written. Never: a
//! file on the disk.

use clientwright_rust::Manifest;
use toml_edit::{DocumentMut, Item};

use super::text;
use crate::configuration::{ManifestSettings, Runtime};

fn manifest() -> Manifest {
    Manifest {
        name: "pets".to_owned(),
        version: "0.1.0".to_owned(),
        description: "Calls the pet store.".to_owned(),
        has_client: true,
        runtime_features: vec!["chrono"],
    }
}

fn settings() -> ManifestSettings {
    let runtime = Runtime { version: "0.1.0".to_owned(), path: None };
    ManifestSettings { runtime, ..ManifestSettings::default() }
}

fn written(existing: Option<&str>) -> String {
    text(existing, &manifest(), &settings(), Some("../runtime")).unwrap()
}

#[test]
fn a_new_manifest() {
    let expected = r#"# clientwright keeps the keys it knows in this file in step with the document and with
# clientwright.toml. Everything else that is written here is yours and stays.

[package]
name = "pets"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"
description = "Calls the pet store."
publish = false

[package.metadata.docs.rs]
features = ["blocking", "serde"]

[lib]
doctest = false

[features]
default = ["rustls"]
rustls = ["clientwright-runtime/rustls"]
native-tls = ["clientwright-runtime/native-tls"]
blocking = ["clientwright-runtime/blocking"]
gzip = ["clientwright-runtime/gzip"]
http2 = ["clientwright-runtime/http2"]
system-proxy = ["clientwright-runtime/system-proxy"]
tracing = ["clientwright-runtime/tracing"]
serde = ["clientwright-runtime/serde"]

[dependencies]
clientwright-runtime = { version = "0.1.0", path = "../runtime", default-features = false, features = ["reqwest", "chrono"] }
"#;
    assert_eq!(written(None), expected);
}

#[test]
fn writing_twice_changes_nothing() {
    let once = written(None);
    assert_eq!(written(Some(&once)), once);
}

#[test]
fn what_a_person_wrote_stays() {
    let existing = r#"# My client.
[package]
authors = ["me"] # yes, me
name = "pets"
version.workspace = true
edition   =   '2024'
description = "old" # from the document
license = { workspace = true }
publish = ["my-registry"]

[package.metadata.docs.rs]
all-features = true

[features]
default = ["native-tls"]
rustls = ["clientwright-runtime/rustls", "extra"]
extra = []

[dependencies]
serde = "1"
clientwright-runtime = { version = "0.0.9", features = ["old"] }

[lints]
workspace = true
"#;
    let settings = ManifestSettings { publish: true, license: Some("MIT".to_owned()), ..settings() };
    let written = text(Some(existing), &manifest(), &settings, None).unwrap();
    for kept in [
        "# My client.\n",
        "authors = [\"me\"] # yes, me\n",
        "version.workspace = true\n",
        "edition   =   '2024'\n",
        "description = \"Calls the pet store.\" # from the document\n",
        "license = { workspace = true }\n",
        "publish = [\"my-registry\"]\n",
        "\n[package.metadata.docs.rs]\nall-features = true\n",
        "default = [\"native-tls\"]\n",
        "rustls = [\"clientwright-runtime/rustls\", \"extra\"]\nextra = []\n",
        "serde = \"1\"\n",
        "clientwright-runtime = { version = \"0.1.0\", features = [\"reqwest\", \"chrono\"], default-features = false }\n",
        "[lints]\nworkspace = true\n",
    ] {
        assert!(written.contains(kept), "{kept}\n--- is not in\n{written}");
    }
    assert_eq!(text(Some(&written), &manifest(), &settings, None).unwrap(), written);
}

#[test]
fn a_dependency_inherited_from_the_workspace_gets_features_only() {
    let existing = "[dependencies]\nclientwright-runtime.workspace = true\n";
    let written = written(Some(existing));
    let document: DocumentMut = written.parse().unwrap();
    let runtime = document["dependencies"]["clientwright-runtime"].as_table_like().unwrap();
    assert_eq!(runtime.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["workspace", "features"]);
}

#[test]
fn publishing_is_a_decision() {
    assert!(written(None).contains("publish = false"));
    let open = ManifestSettings { publish: true, ..settings() };
    let private = written(None);
    assert!(!text(Some(&private), &manifest(), &open, None).unwrap().contains("publish"));
}

#[test]
fn words_of_a_document_stay_words() {
    for hostile in [
        "x\"\n[dependencies]\nevil = \"*\"\n",
        "x'''\n\"\"\"\nbuild = \"evil.rs\"",
        "x\r\nbuild = 'evil.rs' #",
        "\\\" \u{202e} \u{0} {workspace = true}",
    ] {
        let manifest = Manifest { description: hostile.to_owned(), ..manifest() };
        let written = text(None, &manifest, &settings(), None).unwrap();
        let document: DocumentMut = written.parse().unwrap();
        let names = |item: &Item| item.as_table().unwrap().iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
        assert_eq!(names(document.as_item()), ["package", "lib", "features", "dependencies"], "{written}");
        assert_eq!(names(&document["dependencies"]), ["clientwright-runtime"], "{written}");
        let keys = ["name", "version", "edition", "rust-version", "description", "publish", "metadata"];
        assert_eq!(names(&document["package"]), keys, "{written}");
        assert!(!document["package"]["description"].as_str().unwrap().contains('\n'));
    }
}

#[test]
fn a_broken_manifest_is_left_to_its_owner() {
    assert!(text(Some("[package\n"), &manifest(), &settings(), None).is_err());
}

#[test]
fn types_alone_need_no_transport() {
    let manifest = Manifest { has_client: false, ..manifest() };
    let new = text(None, &manifest, &settings(), None).unwrap();
    let dependency = r#"clientwright-runtime = { version = "0.1.0", default-features = false, features = ["chrono"] }"#;
    assert!(new.contains(dependency) && !new.contains("[features]") && !new.contains("docs.rs"), "{new}");
    // What was written for a client is taken back, and what a person wrote stays.
    let before = written(None).replace("[dependencies]", "mine = []\n[dependencies]");
    let after = text(Some(&before), &manifest, &settings(), None).unwrap();
    assert!(after.contains("[features]\n\nmine = []\n") && !after.contains("docs.rs"), "{after}");
    for feature in ["rustls", "native-tls", "blocking", "default = ", "\"reqwest\""] {
        assert!(!after.contains(feature), "{feature}: {after}");
    }
}
