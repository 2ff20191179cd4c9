//! Configurations, right and wrong.
//!
//! In: texts of `clientwright.toml`. Out: what is read from them, and what is said about them.
//! Never: a file on the disk, but for the one test about reading it.

use std::path::Path;

use clientwright_rust::{FormatType, UnknownMembers};

use super::{Configuration, FILE_NAME, Runtime};
use crate::scratch::Scratch;

fn read(text: &str) -> Configuration {
    Configuration::parse(Path::new("w"), FILE_NAME, text).unwrap_or_else(|report| panic!("{report}"))
}

fn complaints(text: &str) -> String {
    Configuration::parse(Path::new("w"), FILE_NAME, text).unwrap_err().render_short()
}

#[test]
fn reads_everything_there_is() {
    let configuration = read(
        r#"
        [client.allo]
        spec = "specs/allo.yaml"
        files = "specs"
        output = "crates/clients/allo"
        unknown-members = "keep"
        [client.allo.package]
        name = "allo-client"
        version = "1.2.3"
        description = "Calls."
        license = "MIT"
        repository = "https://example.com"
        publish = true
        [client.allo.formats]
        date-time = "string"
        [client.allo.runtime]
        path = "crates/clientwright-runtime"

        [client.small]
        spec = "../elsewhere/small.json"
        output = "small"
        "#,
    );
    assert_eq!(configuration.folder, Path::new("w"));
    let [allo, small] = configuration.clients.as_slice() else { panic!("{configuration:?}") };
    assert_eq!((allo.name.as_str(), allo.spec.as_str()), ("allo", "specs/allo.yaml"));
    assert_eq!(allo.output, "crates/clients/allo");
    assert_eq!((allo.files.as_deref(), small.files.as_deref()), (Some("specs"), None));
    assert_eq!(allo.config.unknown_members, UnknownMembers::Keep);
    assert_eq!(small.config.unknown_members, UnknownMembers::Ignore);
    assert_eq!(allo.config.package.name, "allo-client");
    assert_eq!(allo.config.package.version, "1.2.3");
    assert_eq!(allo.config.formats.get("date-time"), Some(&FormatType::Plain));
    assert_eq!(allo.manifest.license.as_deref(), Some("MIT"));
    assert!(allo.manifest.publish);
    let path = Some("crates/clientwright-runtime".to_owned());
    assert_eq!(allo.manifest.runtime, Runtime { version: env!("CARGO_PKG_VERSION").to_owned(), path });
    assert_eq!((small.config.package.name.as_str(), small.config.package.version.as_str()), ("small", "0.1.0"));
    assert_eq!(small.config.formats.get("date-time"), None);
    assert!(!small.manifest.publish);
}

#[test]
fn selects_clients_by_name() {
    let configuration = read(
        "[client.allo]\nspec = 'a'\noutput = 'a'\n[client.pets]\nspec = 'b'\noutput = 'b'\n[client.shop]\nspec = 'c'\n\
         output = 'c'\n",
    );
    let select = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let found = configuration.select(&names).map_err(|error| error.to_string());
        found.map(|found| found.iter().map(|client| client.name.clone()).collect::<Vec<_>>())
    };
    assert_eq!(select(&[]).unwrap(), ["allo", "pets", "shop"]);
    assert_eq!(select(&["shop", "allo", "shop"]).unwrap(), ["shop", "allo"]);
    assert_eq!(select(&["pets", "alo"]).unwrap_err(), "there is no client `alo`; did you mean `allo`?");
    assert_eq!(select(&["x\u{1b}"]).unwrap_err(), "there is no client `x\\u{1b}`; there are: `allo`, `pets`, `shop`");
    assert_eq!(
        read("").select(&["allo".to_owned()]).unwrap_err().to_string(),
        "there is no client `allo`, nor any other"
    );
}

#[test]
fn a_text_without_clients_has_none() {
    assert!(read("").clients.is_empty());
    assert!(read("# nothing yet\n").clients.is_empty());
}

