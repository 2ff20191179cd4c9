//! `cargo xtask conformance`: what generated types make of the JSON Schema test suite, and the generator of the documents
//! that the OpenAPI Specification is tested with (`documents`).
//!
//! In: a folder of the suite (`additionalProperties.json` …), each file a list of schemas with instances. Out: one crate of
//! all schemas below `target/conformance`, a program that reads each instance and writes it again, and what became of
//! them: a valid instance comes back equal, but for the exceptions that a file names. Never: an instance that is valid and
//! lost without a line in that file.

mod documents;
mod print;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientwright::{Configuration, Mode, Options, codegen};
use serde_json::{Value, json};

use crate::Said;

const USAGE: &str = "\
usage: cargo xtask conformance FOLDER [--exceptions FILE]
  FOLDER              a folder of the JSON Schema test suite, such as tests/draft2020-12, or one of documents in folders
                      called `pass` and `fail`, as the OpenAPI Specification has them
  --exceptions FILE   the valid instances that may not come back equal: keyword, schema, instance, reason, separated by
                      tabs; the file is written where there is none";

/// A schema of the suite.
struct Group {
    /// The file's name without its extension.
    keyword: String,
    /// Its number in the file.
    number: usize,
    schema: Value,
    tests: Vec<Test>,
}

struct Test {
    data: Value,
    valid: bool,
}

/// What became of the instances of a keyword.
#[derive(Default)]
struct Counts {
    valid: usize,
    equal: usize,
    invalid: usize,
    refused: usize,
}

/// Runs the suite.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Said {
    suite(arguments).into()
}

fn suite(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let folder = PathBuf::from(arguments.next().ok_or(USAGE)?);
    let exceptions = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => None,
        (Some("--exceptions"), Some(file)) => Some(PathBuf::from(file)),
        _ => return Err(USAGE.to_owned()),
    };
    if exceptions.is_none() && documents::are_in(&folder) {
        return documents::run(&folder);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace around xtask")?;
    let target = root.join("target/conformance");
    let groups = groups(&folder)?;
    let mut generated = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        generated.push(generate(root, index, group)?);
    }
    print::write(&target, root, &groups, &generated)?;
    let output = execute(&target)?;
    report(&groups, &output, exceptions.as_deref())
}

/// The schemas of all files, in the order of the files' names.
fn groups(folder: &Path) -> Result<Vec<Group>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let suite: Vec<Value> = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        let keyword = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (number, group) in suite.into_iter().enumerate() {
            let tests = group.get("tests").and_then(Value::as_array).into_iter().flatten();
            let tests = tests.map(|test| Test {
                data: test.get("data").cloned().unwrap_or_default(),
                valid: test.get("valid").and_then(Value::as_bool).unwrap_or_default(),
            });
            let tests = tests.collect();
            let schema = group.get("schema").cloned().unwrap_or_default();
            groups.push(Group { keyword: keyword.clone(), number, schema, tests });
        }
    }
    Ok(groups)
}

/// Generates the types of a schema; false where there is nothing to generate from.
fn generate(root: &Path, index: usize, group: &Group) -> Result<bool, String> {
    let mut schema = group.schema.clone();
    if let Value::Object(members) = &mut schema {
        // References of a schema are relative to itself.
        members.entry("$id").or_insert_with(|| json!(format!("urn:schema:{index}")));
    }
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "Suite", "version": "1"}, "paths": {},
        "components": {"schemas": {
            "Holder": {
                "type": "object", "required": ["value"],
                "properties": {"value": {"$ref": "#/components/schemas/Instance"}},
            },
            "Instance": schema,
        }},
    });
    let folder = root.join("target/conformance");
    // The names of an earlier generator are not to be given again.
    let _ = fs::remove_file(folder.join(format!("src/s{index}/clientwright.lock")));
    let spec = format!("target/conformance/documents/{index}.json");
    fs::create_dir_all(folder.join("documents"))
        .and_then(|()| fs::write(root.join(&spec), document.to_string()))
        .map_err(|error| format!("{spec}: {error}"))?;
    let text = format!(
        "[client.suite]\nspec = \"{spec}\"\noutput = \"target/conformance/src/s{index}\"\n\
         unknown-members = \"keep\"\n[client.suite.package]\n\
         name = \"suite-{index}\"\n"
    );
    let configuration = Configuration::parse(root, "suite", &text).map_err(|report| report.to_string())?;
    let Some(client) = configuration.clients.first() else { return Ok(false) };
    match codegen(&configuration, client, Options { mode: Mode::Write, strict: false }) {
        Ok(_) => Ok(true),
        Err(failure) if failure.report().is_empty() => Err(failure.to_string()),
        Err(_) => Ok(false),
    }
}

