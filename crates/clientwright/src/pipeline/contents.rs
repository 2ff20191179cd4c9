//! What of a document is in its client, and what is not.
//!
//! In: a document, what lowering made of it, and everything that was told. Out: numbers, and what is missing by name.
//! Never: a change of what is generated.

use std::collections::{BTreeMap, HashSet};

use clientwright_api::{Api, untold, untyped};
use clientwright_document::diagnostic::Place;
use clientwright_document::model::{Document, Operation};
use clientwright_document::source::At;
use clientwright_document::{Diagnostic, Severity, Sources};

use super::named::NamedType;

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
    /// In how many places the client has untyped JSON, by the reason.
    pub untyped: BTreeMap<String, usize>,
    /// Those of them of which the document says what stands there, and the report nothing: a fault of clientwright.
    pub untold: Vec<String>,
    /// The types that schemas became, each with its schema.
    pub named: Vec<NamedType>,
}

impl Contents {
    pub(super) fn new(document: &Document, api: &Api, sources: &Sources, diagnostics: &[Diagnostic]) -> Self {
        let mut contents = Self {
            version: document.version.clone(),
            documented: documented(document).count(),
            operations: api.operations.len(),
            types: api.types().count(),
            left_out: left_out(document, api, diagnostics),
            ..Self::default()
        };
        let untyped = untyped(document, api);
        for found in &untyped {
            *contents.untyped.entry(found.reason.to_string()).or_default() += 1;
        }
        contents.untold = untold(&untyped, diagnostics).iter().map(|found| sources.pointer(found.at)).collect();
        contents
    }
}

/// The operations that a client may have: those of the paths, and none of the webhooks.
pub(super) fn documented(document: &Document) -> impl Iterator<Item = &Operation> {
    document.paths.iter().flat_map(|item| &item.operations).map(|&id| &document.operations[id])
}

fn left_out(document: &Document, api: &Api, diagnostics: &[Diagnostic]) -> Vec<(String, String)> {
    let kept: HashSet<At> = api.operations.iter().map(|operation| operation.at).collect();
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
    left_out.collect()
}