#[test]
fn tells_everything_in_one_run() {
    let text = "[client.allo]\nspecs = \"a.yaml\"\noutput = 7\nrename = { person = 1 }\n\n[client.allo.formats]\n\
                date-time = \"jiff\"\nuuid = \"a::B<c>\"\n\n[clients]\n";
    assert_lines(
        &complaints(text),
        &[
            "clientwright.toml:1:1: error[missing-key]: `spec` is missing",
            "clientwright.toml:2:1: error[unknown-key]: unknown key `specs` in `[client.NAME]`",
            "clientwright.toml:3:10: error[wrong-type]: `output` is of the wrong type",
            "clientwright.toml:4:12: error[unknown-key]: unknown key `person` in `[client.NAME.rename]`",
            "clientwright.toml:7:13: error[invalid-value]: `jiff` is no type for the format `date-time`",
            "clientwright.toml:8:8: error[invalid-value]: `a::B<c>` is no type for the format `uuid`",
            "clientwright.toml:10:2: error[unknown-key]: unknown key `clients` in `clientwright.toml`",
        ],
    );
}

#[test]
fn shows_the_place_and_what_was_meant() {
    let report = Configuration::parse(
        Path::new("w"),
        FILE_NAME,
        "[client.allo]\nspec = \"a.yaml\"\nouput = \"allo\"\noutput = \"allo\"\n",
    )
    .unwrap_err();
    let expected = "\
error[unknown-key]: unknown key `ouput` in `[client.NAME]`
 --> clientwright.toml:3:1
  |
3 | ouput = \"allo\"
  | ^^^^^
  |
  = help: did you mean `output`?";
    assert_eq!(report.to_string(), expected);
}

#[test]
fn writes_nowhere_else() {
    for output in ["../x", "/x", "a/../../x", ".", "", "a//b", "a/", "C:x", "a\\\\b"] {
        let text = format!("[client.a]\nspec = \"a.yaml\"\noutput = \"{output}\"\n");
        assert!(complaints(&text).contains(":3:10: error[invalid-value]: `output`"), "{output}: {}", complaints(&text));
    }
    let nested = "[client.a]\nspec = \"a\"\noutput = \"x\"\n[client.b]\nspec = \"b\"\noutput = \"x/y\"\n";
    assert_eq!(
        complaints(nested),
        "clientwright.toml:6:10: error[invalid-value]: the clients `b` and `a` are written into one folder\n"
    );
}

#[test]
fn refuses_names_and_versions_that_cargo_would_not_take() {
    let text =
        "[client.'a b']\nspec = \"a\"\noutput = \"a\"\n[client.'a b'.package]\nname = \"1\"\nversion = \"1.0\"\n";
    assert_lines(
        &complaints(text),
        &[
            "clientwright.toml:1:9: error[invalid-value]: `a b` is not a name for a client",
            "clientwright.toml:5:8: error[invalid-value]: this is not a name for a package",
            "clientwright.toml:6:11: error[invalid-value]: this is not a version",
        ],
    );
}

#[test]
fn tells_where_the_syntax_breaks() {
    let found = complaints("[client.allo\nspec = 1\n");
    assert!(
        found.starts_with("clientwright.toml:1:13: error[syntax-error]: the file is not well-formed TOML"),
        "{found}"
    );
    let found = complaints("[client.a]\nspec = \"a\"\nspec = \"b\"\n");
    assert!(found.starts_with("clientwright.toml:3:1: error[syntax-error]"), "{found}");
}

#[test]
fn reads_a_file() {
    let scratch = Scratch::new();
    let path = scratch.path().join(FILE_NAME);
    let report = Configuration::load(&path).unwrap_err();
    assert!(report.to_string().starts_with("error[file-not-found]"), "{report}");
    scratch.write(FILE_NAME, "[client.a]\nspec = \"a.yaml\"\noutput = \"a\"\n");
    assert_eq!(Configuration::load(&path).unwrap().clients.len(), 1);
}

/// Compares lines, so that a failure shows all of them.
fn assert_lines(found: &str, expected: &[&str]) {
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}
