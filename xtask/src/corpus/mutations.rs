//! Documents of a folder with faults that nobody would think of, through all stages.
//!
//! In: documents, how many mutations, and the number of the first. Out: how many there were, and each that gave a panic,
//! no end, or code that is no Rust, by its document and its number. Never: chance; a number always makes the same mutation
//! of the same documents.

#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "it is a test's, which has it for a few mutations")]
#[path = "../../../tests/mutations/mutate.rs"]
mod mutate;
#[expect(clippy::unwrap_used, reason = "it is a test's, too")]
#[path = "../../../tests/mutations/run.rs"]
mod run;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use clientwright_document::Sources;
use serde_json::Value;

use self::mutate::{Random, mutate};
use self::run::{Result as Outcome, run};
use super::documents::{self, Document};
use super::options::Options;
use super::say;

/// Longer documents would take most of the time, and show little that shorter ones do not.
const LONGEST: usize = 400_000;
/// How many mutations pass before a word is said to whoever waits.
const PACE: u64 = 1000;

/// Makes mutations of the selected documents and generates from each.
pub(super) fn all(options: &Options, count: u64) -> Result<String, String> {
    let mut documents = documents::find(&options.folder)?;
    documents.retain(|document| options.selects(document));
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    let found = documents.len();
    let values: Vec<(String, Value)> = documents.iter().filter_map(parsed).collect();
    if values.is_empty() {
        return Err(format!("no document of {} is short enough for mutations", options.folder.display()));
    }
    let next = AtomicU64::new(options.seed);
    let end = options.seed.saturating_add(count);
    let failures = Mutex::new(BTreeMap::new());
    let jobs = options.jobs.or_else(|| thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(seed) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|seed| *seed < end) {
                    if let Some(failure) = one(&values, seed) {
                        say(&failure);
                        if let Ok(mut failures) = failures.lock() {
                            failures.insert(seed, failure);
                        }
                    }
                    if (seed + 1).is_multiple_of(PACE) {
                        say(&format!("{} of {count} mutations", seed + 1 - options.seed));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    let mut text = format!(
        "{count} mutations of {} documents, from number {}; {} documents are longer than {LONGEST} bytes or cannot be read\n",
        values.len(),
        options.seed,
        found - values.len()
    );
    for failure in failures.values() {
        let _ = writeln!(text, "- {failure}");
    }
    if failures.is_empty() { Ok(text) } else { Err(text) }
}

/// A short document as a value.
fn parsed(document: &Document) -> Option<(String, Value)> {
    let text = fs::read_to_string(&document.path).ok().filter(|text| text.len() <= LONGEST)?;
    let mut sources = Sources::new();
    let root = sources.parse("document", text).value?;
    Some((document.name.clone(), sources.node(root).to_json()))
}

/// What is wrong with the mutation of a number.
fn one(documents: &[(String, Value)], seed: u64) -> Option<String> {
    let mut random = Random::new(seed);
    let (name, value) = documents.get(random.below(documents.len()))?;
    let mut value = value.clone();
    for _ in 0..=random.below(4) {
        mutate(&mut value, &mut random);
    }
    match run(value.to_string()) {
        Outcome::Held => None,
        Outcome::Failed(what) => Some(format!("{name} with mutation {seed}: {what}")),
    }
}
