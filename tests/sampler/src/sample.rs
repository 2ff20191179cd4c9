//! Values for schemas.
//!
//! In: definitions, and a series of random numbers. Out: values that are meant to be valid; whether they are, a validator
//! says. A value has to be everything that several schemas ask of it at once (`allOf`, references, a branch of each
//! choice), so what is sampled is always a list of schemas. Never: recursion without a bound, in depth or in steps.

mod object;

use serde_json::{Map, Value};

use crate::dialect::Bundle;
use crate::json::Json;
use crate::random::Random;
use crate::{number, text};

/// How deep a value is nested before only what is required is added, and before it is given up.
const DEEP: usize = 5;
const DEEPEST: usize = 24;
/// How many schemas are looked at for one value.
const STEPS: usize = 20_000;
/// How many values are in one before only what is required is added.
const NODES: usize = 300;
/// How many branches of a choice are tried.
const BRANCHES: usize = 6;

/// How much of what is optional a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Only what is required.
    Least,
    /// Something of it.
    Some,
    /// All of it, as far as it stays a value of sensible size.
    All,
}

/// Makes values.
pub(crate) struct Sampler<'a> {
    bundle: &'a Bundle<'a>,
    random: Random,
    extent: Extent,
    steps: usize,
    nodes: usize,
}

