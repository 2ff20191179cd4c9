//! Checks generated crates with the compiler, many in one run of cargo.
//!
//! In: crates. Out: what the compiler said of each, and what checking it took. Cargo itself remembers what it has
//! checked, and says it again. Never: a warning that passes; a crate about which nothing was said taken for a good one.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;

use super::options::Options;
use super::{Folder, Row, say};
use crate::cost::{Compiler, Cost};

/// What the compiler said of a crate.
#[derive(Clone, Debug, Default)]
pub(super) struct Checked {
    /// Errors and warnings as it shows them.
    pub(super) messages: Vec<String>,
    /// Whether it came to an end.
    pub(super) finished: bool,
    /// What it took, where that was measured.
    pub(super) cost: Option<Cost>,
}

impl Checked {
    /// Whether there is neither an error nor a warning.
    pub(super) fn is_quiet(&self) -> bool {
        self.finished && self.messages.is_empty()
    }
}

/// Checks all crates that were generated, batch by batch.
pub(super) fn check(folder: &Folder, rows: &mut [Row], options: &Options) -> Result<(), String> {
    let compiler = prepare(folder, rows)?;
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut bytes = u64::MAX;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.facts.failure.is_none()) {
        bytes = bytes.saturating_add(row.facts.bytes);
        if let Some(batch) = batches.last_mut().filter(|_| bytes <= options.batch) {
            batch.push(index);
        } else {
            bytes = row.facts.bytes;
            batches.push(vec![index]);
        }
    }
    for (number, batch) in batches.iter().enumerate() {
        let names: Vec<String> = batch.iter().filter_map(|&index| rows.get(index)).map(package).collect();
        say(&format!("checking {} of {}: {}", number + 1, batches.len(), names.join(" ").replace("corpus-", "")));
        let mut found = cargo(folder, &names, &compiler, options)?;
        for index in batch {
            let Some(row) = rows.get_mut(*index) else { continue };
            let mut checked = found.remove(&package(row)).unwrap_or_default();
            checked.cost = compiler.cost(&package(row)).ok();
            folder.write(&format!("messages/{}.txt", row.document.name), &checked.messages.concat())?;
            if !checked.is_quiet() {
                say(&format!("  {}: {}", row.document.name, in_short(&checked)));
            }
            row.checked = Some(checked);
        }
    }
    Ok(())
}

fn package(row: &Row) -> String {
    format!("corpus-{}", row.document.name)
}

fn in_short(checked: &Checked) -> String {
    let first = checked.messages.first().and_then(|message| message.lines().next());
    format!("{} messages: {}", checked.messages.len(), first.unwrap_or("the compiler did not come to an end"))
}

/// Writes the workspace of the crates, and what measures the compiler.
fn prepare(folder: &Folder, rows: &[Row]) -> Result<Compiler, String> {
    let generated = rows.iter().filter(|row| row.facts.failure.is_none());
    let members: Vec<String> = generated.map(|row| format!("    \"crates/{}\",\n", row.document.name)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat());
    folder.write("Cargo.toml", &manifest)?;
    let lock = folder.root.join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if !folder.path.join("Cargo.lock").exists() {
        folder.write("Cargo.lock", &lock)?;
    }
    Compiler::new(&folder.path)
}

/// Runs cargo on some crates, and gives what was said of each.
fn cargo(
    folder: &Folder,
    packages: &[String],
    compiler: &Compiler,
    options: &Options,
) -> Result<BTreeMap<String, Checked>, String> {
    let mut command = Command::new("cargo");
    command.arg(if options.clippy { "clippy" } else { "check" });
    command.args(["--keep-going", "--message-format", "json", "--target-dir", "target"]).current_dir(&folder.path);
    command.args(packages.iter().flat_map(|package| ["--package", package]));
    command.args(options.jobs.iter().flat_map(|jobs| ["--jobs".to_owned(), jobs.to_string()]));
    if options.clippy {
        command.args(["--", "-W", "clippy::pedantic"]);
    } else {
        compiler.measure(&mut command);
    }
    command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
    let output = command.output().map_err(|error| format!("cargo: {error}"))?;
    let found = messages(&String::from_utf8_lossy(&output.stdout));
    if found.is_empty() {
        return Err(format!("cargo said nothing of any crate\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(found)
}

/// The messages of a run of cargo, by package.
fn messages(output: &str) -> BTreeMap<String, Checked> {
    let mut found: BTreeMap<String, Checked> = BTreeMap::new();
    for line in output.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let package = text("/target/name").replace('_', "-");
        if !package.starts_with("corpus-") {
            continue;
        }
        let id = text("/package_id");
        let package = id.rsplit(['#', '/']).next().and_then(|name| name.split('@').next()).unwrap_or(&package);
        let checked = found.entry(package.to_owned()).or_default();
        match text("/reason") {
            "compiler-artifact" => checked.finished = true,
            "compiler-message" => {
                let has_place =
                    message.pointer("/message/spans").and_then(Value::as_array).is_some_and(|s| !s.is_empty());
                let is_fault = matches!(text("/message/level"), "error" | "warning");
                // Without a place it only counts the others, unless the compiler itself failed.
                if is_fault && (has_place || text("/message/message").contains("internal compiler error")) {
                    checked.messages.push(text("/message/rendered").to_owned());
                }
            }
            _ => {}
        }
    }
    found
}
