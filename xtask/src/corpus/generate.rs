//! Generates one document, in a process of its own so that its cost can be told.
//!
//! In: a document. Out: its crate, generated twice, and what there is to know about it. Never: a crash of the generator that
//! ends the run; another byte in the second crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use clientwright::{Configuration, Failure, Mode, Report, Run, Severity, codegen};
use serde_json::{Value, json};

use super::documents::Document;
use super::facts::Facts;
use super::options::Options;
use super::{CHILD, Folder};
use crate::{Said, cost};

/// Generates a document, unless an earlier run did with the same generator.
pub(super) fn generate(folder: &Folder, document: &Document, options: &Options) -> Result<Facts, String> {
    let state = folder.path.join("facts").join(format!("{}.json", document.name));
    let fingerprint = fingerprint(document)?;
    if let Some(known) = known(&state).filter(|known| known.fingerprint == fingerprint && !options.fresh) {
        return Ok(known);
    }
    folder.write("facts/.gitignore", "*\n")?;
    let mut facts = once(folder, document)?;
    facts.fingerprint = fingerprint;
    let place = folder.root.join(Folder::crate_of(document));
    (facts.lines, facts.bytes) = sources(&place.join("src"));
    if facts.failure.is_none() {
        let first = contents(&place);
        once(folder, document)?;
        let second = contents(&place);
        let mut names = first.keys().chain(second.keys());
        facts.failure = names
            .find(|name| first.get(*name) != second.get(*name))
            .map(|name| format!("{} is not the same when it is generated again", name.display()));
    }
    let text = serde_json::to_string_pretty(&facts.to_json()).map_err(|error| error.to_string())?;
    fs::write(&state, text).map_err(|error| format!("{}: {error}", state.display()))?;
    Ok(facts)
}

/// Generates a document as if for the first time.
fn once(folder: &Folder, document: &Document) -> Result<Facts, String> {
    let told = folder.path.join("facts").join("told");
    let report = folder.path.join("facts").join("cost");
    let mut command = cost::measured(&report);
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    command
        .arg(program)
        .arg(CHILD)
        .arg(&folder.root)
        .arg(&document.path)
        .arg(&document.name)
        .arg(&told)
        .arg(&document.files);
    let _ = fs::remove_file(&told);
    // The names of an earlier generator are not to be given again.
    let _ = fs::remove_file(folder.root.join(Folder::crate_of(document)).join("clientwright.lock"));
    let mut facts = run(&mut command, &told);
    facts.cost = cost::read(&report)?;
    Ok(facts)
}

/// The files of a crate.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(entries) = folders.pop().map(fs::read_dir) {
        for path in entries.into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                found.insert(path, bytes);
            }
        }
    }
    found
}

/// What the generator told in the file that it was given; a generator that ends without a word has crashed.
fn run(command: &mut Command, told: &Path) -> Facts {
    let ended = command.output();
    match (known(told), ended) {
        (Some(facts), _) => facts,
        (None, Ok(output)) => {
            let errors = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Facts { failure: Some(format!("the generator crashed: {errors}")), ..Facts::default() }
        }
        (None, Err(error)) => Facts { failure: Some(error.to_string()), ..Facts::default() },
    }
}

fn known(state: &Path) -> Option<Facts> {
    let value: Value = serde_json::from_str(&fs::read_to_string(state).ok()?).ok()?;
    Some(Facts::from_json(&value))
}

/// What tells this run of the generator from one that may give something else: this program, and the document's file.
/// Of a document of many files only the first is looked at; `--fresh` is for changes in the others.
fn fingerprint(document: &Document) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let stamp = |path: &Path| {
        let facts = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let changed = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok::<_, String>(format!("{}-{}", facts.len(), changed.unwrap_or_default().as_nanos()))
    };
    Ok(format!("{} {}", stamp(&program)?, stamp(&document.path)?))
}

/// Lines and bytes of the sources below a folder.
pub(crate) fn sources(folder: &Path) -> (usize, u64) {
    let (mut lines, mut bytes) = (0, 0);
    for text in contents(folder).values() {
        lines += String::from_utf8_lossy(text).lines().count();
        bytes += u64::try_from(text.len()).unwrap_or_default();
    }
    (lines, bytes)
}

/// A crate that is to be generated.
pub(crate) struct Crate<'a> {
    pub(crate) package: &'a str,
    pub(crate) spec: &'a Path,
    /// The folder whose files the document may refer to.
    pub(crate) files: &'a Path,
    pub(crate) output: &'a str,
    /// The folder of the runtime, if it is below that of the configuration.
    pub(crate) runtime: Option<&'a str>,
}

impl Crate<'_> {
    /// The configuration with this client alone.
    pub(crate) fn configuration(&self) -> String {
        let text = |path: &Path| json!(path.to_string_lossy());
        let runtime = self.runtime.map(|path| format!("[client.corpus.runtime]\npath = {}\n", json!(path)));
        format!(
            "[client.corpus]\nspec = {}\nfiles = {}\noutput = {}\n[client.corpus.package]\nname = {}\n{}",
            text(self.spec),
            text(self.files),
            json!(self.output),
            json!(self.package),
            runtime.unwrap_or_default(),
        )
    }
}

/// Generates one document and tells about it in a file: the other side of [`generate`].
pub(crate) fn child(mut arguments: impl Iterator<Item = String>) -> Said {
    let mut next = || arguments.next().unwrap_or_default();
    let (root, spec, name, told, files) = (next(), next(), next(), next(), next());
    let text = Crate {
        package: &format!("corpus-{name}"),
        spec: Path::new(&spec),
        files: Path::new(&files),
        output: &format!("target/corpus/crates/{name}"),
        runtime: Some("crates/clientwright-runtime"),
    }
    .configuration();
    let configuration = match Configuration::parse(Path::new(&root), "corpus", &text) {
        Ok(configuration) => configuration,
        Err(report) => return Said::error(report.render(false)),
    };
    let Some(client) = configuration.clients.first() else { return Said::error("no client\n") };
    let options = clientwright::Options { mode: Mode::Write, strict: false };
    let facts = match codegen(&configuration, client, options) {
        Ok(run) => facts(&run),
        Err(failure) => failed(&failure),
    };
    match fs::write(&told, facts.to_json().to_string()) {
        Ok(()) => Said::output(""),
        Err(error) => Said::error(format!("{told}: {error}\n")),
    }
}

fn facts(run: &Run) -> Facts {
    let contents = run.contents.clone();
    Facts {
        version: contents.version,
        documented: contents.documented,
        operations: contents.operations,
        types: contents.types,
        left_out: contents.left_out,
        untyped: contents.untyped,
        untold: contents.untold,
        classes: classes(&run.report),
        ..Facts::default()
    }
}

fn failed(failure: &Failure) -> Facts {
    let report = failure.report();
    let errors = report.diagnostics().iter().filter(|found| found.severity == Severity::Error);
    let titles: Vec<&str> = errors.map(|found| found.title.as_str()).collect();
    let reason = if titles.is_empty() { failure.to_string() } else { titles.join("; ") };
    Facts { failure: Some(reason), classes: classes(report), ..Facts::default() }
}

/// How many diagnostics there are of each kind, what stands between backticks apart.
fn classes(report: &Report) -> BTreeMap<String, usize> {
    let mut classes = BTreeMap::new();
    for found in report.diagnostics() {
        let words: Vec<&str> = found.title.split('`').step_by(2).collect();
        let class = format!("{}[{}]: {}", found.severity.as_str(), found.code, words.join("…"));
        *classes.entry(class).or_insert(0) += 1;
    }
    classes
}
