//! What became of the values of documents.
//!
//! In: what the sampler told. Out: the same as a table, with the causes of what was lost. Never: a loss without a cause.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// What became of the values of a document.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Why there are none.
    pub(super) failure: Option<String>,
    /// Types with values, and without.
    tried: u64,
    without: u64,
    /// Values that were sampled, and those of them that are valid.
    sampled: u64,
    accepted: u64,
    /// Examples of the document, and those of them that are valid.
    shown: u64,
    valid: u64,
    /// Values that came back equal.
    equal: u64,
    causes: Vec<Cause>,
}

/// Why some values did not come back equal.
#[derive(Debug)]
struct Cause {
    name: String,
    count: u64,
    /// The first of the schemas where it happened.
    schema: String,
}

impl Outcome {
    pub(super) fn from_json(value: &Value) -> Self {
        let count = |key: &str| value.get(key).and_then(Value::as_u64).unwrap_or_default();
        let list = |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let cause = |cause: &Value| Cause {
            name: text(cause.get("cause")),
            count: cause.get("count").and_then(Value::as_u64).unwrap_or_default(),
            schema: text(cause.pointer("/places/0/schema")),
        };
        Self {
            failure: value.get("failure").and_then(Value::as_str).map(str::to_owned),
            tried: count("tried"),
            without: u64::try_from(list("without").count()).unwrap_or_default(),
            sampled: count("sampled"),
            accepted: count("accepted"),
            shown: count("shown"),
            valid: count("valid"),
            equal: count("equal"),
            causes: list("causes").map(cause).collect(),
        }
    }

    /// A line for whoever waits.
    pub(super) fn in_short(&self) -> String {
        let values = self.values();
        match &self.failure {
            Some(failure) => format!("FAILED: {}", failure.lines().next().unwrap_or_default()),
            None => format!("{} of {values} values of {} types are equal", self.equal, self.tried),
        }
    }

    fn values(&self) -> u64 {
        self.accepted + self.valid
    }
}

/// The part of all values that came back equal.
pub(super) fn equal(outcomes: &[(String, Outcome)]) -> f64 {
    let sum = |part: fn(&Outcome) -> u64| outcomes.iter().map(|(_, outcome)| part(outcome)).sum::<u64>();
    share(sum(|one| one.equal), sum(Outcome::values))
}

#[expect(clippy::cast_precision_loss, reason = "counts of values are far below the limit")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Prints what there is to say.
pub(super) fn print(outcomes: &[(String, Outcome)]) -> String {
    let mut text = String::from(
        "| document | types tried, without a value | sampled, valid | examples, valid | equal | not equal |\n\
         |---|---|---|---|---|---|\n",
    );
    for (name, one) in outcomes {
        let row = [(one.tried, one.without), (one.sampled, one.accepted), (one.shown, one.valid)];
        let cells: Vec<String> = row.iter().map(|(all, some)| format!("{all}, {some}")).collect();
        let lost = one.failure.as_ref().map_or_else(
            || one.values().saturating_sub(one.equal).to_string(),
            |failure| format!("failed: {}", failure.lines().next().unwrap_or_default()),
        );
        let _ = writeln!(text, "| {name} | {} | {} | {lost} |", cells.join(" | "), one.equal);
    }
    let sum = |part: fn(&Outcome) -> u64| outcomes.iter().map(|(_, outcome)| part(outcome)).sum::<u64>();
    let _ = writeln!(
        text,
        "\n{} of {} values of {} types in {} documents came back equal: {:.3} %.",
        sum(|one| one.equal),
        sum(Outcome::values),
        sum(|one| one.tried),
        outcomes.len(),
        equal(outcomes) * 100.0
    );
    text.push_str(&causes(outcomes));
    text
}

/// The causes over all documents, the most frequent first.
fn causes(outcomes: &[(String, Outcome)]) -> String {
    let mut causes: BTreeMap<&str, (u64, Vec<String>)> = BTreeMap::new();
    for (document, cause) in outcomes.iter().flat_map(|(name, one)| one.causes.iter().map(move |cause| (name, cause))) {
        let (count, places) = causes.entry(&cause.name).or_default();
        *count += cause.count;
        places.push(format!("{document} {} ({})", cause.schema, cause.count));
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let mut text = String::new();
    for (cause, (count, places)) in causes {
        let more = places.len().saturating_sub(4);
        let rest = if more == 0 { String::new() } else { format!(", and {more} documents") };
        let shown: Vec<String> = places.into_iter().take(4).collect();
        let _ = writeln!(text, "- {count}: {cause}: {}{rest}", shown.join(", "));
    }
    if text.is_empty() { text } else { format!("\nNot equal:\n\n{text}") }
}
