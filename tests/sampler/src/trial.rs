//! The values with which the types of a client are tried, and what became of them.
//!
//! In: a document, and which type of the client each schema became. Out: cases, and later the counts. Never: a value that
//! the validator did not accept; a schema without a value that is not named.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::check::Check;
use crate::compare::difference;
use crate::dialect::{Bundle, Direction};
use crate::document::{Document, Place};
use crate::json::Json;
use crate::places::{self, Example, Found};
use crate::random::Random;
use crate::sample::{Extent, Sampler};

/// A type of a client.
#[derive(Clone, Debug)]
pub struct Row {
    /// The schema that it was made of.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// Which way its values travel.
    pub direction: Direction,
}

/// How many values there are.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The seed of everything.
    pub seed: u64,
    /// The most values of a type.
    pub samples: usize,
}

/// A value with which a type is tried.
#[derive(Clone, Debug)]
pub struct Case {
    /// The type, by its place among the rows.
    pub row: usize,
    /// The value.
    pub value: Json,
}

/// What is tried.
#[derive(Debug, Default)]
pub struct Trial {
    /// The values.
    pub cases: Vec<Case>,
    /// How many types have values.
    pub tried: usize,
    /// How many values were sampled, and how many of these the validator accepted.
    pub sampled: usize,
    /// See [`sampled`](Self::sampled).
    pub accepted: usize,
    /// How many examples the document shows of the types, and how many of these are valid.
    pub shown: usize,
    /// See [`shown`](Self::shown).
    pub valid: usize,
    /// The types for which no value was found, each with the reason.
    pub without: Vec<(String, String)>,
}

/// Reads the rows of a table: file, pointer, name and direction, parted by tabs.
#[must_use]
pub fn rows(table: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let place = Place { file: cells.next()?, pointer: cells.next()? };
        let name = cells.next()?;
        let direction = match cells.next()?.as_str() {
            "sent" => Direction::Sent,
            "received" => Direction::Received,
            _ => Direction::Both,
        };
        Some(Row { place, name, direction })
    };
    table.lines().filter_map(row).collect()
}

impl Trial {
    /// Finds values for the types of a document.
    ///
    /// # Errors
    ///
    /// Fails where the validator does not understand the schemas.
    pub fn new(document: &Document, rows: &[Row], settings: Settings) -> Result<Self, String> {
        let mut trial = Self::default();
        let mut found = places::find(document);
        let by_place: BTreeSet<&Place> = rows.iter().map(|row| &row.place).collect();
        let bodies: Vec<Place> = found.schemas.iter().filter_map(|place| named(document, &by_place, place)).collect();
        let wanted: BTreeSet<Place> = bodies.into_iter().collect();
        // Types that are described within others are tried with these, and with what they show of themselves.
        let inner: BTreeSet<&Place> = by_place.iter().filter(|place| !found.schemas.contains(place)).copied().collect();
        for place in inner {
            found.shown(document, place);
        }
        for direction in [Direction::Both, Direction::Received, Direction::Sent] {
            let mut bundle = Bundle::new(document, direction);
            let mut definitions: Vec<(usize, usize)> = Vec::new();
            for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.direction == direction) {
                definitions.push((index, bundle.define(&row.place)));
            }
            if definitions.is_empty() {
                continue;
            }
            let check = Check::new(&bundle)?;
            for &(index, definition) in &definitions {
                let Some(row) = rows.get(index).filter(|row| wanted.contains(&row.place)) else { continue };
                trial.sample(index, row, definition, (&bundle, &check), settings);
            }
            trial.examples(document, &found, &definitions, rows, &check);
        }
        let tried: BTreeSet<usize> = trial.cases.iter().map(|case| case.row).collect();
        trial.tried = tried.len();
        Ok(trial)
    }

    fn sample(
        &mut self,
        index: usize,
        row: &Row,
        definition: usize,
        (bundle, check): (&Bundle<'_>, &Check),
        settings: Settings,
    ) {
        let mut known: Vec<Json> = Vec::new();
        let mut reason = "nothing can be all that is asked".to_owned();
        for attempt in 0..settings.samples * 4 + 8 {
            let extent = match attempt % 4 {
                0 => Extent::Least,
                1 => Extent::All,
                _ => Extent::Some,
            };
            let random = Random::new(settings.seed, &[&row.place.pointer, &attempt.to_string()]);
            let Some(value) = Sampler::new(bundle, random, extent).sample(definition) else { continue };
            let Ok(plain) = serde_json::from_str::<Value>(&lossy(&value).to_string()) else { continue };
            if known.contains(&value) {
                continue;
            }
            self.sampled += 1;
            if check.accepts(definition, plain.clone()) {
                self.accepted += 1;
                known.push(value);
            } else {
                reason = check.refuses(definition, plain).unwrap_or_default();
            }
            if known.len() >= settings.samples {
                break;
            }
        }
        if known.is_empty() {
            self.without.push((row.place.pointer.clone(), reason));
        }
        self.cases.extend(known.into_iter().map(|value| Case { row: index, value }));
    }

    /// The examples that are valid, for each type that they are of.
    fn examples(
        &mut self,
        document: &Document,
        found: &Found,
        definitions: &[(usize, usize)],
        rows: &[Row],
        check: &Check,
    ) {
        let of: BTreeMap<&Place, Vec<(usize, usize)>> =
            definitions.iter().fold(BTreeMap::new(), |mut of, &(index, definition)| {
                if let Some(row) = rows.get(index) {
                    of.entry(&row.place).or_insert_with(Vec::new).push((index, definition));
                }
                of
            });
        let places: BTreeSet<&Place> = of.keys().copied().collect();
        for Example { schema, direction, value } in &found.examples {
            for (place, value) in parts(document, &places, schema, value) {
                for &(index, definition) in of.get(&place).into_iter().flatten() {
                    let stated = rows.get(index).map_or(Direction::Both, |row| row.direction);
                    if direction.is_some_and(|wanted| wanted != stated && stated != Direction::Both) {
                        continue;
                    }
                    self.shown += 1;
                    if check.accepts(definition, value.clone()) {
                        self.valid += 1;
                        self.cases.push(Case { row: index, value: Json::from(&value) });
                    }
                }
            }
        }
    }

    /// Counts what came back: a line for each case, JSON or `!` with an error.
    #[must_use]
    pub fn report(&self, rows: &[Row], output: &str) -> Value {
        let mut lines = output.lines();
        let mut equal = 0;
        let mut causes: BTreeMap<String, (usize, Vec<Value>)> = BTreeMap::new();
        for case in &self.cases {
            let line = lines.next().unwrap_or("!the program stopped");
            let cause = match line.strip_prefix('!') {
                Some(error) => Some(class(error)),
                None => Json::parse(line).map_or(Some("no JSON".to_owned()), |back| difference(&case.value, &back)),
            };
            let Some(cause) = cause else {
                equal += 1;
                continue;
            };
            let (count, places) = causes.entry(cause).or_default();
            *count += 1;
            if places.len() < 5 {
                let row = rows.get(case.row);
                places.push(json!({
                    "schema": row.map(|row| row.place.pointer.clone()), "type": row.map(|row| row.name.clone()),
                    "given": case.value.to_string(), "back": line,
                }));
            }
        }
        let causes: Vec<Value> = causes
            .into_iter()
            .map(|(cause, (count, places))| json!({"cause": cause, "count": count, "places": places}))
            .collect();
        json!({
            "tried": self.tried, "sampled": self.sampled, "accepted": self.accepted, "shown": self.shown,
            "valid": self.valid, "equal": equal, "causes": causes, "without": self.without,
        })
    }
}

