//! A document as plain values: its root file and those it refers to.
//!
//! In: a path. Out: values by their places. Never: a model of OpenAPI, or a word shared with the generator, whose work is
//! judged by this.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::yaml::Plain;

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, by its path.
    pub file: String,
    /// The way to it: `#/components/schemas/Pet`.
    pub pointer: String,
}

/// The files of a document.
#[derive(Debug)]
pub struct Document {
    root: String,
    files: BTreeMap<String, Value>,
}

impl Document {
    /// Reads a file and all that it refers to; files that cannot be read are passed over, and so are addresses.
    ///
    /// # Errors
    ///
    /// Fails where the root file cannot be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let root = path.to_string_lossy().into_owned();
        let mut document = Self { root: root.clone(), files: BTreeMap::new() };
        document.files.insert(root.clone(), file(path)?);
        let mut list = vec![root];
        while let Some(name) = list.pop() {
            let mut found = Vec::new();
            document.files.get(&name).into_iter().for_each(|value| references(value, &mut found));
            for reference in found {
                let Some(target) = target_file(&name, &reference).filter(|target| !document.files.contains_key(target))
                else {
                    continue;
                };
                if let Ok(value) = file(Path::new(&target)) {
                    document.files.insert(target.clone(), value);
                    list.push(target);
                }
            }
        }
        Ok(document)
    }

    /// A document that is in memory.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        let root = "document".to_owned();
        Self { files: BTreeMap::from([(root.clone(), value)]), root }
    }

    /// The root of the root file.
    #[must_use]
    pub fn root(&self) -> Place {
        Place { file: self.root.clone(), pointer: "#".to_owned() }
    }

    /// The version that it states: `3.0.3`.
    #[must_use]
    pub fn version(&self) -> &str {
        let stated = |key: &str| self.files.get(&self.root)?.get(key)?.as_str();
        stated("openapi").or_else(|| stated("swagger")).unwrap_or("3.0")
    }

    /// Whether schemas are those of JSON Schema 2020-12.
    #[must_use]
    pub fn is_modern(&self) -> bool {
        !self.version().starts_with("3.0") && !self.version().starts_with('2')
    }

    /// The value of a place.
    #[must_use]
    pub fn get(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.pointer(place.pointer.strip_prefix('#')?)
    }

    /// The place that a reference leads to from a file.
    #[must_use]
    pub fn resolve(&self, from: &str, reference: &str) -> Option<Place> {
        let fragment = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let file = if reference.starts_with('#') { from.to_owned() } else { target_file(from, reference)? };
        let value = self.files.get(&file)?;
        let fragment = decoded(fragment);
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            value.pointer(&fragment)?;
            fragment
        } else {
            anchor(value, &fragment)?
        };
        let pointer = pointer.split('/').map(canonical).collect::<Vec<_>>().join("/");
        Some(Place { file, pointer: format!("#{pointer}") })
    }
}

impl Place {
    /// The place of a member, or of an item, within this.
    #[must_use]
    pub fn within(&self, keys: &[&str]) -> Self {
        let mut pointer = self.pointer.clone();
        for key in keys {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        Self { file: self.file.clone(), pointer }
    }

    /// The last key on the way to it.
    #[must_use]
    pub fn name(&self) -> String {
        let last = self.pointer.rsplit('/').next().unwrap_or_default();
        last.replace("~1", "/").replace("~0", "~")
    }
}

/// A step of a pointer as it is written when nothing is escaped without need.
fn canonical(step: &str) -> String {
    step.replace("~1", "\u{1}").replace("~0", "~").replace('~', "~0").replace('\u{1}', "~1")
}

fn file(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let value: Plain = serde_yaml::from_str(text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(value.0)
}

/// The references within a value.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.push(reference.clone());
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The path of the file that a reference names, seen from another.
fn target_file(from: &str, reference: &str) -> Option<String> {
    let path = decoded(reference.split('#').next()?);
    if path.is_empty() || path.contains("://") {
        return (path.is_empty()).then(|| from.to_owned());
    }
    let mut target = PathBuf::new();
    for component in Path::new(from).parent()?.join(path).components() {
        match component {
            Component::ParentDir => {
                target.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => target.push(component),
        }
    }
    Some(target.to_string_lossy().into_owned())
}

/// A fragment without its percent escapes (RFC 3986).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The pointer of the schema that bears an anchor.
fn anchor(value: &Value, name: &str) -> Option<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let bears = |key: &str| members.get(key).and_then(Value::as_str) == Some(name);
            if bears("$anchor") || bears("$dynamicAnchor") {
                return Some(String::new());
            }
            members.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    children.into_iter().find_map(|(key, value)| Some(format!("/{key}{}", anchor(value, name)?)))
}
