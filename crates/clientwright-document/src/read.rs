//! Nodes into the model.
//!
//! In: the name of a root file and a loader. Out: a [`Document`] with everything in it that is
//! sound, and a diagnostic for everything that is not. Never: a stop at the first mistake, or a
//! difference between versions left in the model.
//!
//! Files come first: `files` loads all that the root refers to, so that the readers look at nodes
//! only. Every object is read in one manner: `context` checks its keys against a `shapes::Shape` and
//! gets its values by type, so that a mistake is reported the same way everywhere.

mod bodies;
mod bodies_2_0;
mod context;
mod dialects;
mod examples;
mod files;
mod identifiers;
mod media_type_names;
mod media_types;
mod names;
mod operations;
mod parameters;
mod references;
mod root;
mod schema_parts;
mod schemas;
mod security;
mod servers;
mod shapes;
mod simple;
mod version;
mod walk;

use crate::diagnostic::Outcome;
use crate::model::Document;
use crate::source::{Loader, Sources};
use context::Reader;
use files::Files;
use version::{Stated, Version};

/// Reads an `OpenAPI` document and what it refers to.
///
/// Versions 2.0, 3.0.x, 3.1.x and 3.2.x are read; others are reported. Files that are referred to are loaded
/// once each, those that cannot be read are reported and leave out what depends on them, and URLs
/// are never fetched. There is no value only when the root file cannot be read at all: it is
/// missing, its syntax is broken, or it does not say which version of `OpenAPI` it is written in.
pub fn read(sources: &mut Sources, root: &str, loader: &dyn Loader) -> Outcome<Document> {
    let file = sources.load(root, loader);
    let Some(at) = file.value else { return Outcome::failed(file.diagnostics) };
    let mut diagnostics = file.diagnostics;
    match Version::of(sources.node(at)) {
        Ok(Stated { version, fault }) => {
            diagnostics.extend(fault);
            let files = Files::gather(sources, at, version, loader);
            let outcome = Reader::new(sources, files, sources.node(at)).document();
            diagnostics.extend(outcome.diagnostics);
            Outcome { value: outcome.value, diagnostics }
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Outcome::failed(diagnostics)
        }
    }
}