/// A value with numbers that any reader takes: what is beyond them is near.
fn lossy(value: &Json) -> Json {
    match value {
        Json::Number(digits) if digits.parse::<f64>().is_ok_and(f64::is_infinite) => Json::Number("1e300".to_owned()),
        Json::List(items) => Json::List(items.iter().map(lossy).collect()),
        Json::Object(members) => Json::Object(members.iter().map(|(key, value)| (key.clone(), lossy(value))).collect()),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::Text(_) => value.clone(),
    }
}

/// What an error says, without the place and the value.
fn class(error: &str) -> String {
    let from = error.find("expected ").unwrap_or(0);
    let text = error.get(from..).unwrap_or(error);
    let text = text.split("found the string").next().unwrap_or(text);
    let text = text.split("found the number").next().unwrap_or(text);
    let words: Vec<&str> = text.split('`').step_by(2).collect();
    format!("not read: {}", words.join("…").trim_end_matches([',', ' ']))
}

/// The place of the type that a schema is of: its own, or that of what it refers to or is a list of.
fn named(document: &Document, types: &BTreeSet<&Place>, schema: &Place) -> Option<Place> {
    parts(document, types, schema, &Value::Array(vec![Value::Null])).into_iter().next().map(|(place, _)| place)
}

/// A value as values of types that have names: itself, or its items.
fn parts(document: &Document, types: &BTreeSet<&Place>, schema: &Place, value: &Value) -> Vec<(Place, Value)> {
    let mut place = schema.clone();
    for _ in 0..20 {
        if types.contains(&place) {
            return vec![(place, value.clone())];
        }
        let Some(found) = document.get(&place) else { break };
        let one_part = || found.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() == 1);
        if let Some(reference) = found.get("$ref").and_then(Value::as_str) {
            let Some(target) = document.resolve(&place.file, reference) else { break };
            place = target;
        } else if found.get("items").is_some() {
            let items = place.within(&["items"]);
            let values = value.as_array().into_iter().flatten();
            return values.flat_map(|value| parts(document, types, &items, value)).collect();
        } else if one_part().is_some() {
            place = place.within(&["allOf", "0"]);
        } else {
            break;
        }
    }
    Vec::new()
}
