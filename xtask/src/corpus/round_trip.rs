//! Whether values survive generated types: read and written again, they are equal.
//!
//! In: documents. Out: for each, how many values came back equal, and the causes where they did not, below
//! `target/corpus/round-trip`. The values come from the package `clientwright-sampler`, which shares nothing with the
//! generator and is run by cargo, so that nobody builds its validator who does not ask for this. Never: a document
//! whose client was not built taken for one without losses.

mod program;
mod result;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use clientwright::{Configuration, Mode, NamedType, codegen};
use serde_json::{Value, json};

use self::result::Outcome;
use super::documents::Document;
use super::options::Options;
use super::{Folder, say};
use crate::Said;

/// The part of all values that has to come back equal.
const ENOUGH: f64 = 0.99;

/// Tries the types of all documents.
pub(super) fn run(folder: &Folder, documents: &[Document], options: &Options) -> Result<Said, String> {
    let sampler = sampler(folder)?;
    let mut outcomes = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let outcome = one(folder, document, options, &sampler)?;
        say(&format!("{} of {}: {}: {}", number + 1, documents.len(), document.name, outcome.in_short()));
        outcomes.push((document.name.clone(), outcome));
    }
    let table = result::print(&outcomes);
    folder.write("round-trip.md", &table)?;
    let mut said = Said::output(table);
    said.succeeded =
        result::equal(&outcomes) >= ENOUGH && outcomes.iter().all(|(_, outcome)| outcome.failure.is_none());
    Ok(said)
}

/// Builds the program that makes values and compares them.
fn sampler(folder: &Folder) -> Result<PathBuf, String> {
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--release", "--package", "clientwright-sampler"]).current_dir(&folder.root);
    command.args(["--target-dir", "target"]);
    let status = command.status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the sampler was not built".to_owned());
    }
    Ok(folder.root.join("target/release").join(format!("clientwright-sampler{}", std::env::consts::EXE_SUFFIX)))
}

/// Tries the types of a document, unless an earlier run did with the same programs.
fn one(folder: &Folder, document: &Document, options: &Options, sampler: &Path) -> Result<Outcome, String> {
    let kept = folder.path.join("round-trip/results").join(format!("{}.json", document.name));
    let fingerprint = fingerprint(folder, document, options, sampler)?;
    let known = fs::read_to_string(&kept).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    if let Some(known) = known.filter(|known| known.get("fingerprint") == Some(&json!(fingerprint)) && !options.fresh) {
        return Ok(Outcome::from_json(&known));
    }
    let mut report = match report(folder, document, options, sampler) {
        Ok(report) => report,
        Err(failure) => json!({"failure": failure}),
    };
    if let Value::Object(members) = &mut report {
        members.insert("fingerprint".to_owned(), json!(fingerprint));
    }
    let text = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
    folder.write(&format!("round-trip/results/{}.json", document.name), &text)?;
    Ok(Outcome::from_json(&report))
}

fn report(folder: &Folder, document: &Document, options: &Options, sampler: &Path) -> Result<Value, String> {
    let types = generate(folder, document)?;
    let place = folder.path.join("round-trip");
    program::write(folder, &types)?;
    let table: Vec<String> = types.iter().map(line).collect();
    let table_file = place.join("table.tsv");
    fs::write(&table_file, table.concat()).map_err(|error| format!("{}: {error}", table_file.display()))?;
    let program = program::build(&place)?;
    let mut command = Command::new(sampler);
    command.arg(&document.path).arg(&table_file).arg(program);
    command.args([options.seed.to_string(), options.samples.to_string()]);
    let output = command.output().map_err(|error| format!("the sampler: {error}"))?;
    if !output.status.success() {
        return Err(format!("the sampler: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("the sampler: {error}"))
}

/// What is said of a type to the sampler.
fn line(found: &NamedType) -> String {
    let direction = match (found.sent, found.received) {
        (true, false) => "sent",
        (_, true) => "received",
        (false, false) => "both",
    };
    format!("{}\t{}\t{}\t{direction}\n", found.file, found.pointer, found.name)
}

/// Generates the types of a document, with all members that no schema describes.
fn generate(folder: &Folder, document: &Document) -> Result<Vec<NamedType>, String> {
    let output = "target/corpus/round-trip/src/client";
    // What another document left there, and the names of an earlier generator.
    let _ = fs::remove_dir_all(folder.root.join(output));
    let text = format!(
        "[client.round-trip]\nspec = {}\nfiles = {}\noutput = \"{output}\"\ntypes-only = true\n\
         unknown-members = \"keep\"\n[client.round-trip.package]\nname = \"round-trip\"\n",
        json!(document.path),
        json!(document.files)
    );
    let configuration = Configuration::parse(&folder.root, "round-trip", &text).map_err(|report| report.to_string())?;
    let client = configuration.clients.first().ok_or("no client")?;
    let options = clientwright::Options { mode: Mode::Write, strict: false };
    match codegen(&configuration, client, options) {
        Ok(run) => Ok(run.contents.named),
        Err(failure) => Err(failure.to_string()),
    }
}

/// What tells this trial from one that may end otherwise: the programs, the runtime, the document's file, and the values.
fn fingerprint(folder: &Folder, document: &Document, options: &Options, sampler: &Path) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut newest = [program.as_path(), sampler, &document.path].map(changed).to_vec();
    let mut folders = vec![folder.root.join("crates/clientwright-runtime/src")];
    let mut runtime = 0;
    while let Some(entries) = folders.pop().map(fs::read_dir) {
        for path in entries.into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                runtime = runtime.max(changed(&path));
            }
        }
    }
    newest.push(runtime);
    Ok(format!("{newest:?} {} {}", options.seed, options.samples))
}

/// When a file was changed, in nanoseconds.
fn changed(path: &Path) -> u128 {
    let time = fs::metadata(path).and_then(|facts| facts.modified()).ok();
    time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default().as_nanos()
}
