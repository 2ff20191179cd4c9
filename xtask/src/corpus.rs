//! `cargo xtask corpus`: every document of a folder generated, and what came out checked by the compiler.
//!
//! In: a folder of documents, with a `manifest.tsv` or without. Out: crates below `target/corpus/crates`, and a table,
//! printed and kept in `target/corpus/table.md`. What is known of a document is kept until the document or the
//! generator changes, so that a run which was stopped goes on where it was. Never: a file outside of the target folder;
//! a document that fails, in the generator or the compiler, taken for one that does not.

mod check;
mod documents;
mod facts;
mod generate;
mod mutations;
mod options;
mod round_trip;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use self::check::Checked;
use self::facts::Facts;
use self::options::{Instead, Options};
use crate::Said;

pub(crate) use self::documents::{Document, find};
pub(crate) use self::generate::{Crate, child, sources};
pub(crate) use self::options::matches;

/// The word by which this program calls itself to generate one document, so that its cost can be told.
pub(crate) const CHILD: &str = "corpus-document";

/// Where everything is written.
struct Folder {
    /// The workspace of this project.
    root: PathBuf,
    /// `target/corpus` in it.
    path: PathBuf,
}

/// What became of a document.
struct Row {
    document: Document,
    facts: Facts,
    checked: Option<Checked>,
}

/// What another command wants to know of a document.
pub(crate) struct Examined {
    /// What it is called.
    pub(crate) name: String,
    /// The name of the folder that it is in.
    pub(crate) folder: String,
    /// Why no crate comes from it that compiles.
    pub(crate) fault: Option<String>,
    /// How many diagnostics there are of each class: severity, code and title without what differs.
    pub(crate) classes: BTreeMap<String, usize>,
}

/// Generates and checks every document of a folder.
pub(crate) fn examine(folder: &Path) -> Result<Vec<Examined>, String> {
    let rows = rows(&Options::of(folder))?;
    Ok(rows.into_iter().map(Examined::new).collect())
}

/// Generates and checks the documents that the arguments name.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Said {
    let done = Options::parse(arguments).and_then(|options| match options.instead {
        Some(Instead::Mutations(count)) => Ok(mutations::all(&options, count).into()),
        Some(Instead::RoundTrip) => round_trip::run(&Folder::new()?, &selected(&options)?, &options),
        None => rows(&options).map(|rows| report(&options, &rows)),
    });
    done.unwrap_or_else(|error| Said::error(error + "\n"))
}

/// What there is to say of the documents that were generated and checked.
fn report(options: &Options, rows: &[Row]) -> Said {
    let table = table::print(rows);
    let mut said = Said::output(table.clone());
    said.succeeded = rows.iter().all(Row::succeeded);
    let kept = Folder::new().and_then(|folder| folder.write("table.md", &table));
    let pinned = options.left_out.as_deref().map_or(Ok(()), |file| facts::compare_left_out(file, rows));
    for error in [kept.err(), pinned.err()].into_iter().flatten() {
        said.errors.push_str(&(error + "\n"));
        said.succeeded = false;
    }
    said
}

/// The documents that are asked for, the smallest first.
fn selected(options: &Options) -> Result<Vec<Document>, String> {
    let mut documents = find(&options.folder)?;
    documents.retain(|document| options.selects(document));
    documents.sort_by_key(|document| document.bytes);
    if documents.is_empty() {
        return Err(format!("no document of {} is selected", options.folder.display()));
    }
    Ok(documents)
}

fn rows(options: &Options) -> Result<Vec<Row>, String> {
    let (folder, documents) = (Folder::new()?, selected(options)?);
    let mut rows = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let facts = generate::generate(&folder, document, options)?;
        say(&format!("{} of {}: {}: {}", number + 1, documents.len(), document.name, facts.in_short()));
        rows.push(Row { document: document.clone(), facts, checked: None });
    }
    if options.check {
        check::check(&folder, &mut rows, options)?;
    }
    Ok(rows)
}

impl Row {
    fn succeeded(&self) -> bool {
        let told = self.facts.untold.is_empty();
        self.facts.failure.is_none() && told && self.checked.as_ref().is_none_or(Checked::is_quiet)
    }
}

impl Examined {
    fn new(row: Row) -> Self {
        let said = row.checked.as_ref().and_then(|checked| checked.messages.first()).cloned();
        let fault = if row.succeeded() { None } else { row.facts.failure.or(said) };
        let folder = row.document.path.parent().and_then(Path::file_name).unwrap_or_default();
        Self {
            folder: folder.to_string_lossy().into_owned(),
            name: row.document.name,
            fault,
            classes: row.facts.classes,
        }
    }
}

impl Folder {
    fn new() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace around xtask")?;
        Ok(Self { root: root.to_owned(), path: root.join("target/corpus") })
    }

    /// Where a generated crate is, relative to the workspace of this project.
    fn crate_of(document: &Document) -> String {
        format!("target/corpus/crates/{}", document.name)
    }

    /// Writes a file, where it is not as it should be already.
    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.path.join(name);
        if fs::read_to_string(&path).is_ok_and(|existing| existing == text) {
            return Ok(());
        }
        let parent = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))
    }
}

/// Says what is being done, beside the table.
#[allow(clippy::print_stderr)] // a run takes long; whoever waits sees where it is
fn say(text: &str) {
    eprintln!("{text}");
}
