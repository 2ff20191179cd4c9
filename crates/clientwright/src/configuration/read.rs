//! The text of a `clientwright.toml` into clients.
//!
//! In: the text. Out: the clients that could be read, and what is wrong with the rest. Never: a
//! value that was not checked as far as the file alone allows it.

use clientwright_document::Diagnostic;
use clientwright_document::diagnostic::{Code, clean};
use clientwright_document::source::FileId;
use clientwright_rust::{Config, Package, UnknownMembers};
use toml_edit::Document;

use super::table::{Faults, Shape, Table, Text};
use super::{Client, ManifestSettings, Runtime};
use super::{overrides, says};

const FILE: Shape = Shape { name: "clientwright.toml", keys: &["client"], planned: &[] };
const CLIENT: Shape = Shape {
    name: "[client.NAME]",
    keys: &[
        "spec",
        "files",
        "urls",
        "output",
        "unknown-members",
        "package",
        "operations",
        "types-only",
        "first-calls",
        "formats",
        "types",
        "derives",
        "rename",
        "says",
        "runtime",
    ],
    planned: &[],
};
const PACKAGE: Shape = Shape {
    name: "[client.NAME.package]",
    keys: &["name", "version", "description", "license", "repository", "publish"],
    planned: &[],
};
const RUNTIME: Shape = Shape { name: "[client.NAME.runtime]", keys: &["version", "path"], planned: &[] };
/// The clients of a file, and what is wrong with it.
pub(super) fn clients(text: &str, file: FileId) -> (Vec<Client>, Vec<Diagnostic>) {
    let mut faults = Faults::new(file);
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            faults.error(Code::SyntaxError, "the file is not well-formed TOML", (span, error.message().trim()), "");
            return (Vec::new(), faults.diagnostics);
        }
    };
    let root = Table::root(document.as_table());
    root.check(&FILE, &mut faults);
    let mut clients: Vec<(Client, Text)> = Vec::new();
    if let Some(table) = root.table("client", &mut faults) {
        for name in table.keys() {
            check_name(name, table, &mut faults);
            let Some(client) = table.table(name, &mut faults).and_then(|table| client(name, table, &mut faults)) else {
                continue;
            };
            check_overlap(&client, &clients, &mut faults);
            clients.push(client);
        }
    }
    (clients.into_iter().map(|(client, _)| client).collect(), faults.diagnostics)
}

/// A client, with the place of its output.
fn client(name: &str, table: Table<'_>, faults: &mut Faults) -> Option<(Client, Text)> {
    table.check(&CLIENT, faults);
    let spec = table.required_text("spec", "specs/pets.yaml", faults);
    let output = table.required_text("output", "crates/clients/pets", faults);
    let output = output.filter(|output| is_output(output, faults));
    let (package, mut manifest) = package(name, table.table("package", faults), faults);
    let formats = table.table("formats", faults).map(|table| overrides::formats(table, faults)).unwrap_or_default();
    if let Some(table) = table.table("runtime", faults) {
        manifest.runtime = runtime(table, faults);
    }
    let files = table.text("files", faults);
    let urls = table.table("urls", faults).map(|table| overrides::urls(table, faults)).unwrap_or_default();
    let unknown_members = unknown_members(table, faults);
    let selection = overrides::selection(table, faults);
    let types = table.table("types", faults).map(|table| overrides::types(table, faults)).unwrap_or_default();
    let derives = table.table("derives", faults).map(|table| overrides::derives(table, faults)).unwrap_or_default();
    let rename = table.table("rename", faults).map(|table| overrides::rename(table, faults)).unwrap_or_default();
    let first_calls = overrides::first_calls(table, faults);
    let said = table.table("says", faults).map(|table| says::said(table, faults)).unwrap_or_default();
    let types_only = table.boolean("types-only", faults).unwrap_or(false);
    let (spec, output) = (spec?, output?);
    let client = Client {
        name: name.to_owned(),
        spec: spec.value,
        files: files.map(|files| files.value),
        urls,
        output: output.value.clone(),
        selection,
        said,
        config: Config { package, formats, types_only, first_calls, unknown_members, types, rename, derives },
        manifest,
    };
    Some((client, output))
}

fn unknown_members(table: Table<'_>, faults: &mut Faults) -> UnknownMembers {
    let Some(stated) = table.text("unknown-members", faults) else { return UnknownMembers::default() };
    match stated.value.as_str() {
        "ignore" => UnknownMembers::Ignore,
        "keep" => UnknownMembers::Keep,
        _ => {
            let title = "this is nothing that can become of unknown members";
            faults.error(Code::InvalidValue, title, (stated.span, "expected `ignore` or `keep`"), "");
            UnknownMembers::default()
        }
    }
}

