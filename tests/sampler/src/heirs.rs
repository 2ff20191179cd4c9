//! Discriminators: which schema a value of a base is in truth, and by which words it is known.
//!
//! In: a document. Out: the heirs of each base, and names. Never: a schema that inherits from itself followed without end.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{Document, Place};

/// For each base, the schemas that inherit from it, and the words by which a tag names them.
pub(crate) type Heirs = BTreeMap<Place, Vec<(Place, Vec<String>)>>;

/// The member that a discriminator names; in 2.0 it is a text.
#[must_use]
pub(crate) fn tag(schema: &Value) -> Option<&str> {
    tag_of(schema.get("discriminator")?)
}

/// The same of the discriminator itself.
pub(crate) fn tag_of(discriminator: &Value) -> Option<&str> {
    discriminator.as_str().or_else(|| discriminator.get("propertyName")?.as_str())
}

/// The components of a document that are schemas, with their places.
pub(crate) fn components(document: &Document) -> Vec<Place> {
    let root = document.root();
    let folders = [root.within(&["components", "schemas"]), root.within(&["definitions"])];
    let names = |folder: &Place| {
        let members = document.get(folder).and_then(Value::as_object).into_iter().flatten();
        members.map(|(name, _)| folder.within(&[name])).collect::<Vec<_>>()
    };
    folders.iter().flat_map(names).collect()
}

/// What a schema is called by a tag: by the mapping where it is there, else by its own name.
pub(crate) fn names(document: &Document, file: &str, target: &Place, mapping: Option<&Value>) -> Vec<String> {
    let mapped = mapping.and_then(Value::as_object).into_iter().flatten();
    let leads = |value: &Value| {
        let text = value.as_str()?;
        let by_name = || document.resolve(file, &format!("#/components/schemas/{text}"));
        let place = if text.contains(['/', '#']) { document.resolve(file, text) } else { by_name() };
        place.or_else(by_name)
    };
    let known: Vec<String> =
        mapped.filter(|(_, value)| leads(value).as_ref() == Some(target)).map(|(name, _)| name.clone()).collect();
    if known.is_empty() { vec![target.name()] } else { known }
}

/// The texts that a member of a schema may be, where they are listed.
pub(crate) fn stated(document: &Document, file: &str, schema: &Value, key: &str, depth: usize) -> Option<Vec<String>> {
    if depth > 8 {
        return None;
    }
    let property =
        schema.get("properties").and_then(|all| all.get(key)).and_then(|property| listed(document, file, property));
    let referred = || {
        let target = document.resolve(file, schema.get("$ref")?.as_str()?)?;
        stated(document, &target.file, document.get(&target)?, key, depth + 1)
    };
    let parts = || {
        let parts = schema.get("allOf")?.as_array()?;
        parts.iter().rev().find_map(|part| stated(document, file, part, key, depth + 1))
    };
    property.or_else(referred).or_else(parts)
}

fn listed(document: &Document, file: &str, property: &Value) -> Option<Vec<String>> {
    let target = property.get("$ref").and_then(Value::as_str).and_then(|reference| document.resolve(file, reference));
    let property = target.as_ref().and_then(|target| document.get(target)).unwrap_or(property);
    let texts = |values: &Vec<Value>| values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let constant = || property.get("const")?.as_str().map(|text| vec![text.to_owned()]);
    property.get("enum").and_then(Value::as_array).map(texts).or_else(constant)
}

/// For each base with a discriminator and no choice, the schemas that inherit from it, through others too.
pub(crate) fn heirs(document: &Document) -> Heirs {
    let mut heirs: Heirs = BTreeMap::new();
    for component in components(document) {
        let mut seen = vec![component.clone()];
        let mut next = 0;
        while let Some(place) = seen.get(next).cloned() {
            next += 1;
            let Some(schema) = document.get(&place) else { continue };
            let is_base = place != component && tag(schema).is_some();
            if is_base && schema.get("oneOf").is_none() && schema.get("anyOf").is_none() {
                let mapping = schema.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
                let mut names = names(document, &place.file, &component, mapping);
                let stated = document.get(&component).zip(tag(schema));
                let stated = stated.and_then(|(heir, tag)| self::stated(document, &component.file, heir, tag, 0));
                names = stated.filter(|stated| !names.iter().any(|name| stated.contains(name))).unwrap_or(names);
                heirs.entry(place.clone()).or_default().push((component.clone(), names));
            }
            let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
            for reference in parts.filter_map(|part| part.get("$ref")?.as_str()) {
                if let Some(target) = document.resolve(&place.file, reference).filter(|target| !seen.contains(target)) {
                    seen.push(target);
                }
            }
        }
    }
    heirs
}
