//! A document through all stages.
//!
//! In: a document on the disk, or in memory, and what a person decided. Out: the files of a crate, and everything
//! there is to say about the document. Never: writes anything, or stops at the first mistake:
//! every stage runs that has something to run on.

mod worker;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use clientwright_api::Api;
use clientwright_api::Selection;
use clientwright_document::diagnostic::Place;
use clientwright_document::model::{Document, Operation};
use clientwright_document::source::At;
use clientwright_document::{Diagnostic, Outcome, Severity, Sources};
use clientwright_rust::{Config, Files, Lock, Manifest};

use crate::configuration::File;
use crate::disk::Disk;
use crate::report::Report;

/// What a person wants of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// Which operations.
    pub(crate) selection: &'a Selection,
    /// What else was decided.
    pub(crate) config: &'a Config,
    /// The names that were given before.
    pub(crate) given: &'a Lock,
    /// The file that decisions have their places in, if there is one.
    pub(crate) file: Option<&'a File>,
}

/// What the stages made of a document.
#[derive(Debug)]
pub(crate) struct Generated {
    /// What a crate is written from; none where the report has errors.
    pub(crate) made: Option<Made>,
    /// What the document says of itself; none where it cannot be read.
    pub(crate) subject: Option<Subject>,
    /// What of the document is in the files.
    pub(crate) contents: Contents,
    /// What there is to say.
    pub(crate) report: Report,
    /// Every file that was asked for, whether or not it was there.
    pub(crate) asked: BTreeSet<PathBuf>,
}

/// What of a document is in its client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The version of OpenAPI that the document states.
    pub version: String,
    /// How many operations the document has, webhooks apart.
    pub documented: usize,
    /// How many of them the client has.
    pub operations: usize,
    /// How many types the client has.
    pub types: usize,
    /// Those it does not have, by `METHOD /path`, each with the reason.
    pub left_out: Vec<(String, String)>,
}

/// What a crate is written from.
#[derive(Debug)]
pub(crate) struct Made {
    /// The sources.
    pub(crate) files: Files,
    /// The values of the manifest.
    pub(crate) manifest: Manifest,
    /// The names to be given again.
    pub(crate) lock: Lock,
}

/// What a document says of itself.
#[derive(Debug)]
pub(crate) struct Subject {
    /// The name of the API; may be empty.
    pub(crate) title: String,
    /// How many operations it has.
    pub(crate) operations: usize,
}

/// Generates a client from a root document, with the names it was given before.
pub(crate) fn generate(disk: Disk, wanted: Wanted<'_>) -> Generated {
    worker::work(move || run(&disk, wanted)).unwrap_or_else(|diagnostic| {
        let report = Report::new(Sources::new(), vec![*diagnostic]);
        Generated { made: None, subject: None, contents: Contents::default(), report, asked: BTreeSet::new() }
    })
}

fn run(disk: &Disk, wanted: Wanted<'_>) -> Generated {
    let mut sources = Sources::new();
    if let Some(file) = wanted.file {
        sources.keep(&file.name, file.text.clone());
    }
    let mut diagnostics = Vec::new();
    let mut keep = |found: Vec<Diagnostic>| diagnostics.extend(found);
    let document = take(clientwright_document::read(&mut sources, disk.name(), disk), &mut keep);
    let subject = document
        .as_ref()
        .map(|document| Subject { title: document.info.title.clone(), operations: documented(document).count() });
    let document = document.and_then(|document| take(clientwright_api::select(document, wanted.selection), &mut keep));
    let given = wanted.given;
    let api = document
        .as_ref()
        .and_then(|document| take(clientwright_api::lower_again(document, &|name| given.is_split(name)), &mut keep));
    let present = api.as_ref().map(Present::of).unwrap_or_default();
    let planned = api.and_then(|api| take(clientwright_rust::plan(api, wanted.config, given), &mut keep));
    let contents = document.map(|document| contents(&document, &present, &diagnostics)).unwrap_or_default();
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let made = planned.filter(|_| !failed).map(|planned| Made {
        files: clientwright_rust::print(&planned),
        manifest: planned.manifest,
        lock: planned.lock,
    });
    Generated { made, subject, contents, report: Report::new(sources, diagnostics), asked: disk.asked() }
}

/// What of a document came as far as planning.
#[derive(Default)]
struct Present {
    operations: Vec<At>,
    types: usize,
}

impl Present {
    fn of(api: &Api) -> Self {
        let operations = api.operations.iter().map(|operation| operation.at).collect();
        Self { operations, types: api.types().count() }
    }
}

fn contents(document: &Document, present: &Present, diagnostics: &[Diagnostic]) -> Contents {
    let kept: HashSet<At> = present.operations.iter().copied().collect();
    let about = |at: At| move |found: &&Diagnostic| found.labels.iter().any(|label| label.place == Place::Node(at));
    let left_out = documented(document).filter(|read| !kept.contains(&read.at));
    let left_out = left_out.map(|read| {
        let mut reasons = diagnostics.iter().filter(|found| found.severity > Severity::Note);
        let reason = reasons.find(about(read.at)).map_or("no reason was given".to_owned(), |found| {
            let said = found.labels.iter().find(|label| label.primary).map_or("", |label| &label.text);
            format!("{}[{}]: {said}", found.severity.as_str(), found.code)
        });
        (format!("{} {}", read.method, read.path), reason)
    });
    Contents {
        version: document.version.clone(),
        documented: documented(document).count(),
        operations: present.operations.len(),
        types: present.types,
        left_out: left_out.collect(),
    }
}

/// The operations that a client may have: those of the paths, and none of the webhooks.
fn documented(document: &Document) -> impl Iterator<Item = &Operation> {
    document.paths.iter().flat_map(|item| &item.operations).map(|&id| &document.operations[id])
}

/// The value of an outcome; its diagnostics are kept.
fn take<T>(outcome: Outcome<T>, keep: &mut impl FnMut(Vec<Diagnostic>)) -> Option<T> {
    keep(outcome.diagnostics);
    outcome.value
}