fn package(client: &str, table: Option<Table<'_>>, faults: &mut Faults) -> (Package, ManifestSettings) {
    let mut package = Package { name: client.to_owned(), version: "0.1.0".to_owned(), description: None };
    let mut manifest = ManifestSettings::default();
    let Some(table) = table else { return (package, manifest) };
    table.check(&PACKAGE, faults);
    if let Some(name) = table.text("name", faults) {
        if !is_package_name(&name.value) {
            let title = "this is not a name for a package";
            let help = "a package's name begins with a letter and holds letters, digits, `-` and `_`";
            faults.error(Code::InvalidValue, title, (name.span, ""), help);
        }
        package.name = name.value;
    }
    if let Some(version) = table.text("version", faults) {
        check_version(&version, faults);
        package.version = version.value;
    }
    package.description = table.text("description", faults).map(|text| text.value);
    manifest.license = table.text("license", faults).map(|text| text.value);
    manifest.repository = table.text("repository", faults).map(|text| text.value);
    manifest.publish = table.boolean("publish", faults).unwrap_or(false);
    (package, manifest)
}

fn runtime(table: Table<'_>, faults: &mut Faults) -> Runtime {
    table.check(&RUNTIME, faults);
    let mut runtime = Runtime::default();
    if let Some(version) = table.text("version", faults) {
        check_version(&version, faults);
        runtime.version = version.value;
    }
    runtime.path = table.text("path", faults).filter(|path| is_inside(path, "path", faults)).map(|path| path.value);
    runtime
}

/// A client's name stands on command lines, and is the name of its package unless that is stated.
fn check_name(name: &str, table: Table<'_>, faults: &mut Faults) {
    if !is_package_name(name) {
        let title = format!("`{}` is not a name for a client", clean(name));
        let help = "a client's name begins with a letter and holds letters, digits, `-` and `_`";
        faults.error(Code::InvalidValue, title, (table.key_span(name), ""), help);
    }
}

/// Two clients in one folder would take each other's files for their own.
fn check_overlap(client: &(Client, Text), others: &[(Client, Text)], faults: &mut Faults) {
    let (client, output) = client;
    let other = others.iter().find(|(other, _)| {
        let (left, right) = (format!("{}/", client.output), format!("{}/", other.output));
        left.starts_with(&right) || right.starts_with(&left)
    });
    if let Some((other, _)) = other {
        let title = format!("the clients `{}` and `{}` are written into one folder", client.name, other.name);
        let help = "give each client a folder of its own, none inside of another";
        faults.error(Code::InvalidValue, title, (output.span.clone(), ""), help);
    }
}

/// Whether an output is a folder below that of the file, and not that folder itself.
fn is_output(output: &Text, faults: &mut Faults) -> bool {
    is_inside(output, "output", faults)
}

/// Whether a path leads down only, from name to name.
fn is_inside(path: &Text, key: &str, faults: &mut Faults) -> bool {
    let is_name = |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains(['\\', ':', '\0']);
    let inside = path.value.split('/').all(is_name);
    if !inside {
        let title = format!("`{key}` has to be a folder below the one of this file");
        let help = "write names with `/` between them, such as `crates/clients/pets`";
        faults.error(Code::InvalidValue, title, (path.span.clone(), ""), help);
    }
    inside
}

/// Whether a client, and its package, may have a name.
#[must_use]
pub fn is_package_name(name: &str) -> bool {
    let is_rest = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    name.len() <= 64 && name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()) && name.bytes().all(is_rest)
}

fn check_version(version: &Text, faults: &mut Faults) {
    if !is_version(&version.value) {
        let title = "this is not a version";
        let help = "a version has three numbers and may name a stage: `0.1.0`, `1.0.0-beta.2`";
        faults.error(Code::InvalidValue, title, (version.span.clone(), ""), help);
    }
}

/// Whether a text is a version as <https://semver.org> has it.
fn is_version(version: &str) -> bool {
    let is_number = |part: &str| {
        part.parse::<u64>().is_ok()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_stage = |part: &str| is_word(part) && (is_number(part) || part.bytes().any(|byte| !byte.is_ascii_digit()));
    let (version, build) = version.split_once('+').map_or((version, None), |(version, build)| (version, Some(build)));
    let (numbers, stage) = version.split_once('-').map_or((version, None), |(numbers, stage)| (numbers, Some(stage)));
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && stage.is_none_or(|stage| stage.split('.').all(is_stage))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_versions() {
        for good in ["0.1.0", "1.2.3-beta.2", "1.0.0-0a+build.007", "10.20.30"] {
            assert!(is_version(good), "{good}");
        }
        for bad in ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.+1", "v1.0.0", "1.0.0 ", "+1.0.0"] {
            assert!(!is_version(bad), "{bad}");
        }
    }
}
