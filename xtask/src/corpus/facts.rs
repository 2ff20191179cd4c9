//! What is known of a document once it is generated.
//!
//! In: what the generator told. Out: the same, kept as JSON between runs. Never: a fact of another generator or another
//! text taken for one of these.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::Row;
use crate::cost::Cost;

/// What is known of a generated document.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// What the generator and the document were like.
    pub(super) fingerprint: String,
    /// Why nothing was generated.
    pub(super) failure: Option<String>,
    /// The version that the document states.
    pub(super) version: String,
    /// Operations of the document, webhooks apart.
    pub(super) documented: usize,
    /// Operations of the crate.
    pub(super) operations: usize,
    /// Types of the crate.
    pub(super) types: usize,
    /// Operations that are not in the crate, with the reason.
    pub(super) left_out: Vec<(String, String)>,
    /// In how many places there is untyped JSON, by the reason.
    pub(super) untyped: BTreeMap<String, usize>,
    /// Those of them that the document describes and no diagnostic mentions.
    pub(super) untold: Vec<String>,
    /// How many diagnostics there are of each class: severity, code and title without what differs.
    pub(super) classes: BTreeMap<String, usize>,
    /// Lines of generated source, and bytes.
    pub(super) lines: usize,
    pub(super) bytes: u64,
    /// What generating took.
    pub(super) cost: Cost,
}

impl Facts {
    /// A line for whoever waits.
    pub(super) fn in_short(&self) -> String {
        match &self.failure {
            Some(failure) => format!("FAILED: {}", failure.lines().next().unwrap_or_default()),
            None => format!("{} of {} operations, {} types", self.operations, self.documented, self.types),
        }
    }

    /// How many diagnostics there are of a severity.
    pub(super) fn count(&self, severity: &str) -> usize {
        self.classes.iter().filter(|(class, _)| class.starts_with(severity)).map(|(_, count)| count).sum()
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "fingerprint": self.fingerprint, "failure": self.failure, "version": self.version,
            "documented": self.documented, "operations": self.operations, "types": self.types,
            "left_out": self.left_out, "untyped": self.untyped, "untold": self.untold, "classes": self.classes, "lines": self.lines, "bytes": self.bytes,
            "seconds": self.cost.seconds, "megabytes": self.cost.megabytes,
        })
    }

    pub(super) fn from_json(value: &Value) -> Self {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let count = |key: &str| value.get(key).and_then(Value::as_u64).unwrap_or_default();
        let size = |key: &str| usize::try_from(count(key)).unwrap_or_default();
        let decimal = |key: &str| value.get(key).and_then(Value::as_f64).unwrap_or_default();
        let left_out = value.get("left_out").and_then(Value::as_array).into_iter().flatten();
        let part = |pair: &Value, index: usize| pair.get(index).and_then(Value::as_str).unwrap_or_default().to_owned();
        let counts = |key: &str| {
            let counted = |count: &Value| count.as_u64().and_then(|count| usize::try_from(count).ok());
            let found = value.get(key).and_then(Value::as_object).into_iter().flatten();
            found.map(|(class, count)| (class.clone(), counted(count).unwrap_or_default())).collect()
        };
        let untold = value.get("untold").and_then(Value::as_array).into_iter().flatten();
        Self {
            fingerprint: text("fingerprint").unwrap_or_default(),
            failure: text("failure"),
            version: text("version").unwrap_or_default(),
            documented: size("documented"),
            operations: size("operations"),
            types: size("types"),
            left_out: left_out.map(|pair| (part(pair, 0), part(pair, 1))).collect(),
            untyped: counts("untyped"),
            untold: untold.filter_map(|place| place.as_str().map(str::to_owned)).collect(),
            classes: counts("classes"),
            lines: size("lines"),
            bytes: count("bytes"),
            cost: Cost { seconds: decimal("seconds"), megabytes: decimal("megabytes") },
        }
    }
}

/// Compares the operations that are left out with a file that names them: document, operation and reason, separated by
/// tabs, below lines that begin with `#`. What the file says of documents that are not in this run is not looked at. The
/// file is written where there is none.
pub(super) fn compare_left_out(file: &Path, rows: &[Row]) -> Result<(), String> {
    let mut found = BTreeSet::new();
    for row in rows {
        for (operation, reason) in &row.facts.left_out {
            found.insert(format!("{}\t{operation}\t{reason}", row.document.name));
        }
    }
    let Ok(text) = fs::read_to_string(file) else {
        let lines: String = std::iter::once("# document\toperation\treason\n".to_owned())
            .chain(found.iter().map(|line| format!("{line}\n")))
            .collect();
        return fs::write(file, lines).map_err(|error| format!("{}: {error}", file.display()));
    };
    let is_here = |line: &&str| rows.iter().any(|row| line.split('\t').next() == Some(row.document.name.as_str()));
    let pinned = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).filter(is_here);
    let pinned: BTreeSet<String> = pinned.map(str::to_owned).collect();
    let mut difference = String::new();
    for line in found.difference(&pinned) {
        let _ = writeln!(difference, "left out, and not named: {line}");
    }
    for line in pinned.difference(&found) {
        let _ = writeln!(difference, "named, and not left out so: {line}");
    }
    if difference.is_empty() { Ok(()) } else { Err(format!("{} is not what was found\n{difference}", file.display())) }
}
