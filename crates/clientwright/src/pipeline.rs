//! A document through all stages.
//!
//! In: a document on the disk, or in memory, and what a person decided. Out: the files of a crate, and everything
//! there is to say about the document. Never: writes anything, or stops at the first mistake:
//! every stage runs that has something to run on.

mod contents;
mod named;
mod worker;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clientwright_api::{Said, Selection};
use clientwright_document::{Diagnostic, Outcome, Severity, Sources};
use clientwright_rust::{Config, Files, Lock, Manifest};

use self::contents::documented;
use self::named::Unnamed;
use crate::configuration::File;
use crate::disk::Disk;
use crate::report::Report;

pub use self::contents::Contents;
pub use self::named::NamedType;

/// What a person wants of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// Which operations.
    pub(crate) selection: &'a Selection,
    /// What is said in the document's place.
    pub(crate) said: &'a Said,
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
    let document = take(clientwright_document::read(&mut sources, disk.name(), disk), &mut diagnostics);
    diagnostics.extend(disk.unused_urls());
    let subject = document
        .as_ref()
        .map(|document| Subject { title: document.info.title.clone(), operations: documented(document).count() });
    let document = document.and_then(|document| take(clientwright_api::say(document, wanted.said), &mut diagnostics));
    let select = |document| clientwright_api::select(document, wanted.selection);
    let document = document.and_then(|document| take(select(document), &mut diagnostics));
    let given = wanted.given;
    let lower = |document| clientwright_api::lower_again(document, &|name| given.is_split(name));
    let api = document.as_ref().and_then(|document| take(lower(document), &mut diagnostics));
    let both = document.as_ref().zip(api.as_ref());
    let contents = both.map(|(document, api)| Contents::new(document, api, &sources, &diagnostics));
    let unnamed = api.as_ref().map(Unnamed::new);
    let planned = api.and_then(|api| take(clientwright_rust::plan(api, wanted.config, given), &mut diagnostics));
    let named = unnamed.zip(planned.as_ref()).map(|(unnamed, planned)| unnamed.named(&planned.lock, &sources));
    let contents = Contents { named: named.unwrap_or_default(), ..contents.unwrap_or_default() };
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let made = planned.filter(|_| !failed).map(|planned| Made {
        files: clientwright_rust::print(&planned),
        manifest: planned.manifest,
        lock: planned.lock,
    });
    Generated { made, subject, contents, report: Report::new(sources, diagnostics), asked: disk.asked() }
}

/// The value of an outcome; its diagnostics are kept.
fn take<T>(outcome: Outcome<T>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    diagnostics.extend(outcome.diagnostics);
    outcome.value
}
