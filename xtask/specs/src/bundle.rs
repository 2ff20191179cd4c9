//! One document out of the files of a description, which no reference leaves.
//!
//! In: the path of a description. Out: the same document with its schemas under `components/schemas` and everything else where
//! it is used, its examples with their schemas, and what nothing refers to. Never: the generator's reading of a document;
//! this one is as plain as can be, and judges that one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::files::{Files, Place};
use crate::kind::Kind;

/// A description in one document.
pub struct Bundle {
    /// The document.
    pub document: Value,
    /// The values that show what a schema means.
    pub examples: Vec<Example>,
    /// Bodies as JSON that nothing shows.
    pub unshown: Vec<Place>,
    /// Definitions that nothing refers to.
    pub unused: Vec<Place>,
}

/// A value with the schema it belongs to.
pub struct Example {
    /// Where it is used.
    pub place: Place,
    /// The schema, which refers to those of the document.
    pub schema: Value,
    /// The value.
    pub value: Value,
}

/// The keys under which files keep what is referred to.
const DEFINITIONS: [&str; 6] = ["examples", "headers", "parameters", "pathItems", "responses", "schemas"];

/// What has been bundled.
struct Bundler {
    files: Files,
    /// The names of schemas.
    names: BTreeMap<Place, String>,
    /// Schemas that are named and not bundled yet.
    waiting: Vec<Place>,
    schemas: BTreeMap<String, Value>,
    examples: BTreeMap<Place, Example>,
    unshown: BTreeSet<Place>,
    referred: BTreeSet<Place>,
}

/// Bundles a description of a folder.
///
/// # Errors
///
/// A file that cannot be read, or a reference that leads nowhere.
pub fn bundle(folder: PathBuf, spec: &str) -> Result<Bundle, String> {
    let root = Place { file: spec.to_owned(), pointer: String::new() };
    let mut bundler = Bundler {
        files: Files::new(folder),
        names: BTreeMap::new(),
        waiting: Vec::new(),
        schemas: BTreeMap::new(),
        examples: BTreeMap::new(),
        unshown: BTreeSet::new(),
        referred: BTreeSet::new(),
    };
    let value = bundler.files.at(&root)?;
    let mut document = bundler.copy(&root, &value, Kind::Other)?;
    while let Some(place) = bundler.waiting.pop() {
        let value = bundler.files.at(&place)?;
        let copied = bundler.copy(&place, &value, Kind::Schema)?;
        let name = bundler.names.get(&place).cloned().unwrap_or_default();
        bundler.schemas.insert(name, copied);
    }
    let schemas = Value::Object(bundler.schemas.clone().into_iter().collect());
    if let Some(document) = document.as_object_mut() {
        let components = document.entry("components").or_insert_with(|| Value::Object(Map::new()));
        if let Some(components) = components.as_object_mut() {
            components.insert("schemas".to_owned(), schemas);
        }
    }
    let unused = bundler.unused();
    Ok(Bundle {
        document,
        examples: bundler.examples.into_values().collect(),
        unshown: bundler.unshown.into_iter().collect(),
        unused,
    })
}

