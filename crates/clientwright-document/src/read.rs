//! Nodes into the model.
//!
//! In: the name of a root file and a loader. Out: a [`Document`] with everything in it that is
//! sound, and a diagnostic for everything that is not. Never: a stop at the first mistake, or a
//! difference between versions left in the model.
//!
//! Every object is read in one manner: `context` checks its keys against a `shapes::Shape` and
//! gets its values by type, so that a mistake is reported the same way everywhere.

mod bodies;
mod context;
mod operations;
mod parameters;
mod references;
mod root;
mod schema_parts;
mod schemas;
mod security;
mod shapes;
mod suggest;

use crate::diagnostic::{Code, Diagnostic, Outcome, quoted};
use crate::model::Document;
use crate::source::{Kind, Loader, NodeRef, Sources};
use context::Reader;

/// Reads an `OpenAPI` document and what it refers to.
///
/// Versions 3.0.x are read; others and references to other files are reported. There is no value
/// only when the root file cannot be read at all: it is missing, its syntax is broken, or it does
/// not say which version of `OpenAPI` it is written in.
pub fn read(sources: &mut Sources, root: &str, loader: &dyn Loader) -> Outcome<Document> {
    let file = sources.load(root, loader);
    let Some(at) = file.value else { return Outcome::failed(file.diagnostics) };
    let mut diagnostics = file.diagnostics;
    let node = sources.node(at);
    match Version::of(node) {
        Ok(Version::V3_0) => {
            let outcome = Reader::new(sources, node).document();
            diagnostics.extend(outcome.diagnostics);
            Outcome { value: outcome.value, diagnostics }
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Outcome::failed(diagnostics)
        }
    }
}

/// The versions that are read. A version differs from the others only inside of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// `OpenAPI` 3.0.x.
    V3_0,
}

impl Version {
    /// The version a document says it is written in.
    fn of(root: NodeRef<'_>) -> Result<Self, Box<Diagnostic>> {
        if root.kind() != Kind::Object {
            let label = format!("expected an object, found {}", root.kind().name());
            let diagnostic = Diagnostic::new(Code::NotADocument, "this is not an OpenAPI document");
            let diagnostic = diagnostic.at(root.at(), label);
            return Err(Box::new(diagnostic.help("name the file that begins with `openapi:`")));
        }
        let (key, value) = match (root.get("openapi"), root.get("swagger")) {
            (Some(value), _) => ("openapi", value),
            (None, Some(value)) => ("swagger", value),
            (None, None) => return Err(Box::new(without_version(root))),
        };
        let stated = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
        if key == "openapi" && (stated == "3.0" || stated.starts_with("3.0.")) {
            return Ok(Self::V3_0);
        }
        let title = format!("version {} of OpenAPI is not supported yet", quoted(&stated));
        Err(Box::new(
            Diagnostic::new(Code::UnsupportedVersion, title)
                .at(value.at(), "expected a version from `3.0.0` to `3.0.4`")
                .help("convert the document to OpenAPI 3.0"),
        ))
    }
}

fn without_version(root: NodeRef<'_>) -> Diagnostic {
    let keys = || root.entries().map(|(key, _)| key);
    let near = suggest::nearest("openapi", keys()).or_else(|| suggest::nearest("swagger", keys()));
    let found = root.entries().find(|(key, _)| Some(*key) == near);
    let diagnostic = Diagnostic::new(Code::NotADocument, "the document does not say which version of OpenAPI it is in");
    let diagnostic = match found {
        Some((_, value)) => diagnostic.at(value.at().key(), "expected the key `openapi`, found this"),
        None => diagnostic.at(root.at(), "expected the key `openapi` in this object, found none"),
    };
    diagnostic.help("add `openapi: 3.0.3` at the top, or name the file that has it")
}
