//! `cargo xtask bench clients`: what clients of real documents cost those who generate and compile them.
//!
//! In: a folder of documents. Out: a Markdown table, printed and kept in `target/bench/clients.md`, with the budgets of
//! each document beside what was measured. Never: a file outside of the target folder; a failure because of a time, since
//! machines differ; two revisions measured one after the other, since a machine that others use is not the same for long.

mod budgets;
mod options;
mod side;
mod table;

use std::path::Path;

use self::budgets::Budget;
pub(super) use self::options::Options;
use self::side::Side;
use super::measure::{median, middle};
use super::scratch::Build;
use crate::corpus::{Document, find, matches};
use crate::cost::Cost;

/// What the client of one document costs.
struct Row {
    document: String,
    /// Lines of the crate, for each side.
    lines: Vec<usize>,
    generation: Figures,
    /// As many as the options ask for.
    builds: Vec<Figures>,
}

/// What one thing costs: medians of the rounds.
struct Figures {
    this: Cost,
    /// The other revision's, and how many times as long this one takes: the median of the rounds' ratios.
    against: Option<(Cost, f64)>,
}

/// Measures the documents that the options name.
pub(super) fn run(options: &Options, root: &Path, machine: &str, say: &dyn Fn(&str)) -> Result<String, String> {
    let documents = documents(options)?;
    let mut sides = vec![Side::this(root, say)?];
    sides.extend(options.against.as_deref().map(|revision| Side::of(revision, root, say)).transpose()?);
    let file = root.join("target/bench/clients.md");
    let mut rows = Vec::new();
    let mut report = String::new();
    for document in &documents {
        rows.push(measure(document, &sides, options, say).map_err(|error| format!("{}: {error}", document.name))?);
        report = table::print(machine, options, &rows);
        std::fs::write(&file, &report).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(report)
}

/// The documents that are asked for, the smallest first.
fn documents(options: &Options) -> Result<Vec<Document>, String> {
    let mut documents = find(&options.folder)?;
    documents.retain(|document| match &options.select {
        Some(select) => select.iter().any(|pattern| matches(pattern, &document.name)),
        None => Budget::of(&document.name).is_some(),
    });
    documents.sort_by_key(|document| document.bytes);
    if documents.is_empty() {
        return Err(format!("no document of {} is selected", options.folder.display()));
    }
    Ok(documents)
}

/// Generates and compiles one document as often as there are rounds, by each side in turn.
fn measure(document: &Document, sides: &[Side], options: &Options, say: &dyn Fn(&str)) -> Result<Row, String> {
    let builds = options.builds();
    let mut generation: Vec<Vec<Cost>> = sides.iter().map(|_| Vec::new()).collect();
    let mut built: Vec<Vec<Vec<Cost>>> = builds.iter().map(|_| generation.clone()).collect();
    for round in 1..=options.rounds {
        say(&format!("{}: round {round} of {}", document.name, options.rounds));
        for (side, costs) in sides.iter().zip(&mut generation) {
            costs.push(side.generate(document)?);
        }
        for (&build, costs) in builds.iter().zip(&mut built) {
            for (side, costs) in sides.iter().zip(costs) {
                costs.push(side.build(document, build)?);
            }
        }
    }
    Ok(Row {
        document: document.name.clone(),
        lines: sides.iter().map(|side| side.lines(document)).collect(),
        generation: Figures::new(&generation),
        builds: built.iter().map(|costs| Figures::new(costs)).collect(),
    })
}

impl Figures {
    /// The costs of each side, a round each.
    fn new(costs: &[Vec<Cost>]) -> Self {
        let this = costs.first().map(Vec::as_slice).unwrap_or_default();
        let against = costs.get(1).map(|against| {
            let ratios = this.iter().zip(against).map(|(this, against)| this.seconds / against.seconds);
            (middle(against), median(ratios))
        });
        Self { this: middle(this), against }
    }
}

/// What a build is called in a table.
const fn called(build: Build) -> &'static str {
    match build {
        Build::Check => "`check`",
        Build::Debug => "debug build",
        Build::Release => "release build",
    }
}
