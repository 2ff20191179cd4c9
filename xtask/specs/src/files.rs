//! The files of a description.
//!
//! In: a folder, and references between the files below it. Out: what the references lead to. Never: a file read twice, or
//! one outside of the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use serde_json::Value;

/// Where something stands: a file's path in the folder, with slashes, and a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The pointer; the empty one is the whole file.
    pub pointer: String,
}

/// The files that were read.
pub(crate) struct Files {
    folder: PathBuf,
    read: BTreeMap<String, Rc<Value>>,
}

impl Place {
    /// What stands under a key.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { file: self.file.clone(), pointer: format!("{}/{key}", self.pointer) }
    }

    /// Where a reference that stands here leads.
    pub(crate) fn follow(&self, reference: &str) -> Self {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() { self.file.clone() } else { beside(&self.file, path) };
        Self { file, pointer: pointer.to_owned() }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}#{}", self.file, self.pointer)
    }
}

impl Files {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, read: BTreeMap::new() }
    }

    /// What stands at a place.
    pub(crate) fn at(&mut self, place: &Place) -> Result<Value, String> {
        let file = self.file(&place.file)?;
        file.pointer(&place.pointer).cloned().ok_or_else(|| format!("nothing stands at {place}"))
    }

    fn file(&mut self, name: &str) -> Result<Rc<Value>, String> {
        if let Some(known) = self.read.get(name) {
            return Ok(Rc::clone(known));
        }
        let text = fs::read_to_string(self.folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
        let value: Value = serde_yaml::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let value = Rc::new(value);
        self.read.insert(name.to_owned(), Rc::clone(&value));
        Ok(value)
    }

    /// The files that were read so far.
    pub(crate) fn read(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.read.iter().map(|(name, value)| (name.as_str(), &**value))
    }
}

/// A path relative to a file, without `..` in it.
fn beside(file: &str, path: &str) -> String {
    let mut found: Vec<&str> = file.split('/').collect();
    found.pop();
    for name in path.split('/') {
        match name {
            "." => {}
            ".." => drop(found.pop()),
            name => found.push(name),
        }
    }
    found.join("/")
}
