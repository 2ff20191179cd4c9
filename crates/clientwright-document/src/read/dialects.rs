//! What only the JSON Schema of 3.1 and later has: dialects and dynamic references.
//!
//! In: `jsonSchemaDialect`, `$schema`, `$dynamicRef` (JSON Schema 2020-12 Core, sections 8.1.1 and
//! 8.2.3.2). Out: a reference where only one schema can be meant. Never: a schema left out because
//! its dialect is not known; it is read by the rules of 2020-12.

use super::context::{Object, Reader};
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::Reference;
use crate::source::NodeRef;

impl<'a> Reader<'a> {
    /// Reports a dialect that is neither JSON Schema 2020-12 nor one of `OpenAPI`'s own.
    pub(super) fn check_dialect(&mut self, object: Object<'a>, key: &str) {
        let Some(node) = object.get(key) else { return };
        let Some(dialect) = self.text(node) else { return };
        let name = dialect.trim_end_matches('#');
        let name = name.split_once("://").map_or(name, |(_, name)| name);
        let is_of_openapi = name.starts_with("spec.openapis.org/oas/3.") && name.contains("/dialect/");
        if is_of_openapi || name == "json-schema.org/draft/2020-12/schema" {
            return;
        }
        // Earlier drafts differ little in what documents make use of.
        let severity = if name.starts_with("json-schema.org/") { Severity::Note } else { Severity::Warning };
        self.report(
            Diagnostic::new(Code::UnknownDialect, format!("the dialect {} is not known", quoted(&dialect)))
                .severity(severity)
                .at(node.at(), "expected that of OpenAPI 3.1, or JSON Schema 2020-12; read by their rules")
                .help(format!("remove {}, or write the schemas in JSON Schema 2020-12", quoted(key))),
        );
    }

    /// What a schema refers to: by `$ref`, or by `$dynamicRef` where there is no `$ref`.
    pub(super) fn reference_of(&mut self, object: Object<'a>) -> Option<Reference> {
        if object.get("$ref").is_some() {
            let reference = self.reference_in(object.node)?;
            return self.reference_to(reference);
        }
        let reference = object.get("$dynamicRef")?;
        let Some(text) = reference.as_str() else {
            self.wrong_type(reference, "a string");
            return None;
        };
        let name = text.rsplit_once('#').map_or("", |(_, name)| name);
        let target = self.target(reference)?;
        let is_dynamic = target.get("$dynamicAnchor").and_then(NodeRef::as_str) == Some(name);
        if is_dynamic && self.files.identifiers.dynamic(name).len() > 1 {
            self.report_dynamic(reference, name);
            return None;
        }
        self.reference_to(reference)
    }

    fn reference_to(&mut self, reference: NodeRef<'a>) -> Option<Reference> {
        let target = self.target(reference)?;
        let target = self.referred_schema(target)?;
        Some(Reference { at: reference.at(), text: reference.as_str().unwrap_or_default().to_owned(), target })
    }

    fn report_dynamic(&mut self, reference: NodeRef<'a>, name: &str) {
        let anchors = self.files.identifiers.dynamic(name).to_vec();
        let title = format!("the dynamic anchor {} means {} schemas", quoted(name), anchors.len());
        let mut diagnostic = Diagnostic::new(Code::UnsupportedReference, title)
            .at(reference.at(), "which of them depends on the way that leads here; left out")
            .help("refer to one of them by `$ref`");
        for anchor in anchors {
            diagnostic = diagnostic.also(anchor, "one of them");
        }
        self.report(diagnostic);
    }
}
