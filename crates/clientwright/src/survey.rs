//! A document before there is a client for it.
//!
//! In: a document. Out: what it is about, and everything that generating a client would say of it.
//! Never: a change on the disk.

use std::path::Path;

use clientwright_api::{Said, Selection};
use clientwright_document::diagnostic::clean;
use clientwright_document::source::Urls;
use clientwright_rust::{Config, Lock};

use crate::disk::Disk;
use crate::pipeline::{self, Wanted};
use crate::report::Report;

/// What a document is about.
#[derive(Debug)]
#[must_use = "the report is for somebody to see"]
pub struct Survey {
    /// The name of the API, fit for a terminal; empty where the document has none or cannot be read.
    pub title: String,
    /// How many operations the document has.
    pub operations: usize,
    /// What generating a client would say about it.
    pub report: Report,
}

/// Reads the document at a path relative to a folder, as far as a client would be generated, with files that stand for
/// URLs.
pub fn survey(folder: &Path, spec: &str, urls: &Urls) -> Survey {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut config = Config::default();
    "survey".clone_into(&mut config.package.name);
    "0.1.0".clone_into(&mut config.package.version);
    let (selection, said, given) = (Selection::default(), Said::default(), Lock::default());
    let wanted = Wanted { selection: &selection, said: &said, config: &config, given: &given, file: None };
    let generated = pipeline::generate(Disk::new(folder, spec).with_urls(folder, urls), wanted);
    let facts = generated.subject.map(|subject| (clean(subject.title.trim()).into_owned(), subject.operations));
    let (title, operations) = facts.unwrap_or_default();
    Survey { title, operations, report: generated.report }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn tells_what_a_document_is_about() {
        let scratch = Scratch::new();
        let text = "openapi: 3.0.3\ninfo: { title: ' Pets\u{202e} ', version: '1' }\npaths:\n  /pets:\n    get: { responses: \
                    { '204': { description: None. } } }\n";
        scratch.write("pets.yaml", text);
        let survey = survey(scratch.path(), "pets.yaml", &Urls::default());
        assert_eq!((survey.title.as_str(), survey.operations), ("Pets\\u{202e}", 1), "{}", survey.report);
    }

    #[test]
    fn tells_why_a_document_cannot_be_read() {
        let scratch = Scratch::new();
        let survey = survey(scratch.path(), "pets.yaml", &Urls::default());
        assert_eq!((survey.title.as_str(), survey.operations), ("", 0));
        assert_eq!(survey.report.render_short().lines().count(), 1);
    }
}
