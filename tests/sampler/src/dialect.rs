//! The schemas of a document as JSON Schema 2020-12, whatever version the document is of.
//!
//! In: a document, and which way values travel. Out: definitions that refer to one another, for a validator and for
//! sampling alike. What JSON Schema has no word for stands beside it, in keywords that a validator passes over: `x-hidden`
//! (members that travel the other way) and `x-children` (what a base schema may be in truth). Never: a keyword that says less than the document does; what cannot be read asks for
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::document::{Document, Place};
use crate::heirs::{self, Heirs};

/// Which way values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To the server: without what is `readOnly`.
    Sent,
    /// From the server: without what is `writeOnly`.
    Received,
    /// Neither is known: with everything.
    Both,
}

/// The definitions of a document.
#[derive(Debug)]
pub(crate) struct Bundle<'a> {
    document: &'a Document,
    direction: Direction,
    places: Vec<Place>,
    known: BTreeMap<Place, usize>,
    /// The schemas, in the order of the places.
    definitions: Vec<Value>,
    /// What inherits from a schema that has a discriminator: the schema, and the values of its tag.
    heirs: Heirs,
}

/// Whether a keyword has a value that means something.
type IsSound = fn(&Value) -> bool;

/// Keywords that say the same in every version.
const PLAIN: &[(&str, IsSound)] = &[
    ("multipleOf", is_positive),
    ("maximum", Value::is_number),
    ("minimum", Value::is_number),
    ("maxLength", Value::is_u64),
    ("minLength", Value::is_u64),
    ("maxItems", Value::is_u64),
    ("minItems", Value::is_u64),
    ("uniqueItems", Value::is_boolean),
    ("maxProperties", Value::is_u64),
    ("minProperties", Value::is_u64),
    ("minContains", Value::is_u64),
    ("maxContains", Value::is_u64),
    ("format", Value::is_string),
    ("enum", Value::is_array),
    ("const", |_| true),
    ("dependentRequired", Value::is_object),
];

/// Keywords that hold a schema, schemas by key, and a list of schemas.
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const BY_KEY: &[&str] = &["dependentSchemas", "patternProperties", "properties"];
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

