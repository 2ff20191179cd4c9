//! The `Cargo.toml` of a generated crate.
//!
//! In: what the plan and the configuration say, and the manifest that is there already. Out: the
//! text of a manifest in which our keys are right and everything else is as a person left it.
//! Never: text of a document anywhere but inside of a string, a dependency that a document names,
//! or a crate that may be published without anybody having said so.

use clientwright_rust::Manifest;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value};

use crate::configuration::ManifestSettings;

/// The one crate that generated code depends on.
const RUNTIME: &str = "clientwright-runtime";

/// The edition generated code is written in.
const EDITION: &str = "2024";

/// The oldest compiler that generated code is promised to build with.
const RUST_VERSION: &str = "1.88";

/// What a new manifest begins with.
const HEADER: &str = "\
# clientwright keeps the keys it knows in this file in step with the document and with
# clientwright.toml. Everything else that is written here is yours and stays.

";

/// Features of the runtime that a generated crate passes through to its users.
const FEATURES: [&str; 8] = ["rustls", "native-tls", "blocking", "gzip", "http2", "system-proxy", "tracing", "serde"];

/// The features that are on unless a user says otherwise: a newcomer's first call works.
const DEFAULT_FEATURES: [&str; 1] = ["rustls"];

/// The features that docs.rs shows.
const DOCUMENTED: [&str; 2] = ["blocking", "serde"];

/// The text of the manifest; `existing` is the text of the one that is there.
pub(crate) fn text(
    existing: Option<&str>,
    manifest: &Manifest,
    settings: &ManifestSettings,
    runtime_path: Option<&str>,
) -> Result<String, TomlError> {
    let mut document: DocumentMut = existing.unwrap_or_default().parse()?;
    let root = document.as_table_mut();
    if let Some(table) = child(root, "package") {
        package(table, manifest, settings);
        if manifest.has_client {
            documentation(table);
        } else {
            without_documentation(table);
        }
    }
    if let Some(table) = child(root, "lib") {
        // Documentation is written by strangers; a test that it hides in it must not run.
        set(table, "doctest", false);
    }
    if manifest.has_client {
        if let Some(table) = child(root, "features") {
            features(table);
        }
    } else {
        without_features(root);
    }
    if let Some(table) = child(root, "dependencies") {
        dependency(table, manifest, settings, runtime_path);
    }
    let header = if existing.is_none() { HEADER } else { "" };
    Ok(format!("{header}{document}"))
}

fn package(package: &mut dyn TableLike, manifest: &Manifest, settings: &ManifestSettings) {
    set(package, "name", manifest.name.as_str());
    set_unless_inherited(package, "version", manifest.version.as_str());
    set_unless_inherited(package, "edition", EDITION);
    set_unless_inherited(package, "rust-version", RUST_VERSION);
    set_unless_inherited(package, "description", one_line(&manifest.description).as_str());
    if let Some(license) = &settings.license {
        set_unless_inherited(package, "license", license.as_str());
    }
    if let Some(repository) = &settings.repository {
        set_unless_inherited(package, "repository", repository.as_str());
    }
    if settings.publish {
        // Cargo's own default, unless a person has named registries here.
        if package.get("publish").and_then(Item::as_bool) == Some(false) {
            package.remove("publish");
        }
    } else {
        set_unless_inherited(package, "publish", false);
    }
}

fn features(features: &mut dyn TableLike) {
    // Which features are on is for a person to change.
    if features.get("default").is_none() {
        set(features, "default", DEFAULT_FEATURES.into_iter().collect::<Array>());
    }
    for feature in FEATURES {
        let ours = format!("{RUNTIME}/{feature}");
        match features.get_mut(feature).and_then(Item::as_array_mut) {
            Some(list) if list.iter().any(|value| value.as_str() == Some(&ours)) => {}
            Some(list) => list.push(ours),
            None => set(features, feature, Array::from_iter([ours])),
        }
    }
}

/// Types alone need none of the features that a client passes through: what an earlier run wrote is taken back, and what
/// a person added stays.
fn without_features(root: &mut Table) {
    let Some(features) = root.get_mut("features").and_then(Item::as_table_like_mut) else { return };
    for feature in FEATURES {
        let ours = format!("{RUNTIME}/{feature}");
        let Some(list) = features.get_mut(feature).and_then(Item::as_array_mut) else { continue };
        list.retain(|value| value.as_str() != Some(&ours));
        if list.is_empty() {
            features.remove(feature);
            if let Some(default) = features.get_mut("default").and_then(Item::as_array_mut) {
                default.retain(|value| value.as_str() != Some(feature));
            }
        }
    }
    if features.get("default").and_then(Item::as_array).is_some_and(Array::is_empty) {
        features.remove("default");
    }
    if features.is_empty() {
        root.remove("features");
    }
}