/// What is known of a value before it is made.
#[derive(Clone, Default)]
struct Facts<'a> {
    /// What is asked of it.
    plain: Vec<&'a Map<String, Value>>,
    /// The references that were followed.
    references: Vec<&'a str>,
    /// The branches of the choices that were not made yet.
    open: Vec<&'a [Value]>,
    /// Members that name what the value is, and the words that they may have.
    tags: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> Sampler<'a> {
    /// Makes values of the definitions.
    #[must_use]
    pub(crate) fn new(bundle: &'a Bundle<'a>, random: Random, extent: Extent) -> Self {
        Self { bundle, random, extent, steps: STEPS, nodes: NODES }
    }

    /// A value of a definition, where one was found.
    pub(crate) fn sample(&mut self, definition: usize) -> Option<Json> {
        (self.steps, self.nodes) = (STEPS, NODES);
        self.value(vec![self.bundle.get(definition)?], 0)
    }

    /// A value that all of some schemas ask for.
    fn value(&mut self, schemas: Vec<&'a Value>, depth: usize) -> Option<Json> {
        self.nodes = self.nodes.saturating_sub(1);
        if depth > DEEPEST { None } else { self.expand(schemas, Facts::default(), depth) }
    }

    /// Whether only what is required is added.
    fn is_frugal(&self, depth: usize) -> bool {
        depth >= DEEP || self.nodes == 0 || self.extent == Extent::Least
    }

    fn expand(&mut self, mut list: Vec<&'a Value>, mut facts: Facts<'a>, depth: usize) -> Option<Json> {
        while let Some(schema) = list.pop() {
            self.steps = self.steps.checked_sub(1)?;
            let Value::Object(members) = schema else {
                if schema == &Value::Bool(false) {
                    return None;
                }
                continue;
            };
            facts.plain.push(members);
            if let Some(reference) = members.get("$ref").and_then(Value::as_str)
                && !facts.references.contains(&reference)
            {
                facts.references.push(reference);
                list.extend(self.bundle.target(reference));
            }
            list.extend(members.get("allOf").and_then(Value::as_array).into_iter().flatten());
            if let Some(children) = members.get("x-children") {
                list.extend(self.heir(children, &mut facts));
            }
            if members.contains_key("if") {
                let holds = self.random.chance(50);
                let branches = if holds { ["if", "then"] } else { ["else", "else"] };
                list.extend(branches.iter().filter_map(|key| members.get(*key)));
            }
            for key in ["oneOf", "anyOf"] {
                if let Some(branches) = members.get(key).and_then(Value::as_array) {
                    facts.open.push(branches);
                }
            }
        }
        match facts.open.pop() {
            Some(branches) => self.choose(branches, &facts, depth),
            None => self.build(&facts, depth),
        }
    }

    /// The schema that a base is in truth: the heir by which it was reached, or one that is chosen.
    fn heir(&mut self, children: &'a Value, facts: &mut Facts<'a>) -> Option<&'a Value> {
        let tag = children.get(0)?.as_str()?;
        let heirs = children.get(1)?.as_array()?;
        let reference = |heir: &'a Value| heir.get(0).and_then(Value::as_str);
        let reached = |heir: &&Value| reference_of(heir).is_some_and(|known| facts.references.contains(&known));
        let known = heirs.iter().find(reached);
        let heir = match known {
            Some(heir) => heir,
            None if self.random.chance(75) => heirs.get(self.random.below(heirs.len()))?,
            None => return None,
        };
        facts.tags.push((tag, texts(heir.get(1)?)));
        let target = reference(heir)?;
        if known.is_some() {
            return None;
        }
        facts.references.push(target);
        self.bundle.target(target)
    }

    /// A value of one branch of a choice.
    fn choose(&mut self, branches: &'a [Value], facts: &Facts<'a>, depth: usize) -> Option<Json> {
        let mut order = self.random.shuffled((0..branches.len()).collect());
        if self.is_frugal(depth) && depth > 0 {
            let weight = |place: usize| branches.get(place).map_or(2, weight);
            order.sort_by_key(|&place| weight(place));
        }
        order.into_iter().take(BRANCHES).find_map(|place| {
            let branch = branches.get(place)?;
            self.expand(vec![branch], facts.clone(), depth)
        })
    }

    fn build(&mut self, facts: &Facts<'a>, depth: usize) -> Option<Json> {
        let listed: Vec<&'a Value> = facts.values("enum").chain(facts.values("const")).collect();
        if !listed.is_empty() {
            return self.listed(facts);
        }
        let kinds = facts.kinds();
        let mut kinds = self.random.shuffled(kinds);
        if kinds.len() > 1 && (self.is_frugal(depth) == self.random.chance(90)) {
            // Null is the least value, and otherwise a rare one.
            kinds.sort_by_key(|kind| (*kind == "null") != self.is_frugal(depth));
        }
        kinds.into_iter().find_map(|kind| match kind {
            "null" => Some(Json::Null),
            "boolean" => Some(Json::Boolean(self.random.chance(50))),
            "integer" => number::integer(&mut self.random, &facts.plain),
            "number" => number::number(&mut self.random, &facts.plain),
            "string" => text::text(&mut self.random, &facts.plain),
            "array" => self.list(facts, depth),
            "object" => self.object(facts, depth),
            _ => Some(any(&mut self.random, 0)),
        })
    }

    /// One of the values that are listed.
    fn listed(&mut self, facts: &Facts<'a>) -> Option<Json> {
        let lists: Vec<&Vec<Value>> = facts.values("enum").filter_map(Value::as_array).collect();
        let constants: Vec<&Value> = facts.values("const").collect();
        let all: Vec<&Value> = lists.first().map_or(constants.clone(), |list| list.iter().collect());
        let kinds = facts.kinds();
        let fits = |value: &Value| {
            lists.iter().all(|list| list.contains(value))
                && constants.iter().all(|constant| *constant == value)
                && kinds.iter().any(|kind| *kind == "any" || is_of(value, kind))
        };
        let sound: Vec<&Value> = all.into_iter().filter(|value| fits(value)).collect();
        self.random.pick(&sound).map(Json::from)
    }

    fn list(&mut self, facts: &Facts<'a>, depth: usize) -> Option<Json> {
        let least =
            facts.limits("minItems").max().unwrap_or(0).max(usize::from(facts.values("contains").next().is_some()));
        let most = facts.limits("maxItems").min().unwrap_or(usize::MAX);
        let prefix = facts.values("prefixItems").filter_map(Value::as_array).map(Vec::len).max().unwrap_or(0);
        let wanted = if self.is_frugal(depth) { least } else { least.max(prefix) + self.random.below(3) };
        let is_closed =
            facts.values("items").chain(facts.values("unevaluatedItems")).any(|one| one == &Value::Bool(false));
        let most = if is_closed { most.min(prefix) } else { most };
        let unique = facts.values("uniqueItems").any(|one| one == &Value::Bool(true));
        let mut items: Vec<Json> = Vec::new();
        for _ in 0..wanted.min(most).min(200) * 4 {
            if items.len() >= wanted.min(most) {
                break;
            }
            let mut schemas: Vec<&'a Value> = Vec::new();
            for one in &facts.plain {
                let fixed = one.get("prefixItems").and_then(|list| list.get(items.len()));
                schemas.extend(fixed.or_else(|| one.get("items")).or_else(|| one.get("unevaluatedItems")));
            }
            if items.is_empty() {
                schemas.extend(facts.values("contains"));
            }
            let item = if schemas.is_empty() { Some(any(&mut self.random, 2)) } else { self.value(schemas, depth + 1) };
            match item {
                Some(item) if !unique || !items.contains(&item) => items.push(item),
                Some(_) => {}
                None => break,
            }
        }
        (items.len() >= least.min(200)).then_some(Json::List(items))
    }
}

