//! Faults in documents.
//!
//! In: a document as JSON, and a sequence of numbers. Out: the same with one fault: something removed, replaced, renamed,
//! moved, or made to refer elsewhere. Never: a document that is as it was, if it has anything to change.

use serde_json::{Map, Value, json};

/// Numbers that look like chance and are the same on every run (`SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from(mixed >> 33).unwrap() % limit.max(1)
    }

    fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// Keys that mean something in many places.
const KEYS: &[&str] = &[
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "items",
    "prefixItems",
    "properties",
    "additionalProperties",
    "patternProperties",
    "required",
    "enum",
    "const",
    "type",
    "format",
    "default",
    "discriminator",
    "nullable",
    "readOnly",
    "writeOnly",
    "if",
    "then",
    "dependentSchemas",
    "$defs",
    "$id",
    "$anchor",
    "$dynamicRef",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "encoding",
    "headers",
    "security",
    "servers",
    "operationId",
    "tags",
    "in",
    "name",
    "style",
    "explode",
    "example",
    "examples",
    "get",
    "post",
    "x-enum-varnames",
    "description",
];
/// Texts that are hard to name or to write.
const TEXTS: &[&str] = &[
    "",
    " ",
    "_",
    "-1",
    "+1",
    "self",
    "Self",
    "crate",
    "String",
    "Option",
    "*/ fn main() {}",
    "\u{0}\r\n\u{202e}",
    "ß😀字",
    "a.b/c~d%20",
    "{id}",
    "/{a}{b}?c=d#e",
    "object",
    "string",
    "null",
    "2XX",
    "default",
    "application/json",
    "#",
    "#/",
    "http://a/b",
    "../../etc/passwd",
    "99999999999999999999",
    "(?=x)[",
    "date-time",
];

/// Puts one fault into a document.
pub(crate) fn mutate(document: &mut Value, random: &mut Random) {
    let places = places(document);
    let place = places[random.below(places.len())].clone();
    let donor = document.pointer(&places[random.below(places.len())]).cloned().unwrap_or_default();
    let references: Vec<&String> = places.iter().filter(|place| place.ends_with("/$ref")).collect();
    match random.below(8) {
        0 => remove(document, &place),
        1 => set(document, &place, odd(random)),
        2 => set(document, &place, donor),
        3 => rename(document, &place, random.pick(KEYS)),
        4 => insert(document, &place, random.pick(KEYS), donor),
        5 if !references.is_empty() => {
            let reference = references[random.below(references.len())].clone();
            let target = format!("#{}", places[random.below(places.len())]);
            set(document, &reference, Value::String(target));
        }
        6 => {
            let target = json!({ "$ref": format!("#{}", places[random.below(places.len())]) });
            let key = random.pick(&["allOf", "anyOf", "oneOf", "prefixItems", "items", "additionalProperties", "not"]);
            let value = if key.ends_with("Of") || key == "prefixItems" { json!([target, donor]) } else { target };
            insert(document, &place, key, value);
        }
        _ => set(document, &place, Value::String(random.pick(TEXTS).to_owned())),
    }
}

/// The JSON pointers of everything in a value.
fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut list = vec![(String::new(), value)];
    while let Some((place, value)) = list.pop() {
        match value {
            Value::Object(members) => list.extend(
                members
                    .iter()
                    .map(|(key, value)| (format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")), value)),
            ),
            Value::Array(items) => {
                list.extend(items.iter().enumerate().map(|(index, value)| (format!("{place}/{index}"), value)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        found.push(place);
    }
    found
}

fn odd(random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => Value::Bool(random.below(2) == 0),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(u64::MAX),
        5 => json!(1.5),
        6 => json!([]),
        7 => json!({}),
        8 => json!([[], {}, null]),
        9 => Value::String("a".repeat(300)),
        10 => (0..100).fold(json!({"type": "string"}), |inner, _| json!({"items": inner})),
        _ => json!({"$ref": "#"}),
    }
}

fn set(document: &mut Value, place: &str, value: Value) {
    if let Some(found) = document.pointer_mut(place) {
        *found = value;
    }
}

/// The container of a place, and the last step to it.
fn parent<'a>(document: &'a mut Value, place: &str) -> Option<(&'a mut Value, String)> {
    let (parent, key) = place.rsplit_once('/')?;
    Some((document.pointer_mut(parent)?, key.replace("~1", "/").replace("~0", "~")))
}

fn remove(document: &mut Value, place: &str) {
    match parent(document, place) {
        Some((Value::Object(members), key)) => drop(members.remove(&key)),
        Some((Value::Array(items), key)) => drop(items.remove(key.parse().unwrap())),
        _ => {}
    }
}

fn rename(document: &mut Value, place: &str, name: &str) {
    if let Some((Value::Object(members), key)) = parent(document, place)
        && let Some(value) = members.remove(&key)
    {
        members.insert(name.to_owned(), value);
    }
}

fn insert(document: &mut Value, place: &str, key: &str, value: Value) {
    match document.pointer_mut(place) {
        Some(Value::Object(members)) => drop(members.insert(key.to_owned(), value)),
        Some(Value::Array(items)) => items.push(value),
        Some(other) => *other = Value::Object(Map::from_iter([(key.to_owned(), value)])),
        None => {}
    }
}