impl Bundler {
    fn copy(&mut self, place: &Place, value: &Value, kind: Kind) -> Result<Value, String> {
        match value {
            Value::Object(members) if kind != Kind::Literal => match members.get("$ref").and_then(Value::as_str) {
                Some(reference) if kind != Kind::Schemas => self.referred(place, members, reference, kind),
                _ => self.members(place, members, kind),
            },
            Value::Array(items) if kind != Kind::Literal => {
                let copied = items.iter().enumerate();
                copied.map(|(at, item)| self.copy(&place.child(&at.to_string()), item, kind)).collect()
            }
            plain @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)
            | Value::Array(_)) => Ok(plain.clone()),
        }
    }

    fn members(&mut self, place: &Place, members: &Map<String, Value>, kind: Kind) -> Result<Value, String> {
        let mut copied = Map::new();
        for (key, value) in members {
            let below = place.child(key);
            let value = match kind.of(key) {
                Kind::Mapping => self.mapping(place, value),
                of @ (Kind::Schema | Kind::Schemas | Kind::Literal | Kind::Other) => self.copy(&below, value, of)?,
            };
            copied.insert(key.clone(), value);
        }
        let copied = Value::Object(copied);
        self.shown(place, &copied, kind);
        Ok(copied)
    }

    /// What a reference leads to: of a schema its name, of all else itself. What stands beside the reference stays.
    fn referred(
        &mut self,
        place: &Place,
        members: &Map<String, Value>,
        reference: &str,
        kind: Kind,
    ) -> Result<Value, String> {
        let target = place.follow(reference);
        self.referred.insert(target.clone());
        let mut beside = members.clone();
        beside.remove("$ref");
        let Value::Object(beside) = self.copy(place, &Value::Object(beside), kind)? else { return Ok(Value::Null) };
        let mut copied = if kind == Kind::Schema {
            let reference = format!("#/components/schemas/{}", self.name(&target));
            Map::from_iter([("$ref".to_owned(), Value::String(reference))])
        } else {
            let value = self.files.at(&target)?;
            match self.copy(&target, &value, kind)? {
                Value::Object(copied) => copied,
                other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                    return Ok(other);
                }
            }
        };
        copied.extend(beside);
        Ok(Value::Object(copied))
    }

    /// The schemas that a discriminator names.
    fn mapping(&mut self, place: &Place, value: &Value) -> Value {
        let mut copied = value.clone();
        let targets = copied.get_mut("mapping").and_then(Value::as_object_mut);
        for target in targets.into_iter().flat_map(Map::values_mut) {
            if let Some(reference) = target.as_str().filter(|reference| reference.contains('#')) {
                let found = place.follow(reference);
                self.referred.insert(found.clone());
                *target = Value::String(format!("#/components/schemas/{}", self.name(&found)));
            }
        }
        copied
    }

    /// The name of a schema: its own, with that of its file where another has the same.
    fn name(&mut self, place: &Place) -> String {
        if let Some(known) = self.names.get(place) {
            return known.clone();
        }
        let own = place.pointer.rsplit('/').next().unwrap_or_default().to_owned();
        let file = place.file.replace(['/', '.'], "_");
        let taken = self.names.values().any(|name| *name == own);
        let name = if taken { format!("{own}_{file}") } else { own };
        self.names.insert(place.clone(), name.clone());
        self.waiting.push(place.clone());
        name
    }

    /// Keeps the values that an object shows.
    fn shown(&mut self, place: &Place, value: &Value, kind: Kind) {
        let mut found = Vec::new();
        let schema = match kind {
            Kind::Schema => {
                found.extend(
                    ["example", "default"].into_iter().filter_map(|key| Some((key.to_owned(), value.get(key)?))),
                );
                let several = value.get("examples").and_then(Value::as_array).into_iter().flatten();
                found.extend(several.enumerate().map(|(at, value)| (format!("examples/{at}"), value)));
                value
            }
            Kind::Other => {
                let Some(schema) = value.get("schema") else { return };
                found.extend(value.get("example").map(|value| ("example".to_owned(), value)));
                let several = value.get("examples").and_then(Value::as_object).into_iter().flatten();
                found.extend(several.filter_map(|(name, one)| Some((format!("examples/{name}"), one.get("value")?))));
                if found.is_empty() && place.pointer.ends_with("json") {
                    self.unshown.insert(place.clone());
                }
                schema
            }
            Kind::Schemas | Kind::Literal | Kind::Mapping => return,
        };
        for (key, value) in found {
            let place = Place { file: place.file.clone(), pointer: format!("{}/{key}", place.pointer) };
            let example = Example { place: place.clone(), schema: schema.clone(), value: value.clone() };
            self.examples.insert(place, example);
        }
    }

    /// The definitions that nothing refers to. The root's components are for whoever reads the document.
    fn unused(&self) -> Vec<Place> {
        let mut unused = Vec::new();
        for (name, file) in self.files.read() {
            let root = Place { file: name.to_owned(), pointer: String::new() };
            for key in DEFINITIONS {
                let defined = file.get(key).and_then(Value::as_object).into_iter().flatten();
                unused.extend(defined.map(|(own, _)| root.child(key).child(own)));
            }
        }
        unused.retain(|place| !self.referred.contains(place));
        unused
    }
}
