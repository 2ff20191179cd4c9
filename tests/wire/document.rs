//! Documents of several files, read as plainly as can be.
//!
//! In: the path of a document. Out: its nodes, references followed. Never: a file read twice: hundreds of tests read the
//! same documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clientwright_tests::workspace;
use serde_json::Value;

/// A place of a document.
#[derive(Clone)]
pub(crate) struct Node {
    file: PathBuf,
    pub(crate) value: Arc<Value>,
}

impl Node {
    /// The root of a document, whose path is relative to the workspace.
    pub(crate) fn root(spec: &str) -> Self {
        Self::read(workspace().join(spec))
    }

    fn read(file: PathBuf) -> Self {
        static READ: Mutex<BTreeMap<PathBuf, Arc<Value>>> = Mutex::new(BTreeMap::new());
        let mut read = READ.lock().unwrap();
        let load = || serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let value = Arc::clone(read.entry(file.clone()).or_insert_with(|| Arc::new(load())));
        Self { file, value }
    }

    /// What stands under a key, references followed.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(self.child(self.value.get(key)?))
    }

    pub(crate) fn at(&self, key: &str) -> Self {
        self.get(key).unwrap_or_else(|| panic!("{key} is not in {}", self.value))
    }

    /// The text under a key; the empty one where there is none.
    pub(crate) fn text(&self, key: &str) -> String {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    pub(crate) fn entries(&self) -> Vec<(String, Self)> {
        let members = self.value.as_object().into_iter().flatten();
        members.filter(|(key, _)| !key.starts_with("x-")).map(|(key, value)| (key.clone(), self.child(value))).collect()
    }

    pub(crate) fn items(&self) -> Vec<Self> {
        self.value.as_array().into_iter().flatten().map(|value| self.child(value)).collect()
    }

    fn child(&self, value: &Value) -> Self {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Self { file: self.file.clone(), value: Arc::new(value.clone()) };
        };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { self.file.clone() } else { beside(&self.file, file) };
        let root = Self::read(file);
        let found = root.value.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        root.child(found)
    }
}

/// A path relative to a file, without `..` in it.
fn beside(file: &Path, path: &str) -> PathBuf {
    let mut found = file.parent().unwrap_or(Path::new("")).to_owned();
    for name in path.split('/') {
        match name {
            "." => {}
            ".." => drop(found.pop()),
            name => found.push(name),
        }
    }
    found
}
