//! What holds of the descriptions of `specs/`.
//!
//! In: the folder. Out: for each description how much it says, and what is wrong with it. Never: the generator's own
//! reading of documents, or a connection.

mod bundle;
mod examples;
mod files;
mod kind;
mod official;
mod operations;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

pub use bundle::{Bundle, Example, bundle};
pub use files::Place;
pub use operations::{Operation, operations};

/// A description that was looked at.
pub struct Checked {
    /// The name of its list of operations, without the extension.
    pub name: String,
    /// How many operations it has.
    pub operations: usize,
    /// How many schemas have a name.
    pub schemas: usize,
    /// How many values it shows.
    pub examples: usize,
    /// How many of them are as their schemas say.
    pub valid: usize,
    /// How many operations its API has.
    pub known: usize,
    /// What is wrong, a line for each.
    pub faults: Vec<String>,
}

/// Looks at all descriptions of a folder: each has a list of operations in `operations/NAME.txt`, and stands in `NAME.yaml`
/// or `NAME/openapi.yaml`.
///
/// # Errors
///
/// A file that cannot be read, or a reference that leads nowhere.
pub fn check(specs: &Path) -> Result<Vec<Checked>, String> {
    let entries = fs::read_dir(specs.join("operations")).map_err(|error| error.to_string())?;
    let lists: Result<BTreeSet<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let lists = lists.map_err(|error| error.to_string())?;
    lists.iter().map(|list| one(specs, list)).collect()
}

fn one(specs: &Path, list: &Path) -> Result<Checked, String> {
    let name = list.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let list = fs::read_to_string(list).map_err(|error| format!("{}: {error}", list.display()))?;
    let in_one_file = format!("{name}.yaml");
    let spec = if specs.join(&in_one_file).exists() { in_one_file } else { format!("{name}/openapi.yaml") };
    let bundle = bundle(specs.to_owned(), &spec)?;
    let mut faults = official::faults(&bundle.document)?;
    let wrong = examples::faults(&bundle)?;
    let places: BTreeSet<&str> = wrong.iter().filter_map(|fault| fault.split(' ').next()).collect();
    let valid = bundle.examples.len() - places.len();
    let (missing, unknown) = operations::compare(&bundle.document, &list);
    faults.extend(operations::faults(&bundle.document));
    faults.extend(missing.into_iter().map(|line| format!("{line} is missing")));
    faults.extend(unknown.into_iter().map(|line| format!("{line} is not on the list")));
    faults.extend(bundle.unshown.iter().map(|place| format!("{place} shows no body")));
    faults.extend(bundle.unused.iter().map(|place| format!("{place} is not used")));
    faults.extend(wrong);
    let schemas = bundle.document.pointer("/components/schemas").and_then(Value::as_object);
    Ok(Checked {
        name,
        operations: operations(&bundle.document).len(),
        schemas: schemas.map_or(0, serde_json::Map::len),
        examples: bundle.examples.len(),
        valid,
        known: list.lines().filter(|line| !line.is_empty()).count(),
        faults,
    })
}