fn dependency(dependencies: &mut dyn TableLike, manifest: &Manifest, settings: &ManifestSettings, path: Option<&str>) {
    if !dependencies.get(RUNTIME).is_some_and(Item::is_table_like) {
        dependencies.insert(RUNTIME, Item::Value(Value::InlineTable(InlineTable::new())));
    }
    let Some(runtime) = dependencies.get_mut(RUNTIME).and_then(Item::as_table_like_mut) else { return };
    // A dependency that inherits from the workspace gets the rest from there.
    if !is_inherited(runtime) {
        set(runtime, "version", settings.runtime.version.as_str());
        if let Some(path) = path {
            set(runtime, "path", path);
        }
        set(runtime, "default-features", false);
    }
    let transport = manifest.has_client.then_some("reqwest");
    let features = transport.into_iter().chain(manifest.runtime_features.iter().copied());
    set(runtime, "features", features.collect::<Array>());
    if let Some(inline) = dependencies.get_mut(RUNTIME).and_then(Item::as_inline_table_mut) {
        // A key that was put at the end would stand after the space before the brace.
        inline.fmt();
    }
}

/// Where nobody has said what docs.rs should show: what needs a feature that is off.
fn documentation(package: &mut dyn TableLike) {
    let metadata = package.get("metadata").and_then(|metadata| metadata.get("docs"));
    if metadata.is_some_and(|docs| docs.get("rs").is_some()) {
        return;
    }
    let docs = implicit_child(package, "metadata").and_then(|metadata| implicit_child(metadata, "docs"));
    if let Some(rs) = docs.and_then(|docs| child(docs, "rs")) {
        set(rs, "features", Array::from_iter(DOCUMENTED));
    }
}

/// Takes back what [`documentation`] wrote: types alone have no features.
fn without_documentation(package: &mut dyn TableLike) {
    let metadata = package.get_mut("metadata").and_then(Item::as_table_like_mut);
    let docs = metadata.and_then(|metadata| metadata.get_mut("docs")).and_then(Item::as_table_like_mut);
    let Some(docs) = docs else { return };
    let features = docs.get("rs").and_then(|rs| rs.get("features")).and_then(Item::as_array);
    if features.is_some_and(|features| features.iter().map(Value::as_str).eq(DOCUMENTED.map(Some))) {
        docs.remove("rs");
    }
}

/// The table under a key, made if it is not there. None where something else stands there, which
/// cargo will refuse.
fn child<'a>(parent: &'a mut dyn TableLike, key: &str) -> Option<&'a mut dyn TableLike> {
    if parent.get(key).is_none() {
        parent.insert(key, Item::Table(Table::new()));
    }
    parent.get_mut(key)?.as_table_like_mut()
}

/// Like [`child`], without a header of its own where it holds nothing but tables.
fn implicit_child<'a>(parent: &'a mut dyn TableLike, key: &str) -> Option<&'a mut dyn TableLike> {
    if parent.get(key).is_none() {
        let mut table = Table::new();
        table.set_implicit(true);
        parent.insert(key, Item::Table(table));
    }
    parent.get_mut(key)?.as_table_like_mut()
}

fn set_unless_inherited(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let inherited = table.get(key).and_then(Item::as_table_like).is_some_and(is_inherited);
    if !inherited {
        set(table, key, value);
    }
}

/// Whether a table says `workspace = true`.
fn is_inherited(table: &dyn TableLike) -> bool {
    table.get("workspace").and_then(Item::as_bool) == Some(true)
}

/// Sets a key; where it has the value already, not even its spacing changes.
fn set(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key) {
        Some(Item::Value(existing)) if is_same(existing, &value) => {}
        Some(Item::Value(existing)) => {
            *value.decor_mut() = existing.decor().clone();
            *existing = value;
        }
        _ => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.value() == right.value(),
        (Value::Boolean(left), Value::Boolean(right)) => left.value() == right.value(),
        (Value::Array(left), Value::Array(right)) => left.iter().map(Value::as_str).eq(right.iter().map(Value::as_str)),
        _ => false,
    }
}

/// Prose as one line without control characters.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