/// Builds and runs the program.
fn execute(target: &Path) -> Result<String, String> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--target-dir", "target"]).current_dir(target);
    command.env_remove("CARGO_TARGET_DIR").env("RUSTFLAGS", "--cap-lints allow");
    let output = command.output().map_err(|error| format!("cargo: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(errors.lines().take(80).flat_map(|line| [line, "\n"]).collect())
}

/// Counts what the program said, and compares what was lost with the exceptions.
fn report(groups: &[Group], output: &str, exceptions: Option<&Path>) -> Result<String, String> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut lost = BTreeSet::new();
    let mut lines = output.lines();
    for group in groups {
        for (number, test) in group.tests.iter().enumerate() {
            let said = lines.next().ok_or("the program ended early")?;
            let expected = json!({ "value": test.data });
            let equal = serde_json::from_str::<Value>(said).is_ok_and(|found| print::is_equal(&found, &expected));
            let counts = counts.entry(&group.keyword).or_default();
            match (test.valid, equal) {
                (true, true) => (counts.valid, counts.equal) = (counts.valid + 1, counts.equal + 1),
                (true, false) => {
                    counts.valid += 1;
                    lost.insert((group.keyword.clone(), group.number, number, said.to_owned()));
                }
                (false, true) => counts.invalid += 1,
                (false, false) => (counts.invalid, counts.refused) = (counts.invalid + 1, counts.refused + 1),
            }
        }
    }
    let mut text = String::from("| keyword | valid, come back equal | invalid, refused |\n|---|---|---|\n");
    for (keyword, Counts { valid, equal, invalid, refused }) in &counts {
        let _ = writeln!(text, "| {keyword} | {equal} of {valid} | {refused} of {invalid} |");
    }
    let sum = |part: fn(&Counts) -> usize| counts.values().map(part).sum::<usize>();
    let _ = writeln!(text, "\n{} of {} valid instances come back equal", sum(|one| one.equal), sum(|one| one.valid));
    if let Some(file) = exceptions {
        compare(file, &lost)?;
    } else {
        for (keyword, schema, instance, said) in &lost {
            let _ = writeln!(text, "{keyword} {schema} {instance}: {said}");
        }
    }
    Ok(text)
}

/// Compares what was lost with a file, or writes it.
fn compare(file: &Path, lost: &BTreeSet<(String, usize, usize, String)>) -> Result<(), String> {
    let Ok(known) = fs::read_to_string(file) else {
        let lines =
            lost.iter().map(|(keyword, schema, instance, said)| format!("{keyword}\t{schema}\t{instance}\t{said}\n"));
        let text: String = std::iter::once("keyword\tschema\tinstance\treason\n".to_owned()).chain(lines).collect();
        return fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()));
    };
    let known: BTreeSet<String> =
        known.lines().skip(1).map(|line| line.split('\t').take(3).collect::<Vec<_>>().join("\t")).collect();
    let found: BTreeSet<String> =
        lost.iter().map(|(keyword, schema, instance, _)| format!("{keyword}\t{schema}\t{instance}")).collect();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    if new.is_empty() && gone.is_empty() {
        return Ok(());
    }
    Err(format!("{} is not what was found\nlost and not named: {new:?}\nnamed and not lost: {gone:?}", file.display()))
}