/// The least and the most of the widths that a format may ask of an integer.
const WIDTHS: &[(&str, i128, i128)] = &[
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

impl<'a> Bundle<'a> {
    /// No definitions yet.
    #[must_use]
    pub(crate) fn new(document: &'a Document, direction: Direction) -> Self {
        let heirs = heirs::heirs(document);
        Self { document, direction, places: Vec::new(), known: BTreeMap::new(), definitions: Vec::new(), heirs }
    }

    /// The number of the definition for a place, made with all that it refers to.
    pub(crate) fn define(&mut self, place: &Place) -> usize {
        let number = self.number(place);
        while let Some(next) = self.places.get(self.definitions.len()).cloned() {
            let schema = self.document.get(&next).unwrap_or(&Value::Bool(true));
            let mut made = self.schema(&next, schema);
            if let Value::Object(members) = &mut made
                && let Some(heirs) = self.heirs.get(&next).cloned()
            {
                let heirs: Vec<Value> = heirs.iter().map(|(heir, tags)| json!([self.reference(heir), tags])).collect();
                let tag = self.tag_of(&next);
                members.insert("x-children".to_owned(), json!([tag, heirs]));
            }
            self.definitions.push(made);
        }
        number
    }

    /// The schema that a reference of a definition leads to.
    #[must_use]
    pub(crate) fn target(&self, reference: &str) -> Option<&Value> {
        self.definitions.get(reference.strip_prefix("#/$defs/")?.parse::<usize>().ok()?)
    }

    /// A definition.
    #[must_use]
    pub(crate) fn get(&self, number: usize) -> Option<&Value> {
        self.definitions.get(number)
    }

    /// One schema of all definitions: an object whose members, by the definitions' numbers, are values of them.
    #[must_use]
    pub(crate) fn whole(&self) -> Value {
        let numbered = || self.definitions.iter().enumerate();
        let definitions: Map<String, Value> =
            numbered().map(|(number, made)| (number.to_string(), made.clone())).collect();
        let members: Map<String, Value> =
            numbered().map(|(number, _)| (number.to_string(), json!({"$ref": format!("#/$defs/{number}")}))).collect();
        json!({"$defs": definitions, "properties": members})
    }

    fn number(&mut self, place: &Place) -> usize {
        if let Some(&known) = self.known.get(place) {
            return known;
        }
        let number = self.places.len();
        self.places.push(place.clone());
        self.known.insert(place.clone(), number);
        number
    }

    fn reference(&mut self, place: &Place) -> String {
        format!("#/$defs/{}", self.number(place))
    }

    /// The member that a schema's own discriminator names.
    fn tag_of(&self, place: &Place) -> Option<&str> {
        heirs::tag(self.document.get(place)?)
    }

    fn schema(&mut self, place: &Place, schema: &Value) -> Value {
        let Value::Object(members) = schema else {
            return Value::Bool(schema.as_bool().unwrap_or(true));
        };
        let mut made = Map::new();
        let reference = members.get("$ref").or_else(|| members.get("$dynamicRef")).and_then(Value::as_str);
        if let Some(reference) = reference {
            if let Some(target) = self.document.resolve(&place.file, reference) {
                made.insert("$ref".to_owned(), self.reference(&target).into());
            }
            if !self.document.is_modern() {
                return Value::Object(made);
            }
        }
        self.plain(members, &mut made);
        self.subschemas(place, members, &mut made);
        self.hidden(place, members, &mut made);
        self.discriminated(place, members, &mut made);
        let null = if self.document.version().starts_with('2') { "x-nullable" } else { "nullable" };
        if !self.document.is_modern() && members.get(null) == Some(&Value::Bool(true)) {
            return json!({"anyOf": [{"type": "null"}, made]});
        }
        Value::Object(made)
    }

    fn plain(&self, members: &Map<String, Value>, made: &mut Map<String, Value>) {
        for (key, is_sound) in PLAIN {
            if let Some(value) = members.get(*key).filter(|value| is_sound(value)) {
                made.insert((*key).to_owned(), value.clone());
            }
        }
        if members.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            made.remove("enum");
        }
        if let Some(kind) = members.get("type").and_then(|kind| self.kind(kind)) {
            made.insert("type".to_owned(), kind);
        }
        if let Some(pattern) = members.get("pattern").filter(|pattern| is_pattern(pattern)) {
            made.insert("pattern".to_owned(), pattern.clone());
        }
        for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            match (members.get(exclusive), made.get(limit).cloned()) {
                (Some(Value::Bool(true)), Some(bound)) => {
                    made.remove(limit);
                    made.insert(exclusive.to_owned(), bound);
                }
                (Some(bound @ Value::Number(_)), _) => {
                    made.insert(exclusive.to_owned(), bound.clone());
                }
                _ => {}
            }
        }
        let encoded = match members.get("contentEncoding").and_then(Value::as_str) {
            Some("base64") => Some("byte"),
            Some("base64url") => Some("base64url"),
            _ => None,
        };
        if let Some(encoded) = encoded {
            made.entry("format").or_insert_with(|| encoded.into());
        }
        let format = members.get("format").and_then(Value::as_str).unwrap_or_default();
        if let Some((_, least, most)) = WIDTHS.iter().find(|(name, _, _)| *name == format)
            && made.get("type").is_some_and(|kind| kind.to_string().contains("integer"))
        {
            let bound = |bound: i128| serde_json::from_str::<Value>(&bound.to_string()).unwrap_or_default();
            made.insert("x-width".to_owned(), json!([bound(*least), bound(*most)]));
            made.insert("allOf".to_owned(), json!([{"minimum": bound(*least), "maximum": bound(*most)}]));
        }
    }

    /// The types that a schema states, where they are some.
    fn kind(&self, kind: &Value) -> Option<Value> {
        let one = |name: &str| {
            match name {
                "file" if !self.document.is_modern() => Some("string"),
                "null" | "boolean" | "object" | "array" | "number" | "string" | "integer" => Some(name),
                _ => None,
            }
            .map(str::to_owned)
        };
        match kind {
            Value::String(name) => one(name).map(Value::String),
            Value::Array(names) => {
                let names: Option<Vec<String>> = names.iter().map(|name| one(name.as_str()?)).collect();
                names.filter(|names| !names.is_empty()).map(Value::from)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
        }
    }

    fn subschemas(&mut self, place: &Place, members: &Map<String, Value>, made: &mut Map<String, Value>) {
        for key in ONE {
            match members.get(*key) {
                Some(schema @ (Value::Object(_) | Value::Bool(_))) => {
                    made.insert((*key).to_owned(), self.schema(place, schema));
                }
                Some(Value::Array(schemas)) if *key == "items" => {
                    made.insert("prefixItems".to_owned(), schemas.iter().map(|one| self.schema(place, one)).collect());
                }
                _ => {}
            }
        }
        for key in BY_KEY {
            if let Some(Value::Object(schemas)) = members.get(*key) {
                let is_sound = |name: &str| *key != "patternProperties" || is_pattern(&name.into());
                let schemas = schemas.iter().filter(|(name, _)| is_sound(name));
                let schemas: Map<String, Value> =
                    schemas.map(|(name, schema)| (name.clone(), self.schema(place, schema))).collect();
                made.insert((*key).to_owned(), Value::Object(schemas));
            }
        }
        for key in LISTS {
            if let Some(Value::Array(schemas)) = members.get(*key).filter(|list| list.get(0).is_some()) {
                let schemas: Vec<Value> = schemas.iter().map(|schema| self.schema(place, schema)).collect();
                match made.get_mut(*key) {
                    Some(Value::Array(known)) => known.extend(schemas),
                    _ => {
                        made.insert((*key).to_owned(), schemas.into());
                    }
                }
            }
        }
    }

    /// What is required, and the members that travel the other way.
    fn hidden(&self, place: &Place, members: &Map<String, Value>, made: &mut Map<String, Value>) {
        let word = match self.direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
            Direction::Both => "",
        };
        let properties = members.get("properties").and_then(Value::as_object).into_iter().flatten();
        let is_hidden = |schema: &Value| !word.is_empty() && self.says(place, schema, word, 0);
        let hidden: Vec<&str> =
            properties.filter(|(_, schema)| is_hidden(schema)).map(|(key, _)| key.as_str()).collect();
        let required = members.get("required").and_then(Value::as_array).into_iter().flatten();
        let required: BTreeSet<&str> = required.filter_map(Value::as_str).filter(|key| !hidden.contains(key)).collect();
        if !required.is_empty() {
            made.insert("required".to_owned(), required.into_iter().collect());
        }
        if !hidden.is_empty() {
            made.insert("x-hidden".to_owned(), hidden.into());
        }
    }

    /// Whether a schema, or what it refers to or consists of, says something of itself.
    fn says(&self, place: &Place, schema: &Value, word: &str, depth: usize) -> bool {
        let own = |word: &str| schema.get(word) == Some(&Value::Bool(true));
        // What stands nearest holds, where a document says both.
        if own("readOnly") || own("writeOnly") || depth > 8 {
            return own(word);
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|reference| self.document.resolve(&place.file, reference));
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let referred = target.as_ref().and_then(|target| Some((target, self.document.get(target)?)));
        referred.is_some_and(|(place, schema)| self.says(place, schema, word, depth + 1))
            || parts.into_iter().any(|part| self.says(place, part, word, depth + 1))
    }

    /// A choice with a discriminator is made by it: each branch has its words in that member, and it matters no more that
    /// another branch would do as well.
    fn discriminated(&self, place: &Place, members: &Map<String, Value>, made: &mut Map<String, Value>) {
        let Some(tag) = members.get("discriminator").and_then(heirs::tag_of) else { return };
        let mapping = members.get("discriminator").and_then(|one| one.get("mapping"));
        for key in ["oneOf", "anyOf"] {
            let Some(branches) = members.get(key).and_then(Value::as_array) else { continue };
            let Some(Value::Array(schemas)) = made.remove(key) else { continue };
            let told = branches.iter().zip(schemas).map(|(branch, schema)| {
                let target = branch.get("$ref").and_then(Value::as_str);
                let target = target.and_then(|reference| self.document.resolve(&place.file, reference));
                let names = target.map(|target| heirs::names(self.document, &place.file, &target, mapping));
                let stated = heirs::stated(self.document, &place.file, branch, tag, 0);
                let fits = |name: &String| stated.as_ref().is_none_or(|stated| stated.contains(name));
                let names: Vec<String> = names.unwrap_or_default().into_iter().filter(fits).collect();
                if names.is_empty() {
                    return schema;
                }
                json!({"allOf": [schema, {"type": "object", "required": [tag], "properties": {tag: {"enum": names}}}]})
            });
            made.insert("anyOf".to_owned(), told.collect());
        }
    }
}

fn is_positive(value: &Value) -> bool {
    value.as_f64().is_some_and(|value| value > 0.0)
}

/// Whether a validator can read a pattern.
fn is_pattern(pattern: &Value) -> bool {
    pattern.is_string() && jsonschema::options().build(&json!({"pattern": pattern})).is_ok()
}
