//! Objects.
//!
//! In: what is asked of an object. Out: one, with what is required, some of the rest, and keys that no schema describes
//! where they are allowed. Never: a key twice.

use serde_json::Value;

use super::{Extent, Facts, Sampler, any, texts};
use crate::json::Json;
use crate::text;

/// Keys that no document describes.
const FOREIGN: &[&str] = &["x-foreign", "a \"foreign\" key\n", "Ключ", "foreign.1"];

impl<'a> Sampler<'a> {
    pub(super) fn object(&mut self, facts: &Facts<'a>, depth: usize) -> Option<Json> {
        let mut members: Vec<(String, Json)> = Vec::new();
        let required: Vec<&'a str> = facts.values("required").flat_map(texts).collect();
        let hidden: Vec<&'a str> = facts.values("x-hidden").flat_map(texts).collect();
        let declared = facts.values("properties").filter_map(Value::as_object).flat_map(|all| all.keys());
        let mut keys: Vec<&'a str> = Vec::new();
        let tags = facts.tags.iter().map(|(tag, _)| *tag);
        for key in declared.map(String::as_str).chain(required.iter().copied()).chain(tags) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for key in keys {
            let is_required = required.contains(&key) || facts.tags.iter().any(|(tag, _)| *tag == key);
            if !is_required && (hidden.contains(&key) || !self.takes(depth)) {
                continue;
            }
            match self.member(facts, key, depth) {
                Some(value) => members.push((key.to_owned(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        self.foreign(facts, &mut members, depth);
        Some(Json::Object(members))
    }

    /// Whether an optional member is added.
    fn takes(&mut self, depth: usize) -> bool {
        let percent = match (self.extent, depth) {
            (Extent::Least, _) | (_, 5..) => 0,
            (Extent::All, 0 | 1) => 100,
            (Extent::All, 2) | (Extent::Some, 0) => 50,
            (Extent::Some, 1) => 40,
            (Extent::All, _) | (Extent::Some, 2) => 25,
            (Extent::Some, _) => 10,
        };
        self.nodes > 0 && self.random.chance(percent)
    }

    fn member(&mut self, facts: &Facts<'a>, key: &str, depth: usize) -> Option<Json> {
        let mut schemas: Vec<&'a Value> = Vec::new();
        for one in &facts.plain {
            let declared = one.get("properties").and_then(|all| all.get(key));
            let patterns = one.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let found: Vec<&'a Value> = patterns
                .filter(|(pattern, _)| text::matches(pattern, key))
                .map(|(_, schema)| schema)
                .chain(declared)
                .collect();
            if found.is_empty() {
                schemas.extend(one.get("additionalProperties"));
            } else {
                schemas.extend(found);
            }
        }
        let tags: Vec<&Vec<&str>> = facts.tags.iter().filter(|(tag, _)| *tag == key).map(|(_, names)| names).collect();
        if let Some(first) = tags.first() {
            let common: Vec<&str> =
                first.iter().filter(|name| tags.iter().all(|all| all.contains(name))).copied().collect();
            let listed: Vec<&str> =
                schemas.iter().flat_map(|one| one.get("enum").map(texts).unwrap_or_default()).collect();
            let fits: Vec<&str> = common.iter().filter(|name| listed.contains(name)).copied().collect();
            let names = if fits.is_empty() { common } else { fits };
            return self.random.pick(&names).map(|name| Json::Text(name.to_owned()));
        }
        if schemas.iter().all(|schema| *schema == &Value::Bool(true)) {
            return Some(any(&mut self.random, depth));
        }
        self.value(schemas, depth + 1)
    }

    /// Adds members that no schema names.
    fn foreign(&mut self, facts: &Facts<'a>, members: &mut Vec<(String, Json)>, depth: usize) {
        let least = facts.limits("minProperties").max().unwrap_or(0);
        let most = facts.limits("maxProperties").min().unwrap_or(usize::MAX);
        let described: Vec<&'a Value> =
            facts.values("additionalProperties").chain(facts.values("unevaluatedProperties")).collect();
        let is_map = described.iter().any(|one| one.is_object());
        let patterns: Vec<&'a String> =
            facts.values("patternProperties").filter_map(Value::as_object).flat_map(|all| all.keys()).collect();
        let is_closed = described.contains(&&Value::Bool(false));
        let wanted = match self.extent {
            _ if is_closed && patterns.is_empty() => 0,
            Extent::Least => 0,
            Extent::Some | Extent::All if is_map || !patterns.is_empty() => usize::from(depth < super::DEEP) * 2,
            Extent::Some | Extent::All => usize::from(self.random.chance(20)),
        };
        let wanted = (members.len() + wanted).max(least).min(most);
        for attempt in 0..20 {
            if members.len() >= wanted {
                break;
            }
            let named = facts.values("propertyNames").collect::<Vec<_>>();
            let key = match (patterns.get(self.random.below(patterns.len())), named.is_empty()) {
                (Some(pattern), _) if is_closed || self.random.chance(60) => text::matching(&mut self.random, pattern),
                (_, false) => self.value(named, depth + 1).and_then(|key| match key {
                    Json::Text(key) => Some(key),
                    Json::Null | Json::Boolean(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
                }),
                _ if is_closed => None,
                _ => self
                    .random
                    .pick(FOREIGN)
                    .map(|key| if attempt < 8 { key.to_owned() } else { format!("{key}{attempt}") }),
            };
            let Some(key) = key.filter(|key| !members.iter().any(|(known, _)| known == key)) else { continue };
            if let Some(value) = self.member(facts, &key, depth) {
                members.push((key, value));
            }
        }
    }
}