impl<'a> Facts<'a> {
    /// What all that is asked says by a keyword.
    fn values(&self, key: &'static str) -> impl Iterator<Item = &'a Value> {
        self.plain.iter().filter_map(move |one| one.get(key))
    }

    /// The numbers that it says by a keyword.
    fn limits(&self, key: &'static str) -> impl Iterator<Item = usize> {
        self.values(key).filter_map(Value::as_u64).filter_map(|limit| usize::try_from(limit).ok())
    }

    /// The kinds of value that it may be; `any` where nothing is said of them.
    fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Option<Vec<&'static str>> = None;
        for stated in self.values("type") {
            let names = texts(stated);
            let fits = |kind: &&str| names.contains(kind) || (*kind == "integer" && names.contains(&"number"));
            let all = || vec!["null", "boolean", "object", "array", "number", "string", "integer"];
            kinds = Some(kinds.unwrap_or_else(all).into_iter().filter(fits).collect());
        }
        if let Some(mut kinds) = kinds {
            // A number may be an integer too, but is more of a number.
            if kinds.contains(&"number") {
                kinds.retain(|kind| *kind != "integer");
            }
            return kinds;
        }
        let says = |keys: &[&str]| self.plain.iter().any(|one| keys.iter().any(|key| one.contains_key(*key)));
        let objects = ["properties", "required", "additionalProperties", "patternProperties", "minProperties"];
        if says(&objects) || !self.tags.is_empty() {
            vec!["object"]
        } else if says(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]) {
            vec!["array"]
        } else if says(&["pattern", "minLength", "maxLength"]) {
            vec!["string"]
        } else if says(&["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]) {
            vec!["number"]
        } else if says(&["format"]) {
            vec!["string"]
        } else {
            vec!["any"]
        }
    }
}

/// What a branch asks for at least: nothing, a scalar, or more.
fn weight(branch: &Value) -> usize {
    let kinds = branch.get("type").map(texts).unwrap_or_default();
    match kinds.first() {
        Some(&"null") => 0,
        Some(&("array" | "object")) | None => 2,
        Some(_) => 1,
    }
}

fn reference_of(heir: &Value) -> Option<&str> {
    heir.get(0).and_then(Value::as_str)
}

/// A text, or the texts of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => kind == "number" || (kind == "integer" && (number.is_i64() || number.is_u64())),
        Value::String(_) => kind == "string",
        Value::Array(_) => kind == "array",
        Value::Object(_) => kind == "object",
    }
}

/// Any value.
fn any(random: &mut Random, depth: usize) -> Json {
    match random.below(if depth > 2 { 5 } else { 8 }) {
        0 => Json::Null,
        1 => Json::Boolean(random.chance(50)),
        2 | 3 => Json::Number(number::any(random).to_owned()),
        4 | 5 => Json::Text(text::word(random).to_owned()),
        6 => Json::List((0..random.below(3)).map(|_| any(random, depth + 1)).collect()),
        _ => {
            Json::Object((0..random.below(3)).map(|number| (format!("key {number}"), any(random, depth + 1))).collect())
        }
    }
}
